# Awards from a ranking to the register, as an office does it. The ranking is put in by hand.
. "$(dirname "$0")/../lib/tap.sh"

chamthi contest load "$ROOT/fixtures/contests/2024.yaml" >/dev/null
round=$(sqlite3 chamthi.db "SELECT round_id FROM round WHERE year=2024 ORDER BY position DESC LIMIT 1")
essay=$(sqlite3 chamthi.db "SELECT track_id FROM track WHERE year=2024 AND key='essay'")

entry() { # number author points [state]
  sqlite3 chamthi.db "
    INSERT OR IGNORE INTO receipt_counter VALUES(2024, 99);
    INSERT INTO entry(entry_id,year,receipt,track_id,title,title_fold,received_at,first_received_at,state,row_key,word_count_source)
      VALUES($1,2024,printf('2024-%05d',$1),$essay,'Bài số $1','bai so $1',1,1,'${4:-received}',zeroblob($1),'none');
    INSERT INTO identity_author(entry_id,position,name,name_key,name_fold,unit)
      VALUES($1,1,'$2','$2','$2','Trường THCS số $1');
    INSERT INTO result(round_id, entry_id, method, sheet_count, mean_points, adjusted_points, rank, tied) VALUES($round,$1,'mean',3,$3,$3,1,0);
    UPDATE result SET rank = 1 + (SELECT count(*) FROM result o JOIN entry a USING (entry_id) JOIN entry b USING (track_id)
      WHERE b.entry_id = result.entry_id AND o.round_id = result.round_id AND o.adjusted_points > result.adjusted_points);"
}
outcome() { chamthi award propose --contest 2024 --format json | jq -r --arg r "$1" '.[]|select(.receipt==$r)|.outcome+" "+.prize'; }

is "without a ranking nothing is proposed" "$(status chamthi award propose --contest 2024)" 2
has "and the sentence says what to run first" "$(chamthi award propose --contest 2024 2>&1)" "chamthi rank"

entry 1 'Phạm Thuý Nga' 9250
entry 2 'Trần Văn Đức' 8800
entry 3 'Lê Thị Hà' 8600
entry 4 'Đỗ Quang Vinh' 7400 # Ba and Khuyến khích stay partly empty: 70 and 65 are the least
entry 5 'Vũ Bảo Anh' 6000
is "a clear ranking is proposed without a question" "$(status chamthi award propose --contest 2024)" 0
is "the best wins the first prize" "$(outcome 2024-00001)" "proposed Giải Nhất"
is "the fourth reaches only the third prize" "$(outcome 2024-00004)" "proposed Giải Ba"
is "nobody below the least points wins" "$(outcome 2024-00005)" ""
has "a prize left empty is named" "$(chamthi award propose --contest 2024)" "để trống (không đủ bài đạt điểm): 2"
is "the grand prize may stay empty" \
  "$(chamthi award propose --contest 2024 --format json | jq -r '.[]|select(.prize=="Giải Đặc biệt")|.outcome')" empty
rows=$(sqlite3 chamthi.db "SELECT count(*) FROM audit")
chamthi award propose --contest 2024 >/dev/null
is "proposing again changes nothing" "$(sqlite3 chamthi.db "SELECT count(*) FROM audit")" "$rows"

# ---- what is not considered ----
entry 6 'Ngô Quốc Khánh' 9900
sqlite3 chamthi.db "INSERT INTO finding(entry_id,rule,severity,message_vi,message_en,evidence_hash,status)
  VALUES(6,'length','reject','quá dài','too long',x'00','accepted')"
entry 7 'Bùi Thị Lan' 9800
sqlite3 chamthi.db "INSERT INTO similarity(entry_a,entry_b,class,share_a,share_b,evidence_hash) VALUES(5,7,'exact',10000,10000,x'01')"
entry 8 'Hoàng Văn Thái' 9700 withdrawn
is "skipped entries ask for a person" "$(status chamthi award propose --contest 2024)" 1
is "an accepted violation wins nothing" "$(outcome 2024-00006)" "skipped "
is "an open exact copy wins nothing yet" "$(outcome 2024-00007)" "skipped "
is "a withdrawn entry wins nothing" "$(outcome 2024-00008)" "skipped "
has "the copy is named with its original" "$(chamthi award propose --contest 2024)" "trùng nguyên văn, chưa kết luận, với bài 2024-00005"

