// What the machine itself can do, for the benchmarks to compare the daemon with. Prints one number
// (microseconds) per line.
//   floor spawn COUNT PROGRAM...   posix_spawn until reaped
//   floor first COUNT PROGRAM...   posix_spawn until the first byte of output
//   floor relay PROGRAM...         age of each line that PROGRAM prints: its time, as 1234.567890
//   floor drain PROGRAM...         posix_spawn until the end of output
//   floor send FILE SIZE           bytes of a file over a loopback connection, ten times
//   floor receive FILE SIZE        bytes from one to a new file that replaces it, ten times
//   floor walk FOLDER              a look at all below it, ten times
#define _GNU_SOURCE
#include <fcntl.h>
#include <ftw.h>
#include <netinet/in.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
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

static char block[262144];

static void must(int right) {
    if (!right) exit(1);
}

// The side with the file: what the daemon does, and nothing else.
static void serve(int client, int sends, const char *path, long size) {
    char fresh[4096], word;
    snprintf(fresh, sizeof fresh, "%s.new", path);
    while (read(client, &word, 1) == 1) {
        int file = open(sends ? path : fresh, sends ? O_RDONLY : O_WRONLY | O_CREAT, 0600);
        for (long at = 0; at < size;) {
            ssize_t got = sends ? pread(file, block, sizeof block, at)
                                : read(client, block, size - at < 65536 ? size - at : 65536);
            must(got > 0);
            must((sends ? write(client, block, got) : pwrite(file, block, got, at)) == got);
            at += got;
        }
        close(file);
        if (!sends) must(rename(fresh, path) == 0 && write(client, &word, 1) == 1);
    }
}

static void transfer(int sends, const char *path, long size) {
    struct sockaddr_in address = {AF_INET, 0, {htonl(INADDR_LOOPBACK)}, {0}};
    socklen_t length = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM, 0), client = socket(AF_INET, SOCK_STREAM, 0);
    must(bind(listener, (void *)&address, length) == 0 && listen(listener, 1) == 0);
    must(getsockname(listener, (void *)&address, &length) == 0);
    must(connect(client, (void *)&address, length) == 0);
    pid_t server = fork();
    if (server == 0) {
        close(client);
        serve(accept(listener, NULL, NULL), sends, path, size);
        exit(0);
    }
    for (int i = 0; i < 10; i++) {
        double begin = now(CLOCK_MONOTONIC);
        must(write(client, "x", 1) == 1);
        for (long at = 0; at < size;) {
            ssize_t done = sends ? read(client, block, sizeof block)
                                 : write(client, block, size - at < 262144 ? size - at : 262144);
            must(done > 0);
            at += done;
        }
        if (!sends) must(read(client, block, 1) == 1);
        printf("%.1f\n", now(CLOCK_MONOTONIC) - begin);
    }
    close(client);
    waitpid(server, NULL, 0);
}

static int look(const char *path, const struct stat *status, int kind, struct FTW *where) {
    return 0;
}

static void walk(const char *folder) {
    for (int i = 0; i < 10; i++) {
        double begin = now(CLOCK_MONOTONIC);
        must(nftw(folder, look, 16, FTW_PHYS) == 0);
        printf("%.1f\n", now(CLOCK_MONOTONIC) - begin);
    }
}

int main(int count, char **words) {
    if (count > 3 && strcmp(words[1], "spawn") == 0) repeat(words + 3, atoi(words[2]), 0);
    else if (count > 3 && strcmp(words[1], "first") == 0) repeat(words + 3, atoi(words[2]), 1);
    else if (count > 2 && strcmp(words[1], "relay") == 0) relay(words + 2);
    else if (count > 2 && strcmp(words[1], "drain") == 0) drain(words + 2);
    else if (count > 3 && strcmp(words[1], "send") == 0) transfer(1, words[2], atol(words[3]));
    else if (count > 3 && strcmp(words[1], "receive") == 0) transfer(0, words[2], atol(words[3]));
    else if (count > 2 && strcmp(words[1], "walk") == 0) walk(words[2]);
    else return 2;
    return 0;
}
