package io.execd.os.command;

import io.execd.domain.command.ProcessObserver;
import io.execd.domain.stream.OutputSource;
import io.execd.os.nativecall.ErrnoException;
import io.execd.os.nativecall.Linux;
import io.execd.os.nativecall.Poller;
import io.execd.os.nativecall.ReadBuffer;
import java.lang.System.Logger.Level;

/**
 * The daemon's end of one output pipe. Once the process has ended, what its children still write is
 * read and dropped: closing the pipe would kill them at their next write. For the loop's thread.
 */
final class OutputPipe {
  private static final System.Logger LOG = System.getLogger(OutputPipe.class.getName());

  /** What pipes share with their loop. */
  record Tools(Linux linux, Poller poller, ReadBuffer buffer) {}

  private final Tools tools;
  private final OutputSource source;
  private final int descriptor;
  private final long key;
  private boolean open = true;
  private boolean polled = true;
  private boolean dropping;

  OutputPipe(Tools tools, OutputSource source, int descriptor, long key) {
    this.tools = tools;
    this.source = source;
    this.descriptor = descriptor;
    this.key = key;
  }

  boolean open() {
    return open;
  }

  /** Something can be read: reads once, if the observer has room, else waits for it to say so. */
  void readable(ProcessObserver observer) {
    int room = dropping ? ReadBuffer.CAPACITY : observer.room();
    if (room <= 0) {
      pause();
    } else if (open) {
      read(observer, room);
    }
  }

  /** Delivers what is in the pipe now, room or not, and drops what comes later. */
  void drain(ProcessObserver observer) {
    int left = open ? tools.linux.available(descriptor) : -1;
    // One read more than there is: as a rule it tells that the writers are gone.
    while (open && left >= 0) {
      int size = read(observer, ReadBuffer.CAPACITY);
      left = size < 0 ? -1 : left - size;
    }
    dropping = true;
  }

  private int read(ProcessObserver observer, int limit) {
    int size = tools.buffer.read(descriptor, limit);
    if (size == ReadBuffer.END) {
      close();
    } else if (size > 0 && !dropping) {
      observer.output(source, tools.buffer.copy(size));
    }
    return size;
  }

  /** Not by an empty set of events: the end of all writers would be told again and again. */
  private void pause() {
    tools.poller.remove(descriptor);
    polled = false;
  }

  void resume() {
    if (open && !polled) {
      polled = true;
      startOrComplain();
    }
  }

  /** Has the loop told of output. Touches no field: the loop's thread may be at work already. */
  void start() throws ErrnoException {
    tools.poller.add(descriptor, key);
  }

  private void startOrComplain() {
    try {
      start();
    } catch (ErrnoException e) {
      LOG.log(Level.ERROR, "output of a process cannot be read", e);
    }
  }

  void close() {
    if (open) {
      open = false;
      tools.poller.remove(descriptor);
      tools.linux.close(descriptor);
    }
  }
}
