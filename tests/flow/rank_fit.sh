#!/usr/bin/env bash
# File mode of the score statistics: rank agreement and rank fit.
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

# ---- rank fit: the same table without six of its readings ----
grep -vE '^s(1,j4|2,j1|3,j2|4,j3|5,j1|6,j2),' sf.csv >gaps.csv
ls=$(json rank fit gaps.csv --method ls)
near "least squares: mu" "$ls" .mu 5.24074074074 1e-10
near "the second judge is severe" "$ls" '(.judges[] | select(.judge == "j2").severity)' -2.833333333333 1e-10
near "residual variance" "$ls" .variance.residual 1.31569664903 1e-10
eb=$(json rank fit gaps.csv --method eb --prizes 2)
near "empirical Bayes: the criterion of lmer" "$eb" .criterion 72.9833740183 1e-9
near "the best entry's effect" "$eb" '(.entries[0].adjusted - .mu)' 1.7600497828 1e-7
is "entries come in the order of ranks" "$(jq -r '[.entries[] | .entry] | join(" ")' <<<"$eb")" "s5 s3 s1 s6 s4 s2"
is "the chances add up to the prizes" "$(jq '[.entries[].p_prize] | add * 1000 | round' <<<"$eb")" 2000
is "auto says which method it took" "$(json rank fit gaps.csv | jq -r .method)" eb
is "the raw mean when asked for" "$(json rank fit gaps.csv --method mean | jq -r '.entries[0].entry')" s3
seed=$(printf '0%.0s' {1..63})7
is "a seed is repeated and shown" "$(json rank fit gaps.csv --seed "$seed" | jq -r .seed)" "$seed"
is "the same seed gives the same answer" "$(json rank fit gaps.csv --seed "$seed")" "$(json rank fit gaps.csv --seed "$seed")"
(sed -n 1p gaps.csv; sed 1d gaps.csv | tac) >backwards.csv
is "backwards: not one digit differs" "$(json rank fit backwards.csv)" "$(json rank fit gaps.csv)"
is "a table for people names the method" "$(chamthi rank fit gaps.csv | grep -c 'Phương pháp: eb')" 1
is "CSV has a row for each entry" "$(chamthi --format csv rank fit gaps.csv | wc -l)" 7

printf 'entry,judge,points\na,1,5\na,2,6\nb,1,7\nb,2,7\nc,3,9\nc,4,8\nd,3,9\nd,4,6\n' >groups.csv
is "groups without a common judge: status 1" "$(status chamthi rank fit groups.csv)" 1
groups=$(json rank fit groups.csv 2>/dev/null)
is "said so" "$(jq -r '.connected, .groups, .alarms[0].code' <<<"$groups" | xargs)" "false 2 disconnected"
is "two entries are first, each of its group" "$(jq -r '[.entries[] | select(.rank == 1).entry] | join(" ")' <<<"$groups")" "b c"
is "no interval, no chance" "$(jq -r '.entries[0] | "\(.low) \(.p_prize)"' <<<"$groups")" "null null"
is "the linking reading is named" "$(jq -r '.links[0] | "\(.entry) \(.judge)"' <<<"$groups")" "c 1"
printf 'entry,judge,points\na,1,5\nb,1,6\n' >one.csv
is "one judge: status 1" "$(status chamthi rank fit one.csv)" 1
is "eb with one judge is refused: status 2" "$(status chamthi rank fit one.csv --method eb)" 2
has "and names the other methods" "$(chamthi rank fit one.csv --method eb 2>&1)" "--method ls"
is "no answer holds NaN" "$(for f in *.csv; do for m in auto mean ls eb; do json rank fit $f --method $m 2>/dev/null; done; done | grep -ciE 'nan|inf')" 0
is "an unknown method is status 2" "$(status chamthi rank fit gaps.csv --method borda)" 2
is "a short seed is status 2" "$(status chamthi rank fit gaps.csv --seed 12)" 2
is "no prizes is status 2" "$(status chamthi rank fit gaps.csv --prizes 0)" 2
done_testing
