package io.execd.os.nativecall;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Optional;

/**
 * Linux system calls as plain Java. Descriptors are ints and belong to the caller, who closes them;
 * all are close-on-exec. Safe for any number of threads; the calls do not unmount a virtual thread.
 */
public final class Linux {
  public static final int SIGKILL = 9;
  public static final int SIGTERM = 15;
  public static final int SIGHUP = 1;
  public static final int SIGUSR1 = 10;
  public static final int SIGSTOP = 19;
  public static final int READ_ONLY = 0;

  /** To write at the end, whoever else writes. */
  public static final int APPEND = 1 | 02000;

  private static final int CLOSE_ON_EXEC = 02000000;
  private static final int NONBLOCK = 04000;
  private static final int F_SETFL = 4;
  private static final int AT_FDCWD = -100;
  private static final int FIONREAD = 0x541B;
  private static final int PR_SET_CHILD_SUBREAPER = 36;
  private static final int RLIMIT_NOFILE = 7;
  private static final int P_ALL = 0;
  private static final int P_PIDFD = 3;
  private static final int WNOHANG = 1;
  private static final int WEXITED = 4;
  private static final int WNOWAIT = 0x01000000;
  static final int SIGCHLD = 17;
  private static final int SIGNAL_SET_BYTES = 8;
  private static final int SIGNAL_INFO_BYTES = 128;

  private final Cpu cpu;
  private final Door door;
  private final Inheritance inheritance;

  Linux(Cpu cpu, Door door) {
    this.cpu = cpu;
    this.door = door;
    this.inheritance = inheritance();
  }

