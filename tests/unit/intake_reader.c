/* Readers of documents, and the limited children some of them use. */
#include "zip.h"

#include "chamthi/child.h"
#include "chamthi/file.h"
#include "intake/archive.h"
#include "intake/document.h"
#include "intake/trace.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/un.h>

#define W "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\""
#define MC "xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\""

static const char *const styles =
    "<w:styles " W "><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:asciiTheme=\"minorHAnsi\""
    " w:hAnsiTheme=\"minorHAnsi\"/></w:rPr></w:rPrDefault></w:docDefaults>"
    "<w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"/>"
    "<w:style w:type=\"paragraph\" w:styleId=\"Old\"><w:basedOn w:val=\"Base\"/></w:style>"
    "<w:style w:type=\"paragraph\" w:styleId=\"Base\"><w:rPr><w:rFonts w:ascii=\".VnTime\""
    " w:hAnsi=\".VnTime\"/></w:rPr></w:style>"
    "<w:style w:type=\"character\" w:styleId=\"Vni\"><w:rPr><w:rFonts w:ascii=\"VNI-Times\""
    " w:hAnsi=\"VNI-Times\"/></w:rPr></w:style></w:styles>";

/* `more` parts beside the body and the styles, up to two. */
static void docx_with(const char *body, const part *more, size_t count, document *out)
{
    char xml[8192];
    snprintf(xml, sizeof xml, "<w:document " W " " MC "><w:body>%s</w:body></w:document>", body);
    part parts[4] = {{"word/document.xml", xml}, {"word/styles.xml", styles}};
    for (size_t i = 0; i < count; i++)
        parts[2 + i] = more[i];
    buffer zip = BUFFER_INIT;
    fault f = {0};
    make_zip(parts, 2 + count, &zip);
    assert_ok(document_read("bai.docx", (slice){zip.bytes, zip.size}, out, &f), &f);
    buffer_free(&zip);
}

static void docx_text(const char *body, document *out)
{
    docx_with(body, NULL, 0, out);
}

#define P(x) "<w:p>" x "</w:p>"
#define R(x) "<w:r>" x "</w:r>"
#define T(x) "<w:t xml:space=\"preserve\">" x "</w:t>"

