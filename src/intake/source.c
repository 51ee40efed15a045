/* Lists and reads received files from a folder, a .zip or a single file. */
#include "source.h"

#include "archive.h"
#include "document.h"

#include "chamthi/file.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum { FOLDERS_DEEP = 8, ZIPS_MOST = 50 };

typedef enum { FROM_FOLDER, FROM_ZIP, FROM_FILE } source_kind;

struct source {
    source_kind kind;
    arena *mem;
    const char *path;
    file_list walked;         /* FROM_FOLDER */
    archive *zips[ZIPS_MOST]; /* FROM_ZIP: the one; FROM_FOLDER: those that lie in it */
    size_t zip_count;
    source_file *files;
    size_t count, capacity;
};

file_role source_role(const char *name)
{
    static const char *const system_files[] = {"thumbs.db", "desktop.ini", ".ds_store", "__macosx"};
    if (strncmp(name, "~$", 2) == 0 || strncmp(name, "._", 2) == 0 ||
        strncmp(name, ".~lock.", 7) == 0)
        return FILE_IGNORED;
    for (size_t i = 0; i < sizeof system_files / sizeof *system_files; i++)
        if (strcasecmp(name, system_files[i]) == 0)
            return FILE_IGNORED;
    return FILE_RECEIVED;
}

/* `inside`: the name of the archive in the folder, "" for none. */
static status add_file(source *s, const char *inside, const char *raw, source_file file, fault *f)
{
    buffer shown = BUFFER_INIT;
    text_report report = {0};
    source_file *files = arena_grow(s->mem, s->files, s->count, &s->capacity, sizeof *files);
    if (!files)
        return fault_memory(f);
    s->files = files;
    text_display_run((slice){inside, strlen(inside)}, NULL, &shown, &report);
    if (*inside)
        buffer_byte(&shown, '/');
    text_display_run((slice){raw, strlen(raw)}, NULL, &shown, &report);
    char *path = shown.failed ? NULL : arena_copy(s->mem, shown.bytes, shown.size);
    buffer_free(&shown);
    if (!path)
        return fault_memory(f);
    const char *slash = strrchr(path, '/');
    file.path = path;
    file.name = slash ? slash + 1 : path;
    bool system = strncmp(path, "__MACOSX/", 9) == 0 || strstr(path, "/__MACOSX/");
    file.role = system ? FILE_IGNORED : source_role(file.name);
    s->files[s->count++] = file;
    return OK;
}

static status add_archive(source *s, const char *inside, fault *f)
{
    size_t zip = s->zip_count - 1;
    for (size_t i = 0; i < archive_count(s->zips[zip]); i++) {
        const char *name = archive_name(s->zips[zip], i);
        source_file file = {.size = archive_size(s->zips[zip], i), .index = i, .zip = zip + 1};
        if (!*name || name[strlen(name) - 1] != '/')
            TRY(add_file(s, inside, name, file, f));
    }
    return OK;
}

static bool ends_in_zip(const char *path)
{
    size_t size = strlen(path);
    return size > 4 && strcasecmp(path + size - 4, ".zip") == 0;
}

/* A .zip that lies in the folder is opened like one more folder; one that cannot be is a file that
 * nobody can read, which will be said. */
static bool open_inner_zip(source *s, const char *path)
{
    const char *reason = NULL;
    fault ignored = {0};
    char *full =
        ends_in_zip(path) && s->zip_count < ZIPS_MOST ? file_join(s->mem, s->path, path) : NULL;
    if (!full || archive_open_file(full, &s->zips[s->zip_count], &reason, &ignored) != OK)
        return false;
    s->zip_count++;
    return true;
}

static status open_folder(source *s, fault *f)
{
    TRY(file_walk(s->mem, s->path, FOLDERS_DEEP, &s->walked, f));
    s->capacity = s->walked.count;
    s->files = ARENA_ARRAY(s->mem, source_file, s->capacity);
    if (!s->files)
        return fault_memory(f);
    for (size_t i = 0; i < s->walked.count; i++) {
        const file_entry *at = &s->walked.items[i];
        if (open_inner_zip(s, at->path))
            TRY(add_archive(s, at->path, f));
        else
            TRY(add_file(s, "", at->path, (source_file){.size = at->size, .index = i}, f));
    }
    return OK;
}

