/* Any bytes through the readers that run within the program: as a file of each kind, and as the text part of a
 * container. What comes out is valid UTF-8, and a refusal has its word. */
#include "intake/document.h"
#include "intake/trace.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zip.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void check(status st, document *d)
{
    if (!text_is_utf8((slice){d->text.bytes, d->text.size}) || (st == E_INPUT && !d->reason)) {
        fprintf(stderr, "fuzz: a text that is none, or a refusal without its word\n");
        abort();
    }
    document_free(d);
}

/* A container with one part, stored as it is. */
static void pack(const char *name, slice part, buffer *out)
{
    zip_error_t error;
    zip_stat_t info;
    zip_error_init(&error);
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_source_keep(target);
    zip_t *zip = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    zip_int64_t i = zip_file_add(zip, name, zip_source_buffer(zip, part.bytes, part.size, 0), 0);
    zip_set_file_compression(zip, (zip_uint64_t)i, ZIP_CM_STORE, 0);
    zip_close(zip);
    zip_source_stat(target, &info);
    zip_source_open(target);
    char *to = buffer_reserve(out, info.size);
    zip_source_read(target, to, info.size);
    buffer_end(out, info.size);
    zip_source_close(target);
    zip_source_free(target);
    zip_error_fini(&error);
}

static void read_packed(const char *name, slice part, status (*reader)(slice, document *, fault *))
{
    buffer zip = BUFFER_INIT;
    document d = DOCUMENT_INIT;
    fault f = {0};
    pack(name, part, &zip);
    check(reader((slice){zip.bytes, zip.size}, &d, &f), &d);
    buffer_free(&zip);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    slice all = {(const char *)bytes, size};
    document docx = DOCUMENT_INIT, odt = DOCUMENT_INIT, picture = DOCUMENT_INIT;
    fault f = {0};
    check(docx_read(all, &docx, &f), &docx);
    check(odt_read(all, &odt, &f), &odt);
    check(picture_read(all, &picture, &f), &picture);
    read_packed("word/document.xml", all, docx_read);
    read_packed("content.xml", all, odt_read);
    return 0;
}
