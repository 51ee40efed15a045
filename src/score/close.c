/* Closing a round: what must hold first, and the close itself. */
#include "board.h"

#include <stdio.h>
#include <string.h>

typedef struct {
    store *db;
    arena *mem;
    const board *b;
    const rank_table *t;
    close_list *out;
} checking;

static status add_item(const checking *x, const char *code, int64_t count, const char *vi,
                       const char *en, fault *f)
{
    close_item *i = &x->out->items[x->out->count++];
    *i = (close_item){.code = code, .text = {vi, en}, .count = count};
    if (count)
        x->out->open++;
    return vi && en ? OK : fault_memory(f);
}

static status add_count(const checking *x, const char *code, statement q, const char *vi,
                        const char *en, fault *f)
{
    int64_t n;
    TRY(store_int(x->db, q, ARGS(v_int(x->b->round)), &n, f));
    return add_item(x, code, n, vi, en, f);
}

/* Entries with fewer complete sheets than the draw gives each. */
static status check_coverage(const checking *x, fault *f)
{
    int64_t wanted, lacking = 0;
    int64_t *sheets = ARENA_ARRAY(x->mem, int64_t, x->b->row_count + 1);
    if (!sheets)
        return fault_memory(f);
    TRY(store_int(x->db, Q_ROUND_PER_ENTRY, ARGS(v_int(x->b->round)), &wanted, f));
    for (size_t i = 0; i < x->b->sheet_count; i++)
        sheets[x->b->sheets[i].row] += x->b->sheets[i].purpose != READING_CHECK;
    for (size_t i = 0; i < x->b->row_count; i++)
        lacking += sheets[i] < wanted;
    return add_item(x, "coverage", lacking,
                    arena_format(x->mem, "bài nào cũng đủ %lld phiếu đủ điểm", (long long)wanted),
                    arena_format(x->mem, "every entry has %lld complete sheets", (long long)wanted),
                    f);
}

/* Entries of a track in parts, which stand side by side without a common order. */
static status check_connected(const checking *x, fault *f)
{
    int64_t apart = 0;
    for (size_t i = 0; i < x->t->count; i++)
        apart += x->t->rows[i].group > 0;
    return add_item(x, "connected", apart,
                    "bài cùng thể loại so được với nhau (nếu chưa: chamthi reading add --for link)",
                    "entries of one track can be compared (if not: chamthi reading add --for link)",
                    f);
}

static status check_thirds(const checking *x, fault *f)
{
    reading_needs due;
    const reading_request r = {.purpose = READING_THIRD};
    if (!x->b->rules->third.final)
        return OK;
    TRY(reading_due(x->db, x->mem, x->b->year, x->b->rules->key, &r, &due, f));
    return add_item(x, "third", (int64_t)due.count,
                    "giám khảo chấm lệch nhau thì đã có lượt chấm thứ ba",
                    "where judges are far apart a third has read", f);
}

/* Level entries between which a line of prizes, or of who goes on, has to run. */
static status check_ties(const checking *x, fault *f)
{
    int64_t level = 0;
    for (size_t from = 0, to; from < x->t->count; from = to) {
        const rank_row *r = &x->t->rows[from];
        for (to = from + 1; to < x->t->count && r->rank && x->t->rows[to].rank == r->rank &&
                            x->t->rows[to].group == r->group &&
                            strcmp(x->t->rows[to].track, r->track) == 0;)
            to++;
        size_t places = board_places(x->b, r->track), first = (size_t)r->rank;
        bool crossing = first <= places && first + (to - from) - 1 > places;
        bool matters = x->b->rules->advance ? crossing : first <= places;
        level += r->rank && to - from > 1 && matters ? (int64_t)(to - from) : 0;
    }
    return add_item(x, "ties", level, "bài bằng điểm ở ranh giới đã được phân định theo quy chế",
                    "entries that stand level at a line are told apart by the rules", f);
}

static status check_paper(const checking *x, fault *f)
{
    paper_table paper;
    TRY(sheet_reconcile(x->db, x->mem, x->b->year, x->b->rules->key, &paper, f));
    return add_item(x, "paper", paper.sheets - paper.agreeing,
                    "phiếu giấy đã nhập hai lần và khớp với cơ sở dữ liệu",
                    "paper sheets are keyed twice and agree with the database", f);
}

static status check_ranked(const checking *x, fault *f)
{
    bool same;
    TRY(board_stored(x->db, x->b, x->t, &same, f));
    return add_item(x, "ranked", !same,
                    "bảng xếp hạng đã lưu đúng với điểm hiện nay (chamthi rank)",
                    "the stored ranking is that of the present marks (chamthi rank)", f);
}

static status check_audit(const checking *x, fault *f)
{
    audit_verdict v;
    TRY(audit_verify(x->db, &v, f));
    memcpy(x->out->head, v.head, sizeof x->out->head);
    return add_item(x, "audit", !v.intact, "chuỗi nhật ký kiểm toán liền mạch",
                    "the audit chain is unbroken", f);
}

