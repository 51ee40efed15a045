/* Matches the file column of a list to the files that are there. */
#include "match.h"

#include "document.h"

#include "chamthi/text.h"

#include <stdlib.h>
#include <string.h>

/* The ways a file can be named, from the strictest to the loosest. */
typedef enum { BY_PATH, BY_FOLDED_PATH, BY_NAME, BY_FOLDED_NAME, BY_STEM, WAY_COUNT } way;

typedef struct {
    const char *key;
    size_t file;
} named;

typedef struct {
    arena *mem;
    const source_file *files;
    size_t file_count;
    named *index[WAY_COUNT]; /* sorted by key; the received files only */
    size_t count;
} lookup;

/* What people write: backslashes, "./" in front. */
static const char *tidy_path(arena *mem, const char *text)
{
    char *path = arena_string(mem, text);
    for (char *p = path; p && *p; p++)
        if (*p == '\\')
            *p = '/';
    while (path && path[0] == '.' && path[1] == '/')
        path += 2;
    return path;
}

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static const char *key_for(arena *mem, const char *path, way w)
{
    const char *name = last_part(path), *dot = strrchr(name, '.');
    switch (w) {
    case BY_PATH: return path;
    case BY_FOLDED_PATH: return text_fold_string(mem, path);
    case BY_NAME: return name;
    case BY_FOLDED_NAME: return text_fold_string(mem, name);
    case BY_STEM:
        if (!dot || strlen(dot) > 5)
            return text_fold_string(mem, name);
        name = arena_copy(mem, name, (size_t)(dot - name));
        return name ? text_fold_string(mem, name) : NULL;
    case WAY_COUNT: break;
    }
    return NULL;
}

static int by_key(const void *a, const void *b)
{
    return strcmp(((const named *)a)->key, ((const named *)b)->key);
}

static status build(lookup *l, way w, fault *f)
{
    if (l->index[w])
        return OK;
    named *index = ARENA_ARRAY(l->mem, named, l->file_count);
    if (!index)
        return fault_memory(f);
    l->count = 0;
    for (size_t i = 0; i < l->file_count; i++) {
        if (l->files[i].role != FILE_RECEIVED)
            continue;
        const char *key = key_for(l->mem, l->files[i].path, w);
        if (!key)
            return fault_memory(f);
        index[l->count++] = (named){key, i};
    }
    qsort(index, l->count, sizeof *index, by_key);
    l->index[w] = index;
    return OK;
}

enum { FOUND_NONE = -1, FOUND_SEVERAL = -2 };

/* The one free file of that key; a taken one only when no free one has it. */
static long find(const lookup *l, way w, const char *key, const size_t *taken)
{
    named wanted = {key, 0};
    const named *at =
        l->count ? bsearch(&wanted, l->index[w], l->count, sizeof wanted, by_key) : NULL;
    if (!at)
        return FOUND_NONE;
    while (at > l->index[w] && strcmp(at[-1].key, key) == 0)
        at--;
    long found = FOUND_NONE, used = (long)at->file;
    for (; at < l->index[w] + l->count && strcmp(at->key, key) == 0; at++) {
        if (taken[at->file])
            continue;
        if (found != FOUND_NONE)
            return FOUND_SEVERAL;
        found = (long)at->file;
    }
    return found == FOUND_NONE ? used : found;
}

static void settle(row_match *m, size_t row, long file, size_t *taken)
{
    if (file == FOUND_SEVERAL) {
        m->kind = MATCH_AMBIGUOUS;
    } else if (taken[file]) {
        *m = (row_match){MATCH_TWICE, (size_t)file, taken[file] - 1};
    } else {
        *m = (row_match){MATCH_FILE, (size_t)file, 0};
        taken[file] = row + 1;
    }
}

static status match_way(lookup *l, way w, const char *const *paths, const char *base, size_t rows,
                        row_match *out, size_t *taken, fault *f)
{
    for (size_t row = 0; row < rows; row++) {
        if (out[row].kind != MATCH_MISSING)
            continue;
        /* A name with an ending means that kind of file; only one without may mean any. */
        if (w == BY_STEM && document_kind_of(paths[row]) != KIND_OTHER)
            continue;
        TRY(build(l, w, f));
        const char *key = key_for(l->mem, paths[row], w);
        if (!key)
            return fault_memory(f);
        long file = *key ? find(l, w, key, taken) : FOUND_NONE;
        if (file == FOUND_NONE && w == BY_PATH && *base) {
            key = arena_format(l->mem, "%s/%s", base, paths[row]);
            if (!key)
                return fault_memory(f);
            file = find(l, w, key, taken);
        }
        if (file != FOUND_NONE)
            settle(&out[row], row, file, taken);
    }
    return OK;
}

status match_files(arena *mem, const manifest *m, const source_file *files, size_t file_count,
                   const char *base, row_match *out, size_t *taken, fault *f)
{
    lookup l = {.mem = mem, .files = files, .file_count = file_count};
    const char **paths = ARENA_ARRAY(mem, const char *, m->count);
    if (!paths)
        return fault_memory(f);
    for (size_t row = 0; row < m->count; row++) {
        paths[row] = tidy_path(mem, m->rows[row].field[FIELD_FILE]);
        if (!paths[row])
            return fault_memory(f);
        out[row] = (row_match){*paths[row] ? MATCH_MISSING : MATCH_NONE, 0, 0};
    }
    for (way w = BY_PATH; w < WAY_COUNT; w++)
        TRY(match_way(&l, w, paths, base, m->count, out, taken, f));
    return OK;
}
