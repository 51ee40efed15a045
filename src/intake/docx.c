/* Text out of a .docx: what a reader of the printed page would see, run by run with its font, so that
 * text typed in .VnTime or VNI fonts becomes Unicode. Deleted text and field codes are left out;
 * inserted text and text boxes are in; foot- and endnotes follow the paragraph that calls them. Comments,
 * headers and footers are no text: they are noted as traces. */
#include "archive.h"
#include "document.h"
#include "prose.h"
#include "style.h"
#include "trace.h"
#include "xml.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STYLE_NAME_MAX = 96, DOCX_MEMORY = 8 * 1024 * 1024, NOTES_MOST = 2000 };

/* What is open, in the body and in each box. */
typedef struct {
    bool in_run, in_paragraph_properties, in_row_properties, in_text, mark_deleted;
    char paragraph_style[STYLE_NAME_MAX], character_style[STYLE_NAME_MAX];
    char ascii[FONT_NAME_MAX], high[FONT_NAME_MAX]; /* said by the run itself */
    bool has_ascii, has_high;
    const char *font; /* of the run, once it was looked up */
    int row_depth;
} level;

typedef enum { NOTE_FOOT, NOTE_END } note_kind;

typedef struct {
    note_kind kind;
    char id[16];
    slice text;
} note;

typedef struct {
    document *out;
    arena *mem;
    const style_sheet *styles;
    char prefix[32]; /* of WordprocessingML, with its colon */
    size_t prefix_size;
    prose prose;
    level levels[BOXES_MOST];
    note *notes;
    size_t note_count, note_capacity;
    char note_id[16]; /* being read; "": one that is no note, but a line above them */
    char comment_by[64];
    int skip_depth;                       /* inside an element that is left out; 0: not */
    bool choice_seen[XML_DEPTH_MOST + 1]; /* by depth of the AlternateContent */
    bool prefix_found, failed;
} docx;

/* ---- runs and paragraphs ---- */

static level *now(docx *d)
{
    return &d->levels[d->prose.top];
}

static const char *look_up_font(docx *d)
{
    level *at = now(d);
    font_pair fonts = {at->has_ascii ? at->ascii : NULL, at->has_high ? at->high : NULL};
    if (!fonts.ascii || !fonts.high)
        style_sheet_fill(d->styles, at->character_style[0] ? at->character_style : NULL,
                         at->paragraph_style[0] ? at->paragraph_style : NULL, &fonts);
    const char *ascii = fonts.ascii ? fonts.ascii : "", *high = fonts.high ? fonts.high : ascii;
    bool only_ascii_legacy = text_encoding_of_font(high) == ENCODING_AUTO &&
                             text_encoding_of_font(ascii) != ENCODING_AUTO;
    return only_ascii_legacy ? ascii : high;
}

static void put_characters(docx *d, const char *bytes, size_t size)
{
    level *at = now(d);
    if (!at->font)
        at->font = look_up_font(d);
    prose_put(&d->prose, at->font, bytes, size);
}

static void put_in_run(docx *d, const char *characters)
{
    if (now(d)->in_run)
        put_characters(d, characters, strlen(characters));
}

static void end_paragraph(docx *d)
{
    level *at = now(d);
    prose_end_paragraph(&d->prose, at->mark_deleted ? JOIN_NOTHING : JOIN_LINE);
    at->mark_deleted = at->in_run = at->in_text = false;
    at->paragraph_style[0] = '\0';
}

static void open_box(docx *d)
{
    prose_open_box(&d->prose);
    *now(d) = (level){0};
}

/* ---- elements ---- */

typedef enum {
    W_BOX,
    W_BR,
    W_CHANGE,
    W_COMMENT,
    W_CR,
    W_DEL,
    W_ENDNOTE,
    W_ENDNOTE_REFERENCE,
    W_FOOTNOTE,
    W_FOOTNOTE_REFERENCE,
    W_INS,
    W_MOVE_FROM,
    W_NO_BREAK_HYPHEN,
    W_P,
    W_P_PR,
    W_P_STYLE,
    W_R,
    W_R_FONTS,
    W_R_STYLE,
    W_SOFT_HYPHEN,
    W_SYMBOL,
    W_T,
    W_TAB,
    W_TC,
    W_TR,
    W_TR_PR,
    W_OTHER
} element;

