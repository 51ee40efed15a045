/* From the last round's results to proposed awards. */
#include "chamthi/award.h"
#include "chamthi/text.h"

#include "add.h"
#include "names.h"
#include "pick.h"

#include <stdio.h>
#include <string.h>

enum { PRIZES_MOST = 200, LINES_MORE = 400 };

typedef struct {
    int64_t id;
    const char *name, *track_name;
    bool known; /* its quota */
} prize_row;

typedef struct {
    int64_t id, rejects_open;
    const char *receipt, *track, *title, *state, *rule, *copy_open, *copy_accepted, *alike;
    bool scored;
} entry_row;

typedef struct {
    int64_t award, entry, prize;
    const char *state, *prize_name, *recipient;
    bool by_hand;
} award_row;

typedef struct {
    store *db;
    arena *mem;
    int64_t year, round;
    const char *signatory;
    prize_row *prizes;
    pick_prize *ladder;
    size_t prize_count;
    entry_row *rows; /* all with a result */
    pick_entry *picks;
    size_t row_count;
    size_t *competing; /* picks that compete -> rows */
    size_t competing_count;
    award_row *awards; /* there already */
    size_t award_count;
    award_line *lines;
    size_t line_count, line_capacity;
} proposal;

/* ---- reading ---- */
static status read_prizes(proposal *p, fault *f)
{
    cursor c;
    p->prizes = ARENA_ARRAY(p->mem, prize_row, PRIZES_MOST);
    p->ladder = ARENA_ARRAY(p->mem, pick_prize, PRIZES_MOST);
    if (!p->prizes || !p->ladder)
        return fault_memory(f);
    TRY(store_select(p->db, Q_AWARD_PRIZES, ARGS(v_int(p->year)), &c, f));
    while (p->prize_count < PRIZES_MOST && cursor_next(&c)) {
        bool known = !cursor_null(&c, 3);
        p->prizes[p->prize_count] = (prize_row){cursor_int(&c, 0), cursor_copy(&c, 2, p->mem),
                                                cursor_copy(&c, 6, p->mem), known};
        p->ladder[p->prize_count++] =
            (pick_prize){cursor_null(&c, 5) ? ANY_TRACK : cursor_int(&c, 5), cursor_int(&c, 4),
                         known ? cursor_int(&c, 3) : 0};
    }
    TRY(cursor_close(&c, f));
    if (!p->prize_count)
        return FAIL(f, E_CONFLICT,
                    "cuộc thi %d chưa có cơ cấu giải; hãy thêm “prizes” vào tệp định nghĩa",
                    "the contest %d has no prizes; add “prizes” to its definition", (int)p->year);
    return OK;
}

static const char *copy_or_null(cursor *c, int column, arena *mem)
{
    return cursor_null(c, column) ? NULL : cursor_copy(c, column, mem);
}

static status count_results(const proposal *p, size_t *out, fault *f)
{
    cursor c;
    *out = 0;
    TRY(store_select(p->db, Q_AWARD_CANDIDATES, ARGS(v_int(p->round)), &c, f));
    while (cursor_next(&c))
        ++*out;
    return cursor_close(&c, f);
}

static status read_entries(proposal *p, fault *f)
{
    cursor c;
    size_t count;
    TRY(count_results(p, &count, f));
    if (!count)
        return FAIL(f, E_CONFLICT,
                    "vòng cuối của cuộc thi %d chưa có kết quả; hãy chạy trước: chamthi rank",
                    "the last round of %d has no results yet; run first: chamthi rank",
                    (int)p->year);
    p->rows = ARENA_ARRAY(p->mem, entry_row, count);
    p->picks = ARENA_ARRAY(p->mem, pick_entry, count);
    p->competing = ARENA_ARRAY(p->mem, size_t, count);
    if (!p->rows || !p->picks || !p->competing)
        return fault_memory(f);
    TRY(store_select(p->db, Q_AWARD_CANDIDATES, ARGS(v_int(p->round)), &c, f));
    for (; p->row_count < count && cursor_next(&c); p->row_count++) {
        p->rows[p->row_count] = (entry_row){.id = cursor_int(&c, 0),
                                            .receipt = cursor_copy(&c, 1, p->mem),
                                            .track = cursor_copy(&c, 3, p->mem),
                                            .title = cursor_copy(&c, 4, p->mem),
                                            .state = cursor_copy(&c, 5, p->mem),
                                            .scored = !cursor_null(&c, 6),
                                            .rule = copy_or_null(&c, 7, p->mem),
                                            .rejects_open = cursor_int(&c, 8),
                                            .copy_open = copy_or_null(&c, 9, p->mem),
                                            .copy_accepted = copy_or_null(&c, 10, p->mem),
                                            .alike = copy_or_null(&c, 11, p->mem)};
        p->picks[p->row_count] = (pick_entry){
            .track = cursor_int(&c, 2), .points = cursor_int(&c, 6), .rank = cursor_int(&c, 12)};
    }
    return cursor_close(&c, f);
}

