/* A judge's desk: the queue, one sheet, its marks. */
#include "desk.h"

#include "chamthi/random.h"

#include <stdio.h>
#include <string.h>

static sheet_state state_of(const char *key)
{
    static const char *const keys[] = {"open", "draft", "submitted", "returned", "recused"};
    for (int i = SHEET_OPEN; i < SHEET_RECUSED; i++)
        if (strcmp(keys[i], key) == 0)
            return (sheet_state)i;
    return SHEET_RECUSED;
}

/* ---- reading ---- */

status desk_queue_read(store *db, arena *mem, const account *judge, desk_queue *out, fault *f)
{
    cursor c;
    size_t capacity = 0;
    *out = (desk_queue){NULL, 0};
    TRY(store_select(db, Q_DESK_QUEUE, ARGS(v_int(judge->judge_id)), &c, f));
    while (cursor_next(&c)) {
        out->items = arena_grow(mem, out->items, out->count, &capacity, sizeof *out->items);
        if (!out->items) {
            cursor_close(&c, NULL);
            return fault_memory(f);
        }
        out->items[out->count++] = (desk_item){.round_id = cursor_int(&c, 0),
                                               .year = cursor_int(&c, 1),
                                               .round = cursor_copy(&c, 2, mem),
                                               .contest = cursor_copy(&c, 3, mem),
                                               .phach = cursor_copy(&c, 4, mem),
                                               .title = cursor_copy(&c, 5, mem),
                                               .words = cursor_int(&c, 6),
                                               .state = state_of(cursor_text(&c, 7)),
                                               .track = cursor_copy(&c, 8, mem),
                                               .parcel = cursor_int(&c, 9),
                                               .due = cursor_copy(&c, 10, mem)};
    }
    return cursor_close(&c, f);
}

const char *desk_next(const desk_queue *queue, const char *phach)
{
    size_t start = 0;
    while (phach && start < queue->count && strcmp(queue->items[start].phach, phach) != 0)
        start++;
    for (size_t i = 0; i < queue->count; i++) {
        const desk_item *item = &queue->items[(start + i) % queue->count];
        bool waits = item->state != SHEET_SUBMITTED && item->state != SHEET_RECUSED;
        if (waits && (!phach || strcmp(item->phach, phach) != 0))
            return item->phach;
    }
    return NULL;
}

static status read_criteria(store *db, arena *mem, const account *judge, desk_sheet *out, fault *f)
{
    cursor c;
    size_t capacity = 0;
    TRY(store_select(db, Q_DESK_CRITERIA, ARGS(v_int(out->id), v_int(judge->judge_id)), &c, f));
    while (cursor_next(&c)) {
        out->criteria =
            arena_grow(mem, out->criteria, out->criterion_count, &capacity, sizeof *out->criteria);
        if (!out->criteria) {
            cursor_close(&c, NULL);
            return fault_memory(f);
        }
        out->criteria[out->criterion_count++] =
            (desk_criterion){.id = cursor_int(&c, 0),
                             .name = cursor_copy(&c, 2, mem),
                             .description = cursor_copy(&c, 3, mem),
                             .scale = {cursor_int(&c, 4), cursor_int(&c, 5), cursor_int(&c, 6)},
                             .marked = !cursor_null(&c, 7),
                             .points = cursor_int(&c, 7),
                             .weight = cursor_int(&c, 8)};
    }
    return cursor_close(&c, f);
}