typedef struct {
    const char *name;
    element e;
} element_name;

static const element_name element_names[] = {{"br", W_BR},
                                             {"comment", W_COMMENT},
                                             {"cr", W_CR},
                                             {"del", W_DEL},
                                             {"endnote", W_ENDNOTE},
                                             {"endnoteReference", W_ENDNOTE_REFERENCE},
                                             {"footnote", W_FOOTNOTE},
                                             {"footnoteReference", W_FOOTNOTE_REFERENCE},
                                             {"ins", W_INS},
                                             {"moveFrom", W_MOVE_FROM},
                                             {"noBreakHyphen", W_NO_BREAK_HYPHEN},
                                             {"p", W_P},
                                             {"pPr", W_P_PR},
                                             {"pStyle", W_P_STYLE},
                                             {"r", W_R},
                                             {"rFonts", W_R_FONTS},
                                             {"rStyle", W_R_STYLE},
                                             {"softHyphen", W_SOFT_HYPHEN},
                                             {"sym", W_SYMBOL},
                                             {"t", W_T},
                                             {"tab", W_TAB},
                                             {"tc", W_TC},
                                             {"tr", W_TR},
                                             {"trPr", W_TR_PR},
                                             {"txbxContent", W_BOX}};

static element element_of(const docx *d, const char *name)
{
    if (strncmp(name, d->prefix, d->prefix_size) != 0)
        return W_OTHER;
    name += d->prefix_size;
    for (size_t i = 0; i < sizeof element_names / sizeof *element_names; i++)
        if (*name == *element_names[i].name && strcmp(name, element_names[i].name) == 0)
            return element_names[i].e;
    size_t size = strlen(name);
    bool change = size > 6 && strcmp(name + size - 6, "Change") == 0; /* the formatting before */
    return change ? W_CHANGE : W_OTHER;
}

/* The prefix is the one that the root binds to WordprocessingML; nearly always "w". */
static void find_prefix(docx *d, const char **attributes)
{
    d->prefix_found = true;
    memcpy(d->prefix, "w:", 3);
    for (; *attributes; attributes += 2) {
        bool word = strstr(attributes[1], "/wordprocessingml/") &&
                    strcmp(attributes[1] + strlen(attributes[1]) - 5, "/main") == 0;
        if (!word || strncmp(attributes[0], "xmlns", 5) != 0)
            continue;
        const char *name = attributes[0][5] == ':' ? attributes[0] + 6 : "";
        if (strlen(name) + 2 <= sizeof d->prefix)
            snprintf(d->prefix, sizeof d->prefix, "%s%s", name, *name ? ":" : "");
    }
    d->prefix_size = strlen(d->prefix);
}

static void keep_name(char *to, size_t size, const char *value)
{
    size_t length = value ? strlen(value) : 0;
    length = length < size ? length : size - 1;
    memcpy(to, value ? value : "", length);
    to[length] = '\0';
}

static void keep_fonts(level *at, const char **attributes)
{
    font_pair fonts = style_fonts(attributes);
    at->has_ascii = fonts.ascii != NULL;
    at->has_high = fonts.high != NULL;
    keep_name(at->ascii, sizeof at->ascii, fonts.ascii);
    keep_name(at->high, sizeof at->high, fonts.high);
    at->font = NULL;
}

/* Who changed the document is a trace; that something was changed, too. */
static void note_change(docx *d, const char **attributes)
{
    const char *who = xml_attribute(attributes, "author");
    if (who)
        trace_put(d->out, "changed_by", (slice){who, strlen(who)});
}

static void start_deletion(docx *d, const char **attributes, int depth)
{
    level *at = now(d);
    note_change(d, attributes);
    if (at->in_paragraph_properties)
        at->mark_deleted = true; /* the next paragraph continues this one */
    else if (at->in_row_properties)
        d->skip_depth = at->row_depth;
    else
        d->skip_depth = depth;
}

static void start_run(level *at)
{
    at->in_run = true;
    at->has_ascii = at->has_high = false;
    at->character_style[0] = '\0';
    at->font = NULL;
}

