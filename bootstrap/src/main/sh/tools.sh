#!/bin/sh
# What the scripts for developers share; those that build include find-java.sh before this.

stop() {
    echo "$*" >&2
    exit 1
}

# need_build_tools NAME: points JAVA_HOME at a JDK 25, or stops with one line for script NAME.
need_build_tools() {
    find_java javac || stop "$1: needs a JDK 25: install one, or point JAVA_HOME at it"
    # shellcheck disable=SC2154 # execd_java_home is set by find_java
    export JAVA_HOME="$execd_java_home"
    command -v mvn > /dev/null || stop "$1: needs Maven 3.8.6 or later: install maven"
    case "${MAVEN_OPTS:-} ${MAVEN_ARGS:-}" in
        *maven.repo.local*) ;;
        *)
            # Where there is no account, Java has no home either: Maven would write into a folder named "?".
            home=${HOME:-$(getent passwd "$(id -u)" | cut -d: -f6)}
            [ -n "$home" ] || stop "$1: Maven has no home: set HOME to a folder that can be written"
            writable "$1" "$home/.m2" HOME
            ;;
    esac
}

# find_kernels NAME: puts the folder of the kernels into EXECD_KERNELS, or stops with one line for script
# NAME. The tests know the same rule (Kernels.java).
find_kernels() {
    if [ -z "${EXECD_KERNELS:-}" ]; then
        case ${XDG_DATA_HOME:-} in
            /*) EXECD_KERNELS=$XDG_DATA_HOME/execd ;;
            *) EXECD_KERNELS=${HOME:-}/.local/share/execd ;;
        esac
        [ "$EXECD_KERNELS" != /.local/share/execd ] ||
            stop "$1: no place for kernels: set HOME, or EXECD_KERNELS to a folder that can be written"
    fi
    export EXECD_KERNELS
}

# writable NAME FOLDER VARIABLE: makes the folder, or stops with one line that names the variable to set.
writable() {
    mkdir -p "$2" 2> /dev/null && [ -w "$2" ] ||
        stop "$1: cannot write into $2: set $3 to a folder that can be written"
}