/* More points is a better rank, but in a track whose parts no judge connects: their ranks stand side by side
 * and their points have no common level. */
static status check_comparable(const proposal *p, fault *f)
{
    for (size_t i = 1; i < p->row_count; i++) {
        const pick_entry *now = &p->picks[i];
        size_t k = i;
        while (k > 0 && p->picks[k - 1].track != now->track)
            k--;
        if (k > 0 && now->rank && p->picks[k - 1].points > now->points &&
            p->picks[k - 1].rank >= now->rank)
            return FAIL(f, E_CONFLICT,
                        "%s: có những nhóm bài không chung giám khảo nên không so được với nhau; "
                        "hãy nối bằng: chamthi reading add --for link, rồi xếp hạng lại; hoặc đề "
                        "nghị từng bài: chamthi award give",
                        "%s: some groups of entries share no judge and cannot be compared; join "
                        "them with: chamthi reading add --for link, and rank again; or propose "
                        "entry by entry: chamthi award give",
                        p->rows[i].track);
    }
    return OK;
}

static status read_awards(proposal *p, fault *f)
{
    cursor c;
    p->awards = ARENA_ARRAY(p->mem, award_row, p->row_count + LINES_MORE);
    if (!p->awards)
        return fault_memory(f);
    TRY(store_select(p->db, Q_AWARD_OF_ENTRIES, ARGS(v_int(p->year)), &c, f));
    while (p->award_count < p->row_count + LINES_MORE && cursor_next(&c))
        p->awards[p->award_count++] = (award_row){
            cursor_int(&c, 0),          cursor_int(&c, 1),          cursor_int(&c, 2),
            cursor_copy(&c, 3, p->mem), cursor_copy(&c, 5, p->mem), cursor_copy(&c, 6, p->mem),
            !cursor_null(&c, 4)};
    return cursor_close(&c, f);
}

/* ---- lines of the report ---- */
static award_line *add_line(proposal *p, award_outcome outcome, const entry_row *e,
                            const char *prize, int64_t points)
{
    if (p->line_count == p->line_capacity)
        return NULL;
    award_line *line = &p->lines[p->line_count++];
    *line =
        (award_line){outcome, e ? e->track : "", prize, e ? e->receipt : "", "", points, "", ""};
    return line;
}

/* The same sentence in both languages, with one word put in. */
static status explain(proposal *p, award_line *line, const char *vi, const char *en,
                      const char *word, fault *f)
{
    if (!line)
        return fault_memory(f);
    line->reason_vi = arena_format(p->mem, "%s%s", vi, word);
    line->reason_en = arena_format(p->mem, "%s%s", en, word);
    return line->reason_vi && line->reason_en ? OK : fault_memory(f);
}

/* ---- who competes ---- */
static bool is_state(const award_row *a, const char *state)
{
    return strcmp(a->state, state) == 0;
}

static const award_row *award_of(const proposal *p, int64_t entry)
{
    const award_row *found = NULL;
    for (size_t i = 0; i < p->award_count; i++)
        if (p->awards[i].entry == entry &&
            (!is_state(&p->awards[i], "proposed") || p->awards[i].by_hand))
            found = &p->awards[i];
    return found;
}

