/* Zip containers by libzip, with the limits that keep a bomb from going off. */
#include "archive.h"

#include "document.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zip.h>

enum {
    PARTS_MOST = 2000,
    OPENED_MOST = 200 * 1024 * 1024,
    RATIO_MOST = 100,
    RATIO_FREE = 64 * 1024 /* so small a part is no bomb however well it packs */
};

struct archive {
    zip_t *zip;
    size_t count;
};

bool archive_name_safe(const char *name)
{
    if (!*name || *name == '/' || strchr(name, '\\') || (name[1] == ':' && name[0] != '.'))
        return false;
    for (const char *part = name; *part; part += strcspn(part, "/"), part += *part == '/')
        if (strcspn(part, "/") == 2 && part[0] == '.' && part[1] == '.')
            return false;
    return true;
}

static status refuse_broken(const char **reason, const char *what, fault *f)
{
    return REFUSE(
        reason, "zip.broken", f, "tệp nén hỏng hoặc chưa tải về đủ (%s); hãy xin đơn vị gửi lại",
        "the zip file is damaged or incomplete (%s); ask the unit to send it again", what);
}

static status check_whole(archive *a, const char **reason, fault *f)
{
    if (a->count > PARTS_MOST)
        return REFUSE(
            reason, "zip.many", f,
            "tệp nén có %zu tệp bên trong, nhiều hơn mức %d; hãy tách nhỏ hoặc giải nén ra "
            "thư mục",
            "the zip file holds %zu files, more than the limit of %d; split it or unpack "
            "it into a folder",
            a->count, PARTS_MOST);
    uint64_t total = 0;
    for (size_t i = 0; i < a->count && total <= OPENED_MOST; i++)
        total += archive_size(a, i);
    if (total > OPENED_MOST)
        return REFUSE(reason, "zip.bomb", f,
                      "tệp nén bung ra hơn %d MB nên không được mở; hãy tách nhỏ hoặc giải nén ra "
                      "thư mục",
                      "the zip file would unpack to more than %d MB and is not opened; split it or "
                      "unpack it into a folder",
                      OPENED_MOST / (1024 * 1024));
    return OK;
}

static status finish_open(zip_t *zip, archive **out, const char **reason, fault *f)
{
    archive *a = calloc(1, sizeof *a);
    if (!a) {
        zip_discard(zip);
        return fault_memory(f);
    }
    zip_int64_t count = zip_get_num_entries(zip, 0);
    *a = (archive){zip, count > 0 ? (size_t)count : 0};
    status st = check_whole(a, reason, f);
    if (st == OK)
        *out = a;
    else
        archive_close(a);
    return st;
}

status archive_open_bytes(slice bytes, archive **out, const char **reason, fault *f)
{
    *out = NULL;
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(bytes.bytes, bytes.size, 0, &error);
    zip_t *zip = source ? zip_open_from_source(source, ZIP_RDONLY, &error) : NULL;
    status st;
    if (zip)
        st = finish_open(zip, out, reason, f);
    else
        st = refuse_broken(reason, zip_error_strerror(&error), f);
    if (!zip && source)
        zip_source_free(source);
    zip_error_fini(&error);
    return st;
}

status archive_open_file(const char *path, archive **out, const char **reason, fault *f)
{
    *out = NULL;
    int code = 0;
    zip_t *zip = zip_open(path, ZIP_RDONLY, &code);
    if (zip)
        return finish_open(zip, out, reason, f);
    zip_error_t error;
    zip_error_init_with_code(&error, code);
    status st = refuse_broken(reason, zip_error_strerror(&error), f);
    zip_error_fini(&error);
    return st;
}

void archive_close(archive *a)
{
    if (!a)
        return;
    zip_discard(a->zip);
    free(a);
}

size_t archive_count(const archive *a)
{
    return a->count;
}

const char *archive_name(const archive *a, size_t i)
{
    const char *name = zip_get_name(a->zip, i, ZIP_FL_ENC_GUESS);
    return name ? name : "";
}

