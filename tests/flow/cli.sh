#!/usr/bin/env bash
# The frame: help, usage errors, exit statuses, backup, restore, doctor, audit.
. "$(dirname "$0")/../lib/tap.sh"

is "no arguments: help, status 0" "$(status chamthi)" 0
has "help lists the commands" "$(chamthi help)" "audit verify"
has "every command's help has an example" "$(chamthi backup -h)" "chamthi backup sao-luu"
is "an unknown command is status 2" "$(status chamthi frobnicate)" 2
has "and says where to look" "$(chamthi frobnicate 2>&1)" "chamthi help"
while IFS='|' read -r typed meant; do # shellcheck disable=SC2086
  has "chamthi $typed: $meant" "$(chamthi $typed 2>&1)" "$meant"
done <<'CASES'
imprt|có lẽ là: chamthi import
entry lst --contest 2024|có lẽ là: chamthi entry list
help sheet lits|có lẽ là: chamthi sheet list
rank judge --round x|có lẽ là: chamthi rank judges
similar shw 1 2|có lẽ là: chamthi similar show
check xyz|xem: chamthi help check
entry|xem: chamthi help entry
entry list --serch x|có lẽ là --search
entry list --fromat csv|có lẽ là --format
CASES
has "help about a group lists its commands" "$(chamthi entry -h)" "chamthi entry show RECEIPT"
is "a global option takes its value after = too" "$(chamthi --lang=en --format=xml help 2>&1)" "chamthi: --format takes table, csv or json"
is "a missing argument is status 2" "$(status chamthi backup)" 2
is "an unknown option is status 2" "$(status chamthi doctor --frob)" 2
is "a missing database is status 2" "$(status chamthi doctor)" 2
has "and says how to make one" "$(chamthi doctor 2>&1)" "contest load"
has "English when asked for" "$(chamthi --lang en doctor 2>&1)" "there is no database"
is "a bad language is status 2" "$(status chamthi --lang fr doctor)" 2
has "the version" "$(chamthi --version)" "chamthi "
ok "the manual page is made" chamthi man
ok "the completion is sound bash" bash -c "'$CHAMTHI' completion >c.sh && bash -n c.sh"
printf 'not a database at all, but long enough to be one' >x.db
is "a file that is no database is refused" "$(status chamthi --db x.db doctor)" 3
is "and left as it was" "$(cat x.db)" "not a database at all, but long enough to be one"
for words in help --version; do
  is "a full disk on output is status 3: $words" "$("$CHAMTHI" $words >/dev/full 2>/dev/null; echo $?)" 3
done
mkfifo read && exec 3<>read 4>read 3<&- # a pipe whose reader has gone
is "a reader that has seen enough is no failure" "$("$CHAMTHI" man 2>&1 >&4; echo $?)" 0
exec 4>&-

ok "a contest makes the database" chamthi contest load "$ROOT/fixtures/contests/2024.yaml"
ok "doctor is content" chamthi doctor
for words in "entry list" "award list" "judge list" "finding list" "quarantine list" "certificate list"; do
  has "a year without a contest is no empty list: $words" "$(chamthi $words --contest 2031 2>&1)" "chưa có cuộc thi năm 2031"
done
has "a state that is none is no empty list either" "$(chamthi award list --state decidd 2>&1)" "--state nhận proposed"
printf 'một câu dài dễ nhớ\n' | chamthi user add ban --role organizer >added
has "roles are in the reader's language" "$(chamthi user list)" "ban tổ chức"
is "and codes for machines" "$(chamthi --format json user list | jq -r '.[].role')" organizer
ok "the audit chain is intact" chamthi audit verify
has "the audit names what was done" "$(chamthi audit list)" "contest"
ok "a backup is made" chamthi backup copy.db
is "a backup never overwrites" "$(status chamthi backup copy.db)" 2
ok "the backup is a sound database" chamthi --db copy.db doctor
ok "it can be restored" chamthi restore copy.db
is "what is no backup is refused" "$(status chamthi restore x.db)" 3
ok "and the database still stands" chamthi doctor
# Any list as a file.
ok "a list goes into a file" chamthi contest list --save list.csv
is "the same as --format csv prints" "$(cat list.csv)" "$(chamthi --format csv contest list)"
ok "or into a workbook" chamthi contest list --save list.xlsx
has "with the headings people read" "$(unzip -p list.xlsx xl/sharedStrings.xml)" "<t>thể loại</t>"
has "and years as numbers without a separator" "$(unzip -p list.xlsx xl/worksheets/sheet1.xml)" "<v>2024</v>"
is "another ending is refused" "$(status chamthi contest list --save list.doc)" 2
is "a command without a list says so: status 1" "$(status chamthi audit verify --save none.csv)" 1
ok "and makes no file" test ! -e none.csv
ok "a row changed behind the program's back" sqlite3 chamthi.db "UPDATE audit SET actor = 'khac' WHERE seq = 1"
is "is found: status 1" "$(status chamthi audit verify)" 1
is "also by doctor" "$(status chamthi doctor)" 1
has "a value that is empty is named" "$(chamthi judge list --contest "" 2>&1)" "--contest không được để trống"
done_testing