  private Inheritance inheritance() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment limit = arena.allocate(2L * Long.BYTES, Long.BYTES);
      call(SystemCall.PRLIMIT64, 0, RLIMIT_NOFILE, 0, limit.address());
      return InheritanceReader.read(
          limit.getAtIndex(ValueLayout.JAVA_LONG, 0), limit.getAtIndex(ValueLayout.JAVA_LONG, 1));
    }
  }

  /**
   * Loads the shim and checks that this kernel has what is needed (5.4 and later). Costs tens of
   * milliseconds the first time.
   *
   * @throws UnsupportedOperationException where it does not work; the message says why
   */
  public static Linux load() {
    if (!"Linux".equals(System.getProperty("os.name"))) {
      throw new UnsupportedOperationException("not Linux");
    }
    Cpu cpu = Cpu.ofThisMachine();
    Linux linux = new Linux(cpu, ShimDoor.open(cpu));
    linux.requireProcessDescriptors();
    linux.defaultChildSignal();
    return linux;
  }

  /** The two ends of a pipe: reading does not block, writing does. */
  public record Pipe(int readEnd, int writeEnd) {}

  /**
   * How a process ended.
   *
   * @param signaled whether by a signal
   * @param status the exit code or the signal's number
   */
  public record Death(boolean signaled, int status, boolean coreDumped) {}

  public Pipe pipe() throws ErrnoException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ends = arena.allocate(JAVA_INT, 2);
      check("pipe", call(SystemCall.PIPE2, ends.address(), CLOSE_ON_EXEC));
      Pipe pipe = new Pipe(ends.get(JAVA_INT, 0), ends.getAtIndex(JAVA_INT, 1));
      check("fcntl", call(SystemCall.FCNTL, pipe.readEnd, F_SETFL, NONBLOCK));
      return pipe;
    }
  }

  public int open(String path, int mode) throws ErrnoException {
    try (Arena arena = Arena.ofConfined()) {
      long name = arena.allocateFrom(path).address();
      return check("open " + path, call(SystemCall.OPENAT, AT_FDCWD, name, mode | CLOSE_ON_EXEC));
    }
  }

  /** Gives what is open to another user; nothing happens where that is not allowed. */
  public void give(int descriptor, long uid, long gid) {
    call(SystemCall.FCHOWN, descriptor, uid, gid);
  }

  public void close(int descriptor) {
    call(SystemCall.CLOSE, descriptor);
  }

  /** A file without a name that holds these bytes. */
  public int memoryFile(byte[] content) throws ErrnoException {
    try (Arena arena = Arena.ofConfined()) {
      long name = arena.allocateFrom("execd").address();
      int descriptor = check("memfd_create", call(SystemCall.MEMFD_CREATE, name, 1));
      MemorySegment bytes = arena.allocateFrom(ValueLayout.JAVA_BYTE, content);
      writeAll(descriptor, bytes);
      return descriptor;
    }
  }

  private void writeAll(int descriptor, MemorySegment bytes) throws ErrnoException {
    long done = 0;
    while (done < bytes.byteSize()) {
      long start = bytes.address() + done;
      long result = call(SystemCall.WRITE, descriptor, start, bytes.byteSize() - done);
      if (result < 0) {
        close(descriptor);
      }
      done += check("write", result);
    }
  }

  /** How many bytes can be read now; 0 when that cannot be told. */
  public int available(int descriptor) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment count = arena.allocate(JAVA_INT);
      call(SystemCall.IOCTL, descriptor, FIONREAD, count.address());
      return count.get(JAVA_INT, 0);
    }
  }

  /** Signals one process, or a group by its negated id. A target that is gone is no error. */
  public void signal(int target, int signal) {
    call(SystemCall.KILL, target, signal);
  }

  /** A descriptor of a process; empty when there is none, or no descriptor to be had. */
  public Optional<Integer> processDescriptor(int pid) {
    long result = call(SystemCall.PIDFD_OPEN, pid);
    return result < 0 ? Optional.empty() : Optional.of((int) result);
  }

  /** Signals the process of this descriptor. One that is gone is no error. */
  public void signalByDescriptor(int descriptor, int signal) {
    call(SystemCall.PIDFD_SEND_SIGNAL, descriptor, signal);
  }

  /** How our child ended, without reaping it; empty while it runs. */
  public Optional<Death> peek(int processDescriptor) throws ErrnoException {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(SIGNAL_INFO_BYTES, Long.BYTES);
      int options = WEXITED | WNOHANG | WNOWAIT;
      long address = info.address();
      check("waitid", call(SystemCall.WAITID, P_PIDFD, processDescriptor, address, options));
      return death(info);
    }
  }

  /** Waits for the end of our child and reaps it: its id is free from here on. */
  public void reap(int processDescriptor) {
    call(SystemCall.WAITID, P_PIDFD, processDescriptor, 0, WEXITED);
  }

  /** The id of a child of any thread that has ended, without reaping it; empty when all run. */
  public Optional<Integer> endedChild() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment info = arena.allocate(SIGNAL_INFO_BYTES, Long.BYTES);
      int options = WEXITED | WNOHANG | WNOWAIT;
      long result = call(SystemCall.WAITID, P_ALL, 0, info.address(), options);
      return result < 0 || death(info).isEmpty()
          ? Optional.empty()
          : Optional.of(info.getAtIndex(JAVA_INT, 3));
    }
  }

  /**
   * From now on processes whose parent has ended become children of this one, and stay what they
   * were: descendants. Their end has to be waited for.
   */
  public void adoptOrphans() throws ErrnoException {
    check("prctl", call(SystemCall.PRCTL, PR_SET_CHILD_SUBREAPER, 1));
  }

  /**
   * From now on a signal to this process makes an event descriptor readable, and does nothing else.
   *
   * @param eventDescriptor -1 for none
   * @return 0, or an error number negated
   */
  long watchSignal(int signal, int eventDescriptor) {
    return door.call(Door.WATCH_SIGNAL, signal, eventDescriptor, 0, 0, 0, 0);
  }

  /** From now on this signal to this process does nothing. Children do not inherit that. */
  public void disarm(int signal) {
    watchSignal(signal, -1);
  }

  /** Reads siginfo_t: signo, errno, code, padding, pid, uid, status. */
  private static Optional<Death> death(MemorySegment info) {
    final int killed = 2;
    final int dumped = 3;
    if (info.getAtIndex(JAVA_INT, 0) == 0) {
      return Optional.empty();
    }
    int code = info.getAtIndex(JAVA_INT, 2);
    int status = info.getAtIndex(JAVA_INT, 6);
    return Optional.of(new Death(code == killed || code == dumped, status, code == dumped));
  }

  /** Starts a process. Call it from platform threads; see {@link SpawnRequest} for the rules. */
  public SpawnOutcome spawn(SpawnRequest request) {
    return SpawnLayout.run(request, inheritance, door);
  }

  boolean packedEvents() {
    return cpu == Cpu.X86_64;
  }

  int number(SystemCall name) {
    return name.number(cpu);
  }

  long call(SystemCall name, long... arguments) {
    return door.call(
        name.number(cpu),
        argument(arguments, 0),
        argument(arguments, 1),
        argument(arguments, 2),
        argument(arguments, 3),
        argument(arguments, 4),
        argument(arguments, 5));
  }

  private static long argument(long[] arguments, int index) {
    return index < arguments.length ? arguments[index] : 0;
  }

  static int check(String call, long result) throws ErrnoException {
    if (result < 0) {
      throw new ErrnoException(call, (int) -result);
    }
    return (int) result;
  }

  private void requireProcessDescriptors() {
    Optional<Integer> self = processDescriptor((int) ProcessHandle.current().pid());
    if (self.isEmpty()) {
      throw new UnsupportedOperationException("this kernel has no process descriptors");
    }
    int none = (int) call(SystemCall.WAITID, P_PIDFD, self.get(), 0, WEXITED | WNOHANG);
    close(self.get());
    if (none != -Errno.ECHILD.number()) {
      throw new UnsupportedOperationException("this kernel does not wait by descriptor");
    }
  }

  /** A parent that ignored SIGCHLD hands that down, and the kernel would then reap before us. */
  void defaultChildSignal() {
    try (Arena arena = Arena.ofConfined()) {
      long action = arena.allocate(4 * Long.BYTES, Long.BYTES).address();
      call(SystemCall.RT_SIGACTION, SIGCHLD, action, 0, SIGNAL_SET_BYTES);
    }
  }
}
