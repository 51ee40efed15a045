/* Texts that are no entries: what entries are compared with, and what does not count. */
#include "chamthi/similarity.h"

#include "chamthi/file.h"
#include "chamthi/intake.h"
#include "chamthi/random.h"
#include "chamthi/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_LIMIT = 64 * 1024 * 1024, WORK_MEMORY = 1024 * 1024 };

status similar_find(store *db, const char *name, int64_t *id, fault *f)
{
    char *end;
    if (name[0] != 'R' && name[0] != 'r')
        return intake_entry_find(db, name, id, f);
    long number = strtol(name + 1, &end, 10);
    if (number <= 0 || *end)
        return FAIL(f, E_USAGE, "“%s” không phải số của văn bản tham chiếu (R1, R2 …)",
                    "“%s” is no number of a reference text (R1, R2 …)", name);
    *id = -number;
    return OK;
}

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static status write_reference(store *db, arena *mem, const char *kind, const char *title,
                              int64_t year, slice display, int64_t *id, fault *f)
{
    unsigned char hash[HASH_SIZE];
    int64_t changed;
    buffer key = BUFFER_INIT;
    text_key(display, &key);
    hash_bytes(hash, key.bytes, key.size);
    buffer_free(&key);
    TRY(store_run(
        db, Q_REFERENCE_ADD,
        ARGS(v_text(kind), v_text(title), v_int(year), v_slice(display), v_bytes(hash, HASH_SIZE)),
        &changed, f));
    TRY(store_int(db, Q_REFERENCE_FIND, ARGS(v_text(kind), v_text(title)), id, f));
    if (!changed)
        return OK;
    const char *object = arena_format(mem, "reference R%lld", (long long)*id);
    return object ? audit_record(db, "similar.load", object, NULL, kind, f) : fault_memory(f);
}

status similar_load(store *db, const char *actor, const char *path, reference_kind kind,
                    int64_t year, int64_t *id, fault *f)
{
    buffer raw = BUFFER_INIT, display = BUFFER_INIT;
    arena *mem = arena_new(WORK_MEMORY);
    status st = mem ? file_read(path, FILE_LIMIT, &raw, f) : fault_memory(f);
    if (st == OK)
        st = intake_read_text(last_part(path), (slice){raw.bytes, raw.size}, &display, f);
    if (st == OK)
        st = store_begin(db, actor, f);
    if (st == OK) {
        st = write_reference(db, mem, kind == REFERENCE_LIBRARY ? "library" : "compare",
                             last_part(path), year, (slice){display.bytes, display.size}, id, f);
        if (st == OK)
            st = store_commit(db, f);
        else
            store_rollback(db);
    }
    buffer_free(&raw);
    buffer_free(&display);
    arena_free(mem);
    return st;
}

static status drop(store *db, int64_t id, fault *f)
{
    int64_t changed;
    char object[48];
    TRY(store_run(db, Q_REFERENCE_DROP, ARGS(v_int(id)), &changed, f));
    if (!changed)
        return FAIL(f, E_CONFLICT,
                    "không có văn bản tham chiếu R%lld, hoặc đã có cặp bài được ghi nhận với nó "
                    "nên phải giữ",
                    "there is no reference text R%lld, or cases stand on it and it must be kept",
                    (long long)id);
    snprintf(object, sizeof object, "reference R%lld", (long long)id);
    return audit_record(db, "similar.unload", object, NULL, NULL, f);
}

status similar_unload(store *db, const char *actor, int64_t id, fault *f)
{
    TRY(store_begin(db, actor, f));
    status st = drop(db, id, f);
    if (st == OK)
        return store_commit(db, f);
    store_rollback(db);
    return st;
}
