package io.execd.domain.stream;

/**
 * The bounds of one {@link EventBuffer}, in bytes of output (each event counts a little more than
 * its bytes).
 *
 * @param capacity how much may wait for the owner
 * @param scarce the same while all buffers together hold more than their {@link BufferBudget}
 * @param retained how much of what the owner has taken is kept for readers that attach later
 */
public record StreamLimits(int capacity, int scarce, int retained) {
  public StreamLimits {
    if (scarce < 1 || capacity < scarce || retained < 0) {
      throw new IllegalArgumentException("capacity >= scarce >= 1 and retained >= 0");
    }
  }
}