/* A letter put in by "Insert symbol": a font and a code. */
static void put_symbol(docx *d, const char **attributes)
{
    const char *code = xml_attribute(attributes, "char"), *font = xml_attribute(attributes, "font");
    unsigned long c = code ? strtoul(code, NULL, 16) : 0;
    if (!now(d)->in_run || c < 0x20 || c > 0xFFFF || (c >= 0xD800 && c < 0xE000))
        return;
    char utf8[] = {(char)(0xE0 | c >> 12), (char)(0x80 | (c >> 6 & 0x3F)),
                   (char)(0x80 | (c & 0x3F))};
    if (c < 0x80)
        prose_put(&d->prose, font ? font : "", (char[]){(char)c}, 1);
    else if (c < 0x800)
        prose_put(&d->prose, font ? font : "", (char[]){(char)(0xC0 | c >> 6), utf8[2]}, 2);
    else
        prose_put(&d->prose, font ? font : "", utf8, 3);
}

/* ---- notes and comments ---- */

/* Lines that stand above notes have a type and are none. */
static void open_note(docx *d, const char **attributes)
{
    const char *type = xml_attribute(attributes, "type");
    bool real = !type || strcmp(type, "normal") == 0;
    keep_name(d->note_id, sizeof d->note_id, real ? xml_attribute(attributes, "id") : "");
    open_box(d);
}

/* Between a note's number and its text stands a blank. */
static void close_note(docx *d, note_kind kind)
{
    buffer text = BUFFER_INIT;
    prose_take_box(&d->prose, &text);
    size_t blank = strspn(text.bytes, " \t");
    note *grown = arena_grow(d->mem, d->notes, d->note_count, &d->note_capacity, sizeof *grown);
    const char *copy = arena_copy(d->mem, text.bytes + blank, text.size - blank);
    d->failed |= !grown || !copy || text.failed;
    d->notes = grown ? grown : d->notes;
    if (!d->failed && d->note_id[0] && d->note_count < NOTES_MOST) {
        d->notes[d->note_count] = (note){.kind = kind, .text = {copy, text.size - blank}};
        memcpy(d->notes[d->note_count++].id, d->note_id, sizeof d->note_id);
    }
    buffer_free(&text);
}

static void put_note(docx *d, note_kind kind, const char **attributes)
{
    const char *id = xml_attribute(attributes, "id");
    for (size_t i = 0; id && i < d->note_count; i++)
        if (d->notes[i].kind == kind && strcmp(d->notes[i].id, id) == 0)
            prose_add_box(&d->prose, d->notes[i].text);
}

static void close_comment(docx *d)
{
    buffer text = BUFFER_INIT;
    buffer_text(&text, d->comment_by);
    buffer_text(&text, ": ");
    prose_take_box(&d->prose, &text);
    d->failed |= text.failed;
    trace_put(d->out, "comment", (slice){text.bytes, text.size});
    buffer_free(&text);
}

/* ---- what the parser says ---- */

/* What has text of its own or sets something apart from the text. */
static void start_part(docx *d, element e, const char **attributes, int depth)
{
    switch (e) {
    case W_BOX: open_box(d); break;
    case W_FOOTNOTE:
    case W_ENDNOTE: open_note(d, attributes); break;
    case W_FOOTNOTE_REFERENCE: put_note(d, NOTE_FOOT, attributes); break;
    case W_ENDNOTE_REFERENCE: put_note(d, NOTE_END, attributes); break;
    case W_COMMENT:
        keep_name(d->comment_by, sizeof d->comment_by, xml_attribute(attributes, "author"));
        open_box(d);
        break;
    case W_INS: note_change(d, attributes); break;
    case W_DEL: start_deletion(d, attributes, depth); break;
    case W_MOVE_FROM:
    case W_CHANGE: d->skip_depth = depth; break;
    default: break;
    }
}