sqlite3 chamthi.db "INSERT INTO similarity(entry_a,entry_b,class,share_a,share_b,evidence_hash) VALUES(2,3,'partial',1500,1200,x'02')"
has "a winner with shared passages is proposed with a warning" "$(chamthi award propose --contest 2024 | grep '2024-00003')" "có đoạn giống nhau, chưa kết luận, với bài 2024-00002"
sqlite3 chamthi.db "UPDATE similarity SET status='dismissed',reason='hai bài một đề',ruled_by='ban-to-chuc' WHERE entry_b=3"

# ---- a tie at the line ----
entry 9 'Lý An' 9250
is "a tie at the line asks for a person" "$(status chamthi award propose --contest 2024)" 1
is "neither of the tied gets the prize" "$(outcome 2024-00001) / $(outcome 2024-00009)" "tied Giải Nhất / tied Giải Nhất"
is "those below keep what is safe" "$(outcome 2024-00002)" "proposed Giải Nhì"
ok "a person decides the tie" chamthi award give 2024-00009 --prize nhat --reason "Hội đồng biểu quyết 7/7"
is "the other one takes the next prize" "$(outcome 2024-00001)" "proposed Giải Nhì"
is "a prize that does not exist is refused" "$(status chamthi award give 2024-00001 --prize vang --reason x)" 2

# ---- decision and certificates ----
is "no certificate before the decision" "$(chamthi certificate issue --contest 2024 | grep -o 'cấp mới [0-9]*')" "cấp mới 0"
is "a wrong date is refused" "$(status chamthi award decide --contest 2024 --decision 1/QĐ --date 31/2/2024)" 2
ok "the proposals become awards" chamthi award decide --contest 2024 --decision 125/QĐ-BTC --date 20/9/2024
is "all of them" "$(chamthi award list --contest 2024 --state decided --format json | jq length)" 5
is "nothing is left to decide" "$(status chamthi award decide --contest 2024 --decision 126/QĐ-BTC --date 20/9/2024)" 2
seed=$(printf '%064d' 2024)
ok "certificates are issued" chamthi certificate issue --contest 2024 --seed "$seed"
has "issuing again issues nothing" "$(chamthi certificate issue --contest 2024)" "cấp mới 0 giấy chứng nhận, đã cấp trước 5"
is "serials follow each other" "$(chamthi certificate list --format json | jq -r '[.[].serial]|join(" ")')" \
  "2024/GCN-001 2024/GCN-002 2024/GCN-003 2024/GCN-004 2024/GCN-005"
ok "they are printed as one file and one each" chamthi certificate print --contest 2024 -o all.pdf --each each
is "one page each" "$(qpdf --show-npages all.pdf)" 5
has "the name is exactly as the manifest wrote it" "$(pdftotext each/2024-GCN-002.pdf -)" "Phạm Thuý Nga"
ok "a frozen file verifies" chamthi certificate verify each/2024-GCN-002.pdf
code=$(chamthi certificate list --format json | jq -r '.[1].code')
is "its code verifies, also typed in lower case without dashes" \
  "$(chamthi certificate verify "$(echo "$code" | tr -d - | tr A-Z a-z)" --format json | jq -r '.[0].serial')" 2024/GCN-002
printf x >>each/2024-GCN-001.pdf
is "one byte more and the file is not ours" "$(status chamthi certificate verify each/2024-GCN-001.pdf)" 1
is "an unknown code is not ours" "$(status chamthi certificate verify 0000-0000-0000-0000-0000)" 1

