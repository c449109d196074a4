#!/bin/sh
# Finds a Java home of version 25 or later and puts it into execd_java_home; returns 1 when there is
# none. A variable of a script may be one of its caller's, who would see it changed: hence the names.
# Reads each candidate's "release" file: asking a java for its version costs 40 ms and more.

# java_version HOME: sets execd_version to the feature number its release file tells, else to 0.
java_version() {
    execd_version=0
    [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 0
    while IFS='=' read -r execd_key execd_value; do
        if [ "$execd_key" = JAVA_VERSION ]; then
            execd_value=${execd_value#\"}
            execd_value=${execd_value%%[!0-9]*}
            execd_version=${execd_value:-0}
            break # a shell reads byte by byte
        fi
    done < "$1/release"
}

# try_java PROGRAM HOME...: takes the first home that is new enough and has that program.
try_java() {
    execd_program=$1
    shift
    for execd_candidate; do
        [ -x "$execd_candidate/bin/$execd_program" ] || continue
        java_version "$execd_candidate"
        if [ "$execd_version" -ge 25 ]; then
            # shellcheck disable=SC2034 # for the script that includes this
            execd_java_home=$execd_candidate
            return 0
        fi
    done
    return 1
}

# find_java PROGRAM: PROGRAM is java to run, javac to build.
find_java() {
    try_java "$1" "${EXECD_JAVA_HOME:-}" "${JAVA_HOME:-}" && return 0
    if execd_on_path=$(command -v "$1"); then
        execd_on_path=$(readlink -f "$execd_on_path" 2> /dev/null) || execd_on_path=
        try_java "$1" "${execd_on_path%/bin/*}" && return 0
    fi
    try_java "$1" /usr/lib/jvm/* /opt/java/* /opt/*jdk* /opt/*jre* /usr/local/*jdk* /usr/java/* \
        "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home
}
