/* person find, list, accept, reject: the same author across entries and years. */
#include "table.h"

#include "chamthi/intake.h"

#include <stdlib.h>
#include <string.h>

static const char *evidence_text(const cli *c, const char *evidence)
{
    static const char *const words[][3] = {{"birth", "năm sinh", "year of birth"},
                                           {"phone", "điện thoại", "telephone"},
                                           {"unit", "đơn vị", "unit"}};
    char *text = arena_string(c->mem, "");
    if (c->format != FORMAT_TABLE)
        return evidence;
    for (size_t i = 0; text && i < sizeof words / sizeof *words; i++)
        if (strstr(evidence, words[i][0]))
            text = arena_format(c->mem, "%s%s%s", text, *text ? ", " : "",
                                cli_say(c, words[i][1], words[i][2]));
    return text;
}

static status list_pairs(cli *c, int64_t year, const char *standing, fault *f)
{
    static const column columns[] = {{"id", "số", "id", COLUMN_INT},
                                     {"receipt_a", "bài", "entry", COLUMN_TEXT},
                                     {"name_a", "tác giả", "author", COLUMN_TEXT},
                                     {"birth_a", "sinh", "born", COLUMN_INT},
                                     {"receipt_b", "bài sau", "later entry", COLUMN_TEXT},
                                     {"name_b", "tác giả", "author", COLUMN_TEXT},
                                     {"birth_b", "sinh", "born", COLUMN_INT},
                                     {"evidence", "cũng trùng", "also the same", COLUMN_TEXT},
                                     {"status", "quyết định", "status", COLUMN_TEXT}};
    static const cli_word words[] = {{"proposed", "chờ quyết định", "proposed"},
                                     {"accepted", "một người", "one person"},
                                     {"rejected", "hai người", "two persons"}};
    output o;
    cursor rows;
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    status st =
        store_select(c->db, Q_SAME_PERSON_LIST, ARGS(v_int(year), v_text(standing)), &rows, f);
    while (st == OK && cursor_next(&rows)) {
        output_cells(&o, &rows, 0, 7);
        output_text(&o, evidence_text(c, cursor_text(&rows, 7)));
        output_text(&o,
                    cli_show_word(c, words, sizeof words / sizeof *words, cursor_text(&rows, 8)));
        c->attention |= strcmp(cursor_text(&rows, 8), "proposed") == 0;
    }
    if (st == OK)
        st = cursor_close(&rows, f);
    status printed = output_end(&o, st == OK ? f : NULL);
    return st == OK ? printed : st;
}

static status wanted_year(cli *c, int64_t *year, fault *f)
{
    *year = 0;
    return cli_option(c, "--contest") ? cli_contest(c, year, f) : OK;
}

status cmd_person_find(cli *c, fault *f)
{
    int64_t year, found;
    TRY(wanted_year(c, &year, f));
    TRY(person_find(c->db, c->actor, year, &found, f));
    TRY(list_pairs(c, year, "proposed", f));
    if (!c->attention || c->format != FORMAT_TABLE)
        return OK;
    return cli_print(c, f, "Quyết định từng cặp: chamthi person accept SỐ, hoặc person reject SỐ\n",
                     "Decide on each: chamthi person accept ID, or person reject ID\n");
}

status cmd_person_list(cli *c, fault *f)
{
    const char *standing = cli_option(c, "--status");
    int64_t year;
    TRY(wanted_year(c, &year, f));
    return list_pairs(c, year, standing ? standing : "", f);
}

static status decide(cli *c, person_decision decided, fault *f)
{
    int64_t *ids = ARENA_ARRAY(c->mem, int64_t, c->arg_count);
    if (!ids)
        return fault_memory(f);
    for (size_t i = 0; i < c->arg_count; i++) {
        char *end;
        ids[i] = strtoll(c->args[i], &end, 10);
        if (end == c->args[i] || *end)
            return FAIL(f, E_USAGE, "“%s” không phải số của một cặp; xem: chamthi person list",
                        "“%s” is no pair's number; see: chamthi person list", c->args[i]);
    }
    return person_decide(c->db, c->actor, ids, c->arg_count, decided, f);
}

status cmd_person_accept(cli *c, fault *f)
{
    TRY(decide(c, PERSON_SAME, f));
    return cli_print(c, f, "%zu cặp: cùng một người\n", "%zu pairs: one person\n", c->arg_count);
}

status cmd_person_reject(cli *c, fault *f)
{
    TRY(decide(c, PERSON_OTHER, f));
    return cli_print(c, f, "%zu cặp: hai người khác nhau\n", "%zu pairs: two persons\n",
                     c->arg_count);
}
