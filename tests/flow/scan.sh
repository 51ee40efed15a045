#!/usr/bin/env bash
# Photos and scans: kept as they are, read by machine only as a suggestion, text only when a person confirms it.
. "$(dirname "$0")/../lib/tap.sh"
mkdir goi
source="$ROOT/fixtures/entries/2023/04 Nữ công nhân và nhóm máu hiếm.pdf"
pdftoppm -r 200 -jpeg -f 1 -l 1 -x 0 -y 150 -W 1654 -H 420 -singlefile "$source" trang
# A phone's photo: the camera, its owner and the place stand in the EXIF segment.
perl -e 'local $/; $_ = <STDIN>; my @f = ([0x010F, "Nokia"], [0x013B, "Le Van Tam"]); my ($d, $e) = ("", "");
  my $at = 8 + 2 + 12 * 3 + 4; for (@f) { my $v = "$$_[1]\0"; $e .= pack "nnNN", $$_[0], 2, length $v, $at + length $d; $d .= $v; }
  $e .= pack "nnNN", 0x8825, 4, 1, 8; my $x = "Exif\0\0MM\0*" . pack("Nn", 8, 3) . $e . pack("N", 0) . $d;
  print substr($_, 0, 2), pack("nn", 0xFFE1, 2 + length $x), $x, substr($_, 2);' <trang.jpg >goi/anh.jpg
