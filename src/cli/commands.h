/* The commands: X(words, function, flags, usage, help in Vietnamese, in English, example). Included
 * with different X. Add a row in its room's group. */
/* clang-format off */
/* ---- contest and people ---- */
X("contest example", cmd_contest_example, FILE_MODE, "",
  "in một định nghĩa cuộc thi đầy đủ, có chú thích", "print a complete, commented contest definition",
  "chamthi contest example >2026.yaml")
X("contest load", cmd_contest_load, MAKES_DB, "FILE…",
  "tạo hoặc cập nhật cuộc thi từ tệp YAML", "create or update contests from YAML files",
  "chamthi contest load fixtures/contests/*.yaml")
X("contest list", cmd_contest_list, NEEDS_DB, "",
  "các cuộc thi đã nạp", "the contests that are loaded", "chamthi contest list")
X("contest show", cmd_contest_show, NEEDS_DB, "YEAR",
  "thể lệ, vòng chấm, giải của một năm, kèm nguồn của từng số liệu",
  "a year's rules, rounds and prizes, each figure with its source", "chamthi contest show 2024")
X("unit load", cmd_unit_load, MAKES_DB, "FILE.csv",
  "nạp danh sách đơn vị có thời gian hiệu lực\n  Các cột: mã, loại, tên, tên đầy đủ, mã cấp trên, từ ngày, đến ngày",
  "load units with validity dates\n  Columns: code, kind, name, full_name, parent_code, valid_from, valid_to",
  "chamthi unit load fixtures/units.csv")
X("unit list", cmd_unit_list, NEEDS_DB, "[--year YEAR] [--search TEXT]",
  "các đơn vị của một năm", "the units of a year", "chamthi unit list --search \"tây hồ\"")
X("judge load", cmd_judge_load, NEEDS_DB, "FILE.csv",
  "nạp danh sách giám khảo\n  Các cột: mã giám khảo, họ tên, năm sinh, đơn vị, thể loại, nhiều nhất (số bài), số từ nhiều nhất, tiểu ban, tránh chấm (đơn vị, số tiếp nhận, hoặc giám khảo không chấm chung; cách nhau bằng dấu ;), cuộc thi",
  "load judges\n  Columns: judge, name, birth_year, unit, tracks, cap (most entries), word_cap (most words), panel, conflicts (units, receipts, or judges never to be beside; ';' between), contests",
  "chamthi judge load fixtures/judges.csv")
X("judge list", cmd_judge_list, NEEDS_DB, "[--contest YEAR]",
  "giám khảo của một cuộc thi", "the judges of a contest", "chamthi judge list --contest 2024")

/* ---- intake ---- */
X("import", cmd_import, NEEDS_DB,
  "[PATH] [--contest YEAR] [--manifest FILE] [--unit CODE] [--retry] [--dry-run]",
  "nhận bài từ thư mục, tệp .zip hoặc một tệp, kèm danh sách; --retry: thử lại những gì đang chờ",
  "take in a folder, .zip or file with its list; --retry: try again what waits in the quarantine",
  "chamthi import fixtures/entries/2024 --contest 2024")
X("quarantine list", cmd_quarantine_list, NEEDS_DB, "[--contest YEAR]",
  "những dòng và tệp chưa nhận được, vì sao và cần làm gì", "rows and files that wait, why, and what to do",
  "chamthi quarantine list --contest 2024")
X("quarantine original", cmd_quarantine_original, NEEDS_DB, "ID -o FILE",
  "lấy lại một tệp đang chờ, đúng như đã nhận", "get a waiting file back as it was received",
  "chamthi quarantine original 3 -o xem.docx")
X("match list", cmd_match_list, NEEDS_DB, "[--contest YEAR]",
  "những tệp có thể là của một dòng trong danh sách, chờ người quyết định",
  "files that may belong to a row, for a person to decide", "chamthi match list --contest 2024")
X("match accept", cmd_match_accept, NEEDS_DB, "ID",
  "đúng là tệp của bài ấy: nhận bài", "it is the entry's file: take the entry in",
  "chamthi match accept 3")
X("match reject", cmd_match_reject, NEEDS_DB, "ID",
  "không phải tệp của bài ấy: không đề xuất nữa", "it is not; do not propose it again",
  "chamthi match reject 3")
X("entry add", cmd_entry_add, NEEDS_DB,
  "--title TEXT --author NAMES [--file FILE] [--contest YEAR] [--unit CODE] [--track KEY]"
  " [--birth-year YEAR] [--address TEXT] [--phone TEXT] [--email TEXT] [--author-unit TEXT]"
  " [--subject TEXT] [--received DATE] [--published DATE] [--publisher TEXT] [--url URL]"
  " [--words N] [--duration MM:SS] [--dry-run]",
  "nhận một bài không có trong danh sách nào (bài viết tay: không có --file, ghi --words)",
  "take in one entry by hand (on paper: no --file, but --words)",
  "chamthi entry add --title \"Chùm chìa khóa\" --author \"Trần Quang Vịnh\" --words 1450")
X("entry list", cmd_entry_list, NEEDS_DB, "[--contest YEAR] [--search TEXT]",
  "các bài đã nhận; tìm theo tên, điện thoại, tên bài", "the entries; search by name, phone, title",
  "chamthi entry list --search \"tran quang vinh\"")
X("entry show", cmd_entry_show, NEEDS_DB, "RECEIPT",
  "mọi điều đã ghi về một bài", "all that is recorded of one entry", "chamthi entry show 2024-00017")
X("entry text", cmd_entry_text, NEEDS_DB, "RECEIPT [--form display|redacted|key|suggested]",
  "in văn bản của một bài", "print the text of one entry", "chamthi entry text 2024-00017")
X("entry original", cmd_entry_original, NEEDS_DB, "RECEIPT -o FILE [--version N]",
  "lấy lại tệp gốc đúng như đã nhận", "get the original file back as it was received",
  "chamthi entry original 2024-00017 -o bai.docx")