static void read_sheet(cursor *c, arena *mem, desk_sheet *s)
{
    s->id = cursor_int(c, 0);
    s->state = state_of(cursor_text(c, 1));
    s->rev = cursor_int(c, 2);
    s->comment = cursor_copy(c, 3, mem);
    s->returned_reason = cursor_copy(c, 4, mem);
    s->submitted_at = cursor_int(c, 5);
    s->code = cursor_copy(c, 6, mem);
    s->title = cursor_copy(c, 7, mem);
    s->text = cursor_copy(c, 8, mem);
    s->words = cursor_int(c, 9);
    s->round = cursor_copy(c, 10, mem);
    s->year = cursor_int(c, 11);
    s->writable = strcmp(cursor_text(c, 12), "open") == 0 && s->state != SHEET_SUBMITTED &&
                  s->state != SHEET_RECUSED;
    s->track = cursor_copy(c, 13, mem);
    s->note = cursor_copy(c, 14, mem);
    s->highlights = cursor_copy(c, 15, mem);
    s->pages = cursor_int(c, 16);
    s->due = cursor_copy(c, 17, mem);
}

status desk_sheet_read(store *db, arena *mem, const account *judge, const char *phach,
                       desk_sheet *out, fault *f)
{
    cursor c;
    *out = (desk_sheet){.phach = arena_string(mem, phach)};
    TRY(store_select(db, Q_DESK_SHEET, ARGS(v_text(phach), v_int(judge->judge_id)), &c, f));
    bool found = cursor_next(&c);
    if (found)
        read_sheet(&c, mem, out);
    TRY(cursor_close(&c, f));
    if (!found)
        return FAIL(f, E_MISSING, "không có bài nào mang phách này trong các bài của bạn",
                    "there is no essay of this code among yours");
    if (!out->text || !out->comment || !out->code || !out->note || !out->highlights || !out->due)
        return fault_memory(f);
    return read_criteria(db, mem, judge, out, f);
}

status desk_page_read(store *db, arena *mem, const account *judge, const char *phach, int64_t page,
                      buffer *bytes, const char **type, fault *f)
{
    cursor c;
    TRY(store_select(db, Q_DESK_PAGE, ARGS(v_text(phach), v_int(page), v_int(judge->judge_id)), &c,
                     f));
    bool found = cursor_next(&c);
    if (found) {
        slice picture = cursor_bytes(&c, 1);
        *type = cursor_copy(&c, 0, mem);
        buffer_put(bytes, picture.bytes, picture.size);
    }
    TRY(cursor_close(&c, f));
    if (!found)
        return FAIL(f, E_MISSING, "không có trang này trong các bài của bạn",
                    "there is no such page among your essays");
    return *type ? buffer_check(bytes, f) : fault_memory(f);
}

int64_t desk_total(const desk_sheet *sheet)
{
    int64_t sum = 0;
    for (size_t i = 0; i < sheet->criterion_count; i++)
        if (sheet->criteria[i].marked)
            sum += sheet->criteria[i].points * sheet->criteria[i].weight / 100;
    return sum;
}

static bool holds_notes(const desk_sheet *s, const desk_change *change)
{
    return strcmp(s->note, change->note) == 0 && strcmp(s->highlights, change->highlights) == 0;
}

bool desk_holds(const desk_sheet *s, const desk_change *change)
{
    if (change->aim == DESK_SUBMIT && s->state != SHEET_SUBMITTED)
        return false;
    for (size_t i = 0; i < s->criterion_count; i++) {
        const desk_mark *m = &change->marks[i];
        bool same = m->kind == MARK_POINTS
                        ? s->criteria[i].marked && s->criteria[i].points == m->points
                        : m->kind == MARK_BLANK && !s->criteria[i].marked;
        if (!same)
            return false;
    }
    return strcmp(s->comment, change->comment) == 0 && holds_notes(s, change);
}

/* ---- writing ---- */

static void begin_as(const account *judge, char actor[64])
{
    snprintf(actor, 64, "judge:%.50s", judge->judge);
}

/* The judge's receipt: forty bits of a hash over all that was submitted, so that code and paper can
 * be compared with the database years later. */
