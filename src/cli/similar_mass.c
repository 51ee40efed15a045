/* similar mass: what stands in so many entries that it was not counted, and who has it. */
#include "table.h"

#include "chamthi/text.h"

#include <jansson.h>
#include <string.h>

static const char *names_of(const cli *c, json_t *who, int64_t texts)
{
    buffer b = BUFFER_INIT;
    size_t count = json_array_size(who);
    for (size_t i = 0; i < count; i++)
        buffer_format(&b, "%s%s", i ? ", " : "", json_string_value(json_array_get(who, i)));
    if (texts > (int64_t)count)
        buffer_format(&b, c->lang == LANG_VI ? " và %lld bài nữa" : " and %lld more",
                      (long long)(texts - (int64_t)count));
    char *copy = b.failed ? NULL : arena_copy(c->mem, b.bytes ? b.bytes : "", b.size);
    buffer_free(&b);
    return copy;
}

static status put_mass(const cli *c, output *o, json_t *one, fault *f)
{
    enum { SHOWN = 60 };
    const char *text = "", *receipt = "";
    json_int_t start = 0, end = 0, texts = 0;
    json_t *who = NULL;
    if (json_unpack(one, "{s:s,s:I,s:I,s:I,s:s,s:o}", "receipt", &receipt, "start", &start, "end",
                    &end, "texts", &texts, "text", &text, "who", &who) != 0)
        return OK;
    size_t size = strlen(text);
    if (c->format == FORMAT_TABLE)
        size = text_cut((slice){text, size}, SHOWN);
    char *shown = arena_copy(c->mem, text, size);
    const char *names = names_of(c, who, texts);
    if (!shown || !names)
        return fault_memory(f);
    for (char *p = shown; c->format == FORMAT_TABLE && (p = strchr(p, '\n')) != NULL;)
        *p = ' ';
    output_int(o, texts);
    output_text(o, receipt);
    output_int(o, start);
    output_int(o, end);
    output_text(o, shown);
    output_text(o, names);
    return OK;
}

status cmd_similar_mass(cli *c, fault *f)
{
    static const column columns[] = {
        {"texts", "số bài", "entries", COLUMN_INT},
        {"receipt", "bài đầu tiên", "first", COLUMN_TEXT},
        {"start", "từ byte", "from byte", COLUMN_INT},
        {"end", "đến byte", "to byte", COLUMN_INT},
        {"text", "đoạn văn", "text", COLUMN_TEXT},
        {"who", "những bài có đoạn này", "entries that have it", COLUMN_TEXT},
    };
    int64_t year;
    cursor rows;
    TRY(cli_contest(c, &year, f));
    TRY(store_select(c->db, Q_SIMILAR_MASS_GET, ARGS(v_int(year)), &rows, f));
    json_t *list = cursor_next(&rows) ? json_loads(cursor_text(&rows, 0), 0, NULL) : NULL;
    status st = cursor_close(&rows, f);
    output o;
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < json_array_size(list) && st == OK; i++)
        st = put_mass(c, &o, json_array_get(list, i), f);
    json_decref(list);
    status printed = output_end(&o, st == OK ? f : NULL);
    return st == OK ? printed : st;
}
