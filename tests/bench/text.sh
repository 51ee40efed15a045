#!/usr/bin/env bash
# Vietnamese text: MB/s of input per core in CPU time, beside the tools people would use otherwise, on the
# same files in the same minutes. Files: $CHAMTHI_CORPUS (a folder of .txt) or fixtures/essays, repeated
# in shuffled order to 50 MB, as NFC and as NFD.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${CHAMTHI_BUILD:-$root/build/release}
work=$(mktemp -d "${TMPDIR:-/tmp}/chamthi-bench-XXXXXX")
trap 'rm -rf "$work"' EXIT
export LC_ALL=C.UTF-8
corpus=${CHAMTHI_CORPUS:-$root/fixtures/essays}
cc -O2 -D_GNU_SOURCE -I"$root/include" -I"$root/src" -o "$work/bench" "$root/tests/bench/text.c" \
  "$build/libchamthi.a" -lutf8proc -lm

# 50 MB: the whole corpus again and again, its paragraphs in another order each time.
seed=0
: >"$work/nfc"
while [ "$(stat -c %s "$work/nfc")" -lt 50000000 ]; do
  seed=$((seed + 1))
  find "$corpus" -name '*.txt' -print0 | sort -z | xargs -0 cat | shuf --random-source=<(yes "$seed") >>"$work/nfc"
done
cp "$work/nfc" "$work/raw"
"$CHAMTHI" text display <"$work/raw" >"$work/nfc"
uconv -f utf8 -t utf8 -x NFD "$work/nfc" >"$work/nfd"
# 1 % decomposed lines, 1 % foreign ones, so that one-branch tuning does not win.
awk 'NR==FNR{d[FNR]=$0;next} FNR%100==1{print d[FNR];next} FNR%100==2{print "Le général de Gaulle, né à Lille – Привет, 東京"; next} {print}' "$work/nfd" "$work/nfc" >"$work/mixed"
node -e 'const fs=require("fs");const t="àảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵăâêôơưđĂÂÊÔƠƯĐ";const b=Buffer.from("b5b6b7b8b9bbbcbdbec6c7c8c9cacbcccecfd0d1d2d3d4d5d6d7d8dcdddedfe1e2e3e4e5e6e7e8e9eaebecedeeeff1f2f3f4f5f6f7f8f9fafbfcfdfea8a9aaabacadaea1a2a3a4a5a6a7","hex");const m=new Map([...t].map((c,i)=>[c,b[i]]));const s=fs.readFileSync(process.argv[1],"utf8");const o=[];for(const c of s){const k=m.get(c)??m.get(c.toLowerCase());o.push(k??(c.charCodeAt(0)<128?c.charCodeAt(0):63))}fs.writeFileSync(process.argv[2],Buffer.from(o))' "$work/nfc" "$work/tcvn3"

row() { printf '  %-28s %10s MB/s %8s %s\n' "$1" "$2" "$3" "${4:-}"; }
ours() { # file wanted what
  "$work/bench" "$work/$1" "$3" | while IFS=$'\t' read -r what speed documents; do
    if [ "$what" = entries ]; then row "entry: D1, K1, K3, counts" "$speed" "" "$documents docs/s of 3.25 KB (wanted $2)"
    else row "$what" "$speed" "" "(wanted $2)"; fi
  done
}
peer() { # name file command…
  local name=$1 file=$work/$2 t; shift 2
  t=$( { TIMEFORMAT='%U %S'; time "$@" <"$file" >/dev/null 2>&1; } 2>&1 | awk '{print $1+$2}')
  row "$name" "$(stat -c %s "$file" | awk -v t="$t" '{printf "%.1f", $1/1e6/t}')" ""
}
node_normalize() { node -e 'const s=require("fs").readFileSync(0,"utf8");let best=1e9;for(let i=0;i<3;i++){const a=process.cpuUsage();s.normalize("NFC");const b=process.cpuUsage(a);best=Math.min(best,(b.user+b.system)/1e6)}console.log(best)'; }
node_row() { row "node normalize(NFC)" "$(node_normalize <"$work/$1" | awk -v s="$(stat -c %s "$work/$1")" '{printf "%.1f", s/1e6/$1}')" ""; }

echo "text, $(stat -c %s "$work/nfc" | awk '{printf "%.0f", $1/1e6}') MB of ${corpus#"$root/"}, CPU time, best of 3 in memory; load $(cut -d' ' -f1 /proc/loadavg) on $(nproc) cores"
for file in nfc nfd; do
  echo " $file input"
  ours $file "$([ $file = nfc ] && echo 400 || echo 350)" "D1 display"
  for what in "K1 key" "K2 variant" "K3 fold"; do ours $file 250 "$what"; done
  ours $file 300 "count+validity"
  ours $file 22000 entries
  ours $file peer "utf8proc NFC"
  peer "uconv -x NFC (ICU)" $file uconv -f utf8 -t utf8 -x NFC
  node_row $file
done
echo " mixed input (1 % NFD, 1 % foreign lines)"
ours mixed 250 "D1 display"
ours mixed 150 "K1 key"
echo " TCVN3 input"
ours tcvn3 400 "decode TCVN3"
peer "iconv TCVN5712-1" tcvn3 iconv -c -f TCVN5712-1 -t UTF-8
peer "iconv CP1258" tcvn3 iconv -c -f CP1258 -t UTF-8
echo " whole program, NFC file to /dev/null"
for form in display key fold inspect; do peer "chamthi text $form" nfc "$CHAMTHI" text $form; done
