package io.execd.domain.file;

import java.util.ArrayList;
import java.util.List;

/** Reads one character class, once: {@code [a-z0]}, {@code [^a]}, {@code [!a]}. */
final class GlobClass {
  private final GlobParser pattern;
  private final List<Range> ranges = new ArrayList<>();

  private record Range(int lowest, int highest) {
    boolean holds(int character) {
      return character >= lowest && character <= highest;
    }
  }

  GlobClass(GlobParser pattern) {
    this.pattern = pattern;
  }

  GlobProgram.Test parse() {
    pattern.skip('[');
    boolean inverted = pattern.skip('^') || pattern.skip('!');
    while (!pattern.skip(']')) {
      range();
    }
    if (ranges.isEmpty()) {
      throw pattern.bad("has an empty class");
    }
    List<Range> all = List.copyOf(ranges);
    return character ->
        character != '/' && all.stream().anyMatch(range -> range.holds(character)) != inverted;
  }

  private void range() {
    int lowest = one();
    if (!pattern.skip('-')) {
      ranges.add(new Range(lowest, lowest));
    } else if (pattern.skip(']')) {
      // A dash at the end means itself; the class is over.
      ranges.add(new Range(lowest, lowest));
      ranges.add(new Range('-', '-'));
      pattern.back();
    } else {
      ranges.add(ordered(lowest, one()));
    }
  }

  private Range ordered(int lowest, int highest) {
    if (highest < lowest) {
      throw pattern.bad("has a class whose range runs backwards");
    }
    return new Range(lowest, highest);
  }

  private int one() {
    pattern.skip('\\');
    return pattern.character();
  }
}