static void receipt_code(const account *judge, const desk_sheet *s, const desk_change *change,
                         char out[16])
{
    hash_state h;
    unsigned char hash[HASH_SIZE];
    char number[48], code[CODE_TEXT_MAX];
    hash_start(&h, NULL, 0);
    hash_piece(&h, s->phach, strlen(s->phach));
    hash_piece(&h, judge->judge, strlen(judge->judge));
    for (size_t i = 0; i < s->criterion_count; i++) {
        int size = snprintf(number, sizeof number, "%lld=%lld", (long long)s->criteria[i].id,
                            (long long)change->marks[i].points);
        hash_piece(&h, number, (size_t)size);
    }
    hash_piece(&h, change->comment, strlen(change->comment));
    hash_end(&h, hash);
    code_from_bytes(code, hash);
    snprintf(out, 16, "%.9s", code); /* two groups of four */
}

static status write_marks(store *db, const account *judge, const desk_sheet *s,
                          const desk_change *change, bool *changed, fault *f)
{
    for (size_t i = 0; i < s->criterion_count; i++) {
        const desk_mark *m = &change->marks[i];
        int64_t rows = 0;
        sql_value sheet = v_int(s->id), criterion = v_int(s->criteria[i].id);
        sql_value who = v_int(judge->judge_id);
        if (m->kind == MARK_POINTS)
            TRY(store_run(db, Q_DESK_MARK_PUT, ARGS(v_int(m->points), sheet, who, criterion), &rows,
                          f));
        else if (m->kind == MARK_BLANK)
            TRY(store_run(db, Q_DESK_MARK_DROP, ARGS(sheet, criterion, who), &rows, f));
        *changed |= rows > 0;
    }
    return OK;
}

/* "submitted rev 4: 8=850 9=- comment 1f2e3d4c": marks, never the comment's words. */
static char *describe(arena *mem, const char *state, const desk_sheet *s, const desk_change *change)
{
    unsigned char hash[HASH_SIZE];
    char hex[9];
    char *text = arena_format(mem, "%s rev %lld:", state, (long long)change->rev + 1);
    for (size_t i = 0; text && i < s->criterion_count; i++) {
        const desk_mark *m = &change->marks[i];
        text = m->kind == MARK_POINTS
                   ? arena_format(mem, "%s %lld=%lld", text, (long long)s->criteria[i].id,
                                  (long long)m->points)
                   : arena_format(mem, "%s %lld=%s", text, (long long)s->criteria[i].id,
                                  m->kind == MARK_BLANK ? "-" : "?");
    }
    hash_bytes(hash, change->comment, strlen(change->comment));
    hex_encode(hex, hash, 4);
    return text ? arena_format(mem, "%s comment %s", text, hex) : NULL;
}

/* A version is kept whenever a mark or the state changes; words typed on into a draft are not one. */
static status put_sheet(store *db, arena *mem, const account *judge, const char *actor,
                        const desk_sheet *s, const desk_change *change, fault *f)
{
    bool submits = change->aim == DESK_SUBMIT, worth_keeping = submits || s->state != SHEET_DRAFT;
    const char *state = submits ? "submitted" : "draft";
    char code[16], before[32];
    int64_t changed;
    receipt_code(judge, s, change, code);
    TRY(store_run(db, Q_DESK_SHEET_PUT,
                  ARGS(v_text(state), v_text(change->comment),
                       submits ? v_int(change->now) : v_null(), submits ? v_text(code) : v_null(),
                       v_int(s->id), v_int(judge->judge_id), v_int(change->rev)),
                  &changed, f));
    if (!changed)
        return FAIL(f, E_CONFLICT, "phiếu này vừa được thay đổi ở nơi khác",
                    "this sheet was changed elsewhere a moment ago");
    TRY(write_marks(db, judge, s, change, &worth_keeping, f));
    if (!holds_notes(s, change))
        TRY(store_run(db, Q_DESK_NOTE_PUT,
                      ARGS(v_text(change->note), v_text(change->highlights), v_int(s->id),
                           v_int(judge->judge_id)),
                      NULL, f));
    if (worth_keeping)
        TRY(sheet_keep(db, s->id, judge->judge_id, actor, NULL, f));
    char *object = arena_format(mem, "sheet %s", s->phach);
    char *after = describe(mem, state, s, change);
    snprintf(before, sizeof before, "rev %lld", (long long)change->rev);
    if (!object || !after)
        return fault_memory(f);
    return audit_record(db, submits ? "sheet.submit" : "sheet.save", object, before, after, f);
}

