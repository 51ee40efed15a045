/* Thuyết minh cách chấm: how entries were dealt and marked, told from the rounds' own data. It names
 * judges by their codes and no author at all, so that it can be published. */
#include "document.h"

#include "chamthi/print.h"
#include "chamthi/random.h"
#include "chamthi/score.h"

#include <stdio.h>

enum { ROUNDS_MOST = 12, HASH_SHOWN = 16 };

typedef struct {
    const contest_round *round;
    int64_t entries, sheets, submitted, draws, per_entry;
    char inputs[2 * HASH_SHOWN + 1], outputs[2 * HASH_SHOWN + 1];
    report_table criteria, judges;
    remarks rules; /* of the round, and what came of them */
} round_facts;

typedef struct {
    const contest *contest;
    round_facts rounds[ROUNDS_MOST];
    size_t count;
    date day;
} methods;

static void list_criteria(const contest *c, round_facts *r, arena *mem)
{
    static const report_column columns[] = {{"Tiêu chí", 30, ALIGN_TEXT},
                                            {"Nội dung", 60, ALIGN_TEXT},
                                            {"Điểm cao nhất", 16, ALIGN_NUMBER},
                                            {"Bậc điểm", 12, ALIGN_NUMBER}};
    table_start(&r->criteria, mem, r->round->name, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < r->round->criterion_count; i++) {
        const contest_criterion *k = &r->round->criteria[i];
        char weight[32];
        bool weighed = criterion_weight(k) != 100;
        points_vietnamese(weight, k->weight);
        table_format(&r->criteria, "%s%s%s%s%s", k->name, k->track ? " – " : "",
                     k->track ? contest_track_name(c, k->track) : "", weighed ? " – hệ số " : "",
                     weighed ? weight : "");
        table_text(&r->criteria, k->description);
        table_points(&r->criteria, k->most);
        table_points(&r->criteria, k->step);
    }
}

static status list_judges(round_facts *r, store *db, arena *mem, int64_t round, fault *f)
{
    static const report_column columns[] = {{"Giám khảo (mã)", 24, ALIGN_TEXT},
                                            {"Phiếu được giao", 18, ALIGN_NUMBER},
                                            {"Phiếu đủ điểm", 18, ALIGN_NUMBER},
                                            {"Điểm trung bình", 18, ALIGN_NUMBER}};
    cursor c;
    table_start(&r->judges, mem, r->round->name, columns, sizeof columns / sizeof *columns);
    TRY(store_select(db, Q_METHODS_JUDGES, ARGS(v_int(round)), &c, f));
    while (cursor_next(&c)) {
        int64_t complete = cursor_int(&c, 2);
        table_text(&r->judges, cursor_text(&c, 0));
        table_number(&r->judges, cursor_int(&c, 1));
        table_number(&r->judges, complete);
        if (complete)
            table_points(&r->judges, (2 * cursor_int(&c, 3) + complete) / (2 * complete));
        else
            table_missing(&r->judges);
        r->sheets += cursor_int(&c, 1);
        r->submitted += complete;
    }
    return cursor_close(&c, f);
}

static status read_draw(round_facts *r, store *db, int64_t round, fault *f)
{
    cursor c;
    r->per_entry = r->round->per_entry;
    TRY(store_int(db, Q_METHODS_ENTRIES, ARGS(v_int(round)), &r->entries, f));
    TRY(store_select(db, Q_METHODS_DRAW, ARGS(v_int(round)), &c, f));
    if (cursor_next(&c)) {
        r->draws = cursor_int(&c, 0);
        r->per_entry = cursor_int(&c, 3);
        if (cursor_bytes(&c, 1).size == HASH_SIZE && cursor_bytes(&c, 2).size == HASH_SIZE) {
            hex_encode(r->inputs, (const unsigned char *)cursor_bytes(&c, 1).bytes, HASH_SHOWN);
            hex_encode(r->outputs, (const unsigned char *)cursor_bytes(&c, 2).bytes, HASH_SHOWN);
        }
    }
    return cursor_close(&c, f);
}