# ---- what the QR says, checked without the database ----
ok "the public key is exported" chamthi certificate key -o key.txt
pdftoppm -r 200 -png -singlefile each/2024-GCN-002.pdf page
zbarimg -q --raw page.png 2>/dev/null >qr.txt
has "a phone reads the printed facts" "$(cat qr.txt)" "Phạm Thuý Nga"
offline() { (cd /; env -u CHAMTHI_DB "$CHAMTHI" --lang vi certificate verify "$1" --key "$WORK/key.txt"); }
has "their signature is checked with no server" "$(offline "$(cat qr.txt)")" "CHỮ KÝ ĐÚNG"
has "out of a file too" "$(offline "$WORK/qr.txt")" "Giải Nhì"
has "and out of the PDF" "$(offline "$WORK/each/2024-GCN-002.pdf")" "2024/GCN-002"
is "another name and it does not hold" "$(status offline "$(sed 's/Thuý/Thúy/' qr.txt)")" 1
has "and that is said" "$(offline "$(sed 's/Thuý/Thúy/' qr.txt)")" "KHÔNG XÁC MINH ĐƯỢC"
chamthi certificate key --page page.html
by_page() { # what the page's own script says
  cat >by-page.mjs <<'JS'
import { readFileSync } from 'node:fs'
import { webcrypto } from 'node:crypto'
globalThis.crypto ??= webcrypto // Node 18 keeps it apart
const script = /<script>([\s\S]*)<\/script>/.exec(readFileSync('page.html', 'utf8'))[1]
process.stdout.write(await new Function(script + '; return check')()(readFileSync(process.argv[2], 'utf8')))
JS
  node --no-warnings by-page.mjs "$1"
}
has "a page does the same in a browser" "$(by_page qr.txt)" "Phạm Thuý Nga"
sed 's/Nhì/Nhất/' qr.txt >bent.txt
is "and knows a changed word" "$(by_page bent.txt)" ""
chamthi --db other.db contest load "$ROOT/fixtures/contests/2024.yaml" >/dev/null
is "another committee's register does not know it" "$(status chamthi --db other.db certificate verify "$(cat qr.txt)")" 1
is "with the register, the QR's text tells the state" "$(chamthi certificate verify "$(cat qr.txt)" --format json | jq -r '.[0].state')" issued
is "printing again is counted" "$(chamthi certificate print 2024/GCN-002 --contest 2024 --each again >/dev/null; chamthi certificate list --format json | jq -r '.[1].printings')" 2
has "and stands in the audit as a reprint" "$(chamthi audit list --last 3)" "certificate.reprint"

# ---- corrections, holds, revocations ----
is "nobody's certificate is replaced by a nameless one" "$(status chamthi certificate reissue 2024/GCN-002 --name ' ' --reason x)" 2
ok "a wrong name is corrected under a new serial" \
  chamthi certificate reissue 2024/GCN-002 --name 'Phạm Thúy Nga' --reason 'giấy tờ ghi Thúy'
is "the old sheet says what replaced it" \
  "$(chamthi certificate verify each/2024-GCN-002.pdf --format json | jq -r '.[0]|.state+" "+.replaced_by')" "replaced 2024/GCN-006"
