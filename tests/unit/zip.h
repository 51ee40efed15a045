/* Zip containers made in memory. */
#ifndef ZIP_H
#define ZIP_H

#include "test.h"

#include "chamthi/buffer.h"

#include <zip.h>

#define COUNT(a) (sizeof(a) / sizeof *(a))

typedef struct {
    const char *name, *text;
} part;

__attribute__((unused)) static void make_zip(const part *parts, size_t count, buffer *out)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *target = zip_source_buffer_create(NULL, 0, 0, &error);
    zip_source_keep(target);
    zip_t *zip = zip_open_from_source(target, ZIP_TRUNCATE, &error);
    assert_non_null(zip);
    for (size_t i = 0; i < count; i++) {
        zip_source_t *s = zip_source_buffer(zip, parts[i].text, strlen(parts[i].text), 0);
        assert_true(zip_file_add(zip, parts[i].name, s, ZIP_FL_ENC_UTF_8) >= 0);
    }
    assert_int_equal(zip_close(zip), 0);
    zip_stat_t info;
    zip_source_stat(target, &info);
    zip_source_open(target);
    char *to = buffer_reserve(out, info.size);
    assert_int_equal(zip_source_read(target, to, info.size), info.size);
    buffer_end(out, info.size);
    zip_source_close(target);
    zip_source_free(target);
    zip_error_fini(&error);
}

#endif
