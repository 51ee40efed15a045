/* Text out of an .odt, the format of LibreOffice, run by run with its font. Deleted text is left out;
 * text boxes and notes follow the paragraph they stand in; comments, headers and footers are traces. */
#include "odt.h"

#include "archive.h"
#include "document.h"
#include "prose.h"
#include "trace.h"

#include <stdlib.h>
#include <string.h>

enum { ODT_MEMORY = 32 * 1024 * 1024, SPACES_MOST = 1000 };

typedef enum { IN_STYLES, IN_TEXT, IN_OTHER } place;

typedef struct {
    document *out;
    odt_styles *styles;
    prose prose;
    place where;
    const char *fonts[XML_DEPTH_MOST + 2]; /* in force inside the element of that depth */
    int paragraph_depth[BOXES_MOST];       /* 0: no paragraph is open */
    int depth;
    int skip_depth;        /* inside an element that is no text; 0: not */
    const char *skip_kind; /* its text is a trace of this kind; NULL: it is nothing */
    buffer aside;          /* that text */
    bool failed;
} odt;

/* Of deleted text only the names of who deleted it are kept. */
static const char changed_by[] = "changed_by";

/* ---- elements ---- */

typedef enum {
    T_BOX,
    T_CELL,
    T_LINE_BREAK,
    T_PARAGRAPH,
    T_ROW,
    T_SPACES,
    T_SPAN,
    T_TAB,
    T_ANNOTATION,
    T_CHANGES,
    T_NOTHING, /* not seen on the page */
    T_OTHER
} element;

typedef struct {
    const char *name;
    element e;
} element_name;

static const element_name element_names[] = {{"annotation", T_ANNOTATION},
                                             {"binary-data", T_NOTHING},
                                             {"covered-table-cell", T_CELL},
                                             {"forms", T_NOTHING},
                                             {"h", T_PARAGRAPH},
                                             {"line-break", T_LINE_BREAK},
                                             {"note-body", T_BOX},
                                             {"note-citation", T_NOTHING},
                                             {"p", T_PARAGRAPH},
                                             {"ruby-text", T_NOTHING},
                                             {"s", T_SPACES},
                                             {"span", T_SPAN},
                                             {"tab", T_TAB},
                                             {"table-cell", T_CELL},
                                             {"table-row", T_ROW},
                                             {"text-box", T_BOX},
                                             {"tracked-changes", T_CHANGES}};

static int compare_name(const void *name, const void *other)
{
    return strcmp(name, ((const element_name *)other)->name);
}

static element element_of(const char *name)
{
    if (strncmp(name, "svg:", 4) == 0) /* what a picture shows, for those who cannot see it */
        return T_NOTHING;
    const element_name *found =
        bsearch(xml_local(name), element_names, sizeof element_names / sizeof *element_names,
                sizeof *element_names, compare_name);
    return found ? found->e : T_OTHER;
}

static bool in_paragraph(const odt *o)
{
    return o->paragraph_depth[o->prose.top] != 0;
}

static void put(odt *o, int depth, const char *bytes, size_t size)
{
    if (in_paragraph(o))
        prose_put(&o->prose, o->fonts[depth], bytes, size);
}

static void start_paragraph(odt *o, const char **attributes, int depth)
{
    const char *font = odt_font(o->styles, "paragraph", xml_attribute(attributes, "style-name"));
    o->fonts[depth] = font ? font : odt_default_font(o->styles);
    o->paragraph_depth[o->prose.top] = depth;
}

static void put_spaces(odt *o, const char **attributes, int depth)
{
    const char *count = xml_attribute(attributes, "c");
    long n = count ? strtol(count, NULL, 10) : 1;
    for (long i = 0; i < n && i < SPACES_MOST; i++)
        put(o, depth, " ", 1);
}

static void skip(odt *o, const char *kind, int depth)
{
    o->skip_depth = depth;
    o->skip_kind = kind;
    buffer_clear(&o->aside);
}

