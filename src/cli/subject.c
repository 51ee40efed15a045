/* subject list, show, propose, commend. */
#include "table.h"

#include "chamthi/clock.h"
#include "chamthi/contest.h"
#include "chamthi/intake.h"
#include "chamthi/subject.h"
#include "chamthi/text.h"

#include <string.h>

static const cli_word words[] = {
    {"person", "cá nhân", "person"},
    {"collective", "tập thể", "collective"},
    {"small_collective", "tập thể nhỏ", "small collective"},
    {"unit", "đơn vị", "unit"},
    {"city", "thành phố", "city"},
};
enum { WORDS = sizeof words / sizeof *words };

static const char *kind_word(const cli *c, subject_kind kind)
{
    static const char *const keys[] = {"person", "collective", "small_collective"};
    return cli_show_word(c, words, WORDS, keys[kind]);
}

static const char *level_word(const cli *c, commend_level level)
{
    return cli_show_word(c, words, WORDS, level == LEVEL_CITY ? "city" : "unit");
}

/* The entries' receipts, prizes or commendations, '; ' between them. */
typedef enum { PART_RECEIPTS, PART_PRIZES, PART_COMMENDED } part;

static void put_parts(output *o, const subject_record *s, part which)
{
    buffer b = BUFFER_INIT;
    for (size_t i = 0; i < s->entry_count; i++) {
        const subject_entry *e = &s->entries[i];
        const char *value = which == PART_RECEIPTS ? e->receipt
                            : which == PART_PRIZES ? e->prize
                                                   : e->commended;
        if (*value)
            buffer_format(&b, "%s%s", b.size ? "; " : "", value);
    }
    output_text(o, b.bytes);
    buffer_free(&b);
}

static bool wanted(cli *c, const subject_record *s, const char *fold)
{
    const char *texts[] = {s->name, s->address, s->unit};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char *own = text_fold_string(c->mem, texts[i]);
        if (own && strstr(own, fold))
            return true;
    }
    return false;
}

status cmd_subject_list(cli *c, fault *f)
{
    static const column columns[] = {
        {"subject", "nhân vật", "subject", COLUMN_TEXT},
        {"kind", "loại", "kind", COLUMN_TEXT},
        {"group", "nhóm đối tượng", "group", COLUMN_TEXT},
        {"address", "địa chỉ", "address", COLUMN_TEXT},
        {"unit", "đơn vị", "unit", COLUMN_TEXT},
        {"entries", "các bài", "entries", COLUMN_TEXT},
        {"prizes", "giải của bài", "prizes", COLUMN_TEXT},
        {"commended", "đã khen", "commended", COLUMN_TEXT},
    };
    int64_t year = 0;
    subject_record *list;
    size_t count;
    output o;
    const char *search = cli_option(c, "--search");
    char *fold = search ? text_fold_string(c->mem, search) : NULL;
    if (search && !fold)
        return fault_memory(f);
    if (cli_option(c, "--contest"))
        TRY(cli_contest(c, &year, f));
    TRY(subject_register(c->db, c->mem, year, &list, &count, f));
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        const subject_record *s = &list[i];
        if (fold && !wanted(c, s, fold))
            continue;
        output_text(&o, s->name);
        output_text(&o, kind_word(c, s->kind));
        output_text(&o, s->group);
        output_text(&o, s->address);
        output_text(&o, s->unit);
        put_parts(&o, s, PART_RECEIPTS);
        put_parts(&o, s, PART_PRIZES);
        put_parts(&o, s, PART_COMMENDED);
    }
    return output_end(&o, f);
}

static const subject_record *record_of(const subject_record *list, size_t count, int64_t entry_id)
{
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < list[i].entry_count; k++)
            if (list[i].entries[k].entry_id == entry_id)
                return &list[i];
    return NULL;
}

status cmd_subject_show(cli *c, fault *f)
{
    static const column columns[] = {
        {"receipt", "số tiếp nhận", "receipt", COLUMN_TEXT},
        {"year", "năm", "year", COLUMN_INT},
        {"title", "tên bài", "title", COLUMN_TEXT},
        {"sent_by", "đơn vị gửi", "sent by", COLUMN_TEXT},
        {"prize", "giải", "prize", COLUMN_TEXT},
        {"proposed", "đề nghị khen", "proposed", COLUMN_TEXT},
        {"commended", "đã khen", "commended", COLUMN_TEXT},
    };
    int64_t entry_id;
    subject_record *list;
    size_t count;
    output o;
    TRY(intake_entry_find(c->db, c->args[0], &entry_id, f));
    TRY(subject_register(c->db, c->mem, 0, &list, &count, f));
    const subject_record *s = record_of(list, count, entry_id);
    if (!s)
        return FAIL(f, E_MISSING, "bài %s không ghi nhân vật", "entry %s names no subject",
                    c->args[0]);
    if (c->format == FORMAT_TABLE)
        TRY(cli_print(c, f, "%s · %s · %s\n%s · %s\n\n", "%s · %s · %s\n%s · %s\n\n", s->name,
                      kind_word(c, s->kind), s->group, s->address, s->unit));
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < s->entry_count; i++) {
        const subject_entry *e = &s->entries[i];
        output_text(&o, e->receipt);
        output_int(&o, e->year);
        output_text(&o, e->title);
        output_text(&o, e->sent_by);
        output_text(&o, e->prize);
        output_text(&o, e->proposed);
        output_text(&o, e->commended);
    }
    return output_end(&o, f);
}

