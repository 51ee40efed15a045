# Issuing and printing when the machine fails in the middle: a kill, a full disk, a missing font. After each,
# nothing is half-done and running again completes it, with every number once. ISSUES=5000 for the full run.
. "$(dirname "$0")/../lib/tap.sh"
ISSUES=${ISSUES:-150}

office() { # folder: a contest with that many decided awards
  mkdir -p "$1"
  export CHAMTHI_DB="$1/chamthi.db"
  chamthi contest load "$ROOT/fixtures/contests/2024.yaml" >/dev/null
  awk -v n="$ISSUES" 'BEGIN {
    print "họ tên,đơn vị,tên bài,giải,quyết định,ngày quyết định"
    for (i = 1; i <= n; i++)
      printf "Nguyễn Thị Hồng Hạnh %d,Trường THCS số %d,Người gác chắn đường ngang số %d,Giải Ba,125/QĐ-BTC,2024-09-20\n", i, i % 90, i }' >list.csv
  chamthi award load list.csv --contest 2024 >/dev/null
}
issued() { sqlite3 "$CHAMTHI_DB" "SELECT count(*) FROM certificate"; }
numbers_follow() { # every number from 1 on, once
  chamthi certificate list --contest 2024 --format json | jq -r '.[].serial' | sed 's/.*-//' | sort -n |
    awk '$1 != NR { exit 1 } END { exit NR != '"$ISSUES"' }'
}
size() { stat -c %s "$1" 2>/dev/null || echo 0; }
alive() { kill -0 "$1" 2>/dev/null; }

# ---- killed while issuing ----
office kill
# The kernel kills it when a file grows beyond the limit: in the middle of the one transaction, every time.
{ (ulimit -c 0; ulimit -f 2000; exec "$CHAMTHI" certificate issue --contest 2024) >/dev/null 2>&1; } 2>/dev/null
is "it was killed" "$?" $((128 + $(kill -l XFSZ)))
result $([ "$(size kill/chamthi.db-wal)" -gt 1000000 ]; echo $?) "with its pages on the way to the disk"
is "killed in the middle: nothing was issued" "$(issued)" 0
ok "the database is sound" chamthi doctor
has "running again completes it" "$(chamthi certificate issue --contest 2024)" "cấp mới $ISSUES"
ok "no number skipped, none doubled" numbers_follow
ok "and doctor agrees" chamthi doctor

# ---- killed while printing ----
mkdir each
"$CHAMTHI" certificate print --contest 2024 --each each --list list-of-files.csv >/dev/null 2>&1 &
pid=$!
while alive $pid && [ "$(ls each | wc -l)" -lt 20 ]; do :; done
kill -9 $pid
wait $pid 2>/dev/null
left=$(ls each | wc -l)
result $([ "$left" -ge 20 ] && [ "$left" -le "$ISSUES" ]; echo $?) "killed in the middle of printing ($left files)"
for pdf in each/*.pdf; do
  chamthi certificate verify "$pdf" >/dev/null || echo "$pdf"
done >half
is "every file under its final name is whole" "$(cat half)" ""
[ "$left" = "$ISSUES" ] || is "the list, written last, is not there" "$(ls list-of-files.csv 2>&1 | grep -c 'No such')" 1
ok "printing again completes it" chamthi certificate print --contest 2024 --each each --list list-of-files.csv -o all.pdf --split 100
is "with every file" "$(ls each/*.pdf | wc -l)" "$ISSUES"
is "and every page" "$(for f in all-*.pdf; do qpdf --show-npages "$f"; done | awk '{ n += $1 } END { print n }')" "$ISSUES"

# ---- a font that is not there ----
office font
is "a missing font is the system's fault" "$(CHAMTHI_FONTS=/nowhere status chamthi certificate issue --contest 2024)" 3
is "and nothing was issued" "$(issued)" 0

# ---- a full disk ----
if mkdir full && mount -t tmpfs -o size=4m none full 2>/dev/null; then
  office full
  is "a full disk is the system's fault" "$(status chamthi certificate issue --contest 2024)" 3
  is "and nothing was issued" "$(issued)" 0
  mount -o remount,size=2g full
  has "with room again it completes" "$(chamthi certificate issue --contest 2024)" "cấp mới $ISSUES"
  ok "no number skipped, none doubled" numbers_follow
  mount -o "remount,size=$(($(du -sk full | cut -f1) + 200))k" full
  is "no room for the printed file" "$(status chamthi certificate print --contest 2024 -o full/all.pdf)" 3
  is "and no half of it" "$(ls full/*.pdf 2>/dev/null)" ""
  cp full/chamthi.db copy.db
  umount full
  export CHAMTHI_DB=copy.db
  ok "and doctor agrees" chamthi doctor
else
  export CHAMTHI_DB=font/chamthi.db
  is "a folder that cannot be written is the system's fault" "$(chamthi certificate issue --contest 2024 >/dev/null; status chamthi certificate print --contest 2024 -o /proc/all.pdf)" 3
fi
done_testing
