/* What the rules need, out of the store. */
#include "gather.h"

#include "chamthi/text.h"

#include <string.h>
#include <strings.h>

/* ---- patterns ---- */

static status add_patterns(check_year *y, const contest_overlay *overlay, const contest_rules *k,
                           size_t *capacity, fault *f)
{
    for (size_t i = 0; i < k->pattern_count; i++) {
        rule_pattern *list =
            arena_grow(y->mem, y->patterns, y->pattern_count, capacity, sizeof *list);
        if (!list)
            return fault_memory(f);
        y->patterns = list;
        rule_pattern *p = &list[y->pattern_count];
        *p = (rule_pattern){.rule = &k->patterns[i],
                            .overlay = overlay,
                            .key = arena_format(y->mem, "pattern.%s", k->patterns[i].key)};
        TRY(p->key ? pattern_compile(&p->compiled, p->rule->pattern, f) : fault_memory(f));
        y->pattern_count++;
    }
    return OK;
}

static status compile_all(check_year *y, fault *f)
{
    size_t capacity = 0;
    TRY(add_patterns(y, NULL, &y->c->rules, &capacity, f));
    for (size_t i = 0; i < y->c->overlay_count; i++) {
        const contest_overlay *o = &y->c->overlays[i];
        if (*o->unit && !*o->unit_code)
            return FAIL(f, E_INPUT,
                        "thể lệ năm %lld có quy định riêng cho “%s” nhưng không tìm thấy đơn vị "
                        "này; hãy sửa tên hoặc nạp danh sách đơn vị: chamthi unit load",
                        "the rules of %lld have an overlay for “%s”, which is no known unit; mend "
                        "the name or load the units: chamthi unit load",
                        (long long)y->year, o->unit);
        TRY(add_patterns(y, o, &o->rules, &capacity, f));
    }
    return OK;
}

/* ---- barred people ---- */

static const struct {
    const char *role, *vi, *en;
} roles[] = {
    {"judge", "giám khảo", "judge"},
    {"organizer", "thành viên Ban Tổ chức", "an organizer"},
    {"secretary", "thành viên Tổ Thư ký", "a secretary"},
    {"relative", "người thân của Ban Tổ chức hoặc giám khảo",
     "a relative of an organizer or judge"},
};

static status describe(arena *mem, const char *role, const char *code, check_barred *b, fault *f)
{
    const char *vi = role, *en = role;
    for (size_t i = 0; i < sizeof roles / sizeof *roles; i++)
        if (strcmp(roles[i].role, role) == 0) {
            vi = roles[i].vi;
            en = roles[i].en;
        }
    b->who_vi = arena_format(mem, "%s%s%s", vi, *code ? " " : "", code);
    b->who_en = arena_format(mem, "%s%s%s", en, *code ? " " : "", code);
    return b->who_vi && b->who_en ? OK : fault_memory(f);
}

/* The same person may stand in the judges' list and in the definition: the judge's row is enough. */
static bool listed(const check_barred *list, size_t count, const check_barred *b)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(list[i].name_key, b->name_key) == 0 && list[i].birth_year == b->birth_year &&
            strcmp(list[i].unit_fold, b->unit_fold) == 0)
            return true;
    return false;
}

static status read_one_barred(arena *mem, cursor *c, check_barred *b, fault *f)
{
    *b = (check_barred){
        .name_key = name_key(mem, cursor_text(c, 0)),
        .name_fold = cursor_copy(c, 1, mem),
        .birth_year = cursor_int(c, 2),
        .phone = cursor_copy(c, 5, mem),
        .unit_fold = text_fold_string(mem, cursor_text(c, 6)),
    };
    if (!b->name_key || !b->name_fold || !b->phone || !b->unit_fold)
        return fault_memory(f);
    return describe(mem, cursor_text(c, 3), cursor_text(c, 4), b, f);
}

static status read_barred(check_year *y, fault *f)
{
    size_t capacity = 0;
    cursor c;
    status st = OK;
    TRY(store_select(y->db, Q_CHECK_BARRED, ARGS(v_int(y->year)), &c, f));
    while (st == OK && cursor_next(&c)) {
        check_barred *list =
            arena_grow(y->mem, y->barred, y->barred_count, &capacity, sizeof *list);
        if (!list) {
            st = fault_memory(f);
            break;
        }
        y->barred = list;
        st = read_one_barred(y->mem, &c, &list[y->barred_count], f);
        y->barred_count += st == OK && !listed(list, y->barred_count, &list[y->barred_count]);
    }
    status closed = cursor_close(&c, st == OK ? f : NULL);
    return st == OK ? closed : st;
}