static void start_element(docx *d, element e, const char **attributes, int depth)
{
    level *at = now(d);
    switch (e) {
    case W_R: start_run(at); break;
    case W_T: at->in_text = at->in_run; break;
    case W_P_PR: at->in_paragraph_properties = true; break;
    case W_P_STYLE:
        keep_name(at->paragraph_style, STYLE_NAME_MAX, xml_attribute(attributes, "val"));
        break;
    case W_R_STYLE:
        keep_name(at->character_style, STYLE_NAME_MAX, xml_attribute(attributes, "val"));
        at->font = NULL;
        break;
    case W_R_FONTS:
        if (at->in_run && !at->in_paragraph_properties)
            keep_fonts(at, attributes);
        break;
    case W_TAB: put_in_run(d, "\t"); break;
    case W_BR:
    case W_CR: put_in_run(d, "\n"); break;
    case W_NO_BREAK_HYPHEN: put_in_run(d, "-"); break;
    case W_SOFT_HYPHEN: put_in_run(d, "\xC2\xAD"); break; /* in .VnTime it is the letter ư */
    case W_SYMBOL: put_symbol(d, attributes); break;
    case W_TR: at->row_depth = depth; break;
    case W_TR_PR: at->in_row_properties = true; break;
    default: start_part(d, e, attributes, depth); break;
    }
}

/* AlternateContent says the same thing twice, for new and old Word: the first is taken. True when
 * this element starts something to leave out. */
static bool is_repetition(docx *d, const char *local, int depth)
{
    if (strcmp(local, "AlternateContent") == 0) {
        d->choice_seen[depth] = false;
        return false;
    }
    bool choice = strcmp(local, "Choice") == 0;
    if (!choice && strcmp(local, "Fallback") != 0)
        return false;
    bool seen = d->choice_seen[depth - 1];
    d->choice_seen[depth - 1] = true;
    return seen;
}

static void on_start(void *context, const char *name, const char **attributes, int depth)
{
    docx *d = context;
    if (!d->prefix_found)
        find_prefix(d, attributes);
    if (d->skip_depth || d->prose.too_deep)
        return;
    element e = element_of(d, name);
    if (e != W_OTHER)
        start_element(d, e, attributes, depth);
    else if (is_repetition(d, xml_local(name), depth))
        d->skip_depth = depth;
}

static void on_end(void *context, const char *name, int depth)
{
    docx *d = context;
    if (d->skip_depth) {
        if (depth == d->skip_depth)
            d->skip_depth = 0;
        return;
    }
    level *at = now(d);
    switch (element_of(d, name)) {
    case W_R: at->in_run = false; break;
    case W_T: at->in_text = false; break;
    case W_P: end_paragraph(d); break;
    case W_P_PR: at->in_paragraph_properties = false; break;
    case W_TR_PR: at->in_row_properties = false; break;
    case W_TC: prose_end_cell(&d->prose); break;
    case W_TR: prose_end_row(&d->prose); break;
    case W_BOX: prose_close_box(&d->prose); break;
    case W_FOOTNOTE: close_note(d, NOTE_FOOT); break;
    case W_ENDNOTE: close_note(d, NOTE_END); break;
    case W_COMMENT: close_comment(d); break;
    default: break;
    }
}

static void on_text(void *context, const char *bytes, size_t size)
{
    docx *d = context;
    if (!d->skip_depth && now(d)->in_text)
        put_characters(d, bytes, size);
}

/* ---- the container ---- */

static status read_part(archive *zip, const char *name, buffer *out, document *d, fault *f)
{
    long i = archive_find(zip, name);
    if (i < 0)
        return OK;
    return archive_read(zip, (size_t)i, DOCUMENT_PART_LIMIT, out, &d->reason, f);
}

enum { PART_NAME_MAX = 288 };

typedef struct {
    char target[256];
} main_part;

static void on_relation(void *context, const char *name, const char **attributes, int depth)
{
    main_part *m = context;
    const char *type = xml_attribute(attributes, "Type");
    const char *target = xml_attribute(attributes, "Target");
    (void)name;
    (void)depth;
    const char *tail = type ? strrchr(type, '/') : NULL;
    if (!tail || !target || strcmp(tail, "/officeDocument") != 0)
        return;
    keep_name(m->target, sizeof m->target, *target == '/' ? target + 1 : target);
}