/* Decided, held and hand-made awards keep their places; a revoked entry gets nothing more. */
static status keep(proposal *p, const entry_row *e, int64_t points, const award_row *a, fault *f)
{
    if (is_state(a, "revoked"))
        return explain(p, add_line(p, LINE_SKIPPED, e, "", points), "giải đã bị thu hồi",
                       "its award was revoked", "", f);
    for (size_t i = 0; i < p->prize_count; i++)
        if (p->prizes[i].id == a->prize && p->ladder[i].left > 0)
            p->ladder[i].left--;
    award_line *line = add_line(p, LINE_KEPT, e, a->prize_name, points);
    if (line)
        line->recipient = a->recipient;
    bool decided = !is_state(a, "proposed");
    return explain(p, line, decided ? "đã có quyết định" : "đề xuất riêng của người có thẩm quyền",
                   decided ? "already decided" : "proposed by hand", "", f);
}

static status skip(proposal *p, const entry_row *e, int64_t points, bool *skipped, fault *f)
{
    const char *vi = NULL, *en = NULL, *word = "";
    if (strcmp(e->state, "received") != 0) {
        bool withdrawn = strcmp(e->state, "withdrawn") == 0;
        vi = withdrawn ? "bài đã rút" : "bài đã bị loại";
        en = withdrawn ? "withdrawn" : "disqualified";
    } else if (e->rule) {
        vi = "đã kết luận vi phạm: ";
        en = "found to break a rule: ";
        word = e->rule;
    } else if (e->copy_accepted) {
        vi = "đã kết luận là sao chép bài ";
        en = "found to copy ";
        word = e->copy_accepted;
    } else if (e->copy_open) {
        vi = "trùng nguyên văn, chưa kết luận, với bài ";
        en = "same text, not ruled on yet, as ";
        word = e->copy_open;
    } else if (!e->scored) {
        vi = "chưa có phiếu chấm đủ";
        en = "no complete sheet yet";
    }
    *skipped = vi != NULL;
    return vi ? explain(p, add_line(p, LINE_SKIPPED, e, "", e->scored ? points : -1), vi, en, word,
                        f)
              : OK;
}

static status choose_competing(proposal *p, fault *f)
{
    for (size_t i = 0; i < p->row_count; i++) {
        const award_row *a = award_of(p, p->rows[i].id);
        bool skipped = false;
        if (a)
            TRY(keep(p, &p->rows[i], p->picks[i].points, a, f));
        else
            TRY(skip(p, &p->rows[i], p->picks[i].points, &skipped, f));
        if (a || skipped)
            continue;
        p->picks[p->competing_count] = p->picks[i];
        p->competing[p->competing_count++] = i;
    }
    return OK;
}

/* ---- writing ---- */
static status add_award(proposal *p, const entry_row *e, const prize_row *prize, award_line *line,
                        fault *f)
{
    const char *names, *units;
    char object[64];
    TRY(award_names(p->db, p->mem, e->id, &names, &units, f));
    line->recipient = names;
    const new_award award = {.year = p->year,
                             .kind = "entry",
                             .prize = prize->name,
                             .prize_id = v_int(prize->id),
                             .entry_id = v_int(e->id),
                             .recipient = names,
                             .unit = units,
                             .title = e->title,
                             .track = e->track,
                             .source = "rank",
                             .state = "proposed",
                             .decision.signatory = p->signatory};
    TRY(award_add(p->db, p->mem, &award, NULL, f));
    snprintf(object, sizeof object, "entry %s", e->receipt);
    return audit_record(p->db, "award.propose", object, NULL, prize->name, f);
}

/* What a person should know before deciding about this line. */
static status put_warning(proposal *p, award_line *line, const entry_row *e, fault *f)
{
    if (line->outcome == LINE_TIED)
        return explain(p, line,
                       "bằng điểm ở ranh giới giải; người có thẩm quyền quyết định: "
                       "chamthi award give ",
                       "equal points at the line; a person decides: chamthi award give ",
                       e->receipt, f);
    if (e->rejects_open)
        return explain(p, line, "còn phát hiện chưa kết luận", "a finding is not ruled on yet", "",
                       f);
    if (e->alike)
        return explain(p, line, "có đoạn giống nhau, chưa kết luận, với bài ",
                       "shared passages, not ruled on yet, with ", e->alike, f);
    return OK;
}