/* ---- writers and places, where a rule asks ---- */

static status read_writer(arena *mem, cursor *c, check_writer *w, fault *f)
{
    *w = (check_writer){.who = {.name = "",
                                .address = "",
                                .email = "",
                                .name_key = cursor_copy(c, 0, mem),
                                .name_fold = cursor_copy(c, 1, mem),
                                .birth_year = cursor_int(c, 2),
                                .phone = cursor_copy(c, 3, mem),
                                .unit = cursor_copy(c, 4, mem),
                                .unit_fold = text_fold_string(mem, cursor_text(c, 4))},
                        .entry_id = cursor_int(c, 5),
                        .receipt = cursor_copy(c, 6, mem)};
    bool whole = w->who.name_key && w->who.name_fold && w->who.phone && w->who.unit &&
                 w->who.unit_fold && w->receipt;
    return whole ? OK : fault_memory(f);
}

static status read_writers(check_year *y, fault *f)
{
    size_t capacity = 0;
    cursor c;
    status st = OK;
    TRY(store_select(y->db, Q_CHECK_WRITERS, ARGS(v_int(y->year)), &c, f));
    while (st == OK && cursor_next(&c)) {
        check_writer *list =
            arena_grow(y->mem, y->writers, y->writer_count, &capacity, sizeof *list);
        st = list ? read_writer(y->mem, &c, &list[y->writer_count], f) : fault_memory(f);
        if (list)
            y->writers = list;
        y->writer_count += st == OK;
    }
    status closed = cursor_close(&c, st == OK ? f : NULL);
    return st == OK ? closed : st;
}

static status read_places(check_year *y, const figure_list *within, fault *f)
{
    for (size_t i = 0; i < within->count; i++) {
        int64_t id;
        cursor c;
        status st = OK;
        TRY(unit_find(y->db, y->mem, within->items[i], y->year, &id, f));
        if (!id)
            return FAIL(f, E_INPUT,
                        "subject_within năm %lld: không tìm thấy đơn vị “%s”; hãy nạp danh sách "
                        "đơn vị: chamthi unit load",
                        "subject_within of %lld: “%s” is no known unit; load the units: chamthi "
                        "unit load",
                        (long long)y->year, within->items[i]);
        TRY(store_select(y->db, Q_CHECK_PLACES, ARGS(v_int(id)), &c, f));
        while (st == OK && cursor_next(&c)) {
            st = place_add(&y->places, y->mem, cursor_text(&c, 0), f);
            if (st == OK)
                st = place_add(&y->places, y->mem, cursor_text(&c, 1), f);
        }
        status closed = cursor_close(&c, st == OK ? f : NULL);
        TRY(st == OK ? closed : st);
    }
    place_sort(&y->places);
    return OK;
}

static status read_subjects(check_year *y, fault *f)
{
    cursor c;
    status st = OK;
    y->subjects = ARENA_NEW(y->mem, check_subjects);
    if (!y->subjects)
        return fault_memory(f);
    TRY(store_select(y->db, Q_CHECK_SUBJECTS, ARGS(v_int(y->year)), &c, f));
    while (st == OK && cursor_next(&c)) {
        check_subject one = {.entry_id = cursor_int(&c, 0),
                             .year = cursor_int(&c, 1),
                             .receipt = cursor_text(&c, 2),
                             .title = cursor_text(&c, 3),
                             .address = cursor_text(&c, 5),
                             .unit = cursor_text(&c, 6),
                             .commended = cursor_text(&c, 7)};
        st = subjects_add(y->subjects, y->mem, &one, cursor_text(&c, 4), f);
    }
    subjects_sort(y->subjects);
    status closed = cursor_close(&c, st == OK ? f : NULL);
    return st == OK ? closed : st;
}

static bool counts_entries(const contest *c)
{
    bool counted = c->rules.entries_most.from != PROVENANCE_UNKNOWN;
    for (size_t i = 0; i < c->overlay_count; i++)
        counted |= c->overlays[i].rules.entries_most.from != PROVENANCE_UNKNOWN;
    return counted;
}

status year_open(check_year *y, store *db, arena *mem, int64_t year, fault *f)
{
    contest *c = NULL;
    *y = (check_year){.db = db, .mem = mem, .year = year};
    TRY(contest_get(db, mem, year, &c, f));
    y->c = c;
    TRY(compile_all(y, f));
    TRY(read_barred(y, f));
    TRY(read_subjects(y, f));
    y->memo = word_memo_new(); /* without one it is only slower */
    if (counts_entries(c))
        TRY(read_writers(y, f));
    return read_places(y, &c->rules.subject_within, f);
}