/* Where the text stands: nearly always word/document.xml, else where the container says. */
static status find_main(archive *zip, main_part *out, document *d, fault *f)
{
    static const xml_handlers handlers = {on_relation, NULL, NULL};
    *out = (main_part){"word/document.xml"};
    if (archive_find(zip, out->target) >= 0)
        return OK;
    buffer relations = BUFFER_INIT;
    out->target[0] = '\0';
    status st = read_part(zip, "_rels/.rels", &relations, d, f);
    if (st == OK && relations.size)
        st = xml_parse("_rels/.rels", (slice){relations.bytes, relations.size}, XML_NO_DOCTYPE,
                       &handlers, out, &d->reason, f);
    buffer_free(&relations);
    if (st == OK && (!out->target[0] || archive_find(zip, out->target) < 0))
        st = REFUSE(
            &d->reason, "docx.broken", f,
            "tệp này không có phần văn bản của Word; hãy mở bằng Word rồi lưu lại dạng .docx",
            "this file has no Word text in it; open it in Word and save it again as .docx");
    return st;
}

/* A part beside the main one: "word/document.xml", "styles.xml" → "word/styles.xml". */
static void beside(const main_part *where, const char *name, char *out, size_t size)
{
    const char *slash = strrchr(where->target, '/');
    snprintf(out, size, "%.*s%s", slash ? (int)(slash - where->target) + 1 : 0, where->target,
             name);
}

/* All we ask of styles is which of them stand for an old font: without the name of one there is nothing to
 * read, and Word's styles are long. */
static bool names_old_font(const buffer *xml)
{
    static const char *const starts[] = {".Vn", "VNI", "VPS"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (memmem(xml->bytes, xml->size, starts[i], 3))
            return true;
    return false;
}

static status read_styles(archive *zip, const main_part *where, docx *d, fault *f)
{
    char name[PART_NAME_MAX];
    style_sheet *styles = NULL;
    buffer xml = BUFFER_INIT;
    beside(where, "styles.xml", name, sizeof name);
    status st = read_part(zip, name, &xml, d->out, f);
    if (st == OK && names_old_font(&xml))
        st = style_sheet_read(d->mem, (slice){xml.bytes, xml.size}, &styles, &d->out->reason, f);
    d->styles = styles;
    buffer_free(&xml);
    return st;
}

/* Sends one part through the handlers. Its text is in d->prose until prose_free(). */
static status prose_part(docx *d, const char *name, slice xml, fault *f)
{
    static const xml_handlers handlers = {on_start, on_end, on_text};
    prose_start(&d->prose, &d->out->report);
    d->levels[0] = (level){0};
    d->prefix_found = false;
    d->skip_depth = 0;
    TRY(xml_parse(name, xml, XML_NO_DOCTYPE, &handlers, d, &d->out->reason, f));
    return d->failed ? fault_memory(f) : OK;
}

static status read_text_part(archive *zip, docx *d, const char *name, fault *f)
{
    buffer xml = BUFFER_INIT;
    status st = read_part(zip, name, &xml, d->out, f);
    if (st == OK)
        st = prose_part(d, name, (slice){xml.bytes, xml.size}, f);
    buffer_free(&xml);
    return st;
}

/* Notes are read before the text that calls them. */
static status read_notes(archive *zip, const main_part *where, docx *d, fault *f)
{
    static const char *const parts[] = {"footnotes.xml", "endnotes.xml"};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        char name[PART_NAME_MAX];
        beside(where, parts[i], name, sizeof name);
        if (archive_find(zip, name) < 0)
            continue;
        status st = read_text_part(zip, d, name, f);
        prose_free(&d->prose);
        TRY(st);
    }
    return OK;
}

static status read_body(archive *zip, const main_part *where, docx *d, fault *f)
{
    status st = read_text_part(zip, d, where->target, f);
    if (st == OK)
        st = prose_end(&d->prose, d->out, f);
    prose_free(&d->prose);
    return st;
}

/* ---- what is no text of the entry ---- */

