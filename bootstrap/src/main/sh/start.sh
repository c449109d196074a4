# shellcheck shell=sh disable=SC2154 # java_home comes from find-java.sh, which the build puts before this
# The head of the executable file execd: the jar follows it in the same file, which Java reads as a
# zip. The first start has a class archive made in the background; later starts use it.

if ! find_java java; then
    echo "execd: needs Java 25 or later: install a JRE 25, or point EXECD_JAVA_HOME at one" >&2
    exit 1
fi

self=$0
[ "${self#/}" != "$self" ] || self=$PWD/$self

# Measured: C1 alone starts fastest, and early, it halves the time of a new daemon's first hundreds
# of commands; the small young generation keeps the idle daemon small.
flags="-XX:+UseSerialGC -Xmx64m -Xmn4m -Xss256k -XX:-UsePerfData"
flags="$flags -XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=0.1"
# The heap starts small and gives back at each full collection what it does not need (HeapTrim asks
# for one after a busy time); memory that the JVM itself has freed goes back too.
flags="$flags -Xms8m -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40 -XX:-ShrinkHeapInSteps"
flags="$flags -XX:TrimNativeHeapInterval=2000"
# An archive is checked before it is used (16 ms), since a damaged one could crash the JVM; what the
# JVM says about one it does not like is for nobody: it starts without it.
quiet="-XX:+VerifySharedSpaces -Xlog:disable"

# The name holds the digest of the jar, left here by the build, and the version of Java: the JVM
# does not check an archive against the jar, and would run the code of a replaced one.
name_archive() {
    archive=
    folder=${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}
    [ "${folder#/}" != "$folder" ] && [ "${EXECD_CLASS_ARCHIVE:-on}" = on ] || return 0
    runtime=
    while IFS='=' read -r key value; do
        case $key in
            IMPLEMENTOR_VERSION | JAVA_RUNTIME_VERSION | OS_ARCH) runtime=$runtime-$value ;;
        esac
    done < "$java_home/release"
    runtime=$(printf %s "$runtime" | tr -cd 'A-Za-z0-9.+_-')
    archive=$folder/execd/@JAR_DIGEST@$runtime.aot
}

# A run that asks itself a few questions and ends leaves the archive. It works in a folder of its
# own, which also keeps others from doing the same; a folder left behind by a failure does so for an
# hour. It is given no variable that could hold a secret.
make_archive() {
    making=$archive.making
    mkdir -p "$folder" && { [ -d "$folder/execd" ] || mkdir -m 700 "$folder/execd"; } || return 0
    find "$folder/execd" -name '*.making' -prune -mmin +60 -exec rm -rf {} +
    mkdir "$making" || return 0
    trap 'rm -rf "$making"; exit 0' TERM
    trap '' INT HUP
    sleep 2 # the first requests come first
    # What C2 would want to know of the methods is left out: 2 MB of memory in each start.
    lean="-XX:+UnlockDiagnosticVMOptions -XX:+IgnoreUnrecognizedVMOptions -XX:-AOTRecordTraining"
    # shellcheck disable=SC2086 # flags are words
    env -i HOME="${HOME:-/}" PATH="$PATH" nice -n 19 "$java_home/bin/java" $flags $lean \
        "-XX:AOTCacheOutput=$making/archive" -Dexecd.rehearsal=true -jar "$self" --port 0 \
        || return 0
    [ -s "$making/archive" ] || return 0
    sync "$making/archive" # or a crash of the machine could leave a name with nothing behind it
    mv -f "$making/archive" "$archive" && rm -rf "$making"
    find "$folder/execd" -name '*.aot' -mtime +7 ! -path "$archive" -exec rm -f {} +
}

name_archive
if [ -n "$archive" ] && [ -e "$archive" ]; then
    # shellcheck disable=SC3067 # not POSIX, but in dash, bash and busybox: nobody else's code runs
    [ -s "$archive" ] && [ -r "$archive" ] && [ -O "$archive" ] || archive=
elif [ -n "$archive" ]; then
    # Twice in the background: it must not be a child of the daemon, which takes this process over.
    (make_archive < /dev/null > /dev/null 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- &)
    archive=
fi

# shellcheck disable=SC2086 # flags are words
exec "$java_home/bin/java" $flags $quiet ${archive:+"-XX:AOTCache=$archive"} ${EXECD_JAVA_OPTS:-} \
    -jar "$self" "$@"
# Not reached: what follows is the jar.