X("entry suggest-text", cmd_entry_suggest_text, NEEDS_DB, "[RECEIPT] [--contest YEAR]",
  "máy đọc chữ trong ảnh chụp, bản quét; chỉ là gợi ý, cần người xác nhận",
  "read pictures and scans by machine: suggestions for a person to confirm",
  "chamthi entry suggest-text --contest 2024")
X("entry confirm-text", cmd_entry_confirm_text, NEEDS_DB, "RECEIPT [--from FILE]",
  "xác nhận văn bản máy gợi ý, hoặc đưa bản đã sửa, đã gõ lại", "confirm the suggested text, or give the corrected one",
  "chamthi entry confirm-text 2024-00017 --from bai-da-sua.txt")
X("entry traces", cmd_entry_traces, NEEDS_DB, "RECEIPT",
  "điều các tệp của bài để lộ về người làm ra: thuộc tính, ghi chú, đường dẫn, máy ảnh",
  "what the files of an entry say of their makers: properties, comments, paths, cameras",
  "chamthi entry traces 2024-00017")
X("person find", cmd_person_find, NEEDS_DB, "[--contest YEAR]",
  "tìm tác giả có thể đã gửi bài trước đây: trùng tên và năm sinh, điện thoại hoặc đơn vị",
  "find authors of earlier entries too: the name and a year of birth, telephone or unit are the same",
  "chamthi person find --contest 2024")
X("person list", cmd_person_list, NEEDS_DB, "[--contest YEAR] [--status proposed|accepted|rejected]",
  "các cặp tác giả có thể là một người", "pairs of authors who may be one person",
  "chamthi person list --status accepted")
X("person accept", cmd_person_accept, NEEDS_DB, "ID…",
  "đúng là một người", "they are one person", "chamthi person accept 4")
X("person reject", cmd_person_reject, NEEDS_DB, "ID…",
  "là hai người khác nhau", "they are two persons", "chamthi person reject 5")

/* ---- check ---- */
X("check", cmd_check, NEEDS_DB, "[--contest YEAR]",
  "kiểm tra các bài theo thể lệ của năm", "check the entries against the year's rules",
  "chamthi check --contest 2024")
X("check explain", cmd_check_explain, NEEDS_DB, "RULE RECEIPT",
  "vì sao một quy tắc báo, hoặc không báo, một bài (all: mọi quy tắc)",
  "why a rule reports an entry, or does not (all: every rule)",
  "chamthi check explain length 2024-00017")
X("finding list", cmd_finding_list, NEEDS_DB, "[--contest YEAR] [--status open|accepted|dismissed]",
  "các phát hiện vi phạm và kết luận", "the findings and what was decided about them",
  "chamthi finding list --contest 2024 --status open")
X("finding rule", cmd_finding_rule, NEEDS_DB, "ID VERDICT --reason TEXT",
  "kết luận một phát hiện: accept (đúng vi phạm) hoặc dismiss (bỏ qua)",
  "rule on a finding: accept or dismiss",
  "chamthi finding rule 12 dismiss --reason \"tác giả đã bổ sung số điện thoại\"")

/* ---- subjects ---- */
X("subject list", cmd_subject_list, NEEDS_DB, "[--contest YEAR] [--search TEXT]",
  "sổ nhân vật: mỗi người, mỗi tập thể một dòng, với các bài và khen thưởng mọi năm",
  "the register of subjects: one row each, with its entries and commendations of all years",
  "chamthi subject list --contest 2024")
X("subject show", cmd_subject_show, NEEDS_DB, "RECEIPT",
  "nhân vật của một bài và mọi bài viết về nhân vật ấy", "an entry's subject and all entries about it",
  "chamthi subject show 2024-00003")
X("subject propose", cmd_subject_propose, NEEDS_DB, "[--contest YEAR] [--level LEVEL]",
  "danh sách đề nghị khen thưởng nhân vật, theo cấp có thẩm quyền (unit, city)",
  "subjects to propose for commendation, by the level that has the authority (unit, city)",
  "chamthi subject propose --contest 2024 --level unit --format csv")
X("subject commend", cmd_subject_commend, NEEDS_DB,
  "RECEIPT --form TEXT [--authority TEXT] [--decision NO] [--date D]",
  "ghi đề nghị khen nhân vật của một bài, hoặc quyết định đã khen",
  "record a proposal to commend an entry's subject, or the decision",
  "chamthi subject commend 2024-00003 --form \"Giấy khen\" --decision 88/QĐ-UBND --date 20/9/2024")

/* ---- similarity ---- */
X("similar", cmd_similar, NEEDS_DB, "[--contest YEAR] [--threads N]",
  "tìm đoạn giống nhau cần xem xét trong năm và với mọi năm trước",
  "find similar passages of the year's entries, with each other and all earlier years",
  "chamthi similar --contest 2024")
X("similar list", cmd_similar_list, NEEDS_DB, "[--contest YEAR] [--status open|accepted|dismissed] [--paraphrase]",
  "các cặp bài có đoạn giống nhau và kết luận", "the pairs that share passages and what was decided",
  "chamthi similar list --contest 2024 --status open")
X("similar cases", cmd_similar_cases, NEEDS_DB, "[--contest YEAR]",
  "gom các cặp dính với nhau thành từng vụ: ba mươi bản chép là một vụ",
  "the pairs gathered into cases: thirty copies are one case", "chamthi similar cases --contest 2024")
X("similar show", cmd_similar_show, NEEDS_DB, "A B",
  "hai bài cạnh nhau: các đoạn giống nhau", "the shared passages of two entries side by side",
  "chamthi similar show 2024-00009 2024-00021")
X("similar rule", cmd_similar_rule, NEEDS_DB, "A B VERDICT --reason TEXT",
  "kết luận một cặp: accept (xác nhận) hoặc dismiss (bỏ qua); B là all: mọi cặp còn mở của vụ A",
  "rule on a pair: accept or dismiss; B all: every open pair of case A",
  "chamthi similar rule 2024-00009 2024-00021 accept --reason \"chép nguyên bài\"")