is "and no longer verifies" "$(status chamthi certificate verify each/2024-GCN-002.pdf)" 1
id=$(chamthi award list --contest 2024 --format json | jq '.[]|select(.receipt=="2024-00009")|.id')
ok "a complaint holds an award" chamthi award hold "$id" --reason 'đơn phản ánh'
is "its certificate shows it" "$(chamthi certificate list --format json | jq -r '.[]|select(.name=="Lý An")|.state')" held
ok "the hold ends" chamthi award release "$id" --reason 'xác minh xong'
is "and the certificate is valid again" "$(chamthi certificate list --format json | jq -r '.[]|select(.name=="Lý An")|.state')" issued
ok "a false declaration costs the award" chamthi award revoke "$id" --reason 'khai báo sai'
ok "the money is noted when it comes back" chamthi award revoke "$id" --reason 'khai báo sai' --money 'đã nộp lại 5.000.000 đ ngày 1/10/2024'
is "beside the award" "$(chamthi award list --contest 2024 --format json | jq -r ".[]|select(.id==$id)|.money")" 'đã nộp lại 5.000.000 đ ngày 1/10/2024'
is "with its certificate" "$(chamthi certificate list --format json | jq -r '.[]|select(.name=="Lý An")|.state')" revoked
is "the next ranking gives the revoked entry nothing" "$(outcome 2024-00009)" "skipped "
is "numbers are never reused" "$(chamthi certificate list --format json | jq -r '.[-1].serial')" 2024/GCN-006
has "every step stands in the audit" "$(chamthi audit list --last 30)" "award.revoke"
lacks "without a name in it" "$(sqlite3 chamthi.db 'SELECT object, before, after FROM audit')" "Nga"
# ---- collectives and subjects: their own papers, their own registers ----
chamthi unit load "$ROOT/fixtures/units.csv" >/dev/null
sqlite3 chamthi.db "INSERT INTO subject(entry_id,name,name_fold,unit) VALUES(2,'Đỗ Thị Điệp','do thi diep','xã Văn Đức')"
ok "a unit is proposed for a Bằng khen" chamthi award commend --contest 2024 --unit "$(chamthi unit list --format csv | sed -n '2s/,.*//p')" --prize 'Bằng khen'
ok "the subject of an entry for a Giấy khen" chamthi award commend --subject 2024-00002 --prize 'Giấy khen' --honorific Bà --achievement 'Đã cứu hai em nhỏ khỏi đám cháy'
is "not twice" "$(status chamthi award commend --subject 2024-00002 --prize 'Giấy khen')" 2
is "nobody is proposed without a name" "$(status chamthi award commend --contest 2024 --prize 'Giấy khen')" 2
collective=$(chamthi award list --contest 2024 --format json | jq '.[]|select(.kind=="collective")|.id')
subject=$(chamthi award list --contest 2024 --format json | jq '.[]|select(.kind=="subject")|.id')
city='Chủ tịch Ủy ban nhân dân thành phố Hà Nội'
is "a district's authority is none of the city" "$(status chamthi award decide "$collective" --contest 2024 --decision 9/QĐ-UBND --date 20/9/2024 --authority 'Ủy ban nhân dân quận Ba Đình' --signatory 'Chủ tịch')" 2
ok "the city decides" chamthi award decide "$collective" --contest 2024 --decision 9/QĐ-UBND --date 20/9/2024 --level city --authority "$city" --signatory 'Chủ tịch' --signed-by 'Trần Văn Ký'
is "one decision has one signatory" "$(status chamthi award decide "$subject" --contest 2024 --decision 9/QĐ-UBND --date 20/9/2024 --authority "$city" --signatory 'Phó Chủ tịch')" 2
ok "the district decides" chamthi award decide "$subject" --contest 2024 --decision 31/QĐ-UBND --date 25/9/2024 --level district --authority 'Chủ tịch Ủy ban nhân dân huyện Gia Lâm' --signatory 'Chủ tịch'
chamthi certificate issue --contest 2024 --exclude "$subject" --seed "$seed" >left.txt
has "one may be left out by its number" "$(cat left.txt)" "cấp mới 1 giấy chứng nhận"
chamthi certificate issue --contest 2024 --paper a3 --seed "$seed" >/dev/null
is "each kind has its own register" "$(chamthi certificate list --format json | jq -r '[.[]|select(.kind!="GCN").serial]|join(" ")')" "2024/BK-001 2024/GK-001"
chamthi certificate print 2024/BK-001 2024/GK-001 --contest 2024 -o khen.pdf --each khen >/dev/null
has "the Bằng khen names who gives it" "$(pdftotext -layout khen/2024-BK-001.pdf - | tr -s ' \n' ' ')" "CHỦ TỊCH ỦY BAN NHÂN DÂN THÀNH PHỐ HÀ NỘI TẶNG BẰNG KHEN"
has "and who signs it" "$(pdftotext khen/2024-BK-001.pdf -)" "Trần Văn Ký"
has "the Giấy khen says whom" "$(pdftotext khen/2024-GK-001.pdf - | tr '\n' ' ')" "Bà Đỗ Thị Điệp"
has "and what for" "$(pdftotext khen/2024-GK-001.pdf - | tr '\n' ' ')" "Đã cứu hai em nhỏ khỏi đám cháy"
lacks "and says it once" "$(pdftotext khen/2024-GK-001.pdf - | tr '\n' ' ')" "được phát hiện qua"
has "in the size it was issued in" "$(pdfinfo khen/2024-GK-001.pdf)" "1190.55 x 841.89"

