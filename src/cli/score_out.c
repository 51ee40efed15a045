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

/* As "%.12g", in a fifth of the time: a million entries have ten million figures. */
static void put_figure(buffer *b, double value)
{
    static const double power[] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                   1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    double size = fabs(value);
    int whole = 0; /* digits before the point; below 1, minus the zeros behind it */
    while (whole < 11 && size >= power[whole])
        whole++;
    while (whole <= 0 && whole > -3 && size < 1 / power[1 - whole])
        whole--;
    uint64_t digits = whole < 11 ? (uint64_t)(size * power[12 - whole] + 0.5) : 0;
    if (size < 1e-3 || !digits || digits >= UINT64_C(1000000000000)) {
        buffer_format(b, "%.12g", value == 0 ? 0 : value);
        return;
    }
    char text[24], *end = text + sizeof text, *p = end;
    int decimals = 12 - whole;
    for (; decimals > 0 && digits % 10 == 0; decimals--)
        digits /= 10;
    for (int i = 0; i < decimals; i++, digits /= 10)
        *--p = (char)('0' + digits % 10);
    if (decimals)
        *--p = '.';
    do
        *--p = (char)('0' + digits % 10);
    while (digits /= 10);
    if (value < 0)
        *--p = '-';
    buffer_put(b, p, (size_t)(end - p));
}

void put_number(buffer *b, const char *key, bool known, double value)
{
    put_key(b, key);
    if (known && isfinite(value))
        put_figure(b, value);
    else
        buffer_text(b, "null");
}

void put_count(buffer *b, const char *key, size_t value)
{
    put_key(b, key);
    buffer_int(b, (int64_t)value);
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