X("similar mass", cmd_similar_mass, NEEDS_DB, "[--contest YEAR]",
  "đoạn văn có ở rất nhiều bài nên không tính là giống nhau: có ở đâu, bài nào có trước",
  "text of so many entries that it is not counted: where it is, who had it first",
  "chamthi similar mass --contest 2024")
X("similar load", cmd_similar_load, NEEDS_DB, "FILE… --as KIND [--year YEAR]",
  "nạp văn bản để so (compare: bài được giải, sách) hoặc không tính (library: thể lệ, đề bài, lời trích)",
  "load texts to compare with (compare) or that do not count (library)",
  "chamthi similar load bai-dat-giai-1999.docx --as compare --year 1999")
X("similar texts", cmd_similar_texts, NEEDS_DB, "",
  "các văn bản đã nạp thêm", "the texts that were loaded", "chamthi similar texts")
X("similar unload", cmd_similar_unload, NEEDS_DB, "ID",
  "bỏ một văn bản đã nạp", "take a loaded text out", "chamthi similar unload R3")
X("similar scan", cmd_similar_scan, FILE_MODE, "DIR… [--against DIR]… [--library DIR]… [--threads N]",
  "tìm đoạn giống nhau cần xem xét giữa các tệp .txt trong thư mục",
  "find similar passages to review among the .txt files of folders",
  "chamthi similar scan bai-2024 --against bai-2023 --format json")

/* ---- anonymity ---- */
X("redact", cmd_redact, NEEDS_DB, "[--contest YEAR]",
  "tìm chỗ trong bài làm lộ tác giả, đề xuất che", "propose to hide what names the author in the texts",
  "chamthi redact --contest 2024")
X("redact list", cmd_redact_list, NEEDS_DB,
  "[--contest YEAR] [--entry RECEIPT] [--status proposed|accepted|rejected]",
  "các chỗ đề xuất che và quyết định", "the proposed places and what was decided",
  "chamthi redact list --entry 2024-00006")
X("redact accept", cmd_redact_accept, NEEDS_DB, "[ID…] [--all] [--contest YEAR]",
  "đồng ý che", "hide the places", "chamthi redact accept 3 4 7")
X("redact reject", cmd_redact_reject, NEEDS_DB, "[ID…] [--all] [--contest YEAR]",
  "không che, để nguyên", "leave the places as they are", "chamthi redact reject 5")
X("redact add", cmd_redact_add, NEEDS_DB, "RECEIPT TEXT",
  "che thêm mọi chỗ viết đúng như vậy trong một bài", "hide every place where exactly this stands",
  "chamthi redact add 2024-00008 \"con gái bà Nụ\"")
X("redact pages", cmd_redact_pages, NEEDS_DB, "RECEIPT [PICTURE…]",
  "bài viết tay: ảnh các trang đã che tên, để giám khảo đọc", "a handwritten entry: pictures of its pages, names covered, for judges to read",
  "chamthi redact pages 2024-00012 trang-1.jpg trang-2.jpg")
X("redact review", cmd_redact_review, NEEDS_DB, "[RECEIPT…] [--all] [--skip] [--contest YEAR]",
  "ghi nhận đã soát việc che tên (hoặc bỏ qua)", "record that the redaction was reviewed, or skipped",
  "chamthi redact review --all --contest 2024")
X("phach give", cmd_phach_give, NEEDS_DB, "[--contest YEAR] --round KEY [--seed HEX]",
  "cấp mã phách ngẫu nhiên cho các bài vào vòng chấm", "give random codes to the entries of a round",
  "chamthi phach give --contest 2024 --round so-khao")
X("phach join", cmd_phach_join, NEEDS_DB, "[--contest YEAR] --round KEY",
  "ghép phách sau khi đóng vòng (ghi vào nhật ký)", "join codes and entries after the round (audited)",
  "chamthi phach join --contest 2024 --round so-khao")

/* ---- assign ---- */
X("assign deal", cmd_assign_deal, FILE_MODE,
  "--entries FILE.csv --judges FILE.csv --per-entry N [--cap q] [--seed HEX] [--same-unit never|avoid]",
  "chia bài cho giám khảo từ hai tệp CSV, kèm chứng minh\n  Cột của bài: entry, track, unit, author_units, subject_unit, language, conflicts, readings (số lượt, hoặc all: bài neo), words\n  Cột của giám khảo: judge, unit, tracks, languages, cap, conflicts, word_cap, panel",
  "deal entries to judges from two CSV files, with a proof\n  Columns of entries: entry, track, unit, author_units, subject_unit, language, conflicts, readings (a number, or all: an anchor), words\n  Columns of judges: judge, unit, tracks, languages, cap, conflicts, word_cap, panel",
  "chamthi assign deal --entries bai.csv --judges giam-khao.csv --per-entry 3 --seed 2024")
X("assign options", cmd_assign_options, NEEDS_DB,
  "--round KEY [--contest YEAR] [--per-entry N] [--anchors LIST] [--same-unit never|avoid]",
  "bảng cân nhắc tỷ lệ tối đa cho một giám khảo (--cap), trước khi rút thăm",
  "what each largest share for one judge (--cap) costs and gains, before the draw",
  "chamthi assign options --contest 2024 --round so-khao")
X("assign announce", cmd_assign_announce, NEEDS_DB,
  "--round KEY [--contest YEAR] --public-name TEXT [--per-entry N] [--cap q] [--anchors LIST] [--same-unit never|avoid]",
  "thông báo trước một lần rút thăm công khai: các mã băm để niêm yết", "announce a public draw: the hashes to post",
  "chamthi assign announce --round so-khao --public-name \"Giải đặc biệt xổ số miền Bắc ngày 30/9/2024\"")
X("assign plan", cmd_assign_plan, NEEDS_DB,
  "--round KEY [--contest YEAR] [--per-entry N] [--cap q] [--seed HEX] [--anchors LIST] [--same-unit never|avoid] [--public-value TEXT]",
  "rút thăm phân công một vòng, chưa giao bài; bài neo (--anchors) mọi giám khảo cùng chấm",
  "draw a round's assignment; nothing is given out yet; anchors are read by everybody",
  "chamthi assign plan --contest 2024 --round so-khao --anchors \"2024-00003;2024-00008\"")
