package io.execd.bootstrap.bench;

import java.util.Optional;

/** What the machine can do without the daemon, in the unit of the figure it stands beside. */
record Floor(String name, Optional<Samples> samples) {
  static Floor none() {
    return new Floor("", Optional.empty());
  }

  static Floor of(String name, Samples samples) {
    return new Floor(name, Optional.of(samples));
  }

  static Floor absent(String why) {
    return new Floor(why, Optional.empty());
  }

  /** The floor's value and how many times it the figure is. */
  String text(double figure) {
    return samples
        .map(floor ->
            "%.2f x %s (%s)"
                .formatted(figure / floor.median(), name, Report.number(floor.median())))
        .orElse(name);
  }
}