TEST("a .docx gives the text a reader of the page would see")
{
    static const struct {
        const char *what, *body, *text;
    } cases[] = {
        {"paragraphs", P(R(T("Một"))) P(R(T("Hai"))), "Một\nHai"},
        {"runs cut inside a word", P(R(T("ng")) R(T("ườ")) R(T("i"))), "người"},
        {"a mark in a run of its own", P(R(T("tie\xCC\x82")) R(T("\xCC\x81ng"))), "tiếng"},
        {"tabs and breaks",
         P("<w:pPr><w:tabs><w:tab w:val=\"left\"/></w:tabs></w:pPr>" R(T("a") "<w:tab/>" T("b"))
               R("<w:br/>" T("c"))),
         "a b\nc"},
        {"a hyphen that does not break", P(R(T("Xê") "<w:noBreakHyphen/>" T("út"))), "Xê-út"},
        {"a table",
         "<w:tbl><w:tr><w:tc>" P(R(T("Tên"))) "</w:tc><w:tc>" P(
             R(T("An"))) "</w:tc></w:tr><w:tr><w:tc>" P(R(T("Tuổi"))) "</w:tc><w:tc>" P(R(T("9")))
             P(R(T("10"))) "</w:tc></w:tr></w:tbl>" P(R(T("Hết"))),
         "Tên An\nTuổi 9\n10\nHết"},
        {"deleted text is out, inserted text in",
         P(R(T("Ông ")) "<w:del>" R("<w:delText>Bình</w:delText>") "</w:del><w:ins>" R(
             T("An")) "</w:ins>"),
         "Ông An"},
        {"moved text stands once",
         P("<w:moveFrom>" R(T("cũ")) "</w:moveFrom>" R(T("x ")))
             P("<w:moveTo>" R(T("cũ")) "</w:moveTo>"),
         "x\ncũ"},
        {"a deleted paragraph mark joins",
         P("<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>" R(T("một "))) P(R(T("hai"))), "một hai"},
        {"a deleted table row is out",
         "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>" P(
             R(T("bỏ"))) "</w:tc></w:tr><w:tr><w:tc>" P(R(T("giữ"))) "</w:tc></w:tr></w:tbl>",
         "giữ"},
        {"a field's code is not text", P(R("<w:instrText>PAGE</w:instrText>") R(T("7"))), "7"},
        {"a text box follows its paragraph, once",
         P(R(T("Trên")) R("<mc:AlternateContent><mc:Choice Requires=\"wps\"><w:txbxContent>" P(
             R(T("Hộp"))) "</w:txbxContent></mc:Choice>"
                          "<mc:Fallback><w:txbxContent>" P(
                              R(T("Hộp"))) "</w:txbxContent></mc:Fallback></mc:AlternateContent>")
               R(T(" dưới"))),
         "Trên dưới\nHộp"},
        {"a fallback alone is read",
         P(R("<mc:AlternateContent><mc:Fallback><w:txbxContent>" P(
             R(T("Hộp"))) "</w:txbxContent></mc:Fallback></mc:AlternateContent>")),
         "Hộp"},
        {"a run in .VnTime",
         P(R("<w:rPr><w:rFonts w:ascii=\".VnTime\" w:hAnsi=\".VnTime\"/></w:rPr>" T(
             "ng\xC2\xAD\xC3\xAAi tèt"))),
         "người tốt"},
        {"a paragraph style based on .VnTime",
         P("<w:pPr><w:pStyle w:val=\"Old\"/></w:pPr>" R(T("ViÖt Nam"))), "Việt Nam"},
        {"a character style in VNI",
         P(R("<w:rPr><w:rStyle w:val=\"Vni\"/></w:rPr>" T("Vieät Nam"))), "Việt Nam"},
        {"old and new fonts in one line",
         P(R(T("Bà ")) R("<w:rPr><w:rFonts w:ascii=\".VnTime\" w:hAnsi=\".VnTime\"/></w:rPr>" T(
             "ViÖt")) R(T(" ở Hà Nội"))),
         "Bà Việt ở Hà Nội"},
        {"a soft hyphen is the letter ư of .VnTime and nothing in other fonts",
         P(R("<w:rPr><w:rFonts w:ascii=\".VnTime\" w:hAnsi=\".VnTime\"/></w:rPr>" T(
             "ng") "<w:softHyphen/>" T("êi")) R(T(" tốt") "<w:softHyphen/>")),
         "người tốt"},
        {"a symbol put in by its code",
         P(R(T("đúng ") "<w:sym w:font=\"Arial\" w:char=\"2713\"/>")), "đúng ✓"},
        {"the fonts before a change do not count",
         P(R("<w:rPr><w:rPrChange><w:rPr><w:rFonts w:ascii=\".VnTime\" "
             "w:hAnsi=\".VnTime\"/></w:rPr></w:rPrChange></w:rPr>" T("Việt"))),
         "Việt"},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        document d = DOCUMENT_INIT;
        docx_text(cases[i].body, &d);
        if (strcmp(d.text.bytes, cases[i].text) != 0)
            fail_msg("%s: got “%s”, wanted “%s”", cases[i].what, d.text.bytes, cases[i].text);
        document_free(&d);
    }
}

TEST("another prefix than w: and another place than word/document.xml are read too")
{
    part parts[] = {{"_rels/.rels", "<Relationships><Relationship Type=\"http://x/officeDocument\" "
                                    "Target=\"/word/main2.xml\"/></Relationships>"},
                    {"word/main2.xml", "<d:document "
                                       "xmlns:d=\"http://purl.oclc.org/ooxml/wordprocessingml/"
                                       "main\"><d:p><d:r><d:t>Chữ</d:t></d:r></d:p></d:document>"}};
    buffer zip = BUFFER_INIT;
    document d = DOCUMENT_INIT;
    fault f = {0};
    make_zip(parts, 2, &zip);
    assert_ok(document_read("a.docx", (slice){zip.bytes, zip.size}, &d, &f), &f);
    assert_string_equal(d.text.bytes, "Chữ");
    document_free(&d);
    buffer_free(&zip);
}

