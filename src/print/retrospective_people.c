/* The retrospective's people: authors who keep writing, who won again, whom the entries are about. */
#include "retrospective.h"

#include "chamthi/subject.h"

#include <stdlib.h>
#include <string.h>

static status make_faithful(retrospective *r, fault *f)
{
    static const report_column columns[] = {
        {"Tác giả", 34, ALIGN_TEXT},   {"Năm sinh", 11, ALIGN_MIDDLE},
        {"Số năm", 10, ALIGN_NUMBER},  {"Số bài", 10, ALIGN_NUMBER},
        {"Số giải", 10, ALIGN_NUMBER}, {"Từ – đến", 15, ALIGN_MIDDLE},
        {"Đơn vị", 40, ALIGN_TEXT}};
    cursor c;
    table_start(&r->faithful, r->mem, "Tác giả tham gia nhiều năm nhất", columns,
                sizeof columns / sizeof *columns);
    TRY(store_select(r->db, Q_REPORT_FAITHFUL, ARGS(v_int(r->from), v_int(r->to)), &c, f));
    while (cursor_next(&c)) {
        table_text(&r->faithful, cursor_text(&c, 0));
        if (cursor_int(&c, 1))
            table_year(&r->faithful, cursor_int(&c, 1));
        else
            table_missing(&r->faithful);
        for (int i = 2; i < 5; i++)
            table_number(&r->faithful, cursor_int(&c, i));
        table_format(&r->faithful, "%d–%d", (int)cursor_int(&c, 5), (int)cursor_int(&c, 6));
        table_text(&r->faithful, cursor_text(&c, 7));
    }
    return cursor_close(&c, f);
}

static status make_repeated(retrospective *r, fault *f)
{
    static const report_column columns[] = {{"Tác giả", 40, ALIGN_TEXT},
                                            {"Số giải", 12, ALIGN_NUMBER},
                                            {"Từ năm", 12, ALIGN_MIDDLE},
                                            {"Đến năm", 12, ALIGN_MIDDLE}};
    cursor c;
    table_start(&r->repeated, r->mem, "Tác giả đoạt giải nhiều năm", columns,
                sizeof columns / sizeof *columns);
    TRY(store_select(r->db, Q_REPORT_REPEATED, ARGS(v_int(r->from), v_int(r->to)), &c, f));
    while (cursor_next(&c)) {
        table_text(&r->repeated, cursor_text(&c, 0));
        table_number(&r->repeated, cursor_int(&c, 1));
        table_year(&r->repeated, cursor_int(&c, 2));
        table_year(&r->repeated, cursor_int(&c, 3));
    }
    return cursor_close(&c, f);
}

/* ---- subjects ---- */
typedef struct {
    subject_kind kind;
    const char *group;
    int64_t subjects, entries, prizes, commended;
} subject_sum;

static subject_sum *sum_of(subject_sum *sums, size_t *count, const subject_record *r)
{
    for (size_t i = 0; i < *count; i++)
        if (sums[i].kind == r->kind && strcmp(sums[i].group, r->group) == 0)
            return &sums[i];
    sums[*count] = (subject_sum){.kind = r->kind, .group = r->group};
    return &sums[(*count)++];
}

/* A subject of several entries counts once, and was commended if one of them led to it. */
static void add_subject(const retrospective *r, const subject_record *one, subject_sum *sums,
                        size_t *count)
{
    int64_t entries = 0, prizes = 0;
    bool commended = false;
    for (size_t i = 0; i < one->entry_count; i++) {
        const subject_entry *e = &one->entries[i];
        if (e->year < r->from || e->year > r->to)
            continue;
        entries++;
        prizes += *e->prize != 0;
        commended |= *e->commended != 0;
    }
    if (!entries)
        return;
    subject_sum *sum = sum_of(sums, count, one);
    sum->subjects++;
    sum->entries += entries;
    sum->prizes += prizes;
    sum->commended += commended;
}

