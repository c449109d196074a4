package io.execd.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import org.junit.jupiter.api.Test;

/** The parser that the code generator uses reads the file without a complaint. */
class OpenApiParserTest {

  @Test
  void readsTheFile() {
    SwaggerParseResult result = parse(Contract.openApi());
    assertThat(result.getMessages()).isEmpty();
    assertThat(result.getOpenAPI().getOpenapi()).isEqualTo("3.1.0");
    assertThat(result.getOpenAPI().getPaths()).containsKeys("/command", "/files/info", "/pty/{id}");
  }

  @Test
  void complainsAboutAPlantedViolation() {
    Contract copy = Contract.openApi();
    copy.at("/paths/~1command/post").remove("responses");
    assertThat(parse(copy).getMessages()).anyMatch(it -> it.contains("responses"));
  }

  private static SwaggerParseResult parse(Contract contract) {
    return new OpenAPIV3Parser().readContents(contract.yaml());
  }
}
