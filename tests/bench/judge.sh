#!/usr/bin/env bash
# Draws of 2,000, 20,000 and a million entries, and a repair after every tenth judge left: CPU seconds on
# one core, peak memory. LARGE=0 leaves the million out.
set -eu
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$ROOT"
library=$(dirname "${CHAMTHI:-$ROOT/build/release/chamthi}")/libchamthi.a
mkdir -p build/bench
gcc -O2 -std=c11 -D_GNU_SOURCE -Iinclude -Isrc -o build/bench/judge tests/bench/judge.c "$library" \
  -lsodium -lcsv -lm
echo "assign: draw, proof and repair"
build/bench/judge 2000 60 3 10000 repair
build/bench/judge 20000 200 3 10000 repair
[ "${LARGE:-1}" = 0 ] || build/bench/judge 1000000 5000 3 10000 repair
