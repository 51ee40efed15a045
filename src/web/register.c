/* Public look-ups. */
#include "register.h"

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
        (*out)[(*count)++] = (register_contest){cursor_int(&c, 0), cursor_copy(&c, 1, mem)};
    return cursor_close(&c, f);
}

static certificate_state state_of(const char *key)
{
    if (strcmp(key, "issued") == 0)
        return CERTIFICATE_ISSUED;
    if (strcmp(key, "held") == 0)
        return CERTIFICATE_HELD;
    return strcmp(key, "replaced") == 0 ? CERTIFICATE_REPLACED : CERTIFICATE_REVOKED;
}

status register_find(store *db, arena *mem, const char *code, register_certificate *out, fault *f)
{
    cursor c;
    TRY(store_select(db, Q_PUBLIC_CERTIFICATE, ARGS(v_text(code)), &c, f));
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
