#!/usr/bin/env bash
# Score fitting from a CSV file: 20,000 entries × 3 readings × 200 judges with restricted likelihood,
# intervals and 4,000 draws, beside lme4; and 1,000,000 × 3 × 5,000 (100 draws). All include reading the file
# and writing JSON.
set -eu
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
CHAMTHI=${CHAMTHI:-$ROOT/build/release/chamthi}
work=$(mktemp -d "${TMPDIR:-/tmp}/chamthi-bench-XXXXXX")
trap 'rm -rf "$work"' EXIT

marks() { # entries judges
  awk -v n="$1" -v judges="$2" '
    function normal() { return sqrt(-2 * log(1 - rand())) * cos(6.283185307 * rand()) }
    BEGIN {
      srand(7)
      for (j = 0; j < judges; j++) severity[j] = .7 * normal()
      print "entry,judge,points"
      for (i = 0; i < n; i++) {
        quality = normal(); a = int(rand() * judges); step = 1 + int(rand() * (judges - 1) / 3)
        for (k = 0; k < 3; k++) {
          j = (a + k * step) % judges
          y = int(2 * (6 + quality - severity[j] + .8 * normal()) + .5) / 2
          print "e" i ",j" j "," (y < 0 ? 0 : y > 10 ? 10 : y)
        }
      }
    }'
}
run() { # label arguments…
  label=$1; shift
  /usr/bin/time -f '%U %S %M' -o "$work/time" "$CHAMTHI" --format json rank "$@" >"$work/out" || [ $? = 1 ]
  awk -v label="$label" '{ printf "%-56s %6.2f s CPU, peak %.0f MB\n", label, $1 + $2, $3 / 1024 }' "$work/time"
}
marks 20000 200 >"$work/large.csv"
run "rank fit, 20,000 × 3 × 200, 4,000 draws (limit 5 s)" fit "$work/large.csv"
# The peer: lme4 fits the same model, without draws, intervals or ranks.
/usr/bin/time -f '%U %S %M' -o "$work/time" Rscript "$ROOT/tests/r/peer.R" "$work/large.csv" >"$work/peer"
awk '{ printf "%-56s %6.2f s CPU, peak %.0f MB\n", "  lme4 (R), the model alone", $1 + $2, $3 / 1024 }' "$work/time"
run "rank agreement, the same" agreement "$work/large.csv"
marks 1000000 5000 >"$work/million.csv"
run "rank fit, 1,000,000 × 3 × 5,000 (limit 10 s, 1,024 MB)" fit "$work/million.csv"
