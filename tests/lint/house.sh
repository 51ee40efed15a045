#!/bin/sh
# The house's own rules: includes point one way, third-party types stay out of public headers, no SQL
# outside the store, no file above 900 lines.
set -eu
bad=0
complain() { printf '%s\n' "$1" >&2; bad=1; }

rooms="base text store contest intake check similarity anonymity assign score award print web cli"
place() { n=0; for r in $rooms; do [ "$r" = "$1" ] && { echo "$n"; return; }; n=$((n + 1)); done; echo 99; }
# Which room a public header belongs to: the one that has a file of that name, or the named room itself.
owner() {
  for r in $rooms; do [ "$r" = "$1" ] && { echo "$r"; return; }; done
  for r in $rooms; do [ -e "src/$r/$1.c" ] && { echo "$r"; return; }; done
  echo base
}
for file in $(git ls-files --cached --others --exclude-standard 'src/*/*.[ch]' 'src/*/*/*.[ch]'); do
  room=${file#src/}; room=${room%%/*}
  for header in $(sed -n 's|^#include "chamthi/\([a-z_]*\)\.h".*|\1|p' "$file"); do
    other=$(owner "$header")
    [ "$(place "$other")" -le "$(place "$room")" ] || complain "$file: $room may not include $other (chamthi/$header.h)"
  done
  lines=$(wc -l <"$file"); [ "$lines" -le 900 ] || complain "$file: $lines lines; split it by meaning"
done
for pattern in 'sqlite3' 'struct MHD_' 'pcre2_' 'HPDF_'; do
  grep -n "$pattern" include/chamthi/*.h | grep -v '^[^:]*:[0-9]*: \*' && complain "third-party type in a public header: $pattern"
done
grep -rn 'sqlite3_prepare\|sqlite3_exec' src --include='*.c' | grep -v '^src/store/' && complain 'SQL outside the store'
exit $bad