static void start_text(odt *o, const char *name, const char **attributes, int depth)
{
    const char *font;
    switch (element_of(name)) {
    case T_PARAGRAPH: start_paragraph(o, attributes, depth); break;
    case T_SPAN:
        font = odt_font(o->styles, "text", xml_attribute(attributes, "style-name"));
        o->fonts[depth] = font ? font : o->fonts[depth];
        break;
    case T_SPACES: put_spaces(o, attributes, depth); break;
    case T_TAB: put(o, depth, "\t", 1); break;
    case T_LINE_BREAK: put(o, depth, "\n", 1); break;
    case T_BOX:
        prose_open_box(&o->prose);
        o->paragraph_depth[o->prose.top] = 0;
        break;
    case T_ANNOTATION: skip(o, "comment", depth); break;
    case T_CHANGES: skip(o, changed_by, depth); break;
    case T_NOTHING: skip(o, NULL, depth); break;
    default: break;
    }
}

static void on_start(void *context, const char *name, const char **attributes, int depth)
{
    odt *o = context;
    const char *local = xml_local(name);
    o->fonts[depth] = o->fonts[depth - 1];
    o->depth = depth;
    if (o->skip_depth && o->skip_kind == changed_by)
        buffer_clear(&o->aside);
    if (o->failed || o->skip_depth || o->prose.too_deep)
        return;
    if (strcmp(name, "office:text") == 0) {
        odt_styles_done(o->styles);
        o->where = IN_TEXT;
    } else if (o->where == IN_TEXT) {
        start_text(o, name, attributes, depth);
    } else if (strcmp(local, "header") == 0) {
        skip(o, "header", depth);
    } else if (strcmp(local, "footer") == 0) {
        skip(o, "footer", depth);
    } else {
        o->failed |= !odt_styles_start(o->styles, name, attributes);
    }
}

static void end_skipped(odt *o, const char *name, int depth)
{
    slice aside = {o->aside.bytes, o->aside.size};
    bool creator = strcmp(name, "dc:creator") == 0;
    if (o->skip_kind == changed_by) {
        if (creator)
            trace_put(o->out, changed_by, aside);
    } else if (depth == o->skip_depth) {
        if (o->skip_kind)
            trace_put(o->out, o->skip_kind, aside);
    } else if (creator || strcmp(name, "dc:date") == 0) {
        buffer_text(&o->aside, ": ");
    } else if (element_of(name) == T_PARAGRAPH) {
        buffer_byte(&o->aside, '\n');
    }
    if (depth == o->skip_depth)
        o->skip_depth = 0;
}

static void on_end(void *context, const char *name, int depth)
{
    odt *o = context;
    o->depth = depth - 1;
    if (o->skip_depth) {
        end_skipped(o, name, depth);
        return;
    }
    if (o->where != IN_TEXT || o->prose.too_deep)
        return;
    switch (element_of(name)) {
    case T_PARAGRAPH:
        if (in_paragraph(o))
            prose_end_paragraph(&o->prose, JOIN_LINE);
        o->paragraph_depth[o->prose.top] = 0;
        break;
    case T_CELL: prose_end_cell(&o->prose); break;
    case T_ROW: prose_end_row(&o->prose); break;
    case T_BOX: prose_close_box(&o->prose); break;
    default: break;
    }
    if (strcmp(name, "office:text") == 0)
        o->where = IN_OTHER;
}

static void on_text(void *context, const char *bytes, size_t size)
{
    odt *o = context;
    if (o->skip_depth) {
        if (o->skip_kind && o->aside.size < TRACE_SIZE_MOST)
            buffer_put(&o->aside, bytes, size);
        return;
    }
    if (o->where != IN_TEXT || o->prose.too_deep)
        return;
    /* Line ends of the file are blanks of the text. */
    for (size_t from = 0; from < size;) {
        size_t to = from;
        while (to < size && bytes[to] != '\n' && bytes[to] != '\t')
            to++;
        if (to > from)
            put(o, o->depth, bytes + from, to - from);
        if (to < size)
            put(o, o->depth, " ", 1);
        from = to + 1;
    }
}

