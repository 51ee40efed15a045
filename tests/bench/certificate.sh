# Certificates per second of CPU time: all in one file, and one file each, with bytes and memory.
set -eu
ROOT=$(cd "$(dirname "$0")/../.." && pwd)
CHAMTHI=${CHAMTHI:-$ROOT/build/release/chamthi}
WORK=$(mktemp -d); trap 'rm -rf "$WORK"' EXIT
cd "$WORK"
export LANG=C.UTF-8 LC_ALL=C.UTF-8

people() { # how many
  awk -v n="$1" 'BEGIN {
    split("Nguyễn Trần Lê Phạm Đỗ Vũ Hoàng Bùi", family, " ")
    split("Thị Hồng Hạnh|Văn Đức|Hoàng Minh Châu|Quang Vinh|Thị Ánh Tuyết|Quốc Khánh", given, "|")
    print "name,address,prize,title,serial,decision,decision_date,code"
    for (i = 1; i <= n; i++)
      printf "%s %s,Trường THCS số %d,Giải Ba,Người gác chắn đường ngang số %d,2024/GCN-%05d,125/QĐ-BTC,2024-09-20,7K3M-9QXD-2VWT-%04d-C8YZ\n",
        family[i % 8 + 1], given[i % 6 + 1], i % 90 + 1, i, i, i
  }'
}
run() { # label count arguments…
  label=$1 count=$2; shift 2
  { TIMEFORMAT='%U %S'; time "$CHAMTHI" certificate make "$@" >/dev/null; } 2>time
  awk -v label="$label" -v count="$count" '{ printf "%-34s %7.0f certificates per CPU second (%d in %.2f s)", label, count / ($1 + $2), count, $1 + $2 }' time
}
people 5000 >many.csv
people 400 >some.csv
people 1 >one.csv
run "one file, 5,000 pages" 5000 --recipients many.csv -o all.pdf
echo ", $(($(stat -c %s all.pdf) / 5000)) bytes each"
run "one file each, 400 files" 400 --recipients some.csv --each each
echo ", $(($(cat each/*.pdf | wc -c) / 400)) bytes each"
