/* Finds and reads the list of a parcel. */
#include "work.h"

#include "chamthi/file.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { LIST_LIMIT = 512 * 1024 * 1024, CANDIDATES_MOST = 20 };

static bool is_list_name(const char *name)
{
    return strcasecmp(name, "manifest.csv") == 0 || strcasecmp(name, "manifest.xlsx") == 0;
}

/* What an office may have sent its list as, whatever it is called. */
static bool may_be_list(const source_file *file)
{
    const char *dot = strrchr(file->name, '.');
    return file->role == FILE_RECEIVED && dot &&
           (strcasecmp(dot, ".csv") == 0 || strcasecmp(dot, ".xlsx") == 0);
}

static size_t folders_in(const char *path)
{
    size_t n = 0;
    for (; *path; path++)
        n += *path == '/';
    return n;
}

/* manifest.csv (before manifest.xlsx) in the topmost folder that has one. NULL: there is none. */
static source_file *find_named(intake_run *run)
{
    source_file *best = NULL;
    for (size_t i = 0; i < run->file_count; i++) {
        source_file *at = &run->files[i];
        if (is_list_name(at->name) && (!best || folders_in(at->path) < folders_in(best->path)))
            best = at;
    }
    return best;
}

static status read_file(intake_run *run, const source_file *file, manifest *out, fault *f)
{
    buffer bytes = BUFFER_INIT;
    const char *reason = NULL;
    status st = source_read(run->from, file, LIST_LIMIT, &bytes, &reason, f);
    if (st == OK)
        st = manifest_read(run->mem, file->path, (slice){bytes.bytes, bytes.size}, out, f);
    else
        st = fault_prefix(f, "%s", "%s", file->path);
    buffer_free(&bytes);
    return st;
}

static status fail_no_list(const intake_run *run, fault *f)
{
    return FAIL(
        f, E_INPUT,
        "%s không có danh sách manifest.csv hay manifest.xlsx (có %zu tệp khác); hãy thêm danh "
        "sách vào đó, hoặc chỉ ra bằng --manifest TỆP",
        "%s has no list manifest.csv or manifest.xlsx (but %zu other files); put one there, or "
        "name it with --manifest FILE",
        run->job->path, run->file_count);
}

static status fail_several(const source_file *one, const source_file *other, fault *f)
{
    return FAIL(f, E_INPUT,
                "“%s” và “%s” đều có thể là danh sách; hãy chỉ ra tệp nào bằng --manifest TỆP",
                "“%s” and “%s” could both be the list; say which one with --manifest FILE",
                one->path, other->path);
}

/* Without a manifest.* the list is the one table in the parcel that has a list's header. */
static status find_unnamed(intake_run *run, source_file **list, fault *f)
{
    fault why = {0};
    size_t tried = 0;
    *list = NULL;
    for (size_t i = 0; i < run->file_count && tried < CANDIDATES_MOST; i++) {
        manifest m;
        if (!may_be_list(&run->files[i]))
            continue;
        tried++;
        status st = read_file(run, &run->files[i], &m, &why);
        if (st != OK && st != E_INPUT && st != E_LIMIT)
            return *f = why, st;
        if (st == OK && *list)
            return fail_several(*list, &run->files[i], f);
        if (st != OK)
            continue;
        *list = &run->files[i];
        run->list = m;
    }
    if (*list)
        return OK;
    return tried == 1 ? (*f = why, why.code) : fail_no_list(run, f);
}

/* Lists other than the one that is used are not entries. */
static void set_lists_aside(intake_run *run)
{
    char real[PATH_MAX], other[PATH_MAX];
    bool named = run->job->list && realpath(run->job->list, real);
    for (size_t i = 0; i < run->file_count; i++) {
        source_file *at = &run->files[i];
        if (at->role != FILE_RECEIVED || !may_be_list(at))
            continue;
        char *path = file_join(run->mem, run->job->path, at->path);
        bool same = named && path && realpath(path, other) && strcmp(real, other) == 0;
        if (same)
            at->role = FILE_MANIFEST;
        else if (is_list_name(at->name))
            at->role = FILE_IGNORED;
    }
}

static status read_given(intake_run *run, fault *f)
{
    buffer bytes = BUFFER_INIT;
    status st = file_read(run->job->list, LIST_LIMIT, &bytes, f);
    if (st == OK)
        st = manifest_read(run->mem, run->job->list, (slice){bytes.bytes, bytes.size}, &run->list,
                           f);
    buffer_free(&bytes);
    return st;
}

status list_read(intake_run *run, const char **base, fault *f)
{
    *base = "";
    if (run->job->list) {
        TRY(read_given(run, f));
    } else {
        source_file *list = find_named(run);
        if (list)
            TRY(read_file(run, list, &run->list, f));
        else
            TRY(find_unnamed(run, &list, f));
        list->role = FILE_MANIFEST;
        const char *slash = strrchr(list->path, '/');
        if (slash)
            *base = arena_copy(run->mem, list->path, (size_t)(slash - list->path));
    }
    set_lists_aside(run);
    return *base ? OK : fault_memory(f);
}