TEST("a container with more parts than allowed is not opened")
{
    enum { PARTS = 2001 };
    static char names[PARTS][8];
    static part parts[PARTS];
    for (size_t i = 0; i < PARTS; i++) {
        snprintf(names[i], sizeof names[i], "%zu", i);
        parts[i] = (part){names[i], ""};
    }
    buffer zip = BUFFER_INIT;
    document d = DOCUMENT_INIT;
    fault f = {0};
    make_zip(parts, PARTS, &zip);
    assert_int_equal(document_read("a.docx", (slice){zip.bytes, zip.size}, &d, &f), E_INPUT);
    assert_string_equal(d.reason, "zip.many");
    document_free(&d);
    buffer_free(&zip);
}

TEST("names that lead elsewhere are told from harmless ones")
{
    static const char *const safe[] = {"a.txt", "bài/một hai.docx", "..a/b..", "...", "a..b"};
    static const char *const unsafe[] = {"",     "/etc/passwd", "../a", "a/../b",
                                         "a/..", "a\\b",        "C:x"};
    for (size_t i = 0; i < COUNT(safe); i++)
        assert_true(archive_name_safe(safe[i]));
    for (size_t i = 0; i < COUNT(unsafe); i++)
        assert_false(archive_name_safe(unsafe[i]));
}

/* ---- what is no text ---- */

static const char *trace_of(const document *d, const char *kind)
{
    const char *other, *value;
    for (size_t at = 0; trace_next(d, &at, &other, &value);)
        if (strcmp(kind, other) == 0)
            return value;
    return "";
}

TEST("notes follow the paragraph that calls them; the line above them is no note")
{
    static const part notes[] = {
        {"word/footnotes.xml",
         "<w:footnotes " W "><w:footnote w:type=\"separator\" w:id=\"-1\">" P(
             R(T("---"))) "</w:footnote><w:footnote w:id=\"2\">" P(R("<w:footnoteRef/>")
                                                                       R(T(" Theo báo.")))
             P(R(T("Số 3."))) "</w:footnote></w:footnotes>"},
        {"word/endnotes.xml", "<w:endnotes " W "><w:endnote w:id=\"2\">" P(
                                  R(T("Cuối bài."))) "</w:endnote></w:endnotes>"}};
    document d = DOCUMENT_INIT;
    docx_with(P(R(T("Một") "<w:footnoteReference w:id=\"2\"/>") R(T(" hai.")))
                  P(R(T("Ba.") "<w:endnoteReference w:id=\"2\"/>")),
              notes, COUNT(notes), &d);
    assert_string_equal(d.text.bytes, "Một hai.\nTheo báo.\nSố 3.\nBa.\nCuối bài.");
    document_free(&d);
}

TEST("comments, header lines and who changed what are traces, never text")
{
    static const part more[] = {
        {"word/comments.xml", "<w:comments " W "><w:comment w:author=\"Chị Lan\">" P(
                                  R(T("Sửa câu này"))) "</w:comment></w:comments>"},
        {"word/header2.xml", "<w:hdr " W ">" P(R(T("Trường THCS Đền Lừ"))) "</w:hdr>"}};
    document d = DOCUMENT_INIT;
    docx_with(P(R(T("Chữ. ")) "<w:ins w:author=\"Anh Hải\">" R(T("Thêm.")) "</w:ins>"), more,
              COUNT(more), &d);
    assert_string_equal(d.text.bytes, "Chữ. Thêm.");
    assert_string_equal(trace_of(&d, "comment"), "Chị Lan: Sửa câu này");
    assert_string_equal(trace_of(&d, "header"), "Trường THCS Đền Lừ");
    assert_string_equal(trace_of(&d, "changed_by"), "Anh Hải");
    document_free(&d);
}

TEST("properties and paths of somebody's computer are traces; a broken part of them does no harm")
{
    static const part more[] = {
        {"docProps/core.xml", "<p xmlns:dc=\"d\" xmlns:cp=\"c\"><dc:creator>Lê Văn Tám</dc:creator>"
                              "<cp:lastModifiedBy> </cp:lastModifiedBy></p>"},
        {"word/_rels/settings.xml.rels",
         "<Relationships><Relationship Target=\"file:///C:\\Users\\Tam\\mau.dotx\"/>"
         "<Relationship Target=\"theme.xml\"/></broken>"}};
    document d = DOCUMENT_INIT;
    docx_with(P(R(T("Chữ"))), more, COUNT(more), &d);
    assert_string_equal(trace_of(&d, "creator"), "Lê Văn Tám");
    assert_string_equal(trace_of(&d, "modified_by"), "");
    assert_string_equal(trace_of(&d, "path"), "file:///C:\\Users\\Tam\\mau.dotx");
    document_free(&d);
}