X("assign publish", cmd_assign_publish, NEEDS_DB, "--round KEY [--contest YEAR] [--draw N]",
  "công bố bản phân công: lập phiếu chấm, in danh sách giám khảo – bài", "publish the draw: makes the sheets, prints judge by entry",
  "chamthi assign publish --contest 2024 --round so-khao")
X("assign repair", cmd_assign_repair, NEEDS_DB, "--round KEY [--contest YEAR] [--drop JUDGE] [--seed HEX]",
  "chia lại đúng những phiếu đang thiếu người chấm", "give out again exactly the readings that are missing",
  "chamthi assign repair --contest 2024 --round so-khao --drop GK07")
X("assign print", cmd_assign_print, NEEDS_DB, "[--contest YEAR] [--round KEY] [--judge CODE] -o FILE.pdf",
  "danh sách bài theo túi cho từng giám khảo", "each judge's entries, parcel by parcel",
  "chamthi assign print --contest 2024 --round so-khao -o danh-sach-giam-khao.pdf")
X("assign extra", cmd_assign_extra, NEEDS_DB, "PHACH… --round KEY [--contest YEAR] [--more N] [--seed HEX]",
  "thêm lượt chấm độc lập cho một số bài, chọn giám khảo chưa đọc và ít bài nhất",
  "further independent readings for some entries, by the least loaded judges who have not read them",
  "chamthi assign extra --contest 2024 --round so-khao 24V5-Q055-SBQH-8EAY-GEMN")
X("assign recuse", cmd_assign_recuse, NEEDS_DB,
  "PHACH --round KEY [--contest YEAR] --judge CODE --reason WORD [--note TEXT]",
  "ghi nhận giám khảo xin không chấm một bài: author, relation hoặc other",
  "record that a judge gives one entry back: author, relation or other",
  "chamthi assign recuse 24V5-Q055-SBQH-8EAY-GEMN --round so-khao --judge GK07 --reason author")
X("assign record", cmd_assign_record, NEEDS_DB, "--round KEY [--contest YEAR] [--reveal] [-o FILE]",
  "biên bản rút thăm để công bố; --reveal: kèm số bí mật và bản phân công, khi vòng đã đóng",
  "the record of the draws to publish; --reveal: with secrets and plans, once the round is closed",
  "chamthi assign record --contest 2024 --round so-khao --reveal -o bien-ban-rut-tham.txt")
X("assign verify", cmd_assign_verify, NEEDS_DB | FILE_MODE, "[RECORD] [--round KEY] [--contest YEAR] [--draw N]",
  "rút lại từ hạt giống đã ghi, hoặc từ một biên bản đã công bố, và đối chiếu tất cả",
  "draw again from the recorded seed, or from a published record, and compare everything",
  "chamthi assign verify --contest 2024 --round so-khao")
X("assign list", cmd_assign_list, NEEDS_DB, "--round KEY [--contest YEAR] [--judge CODE] [--draws] [--conflicts]",
  "giám khảo nào chấm bài nào; --draws: các lần rút thăm; --conflicts: ai xin không chấm bài nào",
  "who reads what; --draws: the draws of the round; --conflicts: who gave which entry back",
  "chamthi assign list --contest 2024 --round so-khao --judge GK01")

/* ---- score ---- */
X("sheet export", cmd_sheet_export, NEEDS_DB, "--round KEY [--contest YEAR] [--judge CODE] [-o FILE]",
  "phiếu chấm của một vòng ra tệp CSV, để trống hoặc đã có điểm", "a round's score sheets as CSV, blank or with their marks",
  "chamthi sheet export --round so-khao -o phieu-so-khao.csv")
X("sheet enter", cmd_sheet_enter, NEEDS_DB, "FILE [--second-keying] [--by NAME]",
  "nhập điểm từ phiếu giấy; người thứ hai nhập lại để đối chiếu", "enter marks from paper; a second person keys them again to compare",
  "chamthi sheet enter phieu-so-khao.csv")
X("sheet list", cmd_sheet_list, NEEDS_DB, "--round KEY [--contest YEAR]",
  "phiếu nào đã nộp, phiếu nào còn thiếu", "which sheets are in, which are not",
  "chamthi sheet list --round so-khao")
X("sheet doubts", cmd_sheet_doubts, NEEDS_DB, "[--contest YEAR]",
  "những bài giám khảo báo nghi sao chép", "essays that judges think are copied", "chamthi sheet doubts --contest 2024")
X("sheet history", cmd_sheet_history, NEEDS_DB, "PHACH --judge CODE",
  "mọi bản của một phiếu chấm: ai ghi, khi nào, điểm nào, vì sao trả lại", "every version of a sheet: who, when, which marks, why returned",
  "chamthi sheet history 24V5-Q055-SBQH-8EAY-GEMN --judge GK07")
X("sheet return", cmd_sheet_return, NEEDS_DB, "PHACH --judge CODE --reason TEXT",
  "trả một phiếu đã nộp cho giám khảo xem lại; chỉ giám khảo được sửa điểm", "hand a submitted sheet back; only its judge may change a mark",
  "chamthi sheet return 24V5-Q055-SBQH-8EAY-GEMN --judge GK07 --reason \"Nhận xét và điểm không khớp\"")
X("sheet reconcile", cmd_sheet_reconcile, NEEDS_DB, "--round KEY [--contest YEAR] [--all]",
  "đối chiếu phiếu giấy (hai lần nhập) với cơ sở dữ liệu; --all: cả chỗ khớp", "paper (both keyings) against the database; --all: also what agrees",
  "chamthi sheet reconcile --round so-khao")
X("sheet settle", cmd_sheet_settle, NEEDS_DB,
  "PHACH --judge CODE --criterion KEY --points POINTS --reason TEXT",
  "chọn số đúng khi hai lần nhập khác nhau, sau khi xem lại phiếu giấy", "which of two different keyings is right, by the paper",
  "chamthi sheet settle 24V5-Q055-SBQH-8EAY-GEMN --judge GK07 --criterion the-hien --points 15 --reason \"Phiếu giấy ghi 15\"")
