#!/usr/bin/env bash
# Draws of 2,000, 20,000 and a million entries, and a repair after every tenth judge left: CPU seconds on
# one core, peak memory; LEMON's dense network beside them; what ten thousand seeds give whom. LARGE=0 leaves
# the million out.
set -eu
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$ROOT"
library=$(dirname "${CHAMTHI:-$ROOT/build/release/chamthi}")/libchamthi.a
mkdir -p build/bench
g++ -O2 -DNDEBUG -w -c -o build/bench/lemon.o tests/oracle/lemon.cc
gcc -O2 -std=c11 -D_GNU_SOURCE -Iinclude -Isrc -o build/bench/assign tests/bench/assign.c \
  build/bench/lemon.o "$library" -lstdc++ -lsodium -lcsv -lm
echo "assign: draw, proof and repair"
build/bench/assign 2000 60 3 10000 lemon repair
build/bench/assign 20000 200 3 10000 lemon repair
build/bench/assign 20000 200 3 10000 special | tail -n 1
[ "${LARGE:-1}" = 0 ] || build/bench/assign 1000000 5000 3 10000 repair
make -s build/release/tests/unit/assign
PREDICTION_SEEDS=10000 build/release/tests/unit/assign 2>&1 | sed -n 's/^.*most likely pair: /  most likely pair, largest share 0.2500: /p'
