/* Text out of a PDF by poppler's pdftohtml, run as a limited child: it names the font of every piece,
 * so that legacy fonts become Unicode. Lines are joined to paragraphs again by where they stand. */
#include "chamthi/child.h"
#include "chamthi/text.h"
#include "document.h"
#include "trace.h"
#include "xml.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum {
    FONTS_MOST = 4096,
    FONT_NAME_MAX = 96,
    PDF_SECONDS = 20,
    PDF_MEMORY = 1024 * 1024 * 1024,
    PDF_OUTPUT = 64 * 1024 * 1024,
    INFO_OUTPUT = 64 * 1024
};

typedef struct {
    int left, right, top, height; /* pixels of the page */
    size_t start, end;            /* bytes in `pieces` */
    char *font;
} piece;

typedef struct {
    int left, right, top, height;
    size_t start, end; /* bytes in `page` */
} line;

typedef struct {
    document *out;
    arena *mem;
    char *fonts[FONTS_MOST];
    piece *items; /* of the present page */
    size_t count, capacity;
    line *lines, last; /* `last` is the previous page's */
    size_t line_count, page_number, after_header;
    int last_right;
    buffer pieces, page, text, header;
    buffer run; /* of a line, in fonts of one encoding, the first of which is: */
    const char *run_font;
    bool in_text, has_last, header_repeats, failed;
} pdf;

static int number(const char **attributes, const char *name)
{
    const char *text = xml_attribute(attributes, name);
    long n = text ? strtol(text, NULL, 10) : 0;
    return n > 1000000 ? 1000000 : n < -1000000 ? -1000000 : (int)n;
}

/* "ABCDEF+.VnTime" is a subset of .VnTime. */
static const char *plain_family(const char *family)
{
    const char *plus = family ? strchr(family, '+') : NULL;
    return plus && plus - family == 6 ? plus + 1 : family;
}

static void keep_font(pdf *p, const char **attributes)
{
    int id = number(attributes, "id");
    const char *family = plain_family(xml_attribute(attributes, "family"));
    if (id < 0 || id >= FONTS_MOST || !family)
        return;
    p->fonts[id] = arena_string(p->mem, family);
    p->failed |= !p->fonts[id];
}

static void open_piece(pdf *p, const char **attributes)
{
    if (p->count == p->capacity) {
        size_t capacity = p->capacity ? p->capacity * 2 : 128;
        piece *items = realloc(p->items, capacity * sizeof *items);
        if (!items) {
            p->failed = true;
            return;
        }
        p->items = items;
        p->capacity = capacity;
    }
    int font = number(attributes, "font"), left = number(attributes, "left");
    p->items[p->count++] = (piece){.left = left,
                                   .right = left + number(attributes, "width"),
                                   .top = number(attributes, "top"),
                                   .height = number(attributes, "height"),
                                   .start = p->pieces.size,
                                   .end = p->pieces.size,
                                   .font = font >= 0 && font < FONTS_MOST ? p->fonts[font] : NULL};
    p->in_text = true;
}

static bool same_line(const piece *a, const piece *b)
{
    int apart = a->top - b->top;
    return (apart < 0 ? -apart : apart) * 2 < a->height;
}

/* ---- pieces to lines ---- */

static line *add_line(pdf *p, const piece *first)
{
    line *l = &p->lines[p->line_count++];
    *l = (line){first->left, first->right, first->top, first->height, p->page.size, 0};
    return l;
}

/* Whether a word is one Vietnamese syllable when it is read in that font. */
static bool is_syllable(const char *word, size_t size, const char *font)
{
    buffer shown = BUFFER_INIT;
    text_report report = {0};
    text_display_run((slice){word, size}, font, &shown, &report);
    text_count n = text_measure((slice){shown.bytes, shown.size});
    buffer_free(&shown);
    return n.syllables == 1 && n.valid == 1;
}

/* In .VnTime the letter ư has the place of the soft hyphen, which PDFs may give as a hyphen: "n-íc". It
 * is the letter where that makes a syllable. */