static status write_picks(proposal *p, fault *f)
{
    TRY(store_run(p->db, Q_AWARD_FORGET_PROPOSALS, ARGS(v_int(p->year)), NULL, f));
    for (size_t i = 0; i < p->competing_count; i++) {
        const pick_entry *pick = &p->picks[i];
        const entry_row *e = &p->rows[p->competing[i]];
        if (pick->result == PICK_NONE)
            continue;
        const prize_row *prize = &p->prizes[pick->prize];
        bool tied = pick->result == PICK_TIED;
        award_line *line =
            add_line(p, tied ? LINE_TIED : LINE_PROPOSED, e, prize->name, pick->points);
        if (!line)
            return fault_memory(f);
        TRY(put_warning(p, line, e, f));
        if (!tied)
            TRY(add_award(p, e, prize, line, f));
    }
    return OK;
}

static status name_empty(proposal *p, fault *f)
{
    for (size_t i = 0; i < p->prize_count; i++) {
        int64_t left = p->ladder[i].left;
        if (p->prizes[i].known && left == 0)
            continue;
        award_line *line = add_line(p, LINE_EMPTY, NULL, p->prizes[i].name, -1);
        if (!line)
            return fault_memory(f);
        line->track = p->prizes[i].track_name;
        char number[32] = "";
        snprintf(number, sizeof number, "%lld", (long long)left);
        if (!p->prizes[i].known)
            TRY(explain(p, line, "chưa biết số lượng giải", "its number is not known", "", f));
        else if (left == PLACES_WAIT)
            TRY(explain(p, line, "chờ quyết định về các bài bằng điểm ở giải trên",
                        "waits for the tie above", "", f));
        else
            TRY(explain(p, line, "để trống (không đủ bài đạt điểm): ",
                        "left empty (not enough entries reach the points): ", number, f));
    }
    return OK;
}

/* Whether the proposals that stand are exactly the new ones. */
static bool same_as_before(const proposal *p)
{
    size_t before = 0, now = 0, both = 0;
    for (size_t k = 0; k < p->award_count; k++)
        before += is_state(&p->awards[k], "proposed") && !p->awards[k].by_hand;
    for (size_t i = 0; i < p->competing_count; i++) {
        if (p->picks[i].result != PICK_PRIZE)
            continue;
        now++;
        for (size_t k = 0; k < p->award_count; k++)
            both += is_state(&p->awards[k], "proposed") && !p->awards[k].by_hand &&
                    p->awards[k].entry == p->rows[p->competing[i]].id &&
                    p->awards[k].prize == p->prizes[p->picks[i].prize].id;
    }
    return before == now && now == both;
}

static status propose(proposal *p, fault *f)
{
    contest *definition;
    TRY(contest_get(p->db, p->mem, p->year, &definition, f));
    p->signatory = definition->signatory_title;
    if (store_int(p->db, Q_AWARD_LAST_ROUND, ARGS(v_int(p->year)), &p->round, f) != OK)
        return FAIL(f, E_CONFLICT, "cuộc thi %d không có vòng chấm", "the contest %d has no round",
                    (int)p->year);
    TRY(read_prizes(p, f));
    TRY(read_entries(p, f));
    TRY(check_comparable(p, f));
    TRY(read_awards(p, f));
    p->line_capacity = p->row_count + p->prize_count;
    p->lines = ARENA_ARRAY(p->mem, award_line, p->line_capacity);
    if (!p->lines)
        return fault_memory(f);
    TRY(choose_competing(p, f));
    award_pick(p->ladder, p->prize_count, p->picks, p->competing_count);
    TRY(write_picks(p, f));
    return name_empty(p, f);
}

status award_propose(store *db, arena *mem, const char *actor, int64_t year, award_line **lines,
                     size_t *count, bool *changed, fault *f)
{
    proposal p = {.db = db, .mem = mem, .year = year};
    TRY(store_begin(db, actor, f));
    status st = propose(&p, f);
    *changed = st == OK && !same_as_before(&p);
    if (*changed)
        st = store_commit(db, f);
    else
        store_rollback(db);
    *lines = p.lines;
    *count = p.line_count;
    return st;
}
