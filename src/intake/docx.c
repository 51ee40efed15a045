/* Text out of a .docx: what a reader of the printed page would see, run by run with its font, so that
 * text typed in .VnTime or VNI fonts becomes Unicode. Deleted text, comments, headers, footers and
 * field codes are left out; inserted text and text boxes are in. */
#include "archive.h"
#include "document.h"
#include "style.h"
#include "xml.h"

#include <stdio.h>
#include <string.h>

enum { FRAMES_MOST = 8, FONT_NAME_MAX = 64, STYLE_NAME_MAX = 96, DOCX_MEMORY = 8 * 1024 * 1024 };

typedef enum {
    AFTER_NOTHING = 0, /* no separator: the first paragraph, or its mark was deleted */
    AFTER_LINE = '\n',
    AFTER_CELL = ' '
} separator;

/* Text flows in the body and, apart from it, in each text box, which stands inside a paragraph. */
typedef struct {
    buffer done;  /* finished paragraphs */
    buffer line;  /* the open paragraph, as display text */
    buffer boxes; /* text boxes anchored in it: they follow it */
    buffer run;   /* characters of one font, not yet converted */
    char run_font[FONT_NAME_MAX];
    separator next; /* what comes between the last paragraph and the next */
    bool in_run, in_paragraph_properties, in_row_properties, in_text, mark_deleted;
    char paragraph_style[STYLE_NAME_MAX], character_style[STYLE_NAME_MAX];
    char ascii[FONT_NAME_MAX], high[FONT_NAME_MAX]; /* said by the run itself */
    bool has_ascii, has_high;
    int row_depth;
} frame;

typedef struct {
    document *out;
    const style_sheet *styles;
    char prefix[32]; /* of WordprocessingML, with its colon */
    frame frames[FRAMES_MOST];
    size_t top;
    int skip_depth;                       /* inside an element that is left out; 0: not */
    bool choice_seen[XML_DEPTH_MOST + 1]; /* by depth of the AlternateContent */
    bool too_deep, prefix_found;
} docx;

/* ---- runs and paragraphs ---- */

static frame *now(docx *d)
{
    return &d->frames[d->top];
}

static void flush_run(docx *d)
{
    frame *at = now(d);
    if (at->run.size)
        text_display_run((slice){at->run.bytes, at->run.size}, at->run_font, &at->line,
                         &d->out->report);
    at->line.failed |= at->run.failed;
    buffer_clear(&at->run);
}

static const char *font_of_run(docx *d)
{
    frame *at = now(d);
    font_pair fonts = {at->has_ascii ? at->ascii : NULL, at->has_high ? at->high : NULL};
    if (!fonts.ascii || !fonts.high)
        style_sheet_fill(d->styles, at->character_style[0] ? at->character_style : NULL,
                         at->paragraph_style[0] ? at->paragraph_style : NULL, &fonts);
    const char *ascii = fonts.ascii ? fonts.ascii : "", *high = fonts.high ? fonts.high : ascii;
    bool only_ascii_legacy = text_encoding_of_font(high) == ENCODING_AUTO &&
                             text_encoding_of_font(ascii) != ENCODING_AUTO;
    return only_ascii_legacy ? ascii : high;
}

/* Word cuts runs anywhere, even between the letter and its mark: neighbours in fonts of the same
 * encoding are converted as one. */
static void put_characters(docx *d, const char *bytes, size_t size)
{
    frame *at = now(d);
    const char *font = font_of_run(d);
    if (at->run.size && text_encoding_of_font(font) != text_encoding_of_font(at->run_font))
        flush_run(d);
    if (!at->run.size) {
        size_t length = strlen(font);
        length = length < FONT_NAME_MAX ? length : FONT_NAME_MAX - 1;
        memcpy(at->run_font, font, length);
        at->run_font[length] = '\0';
    }
    buffer_put(&at->run, bytes, size);
}

static void end_paragraph(docx *d)
{
    frame *at = now(d);
    flush_run(d);
    if (at->next != AFTER_NOTHING)
        buffer_byte(&at->done, (char)at->next);
    buffer_put(&at->done, at->line.bytes, at->line.size);
    if (at->boxes.size) {
        buffer_text(&at->done, at->line.size ? "\n" : "");
        buffer_put(&at->done, at->boxes.bytes, at->boxes.size);
    }
    at->done.failed |= at->line.failed || at->boxes.failed;
    buffer_clear(&at->line);
    buffer_clear(&at->boxes);
    at->next = at->mark_deleted ? AFTER_NOTHING : AFTER_LINE;
    at->mark_deleted = at->in_run = at->in_text = false;
    at->paragraph_style[0] = '\0';
}

