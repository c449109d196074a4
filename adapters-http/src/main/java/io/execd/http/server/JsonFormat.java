package io.execd.http.server;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.util.Map;

/**
 * JSON as the API speaks it. Unknown fields are ignored and null counts as absent, both ways and as
 * a value of a map; a value of another type than the field's is refused, as Go's encoding/json
 * does, and so is text that UTF-8 cannot express.
 */
final class JsonFormat {
  private static final JsonInclude.Value NOT_NULL =
      JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL);

  private JsonFormat() {}

  static ObjectMapper newMapper() {
    JsonMapper.Builder builder =
        JsonMapper.builder(factory())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .defaultPropertyInclusion(NOT_NULL)
            .withConfigOverride(
                Map.class,
                maps -> maps.setSetterInfo(JsonSetter.Value.forContentNulls(Nulls.SKIP)));
    for (CoercionInputShape number :
        new CoercionInputShape[] {
          CoercionInputShape.Integer, CoercionInputShape.Float, CoercionInputShape.Boolean
        }) {
      builder.withCoercionConfig(
          LogicalType.Textual, config -> config.setCoercion(number, CoercionAction.Fail));
    }
    return builder.build();
  }

  private static JsonFactory factory() {
    StreamReadConstraints limits =
        StreamReadConstraints.builder()
            .maxNestingDepth(Limits.JSON_DEPTH)
            .maxTokenCount(Limits.JSON_TOKENS)
            .build();
    JsonFactoryBuilder builder =
        new JsonFactoryBuilder()
            .streamReadConstraints(limits)
            // The names in a body are the client's: they must not go into the JVM's string table.
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES);
    return new StrictJsonFactory(builder);
  }
}
