# One seed gives the same bytes whatever compiler and optimisation built the draw.
. "$(dirname "$0")/../lib/tap.sh"

# Six hundred entries of 25 units and three tracks, forty judges, some capped, some with declared units.
awk 'BEGIN { srand(1); print "entry,track,unit,author_units,subject_unit,language,conflicts"
  for (i = 1; i <= 600; i++) printf "E%04d,%s,U%d,U%d,,%s,%s\n", i, substr("eeeeeepppd", int(rand() * 10) + 1, 1),
    rand() * 25, rand() * 25, rand() < 0.05 ? "km" : "vi", rand() < 0.02 ? "J" int(rand() * 40) + 10 : "" }' >entries.csv
awk 'BEGIN { srand(2); print "judge,name,unit,tracks,languages,cap,conflicts"
  for (j = 10; j < 50; j++) printf "J%d,x,%s,%s,%s,%s,%s\n", j, j % 3 ? "U" int(rand() * 25) : "",
    j % 4 ? "" : "e;p", j % 2 ? "vi" : "vi;km", j % 7 ? "" : 20, j % 5 ? "" : "U" int(rand() * 25) }' >judges.csv

# The draw needs nothing else of the program.
build() { # compiler options…
  local name=$1-$2; shift
  "${name%%-*}" "$@" -std=c11 -ffp-contract=off -D_GNU_SOURCE -I"$ROOT/include" -I"$ROOT/src" -o "draw-$name" \
    "$ROOT/tests/oracle/draw.c" "$ROOT"/src/assign/{deal,efficiency,explain,file,flow,index,inputs,lists,mix,network,proof,rows,settle}.c \
    "$ROOT"/src/base/{arena,buffer,csv,fault,file,random}.c -lsodium -lcsv -lm
}
for compiler in gcc clang; do
  for level in -O0 -O3; do
    ok "$compiler $level builds the draw" build $compiler $level
    for share in 10000 1500; do
      ./draw-$compiler-$level entries.csv judges.csv 3 $share >$compiler-$level-$share.txt
      is "it draws a whole plan, at most $share of 10000 for one judge" \
        "$(grep -cE '^E[0-9]+,J[0-9]+$' $compiler-$level-$share.txt)" 1800
    done
  done
done
is "all plans of one share are the same bytes, and those of another are others" "$(b2sum -l 256 *.txt | cut -c1-64 | sort | uniq -c | awk '{ print $1 }' | xargs)" "4 4"
is "and what the program itself draws" \
  "$(chamthi --format json assign deal --entries entries.csv --judges judges.csv --per-entry 3 --seed 07$(printf '0%.0s' $(seq 62)) | jq -r .proof.hash)" \
  "$(tail -n 1 gcc--O0-10000.txt | jq -r .hash)"
done_testing
