package io.execd.os.nativecall;

import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Waits for many descriptors at once (epoll, level-triggered). {@link #await} and {@link #key}
 * belong to one thread; the rest is safe for any.
 */
public final class Poller implements AutoCloseable {
  /** The key of a wake-up; no caller's key may be the same. */
  public static final long WAKE_UP = -1;

  /** The key for ended children, see {@link #tellEndsOfChildren}; no caller's may be the same. */
  public static final long CHILD_ENDED = -2;

  /** The key for signals, see {@link #tellSignals}; no caller's may be the same. */
  public static final long SIGNAL = -3;

  private static final int CLOSE_ON_EXEC = 02000000;
  private static final int NONBLOCK = 04000;
  private static final int ADD = 1;
  private static final int REMOVE = 2;
  private static final int READABLE = 1;
  private static final int EVENTS = 256;

  /** Those that want to be told of ended children; the last one is. Guarded by itself. */
  private static final List<Poller> TOLD = new ArrayList<>();

  private final Linux linux;
  private final List<Integer> told = new CopyOnWriteArrayList<>();
  private final Arena arena = Arena.ofShared();
  private final MemorySegment events;
  private final MemorySegment one = arena.allocateFrom(JAVA_LONG_UNALIGNED, 1L);
  private final MemorySegment count = arena.allocate(Long.BYTES);
  private final int epoll;
  private final int bell;
  private final int childBell;
  private final int signalBell;

  public Poller(Linux linux) throws ErrnoException {
    this.linux = linux;
    this.events = arena.allocate((long) EVENTS * eventBytes());
    this.epoll = Linux.check("epoll_create", linux.call(SystemCall.EPOLL_CREATE1, CLOSE_ON_EXEC));
    this.bell = eventDescriptor();
    this.childBell = eventDescriptor();
    add(bell, WAKE_UP);
    this.signalBell = eventDescriptor();
    add(childBell, CHILD_ENDED);
    add(signalBell, SIGNAL);
  }

  private int eventDescriptor() throws ErrnoException {
    return Linux.check("eventfd", linux.call(SystemCall.EVENTFD2, 0, CLOSE_ON_EXEC | NONBLOCK));
  }

  /**
   * From now on {@link #await} tells {@link #CHILD_ENDED} when any child of this process has ended.
   * There is one handler in a process: others that have called this before wait until this is
   * closed.
   */
  public void tellEndsOfChildren() throws ErrnoException {
    synchronized (TOLD) {
      Linux.check("sigaction", linux.watchSignal(Linux.SIGCHLD, childBell));
      TOLD.add(this);
    }
  }

  /**
   * From now on {@link #await} tells {@link #SIGNAL} when this process gets one of these, which do
   * nothing else.
   */
  public void tellSignals(List<Integer> signals) {
    told.addAll(signals);
    signals.forEach(signal -> linux.watchSignal(signal, signalBell));
  }

  /** The handler must not write to a descriptor that may be another's by then. */
  private void tellOthers() {
    told.forEach(linux::disarm);
    synchronized (TOLD) {
      if (TOLD.remove(this)) {
        linux.defaultChildSignal();
      }
      if (!TOLD.isEmpty()) {
        Poller other = TOLD.getLast();
        other.linux.watchSignal(Linux.SIGCHLD, other.childBell);
      }
    }
  }

  /** From now on {@link #await} tells this key while the descriptor has something to read. */
  public void add(int descriptor, long key) throws ErrnoException {
    try (Arena scratch = Arena.ofConfined()) {
      MemorySegment event = scratch.allocate(eventBytes());
      event.set(JAVA_INT_UNALIGNED, 0, READABLE);
      event.set(JAVA_LONG_UNALIGNED, keyOffset(), key);
      long address = event.address();
      Linux.check("epoll_ctl", linux.call(SystemCall.EPOLL_CTL, epoll, ADD, descriptor, address));
    }
  }

  /** No more of this descriptor; one that is not there is no error. */
  public void remove(int descriptor) {
    linux.call(SystemCall.EPOLL_CTL, epoll, REMOVE, descriptor, 0);
  }

  /**
   * Blocks until something is readable, a wake-up, or the time is over.
   *
   * @param timeoutMillis -1 for no limit
   * @return how many keys there are to ask for
   */
  public int await(int timeoutMillis) {
    long address = events.address();
    long ready = linux.call(SystemCall.EPOLL_PWAIT, epoll, address, EVENTS, timeoutMillis, 0);
    return (int) Math.max(0, ready);
  }

  /** The key of one readable descriptor of the last {@link #await}. Takes a wake-up back. */
  public long key(int index) {
    long key = events.get(JAVA_LONG_UNALIGNED, (long) index * eventBytes() + keyOffset());
    if (key == WAKE_UP) {
      takeBack(bell);
    } else if (key == CHILD_ENDED) {
      takeBack(childBell);
    } else if (key == SIGNAL) {
      takeBack(signalBell);
    }
    return key;
  }

  private void takeBack(int eventDescriptor) {
    linux.call(SystemCall.READ, eventDescriptor, count.address(), Long.BYTES);
  }

  /** Ends the current or the next {@link #await}. */
  public void wake() {
    linux.call(SystemCall.WRITE, bell, one.address(), Long.BYTES);
  }

  /** The waiting thread must have left, and nobody may wake it any more. */
  @Override
  public void close() {
    tellOthers();
    linux.close(bell);
    linux.close(childBell);
    linux.close(signalBell);
    linux.close(epoll);
    arena.close();
  }

  /** struct epoll_event is packed on x86-64 only. */
  private int eventBytes() {
    return linux.packedEvents() ? 12 : 16;
  }

  private int keyOffset() {
    return linux.packedEvents() ? 4 : 8;
  }
}
