/* Error sentences in both languages, and the exit status each code stands for. */
#include "chamthi/fault.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/* vsnprintf may cut a UTF-8 character in two: take the broken tail off. */
static void trim_broken_character(char *text)
{
    size_t size = strlen(text), back = 0;
    while (back < size && back < 4 && ((unsigned char)text[size - 1 - back] & 0xC0) == 0x80)
        back++;
    if (back == size || back == 4)
        return;
    unsigned char lead = (unsigned char)text[size - 1 - back];
    size_t want = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
    if (lead >= 0xC0 && back < want)
        text[size - 1 - back] = '\0';
}

static void format_text(char out[FAULT_TEXT_MAX], const char *format, va_list args)
    __attribute__((format(printf, 2, 0)));

static void format_text(char out[FAULT_TEXT_MAX], const char *format, va_list args)
{
    if (vsnprintf(out, FAULT_TEXT_MAX, format, args) < 0)
        out[0] = '\0';
    trim_broken_character(out);
}

status fault_set(fault *f, status code, const char *vi, const char *en, ...)
{
    if (!f)
        return code;
    va_list args, again;
    va_start(args, en);
    va_copy(again, args);
    f->code = code;
    format_text(f->text[LANG_VI], vi, args);
    format_text(f->text[LANG_EN], en, again);
    va_end(again);
    va_end(args);
    return code;
}

static void put_before(char text[FAULT_TEXT_MAX], const char *before)
{
    char joined[2 * FAULT_TEXT_MAX + 4];
    snprintf(joined, sizeof joined, "%s: %s", before, text);
    joined[FAULT_TEXT_MAX - 1] = '\0';
    memcpy(text, joined, FAULT_TEXT_MAX);
    trim_broken_character(text);
}

status fault_prefix(fault *f, const char *vi, const char *en, ...)
{
    if (!f)
        return E_SYSTEM;
    char before[FAULT_TEXT_MAX];
    va_list args, again;
    va_start(args, en);
    va_copy(again, args);
    format_text(before, vi, args);
    put_before(f->text[LANG_VI], before);
    format_text(before, en, again);
    put_before(f->text[LANG_EN], before);
    va_end(again);
    va_end(args);
    return f->code;
}

status fault_memory(fault *f)
{
    return FAIL(f, E_LIMIT, "hết bộ nhớ dành cho việc này; hãy chia nhỏ dữ liệu rồi làm lại",
                "the memory set aside for this job is used up; split the data and try again");
}

const char *fault_text(const fault *f, language lang)
{
    return f->text[lang];
}

int fault_exit_status(status code)
{
    if (code == OK)
        return 0;
    return code == E_SYSTEM ? 3 : 2;
}
