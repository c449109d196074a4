package io.execd.jupyter.code;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import com.github.tomakehurst.wiremock.http.Fault;
import io.execd.domain.Failure;
import io.execd.domain.code.Kernel;
import io.execd.domain.code.Language;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Every answer of a Jupyter server that is not the one hoped for. */
@Timeout(60)
class JupyterRestTest {
  private static final String SPECS =
      "{\"kernelspecs\":{\"python3\":{\"spec\":{\"language\":\"python\"}}}}";

  private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1);
  private final WireMockServer jupyter =
      new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));

  @BeforeEach
  void start() {
    jupyter.start();
    jupyter.stubFor(get("/api/kernelspecs").willReturn(okJson(SPECS)));
  }

  @AfterEach
  void stop() {
    jupyter.stop();
    timer.shutdownNow();
  }

  private Kernel kernel(String language) {
    return new JupyterKernels(
            new ConfiguredServer(Optional.of(URI.create(jupyter.baseUrl())), "secret"),
            timer,
            Duration.ofMillis(5))
        .start(new Language(language), Optional.empty());
  }

  private void assertFails(Failure.Code code, String words) {
    assertThatThrownBy(() -> kernel("python"))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.code()).isEqualTo(code))
        .hasMessageContaining(words);
  }

  @ParameterizedTest
  @CsvSource({
    "401, another token",
    "403, another token",
    "404, answered 404",
    "500, answered 500",
    "302, not followed",
    "307, not followed"
  })
  void aRefusalIsToldWithItsReason(int status, String words) {
    jupyter.stubFor(any(anyUrl()).willReturn(aResponse().withStatus(status)));
    assertFails(Failure.Code.RUNTIME_ERROR, words);
  }

  @ParameterizedTest
  @CsvSource({"403, another token", "500, out of kernels"})
  void aSessionThatIsRefusedIsToldToo(int status, String words) {
    jupyter.stubFor(
        post("/api/sessions")
            .willReturn(aResponse().withStatus(status).withBody("out of kernels")));
    assertFails(Failure.Code.RUNTIME_ERROR, words);
  }

  @ParameterizedTest
  @CsvSource({"hello", "[1]", "{\"id\":1", "{\"id\":\"../x\"}"})
  void garbageIsNotTakenForAnAnswer(String body) {
    jupyter.stubFor(post("/api/sessions").willReturn(okJson(body)));
    assertThatThrownBy(() -> kernel("python")).isInstanceOf(Failure.class);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aBrokenAnswerIsAFailure(Fault fault) {
    jupyter.stubFor(post("/api/sessions").willReturn(aResponse().withFault(fault)));
    assertThatThrownBy(() -> kernel("python")).isInstanceOf(Failure.class);
  }

  @Test
  void aSlowAnswerIsWaitedFor() {
    jupyter.stubFor(
        get("/api/kernelspecs").willReturn(okJson("{\"kernelspecs\":{}}").withFixedDelay(500)));
    assertFails(Failure.Code.INVALID_REQUEST, "installed are: none");
  }

  @Test
  void aServerWithoutATokenSeesThatNoBrowserAsks() {
    assertThatThrownBy(() -> kernel("python")).isInstanceOf(Failure.class);
    jupyter.verify(
        postRequestedFor(urlEqualTo("/api/sessions"))
            .withCookie("_xsrf", equalTo("execd"))
            .withHeader("X-XSRFToken", equalTo("execd")));
  }

  @Test
  void theTokenDoesNotTravelAlongARedirect() {
    WireMockServer elsewhere =
        new WireMockServer(WireMockConfiguration.options().dynamicPort().bindAddress("127.0.0.1"));
    elsewhere.start();
    try {
      jupyter.stubFor(
          any(anyUrl())
              .willReturn(aResponse().withStatus(302).withHeader("Location", elsewhere.baseUrl())));
      assertFails(Failure.Code.RUNTIME_ERROR, "redirect");
      assertThat(elsewhere.getAllServeEvents()).isEmpty();
      jupyter.verify(
          getRequestedFor(urlEqualTo("/api/kernelspecs"))
              .withHeader("Authorization", equalTo("token secret")));
    } finally {
      elsewhere.stop();
    }
  }

  @Test
  void anUnknownLanguageIsRefusedWithThoseThatAreThere() {
    assertThatThrownBy(() -> kernel("cobol"))
        .isInstanceOf(Failure.class)
        .hasMessage("language: no kernel speaks 'cobol'; installed are: python");
  }

  @Test
  void aSessionWithoutAWebSocketIsEndedAgain() {
    String session = "{\"id\":\"s1\",\"kernel\":{\"id\":\"k1\"}}";
    jupyter.stubFor(post("/api/sessions").willReturn(okJson(session)));
    assertThatThrownBy(() -> kernel("python")).isInstanceOf(Failure.class);
    jupyter.verify(
        com.github.tomakehurst.wiremock.client.WireMock.deleteRequestedFor(
            urlEqualTo("/api/sessions/s1")));
  }

  @Test
  void noServerAtAllIsToldWithTheWayOut() {
    JupyterKernels none =
        new JupyterKernels(new ConfiguredServer(Optional.empty(), ""), timer, Duration.ofMillis(5));
    assertThatThrownBy(() -> none.start(new Language("python"), Optional.empty()))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("--jupyter-host")
        .hasMessageContaining("pip install");
  }
}