static int by_entries(const void *a, const void *b)
{
    const subject_sum *x = a, *y = b;
    if (x->entries != y->entries)
        return x->entries > y->entries ? -1 : 1;
    return x->kind != y->kind ? (x->kind > y->kind) - (x->kind < y->kind)
                              : strcmp(x->group, y->group);
}

/* Those whom a list alone knows: of years without entries. */
static status put_listed(retrospective *r, fault *f)
{
    int64_t listed;
    TRY(store_int(r->db, Q_REPORT_SUBJECTS_LISTED, ARGS(v_int(r->from), v_int(r->to)), &listed, f));
    if (!listed)
        return OK;
    table_text(&r->subjects, "chưa ghi");
    table_text(&r->subjects, "theo danh sách khen thưởng, không còn bài");
    table_missing(&r->subjects);
    table_number(&r->subjects, listed);
    table_missing(&r->subjects);
    table_number(&r->subjects, listed);
    return OK;
}

static status make_subjects(retrospective *r, fault *f)
{
    static const report_column columns[] = {{"Loại", 18, ALIGN_TEXT},
                                            {"Nhóm đối tượng", 34, ALIGN_TEXT},
                                            {"Số bài", 14, ALIGN_NUMBER},
                                            {"Số nhân vật", 14, ALIGN_NUMBER},
                                            {"Bài đoạt giải", 14, ALIGN_NUMBER},
                                            {"Nhân vật được khen", 16, ALIGN_NUMBER}};
    static const char *const kinds[] = {[SUBJECT_PERSON] = "cá nhân",
                                        [SUBJECT_COLLECTIVE] = "tập thể",
                                        [SUBJECT_SMALL_COLLECTIVE] = "tập thể nhỏ"};
    subject_record *records;
    size_t record_count, count = 0;
    TRY(subject_register(r->db, r->mem, 0, &records, &record_count, f));
    subject_sum *sums = ARENA_ARRAY(r->mem, subject_sum, record_count + 1), total = {0};
    if (!sums)
        return fault_memory(f);
    for (size_t i = 0; i < record_count; i++)
        add_subject(r, &records[i], sums, &count);
    if (count)
        qsort(sums, count, sizeof *sums, by_entries);
    table_start(&r->subjects, r->mem, "Gương được viết theo nhóm đối tượng", columns,
                sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        const subject_sum *s = &sums[i];
        table_text(&r->subjects, kinds[s->kind]);
        table_text(&r->subjects, *s->group ? s->group : "chưa ghi");
        const int64_t numbers[] = {s->entries, s->subjects, s->prizes, s->commended};
        int64_t *totals[] = {&total.entries, &total.subjects, &total.prizes, &total.commended};
        for (int k = 0; k < 4; k++) {
            table_number(&r->subjects, numbers[k]);
            *totals[k] += numbers[k];
        }
    }
    if (count) {
        table_text(&r->subjects, "Cộng");
        table_text(&r->subjects, "");
        table_number(&r->subjects, total.entries);
        table_number(&r->subjects, total.subjects);
        table_number(&r->subjects, total.prizes);
        table_number(&r->subjects, total.commended);
    }
    return put_listed(r, f);
}

static status read_subject_years(retrospective *r, fault *f)
{
    for (size_t i = 0; i < r->year_count; i++) {
        cursor c;
        TRY(store_select(r->db, Q_REPORT_SUBJECT_YEARS, ARGS(v_int(r->years[i].year)), &c, f));
        if (cursor_next(&c)) {
            r->years[i].persons = cursor_int(&c, 0);
            r->years[i].groups = cursor_int(&c, 1);
        }
        TRY(cursor_close(&c, f));
    }
    return OK;
}

status retrospective_people(retrospective *r, fault *f)
{
    TRY(make_faithful(r, f));
    TRY(make_repeated(r, f));
    TRY(make_subjects(r, f));
    return read_subject_years(r, f);
}
