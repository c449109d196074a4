package io.execd.bootstrap.bench;

import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** How much memory the daemon holds: fresh, and when everything is over. */
final class Memory {
  /** Longer than the JVM takes to give back what its compiler used for the start (5 s). */
  private static final long SETTLE_SECONDS = 10;

  private Memory() {}

  static void idle(Lab lab) throws IOException, InterruptedException {
    report(lab, "idle RSS", Target.atMost(80));
  }

  static void afterAll(Lab lab) throws IOException, InterruptedException {
    report(lab, "RSS after all of the above", Target.atMost(120));
  }

  private static void report(Lab lab, String name, Target target)
      throws IOException, InterruptedException {
    if (lab.daemon().figures().isEmpty()) {
      lab.report().absent(name, "needs --pid");
      return;
    }
    TimeUnit.SECONDS.sleep(SETTLE_SECONDS);
    Samples resident = new Samples(lab.daemon().figures().get().residentMegabytes());
    lab.report().figure(name, "MB", resident, target, Floor.none());
  }
}