static status trace_part(archive *zip, const docx *d, const char *name, const char *kind, fault *f)
{
    document apart = DOCUMENT_INIT;
    docx side = {.out = &apart, .mem = d->mem, .styles = d->styles};
    buffer xml = BUFFER_INIT;
    fault why = {0};
    TRY(trace_read_part(zip, name, &xml, f));
    status st = prose_part(&side, name, (slice){xml.bytes, xml.size}, &why);
    if (st == OK)
        st = prose_end(&side.prose, &apart, &why);
    prose_free(&side.prose);
    if (st == OK && kind)
        trace_put(d->out, kind, (slice){apart.text.bytes, apart.text.size});
    buffer_put(&d->out->traces, apart.traces.bytes, apart.traces.size);
    if (st != OK && !apart.reason)
        *f = why;
    else
        st = OK; /* such a part may be broken: the text does not need it */
    document_free(&apart);
    buffer_free(&xml);
    return st;
}

static const trace_name properties[] = {{"creator", "creator"},
                                        {"lastModifiedBy", "modified_by"},
                                        {"title", "title"},
                                        {"subject", "subject"},
                                        {"keywords", "keywords"},
                                        {"description", "description"},
                                        {"created", "created"},
                                        {"modified", "modified"},
                                        {"Company", "company"},
                                        {"Manager", "manager"},
                                        {"Template", "template"},
                                        {"HyperlinkBase", "path"},
                                        {"Application", "program"},
                                        {"Pages", "pages"},
                                        {NULL, NULL}};

static status read_traces(archive *zip, const main_part *where, docx *d, fault *f)
{
    char name[PART_NAME_MAX], folder[PART_NAME_MAX];
    beside(where, "", folder, sizeof folder);
    size_t size = strlen(folder);
    TRY(trace_read_properties(zip, "docProps/core.xml", properties, d->out, f));
    TRY(trace_read_properties(zip, "docProps/app.xml", properties, d->out, f));
    beside(where, "_rels/settings.xml.rels", name, sizeof name);
    TRY(trace_read_relations(zip, name, d->out, f));
    beside(where, "_rels/document.xml.rels", name, sizeof name);
    TRY(trace_read_relations(zip, name, d->out, f));
    for (size_t i = 0; i < archive_count(zip); i++) {
        const char *part = archive_name(zip, i);
        if (strncmp(part, folder, size) != 0)
            continue;
        if (strncmp(part + size, "header", 6) == 0)
            TRY(trace_part(zip, d, part, "header", f));
        else if (strncmp(part + size, "footer", 6) == 0)
            TRY(trace_part(zip, d, part, "footer", f));
        else if (strcmp(part + size, "comments.xml") == 0)
            TRY(trace_part(zip, d, part, NULL, f));
    }
    return OK;
}

static status read_container(archive *zip, arena *mem, document *out, fault *f)
{
    TRY(archive_check(zip, &out->reason, f));
    main_part where;
    docx *d = ARENA_NEW(mem, docx);
    if (!d)
        return fault_memory(f);
    d->out = out;
    d->mem = mem;
    TRY(find_main(zip, &where, out, f));
    TRY(read_styles(zip, &where, d, f));
    TRY(read_notes(zip, &where, d, f));
    TRY(read_body(zip, &where, d, f));
    return read_traces(zip, &where, d, f);
}

status docx_read(slice bytes, document *out, fault *f)
{
    if (bytes.size < 4 || memcmp(bytes.bytes, "PK", 2) != 0)
        return REFUSE(&out->reason, "docx.broken", f,
                      "đây không phải tệp .docx thật; hãy mở bằng Word rồi lưu lại dạng .docx",
                      "this is not really a .docx; open it in Word and save it again as .docx");
    archive *zip;
    status st = archive_open_bytes(bytes, &zip, &out->reason, f);
    if (st != OK) {
        if (out->reason && strcmp(out->reason, "zip.broken") == 0)
            return REFUSE(&out->reason, "docx.broken", f,
                          "tệp .docx hỏng hoặc chưa tải về đủ; hãy xin đơn vị gửi lại",
                          "the .docx is damaged or incomplete; ask the unit to send it again");
        return st;
    }
    arena *mem = arena_new(DOCX_MEMORY);
    st = mem ? read_container(zip, mem, out, f) : fault_memory(f);
    arena_free(mem);
    archive_close(zip);
    return st;
}