static status gather(methods *m, store *db, arena *mem, int64_t year, fault *f)
{
    contest *definition;
    TRY(contest_get(db, mem, year, &definition, f));
    m->contest = definition;
    m->day = (date){(int)year, 12, 31};
    for (size_t i = 0; i < definition->round_count && m->count < ROUNDS_MOST; i++) {
        round_facts *r = &m->rounds[m->count++];
        int64_t round;
        r->round = &definition->rounds[i];
        TRY(contest_round_id(db, year, r->round->key, &round, f));
        list_criteria(definition, r, mem);
        TRY(list_judges(r, db, mem, round, f));
        TRY(read_draw(r, db, round, f));
        if (r->entries)
            TRY(rank_describe(db, mem, year, r->round->key, &r->rules, f));
    }
    return OK;
}

static status put_round(document *d, const round_facts *r, fault *f)
{
    char text[1024];
    TRY(document_heading(d, 1, r->round->name, f));
    TRY(document_table(d, &r->criteria, 0, f));
    if (!r->entries)
        return document_paragraph(d, &paragraph_body, "Vòng này chưa có bài nào được cấp mã phách.",
                                  f);
    snprintf(text, sizeof text,
             "%lld bài, mỗi bài giao cho %lld giám khảo; %lld phiếu, %lld phiếu đủ điểm.",
             (long long)r->entries, (long long)r->per_entry, (long long)r->sheets,
             (long long)r->submitted);
    TRY(document_paragraph(d, &paragraph_body, text, f));
    if (*r->outputs) {
        snprintf(text, sizeof text,
                 "Phân công bằng rút thăm, %lld lần rút; ai có hạt giống đều rút lại được đúng kết "
                 "quả này. "
                 "Mã băm dữ liệu đầu vào: %s… Mã băm bảng phân công: %s…",
                 (long long)r->draws, r->inputs, r->outputs);
        TRY(document_paragraph(d, &paragraph_note, text, f));
    }
    for (size_t i = 0; i < r->rules.count; i++)
        TRY(document_paragraph(d, &paragraph_body, r->rules.items[i].text[LANG_VI], f));
    return document_table(d, &r->judges, 0, f);
}

static status put_methods(document *d, void *what, fault *f)
{
    const methods *m = what;
    static const char *const rules[] = {
        "Giám khảo đọc văn bản đã che tên tác giả, chỉ thấy mã "
        "phách. Mã phách rút ngẫu nhiên cho từng vòng.",
        "Không ai chấm bài của đơn vị mình, của đơn vị gửi bài hay "
        "của đơn vị nhân vật; số bài của các giám "
        "khảo chênh nhau ít nhất có thể.",
        "Một phiếu chỉ được tính khi đủ điểm mọi tiêu chí. Tiêu "
        "chí để trống là chưa chấm, không phải điểm 0.",
        "Sau khi đóng vòng, một điểm chỉ được sửa bằng quyết định có "
        "lý do; điểm cũ, kết quả cũ được giữ lại."};
    paragraph_style title = paragraph_center;
    title.style = (text_style){FONT_SERIF_BOLD, 1600, 0, INK};
    TRY(document_letterhead(d, m->contest->organizer, "", f));
    TRY(document_paragraph(d, &title, "THUYẾT MINH CÁCH CHẤM", f));
    title.style.size = 1400;
    title.after = 500;
    TRY(document_paragraph(d, &title, m->contest->name, f));
    TRY(document_heading(d, 1, "Nguyên tắc", f));
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        TRY(document_paragraph(d, &paragraph_body, rules[i], f));
    for (size_t i = 0; i < m->count; i++)
        TRY(put_round(d, &m->rounds[i], f));
    return OK;
}

status report_methods(store *db, arena *mem, int64_t year, const char *path, fault *f)
{
    methods *m = ARENA_NEW(mem, methods);
    report_file kind;
    if (!m)
        return fault_memory(f);
    TRY(report_file_kind(path, &kind, f));
    TRY(gather(m, db, mem, year, f));
    if (kind == FILE_PDF)
        return document_make(mem, &page_upright, NUMBERS_TOP, put_methods, m,
                             &(canvas_facts){"Thuyết minh cách chấm", m->contest->organizer,
                                             m->contest->name, m->day},
                             path, f);
    const report_table *tables[ROUNDS_MOST];
    for (size_t i = 0; i < m->count; i++)
        tables[i] = &m->rounds[i].judges;
    return table_workbook(path, tables, m->count, "Thuyết minh cách chấm", m->day, f);
}