static void free_frame(frame *f)
{
    buffer_free(&f->done);
    buffer_free(&f->line);
    buffer_free(&f->boxes);
    buffer_free(&f->run);
}

static void open_frame(docx *d)
{
    if (d->top + 1 == FRAMES_MOST) {
        d->too_deep = true;
        return;
    }
    d->frames[++d->top] =
        (frame){.done = BUFFER_INIT, .line = BUFFER_INIT, .boxes = BUFFER_INIT, .run = BUFFER_INIT};
}

static void close_frame(docx *d)
{
    if (d->top == 0)
        return;
    frame *box = now(d), *around = box - 1;
    if (around->boxes.size && box->done.size)
        buffer_byte(&around->boxes, '\n');
    buffer_put(&around->boxes, box->done.bytes, box->done.size);
    around->boxes.failed |= box->done.failed;
    free_frame(box);
    d->top--;
}

/* ---- elements ---- */

typedef enum {
    W_BR,
    W_CR,
    W_DEL,
    W_MOVE_FROM,
    W_NO_BREAK_HYPHEN,
    W_P,
    W_P_PR,
    W_P_STYLE,
    W_R,
    W_R_FONTS,
    W_R_STYLE,
    W_TAB,
    W_T,
    W_TC,
    W_TR,
    W_TR_PR,
    W_BOX,
    W_CHANGE,
    W_OTHER
} element;

static element element_of(const docx *d, const char *name)
{
    static const struct {
        const char *name;
        element e;
    } names[] = {{"r", W_R},
                 {"t", W_T},
                 {"p", W_P},
                 {"pPr", W_P_PR},
                 {"rFonts", W_R_FONTS},
                 {"pStyle", W_P_STYLE},
                 {"rStyle", W_R_STYLE},
                 {"tab", W_TAB},
                 {"br", W_BR},
                 {"cr", W_CR},
                 {"noBreakHyphen", W_NO_BREAK_HYPHEN},
                 {"tc", W_TC},
                 {"tr", W_TR},
                 {"trPr", W_TR_PR},
                 {"txbxContent", W_BOX},
                 {"del", W_DEL},
                 {"moveFrom", W_MOVE_FROM}};
    size_t prefix = strlen(d->prefix);
    if (strncmp(name, d->prefix, prefix) != 0)
        return W_OTHER;
    name += prefix;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(name, names[i].name) == 0)
            return names[i].e;
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
}

static void keep_name(char *to, size_t size, const char *value)
{
    size_t length = value ? strlen(value) : 0;
    length = length < size ? length : size - 1;
    memcpy(to, value ? value : "", length);
    to[length] = '\0';
}

static void keep_fonts(frame *at, const char **attributes)
{
    font_pair fonts = style_fonts(attributes);
    at->has_ascii = fonts.ascii != NULL;
    at->has_high = fonts.high != NULL;
    keep_name(at->ascii, sizeof at->ascii, fonts.ascii);
    keep_name(at->high, sizeof at->high, fonts.high);
}

static void start_deletion(docx *d, int depth)
{
    frame *at = now(d);
    if (at->in_paragraph_properties)
        at->mark_deleted = true; /* the next paragraph continues this one */
    else if (at->in_row_properties)
        d->skip_depth = at->row_depth;
    else
        d->skip_depth = depth;
}

static void start_run(frame *at)
{
    at->in_run = true;
    at->has_ascii = at->has_high = false;
    at->character_style[0] = '\0';
}