static status open_zip(source *s, fault *f)
{
    const char *reason = NULL;
    status st = archive_open_file(s->path, &s->zips[0], &reason, f);
    if (st != OK)
        return fault_prefix(f, "%s", "%s", s->path);
    s->zip_count = 1;
    return add_archive(s, "", f);
}

static status open_file(source *s, const struct stat *info, fault *f)
{
    const char *slash = strrchr(s->path, '/');
    return add_file(s, "", slash ? slash + 1 : s->path,
                    (source_file){.size = (size_t)info->st_size}, f);
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const source_file *)a)->path, ((const source_file *)b)->path);
}

status source_open(arena *mem, const char *path, source **out, fault *f)
{
    struct stat info;
    *out = NULL;
    if (stat(path, &info) != 0)
        return FAIL(f, E_MISSING, "không tìm thấy %s; hãy kiểm tra lại đường dẫn",
                    "%s was not found; check the path", path);
    source *s = ARENA_NEW(mem, source);
    if (!s)
        return fault_memory(f);
    *s = (source){.mem = mem, .path = path};
    status st;
    if (S_ISDIR(info.st_mode)) {
        s->kind = FROM_FOLDER;
        st = open_folder(s, f);
    } else if (!S_ISREG(info.st_mode)) {
        st = FAIL(f, E_INPUT, "%s không phải tệp hay thư mục", "%s is neither a file nor a folder",
                  path);
    } else if (ends_in_zip(path)) {
        s->kind = FROM_ZIP;
        st = open_zip(s, f);
    } else {
        s->kind = FROM_FILE;
        st = open_file(s, &info, f);
    }
    if (st != OK) {
        source_close(s);
        return st;
    }
    qsort(s->files, s->count, sizeof *s->files, by_path);
    *out = s;
    return OK;
}

void source_close(source *s)
{
    for (size_t i = 0; s && i < s->zip_count; i++)
        archive_close(s->zips[i]);
}

source_file *source_files(source *s, size_t *count)
{
    *count = s->count;
    return s->files;
}

static status read_disk(source *s, const source_file *file, size_t limit, buffer *out,
                        const char **reason, fault *f)
{
    buffer path = BUFFER_INIT;
    buffer_text(&path, s->path);
    if (s->kind == FROM_FOLDER)
        buffer_format(&path, "/%s", s->walked.items[file->index].path);
    status st = buffer_check(&path, f);
    if (st == OK)
        st = file_read(path.bytes, limit, out, f);
    buffer_free(&path);
    if (st == OK || st == E_LIMIT)
        return st;
    return REFUSE(reason, "file.unreadable", f,
                  "không mở được tệp này; hãy kiểm tra quyền đọc rồi chạy lại",
                  "this file cannot be opened; check its permissions and run again");
}

status source_read(source *s, const source_file *file, size_t limit, buffer *out,
                   const char **reason, fault *f)
{
    status st = E_LIMIT;
    *reason = NULL;
    if (file->size <= limit) {
        if (file->zip)
            st = archive_read(s->zips[file->zip - 1], file->index, limit, out, reason, f);
        else
            st = read_disk(s, file, limit, out, reason, f);
    }
    if (st == E_LIMIT && !*reason)
        return REFUSE(reason, "file.large", f,
                      "tệp lớn hơn %zu MB nên không được nhận; hãy xin bản nhẹ hơn",
                      "the file is larger than %zu MB and is not taken; ask for a smaller one",
                      limit / ((size_t)1024 * 1024));
    return st;
}

bool source_has_other(const source *s, const char *path)
{
    struct stat info;
    size_t size = strlen(path);
    for (size_t i = 0; s && i < s->count; i++)
        if (strncmp(s->files[i].path, path, size) == 0 && s->files[i].path[size] == '/')
            return true;
    if (!s || s->kind != FROM_FOLDER || !archive_name_safe(path))
        return false;
    char *full = file_join(s->mem, s->path, path);
    return full && lstat(full, &info) == 0 && !S_ISREG(info.st_mode);
}
