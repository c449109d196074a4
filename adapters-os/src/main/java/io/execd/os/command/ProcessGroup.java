package io.execd.os.command;

import io.execd.os.nativecall.ErrnoException;
import io.execd.os.nativecall.Linux;
import io.execd.os.nativecall.Linux.Death;
import io.execd.os.nativecall.SpawnOutcome.Spawned;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Our child with its process group and the descendants that left it. The child stays a zombie until
 * {@link #reap}, and so keeps its group's id from being given to anyone else: whoever signals must
 * be the one who reaps, which is the loop's thread.
 */
final class ProcessGroup {
  private final Linux linux;
  private final int pid;
  private final int descriptor;

  /** Descriptors of descendants outside the group, found by the last signal. */
  private final List<Integer> escaped = new ArrayList<>();

  ProcessGroup(Linux linux, Spawned child) {
    this.linux = linux;
    this.pid = child.pid();
    this.descriptor = child.descriptor();
  }

  int pid() {
    return pid;
  }

  /** Readable once the child has ended. */
  int descriptor() {
    return descriptor;
  }

  /** How the child ended; empty while it runs. */
  Optional<Death> death() throws ErrnoException {
    return linux.peek(descriptor);
  }

  /** Signals all of them. Descendants found earlier are signalled again. */
  void signal(int signal) {
    escaped.addAll(new ProcessTree(linux).outsideGroup(pid));
    linux.signal(-pid, signal);
    escaped.forEach(one -> linux.signalByDescriptor(one, signal));
  }

  /** Waits for the child, which has ended: its ids are free from here on. Closes everything. */
  void reap() {
    escaped.forEach(linux::close);
    escaped.clear();
    linux.reap(descriptor);
    linux.close(descriptor);
  }

  /** Ends a child that nobody has heard of yet. */
  void discard() {
    signal(Linux.SIGKILL);
    reap();
  }
}
