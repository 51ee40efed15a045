#!/usr/bin/env bash
# An import killed in the middle of any write: the database is sound, and the same command completes to the same
# content. CHAMTHI_KILLS times at random (`make kill`: 200 times in an import of 5,000).
. "$(dirname "$0")/../lib/tap.sh"
kills=${CHAMTHI_KILLS:-6} entries=${CHAMTHI_KILL_ENTRIES:-2200} seed=${CHAMTHI_KILL_SEED:-$RANDOM}
shim=${CHAMTHI_BUILD:-$ROOT/build/release}/tests/fault/kill.so
export ASAN_OPTIONS=verify_asan_link_order=0

# Everything but the hours at which it was said.
content() { sqlite3 "$1" "SELECT receipt, title, word_count, row_hash, received_at, first_received_at FROM entry ORDER BY 1;
  SELECT e.receipt, hex(key_hash), display FROM identity_text JOIN entry e USING (entry_id) ORDER BY 1;
  SELECT e.receipt, position, a.name, phone_key FROM identity_author a JOIN entry e USING (entry_id) ORDER BY 1, 2;
  SELECT e.receipt, version, f.name, hex(hash) FROM identity_file f JOIN entry e USING (entry_id) ORDER BY 1, 2;
  SELECT e.receipt, t.name, hex(hash) FROM identity_attachment t JOIN entry e USING (entry_id) WHERE replaced_at IS NULL ORDER BY 1, 2;
  SELECT hex(hash), size, hex(bytes) FROM identity_blob ORDER BY 1; SELECT * FROM receipt_counter;
  SELECT reason, file_name, message_vi, resolved_at IS NULL, cells FROM quarantine LEFT JOIN identity_refused_row USING (quarantine_id) ORDER BY 1, 2, 3;
  SELECT hex(row_source), hex(file_source), evidence, status FROM match_proposal ORDER BY 1, 2;
  SELECT action, object, before, after FROM audit ORDER BY seq" | sha256sum; }
import() { "$CHAMTHI" --db "$1" import goi --contest 2024 >/dev/null; }

mkdir goi
awk -v n="$entries" 'BEGIN {
  list = "goi/manifest.csv"; print "tệp,tên bài,tác giả,điện thoại,nhân vật,ngày nhận" >list
  for (i = 1; i <= n; i++) {
    printf "%d.txt,Người tốt số %d,Nguyễn Văn Tác Giả %d,0900%06d,Bà Nhân Vật %d,2024-05-31\n", i, i, i, i, i >list
    if (i % 50 == 7) continue
    file = "goi/" i ".txt"
    for (k = 0; k < 12; k++) printf "Bài số %d, đoạn %d, kể chuyện một người tốt ở phố nhỏ.\n\n", i, k >file
    close(file)
    if (i % 40 == 3) { photo = "goi/" i " ảnh.jpg"; printf "ảnh %d", i >photo; close(photo) }
    if (i % 90 == 4) { other = "goi/thừa " i ".txt"; printf "Người tốt số %d", i + 3 >other; close(other) }
  }
}'
chamthi --db trong.db contest load "$ROOT/fixtures/contests/2024.yaml" >/dev/null
cp trong.db dem.db
CHAMTHI_KILL_COUNT=$WORK/writes LD_PRELOAD=$shim import dem.db
writes=$(cat writes) wanted=$(content dem.db)
is "left alone it brings all there is" "$(sqlite3 dem.db 'SELECT count(*) FROM entry')" $((entries - (entries + 43) / 50))
echo "# $writes writes, seed $seed"
killed=0 sound=0 same=0
for at in $(awk -v seed="$seed" -v kills="$kills" -v writes="$writes" 'BEGIN { srand(seed); for (i = 0; i < kills; i++) print 1 + int(rand() * writes) }'); do
  rm -f bi-giet.db*; cp trong.db bi-giet.db
  { CHAMTHI_KILL_AT=$at LD_PRELOAD=$shim import bi-giet.db; } 2>/dev/null
  [ $? = 137 ] && killed=$((killed + 1))
  if chamthi --db bi-giet.db doctor >doctor.txt; then sound=$((sound + 1)); else echo "# at write $at"; sed 's/^/# /' doctor.txt; fi
  import bi-giet.db
  chamthi --db bi-giet.db doctor >/dev/null || sound=-1
  if [ "$(content bi-giet.db)" = "$wanted" ]; then same=$((same + 1)); else echo "# another content after write $at"; fi
done
is "each time it was killed in the middle" $killed "$kills"
is "each time the database was sound, then and after the next run" $sound "$kills"
is "each time the next run completed to the same content" $same "$kills"
done_testing
