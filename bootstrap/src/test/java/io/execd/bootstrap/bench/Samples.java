package io.execd.bootstrap.bench;

import java.util.Arrays;
import java.util.Collection;

/** Measured numbers of one kind, at least one. */
final class Samples {
  private final double[] sorted;

  Samples(double... values) {
    sorted = values.clone();
    Arrays.sort(sorted);
    if (sorted.length == 0) {
      throw new IllegalStateException("nothing was measured");
    }
  }

  static Samples of(Collection<Double> values) {
    return new Samples(values.stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** The same in another unit. */
  Samples times(double factor) {
    return new Samples(Arrays.stream(sorted).map(value -> value * factor).toArray());
  }

  double median() {
    return quantile(0.5);
  }

  double quantile(double share) {
    return sorted[(int) Math.round(share * (sorted.length - 1))];
  }

  /** Few samples: all of them lie in the spread; many: all but the lowest and highest tenth. */
  String spread() {
    boolean few = sorted.length < 20;
    return few
        ? "%s - %s".formatted(Report.number(quantile(0)), Report.number(quantile(1)))
        : "%s - %s".formatted(Report.number(quantile(0.1)), Report.number(quantile(0.9)));
  }
}
