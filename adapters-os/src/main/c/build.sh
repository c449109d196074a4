#!/bin/sh
# Compiles shim.c for both CPUs into OUT/native/linux-CPU/libexecd.so.
# For the CPU of this machine: the C compiler found. For the other one, or where there is no
# compiler at all: a cross compiler if there is one, else zig, which comes from PyPI by pip.
# Usage: build.sh OUT SCRATCH ZIGLANG_VERSION
set -eu
out=$1 scratch=$2 ziglang=$3
source=$(dirname "$0")/shim.c
flags="-std=c11 -Os -Wall -Wextra -Werror -fPIC -shared -nostdlib -ffreestanding -fvisibility=hidden
  -fno-builtin -fno-stack-protector -fno-asynchronous-unwind-tables -fno-unwind-tables -g0
  -Wl,-z,noexecstack -Wl,-z,defs -Wl,-z,relro -Wl,-z,now -Wl,--build-id=none -Wl,-s -Wl,-soname,libexecd.so"

fail() {
  echo "execd shim for $1: $2" >&2
  exit 1
}

# The CPU a compiler builds for; empty when it cannot be run.
machine_of() {
  "$1" -dumpmachine 2>/dev/null | cut -d- -f1
}

zig() {
  python=$(command -v python3 || command -v python) ||
    fail "$1" "no C compiler for it found, and no Python to fetch zig with (install gcc, or python3 with pip)"
  if [ ! -f "$scratch/ziglang-$ziglang/done" ]; then
    "$python" -m pip install --quiet --disable-pip-version-check --no-input --no-deps --upgrade \
      --target "$scratch/ziglang-$ziglang" "ziglang==$ziglang" 1>&2 ||
      fail "$1" "no C compiler for it found, and pip could not install ziglang $ziglang"
    touch "$scratch/ziglang-$ziglang/done"
  fi
  ZIG_GLOBAL_CACHE_DIR=$scratch/zig-cache ZIG_LOCAL_CACHE_DIR=$scratch/zig-cache \
    PYTHONPATH=$scratch/ziglang-$ziglang "$python" -m ziglang cc \
    -target "$1-linux-musl" -fno-sanitize=all $flags -o "$2" "$source" ||
    fail "$1" "zig could not compile $source"
}

compile() {
  for compiler in ${CC:-cc} gcc clang "$1-linux-gnu-gcc" "$1-linux-musl-gcc"; do
    if [ "$(machine_of "$compiler")" = "$1" ]; then
      "$compiler" $flags -o "$2" "$source" || fail "$1" "$compiler could not compile $source"
      return
    fi
  done
  zig "$1" "$2"
}

for cpu in x86_64 aarch64; do
  library=$out/native/linux-$cpu/libexecd.so
  mkdir -p "$(dirname "$library")" "$scratch"
  # Newer than its source, this script and so the version: nothing to do.
  if [ ! -f "$library" ] || [ -n "$(find "$source" "$0" -newer "$library")" ]; then
    compile "$cpu" "$library"
  fi
done