void year_close(check_year *y)
{
    for (size_t i = 0; i < y->pattern_count; i++)
        pattern_free(y->patterns[i].compiled);
    y->pattern_count = 0;
    word_memo_free(y->memo);
    y->memo = NULL;
}

/* ---- one entry ---- */

static status read_authors(const check_year *y, int64_t entry_id, arena *mem, check_entry *e,
                           fault *f)
{
    check_author *list = NULL;
    size_t count = 0, capacity = 0;
    cursor c;
    status st = OK;
    TRY(store_select(y->db, Q_CHECK_AUTHORS, ARGS(v_int(entry_id)), &c, f));
    while (st == OK && cursor_next(&c)) {
        check_author *more = arena_grow(mem, list, count, &capacity, sizeof *list);
        if (!more) {
            st = fault_memory(f);
            break;
        }
        list = more;
        list[count] = (check_author){
            .name = cursor_copy(&c, 0, mem),
            .name_key = cursor_copy(&c, 1, mem),
            .name_fold = cursor_copy(&c, 2, mem),
            .birth_year = cursor_int(&c, 3),
            .address = cursor_copy(&c, 4, mem),
            .phone = cursor_copy(&c, 5, mem),
            .email = cursor_copy(&c, 6, mem),
            .unit = cursor_copy(&c, 7, mem),
            .unit_fold = text_fold_string(mem, cursor_text(&c, 7)),
        };
        const check_author *a = &list[count++];
        if (!a->name || !a->name_key || !a->name_fold || !a->address || !a->phone || !a->email ||
            !a->unit || !a->unit_fold)
            st = fault_memory(f);
    }
    status closed = cursor_close(&c, st == OK ? f : NULL);
    e->authors = list;
    e->author_count = count;
    return st == OK ? closed : st;
}

static bool ends_with(const char *name, const char *ending)
{
    size_t size = strlen(name), n = strlen(ending);
    return size > n && strcasecmp(name + size - n, ending) == 0;
}

static entry_medium medium_of(const check_entry *e, const char *file)
{
    static const char *const sound[] = {".mp3", ".wav", ".m4a", ".wma", ".aac", ".ogg"};
    for (size_t i = 0; i < sizeof sound / sizeof *sound; i++)
        if (ends_with(file, sound[i]))
            return MEDIUM_AUDIO;
    if (e->seconds >= 0)
        return MEDIUM_VIDEO;
    if (e->text.size)
        return MEDIUM_TYPED;
    return e->words_by == WORDS_DECLARED ? MEDIUM_HANDWRITTEN : MEDIUM_UNKNOWN;
}

status year_entry(const check_year *y, cursor *c, arena *mem, check_entry *out, fault *f)
{
    bool counted = !cursor_null(c, 6) && strcmp(cursor_text(c, 7), "none") != 0;
    *out = (check_entry){
        .id = cursor_int(c, 0),
        .receipt = cursor_text(c, 1),
        .track = cursor_text(c, 2),
        .title = cursor_text(c, 3),
        .sent_by = cursor_text(c, 4),
        .place = {cursor_text(c, 2), cursor_text(c, 19), cursor_text(c, 20)},
        .received = date_from_time(cursor_int(c, 5)),
        .words = counted ? cursor_int(c, 6) : -1,
        .syllables = counted && !cursor_null(c, 18) ? cursor_int(c, 18) : -1,
        .words_by = strcmp(cursor_text(c, 7), "machine") == 0 ? WORDS_COUNTED : WORDS_DECLARED,
        .seconds = cursor_null(c, 8) ? -1 : cursor_int(c, 8),
        .published = cursor_text(c, 9),
        .publisher = cursor_text(c, 10),
        .url = cursor_text(c, 11),
        .subject = cursor_text(c, 12),
        .subject_kind = cursor_text(c, 13),
        .subject_address = cursor_text(c, 14),
        .subject_unit = cursor_text(c, 15),
        .subject_group = cursor_text(c, 16),
        .text = cursor_bytes(c, 17),
    };
    out->medium = medium_of(out, cursor_text(c, 21));
    if (y->places.count)
        out->subject_place = place_look(&y->places, mem, out->subject_address);
    return read_authors(y, out->id, mem, out, f);
}