static void restore_letter(slice text, const char *font, buffer *out)
{
    enum { WORD_MOST = 24 };
    for (size_t at = 0; at < text.size;) {
        size_t size = 0, hyphens = 0, letters = 0, n = 0;
        char word[2 * WORD_MOST];
        for (; at + size < text.size && text.bytes[at + size] != ' '; size++)
            if (text.bytes[at + size] == '-')
                hyphens++;
            else
                letters += isalpha((unsigned char)text.bytes[at + size]) != 0;
        for (size_t i = 0; i < size && size <= WORD_MOST; i++) {
            bool hyphen = text.bytes[at + i] == '-';
            word[n++] = hyphen ? '\xC2' : text.bytes[at + i];
            if (hyphen)
                word[n++] = '\xAD';
        }
        bool letter = hyphens && letters && n && is_syllable(word, n, font);
        buffer_put(out, letter ? word : text.bytes + at, letter ? n : size);
        at += size;
        if (at < text.size)
            buffer_byte(out, text.bytes[at++]);
    }
}

static text_encoding encoding_of(const char *font)
{
    return text_encoding_of_font(font ? font : "");
}

/* What was gathered for the line becomes display text. */
static void end_run(pdf *p, line *l)
{
    slice text = {p->run.bytes, p->run.size};
    text_encoding encoding = encoding_of(p->run_font);
    buffer restored = BUFFER_INIT;
    bool tcvn3 = encoding == ENCODING_TCVN3 || encoding == ENCODING_TCVN3_CAPITAL;
    if (tcvn3 && memchr(text.bytes, '-', text.size)) {
        restore_letter(text, p->run_font, &restored);
        text = (slice){restored.bytes, restored.size};
    }
    if (text.size)
        text_display_run(text, p->run_font, &p->page, &p->out->report);
    p->failed |= restored.failed || p->run.failed;
    buffer_free(&restored);
    buffer_clear(&p->run);
    l->end = p->page.size;
}

/* Printing programs cut anywhere, even between the letter and its mark: neighbours in fonts of one
 * encoding are one run. */
static void put_piece(pdf *p, line *l, const piece *at)
{
    if (p->run.size && encoding_of(p->run_font) != encoding_of(at->font))
        end_run(p, l);
    if (!p->run.size)
        p->run_font = at->font;
    if (at->left > l->right + at->height / 8)
        buffer_byte(&p->run, ' ');
    buffer_put(&p->run, p->pieces.bytes + at->start, at->end - at->start);
    l->right = at->right > l->right ? at->right : l->right;
}

/* The page's text goes to p->page, a line after the other. */
static void make_lines(pdf *p)
{
    line *l = NULL;
    p->lines = ARENA_ARRAY(p->mem, line, p->count);
    p->line_count = 0;
    p->failed |= !p->lines;
    for (size_t i = 0; i < p->count && !p->failed; i++) {
        const piece *at = &p->items[i];
        if (l && !same_line(at, at - 1)) {
            end_run(p, l);
            l = NULL;
        }
        if (!l)
            l = add_line(p, at);
        put_piece(p, l, at);
    }
    if (l)
        end_run(p, l);
}

static slice text_of(const pdf *p, const line *l)
{
    slice s = {p->page.bytes + l->start, l->end - l->start};
    while (s.size && s.bytes[s.size - 1] == ' ')
        s.size--;
    while (s.size && s.bytes[0] == ' ')
        s.bytes++, s.size--;
    return s;
}

/* ---- lines to paragraphs ---- */

static int compare_int(const void *a, const void *b)
{
    int x = *(const int *)a, y = *(const int *)b;
    return (x > y) - (x < y);
}

typedef struct {
    int right, step; /* where lines end at most, and the usual way from one to the next */
} page_shape;

static page_shape shape_of(pdf *p)
{
    page_shape s = {0, 0};
    int *steps = ARENA_ARRAY(p->mem, int, p->line_count);
    size_t n = 0;
    p->failed |= !steps;
    for (size_t i = 0; i < p->line_count && steps; i++) {
        s.right = p->lines[i].right > s.right ? p->lines[i].right : s.right;
        int step = i ? p->lines[i].top - p->lines[i - 1].top : 0;
        if (step > 0)
            steps[n++] = step;
    }
    if (n) {
        qsort(steps, n, sizeof *steps, compare_int);
        s.step = steps[n / 2];
    }
    return s;
}

