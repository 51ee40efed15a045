/* Which reader a file goes to, and plain text. */
#include "document.h"

#include <string.h>
#include <strings.h>

document_kind document_kind_of(const char *name)
{
    static const struct {
        const char *ending;
        document_kind kind;
    } endings[] = {{"txt", KIND_TEXT},      {"docx", KIND_DOCX},     {"docm", KIND_DOCX},
                   {"dotx", KIND_DOCX},     {"pdf", KIND_PDF},       {"jpg", KIND_PICTURE},
                   {"jpeg", KIND_PICTURE},  {"png", KIND_PICTURE},   {"tif", KIND_PICTURE},
                   {"tiff", KIND_PICTURE},  {"heic", KIND_PICTURE},  {"mp3", KIND_RECORDING},
                   {"m4a", KIND_RECORDING}, {"wav", KIND_RECORDING}, {"mp4", KIND_RECORDING},
                   {"mov", KIND_RECORDING}, {"avi", KIND_RECORDING}, {"doc", KIND_OLD},
                   {"rtf", KIND_OLD},       {"odt", KIND_OLD},       {"htm", KIND_OLD},
                   {"html", KIND_OLD}};
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && i < sizeof endings / sizeof *endings; i++)
        if (strcasecmp(dot + 1, endings[i].ending) == 0)
            return endings[i].kind;
    return KIND_OTHER;
}

/* Files of other kinds under the name of a text file. */
static bool is_no_text(slice bytes)
{
    static const char *const marks[] = {"PK\x03\x04",   "%PDF-",   "\xD0\xCF\x11\xE0",
                                        "\xFF\xD8\xFF", "\x89PNG", "{\\rtf"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        size_t size = strlen(marks[i]);
        if (bytes.size >= size && memcmp(bytes.bytes, marks[i], size) == 0)
            return true;
    }
    bool utf16 = bytes.size >= 2 && (memcmp(bytes.bytes, "\xFF\xFE", 2) == 0 ||
                                     memcmp(bytes.bytes, "\xFE\xFF", 2) == 0);
    return !utf16 && memchr(bytes.bytes, '\0', bytes.size) != NULL;
}

static status read_text(slice bytes, document *out, fault *f)
{
    if (is_no_text(bytes))
        return REFUSE(
            &out->reason, "text.binary", f,
            "tên tệp là .txt nhưng bên trong là loại tệp khác; hãy đổi lại đúng đuôi tệp",
            "the name says .txt but the file is of another kind; give it its right ending");
    text_display(bytes, ENCODING_AUTO, &out->text, &out->report);
    return buffer_check(&out->text, f);
}

static status read_by_kind(const char *name, slice bytes, document *out, fault *f)
{
    switch (document_kind_of(name)) {
    case KIND_TEXT: return read_text(bytes, out, f);
    case KIND_DOCX: return docx_read(bytes, out, f);
    case KIND_PDF: return pdf_read(bytes, out, f);
    case KIND_PICTURE:
    case KIND_RECORDING: return OK;
    case KIND_OLD:
        return REFUSE(
            &out->reason, "file.type", f,
            "loại tệp này chưa đọc được; hãy mở bằng Word rồi lưu lại dạng .docx",
            "files of this kind cannot be read yet; open it in Word and save it as .docx");
    case KIND_OTHER: break;
    }
    return REFUSE(&out->reason, "file.type", f,
                  "không nhận loại tệp này; bài gửi dạng .docx, .txt hoặc .pdf",
                  "files of this kind are not taken; send .docx, .txt or .pdf");
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
}
