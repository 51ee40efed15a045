#!/usr/bin/env bash
# A person asks to be forgotten: the name goes everywhere, marks and the audit chain stay.
. "$(dirname "$0")/../lib/tap.sh"

chamthi contest load "$ROOT"/fixtures/contests/20{22,23,24}.yaml >/dev/null
chamthi unit load "$ROOT/fixtures/units.csv" >/dev/null
chamthi import "$ROOT/fixtures/entries/2024" --contest 2024 >/dev/null
id=$(sqlite3 chamthi.db "SELECT author_id FROM identity_author JOIN entry USING (entry_id) WHERE receipt = '2024-00006'")
# An entry that names its author in the title too.
sqlite3 chamthi.db "UPDATE entry SET title = 'Buổi sáng của Giáp Văn Trường', title_fold = 'buoi sang cua giap van truong' WHERE receipt = '2024-00006'"
has "entry show tells the author's number" "$(chamthi entry show 2024-00006)" "số tác giả: $id"
chamthi redact --contest 2024 >/dev/null
is "undecided places that name the author: status 2" "$(status chamthi erase author $id --reason "đơn 12/3")" 2
has "and says what to do" "$(chamthi erase author $id --reason x 2>&1)" "redact list"
chamthi redact accept --all --contest 2024 >/dev/null
ok "then the author is erased" chamthi erase author $id --reason "đơn ngày 12/3/2026"
has "again: nothing to do" "$(chamthi erase author $id --reason "đơn ngày 12/3/2026")" "từ trước"
is "an unknown number is status 2" "$(status chamthi erase author 99999 --reason x)" 2
is "no number is status 2" "$(status chamthi erase author Trường --reason x)" 2
text=$(chamthi entry text 2024-00006)
lacks "the text no longer names the author" "$text" "Giáp Văn Trường"
lacks "nor the telephone" "$text" "0900 247 316"
has "but is still there" "$text" "Năm giờ kém mười"
has "nor the title" "$(chamthi entry show 2024-00006)" "Buổi sáng của […]"
lacks "under which it is no longer found" "$(chamthi --format csv entry list --search 'giap van')" "2024-00006"
lacks "the entry no longer says who" "$(chamthi entry show 2024-00006)" "Giáp"
chamthi backup copy.db >/dev/null
is "no trace is left in the database file" "$(grep -c "Giáp Văn Trường" copy.db)" 0
has "the audit chain stands and says that it was done" "$(chamthi audit verify; chamthi audit list --last 3)" "author.erase"
ok "doctor is content" chamthi doctor

is "nothing is due while the years have not passed" "$(status chamthi retention --years 100)" 0
is "what is due asks a person: status 1" "$(status chamthi retention --years 1)" 1
has "by contest" "$(chamthi --format csv retention --years 1)" "2024,24,"
done_testing
