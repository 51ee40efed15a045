/* What a file really is, which reader it goes to, and plain text. */
#include "document.h"

#include "chamthi/intake.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

document_kind document_kind_of(const char *name)
{
    static const struct {
        const char *ending;
        document_kind kind;
    } endings[] = {{"txt", KIND_TEXT},      {"docx", KIND_DOCX},     {"docm", KIND_DOCX},
                   {"dotx", KIND_DOCX},     {"odt", KIND_ODT},       {"ott", KIND_ODT},
                   {"doc", KIND_OFFICE},    {"dot", KIND_OFFICE},    {"rtf", KIND_OFFICE},
                   {"htm", KIND_OFFICE},    {"html", KIND_OFFICE},   {"pdf", KIND_PDF},
                   {"jpg", KIND_PICTURE},   {"jpeg", KIND_PICTURE},  {"png", KIND_PICTURE},
                   {"tif", KIND_PICTURE},   {"tiff", KIND_PICTURE},  {"heic", KIND_PICTURE},
                   {"webp", KIND_PICTURE},  {"gif", KIND_PICTURE},   {"bmp", KIND_PICTURE},
                   {"mp3", KIND_RECORDING}, {"m4a", KIND_RECORDING}, {"wav", KIND_RECORDING},
                   {"wma", KIND_RECORDING}, {"ogg", KIND_RECORDING}, {"mp4", KIND_RECORDING},
                   {"mov", KIND_RECORDING}, {"avi", KIND_RECORDING}, {"mkv", KIND_RECORDING},
                   {"wmv", KIND_RECORDING}, {"mpg", KIND_RECORDING}, {"3gp", KIND_RECORDING}};
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && i < sizeof endings / sizeof *endings; i++)
        if (strcasecmp(dot + 1, endings[i].ending) == 0)
            return endings[i].kind;
    return KIND_OTHER;
}

/* ---- what the bytes are ---- */

static bool has(slice bytes, size_t at, const char *mark, size_t size)
{
    return bytes.size >= at + size && memcmp(bytes.bytes + at, mark, size) == 0;
}
#define HAS(bytes, at, mark) has((bytes), (at), (mark), sizeof(mark) - 1)

/* `ending` is what LibreOffice is told of a KIND_OFFICE. */
typedef struct {
    document_kind kind;
    const char *ending;
} found;

/* A zip is known by the parts it names; each name stands in it as it is. */
static document_kind kind_of_zip(const char *name, slice bytes)
{
    if (HAS(bytes, 30, "mimetypeapplication/vnd.oasis.opendocument.text"))
        return KIND_ODT;
    if (memmem(bytes.bytes, bytes.size, "word/document.xml", 17))
        return KIND_DOCX;
    document_kind by_name = document_kind_of(name);
    return by_name == KIND_DOCX || by_name == KIND_ODT ? by_name : KIND_OTHER;
}

/* Word 97 to 2003, or a newer file locked with a password, which old containers are made for; both name
 * their streams in UTF-16. */
