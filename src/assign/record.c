/* The record of a round's draws: from the store, to text, and from text again.
 *
 * Blocks of "key=value" lines, an empty line after each: one for the round, one for each notice, one for
 * each draw. In a revealed record a draw's block is followed by its input and its plan. */
#include "record.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char heading[] = "chamthi record 1";

/* ---- from the store ---- */

status draw_record_slots(store *db, int64_t draw, buffer *out, fault *f)
{
    cursor c;
    TRY(store_select(db, Q_DRAW_SLOTS, ARGS(v_int(draw)), &c, f));
    buffer_text(out, "entry,judge\n");
    while (cursor_next(&c)) {
        csv_put(out, cursor_text(&c, 0), false);
        csv_put(out, cursor_text(&c, 1), true);
    }
    TRY(cursor_close(&c, f));
    return buffer_check(out, f);
}

static status load_draw(store *db, arena *mem, const assign_round *r, int64_t id,
                        recorded_draw *out, fault *f)
{
    buffer slots = BUFFER_INIT;
    TRY(assign_get_draw(db, mem, r, id, &out->draw, f));
    hash_bytes(out->seed_hash, out->draw.seed, SEED_SIZE);
    status st = draw_record_slots(db, id, &slots, f);
    out->plan = (slice){arena_copy(mem, slots.bytes, slots.size), slots.size};
    buffer_free(&slots);
    return st == OK && !out->plan.bytes ? fault_memory(f) : st;
}

static status load_numbers(store *db, arena *mem, const assign_round *r, int64_t **out,
                           size_t *count, fault *f)
{
    size_t capacity = 0;
    cursor c;
    status st = OK;
    *out = NULL;
    *count = 0;
    TRY(store_select(db, Q_DRAW_NUMBERS, ARGS(v_int(r->id)), &c, f));
    while (st == OK && cursor_next(&c)) {
        *out = arena_grow(mem, *out, *count, &capacity, sizeof **out);
        if (*out)
            (*out)[(*count)++] = cursor_int(&c, 0);
        else
            st = fault_memory(f);
    }
    status closed = cursor_close(&c, st == OK ? f : NULL);
    return st == OK ? closed : st;
}

status draw_record_load(store *db, arena *mem, const assign_round *r, int64_t only,
                        draw_record *out, fault *f)
{
    int64_t *numbers;
    size_t count;
    *out = (draw_record){.year = r->year, .round = r->key, .depth = RECORD_REVEALED};
    TRY(assign_get_notices(db, mem, r, 0, &out->notices, &out->notice_count, f));
    TRY(load_numbers(db, mem, r, &numbers, &count, f));
    out->draws = ARENA_ARRAY(mem, recorded_draw, count);
    if (!out->draws)
        return fault_memory(f);
    for (size_t i = 0; i < count; i++)
        if (!only || numbers[i] == only)
            TRY(load_draw(db, mem, r, numbers[i], &out->draws[out->draw_count++], f));
    return OK;
}

/* ---- to text ---- */

static void put_hex(buffer *out, const char *key, const unsigned char bytes[HASH_SIZE])
{
    char hex[2 * HASH_SIZE + 1];
    hex_encode(hex, bytes, HASH_SIZE);
    buffer_format(out, "%s=%s\n", key, hex);
}

static void put_notice(const assign_posted *n, record_depth depth, buffer *out)
{
    buffer_format(out, "\nnotice=%lld\nat=%lld\npublic_name=%s\n", (long long)n->id,
                  (long long)n->at, n->public_name);
    put_hex(out, "secret_hash", n->secret_hash);
    put_hex(out, "inputs_hash", n->inputs_hash);
    if (depth == RECORD_REVEALED)
        put_hex(out, "secret", n->secret);
}

