/* Proposals, decisions about them and what people add. */
#include "job.h"

#include "chamthi/clock.h"
#include "chamthi/text.h"

#include <string.h>

/* ---- proposing ---- */

/* A place somebody has decided about, or that an accepted span covers, is not proposed again. */
static bool settled(const stored_spans *l, const identity_span *s)
{
    for (size_t i = 0; i < l->count; i++) {
        const stored_span *k = &l->items[i];
        if (k->start == s->start && k->end == s->end)
            return true;
        if (k->state == SPAN_ACCEPTED && k->start <= s->start && k->end >= s->end)
            return true;
    }
    return false;
}

static bool still_proposed(const identity_spans *found, const stored_span *k)
{
    for (size_t i = 0; i < found->count; i++)
        if (found->items[i].start == k->start && found->items[i].end == k->end)
            return true;
    return false;
}

static status add_span(job *j, const redact_entry *e, entry_part part, size_t start, size_t end,
                       const char *kind, span_state state, fault *f)
{
    bool decided = state == SPAN_ACCEPTED;
    return store_run(
        j->db, Q_REDACTION_ADD,
        ARGS(v_int(e->id), v_bytes(e->parts[part].hash, HASH_SIZE), v_int((int64_t)start),
             v_int((int64_t)end), v_text(kind), v_text(decided ? "accepted" : "proposed"),
             v_text(decided ? j->actor : NULL), decided ? v_int(clock_now()) : v_null()),
        NULL, f);
}

static status propose_part(job *j, const redact_entry *e, entry_part part, fault *f)
{
    stored_spans stored;
    identity_spans found;
    TRY(redact_spans(j->db, j->mem, e, part, &stored, f));
    TRY(identity_find(j->mem, e->parts[part].text, &e->known, &found, f));
    for (size_t i = 0; i < stored.count; i++) {
        const stored_span *k = &stored.items[i];
        if (k->state != SPAN_PROPOSED)
            continue;
        if (still_proposed(&found, k)) {
            j->sum->undecided++;
            continue;
        }
        j->sum->dropped++;
        TRY(store_run(j->db, Q_REDACTION_DROP, ARGS(v_int(k->id)), NULL, f));
    }
    for (size_t i = 0; i < found.count; i++) {
        const identity_span *s = &found.items[i];
        if (settled(&stored, s))
            continue;
        j->sum->added++;
        j->sum->undecided++;
        TRY(add_span(j, e, part, s->start, s->end, s->kind, SPAN_PROPOSED, f));
    }
    return OK;
}

static status propose_one(job *j, const redact_entry *e, fault *f)
{
    j->sum->entries++;
    for (entry_part part = 0; part < PARTS; part++)
        TRY(propose_part(j, e, part, f));
    return OK;
}

static status propose_all(job *j, fault *f)
{
    TRY(job_each_entry(j, propose_one, f));
    if (!j->sum->added && !j->sum->dropped)
        return OK;
    arena_reset(j->mem);
    return job_record(j, "redact", arena_format(j->mem, "contest %lld", (long long)j->year), NULL,
                      arena_format(j->mem, "new %lld, dropped %lld", (long long)j->sum->added,
                                   (long long)j->sum->dropped),
                      f);
}

status redact_propose(store *db, const char *actor, int64_t year, redact_summary *out, fault *f)
{
    *out = (redact_summary){0};
    job j = {.db = db, .actor = actor, .year = year, .sum = out};
    return job_run(&j, propose_all, f);
}

/* ---- deciding ---- */

static const char *word_of(redact_decision d)
{
    return d == REDACT_ACCEPT ? "accepted" : "rejected";
}

static status decide_span(job *j, int64_t id, redact_decision d, fault *f)
{
    return store_run(j->db, Q_REDACTION_DECIDE,
                     ARGS(v_text(word_of(d)), v_text(j->actor), v_int(clock_now()), v_int(id)),
                     NULL, f);
}

/* Judges who read this entry in an open round read the new text from now on. */
static status refresh_blind(job *j, const redact_entry *e, fault *f)
{
    slice parts[PARTS];
    TRY(redact_texts(j->db, j->mem, e, parts, f));
    return store_run(j->db, Q_BLIND_REFRESH,
                     ARGS(v_slice(parts[PART_TITLE]), v_slice(parts[PART_TEXT]), v_int(e->id)),
                     NULL, f);
}

static status decide_one(job *j, int64_t id, fault *f)
{
    cursor c;
    int64_t entry_id = 0;
    unsigned char hash[HASH_SIZE] = {0};
    const char *before = "";
    TRY(store_select(j->db, Q_REDACTION_GET, ARGS(v_int(id)), &c, f));
    if (cursor_next(&c)) {
        slice h = cursor_bytes(&c, 1);
        entry_id = cursor_int(&c, 0);
        memcpy(hash, h.bytes, h.size < HASH_SIZE ? h.size : HASH_SIZE);
        before = cursor_copy(&c, 2, j->mem);
    }
    TRY(cursor_close(&c, f));
    if (!entry_id)
        return FAIL(
            f, E_MISSING, "không có đề xuất che số %lld; xem các số bằng: chamthi redact list",
            "there is no redaction %lld; see them with: chamthi redact list", (long long)id);
    redact_entry e;
    TRY(redact_read(j->db, j->mem, entry_id, &e, f));
    if (memcmp(hash, e.parts[PART_TEXT].hash, HASH_SIZE) != 0 &&
        memcmp(hash, e.parts[PART_TITLE].hash, HASH_SIZE) != 0)
        return FAIL(f, E_MISSING,
                    "đề xuất che số %lld thuộc bản cũ của bài %s; hãy chạy lại: chamthi redact",
                    "redaction %lld belongs to an older text of entry %s; run: chamthi redact",
                    (long long)id, e.receipt);
    if (before && strcmp(before, word_of(j->decision)) == 0)
        return OK;
    TRY(decide_span(j, id, j->decision, f));
    TRY(refresh_blind(j, &e, f));
    return job_record(j, "redact.decide",
                      arena_format(j->mem, "entry %s span %lld", e.receipt, (long long)id), before,
                      word_of(j->decision), f);
}