X("sheet amend", cmd_sheet_amend, NEEDS_DB,
  "PHACH --judge CODE --criterion KEY --points POINTS --reason TEXT --round KEY [--contest YEAR] [--apply]",
  "sửa một điểm sau khi đóng vòng: xem trước hạng đổi ra sao, --apply mới ghi; kết quả cũ còn giữ",
  "change a mark after the close: shows what it does to the ranks, --apply does it; old results stay",
  "chamthi sheet amend 24V5-Q055-SBQH-8EAY-GEMN --judge GK07 --criterion the-hien --points 15 --round so-khao --reason \"QĐ 12/HĐGK\"")
X("round checklist", cmd_round_checklist, NEEDS_DB, "--round KEY [--contest YEAR]",
  "những điều phải đạt trước khi đóng vòng chấm", "what must hold before a round is closed",
  "chamthi round checklist --round so-khao")
X("round due", cmd_round_due, NEEDS_DB, "--round KEY --on DAY [--contest YEAR]",
  "báo giám khảo hạn nộp phiếu của một vòng chấm", "tell judges until when the sheets of a round are due",
  "chamthi round due --round so-khao --on 31/5/2024")
X("round close", cmd_round_close, NEEDS_DB, "--round KEY [--contest YEAR] [--reason TEXT]",
  "đóng một vòng chấm: sau đó không điểm nào thay đổi", "close a round: no mark changes after it",
  "chamthi round close --round so-khao")
X("reading due", cmd_reading_due, NEEDS_DB,
  "--round KEY --for PURPOSE [--contest YEAR] [--readings N] [--share PERCENT] [--seed HEX]",
  "bài nào cần chấm thêm: third (giám khảo lệch nhau), line (sát ranh giới giải), check (chấm kiểm tra), calibration (bài chuẩn), link (nối hai nhóm bài)",
  "which entries need further readings: third, line, check, calibration or link",
  "chamthi reading due --round so-khao --for third")
X("reading add", cmd_reading_add, NEEDS_DB,
  "--round KEY --for PURPOSE [--contest YEAR] [--readings N] [--share PERCENT] [--seed HEX]",
  "giao các lượt chấm thêm đó cho giám khảo chưa đọc bài, không biết điểm của nhau",
  "give those readings to judges who have not read the entry and see nobody's points",
  "chamthi reading add --round so-khao --for line --readings 30")
X("reading calibrate", cmd_reading_calibrate, NEEDS_DB,
  "RECEIPT --round KEY --points POINTS [--tolerance POINTS] [--contest YEAR]",
  "ghi điểm chuẩn mà Hội đồng đã thống nhất cho một bài", "the points the panel has agreed on for an entry",
  "chamthi reading calibrate 2024-00017 --round so-khao --points 78,5 --tolerance 5")
X("reading list", cmd_reading_list, NEEDS_DB, "--round KEY [--contest YEAR]",
  "các lượt chấm thêm, và lệch bao nhiêu so với điểm đối chiếu", "the further readings, and how far they are from what they check",
  "chamthi reading list --round so-khao")
X("tie vote", cmd_tie_vote, NEEDS_DB, "RECEIPT=VOTES… --round KEY --reason TEXT [--contest YEAR]",
  "ghi biểu quyết của Hội đồng giữa các bài bằng điểm", "the panel's vote between entries of equal points",
  "chamthi tie vote 2024-00017=4 2024-00018=3 --round chung-khao --reason \"Biên bản họp 12/9\"")
X("tie lot", cmd_tie_lot, NEEDS_DB, "--round KEY --drawn TEXT --reason TEXT [--contest YEAR]",
  "ghi kết quả rút thăm công khai: thứ tự các bài bằng điểm suy ra từ đó", "what was drawn in public: the order of level entries follows from it",
  "chamthi tie lot --round chung-khao --drawn \"07 21 33\" --reason \"Rút thăm trước đại diện các đơn vị\"")
X("rank", cmd_rank, NEEDS_DB, "--round KEY [--contest YEAR] [--method METHOD]",
  "xếp hạng một vòng theo từng thể loại", "rank a round, track by track",
  "chamthi rank --contest 2024 --round so-khao")
X("rank judges", cmd_rank_judges, NEEDS_DB, "--round KEY [--contest YEAR]",
  "từng giám khảo chấm thế nào: nghiêm hay dễ, phiếu lệch, trôi dần, chấm theo ấn tượng, bài đơn vị mình, chép điểm",
  "what each judge did: severity, outliers, drift, halo, own unit, copying",
  "chamthi rank judges --round so-khao")
X("rank stability", cmd_rank_stability, NEEDS_DB, "--round KEY [--contest YEAR]",
  "bỏ từng giám khảo, từng tiêu chí, bỏ hiệu chỉnh: bài đứng đầu có đổi, bài nào qua ranh giới",
  "without each judge, each criterion, the adjustment: who would be first, who would cross the line",
  "chamthi rank stability --round chung-khao")
X("rank history", cmd_rank_history, NEEDS_DB, "--round KEY [--contest YEAR]",
  "mọi lần xếp hạng đã lưu của một vòng, cả trước khi sửa điểm", "every stored ranking of a round, also those before an amendment",
  "chamthi rank history --round chung-khao")
X("rank units", cmd_rank_units, NEEDS_DB, "--round KEY [--contest YEAR]",
  "đơn vị theo số bài và chất lượng bài, để xét khen tập thể", "units by number and quality of entries, for collectives' awards",
  "chamthi rank units --round chung-khao")
X("rank fit", cmd_rank_fit, FILE_MODE, "FILE.csv [--method METHOD] [--prizes N] [--seed HEX]",
  "điểm hiệu chỉnh theo mức chấm của giám khảo, khoảng tin cậy, xác suất giải, hạng (mean, ls, eb, auto)",
  "scores adjusted for severity, intervals, chances and ranks (method mean, ls, eb or auto)",
  "chamthi rank fit diem.csv --prizes 20 --format json")
