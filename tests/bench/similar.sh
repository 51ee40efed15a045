#!/usr/bin/env bash
# The similarity engine: recall of each class of copy and plagdet of passages on the labelled set (SEED=…);
# 20,000 entries against themselves and 200,000 earlier ones (CURRENT=… EARLIER=… for other sizes); one entry
# against an index of all; paraphrase; texts mixed from few paragraphs. Beside them a plain MinHash, and for
# 1,000 texts @dodona/dolos-core on the same folded syllables (from npm, kept in build/bench). MILLION=1 adds a
# million texts of 8.4 KB each, which takes 9 GB of disk below $TMPDIR and about ten minutes, most of them to
# make the texts.
set -eu
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$ROOT"
library=$(dirname "${CHAMTHI:-$ROOT/build/release/chamthi}")/libchamthi.a
folder=build/bench
mkdir -p "$folder"
# shellcheck disable=SC2046
gcc -O2 -std=c11 -D_GNU_SOURCE -Iinclude -Isrc -o "$folder/similarity" tests/bench/similarity.c \
  "$library" $(pkg-config --libs libutf8proc libsodium) -lm -lpthread
echo "similar: near copies and lifted passages"
"$folder/similarity" labelled "${SEED:-2024}" 200 6000
"$folder/similarity" "${CURRENT:-20000}" "${EARLIER:-200000}"
"$folder/similarity" 1000 0 660 "$folder/folded.json"
[ -d "$folder/node_modules/@dodona/dolos-core" ] ||
  npm install --silent --no-fund --no-audit --prefix "$folder" @dodona/dolos-core@1.2.1 >/dev/null 2>&1 ||
  echo "  @dodona/dolos-core could not be had from npm: not compared"
[ ! -d "$folder/node_modules/@dodona/dolos-core" ] ||
  node tests/bench/dolos.mjs "$folder" "$folder/folded.json"
[ -z "${MILLION:-}" ] || "$folder/similarity" 1000000 0 1430
