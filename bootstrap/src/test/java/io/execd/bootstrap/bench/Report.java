package io.execd.bootstrap.bench;

import java.io.PrintStream;
import java.util.Locale;

/** Prints figures, a line each, as a table that is also Markdown. */
final class Report {
  private final PrintStream out;

  Report(PrintStream out) {
    this.out = out;
  }

  void head() {
    out.println("| figure | median | spread | target | | beside the floor |");
    out.println("|---|---|---|---|---|---|");
  }

  void figure(String name, String unit, Samples samples, Target target, Floor floor) {
    double median = samples.median();
    line(
        name,
        number(median) + " " + unit,
        samples.spread(),
        target.text(),
        target.verdict(median),
        floor.text(median));
  }

  /** A figure that could not be measured here, and why. */
  void absent(String name, String why) {
    line(name, "-", "", "", "", why);
  }

  private void line(String... cells) {
    out.println("| " + String.join(" | ", cells) + " |");
    out.flush();
  }

  /** Three digits, or more where the number has more before the point. */
  static String number(double value) {
    int decimals = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }
}
