
# The head of the executable file execd: the jar follows it in the same file, which Java reads as a
# zip. A class archive, made in the background by the first start, makes later ones faster.

self=$0
case $self in
    /*) ;;
    *) self=$PWD/$self ;;
esac

if ! find_java java; then
    echo "execd: needs Java 25 or later: install a JRE 25, or point EXECD_JAVA_HOME at one" >&2
    exit 1
fi

# Measured: see the README. The archive is valid for these flags, and EXECD_JAVA_OPTS comes last.
flags="-XX:+UseSerialGC -Xmx64m -Xmn4m -Xss256k -XX:TieredStopAtLevel=1 -XX:-UsePerfData"
flags="$flags -Xshare:auto -Xlog:disable -Xlog:all=error:stderr"

# This java and this jar, by the digest that the build left here: another build, or another Java,
# never meets an archive that was made for this one, and costs no time to find out.
runtime=
while IFS='=' read -r key value; do
    case $key in
        FULL_VERSION | JAVA_RUNTIME_VERSION) runtime=$value ;;
        IMPLEMENTOR_VERSION) vendor=$value ;;
    esac
done < "$java_home/release"
