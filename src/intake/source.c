/* Lists and reads received files from a folder, a .zip or a single file. */
#include "source.h"

#include "archive.h"
#include "document.h"

#include "chamthi/file.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

enum { FOLDERS_DEEP = 8 };

typedef enum { FROM_FOLDER, FROM_ZIP, FROM_FILE } source_kind;

struct source {
    source_kind kind;
    arena *mem;
    const char *path;
    file_list walked; /* FROM_FOLDER */
    archive *zip;     /* FROM_ZIP */
    source_file *files;
    size_t count;
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

static status add_file(source *s, const char *raw, size_t size, size_t index, fault *f)
{
    buffer shown = BUFFER_INIT;
    text_report report = {0};
    text_display_run((slice){raw, strlen(raw)}, NULL, &shown, &report);
    char *path = shown.failed ? NULL : arena_copy(s->mem, shown.bytes, shown.size);
    buffer_free(&shown);
    if (!path)
        return fault_memory(f);
    const char *slash = strrchr(path, '/'), *name = slash ? slash + 1 : path;
    file_role role = strncmp(path, "__MACOSX/", 9) == 0 ? FILE_IGNORED : source_role(name);
    s->files[s->count++] = (source_file){path, name, size, index, role};
    return OK;
}

static status open_folder(source *s, fault *f)
{
    TRY(file_walk(s->mem, s->path, FOLDERS_DEEP, &s->walked, f));
    s->files = ARENA_ARRAY(s->mem, source_file, s->walked.count);
    if (!s->files)
        return fault_memory(f);
    for (size_t i = 0; i < s->walked.count; i++)
        TRY(add_file(s, s->walked.items[i].path, s->walked.items[i].size, i, f));
    return OK;
}

static status open_zip(source *s, fault *f)
{
    const char *reason = NULL;
    status st = archive_open_file(s->path, &s->zip, &reason, f);
    if (st != OK)
        return fault_prefix(f, "%s", "%s", s->path);
    s->files = ARENA_ARRAY(s->mem, source_file, archive_count(s->zip));
    if (!s->files)
        return fault_memory(f);
    for (size_t i = 0; i < archive_count(s->zip); i++) {
        const char *name = archive_name(s->zip, i);
        if (!*name || name[strlen(name) - 1] != '/')
            TRY(add_file(s, name, archive_size(s->zip, i), i, f));
    }
    return OK;
}

static status open_file(source *s, const struct stat *info, fault *f)
{
    const char *slash = strrchr(s->path, '/');
    s->files = ARENA_ARRAY(s->mem, source_file, 1);
    if (!s->files)
        return fault_memory(f);
    return add_file(s, slash ? slash + 1 : s->path, (size_t)info->st_size, 0, f);
}

static int by_path(const void *a, const void *b)
{
    return strcmp(((const source_file *)a)->path, ((const source_file *)b)->path);
}

static bool ends_in_zip(const char *path)
{
    size_t size = strlen(path);
    return size > 4 && strcasecmp(path + size - 4, ".zip") == 0;
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
    if (s)
        archive_close(s->zip);
}

source_file *source_files(source *s, size_t *count)
{
    *count = s->count;
    return s->files;
}

static status read_disk(source *s, const source_file *file, buffer *out, const char **reason,
                        fault *f)
{
    buffer path = BUFFER_INIT;
    buffer_text(&path, s->path);
    if (s->kind == FROM_FOLDER)
        buffer_format(&path, "/%s", s->walked.items[file->index].path);
    status st = buffer_check(&path, f);
    if (st == OK)
        st = file_read(path.bytes, SOURCE_FILE_LIMIT, out, f);
    buffer_free(&path);
    if (st == OK || st == E_LIMIT)
        return st;
    return REFUSE(reason, "file.unreadable", f,
                  "không mở được tệp này; hãy kiểm tra quyền đọc rồi chạy lại",
                  "this file cannot be opened; check its permissions and run again");
}

status source_read(source *s, const source_file *file, buffer *out, const char **reason, fault *f)
{
    status st = E_LIMIT;
    *reason = NULL;
    if (file->size <= SOURCE_FILE_LIMIT) {
        if (s->kind == FROM_ZIP)
            st = archive_read(s->zip, file->index, SOURCE_FILE_LIMIT, out, reason, f);
        else
            st = read_disk(s, file, out, reason, f);
    }
    if (st == E_LIMIT && !*reason)
        return REFUSE(reason, "file.large", f,
                      "tệp lớn hơn %d MB nên không được nhận; hãy xin bản nhẹ hơn",
                      "the file is larger than %d MB and is not taken; ask for a smaller one",
                      SOURCE_FILE_LIMIT / (1024 * 1024));
    return st;
}

bool source_has_other(const source *s, const char *path)
{
    struct stat info;
    size_t size = strlen(path);
    for (size_t i = 0; i < s->count; i++)
        if (strncmp(s->files[i].path, path, size) == 0 && s->files[i].path[size] == '/')
            return true;
    if (s->kind != FROM_FOLDER || !archive_name_safe(path))
        return false;
    char *full = file_join(s->mem, s->path, path);
    return full && lstat(full, &info) == 0 && !S_ISREG(info.st_mode);
}
