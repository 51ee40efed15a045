/* Templates that come with the program, other papers for them, and what a person should know of one. */
#include "chamthi/embed.h"
#include "chamthi/file.h"
#include "chamthi/print.h"
#include "template.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <utf8proc.h>

EMBED(template_giay_chung_nhan, "src/print/data/giay-chung-nhan.yaml");
EMBED(template_giay_khen, "src/print/data/giay-khen.yaml");
EMBED(template_bang_khen, "src/print/data/bang-khen.yaml");

enum { TEMPLATE_FILE_LIMIT = 1024 * 1024 };

static const char *const names[] = {"giay-chung-nhan", "giay-khen", "bang-khen"};

size_t template_builtin_count(void)
{
    return sizeof names / sizeof *names;
}

const char *template_builtin_name(size_t i)
{
    return names[i];
}

slice template_builtin_yaml(size_t i)
{
    const slice texts[] = {{template_giay_chung_nhan, EMBED_SIZE(template_giay_chung_nhan)},
                           {template_giay_khen, EMBED_SIZE(template_giay_khen)},
                           {template_bang_khen, EMBED_SIZE(template_bang_khen)}};
    return texts[i];
}

status template_builtin(arena *mem, size_t i, certificate_template **out, fault *f)
{
    return template_parse(mem, names[i], template_builtin_yaml(i), out, f);
}

status template_standard(arena *mem, certificate_template **out, fault *f)
{
    return template_builtin(mem, 0, out, f);
}

status template_source(arena *mem, const char *name, slice *yaml, fault *f)
{
    for (size_t i = 0; i < template_builtin_count(); i++)
        if (strcmp(names[i], name) == 0) {
            *yaml = template_builtin_yaml(i);
            return OK;
        }
    buffer text = BUFFER_INIT;
    status st = file_read(name, TEMPLATE_FILE_LIMIT, &text, f);
    char *kept = st == OK ? arena_copy(mem, text.bytes, text.size) : NULL;
    *yaml = (slice){kept, text.size};
    buffer_free(&text);
    return st == OK && !kept ? fault_memory(f) : st;
}

/* ---- paper ---- */
/* "a3", "A4", "400x300". */
static bool paper_parse(const char *text, int *width, int *height)
{
    static const struct {
        const char *name;
        int width, height;
    } papers[] = {{"a3", 420, 297}, {"a4", 297, 210}, {"a5", 210, 148}};
    char *end;
    for (size_t i = 0; i < sizeof papers / sizeof *papers; i++)
        if (strcasecmp(papers[i].name, text) == 0) {
            *width = papers[i].width;
            *height = papers[i].height;
            return true;
        }
    long w = strtol(text, &end, 10);
    if (end == text || (*end != 'x' && *end != 'X'))
        return false;
    const char *second = end + 1;
    long h = strtol(second, &end, 10);
    *width = (int)w;
    *height = (int)h;
    return end != second && !*end && w >= 50 && w <= 1200 && h >= 50 && h <= 1200;
}

status template_on_paper(arena *mem, slice yaml, const char *paper, slice *out, fault *f)
{
    int width, height;
    if (!paper_parse(paper, &width, &height))
        return FAIL(f, E_USAGE,
                    "“%s” không phải khổ giấy; viết a4, a3 hoặc 400x300 (mm, từ 50 đến 1200)",
                    "“%s” is no paper size; write a4, a3 or 400x300 (mm, 50 to 1200)", paper);
    char *text = arena_format(mem, "%.*s\npaper: {width: %d, height: %d}\n", (int)yaml.size,
                              yaml.bytes, width, height);
    if (!text)
        return fault_memory(f);
    *out = (slice){text, strlen(text)};
    return OK;
}

status template_open(arena *mem, const char *name, const char *paper, slice *yaml,
                     certificate_template **out, fault *f)
{
    name = name ? name : names[0];
    TRY(template_source(mem, name, yaml, f));
    if (paper)
        TRY(template_on_paper(mem, *yaml, paper, yaml, f));
    return template_parse(mem, name, *yaml, out, f);
}

status template_text_of(arena *mem, const char *template, const char *paper, slice *out, fault *f)
{
    certificate_template *t;
    return template_open(mem, template, paper, out, &t, f);
}

bool template_valid_on(const certificate_template *t, date day)
{
    if (!date_valid(day))
        return true;
    int64_t at = date_to_time(day);
    return (!date_valid(t->valid_from) || at >= date_to_time(t->valid_from)) &&
           (!date_valid(t->valid_to) || at <= date_to_time(t->valid_to));
}

/* ---- one way of placing tone marks ---- */
typedef enum { TONE_NONE, TONE_ON_FIRST, TONE_ON_SECOND } tone_place;

/* Where an open syllable in oa, oe or uy carries its mark: "hòa" or "hoà"; "quý" says nothing. */
static tone_place place_of(const char *word)
{
    static const char *const first[] = {"òa", "óa", "ỏa", "õa", "ọa", "òe", "óe", "ỏe",
                                        "õe", "ọe", "ùy", "úy", "ủy", "ũy", "ụy"};
    static const char *const second[] = {"oà", "oá", "oả", "oã", "oạ", "oè", "oé", "oẻ",
                                         "oẽ", "oẹ", "uỳ", "uý", "uỷ", "uỹ", "uỵ"};
    size_t size = strlen(word);
    if (strncmp(word, "qu", 2) == 0)
        return TONE_NONE;
    for (size_t i = 0; i < sizeof first / sizeof *first; i++) {
        size_t a = strlen(first[i]), b = strlen(second[i]);
        if (size >= a && strcmp(word + size - a, first[i]) == 0)
            return TONE_ON_FIRST;
        if (size >= b && strcmp(word + size - b, second[i]) == 0)
            return TONE_ON_SECOND;
    }
    return TONE_NONE;
}

/* The next word of a text in small letters; fields in braces are no words. */
static bool next_word(const char **at, char word[32])
{
    size_t size = 0;
    const utf8proc_uint8_t *p = (const utf8proc_uint8_t *)*at;
    utf8proc_int32_t code;
    utf8proc_ssize_t step;
    for (; *p && (step = utf8proc_iterate(p, -1, &code)) > 0; p += step) {
        if (*p == '{')
            while (p[1] && *p != '}')
                p++;
        utf8proc_category_t is = utf8proc_category(code);
        bool letter = is >= UTF8PROC_CATEGORY_LU && is <= UTF8PROC_CATEGORY_LO;
        if (letter && size < 27)
            size += (size_t)utf8proc_encode_char(utf8proc_tolower(code),
                                                 (utf8proc_uint8_t *)word + size);
        else if (size)
            break;
        step = *p == '}' ? 1 : step;
    }
    word[size] = 0;
    *at = (const char *)p;
    return size > 0;
}

bool template_mixes_tones(const certificate_template *t, char first[32], char other[32])
{
    tone_place place = TONE_NONE;
    for (size_t i = 0; i < t->block_count; i++)
        for (const char *at = t->blocks[i].text ? t->blocks[i].text : ""; next_word(&at, other);) {
            tone_place now = place_of(other);
            if (place == TONE_NONE && now != TONE_NONE) {
                place = now;
                memcpy(first, other, 32);
            } else if (now != TONE_NONE && now != place) {
                return true;
            }
        }
    return false;
}
