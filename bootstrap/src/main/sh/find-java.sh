#!/bin/sh
# Finds a Java home of version 25 or later and puts it into java_home; returns 1 when there is none.
# Reads each candidate's "release" file: asking a java for its version costs 40 ms and more.

# java_version HOME: sets version to the feature number its release file tells, else to 0.
java_version() {
    version=0
    [ -x "$1/bin/java" ] && [ -r "$1/release" ] || return 0
    while IFS='=' read -r key value; do
        if [ "$key" = JAVA_VERSION ]; then
            value=${value#\"}
            value=${value%%[!0-9]*}
            version=${value:-0}
            break # a shell reads byte by byte
        fi
    done < "$1/release"
}

# try_java PROGRAM HOME...: takes the first home that is new enough and has that program.
try_java() {
    program=$1
    shift
    for candidate; do
        [ -x "$candidate/bin/$program" ] || continue
        java_version "$candidate"
        if [ "$version" -ge 25 ]; then
            # shellcheck disable=SC2034 # for the script that includes this
            java_home=$candidate
            return 0
        fi
    done
    return 1
}

# find_java PROGRAM: PROGRAM is java to run, javac to build.
find_java() {
    try_java "$1" "${EXECD_JAVA_HOME:-}" "${JAVA_HOME:-}" && return 0
    if on_path=$(command -v "$1"); then
        on_path=$(readlink -f "$on_path" 2> /dev/null) || on_path=
        try_java "$1" "${on_path%/bin/*}" && return 0
    fi
    try_java "$1" /usr/lib/jvm/* /opt/java/* /opt/*jdk* /opt/*jre* /usr/local/*jdk* /usr/java/* \
        "${HOME:-/nonexistent}"/.sdkman/candidates/java/* "${HOME:-/nonexistent}"/.jdks/* \
        /Library/Java/JavaVirtualMachines/*/Contents/Home
}
