/* Joins the authors of an entry. */
#include "names.h"

#include <string.h>

status award_names(store *db, arena *mem, int64_t entry, const char **names, const char **units,
                   fault *f)
{
    buffer name = BUFFER_INIT, unit = BUFFER_INIT;
    cursor c;
    status st = store_select(db, Q_AWARD_AUTHORS, ARGS(v_int(entry)), &c, f);
    if (st == OK) {
        while (cursor_next(&c)) {
            const char *one = cursor_text(&c, 1);
            buffer_format(&name, "%s%s", name.size ? "; " : "", cursor_text(&c, 0));
            if (*one && !strstr(unit.bytes, one))
                buffer_format(&unit, "%s%s", unit.size ? "; " : "", one);
        }
        st = cursor_close(&c, f);
    }
    *names = arena_string(mem, name.bytes);
    *units = arena_string(mem, unit.bytes);
    if (st == OK && (name.failed || unit.failed || !*names || !*units))
        st = fault_memory(f);
    buffer_free(&name);
    buffer_free(&unit);
    return st;
}