X("rank agreement", cmd_rank_agreement, FILE_MODE, "FILE.csv",
  "mức nhất trí giữa các giám khảo: ICC, W của Kendall, alpha của Krippendorff",
  "how far judges agree: ICC, Kendall's W, Krippendorff's alpha",
  "chamthi rank agreement diem.csv --format json")

/* ---- award and print ---- */
X("award propose", cmd_award_propose, NEEDS_DB, "[--contest YEAR]",
  "đề xuất giải theo xếp hạng vòng cuối và cơ cấu giải", "propose prizes by the last round's ranking",
  "chamthi award propose --contest 2024")
X("award give", cmd_award_give, NEEDS_DB, "RECEIPT --prize KEY --reason TEXT",
  "đề xuất giải cho một bài (khi bằng điểm, hoặc khác xếp hạng)",
  "propose one entry by hand: at a tie, or against the ranking",
  "chamthi award give 2024-00017 --prize nhat --reason \"BGK biểu quyết 7/7\"")
X("award commend", cmd_award_commend, NEEDS_DB,
  "[--contest YEAR] [--unit CODE] [--subject RECEIPT] [--name TEXT] --prize TEXT"
  " [--achievement TEXT] [--honorific TEXT]",
  "đề xuất khen tập thể tổ chức tốt, hoặc nhân vật được viết",
  "propose a unit that organised well, or the subject of an entry, for a commendation",
  "chamthi award commend --contest 2024 --unit 001 --prize \"Bằng khen\"")
X("award decide", cmd_award_decide, NEEDS_DB,
  "[ID…] [--contest YEAR] --decision NO --date D [--level LEVEL] [--authority TEXT]"
  " [--signatory TITLE] [--signed-by NAME]",
  "ghi quyết định trao giải cho các đề xuất", "put the proposals under a decision",
  "chamthi award decide --contest 2024 --decision 125/QĐ-BTC --date 20/9/2024")
X("award list", cmd_award_list, NEEDS_DB, "[--contest YEAR] [--state proposed|decided|held|revoked]",
  "danh sách giải (mọi năm, hoặc một năm)", "the awards of all years or one",
  "chamthi award list --contest 2024 --state decided")
X("award hold", cmd_award_hold, NEEDS_DB, "ID --reason TEXT",
  "tạm dừng một giải (có đơn thư, đang xác minh)", "hold an award while a complaint is looked into",
  "chamthi award hold 12 --reason \"đơn phản ánh ngày 25/9\"")
X("award release", cmd_award_release, NEEDS_DB, "ID --reason TEXT",
  "cho giải đang tạm dừng có hiệu lực lại", "let a held award stand again",
  "chamthi award release 12 --reason \"xác minh xong, không vi phạm\"")
X("award revoke", cmd_award_revoke, NEEDS_DB, "ID --reason TEXT [--money TEXT]",
  "thu hồi giải cùng giấy chứng nhận; ghi việc thu hồi tiền thưởng",
  "cancel an award with its certificate; note what became of the money",
  "chamthi award revoke 12 --reason \"khai báo sai thành tích\" --money \"đã nộp lại 5.000.000 đ\"")
X("award load", cmd_award_load, NEEDS_DB, "FILE [--contest YEAR]",
  "nạp kết quả của năm chỉ còn danh sách (.csv hoặc .xlsx)",
  "load results of a year of which only a list survives (.csv or .xlsx)",
  "chamthi award load giai-2016.xlsx --contest 2016")
X("certificate issue", cmd_certificate_issue, NEEDS_DB,
  "[--contest YEAR] [--template FILE.yaml] [--paper SIZE] [--exclude LIST] [--public-url URL]"
  " [--seed HEX]",
  "cấp giấy: số vào sổ, mã xác minh, QR có chữ ký, bản PDF lưu",
  "issue certificates: serial, code, signed QR, frozen PDF",
  "chamthi certificate issue --contest 2024")
X("certificate print", cmd_certificate_print, NEEDS_DB,
  "[SERIAL…] [--contest YEAR] [-o FILE.pdf] [--each DIR]"
  " [--list FILE.csv] [--split N] [--overprint] [--right MM] [--down MM] [--crop-marks] [--bleed MM]"
  " [--sheet SIZE]",
  "in giấy: đủ khung, lên phôi in sẵn, hoặc ghép tờ cho nhà in; mỗi người một tệp",
  "print certificates: complete, on pre-printed forms, or on a print shop's sheets; a file each",
  "chamthi certificate print --contest 2024 -o in-phoi.pdf --overprint --right 1,5 --down -0,8")
X("certificate verify", cmd_certificate_verify, 0, "WHAT [--key FILE]",
  "kiểm tra một tệp PDF, một mã, hoặc chữ trong mã QR; --key: không cần cơ sở dữ liệu",
  "check a PDF file, a code or what a QR says; --key: without a database",
  "chamthi certificate verify 2K5V-7NZ4-QZGX-BRSW-KGC2")
X("certificate key", cmd_certificate_key, NEEDS_DB, "[-o FILE] [--page FILE.html]",
  "khóa công khai, và trang tự kiểm tra mã QR trên điện thoại không cần mạng",
  "the public key, and a page that checks QR codes on a phone without a network",
  "chamthi certificate key -o khoa-cong-khai.txt --page kiem-tra.html")
X("certificate revoke", cmd_certificate_revoke, NEEDS_DB, "SERIAL --reason TEXT",
  "thu hồi một giấy chứng nhận (giải vẫn giữ)", "take one certificate back; the award stands",
  "chamthi certificate revoke 2024/GCN-002 --reason \"thất lạc\"")
X("certificate reissue", cmd_certificate_reissue, NEEDS_DB,
  "SERIAL --reason TEXT [--name TEXT] [--public-url URL] [--seed HEX]",
  "cấp đổi: số mới, ghi rõ thay số cũ", "issue a corrected one under a new serial",
  "chamthi certificate reissue 2024/GCN-002 --name \"Trần Thị Thuý\" --reason \"sai tên\"")