static void put_draw(const recorded_draw *r, record_depth depth, buffer *out)
{
    const assign_draw *d = &r->draw;
    buffer_format(out, "\ndraw=%lld\nat=%lld\npublished=%lld\nkind=%s\nstate=%s\n",
                  (long long)d->id, (long long)d->at, (long long)d->published, d->kind, d->state);
    if (d->notice)
        buffer_format(out, "of_notice=%lld\npublic_value=%s\n", (long long)d->notice, d->value);
    put_hex(out, "seed_hash", r->seed_hash);
    put_hex(out, "inputs_hash", d->inputs_hash);
    put_hex(out, "output_hash", d->output_hash);
    buffer_format(out, "proof=%s\n", d->proof);
    if (depth == RECORD_SEALED)
        return;
    put_hex(out, "seed", d->seed);
    buffer_byte(out, '\n');
    buffer_put(out, d->inputs.bytes, d->inputs.size);
    buffer_byte(out, '\n');
    buffer_put(out, r->plan.bytes, r->plan.size);
}

void draw_record_write(const draw_record *record, buffer *out)
{
    buffer_format(out, "%s\ncontest=%lld\nround=%s\ndepth=%s\nnotices=%zu\ndraws=%zu\n", heading,
                  (long long)record->year, record->round,
                  record->depth == RECORD_REVEALED ? "revealed" : "sealed", record->notice_count,
                  record->draw_count);
    for (size_t i = 0; i < record->notice_count; i++)
        put_notice(&record->notices[i], record->depth, out);
    for (size_t i = 0; i < record->draw_count; i++)
        put_draw(&record->draws[i], record->depth, out);
}

status assign_record(store *db, arena *mem, int64_t year, const char *round, record_depth depth,
                     buffer *out, fault *f)
{
    assign_round r;
    draw_record record;
    TRY(assign_find_round(db, mem, year, round, &r, f));
    if (depth == RECORD_REVEALED && strcmp(r.state, "closed") != 0)
        return FAIL(
            f, E_CONFLICT,
            "vòng %s chưa đóng: mở biên bản rút thăm lúc này thì giám khảo biết ai chấm bài "
            "nào; hãy đóng vòng trước, hoặc xuất bản niêm phong (bỏ --reveal)",
            "round %s is not closed: its record would tell judges who reads what; close it "
            "first, or export the sealed record (without --reveal)",
            r.key);
    TRY(draw_record_load(db, mem, &r, 0, &record, f));
    record.depth = depth;
    draw_record_write(&record, out);
    return buffer_check(out, f);
}

/* ---- from text ---- */

/* A block, with the line end of its last line; or, at the end of the text, an empty one. */
static slice next_block(slice *text)
{
    const char *end = text->size ? memmem(text->bytes, text->size, "\n\n", 2) : NULL;
    size_t size = end ? (size_t)(end - text->bytes) + 1 : text->size;
    slice block = {text->bytes, size};
    size_t skip = end ? size + 1 : size;
    *text = (slice){text->bytes + skip, text->size - skip};
    return block;
}

/* The value behind `key` at the start of a line, copied; NULL: no such line or no memory. */
static const char *value_of(arena *mem, slice block, const char *key)
{
    size_t size = strlen(key);
    const char *p = block.bytes, *end = p + block.size;
    while (p < end) {
        const char *line_end = memchr(p, '\n', (size_t)(end - p));
        line_end = line_end ? line_end : end;
        if ((size_t)(line_end - p) > size && memcmp(p, key, size) == 0 && p[size] == '=')
            return arena_copy(mem, p + size + 1, (size_t)(line_end - p) - size - 1);
        p = line_end + 1;
    }
    return NULL;
}

static status no_record(fault *f)
{
    return FAIL(f, E_INPUT,
                "tệp này không phải biên bản rút thăm, hoặc đã bị cắt, sửa; hãy lấy lại tệp gốc "
                "(chamthi assign record)",
                "this file is no record of a draw, or was cut or changed; get the original again "
                "(chamthi assign record)");
}

typedef struct {
    arena *mem;
    slice block;
    bool whole; /* nothing was missing so far */
} reader;

static const char *take_text(reader *r, const char *key)
{
    const char *text = value_of(r->mem, r->block, key);
    r->whole &= text != NULL;
    return text ? text : "";
}

