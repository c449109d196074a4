# shellcheck shell=sh disable=SC2154 # execd_java_home comes from find-java.sh, which the build puts before this
# The head of the executable file execd: the jar follows it in the same file, which Java reads as a
# zip. The first start has a class archive made in the background; later starts use it.

if [ ! -e /proc/self/stat ]; then
    echo "execd: needs /proc: mount it (mount -t proc proc /proc)" >&2
    exit 1
fi

# A standard stream that is closed would be given to the first file that the JVM opens.
[ -e /proc/self/fd/0 ] || exec < /dev/null
[ -e /proc/self/fd/1 ] || exec > /dev/null
[ -e /proc/self/fd/2 ] || exec 2> /dev/null

if ! find_java java; then
    echo "execd: needs Java 25 or later: install a JRE 25, or point EXECD_JAVA_HOME at one" >&2
    exit 1
fi

execd_self=$0
[ "${execd_self#/}" != "$execd_self" ] || execd_self=$PWD/$execd_self

# Measured: C1 alone starts fastest, and early, it halves the time of a new daemon's first hundreds
# of commands; the small young generation keeps the idle daemon small.
execd_flags="-XX:+UseSerialGC -Xmx64m -Xmn4m -Xss256k -XX:-UsePerfData"
execd_flags="$execd_flags -XX:TieredStopAtLevel=1 -XX:CompileThresholdScaling=0.1"
# The heap starts small and gives back at each full collection what it does not need (HeapTrim asks
# for one after a busy time); memory that the JVM itself has freed goes back too.
execd_flags="$execd_flags -Xms8m -XX:MinHeapFreeRatio=20 -XX:MaxHeapFreeRatio=40 -XX:-ShrinkHeapInSteps"
execd_flags="$execd_flags -XX:TrimNativeHeapInterval=2000"
# An archive is checked before it is used (16 ms), since a damaged one could crash the JVM; what the
# JVM says about one it does not like is for nobody: it starts without it.
execd_quiet="-XX:+VerifySharedSpaces -Xlog:disable"

# The name holds the digest of the jar, left here by the build, and the version of Java: the JVM
# does not check an archive against the jar, and would run the code of a replaced one.
name_archive() {
    execd_archive=
    execd_folder=${XDG_CACHE_HOME:-${HOME:+$HOME/.cache}}
    [ "${execd_folder#/}" != "$execd_folder" ] && [ "${EXECD_CLASS_ARCHIVE:-on}" = on ] || return 0
    execd_runtime=
    while IFS='=' read -r execd_key execd_value; do
        case $execd_key in
            IMPLEMENTOR_VERSION | JAVA_RUNTIME_VERSION | OS_ARCH) execd_runtime=$execd_runtime-$execd_value ;;
        esac
    done < "$execd_java_home/release"
    execd_runtime=$(printf %s "$execd_runtime" | tr -cd 'A-Za-z0-9.+_-')
    execd_archive=$execd_folder/execd/@JAR_DIGEST@$execd_runtime.aot
}

# A run that asks itself a few questions and ends leaves the archive. It works in a folder of its
# own, which also keeps others from doing the same; a folder left behind by a failure does so for an
# hour.
make_archive() {
    execd_making=$execd_archive.making
    mkdir -p "$execd_folder" && { [ -d "$execd_folder/execd" ] || mkdir -m 700 "$execd_folder/execd"; } \
        || return 0
    find "$execd_folder/execd" -name '*.making' -prune -mmin +60 -exec rm -rf {} +
    mkdir "$execd_making" || return 0
    trap 'rm -rf "$execd_making"; exit 0' TERM
    trap '' INT HUP
    sleep 2 # the first requests come first
    # What C2 would want to know of the methods is left out: 2 MB of memory in each start.
    execd_lean="-XX:+UnlockDiagnosticVMOptions -XX:+IgnoreUnrecognizedVMOptions"
    execd_lean="$execd_lean -XX:-AOTRecordTraining"
    # shellcheck disable=SC2086 # flags are words
    env -i HOME="${HOME:-/}" PATH="$PATH" nice -n 19 "$execd_java_home/bin/java" $execd_flags \
        $execd_lean "-XX:AOTCacheOutput=$execd_making/archive" -Dexecd.rehearsal=true \
        -jar "$execd_self" --port 0 || return 0
    [ -s "$execd_making/archive" ] || return 0
    sync "$execd_making/archive" # or a crash of the machine could leave a name with nothing behind it
    mv -f "$execd_making/archive" "$execd_archive" && rm -rf "$execd_making"
    find "$execd_folder/execd" -name '*.aot' -mtime +7 ! -path "$execd_archive" -exec rm -f {} +
}

# make_archive in a run of this file of its own, with no argument and no variable that could hold a
# secret: those of a process can be seen by others for as long as it runs.
start_archive() {
    exec env -i HOME="${HOME:-}" XDG_CACHE_HOME="${XDG_CACHE_HOME:-}" PATH="$PATH" \
        EXECD_JAVA_HOME="$execd_java_home" EXECD_MAKE_ARCHIVE=yes sh "$execd_self" \
        < /dev/null > /dev/null 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
}

name_archive
if [ "${EXECD_MAKE_ARCHIVE:-}" = yes ]; then
    make_archive
    exit 0
fi
if [ -n "$execd_archive" ] && [ -e "$execd_archive" ]; then
    # shellcheck disable=SC3067 # not POSIX, but in dash, bash and busybox: nobody else's code runs
    [ -s "$execd_archive" ] && [ -r "$execd_archive" ] && [ -O "$execd_archive" ] || execd_archive=
elif [ -n "$execd_archive" ]; then
    # Twice in the background: it must not be a child of the daemon, which takes this process over.
    (start_archive &)
    execd_archive=
fi

# What the JVM would hide: it raises the soft limit of open files, and takes signals that were
# ignored. Children get both as they were given to this process (see decision 9).
execd_ignored=0
while read -r execd_key execd_value; do
    if [ "$execd_key" = SigIgn: ]; then
        execd_ignored=$execd_value
        break
    fi
done < /proc/self/status
execd_given="-Dexecd.given.files=$(ulimit -Sn) -Dexecd.given.ignored=$execd_ignored"

# shellcheck disable=SC2086 # flags are words
exec "$execd_java_home/bin/java" $execd_flags $execd_quiet $execd_given \
    ${execd_archive:+"-XX:AOTCache=$execd_archive"} ${EXECD_JAVA_OPTS:-} \
    -jar "$execd_self" "$@"
# Not reached: what follows is the jar.
