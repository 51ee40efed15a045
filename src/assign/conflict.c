/* A judge gives one entry back. */
#include "chamthi/assign.h"

#include "chamthi/clock.h"
#include "chamthi/text.h"

#include <stdio.h>
#include <string.h>

const char *const conflict_words[CONFLICT_REASONS] = {"author", "relation", "other"};

bool conflict_read(const char *word, conflict_reason *out)
{
    for (int i = 0; i < CONFLICT_REASONS; i++)
        if (strcmp(word, conflict_words[i]) == 0) {
            *out = (conflict_reason)i;
            return true;
        }
    return false;
}

static status recuse(store *db, const assign_conflict *c, fault *f)
{
    char object[80], before[32], after[40];
    int64_t changed;
    TRY(store_run(db, Q_ASSIGN_RECUSE, ARGS(v_int(c->sheet_id), v_int(c->judge_id), v_int(c->rev)),
                  &changed, f));
    if (!changed)
        return FAIL(
            f, E_CONFLICT, "phiếu này vừa được thay đổi ở nơi khác; hãy mở lại bài rồi quyết định",
            "this sheet was changed elsewhere a moment ago; open the essay again and decide");
    TRY(store_run(db, Q_ASSIGN_CONFLICT_ADD,
                  ARGS(v_int(c->sheet_id), v_text(conflict_words[c->reason]),
                       v_text(c->note ? c->note : ""), v_int(clock_now())),
                  NULL, f));
    snprintf(object, sizeof object, "sheet %.70s", c->phach);
    snprintf(before, sizeof before, "rev %lld", (long long)c->rev);
    snprintf(after, sizeof after, "recused: %s", conflict_words[c->reason]);
    return audit_record(db, "sheet.recuse", object, before, after, f);
}

status assign_recuse(store *db, const char *actor, const assign_conflict *c, fault *f)
{
    if (c->note && text_characters((slice){c->note, strlen(c->note)}) > CONFLICT_NOTE_MOST)
        return FAIL(f, E_INPUT, "lời giải thích quá dài (tối đa %d ký tự); hãy viết ngắn lại",
                    "the explanation is too long (at most %d characters); shorten it",
                    CONFLICT_NOTE_MOST);
    TRY(store_begin(db, actor, f));
    status st = recuse(db, c, f);
    if (st == OK)
        return store_commit(db, f);
    store_rollback(db);
    return st;
}

status assign_find_sheet(store *db, int64_t round_id, const char *phach, const char *judge,
                         assign_conflict *out, fault *f)
{
    cursor c;
    *out = (assign_conflict){.phach = phach};
    TRY(store_select(db, Q_ASSIGN_SHEET_FIND, ARGS(v_int(round_id), v_text(phach), v_text(judge)),
                     &c, f));
    bool found = cursor_next(&c), gone = false, submitted = false, closed = false;
    if (found) {
        gone =
            strcmp(cursor_text(&c, 3), "recused") == 0 || strcmp(cursor_text(&c, 3), "lost") == 0;
        submitted = strcmp(cursor_text(&c, 3), "submitted") == 0;
        closed = strcmp(cursor_text(&c, 4), "closed") == 0;
        out->sheet_id = cursor_int(&c, 0);
        out->judge_id = cursor_int(&c, 1);
        out->rev = cursor_int(&c, 2);
    }
    TRY(cursor_close(&c, f));
    if (gone)
        return FAIL(f, E_CONFLICT, "giám khảo %s đã thôi chấm bài %s từ trước",
                    "judge %s does not read entry %s any more", judge, phach);
    if (closed)
        return FAIL(f, E_CONFLICT, "vòng chấm đã đóng nên không ai thôi chấm bài nào được nữa",
                    "the round is closed, so no entry can be given back any more");
    if (submitted)
        return FAIL(f, E_CONFLICT,
                    "giám khảo %s đã nộp phiếu bài %s; hãy trả phiếu trước: chamthi sheet return",
                    "judge %s has handed in the sheet for entry %s; first: chamthi sheet return",
                    judge, phach);
    return found ? OK
                 : FAIL(f, E_MISSING, "giám khảo %s không có phiếu chấm bài %s ở vòng này",
                        "judge %s has no sheet for entry %s in this round", judge, phach);
}