static void stat_of(const archive *a, size_t i, zip_stat_t *out)
{
    zip_stat_init(out);
    if (zip_stat_index(a->zip, i, 0, out) != 0)
        zip_stat_init(out);
}

size_t archive_size(const archive *a, size_t i)
{
    zip_stat_t s;
    stat_of(a, i, &s);
    return s.valid & ZIP_STAT_SIZE ? s.size : 0;
}

long archive_find(const archive *a, const char *name)
{
    return (long)zip_name_locate(a->zip, name, 0);
}

static bool is_link(const archive *a, size_t i)
{
    zip_uint8_t system = 0;
    zip_uint32_t attributes = 0;
    if (zip_file_get_external_attributes(a->zip, i, 0, &system, &attributes) != 0)
        return false;
    return system == ZIP_OPSYS_UNIX && S_ISLNK(attributes >> 16);
}

const char *archive_problem(const archive *a, size_t i)
{
    if (!archive_name_safe(archive_name(a, i)) || is_link(a, i))
        return "zip.name";
    zip_stat_t s;
    stat_of(a, i, &s);
    if ((s.valid & ZIP_STAT_ENCRYPTION_METHOD) && s.encryption_method != ZIP_EM_NONE)
        return "zip.password";
    bool sized = (s.valid & ZIP_STAT_SIZE) && (s.valid & ZIP_STAT_COMP_SIZE);
    if (!sized || (s.size > RATIO_FREE && s.size / RATIO_MOST > s.comp_size))
        return "zip.bomb";
    return NULL;
}

status archive_refuse(const archive *a, size_t i, const char *word, const char **reason, fault *f)
{
    const char *name = archive_name(a, i);
    if (strcmp(word, "zip.name") == 0)
        return REFUSE(
            reason, word, f,
            "bên trong tệp nén có tên không an toàn “%s”; hãy xin đơn vị nén lại từ thư mục "
            "bài",
            "inside the zip file stands the unsafe name “%s”; ask the unit to pack the "
            "folder again",
            name);
    if (strcmp(word, "zip.password") == 0)
        return REFUSE(reason, word, f,
                      "“%s” có mật khẩu; hãy xin đơn vị gửi tệp không đặt mật khẩu",
                      "“%s” has a password; ask the unit for a file without one", name);
    return REFUSE(
        reason, word, f,
        "“%s” bung ra lớn bất thường (nghi là “bom nén”) nên không được mở; hãy xin đơn vị "
        "gửi lại tệp gốc",
        "“%s” would unpack to a suspicious size (a “zip bomb”) and is not opened; ask the "
        "unit for the original file",
        name);
}

status archive_check(const archive *a, const char **reason, fault *f)
{
    for (size_t i = 0; i < a->count; i++) {
        const char *word = archive_problem(a, i);
        if (word)
            return archive_refuse(a, i, word, reason, f);
    }
    return OK;
}

static status read_part(zip_file_t *part, const char *name, size_t size, buffer *out,
                        const char **reason, fault *f)
{
    char *to = buffer_reserve(out, size);
    if (!to)
        return fault_memory(f);
    size_t got = 0;
    zip_int64_t n = 1;
    while (got < size && (n = zip_fread(part, to + got, size - got)) > 0)
        got += (size_t)n;
    char more;
    /* The byte after the last one: there must be none, and asking for it checks the checksum. */
    bool whole = n >= 0 && got == size && zip_fread(part, &more, 1) == 0;
    buffer_end(out, out->size + (whole ? size : 0));
    return whole ? OK : refuse_broken(reason, name, f);
}

status archive_read(archive *a, size_t i, size_t limit, buffer *out, const char **reason, fault *f)
{
    const char *word = archive_problem(a, i);
    size_t size = archive_size(a, i);
    if (!word && size > limit)
        word = "zip.bomb";
    if (word)
        return archive_refuse(a, i, word, reason, f);
    zip_file_t *part = zip_fopen_index(a->zip, i, 0);
    if (!part)
        return refuse_broken(reason, archive_name(a, i), f);
    status st = read_part(part, archive_name(a, i), size, out, reason, f);
    zip_fclose(part);
    return st;
}
