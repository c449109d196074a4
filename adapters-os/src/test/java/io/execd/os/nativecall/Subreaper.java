package io.execd.os.nativecall;

/** Makes this process adopt the orphans among its descendants, as process 1 does. */
public final class Subreaper {
  private static final int PR_SET_CHILD_SUBREAPER = 36;

  private Subreaper() {}

  public static void become(Linux linux) throws ErrnoException {
    Linux.check("prctl", linux.call(SystemCall.PRCTL, PR_SET_CHILD_SUBREAPER, 1));
  }
}
