package io.execd.bootstrap.bench;

/**
 * What a figure ought to be.
 *
 * @param bound the last value that is good
 */
record Target(Kind kind, double bound) {
  enum Kind {
    AT_MOST,
    AT_LEAST,
    NONE
  }

  static Target atMost(double bound) {
    return new Target(Kind.AT_MOST, bound);
  }

  static Target atLeast(double bound) {
    return new Target(Kind.AT_LEAST, bound);
  }

  static Target none() {
    return new Target(Kind.NONE, 0);
  }

  String text() {
    return switch (kind) {
      case AT_MOST -> "<= " + Report.number(bound);
      case AT_LEAST -> ">= " + Report.number(bound);
      case NONE -> "";
    };
  }

  String verdict(double value) {
    return switch (kind) {
      case AT_MOST -> value <= bound ? "met" : "MISSED";
      case AT_LEAST -> value >= bound ? "met" : "MISSED";
      case NONE -> "";
    };
  }
}