X("certificate list", cmd_certificate_list, NEEDS_DB, "[--contest YEAR]",
  "sổ giấy chứng nhận", "the register of certificates", "chamthi certificate list --contest 2024")
X("certificate make", cmd_certificate_make, FILE_MODE,
  "[--template FILE.yaml] [--paper SIZE] --recipients FILE.csv [--exclude LINES] [-o FILE.pdf] [--each DIR]"
  " [--list FILE.csv] [--split N] [--overprint] [--right MM] [--down MM] [--crop-marks] [--bleed MM]"
  " [--sheet SIZE]",
  "in giấy chứng nhận từ bảng người nhận, không cần cơ sở dữ liệu",
  "print certificates from a table of recipients, without a database",
  "chamthi certificate make --recipients nguoi-nhan.csv -o giay-chung-nhan.pdf")
X("certificate template show", cmd_certificate_template_show, FILE_MODE,
  "NAME [--paper SIZE] [-o FILE.yaml]",
  "một mẫu có sẵn (giay-chung-nhan, giay-khen, bang-khen), để sửa thành mẫu riêng",
  "a template built in (giay-chung-nhan, giay-khen, bang-khen), to begin one's own from",
  "chamthi certificate template show bang-khen --paper 400x300 -o bang-khen.yaml")
X("certificate template check", cmd_certificate_template_check, FILE_MODE,
  "TEMPLATE [--paper SIZE]",
  "soát một mẫu: tên dài, tên bài dài, nhóm tác giả, chỗ ký, dấu thanh",
  "look a template over: long names and titles, groups, signature, tone marks",
  "chamthi certificate template check bang-khen.yaml")
X("certificate template preview", cmd_certificate_template_preview, FILE_MODE,
  "TEMPLATE [--paper SIZE] -o FILE.pdf",
  "bản xem thử, từ trường hợp thường đến khó nhất", "sample pages, from the usual to the hardest case",
  "chamthi certificate template preview bang-khen -o xem-thu.pdf")
X("certificate template test-sheet", cmd_certificate_template_test, FILE_MODE,
  "TEMPLATE [--paper SIZE] [--right MM] [--down MM] -o FILE.pdf",
  "tờ thử để căn máy in với phôi in sẵn, tới 0,1 mm",
  "a sheet to align a printer with pre-printed forms, to 0.1 mm",
  "chamthi certificate template test-sheet bang-khen -o to-thu.pdf")
X("report results", cmd_report_results, NEEDS_DB, "[--contest YEAR] -o FILE",
  "danh sách giải của một năm (.pdf hoặc .xlsx)", "the year's winners (.pdf or .xlsx)",
  "chamthi report results --contest 2024 -o ket-qua-2024.pdf")
X("report minutes", cmd_report_minutes, NEEDS_DB, "[--contest YEAR] [--round KEY] -o FILE",
  "biên bản chấm thi của một vòng (.pdf hoặc .xlsx)", "the minutes of a round (.pdf or .xlsx)",
  "chamthi report minutes --contest 2024 --round chung-khao -o bien-ban.pdf")
X("report methods", cmd_report_methods, NEEDS_DB, "[--contest YEAR] -o FILE",
  "thuyết minh cách phân công và tính điểm, từ dữ liệu", "how entries were dealt and marked, from the data",
  "chamthi report methods --contest 2024 -o cach-cham-2024.pdf")
X("report retrospective", cmd_report_retrospective, NEEDS_DB, "[--from YEAR] [--to YEAR] -o FILE",
  "báo cáo tổng kết nhiều năm (.pdf hoặc .xlsx)", "the report over several years (.pdf or .xlsx)",
  "chamthi report retrospective --from 2015 --to 2024 -o tong-ket.pdf")
X("report honours", cmd_report_honours, NEEDS_DB,
  "[--from YEAR] [--to YEAR] [--least-years N] -o FILE",
  "đề nghị khen người và đơn vị gắn bó nhiều năm; điền quyết định rồi nạp lại bằng award load",
  "people and units to be honoured for the years; fill in the decision, then award load",
  "chamthi report honours --from 2015 --to 2024 -o de-nghi-khen.xlsx")
X("report units", cmd_report_units, NEEDS_DB, "[--contest YEAR] -o FILE",
  "tổng hợp theo đơn vị: đã gửi gì, được giải gì, đơn vị nào chưa gửi (.pdf hoặc .xlsx)",
  "what each unit sent and won, and who sent nothing (.pdf or .xlsx)",
  "chamthi report units --contest 2024 -o don-vi-2024.pdf")
X("report ceremony", cmd_report_ceremony, NEEDS_DB, "[--contest YEAR] [--row-seats N] -o FILE",
  "lễ trao giải: thứ tự mời nhận giải, chỗ ngồi theo đơn vị (.pdf hoặc .xlsx)",
  "the ceremony: order of calling, seats by unit (.pdf or .xlsx)",
  "chamthi report ceremony --contest 2024 --row-seats 12 -o le-trao-giai.pdf")
X("report labels", cmd_report_labels, NEEDS_DB,
  "[--contest YEAR] [--for winners|units] [--paper labels|envelopes] -o FILE",
  "nhãn địa chỉ hoặc phong bì cho người đoạt giải hay đơn vị gửi bài (.pdf hoặc .xlsx)",
  "address labels or envelopes for winners or units (.pdf or .xlsx)",
  "chamthi report labels --for units --paper envelopes -o phong-bi.pdf")
X("receipt print", cmd_receipt_print, NEEDS_DB, "[--contest YEAR] [--unit CODE] -o FILE.pdf",
  "giấy biên nhận cho đơn vị gửi bài", "receipts for the units that sent entries",
  "chamthi receipt print --contest 2024 --unit 001 -o bien-nhan.pdf")