static status check_all(const checking *x, fault *f)
{
    TRY(add_count(x, "sheets", Q_ROUND_UNFINISHED, "phiếu nào cũng đã nộp", "every sheet is in",
                  f));
    TRY(check_coverage(x, f));
    TRY(add_count(x, "missing", Q_ROUND_MARKS_MISSING,
                  "phiếu đã nộp không thiếu điểm nào (thiếu là thiếu, không phải điểm 0)",
                  "no submitted sheet lacks a mark (missing is missing, never zero)", f));
    TRY(check_connected(x, f));
    TRY(check_thirds(x, f));
    TRY(check_ties(x, f));
    TRY(check_paper(x, f));
    TRY(add_count(x, "redaction", Q_ROUND_UNREVIEWED, "bài nào cũng đã được soát phần che tên",
                  "the redaction of every entry was reviewed", f));
    TRY(check_ranked(x, f));
    return check_audit(x, f);
}

static status look(store *db, arena *mem, int64_t year, const char *key, board *b, close_list *out,
                   fault *f)
{
    rank_table t;
    const board_options options = {.method = FIT_RULEBOOK};
    *out = (close_list){.count = 0};
    TRY(board_read(db, mem, year, key, b, f));
    TRY(board_rank(mem, b, &options, &t, NULL, f));
    return check_all(&(checking){db, mem, b, &t, out}, f);
}

status round_checklist(store *db, arena *mem, int64_t year, const char *round, close_list *out,
                       fault *f)
{
    board b;
    return look(db, mem, year, round, &b, out, f);
}

static const close_item *first_open(const close_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->items[i].count)
            return &list->items[i];
    return NULL;
}

static status may_close(const board *b, const close_list *list, const char *reason, fault *f)
{
    if (strcmp(b->state, "planned") == 0)
        return FAIL(f, E_CONFLICT,
                    "vòng %s năm %lld chưa mở; mở bằng: chamthi assign publish --round %s",
                    "round %s of %lld is not open yet; open it with: chamthi assign publish "
                    "--round %s",
                    b->rules->key, (long long)b->year, b->rules->key);
    const close_item *open = first_open(list);
    if (!open || reason)
        return OK;
    return FAIL(
        f, E_CONFLICT,
        "vòng %s còn %zu điều kiện chưa đạt (đầu tiên, %lld chỗ: “%s”%.0s); xem: chamthi round "
        "checklist --round %s. Nếu vẫn đóng, hãy ghi lý do bằng --reason",
        "round %s: %zu conditions do not hold (the first, %lld times:%.0s “%s”); see: chamthi "
        "round checklist --round %s. To close all the same, give the reason with --reason",
        b->rules->key, list->open, (long long)open->count, open->text[LANG_VI], open->text[LANG_EN],
        b->rules->key);
}

/* What did not hold stands in the audit row beside the reason. */
static status close_now(store *db, arena *mem, const board *b, const close_list *list,
                        const char *reason, fault *f)
{
    char object[128];
    const char *after = reason ? reason : "closed";
    for (size_t i = 0; after && i < list->count; i++)
        if (list->items[i].count)
            after = arena_format(mem, "%s; %s: %lld", after, list->items[i].code,
                                 (long long)list->items[i].count);
    if (!after)
        return fault_memory(f);
    snprintf(object, sizeof object, "round %lld %s", (long long)b->year, b->rules->key);
    TRY(store_run(db, Q_ROUND_SET_STATE, ARGS(v_text("closed"), v_int(b->round)), NULL, f));
    return audit_record(db, "round.close", object, "open", after, f);
}

status round_close(store *db, arena *mem, const char *actor, int64_t year, const char *round,
                   const char *reason, close_list *out, fault *f)
{
    board b;
    TRY(look(db, mem, year, round, &b, out, f));
    if (strcmp(b.state, "closed") == 0)
        return OK;
    TRY(may_close(&b, out, reason, f));
    TRY(store_begin(db, actor, f));
    status st = close_now(db, mem, &b, out, reason, f);
    if (st != OK) {
        store_rollback(db);
        return st;
    }
    TRY(store_commit(db, f));
    audit_verdict v;
    TRY(audit_verify(db, &v, f));
    memcpy(out->head, v.head, sizeof out->head);
    return OK;
}

/* ---- until when ---- */

static status put_due(store *db, int64_t round, const char *key, const char *day, fault *f)
{
    char object[80];
    int64_t changed;
    TRY(store_run(db, Q_ROUND_SET_DUE, ARGS(v_text(day), v_int(round)), &changed, f));
    if (!changed)
        return FAIL(f, E_CONFLICT, "vòng %s đã đóng nên không còn hạn nộp phiếu",
                    "round %s is closed, so no sheet is due any more", key);
    snprintf(object, sizeof object, "round %.70s", key);
    return audit_record(db, "round.due", object, NULL, day, f);
}

status round_set_due(store *db, const char *actor, int64_t year, const char *round, date day,
                     fault *f)
{
    char iso[20];
    int64_t id;
    date_iso(day, iso);
    TRY(contest_round_id(db, year, round, &id, f));
    TRY(store_begin(db, actor, f));
    status st = put_due(db, id, round, iso, f);
    if (st != OK) {
        store_rollback(db);
        return st;
    }
    return store_commit(db, f);
}
