/* Every invariant of the database, as a list a person can read. */
#include "internal.h"

typedef struct {
    statement q;
    const char *vi, *en;
} rule;

static const rule rules[] = {
    {Q_DOCTOR_ORIGINALS, "tệp gốc đủ số byte như lúc nhận",
     "originals have as many bytes as when they came"},
    {Q_DOCTOR_REFUSED, "dòng đã nhận không còn giữ riêng trong hàng chờ",
     "received rows are kept no longer in the quarantine"},
    {Q_DOCTOR_RECEIPTS, "số tiếp nhận không vượt bộ đếm",
     "receipt numbers stay within their counter"},
    {Q_DOCTOR_ENTRY_AUTHOR, "bài nào cũng có tác giả", "every entry has an author"},
    {Q_DOCTOR_COUNTED, "bài do máy đếm từ thì có văn bản",
     "what was counted by machine has its text"},
    {Q_DOCTOR_BLIND, "mã phách và bài ẩn danh khớp từng đôi",
     "blind codes and blind texts pair up"},
    {Q_DOCTOR_SHEETS, "phiếu chấm đúng theo bản phân công đã công bố",
     "score sheets follow the published draw"},
    {Q_DOCTOR_PARCELS, "mỗi túi bài của giám khảo không quá 20 bài",
     "no judge's parcel holds more than 20 entries"},
    {Q_DOCTOR_MARKS, "điểm nằm trong thang của tiêu chí", "marks lie on their criterion's scale"},
    {Q_DOCTOR_REVISIONS, "phiếu đã nộp đúng với bản mới nhất trong lịch sử phiếu",
     "submitted sheets are the newest version in their history"},
    {Q_DOCTOR_RULINGS, "kết luận về bài giống nhau có người kết luận và lý do",
     "rulings on similar entries have a person and a reason"},
    {Q_DOCTOR_RANKINGS, "kết quả của vòng là lần xếp hạng mới nhất đã lưu",
     "the result of a round is its newest stored ranking"},
    {Q_DOCTOR_CERTIFICATES, "giấy còn hiệu lực thuộc giải đã quyết định",
     "valid certificates belong to decided awards"},
    {Q_DOCTOR_CERTIFICATE_NUMBERS, "số vào sổ liên tục, không trùng, không bỏ sót",
     "certificate numbers run on, none doubled, none skipped"},
    {Q_DOCTOR_DECISIONS, "mỗi quyết định chỉ một cấp, một cơ quan, một người ký",
     "each decision has one level, one authority and one signatory"},
    {Q_DOCTOR_HONOURS, "khen thưởng nhiều năm không gắn với một bài, năm đầu không sau năm cuối",
     "an honour for several years belongs to no entry and begins before it ends"},
};

enum { OWN_CHECKS = 3 };

status store_doctor(store *s, arena *mem, invariant **out, size_t *count, fault *f)
{
    size_t n = sizeof rules / sizeof *rules;
    invariant *list = ARENA_ARRAY(mem, invariant, n + OWN_CHECKS);
    if (!list)
        return fault_memory(f);
    list[0] = (invariant){"tệp SQLite nguyên vẹn", "the SQLite file is sound", 0};
    TRY(store_exec_int(s->db,
                       "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'",
                       &list[0].broken, f));
    list[1] = (invariant){"khóa ngoại khớp", "foreign keys match", 0};
    TRY(store_exec_int(s->db, "SELECT count(*) FROM pragma_foreign_key_check", &list[1].broken, f));
    audit_verdict v;
    TRY(audit_verify(s, &v, f));
    list[2] =
        (invariant){"chuỗi nhật ký kiểm toán liền mạch", "the audit chain is unbroken", !v.intact};
    for (size_t i = 0; i < n; i++) {
        invariant *one = &list[OWN_CHECKS + i];
        *one = (invariant){rules[i].vi, rules[i].en, 0};
        TRY(store_int(s, rules[i].q, NO_ARGS, &one->broken, f));
    }
    *out = list;
    *count = n + OWN_CHECKS;
    return OK;
}