TEST("traces are bounded: each once, so many, so long")
{
    document d = DOCUMENT_INIT;
    char text[4 * TRACE_SIZE_MOST];
    memset(text, 'x', sizeof text);
    for (int i = 0; i < 2; i++)
        trace_put(&d, "creator", (slice){"An", 2});
    trace_put(&d, "path", (slice){text, sizeof text});
    assert_int_equal(strlen(trace_of(&d, "path")), TRACE_SIZE_MOST);
    for (int i = 0; i < 2 * TRACES_MOST; i++) {
        char name[16];
        int n = snprintf(name, sizeof name, "Người %d", i);
        trace_put(&d, "changed_by", (slice){name, (size_t)n});
    }
    size_t count = 0;
    const char *kind, *value;
    for (size_t at = 0; trace_next(&d, &at, &kind, &value);)
        count++;
    assert_int_equal(count, TRACES_MOST);
    document_free(&d);
}

/* ---- .odt ---- */

#define ODT                                                                                        \
    "xmlns:office=\"o\" xmlns:text=\"t\" xmlns:style=\"s\" xmlns:fo=\"f\" xmlns:svg=\"v\" "        \
    "xmlns:table=\"b\" xmlns:draw=\"d\" xmlns:dc=\"c\""

static const char *const odt_styles_part =
    "<office:document-styles " ODT "><office:font-face-decls><style:font-face style:name=\"F1\" "
    "svg:font-family=\"'.VnTime'\"/></office:font-face-decls><office:styles><style:style "
    "style:name=\"Cu\" style:family=\"paragraph\"><style:text-properties style:font-name=\"F1\"/>"
    "</style:style></office:styles><office:master-styles><style:master-page><style:header>"
    "<text:p>Trường Đền Lừ</text:p></style:header></style:master-page></office:master-styles>"
    "</office:document-styles>";

static void odt_text(const char *body, document *out)
{
    char xml[8192];
    snprintf(xml, sizeof xml,
             "<office:document-content " ODT "><office:automatic-styles><style:style "
             "style:name=\"P1\" style:family=\"paragraph\" style:parent-style-name=\"Cu\"/>"
             "<style:style style:name=\"T1\" style:family=\"text\"><style:text-properties "
             "fo:font-family=\"VNI-Times\"/></style:style><style:style style:name=\"T2\" "
             "style:family=\"text\"><style:text-properties fo:font-family=\"Arial\"/></style:style>"
             "</office:automatic-styles><office:body><office:text>%s</office:text></office:body>"
             "</office:document-content>",
             body);
    part parts[] = {{"mimetype", "application/vnd.oasis.opendocument.text"},
                    {"content.xml", xml},
                    {"styles.xml", odt_styles_part}};
    buffer zip = BUFFER_INIT;
    fault f = {0};
    make_zip(parts, COUNT(parts), &zip);
    assert_ok(document_read("bai.docx", (slice){zip.bytes, zip.size}, out, &f), &f);
    buffer_free(&zip);
}

#define TP(x) "<text:p>" x "</text:p>"