static status decide_list(job *j, fault *f)
{
    for (size_t i = 0; i < j->id_count; i++) {
        arena_reset(j->mem);
        TRY(decide_one(j, j->ids[i], f));
    }
    return OK;
}

status redact_decide(store *db, const char *actor, const int64_t *ids, size_t count,
                     redact_decision decision, fault *f)
{
    job j = {.db = db, .actor = actor, .ids = ids, .id_count = count, .decision = decision};
    return job_run(&j, decide_list, f);
}

static status decide_part(job *j, const redact_entry *e, entry_part part, fault *f)
{
    stored_spans stored;
    TRY(redact_spans(j->db, j->mem, e, part, &stored, f));
    for (size_t i = 0; i < stored.count; i++)
        if (stored.items[i].state == SPAN_PROPOSED) {
            TRY(decide_span(j, stored.items[i].id, j->decision, f));
            j->count++;
        }
    return OK;
}

static status decide_entry(job *j, const redact_entry *e, fault *f)
{
    int64_t before = j->count;
    for (entry_part part = 0; part < PARTS; part++)
        TRY(decide_part(j, e, part, f));
    if (j->count == before)
        return OK;
    TRY(refresh_blind(j, e, f));
    return job_record(
        j, "redact.decide", arena_format(j->mem, "entry %s", e->receipt), NULL,
        arena_format(j->mem, "%s %lld", word_of(j->decision), (long long)(j->count - before)), f);
}

static status decide_year(job *j, fault *f)
{
    return job_each_entry(j, decide_entry, f);
}

status redact_decide_all(store *db, const char *actor, int64_t year, redact_decision decision,
                         int64_t *count, fault *f)
{
    job j = {.db = db, .actor = actor, .year = year, .decision = decision};
    TRY(job_run(&j, decide_year, f));
    *count = j.count;
    return OK;
}

/* ---- adding ---- */

static status accept_place(job *j, const redact_entry *e, entry_part part,
                           const stored_spans *stored, size_t start, size_t end, fault *f)
{
    for (size_t i = 0; i < stored->count; i++) {
        const stored_span *k = &stored->items[i];
        if (k->start != start || k->end != end)
            continue;
        if (k->state == SPAN_ACCEPTED)
            return OK;
        j->count++;
        return decide_span(j, k->id, REDACT_ACCEPT, f);
    }
    j->count++;
    return add_span(j, e, part, start, end, "added", SPAN_ACCEPTED, f);
}

static status add_in_part(job *j, const redact_entry *e, entry_part part, size_t *places, fault *f)
{
    stored_spans stored;
    slice text = e->parts[part].text;
    TRY(redact_spans(j->db, j->mem, e, part, &stored, f));
    size_t size = strlen(j->text);
    const char *at = text.bytes, *end = at + text.size;
    while (size && (at = memmem(at, (size_t)(end - at), j->text, size))) {
        size_t start = (size_t)(at - text.bytes);
        TRY(accept_place(j, e, part, &stored, start, start + size, f));
        (*places)++;
        at += size;
    }
    return OK;
}

static status add_text(job *j, fault *f)
{
    redact_entry e;
    size_t places = 0;
    TRY(redact_read(j->db, j->mem, j->id, &e, f));
    for (entry_part part = 0; part < PARTS; part++)
        TRY(add_in_part(j, &e, part, &places, f));
    if (!places)
        return FAIL(f, E_MISSING, "bài %s không có chỗ nào viết đúng “%s”",
                    "nowhere in entry %s stands “%s”", e.receipt, j->text);
    if (!j->count)
        return OK;
    TRY(refresh_blind(j, &e, f));
    return job_record(j, "redact.add", arena_format(j->mem, "entry %s", e.receipt), NULL,
                      arena_format(j->mem, "accepted %lld", (long long)j->count), f);
}

status redact_add(store *db, const char *actor, int64_t entry_id, const char *text, int64_t *count,
                  fault *f)
{
    buffer typed = BUFFER_INIT; /* in the form the text is kept in */
    text_report report = {0};
    text_display((slice){text, strlen(text)}, ENCODING_UTF8, &typed, &report);
    status st = buffer_check(&typed, f);
    job j = {.db = db, .actor = actor, .id = entry_id, .text = typed.bytes};
    if (st == OK)
        st = job_run(&j, add_text, f);
    buffer_free(&typed);
    *count = j.count;
    return st;
}
