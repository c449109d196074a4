package io.execd.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * One seeded round of made-up input for a parser. {@code -Dfuzz.rounds=50} multiplies the rounds of
 * every fuzz test, {@code -Dfuzz.seed=N} begins with the seed that a failure names.
 */
public final class Fuzz {
  private static final int FACTOR = Integer.getInteger("fuzz.rounds", 1);
  private static final long FIRST_SEED = Long.getLong("fuzz.seed", 1);
  private static final String STRANGE =
      "\0\1\t\n\r \"'\\/{}[](),;:=-_*?#$%&+.<>@\u007f\u0080\u0085\u00e4\u00ff\u2028\u20ac09afAFzZ";

  private final Random random;

  private Fuzz(long seed) {
    this.random = new Random(seed);
  }

  /** What one round does with its input. */
  @FunctionalInterface
  public interface Round {
    void run(Fuzz fuzz) throws Exception;
  }

  /** Runs the rounds, each with a seed of its own that is named when the round fails. */
  public static void rounds(int count, Round round) {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + (long) count * FACTOR; seed++) {
      try {
        round.run(new Fuzz(seed));
      } catch (Exception | AssertionError | StackOverflowError failed) {
        throw new AssertionError("fails again with -Dfuzz.seed=" + seed, failed);
      }
    }
  }

  /** A number from 0 up to, and without, the bound. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  /** Any long, small ones as often as huge ones. */
  public long number() {
    return random.nextLong() >> random.nextInt(64);
  }

  /** One of them. */
  public String oneOf(String... all) {
    return all[below(all.length)];
  }

  /** Random bytes. */
  public byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** One of the good examples, often with some changes that keep most of its structure. */
  public String mutant(String... good) {
    String text = oneOf(good);
    for (int change = below(4); change > 0; change--) {
      text = changed(text, good);
    }
    return text;
  }

  private String changed(String text, String... good) {
    int from = below(text.length() + 1);
    int to = Math.min(text.length(), from + below(8));
    String before = text.substring(0, from);
    return switch (below(6)) {
      case 0 -> before;
      case 1 -> before + text.substring(to);
      case 2 -> before + strange() + text.substring(to);
      case 3 -> before + strange() + text.substring(from);
      case 4 -> before + text.substring(from, to).repeat(below(40)) + text.substring(from);
      default -> before + oneOf(good).substring(0, 1) + text.substring(from);
    };
  }

  private String strange() {
    int at = below(STRANGE.length());
    return STRANGE.substring(at, at + 1);
  }

  /** Lengths of the pieces in which so many bytes arrive, each at least 1. */
  public List<Integer> pieces(int length) {
    List<Integer> pieces = new ArrayList<>();
    int left = length;
    while (left > 0) {
      int piece = Math.min(left, 1 + below(1 + below(64)));
      pieces.add(piece);
      left -= piece;
    }
    return pieces;
  }
}
