/* One received file read as text. A reader either gives display text or refuses with a word to
 * branch on and a sentence that says what to do; only E_SYSTEM is a failure of ours. */
#ifndef INTAKE_DOCUMENT_H
#define INTAKE_DOCUMENT_H

#include "chamthi/buffer.h"
#include "chamthi/text.h"

enum {
    DOCUMENT_PART_LIMIT = 64 * 1024 * 1024, /* one part of a zip container, opened */
    DOCUMENT_TEXT_LIMIT = 16 * 1024 * 1024  /* display text of one entry */
};

typedef enum {
    KIND_TEXT,
    KIND_DOCX,
    KIND_ODT,
    KIND_PDF,
    KIND_PICTURE,   /* a scan or photo: no text of its own */
    KIND_RECORDING, /* sound or film */
    KIND_OFFICE,    /* .doc, .rtf, .html: LibreOffice makes an .odt of it */
    KIND_OTHER
} document_kind;

typedef struct {
    buffer text; /* D1 */
    document_kind kind;
    text_report report; /* of the way there */
    buffer traces;      /* kind NUL value NUL, again and again; see trace.h */
    const char *reason; /* static word, set when a reader refuses */
} document;

#define DOCUMENT_INIT                                                                              \
    {                                                                                              \
        BUFFER_INIT, KIND_OTHER, {0}, BUFFER_INIT, NULL                                            \
    }

document_kind document_kind_of(const char *name); /* by the ending of the name */

/* Reads by what the bytes are, whatever the ending of the name says; only plain text is known by its name.
 * KIND_PICTURE and KIND_RECORDING give empty text; KIND_OTHER refuses. An empty file is always refused. */
status document_read(const char *name, slice bytes, document *out, fault *f);
void document_free(document *d);

status docx_read(slice bytes, document *out, fault *f);
status odt_read(slice bytes, document *out, fault *f);
/* `ending`: doc, rtf or html. Refuses program.missing when LibreOffice is not installed. */
status office_read(const char *ending, slice bytes, document *out, fault *f);
/* The page as LibreOffice reads it rightly (html.c). */
status html_prepare(slice bytes, buffer *out, fault *f);
/* Traces only: a picture has no text of its own. */
status picture_read(slice bytes, document *out, fault *f);
status pdf_read(slice bytes, document *out, fault *f);

/* Sets the word and the sentence. */
#define REFUSE(reason_out, word, f, ...) (*(reason_out) = (word), FAIL((f), E_INPUT, __VA_ARGS__))

#endif
