#!/usr/bin/env bash
# File mode of the score statistics: rank agreement.
. "$(dirname "$0")/../lib/tap.sh"

printf 'entry,judge,points\n' >sf.csv
i=0
for row in '9 2 5 8' '6 1 3 2' '8 4 6 8' '7 1 2 6' '10 5 6 9' '6 2 4 7'; do
  i=$((i + 1)) j=0
  for points in $row; do j=$((j + 1)); printf 's%d,j%d,%s\n' $i $j "$points"; done
done >>sf.csv
json() { chamthi --format json "$@"; }
near() { # sentence json jq-path wanted tolerance
  is "$1" "$(jq -r "$3 - ($4) | if . < 0 then -. else . end | . < $5" <<<"$2")" true
}

agreement=$(json rank agreement sf.csv)
near "ICC(1) of Shrout and Fleiss" "$agreement" .icc.ICC1.value .1657417684 1e-9
near "its lower bound" "$agreement" .icc.ICC1.low -.13293 1e-5
near "ICC(3,k)" "$agreement" .icc.ICC3k.value .9093155424 1e-9
near "W corrected for ties" "$agreement" .kendall.w_ties .887037037037 1e-9
is "the table has a decimal comma" "$(chamthi rank agreement sf.csv | grep -c 'ICC(1) .*0,1657')" 1
is "CSV keeps the point" "$(chamthi --format csv rank agreement sf.csv | sed -n 2p | cut -c1-12)" "ICC(1),0.165"
(sed -n 1p sf.csv; sed 1d sf.csv | sort -R) >shuffled.csv
is "the order of the rows does not matter" "$(json rank agreement shuffled.csv)" "$agreement"
(printf '\xEF\xBB\xBFbài;giám khảo;điểm\r\n'; sed 1d sf.csv | tr , ';' | sed 's/$/,00\r/') >office.csv
is "semicolons, decimal commas, BOM and Vietnamese headings" "$(json rank agreement office.csv)" "$agreement"

bad() { # sentence content part-of-the-message
  printf '%b' "$2" >bad.csv
  is "$1: status 2" "$(status chamthi rank agreement bad.csv)" 2
  has "$1: says where" "$(chamthi rank agreement bad.csv 2>&1)" "$3"
}
bad "a missing column" 'entry,judge\na,b\n' 'points'
bad "points that are none" 'entry,judge,points\na,b,7\na,c,bảy\n' 'dòng 3, cột points'
bad "three decimals" 'entry,judge,points\na,b,7.125\n' '7.125'
bad "a judge without a name" 'entry,judge,points\na,,7\n' 'cột judge'
bad "the same reading twice" 'entry,judge,points\na,b,7\na,c,7\na,b,8\n' 'dòng 2 và 4'
bad "absurd points" 'entry,judge,points\na,b,99999999\n' 'quá lớn'
bad "no reading at all" 'entry,judge,points\na,b,\n' 'chưa có lượt chấm'
bad "an empty file" '' 'entry'
printf 'entry,judge,criterion,points\na,1,x,5\na,1,y,5\na,2,x,6\na,2,y,\nb,1,x,3\nb,2,x,4\n' >part.csv
is "an incomplete reading wants a person's eye: status 1" "$(status chamthi rank agreement part.csv)" 1
has "and is named" "$(chamthi rank agreement part.csv)" "1 lượt chấm thiếu điểm"
done_testing
