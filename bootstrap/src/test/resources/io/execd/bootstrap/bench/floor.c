// What the machine itself can do, for the benchmarks to compare the daemon with. Prints one number
// (microseconds) per line.
//   floor spawn COUNT PROGRAM...   posix_spawn until reaped
//   floor first COUNT PROGRAM...   posix_spawn until the first byte of output
//   floor relay PROGRAM...         age of each line that PROGRAM prints: its time, as 1234.567890
//   floor drain PROGRAM...         posix_spawn until the end of output
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;
static char buffer[65536];

static double now(clockid_t clock) {
    struct timespec t;
    clock_gettime(clock, &t);
    return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

static pid_t start(char **program, int *output) {
    posix_spawn_file_actions_t actions;
    int ends[2];
    pid_t child;
    if (pipe2(ends, O_CLOEXEC) != 0) exit(1);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], 1);
    if (posix_spawnp(&child, program[0], &actions, NULL, program, environ) != 0) exit(1);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    *output = ends[0];
    return child;
}

static void repeat(char **program, int count, int until_first) {
    for (int i = 0; i < count; i++) {
        int output;
        double begin = now(CLOCK_MONOTONIC);
        pid_t child = start(program, &output);
        if (until_first && read(output, buffer, sizeof buffer) < 1) exit(1);
        if (!until_first) waitpid(child, NULL, 0);
        printf("%.1f\n", now(CLOCK_MONOTONIC) - begin);
        if (until_first) waitpid(child, NULL, 0);
        close(output);
    }
}

static void relay(char **program) {
    int output;
    pid_t child = start(program, &output);
    for (ssize_t size; (size = read(output, buffer, sizeof buffer - 1)) > 0;) {
        buffer[size] = 0;
        printf("%.1f\n", now(CLOCK_REALTIME) - atof(buffer) * 1e6);
    }
    waitpid(child, NULL, 0);
}

static void drain(char **program) {
    int output;
    double begin = now(CLOCK_MONOTONIC);
    pid_t child = start(program, &output);
    while (read(output, buffer, sizeof buffer) > 0) {
    }
    waitpid(child, NULL, 0);
    printf("%.1f\n", now(CLOCK_MONOTONIC) - begin);
}

int main(int count, char **words) {
    if (count > 3 && strcmp(words[1], "spawn") == 0) repeat(words + 3, atoi(words[2]), 0);
    else if (count > 3 && strcmp(words[1], "first") == 0) repeat(words + 3, atoi(words[2]), 1);
    else if (count > 2 && strcmp(words[1], "relay") == 0) relay(words + 2);
    else if (count > 2 && strcmp(words[1], "drain") == 0) drain(words + 2);
    else return 2;
    return 0;
}
