#!/bin/sh
# What the scripts for developers share; they include find-java.sh before this.

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
}