/* ---- commending ---- */

/* The entry of that year through which the subject would be commended: one with a prize before others;
 * NULL when there is none, or the year has commended already. */
static const subject_entry *ground_of(const subject_record *s, int64_t year)
{
    const subject_entry *best = NULL;
    for (size_t i = 0; i < s->entry_count; i++) {
        const subject_entry *e = &s->entries[i];
        if (e->year != year || e->barred)
            continue;
        if (*e->commended)
            return NULL;
        if (!best || (*e->prize && !*best->prize))
            best = e;
    }
    return best;
}

static void put_proposal(cli *c, output *o, const subject_record *s, const subject_entry *e,
                         const char *organizer)
{
    commend_level level = subject_level(e);
    output_text(o, e->receipt);
    output_text(o, s->name);
    output_text(o, kind_word(c, s->kind));
    output_text(o, s->group);
    output_text(o, s->address);
    output_text(o, s->unit);
    output_text(o, level_word(c, level));
    output_text(o, level == LEVEL_CITY ? organizer : e->sent_by);
    output_text(o, e->prize);
    put_parts(o, s, PART_COMMENDED);
    output_text(o, e->proposed);
}

status cmd_subject_propose(cli *c, fault *f)
{
    static const column columns[] = {
        {"receipt", "số tiếp nhận", "receipt", COLUMN_TEXT},
        {"subject", "nhân vật", "subject", COLUMN_TEXT},
        {"kind", "loại", "kind", COLUMN_TEXT},
        {"group", "nhóm đối tượng", "group", COLUMN_TEXT},
        {"address", "địa chỉ", "address", COLUMN_TEXT},
        {"unit", "đơn vị", "unit", COLUMN_TEXT},
        {"level", "cấp khen", "level", COLUMN_TEXT},
        {"authority", "nơi có thẩm quyền", "authority", COLUMN_TEXT},
        {"prize", "giải của bài", "prize", COLUMN_TEXT},
        {"commended", "đã khen các năm", "commended before", COLUMN_TEXT},
        {"proposed", "đã đề nghị", "proposed", COLUMN_TEXT},
    };
    int64_t year;
    contest *rules;
    subject_record *list;
    size_t count;
    output o;
    const char *level = cli_option(c, "--level");
    TRY(cli_contest(c, &year, f));
    if (level && strcmp(level, "city") != 0 && strcmp(level, "unit") != 0)
        return FAIL(f, E_USAGE, "--level nhận city (thành phố) hoặc unit (đơn vị)",
                    "--level takes city or unit");
    TRY(contest_get(c->db, c->mem, year, &rules, f));
    TRY(subject_register(c->db, c->mem, year, &list, &count, f));
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        const subject_entry *e = ground_of(&list[i], year);
        bool city = e && subject_level(e) == LEVEL_CITY;
        if (e && (!level || (strcmp(level, "city") == 0) == city))
            put_proposal(c, &o, &list[i], e, rules->organizer);
    }
    return output_end(&o, f);
}

static status find_record(cli *c, int64_t *entry_id, const subject_record **s,
                          const subject_entry **e, fault *f)
{
    subject_record *list;
    size_t count;
    TRY(intake_entry_find(c->db, c->args[0], entry_id, f));
    TRY(subject_register(c->db, c->mem, 0, &list, &count, f));
    *s = record_of(list, count, *entry_id);
    if (!*s)
        return FAIL(f, E_MISSING, "bài %s không ghi nhân vật", "entry %s names no subject",
                    c->args[0]);
    for (size_t i = 0; i < (*s)->entry_count; i++)
        if ((*s)->entries[i].entry_id == *entry_id)
            *e = &(*s)->entries[i];
    return OK;
}

status cmd_subject_commend(cli *c, fault *f)
{
    const char *decision = cli_option(c, "--decision"), *on = cli_option(c, "--date");
    char iso[20] = "";
    date day;
    int64_t entry_id;
    contest *rules;
    const subject_record *s;
    const subject_entry *e = NULL;
    if (!decision != !on || (on && !date_parse(on, &day)))
        return FAIL(
            f, E_USAGE,
            "--decision và --date (ví dụ 20/9/2024) đi cùng nhau; bỏ cả hai nếu mới đề nghị",
            "--decision and --date (such as 20/9/2024) go together; leave both out for a proposal");
    if (on)
        date_iso(day, iso);
    TRY(find_record(c, &entry_id, &s, &e, f));
    TRY(contest_get(c->db, c->mem, e->year, &rules, f));
    commend_level level = subject_level(e);
    commendation k = {level, level == LEVEL_CITY ? rules->organizer : e->sent_by,
                      cli_option(c, "--form"), decision ? decision : "", iso};
    if (cli_option(c, "--authority"))
        k.authority = cli_option(c, "--authority");
    TRY(subject_commend(c->db, c->actor, entry_id, &k, f));
    if (decision)
        return cli_print(c, f, "%s: %s, quyết định %s ngày %s, do %s tặng.\n",
                         "%s: %s, decision %s of %s, by %s.\n", s->name, k.form, decision, on,
                         k.authority);
    return cli_print(c, f, "%s: đề nghị %s tặng %s.\n", "%s: proposed to %s for %s.\n", s->name,
                     k.authority, k.form);
}