TEST("an .odt gives the text a reader of the page would see, whatever its name ends in")
{
    static const struct {
        const char *what, *body, *text;
    } cases[] = {
        {"paragraphs and headings", "<text:h>Một</text:h>" TP("Hai"), "Một\nHai"},
        {"blanks, tabs and breaks",
         TP("a<text:s text:c=\"2\"/>b<text:tab/>c<text:line-break/>d\n e"), "a b c\nd e"},
        {"a paragraph whose style is based on .VnTime",
         "<text:p text:style-name=\"P1\">ng\xC2\xAD\xC3\xAAi tèt</text:p>", "người tốt"},
        {"a span in VNI inside it, and one in a new font",
         "<text:p text:style-name=\"P1\">ViÖt <text:span text:style-name=\"T1\">Vieät</text:span>"
         "<text:span text:style-name=\"T2\"> Việt</text:span> tèt</text:p>",
         "Việt Việt Việt tốt"},
        {"a table",
         "<table:table><table:table-row><table:table-cell>" TP(
             "Tên") "</table:table-cell>"
                    "<table:table-cell>" TP(
                        "An") "</table:table-cell></table:table-row><table:table-row>"
                              "<table:table-cell>" TP(
                                  "Tuổi") "</table:table-cell></table:table-row></table:table>",
         "Tên An\nTuổi"},
        {"deleted text is out",
         "<text:tracked-changes><text:changed-region><text:deletion><office:change-info>"
         "<dc:creator>Anh Hải</dc:creator></office:change-info>" TP(
             "bỏ") "</text:deletion>"
                   "</text:changed-region></text:tracked-changes>" TP("giữ<text:change/>"),
         "giữ"},
        {"a note follows its paragraph",
         TP("Một<text:note><text:note-citation>1</text:note-citation><text:note-body>" TP(
             "Theo báo.") "</text:note-body></text:note> hai."),
         "Một hai.\nTheo báo."},
        {"a text box follows its paragraph; what a picture shows is not read",
         TP("Trên<draw:frame><draw:text-box>" TP("Hộp") "</draw:text-box><svg:desc>ảnh</svg:desc>"
                                                        "</draw:frame> dưới"),
         "Trên dưới\nHộp"},
        {"a comment is out",
         TP("Chữ<office:annotation><dc:creator>Lan</dc:creator><dc:date>2024</dc:date>" TP(
             "Sửa") "</office:annotation>."),
         "Chữ."}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        document d = DOCUMENT_INIT;
        odt_text(cases[i].body, &d);
        if (strcmp(d.text.bytes, cases[i].text) != 0)
            fail_msg("%s: got “%s”, wanted “%s”", cases[i].what, d.text.bytes, cases[i].text);
        assert_string_equal(trace_of(&d, "header"), "Trường Đền Lừ");
        if (i == 5)
            assert_string_equal(trace_of(&d, "changed_by"), "Anh Hải");
        if (i == COUNT(cases) - 1)
            assert_string_equal(trace_of(&d, "comment"), "Lan: 2024: Sửa");
        document_free(&d);
    }
}

/* ---- child processes ---- */

static status run_shell_in(const char *folder, const char *script, slice input, buffer *out,
                           fault *f)
{
    const char *argv[] = {"sh", "-c", script, NULL};
    child_job job = {.argv = argv,
                     .package = "dash",
                     .input = input,
                     .seconds = 1,
                     .memory = 256 * 1024 * 1024,
                     .file_size = folder ? 4096 : 0,
                     .output_limit = 1000,
                     .folder = folder};
    return child_run(&job, out, f);
}

static status run_shell(const char *script, slice input, buffer *out, fault *f)
{
    return run_shell_in(NULL, script, input, out, f);
}

TEST("a child reads its input and gives its output, in an empty environment and the root folder")
{
    buffer out = BUFFER_INIT;
    fault f = {0};
    setenv("SECRET", "x", 1);
    assert_ok(run_shell("cat; echo \"$SECRET,$HOME,$(pwd)\"", (slice){"vào", 4}, &out, &f), &f);
    assert_string_equal(out.bytes, "vào,,/\n");
    buffer_free(&out);
}

TEST("a child that takes too long, writes too much or writes a file is stopped")
{
    static const struct {
        const char *script;
        status st;
    } cases[] = {{"while :; do :; done", E_LIMIT},
                 {"while :; do echo xxxxxxxxxxxxxxxxxxxxxxxx; done", E_LIMIT},
                 {"echo hỏng rồi >&2; exit 3", E_INPUT},
                 {"f=/tmp/chamthi-child-$$; trap '' XFSZ; if echo x >$f 2>/dev/null && [ -s $f ]; "
                  "then rm $f; exit 0; fi; rm -f $f; exit 4",
                  E_INPUT}};
    for (size_t i = 0; i < COUNT(cases); i++) {
        buffer out = BUFFER_INIT;
        fault f = {0};
        assert_int_equal(run_shell(cases[i].script, (slice){"", 0}, &out, &f), cases[i].st);
        if (i == 2)
            assert_non_null(strstr(f.text[LANG_VI], "hỏng rồi"));
        buffer_free(&out);
    }
}

