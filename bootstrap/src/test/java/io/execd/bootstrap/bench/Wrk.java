package io.execd.bootstrap.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The load generator wrk, where it is installed. */
final class Wrk {
  private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");

  private Wrk() {}

  /** The answers to {@code /ping} per second; empty where there is no wrk. */
  static OptionalDouble measure(InetSocketAddress server) throws IOException, InterruptedException {
    return measure(server, "/ping");
  }

  /** The answers per second with 32 connections over two seconds; empty where there is no wrk. */
  static OptionalDouble measure(InetSocketAddress server, String route)
      throws IOException, InterruptedException {
    String url = "http://127.0.0.1:" + server.getPort() + route;
    Process process;
    try {
      process = new ProcessBuilder("wrk", "-t1", "-c32", "-d2", url).start();
    } catch (IOException notInstalled) {
      return OptionalDouble.empty();
    }
    try (InputStream output = process.getInputStream()) {
      String text = new String(output.readAllBytes(), StandardCharsets.US_ASCII);
      process.waitFor();
      Matcher rate = RATE.matcher(text);
      return rate.find()
          ? OptionalDouble.of(Double.parseDouble(rate.group(1)))
          : OptionalDouble.empty();
    }
  }
}
