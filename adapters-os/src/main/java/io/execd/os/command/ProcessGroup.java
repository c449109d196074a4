package io.execd.os.command;

import io.execd.os.nativecall.ErrnoException;
import io.execd.os.nativecall.Linux;
import io.execd.os.nativecall.Linux.Death;
import io.execd.os.nativecall.SpawnOutcome.Spawned;
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
  private final ProcessTree tree;

  /**
   * @param mark the entry of the child's environment that no other child has
   */
  ProcessGroup(Linux linux, Spawned child, String mark) {
    this.linux = linux;
    this.pid = child.pid();
    this.descriptor = child.descriptor();
    this.tree = new ProcessTree(linux, pid, mark);
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

  /** Asks all of them to end. */
  void terminate() {
    tree.signal(Linux.SIGTERM);
  }

  /** Kills all of them. */
  void kill() {
    tree.kill();
  }

  /** Waits for the child, which has ended: its ids are free from here on. Closes everything. */
  void reap() {
    tree.close();
    linux.reap(descriptor);
    linux.close(descriptor);
  }

  /** Ends a child that nobody has heard of yet. */
  void discard() {
    kill();
    reap();
  }
}
