# One seed gives the same bytes whatever compiler and optimisation built the draw.
. "$(dirname "$0")/../lib/tap.sh"

# Six hundred entries of 25 units and three tracks, two of them anchors; forty judges, some in a panel, some
# capped by entries or by words, some with declared units.
awk 'BEGIN { srand(1); print "entry,track,unit,author_units,subject_unit,language,conflicts,readings,words"
  for (i = 1; i <= 600; i++) printf "E%04d,%s,U%d,U%d,,%s,%s,%s,%d\n", i, substr("eeeeeepppd", int(rand() * 10) + 1, 1),
    rand() * 25, rand() * 25, rand() < 0.05 ? "km" : "vi", rand() < 0.02 ? "J" int(rand() * 40) + 10 : "",
    i % 300 ? "" : "all", 300 + rand() * 1500 }' >entries.csv
awk 'BEGIN { srand(2); print "judge,name,unit,tracks,languages,cap,conflicts,word_cap,panel"
  for (j = 10; j < 50; j++) printf "J%d,x,%s,%s,%s,%s,%s,%s,%s\n", j, j % 3 ? "U" int(rand() * 25) : "",
    j % 4 ? "" : "e;p", j % 2 ? "vi" : "vi;km", j % 7 ? "" : 20, j % 5 ? "" : "U" int(rand() * 25),
    j % 9 ? "" : 40000, j % 4 ? "TB1" : "TB2" }' >judges.csv

# The draw needs only these two rooms, and no store.
build() { # compiler option
  "$1" "$2" -std=c11 -ffp-contract=off -D_GNU_SOURCE -I"$ROOT/include" -I"$ROOT/src" -ffunction-sections -Wl,--gc-sections \
    -o "draw-$1$2" "$ROOT/tests/oracle/draw.c" "$ROOT"/src/{assign,base}/*.c -lsodium -lcsv -lm
}
for compiler in gcc clang; do
  for level in -O0 -O3; do
    ok "$compiler $level builds the draw" build $compiler $level
    for share in 10000 1500; do
      ./draw-$compiler$level entries.csv judges.csv 3 $share >$compiler$level-$share.txt
      is "it breaks no rule, with at most $share of 10000 for one judge" "$(tail -n 1 $compiler$level-$share.txt | jq .violations)" 0
    done
  done
done
is "all plans of one share are the same bytes, and those of the other are others" \
  "$(b2sum -l 256 *.txt | cut -c1-64 | sort | uniq -c | awk '{ print $1 }' | xargs)" "4 4"
is "and what the program itself draws" \
  "$(chamthi --format json assign deal --entries entries.csv --judges judges.csv --per-entry 3 --seed 07$(printf '0%.0s' $(seq 62)) | jq -r .proof.hash)" \
  "$(tail -n 1 gcc-O0-10000.txt | jq -r .hash)"
done_testing