/* How wide the line's first word is, with the blank before it. */
static int first_word_width(const pdf *p, const line *l)
{
    slice text = text_of(p, l);
    const char *blank = text.size ? memchr(text.bytes, ' ', text.size) : NULL;
    slice word = {text.bytes, blank ? (size_t)(blank - text.bytes) : text.size};
    int all = (int)text_characters(text);
    return all ? (l->right - l->left) * ((int)text_characters(word) + 1) / all : 0;
}

/* A line begins a paragraph when it is set off by space or indented, or when its first word would
 * still have fitted on the line before. */
static bool begins_paragraph(const pdf *p, const line *l, const line *before, page_shape s)
{
    int step = l->top - before->top;
    bool same_page = before != &p->last;
    if (same_page && (step <= 0 || step * 5 > s.step * 7))
        return true;
    int right = same_page ? s.right : p->last_right;
    return l->left > before->left + l->height / 2 || first_word_width(p, l) < right - before->right;
}

/* A page's number alone on its first or last line. */
static bool is_page_number(const pdf *p, size_t i)
{
    slice text = text_of(p, &p->lines[i]);
    size_t number = 0, digits = 0;
    if (i != 0 && i + 1 != p->line_count)
        return false;
    for (size_t k = 0; k < text.size && digits < 6; k++) {
        if (text.bytes[k] >= '0' && text.bytes[k] <= '9') {
            number = number * 10 + (size_t)(text.bytes[k] - '0');
            digits++;
        } else if (!strchr(" -–", text.bytes[k])) {
            return false;
        }
    }
    return digits && number == p->page_number;
}

/* The first page's first line, when later pages repeat it, is a running header. */
static bool is_header(pdf *p, size_t i)
{
    slice text = text_of(p, &p->lines[i]);
    if (i != 0 || p->page_number == 1 || !p->header.size)
        return false;
    bool same = text.size == p->header.size && memcmp(text.bytes, p->header.bytes, text.size) == 0;
    p->header_repeats |= same;
    return same;
}

/* `before` is the line kept before it, on this page or the last. */
static void put_line(pdf *p, size_t i, const line *before, page_shape s)
{
    const line *l = &p->lines[i];
    slice text = text_of(p, l);
    if (p->text.size && p->has_last)
        buffer_text(&p->text, begins_paragraph(p, l, before, s) ? "\n" : " ");
    if (p->page_number == 1 && i == 0)
        buffer_put(&p->header, text.bytes, text.size);
    if (p->page_number == 1 && i == 1)
        p->after_header = p->text.size;
    buffer_put(&p->text, text.bytes, text.size);
    p->has_last = true;
}

static void end_page(pdf *p)
{
    make_lines(p);
    page_shape s = shape_of(p);
    const line *before = &p->last;
    p->page_number++;
    for (size_t i = 0; i < p->line_count && !p->failed; i++)
        if (!is_page_number(p, i) && !is_header(p, i)) {
            put_line(p, i, before, s);
            before = &p->lines[i];
        }
    p->last = *before;
    p->last_right = s.right;
    p->count = 0;
    p->failed |= p->page.failed || p->pieces.failed;
    buffer_clear(&p->pieces);
    buffer_clear(&p->page);
}

/* ---- what pdftohtml says ---- */

static void on_start(void *context, const char *name, const char **attributes, int depth)
{
    pdf *p = context;
    (void)depth;
    if (p->failed)
        return;
    if (strcmp(name, "fontspec") == 0)
        keep_font(p, attributes);
    else if (strcmp(name, "text") == 0)
        open_piece(p, attributes);
}

static void on_end(void *context, const char *name, int depth)
{
    pdf *p = context;
    (void)depth;
    if (strcmp(name, "text") == 0) {
        p->in_text = false;
        if (p->count)
            p->items[p->count - 1].end = p->pieces.size;
    } else if (strcmp(name, "page") == 0) {
        end_page(p);
    }
}

