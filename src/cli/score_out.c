/* Measured numbers and remarks on their way out. */
#include "score_out.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

void put_key(buffer *b, const char *key)
{
    char last = b->size ? b->bytes[b->size - 1] : '{';
    buffer_text(b, last == '{' || last == '[' ? "\"" : ",\"");
    buffer_text(b, key);
    buffer_text(b, "\":");
}

void put_number(buffer *b, const char *key, bool known, double value)
{
    put_key(b, key);
    if (known && isfinite(value))
        buffer_format(b, "%.12g", value == 0 ? 0 : value);
    else
        buffer_text(b, "null");
}

void put_count(buffer *b, const char *key, size_t value)
{
    put_key(b, key);
    buffer_format(b, "%zu", value);
}

void put_text(buffer *b, const char *key, const char *text)
{
    put_key(b, key);
    if (text)
        buffer_json_string(b, text, strlen(text));
    else
        buffer_text(b, "null");
}

void put_remarks(const cli *c, buffer *b, const char *key, const remarks *list)
{
    put_key(b, key);
    buffer_byte(b, '[');
    for (size_t i = 0; i < list->count; i++) {
        buffer_text(b, i ? ",{" : "{");
        put_text(b, "code", list->items[i].code);
        put_text(b, "text", list->items[i].text[c->lang]);
        buffer_byte(b, '}');
    }
    buffer_byte(b, ']');
}

void number_cell(output *o, bool known, double value, int decimals)
{
    char text[64];
    if (!known || !isfinite(value)) {
        output_null(o);
        return;
    }
    if (o->c->format == FORMAT_TABLE)
        snprintf(text, sizeof text, "%.*f", decimals, value);
    else
        snprintf(text, sizeof text, "%.12g", value == 0 ? 0 : value);
    char *point = strchr(text, '.');
    if (point && o->c->format == FORMAT_TABLE && o->c->lang == LANG_VI)
        *point = ',';
    output_text(o, text);
}

status print_remarks(const cli *c, const remarks *list, fault *f)
{
    for (size_t i = 0; i < list->count; i++) {
        const char *text = list->items[i].text[c->lang];
        if (c->format == FORMAT_TABLE)
            TRY(cli_print(c, f, "%s %s\n", "%s %s\n", "•", text));
        else
            fprintf(stderr, "chamthi: %s\n", text);
    }
    return OK;
}