static status kind_of_container(slice bytes, found *out, document *d, fault *f)
{
    static const char locked[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e";
    static const char word[] = "W\0o\0r\0d\0D\0o\0c\0u\0m\0e\0n\0t";
    if (memmem(bytes.bytes, bytes.size, locked, sizeof locked - 1))
        return REFUSE(&d->reason, "docx.password", f,
                      "tệp có mật khẩu; hãy xin đơn vị gửi tệp không đặt mật khẩu",
                      "the file has a password; ask the unit for one without");
    bool is_word = memmem(bytes.bytes, bytes.size, word, sizeof word - 1) != NULL;
    *out = (found){is_word ? KIND_OFFICE : KIND_OTHER, "doc"};
    return OK;
}

static bool is_picture(slice bytes)
{
    return HAS(bytes, 0, "\xFF\xD8\xFF") || HAS(bytes, 0, "\x89PNG\r\n\x1A\n") ||
           HAS(bytes, 0, "II*\0") || HAS(bytes, 0, "MM\0*") || HAS(bytes, 0, "GIF8") ||
           HAS(bytes, 0, "BM") || HAS(bytes, 8, "WEBP") || HAS(bytes, 4, "ftyphei") ||
           HAS(bytes, 4, "ftypmif1");
}

static bool is_recording(slice bytes)
{
    return HAS(bytes, 0, "ID3") || HAS(bytes, 0, "\xFF\xFB") || HAS(bytes, 0, "OggS") ||
           HAS(bytes, 8, "WAVE") || HAS(bytes, 8, "AVI ") || HAS(bytes, 4, "ftyp");
}

/* In UTF-8, or in UTF-16, of which every other byte is NUL. */
static bool looks_like_html(slice bytes)
{
    static const char *const starts[] = {"<!doctype html", "<html", "<head", "<meta", "<body"};
    bool wide = HAS(bytes, 0, "\xFF\xFE") || HAS(bytes, 0, "\xFE\xFF");
    size_t at = wide ? 2 : HAS(bytes, 0, "\xEF\xBB\xBF") ? 3 : 0, size = 0;
    char start[16];
    for (; at < bytes.size && size < sizeof start; at++)
        if (!(wide && !bytes.bytes[at]) && (size || !isspace((unsigned char)bytes.bytes[at])))
            start[size++] = bytes.bytes[at];
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (size >= strlen(starts[i]) && strncasecmp(start, starts[i], strlen(starts[i])) == 0)
            return true;
    return false;
}

/* The mark of a PDF may be preceded by a little rubbish. */
static bool looks_like_pdf(slice bytes)
{
    size_t most = bytes.size < 1024 ? bytes.size : 1024;
    return memmem(bytes.bytes, most, "%PDF-", 5) != NULL;
}

/* What units call .doc is often .rtf or .html, and a phone calls anything anything. */
static status look(const char *name, slice bytes, found *out, document *d, fault *f)
{
    document_kind by_name = document_kind_of(name);
    *out = (found){by_name, "doc"};
    if (HAS(bytes, 0, "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"))
        return kind_of_container(bytes, out, d, f);
    if (HAS(bytes, 0, "PK\x03\x04"))
        out->kind = kind_of_zip(name, bytes);
    else if (HAS(bytes, 0, "{\\rtf"))
        *out = (found){KIND_OFFICE, "rtf"};
    else if (by_name != KIND_TEXT && is_picture(bytes))
        out->kind = KIND_PICTURE;
    else if (by_name != KIND_TEXT && is_recording(bytes))
        out->kind = KIND_RECORDING;
    else if (looks_like_pdf(bytes))
        out->kind = KIND_PDF;
    else if (by_name != KIND_TEXT && looks_like_html(bytes))
        *out = (found){KIND_OFFICE, "html"};
    else if (by_name == KIND_PICTURE || by_name == KIND_OFFICE || by_name == KIND_PDF)
        return REFUSE(
            &d->reason, "file.damaged", f,
            "bên trong tệp không phải loại mà đuôi tên tệp nói; tệp hỏng hoặc sai đuôi, hãy "
            "xin đơn vị gửi lại",
            "the file is not of the kind its ending says, it is damaged or misnamed; ask "
            "the unit to send it again");
    return OK;
}

/* ---- reading ---- */

static status read_text(slice bytes, document *out, fault *f)
{
    bool utf16 = HAS(bytes, 0, "\xFF\xFE") || HAS(bytes, 0, "\xFE\xFF");
    if (!utf16 && memchr(bytes.bytes, '\0', bytes.size))
        return REFUSE(
            &out->reason, "text.binary", f,
            "tên tệp là .txt nhưng bên trong không phải văn bản; hãy xin đơn vị gửi lại",
            "the name says .txt but there is no text in it; ask the unit to send it again");
    text_display(bytes, ENCODING_AUTO, &out->text, &out->report);
    return buffer_check(&out->text, f);
}

static status read_by_kind(const char *name, slice bytes, document *out, fault *f)
{
    found what;
    TRY(look(name, bytes, &what, out, f));
    out->kind = what.kind;
    switch (what.kind) {
    case KIND_TEXT: return read_text(bytes, out, f);
    case KIND_DOCX: return docx_read(bytes, out, f);
    case KIND_ODT: return odt_read(bytes, out, f);
    case KIND_OFFICE: return office_read(what.ending, bytes, out, f);
    case KIND_PDF: return pdf_read(bytes, out, f);
    case KIND_PICTURE: return picture_read(bytes, out, f);
    case KIND_RECORDING: return OK;
    case KIND_OTHER: break;
    }
    return REFUSE(
        &out->reason, "file.type", f,
        "không nhận loại tệp này; bài gửi dạng .docx, .doc, .odt, .rtf, .txt hoặc .pdf, ảnh "
        "chụp hay bản ghi âm, ghi hình",
        "files of this kind are not taken; send .docx, .doc, .odt, .rtf, .txt or .pdf, "
        "pictures or recordings");
}

status document_read(const char *name, slice bytes, document *out, fault *f)
{
    if (bytes.size == 0)
        return REFUSE(&out->reason, "file.empty", f,
                      "tệp rỗng (0 byte), có thể do sao chép lỗi; hãy xin đơn vị gửi lại",
                      "the file is empty (0 bytes), perhaps a failed copy; ask for it again");
    TRY(read_by_kind(name, bytes, out, f));
    if (out->text.size > DOCUMENT_TEXT_LIMIT)
        return REFUSE(&out->reason, "text.large", f,
                      "văn bản dài hơn %d MB, không phải một bài dự thi; hãy kiểm tra lại tệp",
                      "the text is longer than %d MB, which is no entry; look at the file",
                      DOCUMENT_TEXT_LIMIT / (1024 * 1024));
    return OK;
}

void document_free(document *d)
{
    buffer_free(&d->text);
    buffer_free(&d->traces);
}

status intake_read_text(const char *name, slice bytes, buffer *out, fault *f)
{
    document d = DOCUMENT_INIT;
    status st = document_read(name, bytes, &d, f);
    if (st == OK && d.text.size)
        buffer_put(out, d.text.bytes, d.text.size);
    else if (st == OK)
        st = FAIL(f, E_INPUT,
                  "%s: không có chữ nào đọc được; hãy đưa tệp .docx, .pdf có chữ hoặc .txt",
                  "%s: there is no text in it; give a .docx, a .pdf with text or a .txt", name);
    document_free(&d);
    return st == OK ? buffer_check(out, f) : st;
}