X("sheet print", cmd_sheet_print, NEEDS_DB,
  "[--contest YEAR] [--round KEY] [--judge CODE] -o FILE.pdf",
  "phiếu chấm giấy cho từng giám khảo", "paper score sheets for each judge",
  "chamthi sheet print --contest 2024 --round chung-khao -o phieu-cham.pdf")

/* ---- web and accounts ---- */
X("publish rules", cmd_publish_rules, NEEDS_DB, "[--contest YEAR] [--take-back]",
  "công bố thể lệ trên trang web", "put the rules on the public pages", "chamthi publish rules --contest 2026")
X("publish results", cmd_publish_results, NEEDS_DB, "[--contest YEAR] [--take-back]",
  "công bố kết quả, cách chấm và số liệu rút thăm trên trang web",
  "put results, methods and draws on the public pages", "chamthi publish results --contest 2024")
X("serve", cmd_serve, 0, "[--listen ADDRESS:PORT] [--public-url URL] [--access-log FILE]",
  "trang web cho giám khảo và tra cứu giấy chứng nhận", "the web pages of judges and the certificate check",
  "chamthi serve --listen 127.0.0.1:8080")
X("user add", cmd_user_add, NEEDS_DB, "NAME --role ROLE [--judge CODE]",
  "thêm tài khoản; mật khẩu gõ ở bàn phím hoặc đọc từ stdin", "add an account; its password from the terminal or stdin",
  "chamthi user add gk01 --role judge --judge GK01")
X("user code", cmd_user_code, NEEDS_DB, "NAME",
  "cấp mã xác thực và mã dự phòng mới (ban tổ chức cần có để đăng nhập web)",
  "a new second factor and recovery codes (organizers need one to sign in)", "chamthi user code ban-to-chuc")
X("user list", cmd_user_list, NEEDS_DB, "",
  "các tài khoản", "the accounts", "chamthi user list")
X("user disable", cmd_user_disable, NEEDS_DB, "NAME",
  "khóa tài khoản và kết thúc mọi phiên của nó", "close an account and end its sessions",
  "chamthi user disable gk01")
X("user passwd", cmd_user_passwd, NEEDS_DB, "NAME",
  "đổi mật khẩu và kết thúc mọi phiên", "change the password and end the sessions",
  "chamthi user passwd gk01")

/* ---- keeping it safe ---- */
X("backup", cmd_backup, NEEDS_DB, "FILE",
  "sao lưu cơ sở dữ liệu ra một tệp", "copy the database into one file",
  "chamthi backup sao-luu-2024-05-31.db")
X("restore", cmd_restore, 0, "FILE",
  "khôi phục từ bản sao lưu, khi chamthi serve đã dừng (bản đang dùng được giữ lại)", "put a backup in place once chamthi serve is stopped (the present one is kept)",
  "chamthi restore sao-luu-2024-05-31.db")
X("doctor", cmd_doctor, NEEDS_DB, "",
  "kiểm tra mọi điều kiện của dữ liệu và kết luận", "check everything that must hold and say so",
  "chamthi doctor")
X("audit list", cmd_audit_list, NEEDS_DB, "[--last N]",
  "nhật ký: ai làm gì, khi nào", "the audit rows: who did what, when",
  "chamthi audit list --last 20")
X("audit verify", cmd_audit_verify, NEEDS_DB, "",
  "kiểm tra chuỗi nhật ký có bị sửa, xóa, tráo", "find any changed, removed or swapped audit row",
  "chamthi audit verify")

X("erase author", cmd_erase_author, NEEDS_DB, "ID --reason TEXT",
  "xóa thông tin cá nhân của một tác giả theo yêu cầu", "erase an author's personal data on request",
  "chamthi erase author 31 --reason \"đơn ngày 12/3/2026\"")
X("retention", cmd_retention, NEEDS_DB, "[--years N]",
  "dữ liệu cá nhân của cuộc thi nào đã hết hạn giữ (mặc định 10 năm)", "which contests' personal data are due for deletion (10 years unless said)",
  "chamthi retention --years 5")

/* ---- text, file mode ---- */
X("text display", cmd_text_display, FILE_MODE, "[FILE] [--from ENCODING]",
  "văn bản để đọc (D1): Unicode dựng sẵn, chữ của người viết giữ nguyên", "the display text (D1): NFC, nothing corrected",
  "chamthi text display <bai-cu.txt --from tcvn3")
X("text key", cmd_text_key, FILE_MODE, "[FILE] [--from ENCODING]",
  "khóa so khớp từng dòng (K1): không phân biệt hoa thường, kiểu bỏ dấu", "each line's exact key (K1)",
  "chamthi text key <danh-sach.txt")
X("text variant", cmd_text_variant, FILE_MODE, "[FILE] [--from ENCODING]",
  "như text key, coi i và y là một (K2)", "each line's spelling-variant key (K2)",
  "chamthi text variant <danh-sach.txt")
X("text fold", cmd_text_fold, FILE_MODE, "[FILE] [--from ENCODING]",
  "từng dòng không dấu, để tìm kiếm (K3)", "each line without marks, for searching (K3)",
  "chamthi text fold <danh-sach.txt")
X("text inspect", cmd_text_inspect, FILE_MODE, "[FILE…] [--from ENCODING]",
  "bảng mã, số từ, số chữ, tỉ lệ chữ hợp lệ và những chỗ cần xem", "encoding, counts, validity and what to look at",
  "chamthi text inspect --format json bai/*.txt")
X("text sort", cmd_text_sort, FILE_MODE, "[--plain]",
  "xếp các dòng theo tên (tên, họ, đệm); --plain: theo thứ tự đọc", "sort lines by given name; --plain: in reading order",
  "chamthi text sort <ho-ten.txt")

/* ---- help ---- */
X("help", cmd_help, FILE_MODE, "[COMMAND…]",
  "hướng dẫn", "help", "chamthi help import")
X("man", cmd_man, FILE_MODE, "",
  "in trang man", "print the manual page", "chamthi man >chamthi.1")
X("completion", cmd_completion, FILE_MODE, "",
  "in phần hoàn tất lệnh cho bash", "print the completion script for bash",
  "chamthi completion >>~/.bash_completion")
