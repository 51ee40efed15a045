/* Public look-ups. */
#include "register.h"

#include "chamthi/random.h"

#include <string.h>

enum { CONTESTS_MAX = 101 }; /* the schema's years: 2000 to 2100 */

status register_contests(store *db, arena *mem, register_contest **out, size_t *count, fault *f)
{
    cursor c;
    *count = 0;
    *out = ARENA_ARRAY(mem, register_contest, CONTESTS_MAX);
    if (!*out)
        return fault_memory(f);
    TRY(store_select(db, Q_PUBLIC_CONTESTS, NO_ARGS, &c, f));
    while (*count < CONTESTS_MAX && cursor_next(&c))
        (*out)[(*count)++] = (register_contest){cursor_int(&c, 0), cursor_copy(&c, 1, mem),
                                                cursor_int(&c, 2) != 0, cursor_int(&c, 3) != 0};
    return cursor_close(&c, f);
}

status register_page_read(store *db, arena *mem, int64_t year, register_page *out, fault *f)
{
    cursor c;
    TRY(store_select(db, Q_PUBLIC_CONTEST, ARGS(v_int(year)), &c, f));
    bool found = cursor_next(&c);
    if (found)
        *out = (register_page){.name = cursor_copy(&c, 0, mem),
                               .rules_at = cursor_int(&c, 1),
                               .results_at = cursor_int(&c, 2),
                               .methods = cursor_int(&c, 3) != 0};
    TRY(cursor_close(&c, f));
    return found ? OK
                 : FAIL(f, E_MISSING, "không có cuộc thi nào của năm này",
                        "there is no contest of that year");
}

/* Every list below is read the same way: rows of one year, each made by `read`. */
typedef struct {
    statement q;
    size_t size;
    void (*read)(cursor *c, arena *mem, void *row);
} list_plan;

static status read_list(store *db, arena *mem, const list_plan *plan, int64_t year, void **out,
                        size_t *count, fault *f)
{
    cursor c;
    char *rows = NULL;
    size_t capacity = 0, n = 0;
    TRY(store_select(db, plan->q, ARGS(v_int(year)), &c, f));
    while (cursor_next(&c)) {
        char *wider = arena_grow(mem, rows, n, &capacity, plan->size);
        if (!wider) {
            cursor_close(&c, NULL);
            return fault_memory(f);
        }
        rows = wider;
        plan->read(&c, mem, rows + n++ * plan->size);
    }
    *out = rows;
    *count = n;
    return cursor_close(&c, f);
}

static void read_rule(cursor *c, arena *mem, void *row)
{
    *(register_rule *)row = (register_rule){cursor_copy(c, 0, mem), cursor_copy(c, 1, mem),
                                            cursor_copy(c, 2, mem), cursor_copy(c, 3, mem)};
}

status register_rules(store *db, arena *mem, int64_t year, register_rule **out, size_t *count,
                      fault *f)
{
    static const list_plan plan = {Q_PUBLIC_RULES, sizeof(register_rule), read_rule};
    void *rows = NULL;
    status st = read_list(db, mem, &plan, year, &rows, count, f);
    *out = rows;
    return st;
}

static void read_result(cursor *c, arena *mem, void *row)
{
    *(register_result *)row =
        (register_result){cursor_copy(c, 0, mem), cursor_copy(c, 1, mem), cursor_copy(c, 2, mem),
                          cursor_copy(c, 3, mem), cursor_copy(c, 4, mem)};
}

status register_results(store *db, arena *mem, int64_t year, register_result **out, size_t *count,
                        fault *f)
{
    static const list_plan plan = {Q_PUBLIC_RESULTS, sizeof(register_result), read_result};
    void *rows = NULL;
    status st = read_list(db, mem, &plan, year, &rows, count, f);
    *out = rows;
    return st;
}

static char *copy_hex(cursor *c, int column, arena *mem)
{
    slice bytes = cursor_bytes(c, column);
    char *out = arena_alloc(mem, 2 * bytes.size + 1);
    if (out)
        hex_encode(out, (const unsigned char *)bytes.bytes, bytes.size);
    return out;
}

static void read_draw(cursor *c, arena *mem, void *row)
{
    *(register_draw *)row = (register_draw){.id = cursor_int(c, 0),
                                            .round = cursor_copy(c, 1, mem),
                                            .kind = cursor_copy(c, 2, mem),
                                            .state = cursor_copy(c, 3, mem),
                                            .per_entry = cursor_int(c, 4),
                                            .at = cursor_int(c, 5),
                                            .inputs = copy_hex(c, 6, mem),
                                            .output = copy_hex(c, 7, mem),
                                            .seed = copy_hex(c, 8, mem)};
}

status register_draws(store *db, arena *mem, int64_t year, register_draw **out, size_t *count,
                      fault *f)
{
    static const list_plan plan = {Q_PUBLIC_DRAWS, sizeof(register_draw), read_draw};
    void *rows = NULL;
    status st = read_list(db, mem, &plan, year, &rows, count, f);
    *out = rows;
    return st;
}

static status read_bytes(store *db, statement q, int64_t key, buffer *out, fault *f)
{
    cursor c;
    TRY(store_select(db, q, ARGS(v_int(key)), &c, f));
    bool found = cursor_next(&c);
    if (found) {
        slice bytes = cursor_bytes(&c, 0);
        buffer_put(out, bytes.bytes, bytes.size);
    }
    TRY(cursor_close(&c, f));
    return found ? OK
                 : FAIL(f, E_MISSING, "tài liệu này chưa được công bố",
                        "this document is not public");
}

status register_draw_inputs(store *db, int64_t draw, buffer *out, fault *f)
{
    return read_bytes(db, Q_PUBLIC_DRAW_INPUTS, draw, out, f);
}

status register_methods(store *db, int64_t year, buffer *out, fault *f)
{
    return read_bytes(db, Q_PUBLIC_METHODS, year, out, f);
}

static certificate_state state_of(const char *key)
{
    if (strcmp(key, "issued") == 0)
        return CERTIFICATE_ISSUED;
    if (strcmp(key, "held") == 0)
        return CERTIFICATE_HELD;
    return strcmp(key, "replaced") == 0 ? CERTIFICATE_REPLACED : CERTIFICATE_REVOKED;
}

status register_find(store *db, arena *mem, const char *code, slice hash, register_certificate *out,
                     fault *f)
{
    cursor c;
    TRY(store_select(db, Q_PUBLIC_CERTIFICATE,
                     ARGS(v_text(code), hash.size ? v_bytes(hash.bytes, hash.size) : v_null()), &c,
                     f));
    bool found = cursor_next(&c);
    if (found)
        *out = (register_certificate){.serial = cursor_copy(&c, 0, mem),
                                      .code = cursor_copy(&c, 1, mem),
                                      .honorific = cursor_copy(&c, 2, mem),
                                      .name = cursor_copy(&c, 3, mem),
                                      .address = cursor_copy(&c, 4, mem),
                                      .achievement = cursor_copy(&c, 5, mem),
                                      .prize = cursor_copy(&c, 6, mem),
                                      .title = cursor_copy(&c, 7, mem),
                                      .decision = cursor_copy(&c, 8, mem),
                                      .decision_date = cursor_copy(&c, 9, mem),
                                      .state = state_of(cursor_text(&c, 10)),
                                      .contest = cursor_copy(&c, 11, mem)};
    TRY(cursor_close(&c, f));
    return found ? OK : E_MISSING;
}