# ---- lists of Excel ----
printf 'họ tên,đơn vị,tên bài,giải,quyết định,ngày quyết định\nNguye\xcc\x82\xcc\x83n Ba\xcc\x89o,Trường A,Bài cũ,Giải Nhất,1/QĐ,2016-09-10\n' >old.csv
chamthi contest load "$ROOT/fixtures/contests/2016.yaml" >/dev/null
ok "a list of 2016" chamthi award load old.csv --contest 2016
is "with loose marks is kept in whole letters" "$(chamthi award list --contest 2016 --format json | jq -r '.[0].recipient')" "Nguyễn Bảo"
mkdir -p book/xl/_rels book/xl/worksheets
echo '<workbook xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Giải" sheetId="1" r:id="rId1"/></sheets></workbook>' >book/xl/workbook.xml
echo '<Relationships><Relationship Id="rId1" Target="worksheets/sheet1.xml"/></Relationships>' >book/xl/_rels/workbook.xml.rels
row() { printf '<row>'; for cell; do printf '<c t="inlineStr"><is><t>%s</t></is></c>' "$cell"; done; printf '</row>'; }
{ printf '<worksheet><sheetData>'; row 'Họ và tên' 'Giải' 'Số quyết định' 'Ngày quyết định' 'Cấp khen thưởng' 'Cơ quan khen thưởng' 'Chức danh người ký'
  row 'Trần Thị Thuý' 'Bằng khen' '2/QĐ-UBND' '11/9/2016' 'Thành phố' 'Chủ tịch Ủy ban nhân dân thành phố Hà Nội' 'Chủ tịch'
  printf '</sheetData></worksheet>'; } >book/xl/worksheets/sheet1.xml
(cd book && zip -q ../old.xlsx -r .)
has "an honour for years to come is refused" "$(printf 'họ tên,giải,từ năm\nHà An,Giấy khen,2031\n' >next.csv; chamthi award load next.csv --contest 2016 2>&1)" "next.csv, dòng 2: cột từ năm"
ok "a list of Excel" chamthi award load old.xlsx --contest 2016
is "with its level and signatory" "$(chamthi award list --contest 2016 --format json | jq -r '.[]|select(.prize=="Bằng khen")|.level+" "+.signatory')" "city Chủ tịch"
is "twice is once" "$(chamthi award load old.xlsx --contest 2016 | grep -o 'nạp thêm [0-9]*')" "nạp thêm 0"

chamthi certificate issue --contest 2016 >/dev/null
chamthi certificate reissue 2016/GCN-001 --name 'Nguyễn Bão' --reason 'giấy tờ ghi Bão' >/dev/null
has "a name put right on its certificate is no second award when the list comes again" "$(chamthi award load old.csv --contest 2016)" "nạp thêm 0"

ok "the audit chain holds" chamthi audit verify
ok "and so does every invariant" chamthi doctor
sqlite3 chamthi.db "VACUUM INTO 'bent.db'"
sqlite3 bent.db "UPDATE award SET since = 2031 WHERE award_id = (SELECT min(award_id) FROM award)"
sqlite3 bent.db "UPDATE certificate SET serial = '2024/GCN-1000' WHERE serial = '2024/GCN-001'"
is "the thousandth certificate comes after the others" "$(chamthi --db bent.db certificate list --format json | jq -r '[.[]|select(.kind=="GCN" and .contest==2024).serial][-1]')" 2024/GCN-1000
has "an honour that ends before it begins is found" "$(chamthi --db bent.db doctor 2>&1 | grep '1 .*khen thưởng nhiều năm')" "khen thưởng"

# ---- two offices with the same data and seed ----
cp -r each before
sqlite3 chamthi.db "DELETE FROM certificate_print; DELETE FROM certificate; DELETE FROM register; DELETE FROM award WHERE kind<>'entry'; UPDATE award SET recipient='Phạm Thuý Nga' WHERE recipient='Phạm Thúy Nga'; UPDATE award SET state='decided' WHERE state='revoked'"
chamthi certificate issue --contest 2024 --seed "$seed" >/dev/null
chamthi certificate print --contest 2024 -o again.pdf --each again >/dev/null
ok "the same data and seed give the same bytes" cmp again/2024-GCN-003.pdf before/2024-GCN-003.pdf
ok "in the file of all pages too" cmp again.pdf all.pdf
done_testing
