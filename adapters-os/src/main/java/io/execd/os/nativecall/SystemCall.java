package io.execd.os.nativecall;

/** The system calls in use, with their number on each processor. */
enum SystemCall {
  CLONE3(435, 435),
  CLOSE(3, 57),
  CLOSE_RANGE(436, 436),
  EPOLL_CREATE1(291, 20),
  EPOLL_CTL(233, 21),
  EPOLL_PWAIT(281, 22),
  EVENTFD2(290, 19),
  EXECVE(59, 221),
  FACCESSAT2(439, 439),
  FALLOCATE(285, 47),
  FCHMOD(91, 52),
  FCHMODAT(268, 53),
  FCHOWN(93, 55),
  FCHOWNAT(260, 54),
  FCNTL(72, 25),
  FSTATFS(138, 44),
  FTRUNCATE(77, 46),
  GETDENTS64(217, 61),
  GETGROUPS(115, 158),
  IOCTL(16, 29),
  KILL(62, 129),
  LSEEK(8, 62),
  MEMFD_CREATE(319, 279),
  MKDIRAT(258, 34),
  OPENAT(257, 56),
  OPENAT2(437, 437),
  PIDFD_OPEN(434, 434),
  PIDFD_SEND_SIGNAL(424, 424),
  PIPE2(293, 59),
  PRCTL(157, 167),
  PREAD64(17, 67),
  PRLIMIT64(302, 261),
  PWRITE64(18, 68),
  READ(0, 63),
  READLINKAT(267, 78),
  RENAMEAT2(316, 276),
  RT_SIGACTION(13, 134),
  RT_SIGPROCMASK(14, 135),
  SECCOMP(317, 277),
  SETFSGID(123, 152),
  SETFSUID(122, 151),
  SETGROUPS(116, 159),
  STATFS(137, 43),
  STATX(332, 291),
  SYMLINKAT(266, 36),
  UNLINKAT(263, 35),
  UTIMENSAT(280, 88),
  WAITID(247, 95),
  WRITE(1, 64);

  private final int x86;
  private final int arm;

  SystemCall(int x86, int arm) {
    this.x86 = x86;
    this.arm = arm;
  }

  int number(Cpu cpu) {
    return switch (cpu) {
      case X86_64 -> x86;
      case AARCH64 -> arm;
    };
  }
}
