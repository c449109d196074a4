package io.execd.bootstrap;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A certificate that nobody has signed but itself, for {@code localhost}. */
record Certificate(Path key, Path pem, Path trustStore) {
  private static final String PASSWORD = "changeit";

  /** With the tools of OpenSSL and of the JDK. */
  static Certificate make(Path folder) throws IOException, InterruptedException {
    Path key = folder.resolve("jupyter.key");
    Path pem = folder.resolve("jupyter.pem");
    Path store = folder.resolve("trust.p12");
    run(
        "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext"
            + " subjectAltName=DNS:localhost -keyout "
            + key
            + " -out "
            + pem);
    run(
        Path.of(System.getProperty("java.home"), "bin", "keytool")
            + " -importcert -noprompt -alias jupyter -storetype PKCS12 -storepass "
            + PASSWORD
            + " -file "
            + pem
            + " -keystore "
            + store);
    return new Certificate(key, pem, store);
  }

  private static void run(String words) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(List.of(words.split(" ", -1)))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.waitFor() != 0) {
      throw new AssertionError("failed: " + words);
    }
  }

  /** What makes a JVM trust it. */
  String trusted() {
    return "-Djavax.net.ssl.trustStore="
        + trustStore
        + " -Djavax.net.ssl.trustStorePassword="
        + PASSWORD;
  }
}