static void start_element(docx *d, element e, const char **attributes, int depth)
{
    frame *at = now(d);
    switch (e) {
    case W_R: start_run(at); break;
    case W_T: at->in_text = at->in_run; break;
    case W_P_PR: at->in_paragraph_properties = true; break;
    case W_P_STYLE:
        keep_name(at->paragraph_style, STYLE_NAME_MAX, xml_attribute(attributes, "val"));
        break;
    case W_R_STYLE:
        keep_name(at->character_style, STYLE_NAME_MAX, xml_attribute(attributes, "val"));
        break;
    case W_R_FONTS:
        if (at->in_run && !at->in_paragraph_properties)
            keep_fonts(at, attributes);
        break;
    case W_TAB:
        if (at->in_run)
            put_characters(d, "\t", 1);
        break;
    case W_BR:
    case W_CR:
        if (at->in_run)
            put_characters(d, "\n", 1);
        break;
    case W_NO_BREAK_HYPHEN:
        if (at->in_run)
            put_characters(d, "-", 1);
        break;
    case W_TR: at->row_depth = depth; break;
    case W_TR_PR: at->in_row_properties = true; break;
    case W_BOX: open_frame(d); break;
    case W_DEL: start_deletion(d, depth); break;
    case W_MOVE_FROM:
    case W_CHANGE: d->skip_depth = depth; break;
    case W_P:
    case W_TC:
    case W_OTHER: break;
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
    if (d->skip_depth || d->too_deep)
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
    frame *at = now(d);
    switch (element_of(d, name)) {
    case W_R: at->in_run = false; break;
    case W_T: at->in_text = false; break;
    case W_P: end_paragraph(d); break;
    case W_P_PR: at->in_paragraph_properties = false; break;
    case W_TR_PR: at->in_row_properties = false; break;
    case W_TC:
        if (at->next == AFTER_LINE)
            at->next = AFTER_CELL;
        break;
    case W_TR:
        if (at->next == AFTER_CELL)
            at->next = AFTER_LINE;
        break;
    case W_BOX: close_frame(d); break;
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

static status read_styles(archive *zip, const main_part *where, arena *mem, style_sheet **out,
                          document *d, fault *f)
{
    char name[sizeof where->target + 16];
    const char *slash = strrchr(where->target, '/');
    int folder = slash ? (int)(slash - where->target) + 1 : 0;
    memcpy(name, where->target, (size_t)folder);
    memcpy(name + folder, "styles.xml", sizeof "styles.xml");
    buffer xml = BUFFER_INIT;
    status st = read_part(zip, name, &xml, d, f);
    if (st == OK && xml.size)
        st = style_sheet_read(mem, (slice){xml.bytes, xml.size}, out, &d->reason, f);
    buffer_free(&xml);
    return st;
}

static status read_body(docx *d, const char *name, slice xml, fault *f)
{
    static const xml_handlers handlers = {on_start, on_end, on_text};
    d->frames[0] =
        (frame){.done = BUFFER_INIT, .line = BUFFER_INIT, .boxes = BUFFER_INIT, .run = BUFFER_INIT};
    status st = xml_parse(name, xml, XML_NO_DOCTYPE, &handlers, d, &d->out->reason, f);
    if (st == OK && d->too_deep)
        st =
            REFUSE(&d->out->reason, "xml.deep", f,
                   "khung chữ lồng nhau quá %d tầng; hãy mở bằng Word rồi lưu lại",
                   "text boxes are nested more than %d levels deep; open it in Word and save again",
                   FRAMES_MOST);
    if (st == OK)
        st = buffer_check(&d->frames[0].done, f);
    if (st == OK) {
        /* Once more as a whole: marks that began a run now meet their letters, and blanks are put in
         * order. Nothing is detected this time. */
        text_report again = {0};
        text_display((slice){d->frames[0].done.bytes, d->frames[0].done.size}, ENCODING_UTF8,
                     &d->out->text, &again);
        st = buffer_check(&d->out->text, f);
    }
    for (size_t i = 0; i <= d->top; i++)
        free_frame(&d->frames[i]);
    return st;
}

static status read_container(archive *zip, arena *mem, document *out, fault *f)
{
    for (size_t i = 0; i < archive_count(zip); i++) {
        const char *word = archive_problem(zip, i);
        if (word)
            return archive_refuse(zip, i, word, &out->reason, f);
    }
    main_part where;
    docx *d = ARENA_NEW(mem, docx);
    if (!d)
        return fault_memory(f);
    TRY(find_main(zip, &where, out, f));
    style_sheet *styles = NULL;
    TRY(read_styles(zip, &where, mem, &styles, out, f));
    d->out = out;
    d->styles = styles;
    buffer xml = BUFFER_INIT;
    status st = read_part(zip, where.target, &xml, out, f);
    if (st == OK)
        st = read_body(d, where.target, (slice){xml.bytes, xml.size}, f);
    buffer_free(&xml);
    return st;
}

status docx_read(slice bytes, document *out, fault *f)
{
    static const char old_office[] = "\xD0\xCF\x11\xE0";
    if (bytes.size >= 4 && memcmp(bytes.bytes, old_office, 4) == 0)
        return REFUSE(&out->reason, "docx.password", f,
                      "tệp có mật khẩu, hoặc là tệp .doc cũ đổi đuôi; hãy xin bản .docx không đặt "
                      "mật khẩu",
                      "this file has a password or is an old .doc under a new ending; ask for a "
                      ".docx without a password");
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