/* ---- the container ---- */

static const trace_name properties[] = {
    {"initial-creator", "creator"}, {"creator", "modified_by"},
    {"printed-by", "modified_by"},  {"title", "title"},
    {"subject", "subject"},         {"keyword", "keywords"},
    {"description", "description"}, {"creation-date", "created"},
    {"date", "modified"},           {"user-defined", "company"},
    {"generator", "program"},       {NULL, NULL}};

static status read_part(archive *zip, const char *name, buffer *out, document *d, fault *f)
{
    long i = archive_find(zip, name);
    if (i < 0)
        return OK;
    return archive_read(zip, (size_t)i, DOCUMENT_PART_LIMIT, out, &d->reason, f);
}

static status parse_part(archive *zip, const char *name, odt *o, fault *f)
{
    static const xml_handlers handlers = {on_start, on_end, on_text};
    buffer xml = BUFFER_INIT;
    status st = read_part(zip, name, &xml, o->out, f);
    if (st == OK && xml.size)
        st = xml_parse(name, (slice){xml.bytes, xml.size}, XML_NO_DOCTYPE, &handlers, o,
                       &o->out->reason, f);
    buffer_free(&xml);
    return st == OK && o->failed ? fault_memory(f) : st;
}

static status refuse_locked(archive *zip, document *out, fault *f)
{
    buffer list = BUFFER_INIT;
    status st = trace_read_part(zip, "META-INF/manifest.xml", &list, f);
    if (st == OK && memmem(list.bytes, list.size, "encryption-data", 15))
        st = REFUSE(&out->reason, "odt.password", f,
                    "tệp có mật khẩu; hãy xin đơn vị gửi tệp không đặt mật khẩu",
                    "the file has a password; ask the unit for one without");
    buffer_free(&list);
    return st;
}

static status read_container(archive *zip, arena *mem, document *out, fault *f)
{
    TRY(archive_check(zip, &out->reason, f));
    TRY(refuse_locked(zip, out, f));
    if (archive_find(zip, "content.xml") < 0)
        return REFUSE(
            &out->reason, "odt.broken", f,
            "tệp này không có phần văn bản; hãy mở bằng LibreOffice rồi lưu lại dạng .odt",
            "this file has no text in it; open it in LibreOffice and save it again");
    odt *o = ARENA_NEW(mem, odt);
    odt_styles *styles = odt_styles_new(mem);
    if (!o || !styles)
        return fault_memory(f);
    *o = (odt){.out = out, .styles = styles, .fonts = {""}, .aside = BUFFER_INIT};
    prose_start(&o->prose, &out->report);
    status st = parse_part(zip, "styles.xml", o, f);
    if (st == OK)
        st = parse_part(zip, "content.xml", o, f);
    if (st == OK)
        st = prose_end(&o->prose, out, f);
    prose_free(&o->prose);
    buffer_free(&o->aside);
    return st == OK ? trace_read_properties(zip, "meta.xml", properties, out, f) : st;
}

status odt_read(slice bytes, document *out, fault *f)
{
    archive *zip;
    status st = archive_open_bytes(bytes, &zip, &out->reason, f);
    if (st != OK && out->reason && strcmp(out->reason, "zip.broken") == 0)
        return REFUSE(&out->reason, "odt.broken", f,
                      "tệp .odt hỏng hoặc chưa tải về đủ; hãy xin đơn vị gửi lại",
                      "the .odt is damaged or incomplete; ask the unit to send it again");
    TRY(st);
    arena *mem = arena_new(ODT_MEMORY);
    st = mem ? read_container(zip, mem, out, f) : fault_memory(f);
    arena_free(mem);
    archive_close(zip);
    return st;
}