status desk_write(store *db, arena *mem, const account *judge, const desk_sheet *s,
                  const desk_change *change, fault *f)
{
    char actor[64];
    begin_as(judge, actor);
    for (size_t i = 0; change->aim == DESK_SUBMIT && i < s->criterion_count; i++)
        if (change->marks[i].kind != MARK_POINTS)
            return FAIL(f, E_INPUT, "phiếu còn thiếu điểm", "the sheet is not complete");
    TRY(store_begin(db, actor, f));
    status st = put_sheet(db, mem, judge, actor, s, change, f);
    if (st != OK) {
        store_rollback(db);
        return st;
    }
    return store_commit(db, f);
}

status desk_recuse(store *db, const account *judge, const desk_sheet *s, int64_t rev,
                   conflict_reason reason, const char *note, fault *f)
{
    char actor[64];
    begin_as(judge, actor);
    return assign_recuse(db, actor,
                         &(assign_conflict){.sheet_id = s->id,
                                            .judge_id = judge->judge_id,
                                            .rev = rev,
                                            .phach = s->phach,
                                            .reason = reason,
                                            .note = note},
                         f);
}

static status put_suspicion(store *db, const account *judge, const desk_sheet *s, const char *text,
                            int64_t now, fault *f)
{
    char object[80];
    int64_t changed;
    TRY(store_run(db, Q_DESK_SUSPECT,
                  ARGS(v_text(text), v_int(now), v_int(s->id), v_int(judge->judge_id)), &changed,
                  f));
    if (!changed)
        return FAIL(f, E_CONFLICT, "lời báo này đã được gửi, hoặc bài không còn ở chỗ bạn nữa",
                    "this was told already, or the essay is no longer with you");
    snprintf(object, sizeof object, "sheet %.70s", s->phach);
    return audit_record(db, "sheet.suspect", object, NULL, NULL, f);
}

status desk_suspect(store *db, const account *judge, const desk_sheet *s, const char *text,
                    int64_t now, fault *f)
{
    char actor[64];
    begin_as(judge, actor);
    TRY(store_begin(db, actor, f));
    status st = put_suspicion(db, judge, s, text, now, f);
    if (st != OK) {
        store_rollback(db);
        return st;
    }
    return store_commit(db, f);
}

status desk_given_read(store *db, arena *mem, const account *judge, desk_given **out, size_t *count,
                       fault *f)
{
    cursor c;
    size_t capacity = 0;
    *out = NULL;
    *count = 0;
    TRY(store_select(db, Q_DESK_MINE, ARGS(v_int(judge->judge_id)), &c, f));
    while (cursor_next(&c)) {
        *out = arena_grow(mem, *out, *count, &capacity, sizeof **out);
        if (!*out) {
            cursor_close(&c, NULL);
            return fault_memory(f);
        }
        (*out)[(*count)++] = (desk_given){.round_id = cursor_int(&c, 0),
                                          .year = cursor_int(&c, 1),
                                          .round = cursor_copy(&c, 2, mem),
                                          .phach = cursor_copy(&c, 3, mem),
                                          .title = cursor_copy(&c, 4, mem),
                                          .submitted_at = cursor_int(&c, 5),
                                          .code = cursor_copy(&c, 6, mem),
                                          .points = cursor_int(&c, 7),
                                          .most = cursor_int(&c, 8)};
    }
    return cursor_close(&c, f);
}

status desk_abstain(store *db, const account *judge, const desk_sheet *s, int64_t rev, fault *f)
{
    char actor[64];
    begin_as(judge, actor);
    return sheet_abstain(db, actor, s->id, judge->judge_id, s->phach, rev, f);
}
