/* Runs tesseract over a photo, or over each page of a PDF that pdftoppm draws. */
#include "scan.h"

#include "chamthi/child.h"

#include <stdio.h>
#include <string.h>

enum {
    PAGES_MOST = 60,
    PAGE_SECONDS = 20,
    PAGE_OUTPUT = 64 * 1024 * 1024, /* a grey page, 4000 dots high, is 12 MB */
    READ_SECONDS = 120,
    READ_OUTPUT = 1024 * 1024,
    CHILD_MEMORY = 1024 * 1024 * 1024
};

/* Lines of a page to paragraphs: an empty line stands between them. */
static void join_lines(buffer *text)
{
    for (size_t i = 0; i + 1 < text->size; i++)
        if (text->bytes[i] == '\n' && text->bytes[i + 1] == '\n')
            i += strspn(text->bytes + i, "\n") - 1;
        else if (text->bytes[i] == '\n')
            text->bytes[i] = ' ';
}

static status read_picture(slice picture, buffer *out, fault *f)
{
    static const char *const argv[] = {"tesseract", "stdin", "stdout", "-l", "vie", NULL};
    child_job job = {.argv = argv,
                     .package = "tesseract-ocr tesseract-ocr-vie",
                     .input = picture,
                     .seconds = READ_SECONDS,
                     .memory = CHILD_MEMORY,
                     .output_limit = READ_OUTPUT};
    buffer text = BUFFER_INIT;
    text_report report = {0};
    status st = child_run(&job, &text, f);
    if (st == OK) {
        buffer_text(out, out->size ? "\n\n" : "");
        join_lines(&text);
        text_display((slice){text.bytes, text.size}, ENCODING_UTF8, out, &report);
        st = buffer_check(out, f);
    }
    buffer_free(&text);
    return st;
}

/* One page as a picture. E_INPUT: there is no such page. */
static status draw_page(slice pdf, int page, buffer *picture, fault *f)
{
    char number[16];
    snprintf(number, sizeof number, "%d", page);
    const char *argv[] = {"pdftoppm", "-gray", "-scale-to",   "4000", "-f", number,
                          "-l",       number,  "-singlefile", "-",    NULL};
    child_job job = {.argv = argv,
                     .package = "poppler-utils",
                     .input = pdf,
                     .seconds = PAGE_SECONDS,
                     .memory = CHILD_MEMORY,
                     .output_limit = PAGE_OUTPUT};
    TRY(child_run(&job, picture, f));
    return picture->size ? OK : E_INPUT;
}

status scan_read(document_kind kind, slice bytes, buffer *out, fault *f)
{
    if (kind != KIND_PDF)
        return read_picture(bytes, out, f);
    for (int page = 1; page <= PAGES_MOST; page++) {
        buffer picture = BUFFER_INIT;
        fault why = {0};
        status st = draw_page(bytes, page, &picture, &why);
        bool last = st == E_INPUT && page > 1;
        if (st == OK)
            st = read_picture((slice){picture.bytes, picture.size}, out, &why);
        buffer_free(&picture);
        if (last)
            return OK;
        if (st != OK) {
            *f = why;
            return st;
        }
    }
    return OK;
}
