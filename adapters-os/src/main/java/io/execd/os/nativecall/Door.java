package io.execd.os.nativecall;

/** The shim's one function. Anything that answers like it may stand in for it in a test. */
@FunctionalInterface
interface Door {
  /** As {@code number}: the shim's spawn instead of a system call. */
  long SPAWN = -1;

  /** As {@code number}: the shim's handler for a signal, which writes to an event descriptor. */
  long WATCH_SIGNAL = -2;

  /** The kernel's raw answer: a result from 0 up, or an error number negated. */
  long call(long number, long a, long b, long c, long d, long e, long f);
}
