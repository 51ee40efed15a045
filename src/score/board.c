/* Reads a round, and ranks it: track by track, by the rules of its contest. */
#include "board.h"

#include "chamthi/random.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char *const purpose_words[PURPOSES] = {"draw",  "third",       "line",
                                             "check", "calibration", "link"};

/* ---- reading ---- */

static bool add_entry(cursor *c, arena *mem, board *b, size_t *capacity)
{
    rank_row *rows = arena_grow(mem, b->rows, b->row_count, capacity, sizeof *rows);
    if (!rows)
        return false;
    b->rows = rows;
    rows[b->row_count] = (rank_row){.entry_id = cursor_int(c, 0),
                                    .receipt = cursor_copy(c, 1, mem),
                                    .title = cursor_copy(c, 2, mem),
                                    .track = cursor_copy(c, 3, mem),
                                    .phach = cursor_copy(c, 4, mem),
                                    .assigned = cursor_int(c, 5)};
    const rank_row *r = &rows[b->row_count++];
    return r->receipt && r->title && r->track && r->phach;
}

static status read_entries(store *db, arena *mem, board *b, fault *f)
{
    cursor c;
    size_t capacity = 0;
    bool good = true;
    TRY(store_select(db, Q_RANK_ENTRIES, ARGS(v_int(b->round)), &c, f));
    while (good && cursor_next(&c))
        good = add_entry(&c, mem, b, &capacity);
    TRY(cursor_close(&c, f));
    return good ? OK : fault_memory(f);
}

static purpose purpose_of(const char *word)
{
    int p = READING_DRAW;
    while (p + 1 < PURPOSES && strcmp(purpose_words[p], word) != 0)
        p++;
    return (purpose)p;
}

/* Sheets and their marks come together, one row a criterion of the round, by entry as the rows are, then by
 * judge. A sheet counts when it was submitted with a mark for every criterion of the entry's track. */
typedef struct {
    board *b;
    arena *mem;
    size_t capacity, row;
    int64_t *marks;
    size_t criterion, lacking;
} sheet_reader;

static bool start_sheet(sheet_reader *x, cursor *c)
{
    board *b = x->b;
    rank_sheet *sheets =
        arena_grow(x->mem, b->sheets, b->sheet_count, &x->capacity, sizeof *sheets);
    x->marks = ARENA_ARRAY(x->mem, int64_t, b->rules->criterion_count);
    x->criterion = x->lacking = 0;
    if (!sheets || !x->marks)
        return false;
    b->sheets = sheets;
    sheets[b->sheet_count] = (rank_sheet){.row = x->row,
                                          .judge = cursor_copy(c, 2, x->mem),
                                          .purpose = purpose_of(cursor_text(c, 3)),
                                          .marks = x->marks,
                                          .sheet_id = cursor_int(c, 0),
                                          .order = cursor_int(c, 4)};
    return sheets[b->sheet_count++].judge != NULL;
}

static bool add_mark(sheet_reader *x, cursor *c)
{
    board *b = x->b;
    int64_t entry = cursor_int(c, 1), sheet = cursor_int(c, 0);
    while (x->row < b->row_count && b->rows[x->row].entry_id != entry)
        x->row++;
    if (x->row == b->row_count)
        return false;
    bool same = b->sheet_count && b->sheets[b->sheet_count - 1].sheet_id == sheet;
    if (!same && b->sheet_count && x->lacking)
        b->sheet_count--; /* the one before lacks a mark */
    if (!same && !start_sheet(x, c))
        return false;
    if (x->criterion == b->rules->criterion_count)
        return false;
    const contest_criterion *k = &b->rules->criteria[x->criterion];
    if (!cursor_null(c, 5)) {
        x->marks[x->criterion] = cursor_int(c, 5);
        b->sheets[b->sheet_count - 1].points += criterion_weigh(k, cursor_int(c, 5));
    } else {
        x->lacking += criterion_applies(k, b->rows[x->row].track);
    }
    x->criterion++;
    return true;
}

static status read_sheets(store *db, arena *mem, board *b, fault *f)
{
    sheet_reader x = {.b = b, .mem = mem};
    cursor c;
    bool good = true;
    TRY(store_select(db, Q_RANK_SHEETS, ARGS(v_int(b->round)), &c, f));
    while (good && cursor_next(&c))
        good = add_mark(&x, &c);
    TRY(cursor_close(&c, f));
    if (good && b->sheet_count && x.lacking)
        b->sheet_count--;
    return good ? OK : fault_memory(f);
}