static int64_t take_number(reader *r, const char *key)
{
    char *end;
    const char *text = take_text(r, key);
    long long n = strtoll(text, &end, 10);
    r->whole &= end != text && !*end;
    return n;
}

static void take_hex(reader *r, const char *key, unsigned char out[HASH_SIZE])
{
    r->whole &= hex_decode(out, HASH_SIZE, take_text(r, key));
}

static void read_notice(reader *r, assign_posted *out)
{
    out->id = take_number(r, "notice");
    out->at = take_number(r, "at");
    out->public_name = take_text(r, "public_name");
    take_hex(r, "secret_hash", out->secret_hash);
    take_hex(r, "inputs_hash", out->inputs_hash);
    take_hex(r, "secret", out->secret);
}

/* Input: a heading and three tables, all one slice with the empty lines between. */
static void read_draw(reader *r, slice *text, recorded_draw *out)
{
    assign_draw *d = &out->draw;
    d->id = take_number(r, "draw");
    d->at = take_number(r, "at");
    d->published = take_number(r, "published");
    d->kind = take_text(r, "kind");
    d->state = take_text(r, "state");
    d->proof = take_text(r, "proof");
    d->value = "";
    if (value_of(r->mem, r->block, "of_notice")) {
        d->notice = take_number(r, "of_notice");
        d->value = take_text(r, "public_value");
    }
    take_hex(r, "seed_hash", out->seed_hash);
    take_hex(r, "inputs_hash", d->inputs_hash);
    take_hex(r, "output_hash", d->output_hash);
    take_hex(r, "seed", d->seed);
    d->inputs = (slice){text->bytes, 0};
    for (int i = 0; i < 4; i++) {
        slice part = next_block(text);
        d->inputs.size = (size_t)(part.bytes + part.size - d->inputs.bytes);
    }
    out->plan = next_block(text);
    r->whole &= d->inputs.size > 0 && out->plan.size > 0;
}

static status read_blocks(reader *r, slice *text, draw_record *out, fault *f)
{
    size_t notices = 0, draws = 0;
    while (text->size) {
        r->block = next_block(text);
        if (value_of(r->mem, r->block, "notice")) {
            out->notices =
                arena_grow(r->mem, out->notices, out->notice_count, &notices, sizeof *out->notices);
            if (!out->notices)
                return fault_memory(f);
            out->notices[out->notice_count] = (assign_posted){0};
            read_notice(r, &out->notices[out->notice_count++]);
        } else {
            out->draws =
                arena_grow(r->mem, out->draws, out->draw_count, &draws, sizeof *out->draws);
            if (!out->draws)
                return fault_memory(f);
            out->draws[out->draw_count] = (recorded_draw){0};
            read_draw(r, text, &out->draws[out->draw_count++]);
        }
        if (!r->whole)
            return no_record(f);
    }
    return OK;
}

status draw_record_read(arena *mem, slice text, draw_record *out, fault *f)
{
    reader r = {.mem = mem, .whole = true};
    *out = (draw_record){.depth = RECORD_REVEALED};
    r.block = next_block(&text);
    size_t size = sizeof heading - 1;
    if (r.block.size < size || memcmp(r.block.bytes, heading, size) != 0)
        return no_record(f);
    out->year = take_number(&r, "contest");
    out->round = take_text(&r, "round");
    const char *depth = take_text(&r, "depth");
    if (r.whole && strcmp(depth, "sealed") == 0)
        return FAIL(
            f, E_INPUT,
            "biên bản này còn niêm phong, chỉ có mã băm; khi vòng chấm đóng hãy lấy biên bản "
            "mở: chamthi assign record --reveal",
            "this record is sealed and holds only hashes; when the round is closed get the "
            "revealed one: chamthi assign record --reveal");
    int64_t notices = take_number(&r, "notices"), draws = take_number(&r, "draws");
    TRY(read_blocks(&r, &text, out, f));
    r.whole &= notices == (int64_t)out->notice_count && draws == (int64_t)out->draw_count;
    return r.whole && draws ? OK : no_record(f);
}