# The same picture as the only thing on the page of a PDF.
perl -e 'local $/; my $j = <STDIN>; my $c = "q 400 0 0 102 0 0 cm /I Do Q"; my @o = ("<</Type/Catalog/Pages 2 0 R>>",
  "<</Type/Pages/Kids[3 0 R]/Count 1>>", "<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 102]/Contents 4 0 R/Resources<</XObject<</I 5 0 R>>>>>>",
  "<</Length " . length($c) . ">>stream\n$c\nendstream", "<</Type/XObject/Subtype/Image/Width 1654/Height 420/ColorSpace/DeviceRGB/BitsPerComponent 8/Filter/DCTDecode/Length " . length($j) . ">>stream\n$j\nendstream");
  my ($p, @at) = ("%PDF-1.4\n"); for (0 .. $#o) { push @at, length $p; $p .= ($_ + 1) . " 0 obj$o[$_]\nendobj\n"; } my $x = length $p;
  $p .= "xref\n0 6\n0000000000 65535 f \n" . join("", map { sprintf "%010d 00000 n \n", $_ } @at) . "trailer<</Size 6/Root 1 0 R/Info<</Author(Le Van Tam)>>>>\nstartxref\n$x\n%%EOF\n";
  print $p =~ s/\/Info<<.*?>>//r;' <trang.jpg >goi/quet.pdf
printf 'tệp,tên bài,tác giả,số từ,thời lượng\nanh.jpg,Ảnh,An,"1.250",\nquet.pdf,Quét,Bình,"1.250",\n,Giấy,Chi,900,\nphim.mp4,Phim,Dũng,,6:45\n' >goi/manifest.csv
printf '\0\0\0\030ftypisom' >goi/phim.mp4
chamthi contest load "$ROOT/fixtures/contests/2024.yaml" >/dev/null
ok "photos, scans, paper and films are taken with what the list declares" chamthi import goi --contest 2024
shown() { chamthi entry show "$1" --format json | jq -r "$2"; }
is "a photo counts what was declared" "$(shown 2024-1 '"\(.words) \(.word_count_source)"')" "1250 declared"
is "a film has its length" "$(shown 2024-4 .seconds)" 405
is "there is no text yet" "$(status chamthi entry text 2024-1)" 2
traces() { chamthi entry traces "$1" --format json | jq -r '.[] | "\(.kind)=\(.value)"'; }
has "the camera's traces are kept for checks" "$(traces 2024-1 | tr '\n' ' ')" "camera=Nokia creator=Le Van Tam place=GPS"

is "nothing to confirm before the machine has read: status 2" "$(status chamthi entry confirm-text 2024-1)" 2
is "a missing tesseract is status 3" "$(PATH=/nonexistent status "$CHAMTHI" entry suggest-text 2024-1)" 3
has "and its Debian packages are named" "$(PATH=/nonexistent "$CHAMTHI" entry suggest-text 2024-1 2>&1)" "tesseract-ocr-vie"
chamthi entry suggest-text --contest 2024 --format json >suggested.json
is "suggestions are something to look at: status 1" $? 1
is "the photo and the scan are read, paper and film are not" "$(jq -r '[.[].receipt] | join(" ")' suggested.json)" "2024-00001 2024-00002"
for receipt in 2024-1 2024-2; do
  has "$receipt is read with its marks" "$(chamthi entry text $receipt --form suggested)" "Người gọi chỉ nói: “O âm, sản phụ, Bệnh viện Đa khoa Đức Giang”."
done
is "a suggestion is no text" "$(status chamthi entry text 2024-1) $(shown 2024-1 .word_count_source)" "2 declared"
is "what was read is not read again" "$(chamthi entry suggest-text --contest 2024 --format json | jq length)" 0
is "paper has nothing to read: status 2" "$(status chamthi entry suggest-text 2024-3)" 2

ok "a person confirms" chamthi entry confirm-text 2024-1
is "then it is the text, and counted" "$(chamthi entry text 2024-1 | wc -w) $(shown 2024-1 '"\(.words) \(.word_count_source)"')" "$(shown 2024-1 .words) $(shown 2024-1 .words) machine"
echo "Chuông điện thoại reo lúc 23 giờ 10 phút." >sua.txt
ok "or gives a corrected text" chamthi entry confirm-text 2024-2 --from sua.txt
is "which stands instead" "$(chamthi entry text 2024-2)" "$(cat sua.txt)"
ok "and may be corrected again" chamthi entry confirm-text 2024-2 --from sua.txt
sed -i 's/Ảnh,An/Ảnh mới,An/' goi/manifest.csv
ok "a corrected row is taken" chamthi import goi --contest 2024
is "and the confirmed text stays" "$(chamthi entry text 2024-1 | head -c 20; shown 2024-1 '" \(.title) \(.word_count_source)"')" "$(chamthi entry text 2024-1 --form suggested | head -c 20) Ảnh mới machine"
cp "$ROOT/fixtures/hostile/parcel/utf16.txt" goi/bai.txt && echo "bai.txt,Chữ,Em,," >>goi/manifest.csv
chamthi import goi --contest 2024 >/dev/null
is "a text that its file gave is not replaced: status 2" "$(status chamthi entry confirm-text 2024-5 --from sua.txt)" 2
is "each step is in the audit" "$(chamthi audit list --format json | jq -r '[.[].action | select(startswith("entry."))] | sort | join(" ")')" "entry.confirm_text entry.confirm_text entry.confirm_text entry.suggest entry.suggest"
ok "the database is sound" chamthi doctor

# Without LibreOffice old formats wait, and are taken once it is there.
mkdir bin cu && for p in pdftohtml pdfinfo; do ln -s "$(command -v $p)" bin/; done
printf 'tệp,tên bài,tác giả\nbai.rtf,Cũ,Giang\n' >cu/manifest.csv && cp "$ROOT/fixtures/hostile/parcel/rtf-doi-duoi.doc" cu/bai.rtf
PATH_WITHOUT=$WORK/bin
is "an .rtf without LibreOffice is set aside" "$(PATH=$PATH_WITHOUT "$CHAMTHI" --format json import cu --contest 2024 | jq -r '.items[0].reason')" program.missing
has "with the package to install" "$(sqlite3 "$CHAMTHI_DB" "SELECT message_vi FROM quarantine WHERE reason = 'program.missing'")" libreoffice-writer-nogui
ok "and taken when it is installed" chamthi import cu --contest 2024
done_testing