TEST("a missing program is named with its Debian package")
{
    static const char *const argv[] = {"khong-co-chuong-trinh-nay", NULL};
    child_job job = {.argv = argv, .package = "goi-debian", .seconds = 1, .memory = 1 << 20};
    buffer out = BUFFER_INIT;
    fault f = {0};
    assert_int_equal(child_run(&job, &out, &f), E_SYSTEM);
    assert_non_null(strstr(f.text[LANG_VI], "goi-debian"));
    buffer_free(&out);
}

TEST("a child reaches nobody: no socket to the network, none of this machine's programs")
{
    static const char *const scripts[] = {
        "exec bash -c 'echo x >/dev/tcp/127.0.0.1/PORT' 2>/dev/null",
        "exec perl -e 'use Socket; socket(S, AF_INET, SOCK_STREAM, 0) or exit 3'",
        "exec perl -e 'use Socket; socket(S, AF_INET6, SOCK_DGRAM, 0) or exit 3'",
        "exec perl -e 'use Socket; socket(S, AF_UNIX, SOCK_STREAM, 0) or exit 0; "
        "connect(S, sockaddr_un(\"PATH\")) or exit 3'"};
    char folder[64], place[96];
    struct sockaddr_in at = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    struct sockaddr_un door = {.sun_family = AF_UNIX};
    socklen_t size = sizeof at;
    int tcp = socket(AF_INET, SOCK_STREAM, 0), local = socket(AF_UNIX, SOCK_STREAM, 0);
    test_folder(folder);
    snprintf(door.sun_path, sizeof door.sun_path, "%s/door", folder);
    assert_int_equal(bind(tcp, (struct sockaddr *)&at, size), 0);
    assert_int_equal(bind(local, (struct sockaddr *)&door, sizeof door), 0);
    assert_int_equal(listen(tcp, 4) | listen(local, 4), 0);
    assert_int_equal(getsockname(tcp, (struct sockaddr *)&at, &size), 0);
    for (size_t i = 0; i < COUNT(scripts); i++) {
        char script[512], found[512];
        const char *mark = strstr(scripts[i], i ? "PATH" : "PORT");
        snprintf(place, sizeof place, "%d", ntohs(at.sin_port));
        snprintf(script, sizeof script, "%s", scripts[i]);
        if (mark) {
            snprintf(found, sizeof found, "%.*s%s%s", (int)(mark - scripts[i]), scripts[i],
                     i ? door.sun_path : place, mark + 4);
            snprintf(script, sizeof script, "%s", found);
        }
        buffer out = BUFFER_INIT;
        fault f = {0};
        assert_int_equal(run_shell(script, (slice){"", 0}, &out, &f), E_INPUT);
        buffer_free(&out);
    }
    close(tcp);
    close(local);
    test_folder_remove(folder);
}

TEST("a child writes in its own folder, so much, and reads nobody's files")
{
    static const struct {
        const char *script;
        status st;
    } cases[] = {{"echo a >mot && echo b >$HOME/hai && echo c >$TMPDIR/ba && cat mot hai ba", OK},
                 {"exec head -c 8000 /dev/zero >lon", E_LIMIT},
                 {"echo x >../ngoai", E_INPUT},
                 {"cat ../rieng", E_INPUT}};
    char folder[64], own[96], path[96];
    fault f = {0};
    test_folder(folder);
    snprintf(own, sizeof own, "%s/own", folder);
    snprintf(path, sizeof path, "%s/rieng", folder);
    assert_ok(file_make_folder(own, &f), &f);
    assert_ok(file_write(path, "x", 1, &f), &f);
    bool landlock = syscall(SYS_landlock_create_ruleset, NULL, 0, 1) > 0;
    for (size_t i = 0; i < (landlock ? COUNT(cases) : 2); i++) {
        buffer out = BUFFER_INIT;
        status st = run_shell_in(own, cases[i].script, (slice){"", 0}, &out, &f);
        if (st != cases[i].st)
            fail_msg("%s: %d %s", cases[i].script, (int)st, f.text[LANG_EN]);
        if (i == 0)
            assert_string_equal(out.bytes, "a\nb\nc\n");
        buffer_free(&out);
    }
    file_remove_folder(folder);
    assert_false(file_is_folder(folder));
}
