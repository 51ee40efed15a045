#!/usr/bin/env bash
# The text room on plain files.
. "$(dirname "$0")/../lib/tap.sh"
essays=$ROOT/fixtures/essays

is "display keeps what people wrote" "$(printf 'Nguyễn  Thị Hòa\t \n' | chamthi text display)" "Nguyễn Thị Hòa"
is "the key does not know old from new style" "$(printf 'HÒA\nhoà\n' | chamthi text key | uniq)" "hoà"
is "the variant key takes i and y as one" "$(printf 'Lý Mỹ Quý' | chamthi text variant)" "lí mĩ quí"
is "the fold has no marks" "$(printf 'Đường Đắk Lắk\n' | chamthi text fold)" "duong dak lak"
is "a named encoding is decoded" "$(printf 'Ti\325ng Vi\326t' | chamthi text display --from tcvn3)" "Tiếng Việt"
is "an unnamed one is found" "$(printf 'Ti\325ng Vi\326t\n' | chamthi text key)" "tiếng việt"
is "UTF-16 is read by its mark" "$(printf '\377\376V\0i\0\307\036t\0' | chamthi text display)" "Việt"
is "lines stay lines" "$(printf 'a\n\n\n\nb\n–\nc' | chamthi text key | tr '\n' '|')" "a||b||c"
is "an unknown encoding is status 2" "$(status chamthi text display --from koi8)" 2
is "a missing file is status 2" "$(status chamthi text inspect khong-co.txt)" 2

cp "$essays"/2015-0*.txt .
is "inspect prints one object a file" "$(chamthi text inspect --format json 2015-0*.txt | jq -r .encoding | sort -u)" "utf8"
is "it counts what is there" "$(printf 'Hà Nội – mùa thu, xe-đạp' | chamthi text inspect --format json | jq -c '[.words,.syllables,.validity,.flags]')" '[5,6,1,[]]'
is "it names what to look at" "$(printf 'Vi?t\302\240Nam\342\200\213 \321\201ủa' | chamthi text inspect --format json | jq -c .flags)" '["invisible","unusual_spaces","mixed_script","lost"]'
is "text without marks is told" "$(for i in 1 2 3 4 5; do echo 'toi yeu thanh pho nay'; done | chamthi text inspect --format json | jq -c .flags)" '["no_marks"]'

printf 'Nguyễn Văn An\nTrần Thị Ân\nLê Anh\nPhạm Đức\nĐỗ Dũng\nBùi Ánh\nHồ Ẩn\n' >ten.txt
is "people are sorted by given name" "$(chamthi text sort <ten.txt | sed 's/.* //' | tr '\n' ' ')" "An Anh Ánh Ân Ẩn Dũng Đức "
is "plain text in reading order" "$(printf 'Lế Ba\nLê Ca\nLề Ăn\nLê An\n' | chamthi text sort --plain | tr '\n' '|')" "Lê An|Lê Ca|Lề Ăn|Lế Ba|"

# A mixed input of some length: prose, TCVN3 lines, broken bytes, decomposed letters, long lines.
for i in 1 2 3 4 5 6 7 8; do cat "$essays"/*.txt; printf 'Ti\325ng Vi\326t n\255\355c ta\n\377\376 x\nVie\314\202\314\243t\r\n\n\n\n'; cat "$essays"/2016-0*.txt | tr '\n' ' '; done >dai.txt
for form in key variant fold; do
  is "$form of a file is $form of its display" "$(chamthi text $form <dai.txt | sha256sum)" "$(chamthi text display <dai.txt | chamthi text $form | sha256sum)"
done
is "display is its own display" "$(chamthi text display <dai.txt | chamthi text display | sha256sum)" "$(chamthi text display <dai.txt | sha256sum)"
is "how the bytes arrive makes no difference" "$(while IFS= read -r -n 997 -d '' part || [ -n "$part" ]; do printf %s "$part"; done <"$essays/2016-01.txt" | chamthi text key | sha256sum)" "$(chamthi text key <"$essays/2016-01.txt" | sha256sum)"

# Constant memory: 120 MB, then 30 MB without one line end, in 64 MB of data. A sanitizer's own shadow
# memory is larger than that, so such a build leaves these two out.
case $CHAMTHI in */release/*) ;; *) done_testing; exit ;; esac
many() { for ((i = 0; i < $1; i++)); do cat dai.txt; done; }
is "a long file goes through little memory" "$( (ulimit -d 65536; many 30 | chamthi text key | wc -l) )" "$(( $(chamthi text key <dai.txt | wc -l) * 30 ))"
ok "a long line too" bash -c 'ulimit -d 65536; for i in 1 2 3 4 5 6 7 8; do tr "\n" " " <dai.txt; done | "$CHAMTHI" text fold | wc -c | grep -q ........'
done_testing
