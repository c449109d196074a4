/*
 * The one native function of execd: a system call with its raw answer, a spawn, and a handler that
 * tells of signals. Freestanding: no C library and no headers, so that the same file loads
 * beside glibc, musl or anything else.
 */
typedef long word;
typedef unsigned int u32;

#if defined(__x86_64__)
enum {
  NR_close = 3, NR_rt_sigaction = 13, NR_rt_sigprocmask = 14, NR_execve = 59, NR_fcntl = 72,
  NR_chdir = 80, NR_setsid = 112, NR_setgroups = 116, NR_setresuid = 117, NR_setresgid = 119,
  NR_prctl = 157, NR_getdents64 = 217, NR_exit_group = 231, NR_waitid = 247, NR_openat = 257,
  NR_dup3 = 292, NR_clone = 56, NR_close_range = 436, NR_write = 1, NR_prlimit64 = 302
};

static word system_call(word nr, word a, word b, word c, word d, word e, word f) {
  word result;
  register word r10 __asm__("r10") = d;
  register word r8 __asm__("r8") = e;
  register word r9 __asm__("r9") = f;
  __asm__ volatile("syscall"
                   : "=a"(result)
                   : "a"(nr), "D"(a), "S"(b), "d"(c), "r"(r10), "r"(r8), "r"(r9)
                   : "rcx", "r11", "memory");
  return result;
}

static word clone_onto(word flags, void *stack, int *pidfd, void (*run)(void *), void *argument) {
  word result;
  register word r10 __asm__("r10") = 0;
  register word r8 __asm__("r8") = 0;
  register void (*r12)(void *) __asm__("r12") = run;
  register void *r13 __asm__("r13") = argument;
  __asm__ volatile("syscall\n\t"
                   "test %%rax, %%rax\n\t"
                   "jnz 1f\n\t"
                   "xor %%ebp, %%ebp\n\t"
                   "mov %%r13, %%rdi\n\t"
                   "call *%%r12\n\t"
                   "ud2\n"
                   "1:"
                   : "=a"(result)
                   : "a"((word)NR_clone), "D"(flags), "S"(stack), "d"(pidfd), "r"(r10), "r"(r8),
                     "r"(r12), "r"(r13)
                   : "rcx", "r11", "memory");
  return result;
}

/* Where a signal handler returns to: rt_sigreturn. The kernel has none of its own on x86-64. */
__attribute__((naked)) static void restore(void) {
  __asm__ volatile("mov $15, %eax\n\tsyscall");
}
enum { HANDLER_FLAGS = 0x04000000 }; /* SA_RESTORER */
#elif defined(__aarch64__)
enum {
  NR_close = 57, NR_rt_sigaction = 134, NR_rt_sigprocmask = 135, NR_execve = 221, NR_fcntl = 25,
  NR_chdir = 49, NR_setsid = 157, NR_setgroups = 159, NR_setresuid = 147, NR_setresgid = 149,
  NR_prctl = 167, NR_getdents64 = 61, NR_exit_group = 94, NR_waitid = 95, NR_openat = 56,
  NR_dup3 = 24, NR_clone = 220, NR_close_range = 436, NR_write = 64, NR_prlimit64 = 261
};

static word system_call(word nr, word a, word b, word c, word d, word e, word f) {
  register word x8 __asm__("x8") = nr;
  register word x0 __asm__("x0") = a;
  register word x1 __asm__("x1") = b;
  register word x2 __asm__("x2") = c;
  register word x3 __asm__("x3") = d;
  register word x4 __asm__("x4") = e;
  register word x5 __asm__("x5") = f;
  __asm__ volatile("svc #0"
                   : "+r"(x0)
                   : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x5)
                   : "memory", "cc");
  return x0;
}

static word clone_onto(word flags, void *stack, int *pidfd, void (*run)(void *), void *argument) {
  register word x8 __asm__("x8") = NR_clone;
  register word x0 __asm__("x0") = flags;
  register void *x1 __asm__("x1") = stack;
  register int *x2 __asm__("x2") = pidfd;
  register word x3 __asm__("x3") = 0;
  register word x4 __asm__("x4") = 0;
  register void (*x19)(void *) __asm__("x19") = run;
  register void *x20 __asm__("x20") = argument;
  __asm__ volatile("svc #0\n\t"
                   "cbnz x0, 1f\n\t"
                   "mov x29, xzr\n\t"
                   "mov x30, xzr\n\t"
                   "mov x0, x20\n\t"
                   "blr x19\n\t"
                   "brk #0\n"
                   "1:"
                   : "+r"(x0)
                   : "r"(x8), "r"(x1), "r"(x2), "r"(x3), "r"(x4), "r"(x19), "r"(x20)
                   : "memory", "cc");
  return x0;
}

static void restore(void) {}
enum { HANDLER_FLAGS = 0 };
#else
#error "execd's shim knows x86-64 and aarch64 only"
#endif