static void on_text(void *context, const char *bytes, size_t size)
{
    pdf *p = context;
    if (p->in_text)
        buffer_put(&p->pieces, bytes, size);
}

static status convert(slice bytes, buffer *xml, document *out, fault *f)
{
    static const char *const argv[] = {"pdftohtml",     "-xml", "-i",    "-stdout", "-q",  "-nodrm",
                                       "-fontfullname", "-enc", "UTF-8", "-",       "out", NULL};
    child_job job = {.argv = argv,
                     .package = "poppler-utils",
                     .input = bytes,
                     .seconds = PDF_SECONDS,
                     .memory = PDF_MEMORY,
                     .output_limit = PDF_OUTPUT};
    status st = child_run(&job, xml, f);
    if (st == E_INPUT)
        return REFUSE(&out->reason, "pdf.broken", f,
                      "PDF hỏng, chưa tải về đủ hoặc có mật khẩu; hãy xin đơn vị gửi lại",
                      "the PDF is damaged, incomplete or has a password; ask for it again");
    if (st == E_LIMIT)
        out->reason = "pdf.heavy";
    return st;
}

static status read_xml(slice xml, pdf *p, fault *f)
{
    static const xml_handlers handlers = {on_start, on_end, on_text};
    TRY(xml_parse("PDF", xml, XML_NAMED_DOCTYPE, &handlers, p, &p->out->reason, f));
    if (p->failed || p->pieces.failed)
        return fault_memory(f);
    TRY(buffer_check(&p->text, f));
    size_t from = p->header_repeats ? p->after_header : 0;
    text_report again = {0};
    text_display((slice){p->text.bytes + from, p->text.size - from}, ENCODING_UTF8, &p->out->text,
                 &again);
    return buffer_check(&p->out->text, f);
}

/* "Author:          Lê Văn Tám", line after line. What is missing or cannot be told is no fault. */
static status read_traces(slice bytes, document *out, fault *f)
{
    static const char *const argv[] = {"pdfinfo", "-enc", "UTF-8", "-", NULL};
    static const struct {
        const char *label, *kind;
    } lines[] = {{"Author:", "creator"},       {"Title:", "title"},     {"Subject:", "subject"},
                 {"Keywords:", "keywords"},    {"Creator:", "program"}, {"Producer:", "program"},
                 {"CreationDate:", "created"}, {"Pages:", "pages"}};
    child_job job = {.argv = argv,
                     .package = "poppler-utils",
                     .input = bytes,
                     .seconds = PDF_SECONDS,
                     .memory = PDF_MEMORY,
                     .output_limit = INFO_OUTPUT};
    buffer said = BUFFER_INIT;
    fault why = {0};
    status st = child_run(&job, &said, &why);
    for (const char *at = said.bytes; st == OK && *at; at += strcspn(at, "\n"), at += *at == '\n')
        for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
            size_t label = strlen(lines[i].label);
            if (strncmp(at, lines[i].label, label) == 0)
                trace_put(out, lines[i].kind, (slice){at + label, strcspn(at, "\n") - label});
        }
    buffer_free(&said);
    if (st == E_SYSTEM)
        *f = why;
    return st == E_SYSTEM ? st : buffer_check(&out->traces, f);
}

status pdf_read(slice bytes, document *out, fault *f)
{
    buffer xml = BUFFER_INIT;
    arena *mem = arena_new(PDF_OUTPUT);
    pdf *p = mem ? ARENA_NEW(mem, pdf) : NULL;
    status st = p ? convert(bytes, &xml, out, f) : fault_memory(f);
    if (st == OK) {
        p->out = out;
        p->mem = mem;
        p->pieces = p->page = p->text = p->header = (buffer)BUFFER_INIT;
        st = read_xml((slice){xml.bytes, xml.size}, p, f);
        buffer_free(&p->pieces);
        buffer_free(&p->page);
        buffer_free(&p->run);
        buffer_free(&p->text);
        buffer_free(&p->header);
        free(p->items);
    }
    arena_free(mem);
    buffer_free(&xml);
    return st == OK ? read_traces(bytes, out, f) : st;
}