static status read_ties(store *db, arena *mem, board *b, fault *f)
{
    cursor c;
    b->votes = ARENA_ARRAY(mem, int64_t, b->row_count + 1);
    if (!b->votes)
        return fault_memory(f);
    for (size_t i = 0; i < b->row_count; i++)
        b->votes[i] = -1;
    TRY(store_select(db, Q_TIE_VOTES, ARGS(v_int(b->round)), &c, f));
    while (cursor_next(&c))
        for (size_t i = 0; i < b->row_count; i++)
            if (b->rows[i].entry_id == cursor_int(&c, 0))
                b->votes[i] = cursor_int(&c, 1);
    TRY(cursor_close(&c, f));
    TRY(store_select(db, Q_TIE_LOT, ARGS(v_int(b->round)), &c, f));
    if (cursor_next(&c))
        b->drawn = cursor_copy(&c, 0, mem);
    return cursor_close(&c, f);
}

static status read_rules(store *db, arena *mem, board *b, const char *key, fault *f)
{
    contest *definition;
    cursor c;
    char own[128] = "";
    TRY(contest_round_id(db, b->year, key, &b->round, f));
    TRY(contest_get(db, mem, b->year, &definition, f));
    TRY(store_select(db, Q_ROUND_STATE, ARGS(v_int(b->round)), &c, f));
    if (cursor_next(&c)) {
        snprintf(b->state, sizeof b->state, "%s", cursor_text(&c, 0));
        snprintf(own, sizeof own, "%s", cursor_text(&c, 1));
    }
    TRY(cursor_close(&c, f));
    b->contest = definition;
    for (size_t i = 0; i < definition->round_count; i++)
        if (strcmp(definition->rounds[i].key, own) == 0)
            b->rules = &definition->rounds[i];
    if (!b->rules)
        return FAIL(f, E_CONFLICT, "định nghĩa cuộc thi năm %lld không còn vòng %s",
                    "the definition of %lld no longer has the round %s", (long long)b->year, key);
    b->criterion_out = ARENA_ARRAY(mem, bool, b->rules->criterion_count + 1);
    return b->criterion_out ? OK : fault_memory(f);
}

status board_read(store *db, arena *mem, int64_t year, const char *round, board *out, fault *f)
{
    *out = (board){.year = year};
    TRY(read_rules(db, mem, out, round, f));
    TRY(read_entries(db, mem, out, f));
    if (!out->row_count)
        return FAIL(f, E_MISSING,
                    "vòng %s năm %lld chưa có bài nào; hãy cấp mã phách trước: chamthi phach give "
                    "--round %s",
                    "round %s of %lld has no entries; give blind codes first: chamthi phach give "
                    "--round %s",
                    round, (long long)year, round);
    TRY(read_sheets(db, mem, out, f));
    return read_ties(db, mem, out, f);
}

/* ---- copies ---- */

status board_copy(arena *mem, const board *b, board *out, fault *f)
{
    *out = *b;
    out->rows = ARENA_ARRAY(mem, rank_row, b->row_count + 1);
    out->sheets = ARENA_ARRAY(mem, rank_sheet, b->sheet_count + 1);
    if (!out->rows || !out->sheets)
        return fault_memory(f);
    memcpy(out->rows, b->rows, b->row_count * sizeof *b->rows);
    if (b->sheet_count)
        memcpy(out->sheets, b->sheets, b->sheet_count * sizeof *b->sheets);
    return OK;
}

status board_without_judge(arena *mem, const board *b, const char *judge, board *out, fault *f)
{
    TRY(board_copy(mem, b, out, f));
    out->sheet_count = 0;
    for (size_t i = 0; i < b->sheet_count; i++)
        if (strcmp(b->sheets[i].judge, judge) != 0)
            out->sheets[out->sheet_count++] = b->sheets[i];
    return OK;
}

status board_without_criterion(arena *mem, const board *b, size_t criterion, board *out, fault *f)
{
    TRY(board_copy(mem, b, out, f));
    out->criterion_out = ARENA_ARRAY(mem, bool, b->rules->criterion_count + 1);
    if (!out->criterion_out)
        return fault_memory(f);
    memcpy(out->criterion_out, b->criterion_out, b->rules->criterion_count * sizeof(bool));
    out->criterion_out[criterion] = true;
    for (size_t i = 0; i < out->sheet_count; i++)
        out->sheets[i].points -=
            criterion_weigh(&b->rules->criteria[criterion], out->sheets[i].marks[criterion]);
    return OK;
}

size_t board_find(const board *b, const char *receipt)
{
    for (size_t i = 0; i < b->row_count; i++)
        if (strcmp(b->rows[i].receipt, receipt) == 0)
            return i;
    return b->row_count;
}

size_t board_places(const board *b, const char *track)
{
    size_t places = 0;
    if (b->rules->advance)
        return (size_t)b->rules->advance;
    for (size_t i = 0; i < b->contest->prize_count; i++) {
        const contest_prize *p = &b->contest->prizes[i];
        if (p->track && strcmp(p->track, track) == 0 && p->quota.from != PROVENANCE_UNKNOWN)
            places += (size_t)p->quota.number;
    }
    return places;
}