enum { ENOENT = 2, EACCES = 13, ENOTDIR = 20 };
enum { STAGE_RESOURCES, STAGE_IDENTITY, STAGE_DIRECTORY, STAGE_PROGRAM };
enum { CLONE_VM = 0x100, CLONE_PIDFD = 0x1000, CLONE_VFORK = 0x4000, SIGCHLD = 17 };
enum { SIG_SETMASK = 2, SIGNALS = 64, MASK_BYTES = 8, F_DUPFD_CLOEXEC = 1030 };
enum { PR_GET_DUMPABLE = 3, PR_SET_DUMPABLE = 4, P_PID = 1, WEXITED = 4 };
enum { AT_FDCWD = -100, O_DIRECTORY_X86 = 0200000, O_DIRECTORY_ARM = 040000, O_CLOEXEC = 02000000 };
enum { O_WRONLY = 1, RLIMIT_NOFILE = 7, SIG_IGN = 1, SA_NOCLDSTOP = 1, SA_RESTART = 0x10000000 };
enum { CHILD_STACK_BYTES = 24 * 1024, LAST_RESORT_DESCRIPTORS = 65536 };

/* Bits of spawn_request.flags. Bit 1 is kept for a controlling terminal. */
enum { SET_IDENTITY = 1, SET_FILE_LIMIT = 4 };

/* Laid out alike in SpawnRequest.java: words only, in this order. */
struct spawn_request {
  word flags;
  const char **programs; /* tried in turn, as execvp does; ends with null */
  const char **argv;
  const char **envp;
  const char *directory; /* null: stay */
  word stdio[3];
  word extra; /* becomes descriptor 3; -1: none */
  word uid, gid, group_count;
  const u32 *groups;
  word file_limit[2]; /* soft and hard, for RLIMIT_NOFILE */
  word ignored;       /* bit n-1: signal n is ignored */
  const char *oom_score; /* digits for oom_score_adj; null: leave it */
  word oom_score_length;
  word pid, pidfd, error, stage; /* the answer; error is 0 when it runs */
};

static word call1(word nr, word a) { return system_call(nr, a, 0, 0, 0, 0, 0); }
static word call3(word nr, word a, word b, word c) { return system_call(nr, a, b, c, 0, 0, 0); }

static void give_up(struct spawn_request *request, word stage, word result) {
  request->stage = stage;
  request->error = -result;
  for (;;) call1(NR_exit_group, 127);
}

static void require(struct spawn_request *request, word stage, word result) {
  if (result < 0) give_up(request, stage, result);
}

/* As the daemon's process was given them: ignored or default. */
static void reset_signals(struct spawn_request *request) {
  /* handler, flags, restorer and mask in the kernel's layout: all zero is SIG_DFL on both CPUs. */
  volatile word action[4];
  for (int i = 0; i < 4; i++) action[i] = 0;
  for (word signal = 1; signal <= SIGNALS; signal++) {
    action[0] = (request->ignored >> (signal - 1)) & SIG_IGN;
    system_call(NR_rt_sigaction, signal, (word)action, 0, MASK_BYTES, 0, 0);
  }
}

static void set_file_limit(struct spawn_request *request) {
  if (request->flags & SET_FILE_LIMIT)
    system_call(NR_prlimit64, 0, RLIMIT_NOFILE, (word)request->file_limit, 0, 0, 0);
}

/* Before the identity: another user may not raise the score of a process that was root's. */
static void set_oom_score(struct spawn_request *request) {
  if (!request->oom_score) return;
  word file = call3(NR_openat, AT_FDCWD, (word) "/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC);
  if (file < 0) return;
  call3(NR_write, file, (word)request->oom_score, request->oom_score_length);
  call1(NR_close, file);
}

static void take_identity(struct spawn_request *request) {
  if (!(request->flags & SET_IDENTITY)) return;
  word gid = request->gid, uid = request->uid;
  require(request, STAGE_IDENTITY,
          call3(NR_setgroups, request->group_count, (word)request->groups, 0));
  require(request, STAGE_IDENTITY, call3(NR_setresgid, gid, gid, gid));
  require(request, STAGE_IDENTITY, call3(NR_setresuid, uid, uid, uid));
}

/* Sources below 4 move up first, so that no target overwrites a source. */
static void place_descriptors(struct spawn_request *request) {
  word source[4];
  word count = request->extra < 0 ? 3 : 4;
  for (word i = 0; i < count; i++) {
    source[i] = i < 3 ? request->stdio[i] : request->extra;
    if (source[i] < 4) source[i] = call3(NR_fcntl, source[i], F_DUPFD_CLOEXEC, 4);
    require(request, STAGE_RESOURCES, source[i]);
  }
  for (word i = 0; i < count; i++)
    require(request, STAGE_RESOURCES, call3(NR_dup3, source[i], i, 0));
}

static word descriptor_of(const char *name) {
  word number = 0;
  if (*name < '0' || *name > '9') return -1;
  for (; *name >= '0' && *name <= '9'; name++) number = number * 10 + (*name - '0');
  return number;
}

/* For kernels before 5.9 and filters that refuse close_range. */
static void close_one_by_one(word first) {
#if defined(__x86_64__)
  word flags = O_DIRECTORY_X86 | O_CLOEXEC;
#else
  word flags = O_DIRECTORY_ARM | O_CLOEXEC;
#endif
  char buffer[1024] __attribute__((aligned(8)));
  word folder = call3(NR_openat, AT_FDCWD, (word) "/proc/self/fd", flags);
  if (folder < 0) {
    for (word fd = first; fd < LAST_RESORT_DESCRIPTORS; fd++) call1(NR_close, fd);
    return;
  }
  word size;
  while ((size = call3(NR_getdents64, folder, (word)buffer, sizeof buffer)) > 0)
    for (word at = 0; at < size; at += *(unsigned short *)(buffer + at + 16)) {
      word fd = descriptor_of(buffer + at + 19);
      if (fd >= first && fd != folder) call1(NR_close, fd);
    }
  call1(NR_close, folder);
}

static void close_descriptors_from(word first) {
  if (call3(NR_close_range, first, 0xffffffffL, 0) < 0) close_one_by_one(first);
}

static void execute(struct spawn_request *request) {
  word refusal = -ENOENT;
  for (const char **program = request->programs; *program; program++) {
    word result =
        call3(NR_execve, (word)*program, (word)request->argv, (word)request->envp);
    if (result == -EACCES)
      refusal = result;
    else if (result != -ENOENT && result != -ENOTDIR)
      give_up(request, STAGE_PROGRAM, result);
  }
  give_up(request, STAGE_PROGRAM, refusal);
}

static void child(void *argument) {
  struct spawn_request *request = argument;
  word no_signals = 0;
  reset_signals(request);
  require(request, STAGE_RESOURCES, call1(NR_setsid, 0));
  /* Before the identity: a descriptor of the daemon's must not depend on the child's rights. */
  place_descriptors(request);
  close_descriptors_from(request->extra < 0 ? 3 : 4);
  set_file_limit(request);
  set_oom_score(request);
  take_identity(request);
  if (request->directory)
    require(request, STAGE_DIRECTORY, call1(NR_chdir, (word)request->directory));
  system_call(NR_rt_sigprocmask, SIG_SETMASK, (word)&no_signals, 0, MASK_BYTES, 0, 0);
  execute(request);
}

static void start(struct spawn_request *request) {
  char stack[CHILD_STACK_BYTES] __attribute__((aligned(16)));
  volatile int pidfd = -1;
  word flags = CLONE_VM | CLONE_VFORK | CLONE_PIDFD | SIGCHLD;
  word pid = clone_onto(flags, stack + sizeof stack, (int *)&pidfd, child, request);
  if (pid < 0) {
    request->stage = STAGE_RESOURCES;
    request->error = -pid;
    return;
  }
  request->pid = pid;
  request->pidfd = pidfd;
  if (request->error == 0) return;
  system_call(NR_waitid, P_PID, pid, 0, WEXITED, 0, 0);
  if (pidfd >= 0) call1(NR_close, pidfd);
}

/*
 * The child shares this memory until it has executed. Changing its user makes that memory
 * undumpable, which is what keeps the new user from tracing it meanwhile, but the flag is the
 * daemon's own too: it is put back once the child is gone. Callers let only one such spawn run at
 * a time.
 */
static word spawn(struct spawn_request *request) {
  word all_signals = -1, old_signals = 0;
  word dumpable = request->flags & SET_IDENTITY ? call1(NR_prctl, PR_GET_DUMPABLE) : 0;
  request->error = 0;
  system_call(NR_rt_sigprocmask, SIG_SETMASK, (word)&all_signals, (word)&old_signals, MASK_BYTES,
              0, 0);
  start(request);
  system_call(NR_rt_sigprocmask, SIG_SETMASK, (word)&old_signals, 0, MASK_BYTES, 0, 0);
  if (dumpable == 1) call3(NR_prctl, PR_SET_DUMPABLE, 1, 0);
  return -request->error;
}

/* For each signal the eventfd that is told of it, plus one; 0: none. */
static volatile int bells[SIGNALS + 1];

static void ring(int signal) {
  word one = 1;
  int bell = bells[signal];
  if (bell) call3(NR_write, bell - 1, (word)&one, sizeof one);
}

/* From now on this signal is told to an eventfd, or to none when that is -1. */
static word watch_signal(word signal, int eventfd) {
  volatile word action[4];
  action[0] = (word)ring;
  action[1] = SA_NOCLDSTOP | SA_RESTART | HANDLER_FLAGS;
  action[2] = (word)restore;
  action[3] = 0;
  bells[signal] = eventfd + 1;
  return system_call(NR_rt_sigaction, signal, (word)action, 0, MASK_BYTES, 0, 0);
}

/*
 * A number from 0 up: that system call, answered with its result or -errno. -1: spawn. -2: watch
 * a signal.
 */
__attribute__((visibility("default"))) word execd_call(word number, word a, word b, word c, word d,
                                                       word e, word f) {
  if (number >= 0) return system_call(number, a, b, c, d, e, f);
  if (number == -2) return watch_signal(a, (int)b);
  return spawn((struct spawn_request *)a);
}
