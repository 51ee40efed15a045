/* Matches the file column of a list to the files that are there. */
#include "match.h"

#include "document.h"

#include "chamthi/text.h"

#include <stdlib.h>
#include <string.h>

enum { LOOKUP_MEMORY = 1024 * 1024 * 1024 };

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
    while (text[0] == '.' && (text[1] == '/' || text[1] == '\\'))
        text += 2;
    if (!strchr(text, '\\'))
        return text;
    char *path = arena_string(mem, text);
    for (char *p = path; p && *p; p++)
        if (*p == '\\')
            *p = '/';
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

static size_t folder_size(const source_file *file)
{
    return (size_t)(file->name - file->path);
}

static bool same_folder(const source_file *a, const source_file *b)
{
    return folder_size(a) == folder_size(b) && memcmp(a->path, b->path, folder_size(a)) == 0;
}

/* What the entry's text should be read from, the best first: what names its fonts, then plain text. */
static int rank_of(const source_file *file)
{
    static const document_kind best[] = {KIND_DOCX, KIND_ODT, KIND_OFFICE, KIND_TEXT, KIND_PDF};
    document_kind kind = document_kind_of(file->name);
    int rank = 0;
    while (rank < (int)(sizeof best / sizeof *best) && best[rank] != kind)
        rank++;
    return rank;
}

enum { FOUND_NONE = -1, FOUND_SEVERAL = -2 };

/* The one free file of that key; a taken one only when no free one has it. */
static long find(const lookup *l, way w, const char *key, const file_match *taken)
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
        const source_file *file = &l->files[at->file];
        if (taken[at->file].row)
            continue;
        if (found == FOUND_NONE)
            found = (long)at->file;
        else if (w != BY_STEM || !same_folder(file, &l->files[found]))
            return FOUND_SEVERAL;
        else if (rank_of(file) < rank_of(&l->files[found])) /* another format of one entry */
            found = (long)at->file;
    }
    return found == FOUND_NONE ? used : found;
}

/* One name out of a row's cell. */
typedef struct {
    size_t row;
    const char *path;
    row_match found;
} wanted_file;

static void settle(wanted_file *want, long file, file_match *taken)
{
    row_match *m = &want->found;
    if (file == FOUND_SEVERAL) {
        m->kind = MATCH_AMBIGUOUS;
    } else if (taken[file].row) {
        *m = (row_match){.kind = MATCH_TWICE,
                         .file = (size_t)file,
                         .other = taken[file].row - 1,
                         .wanted = want->path};
    } else {
        m->kind = MATCH_FILE;
        m->file = (size_t)file;
        taken[file].row = want->row + 1;
    }
}

static status match_way(lookup *l, way w, wanted_file *wants, size_t count, const char *base,
                        file_match *taken, fault *f)
{
    for (wanted_file *want = wants; want < wants + count; want++) {
        if (want->found.kind != MATCH_MISSING)
            continue;
        /* A name with an ending means that kind of file; only one without may mean any. */
        if (w == BY_STEM && document_kind_of(want->path) != KIND_OTHER)
            continue;
        TRY(build(l, w, f));
        const char *key = key_for(l->mem, want->path, w);
        if (!key)
            return fault_memory(f);
        long file = *key ? find(l, w, key, taken) : FOUND_NONE;
        if (file == FOUND_NONE && w == BY_PATH && *base) {
            key = arena_format(l->mem, "%s/%s", base, want->path);
            if (!key)
                return fault_memory(f);
            file = find(l, w, key, taken);
        }
        if (file != FOUND_NONE)
            settle(want, file, taken);
    }
    return OK;
}

/* ---- cells that mean several files ---- */

static size_t names_in(const char *cell)
{
    size_t n = 1;
    for (; *cell; cell++)
        n += *cell == ';' || *cell == '\n';
    return n;
}

static status want(arena *mem, const char *name, size_t row, wanted_file *wants, size_t *count,
                   fault *f)
{
    const char *path = tidy_path(mem, name);
    if (!path)
        return fault_memory(f);
    if (*path)
        wants[(*count)++] = (wanted_file){row, path, {.kind = MATCH_MISSING, .wanted = path}};
    return OK;
}

/* The cell of each row as one name. */
static status want_cells(arena *mem, arena *scratch, const manifest *m, wanted_file **wants,
                         size_t *count, fault *f)
{
    *count = 0;
    *wants = ARENA_ARRAY(scratch, wanted_file, m->count);
    if (!*wants)
        return fault_memory(f);
    for (size_t row = 0; row < m->count; row++)
        TRY(want(mem, m->rows[row].field[FIELD_FILE], row, *wants, count, f));
    return OK;
}

static bool names_several(const manifest *m, const row_match *rows, size_t row)
{
    return rows[row].kind == MATCH_MISSING && names_in(m->rows[row].field[FIELD_FILE]) > 1;
}

/* The several names in the cells of rows that found nothing by the whole. */
static status want_parts(arena *mem, arena *scratch, const manifest *m, const row_match *rows,
                         wanted_file **wants, size_t *count, fault *f)
{
    size_t most = 0;
    for (size_t row = 0; row < m->count; row++)
        if (names_several(m, rows, row))
            most += names_in(m->rows[row].field[FIELD_FILE]);
    *count = 0;
    *wants = ARENA_ARRAY(scratch, wanted_file, most);
    if (!*wants)
        return fault_memory(f);
    for (size_t row = 0; row < m->count; row++) {
        const char *cell = m->rows[row].field[FIELD_FILE];
        while (names_several(m, rows, row) && *cell) {
            cell += strspn(cell, ";\n ");
            size_t size = strcspn(cell, ";\n");
            const char *part = arena_copy(mem, cell, size);
            if (!part)
                return fault_memory(f);
            TRY(want(mem, part, row, *wants, count, f));
            cell += size;
        }
    }
    return OK;
}

/* One more file of a row: the entry's own when it is the better document. */
static void give(row_match *m, size_t row, size_t file, const source_file *files, file_match *taken)
{
    size_t further = file;
    taken[file].row = row + 1;
    if (m->kind != MATCH_FILE) {
        *m = (row_match){.kind = MATCH_FILE, .file = file};
        return;
    }
    if (rank_of(&files[file]) < rank_of(&files[m->file])) {
        further = m->file;
        m->file = file;
    }
    taken[further].next_further = m->first_further;
    m->first_further = further + 1;
}

/* The whole row waits when one of its files is not there. */
static void gather(const wanted_file *wants, size_t count, const source_file *files, row_match *out,
                   file_match *taken)
{
    for (size_t i = 0; i < count; i++) {
        row_match *m = &out[wants[i].row];
        bool first = i == 0 || wants[i - 1].row != wants[i].row;
        if (first)
            *m = wants[i].found;
        else if (m->kind == MATCH_FILE && wants[i].found.kind == MATCH_FILE)
            give(m, wants[i].row, wants[i].found.file, files, taken);
        else if (m->kind == MATCH_FILE)
            *m = wants[i].found;
    }
}

/* Gives back the files of rows that wait, so that other ways may find them. */
static void release(const row_match *rows, size_t file_count, file_match *taken)
{
    for (size_t i = 0; i < file_count; i++)
        if (taken[i].row && rows[taken[i].row - 1].kind != MATCH_FILE)
            taken[i] = (file_match){0, 0};
}

/* A row that names a folder means what is in it. */
static void match_folder(const lookup *l, wanted_file *want, row_match *out, file_match *taken)
{
    size_t size = strlen(want->path);
    while (size && want->path[size - 1] == '/')
        size--;
    for (size_t i = 0; size && i < l->file_count; i++)
        if (l->files[i].role == FILE_RECEIVED && !taken[i].row &&
            strncmp(l->files[i].path, want->path, size) == 0 && l->files[i].path[size] == '/')
            give(out, want->row, i, l->files, taken);
}

/* One after the other, from the strictest way to the loosest. */
static status match_wanted(lookup *l, wanted_file *wants, size_t count, const char *base,
                           row_match *out, file_match *taken, fault *f)
{
    for (way w = BY_PATH; w < BY_STEM; w++)
        TRY(match_way(l, w, wants, count, base, taken, f));
    for (size_t i = 0; i < count; i++)
        if (wants[i].found.kind == MATCH_MISSING)
            match_folder(l, &wants[i], &wants[i].found, taken);
    TRY(match_way(l, BY_STEM, wants, count, base, taken, f));
    gather(wants, count, l->files, out, taken);
    release(out, l->file_count, taken);
    return OK;
}

static status match_cells(lookup *l, arena *mem, const manifest *m, const char *base,
                          row_match *out, file_match *taken, fault *f)
{
    wanted_file *wants;
    size_t count;
    TRY(want_cells(mem, l->mem, m, &wants, &count, f));
    TRY(match_wanted(l, wants, count, base, out, taken, f));
    TRY(want_parts(mem, l->mem, m, out, &wants, &count, f));
    return match_wanted(l, wants, count, base, out, taken, f);
}

status match_files(arena *mem, const manifest *m, const source_file *files, size_t file_count,
                   const char *base, row_match *out, file_match *taken, fault *f)
{
    lookup l = {.mem = arena_new(LOOKUP_MEMORY), .files = files, .file_count = file_count};
    for (size_t row = 0; row < m->count; row++)
        out[row] = (row_match){.kind = MATCH_NONE};
    status st = l.mem ? match_cells(&l, mem, m, base, out, taken, f) : fault_memory(f);
    arena_free(l.mem);
    return st;
}

/* ---- files that go with an entry's ---- */

enum { LOOKS_MOST = 50 * 1000 * 1000 }; /* nobody waits for more */

static bool is_beside(document_kind kind)
{
    return kind == KIND_PICTURE || kind == KIND_RECORDING;
}

/* How well a free file goes with an entry's file in the same folder: the length of the name they share,
 * 0 when it does not. */
static size_t likeness(const char *free_stem, document_kind free_kind, const char *own_stem)
{
    size_t size = strlen(own_stem);
    if (!size || strncmp(free_stem, own_stem, size) != 0)
        return 0;
    if (!free_stem[size])
        return free_kind == KIND_OTHER ? 0 : size;
    return free_stem[size] == ' ' && is_beside(free_kind) ? size : 0;
}

static status stems_of(arena *mem, const source_file *files, size_t count, const char **out,
                       fault *f)
{
    for (size_t i = 0; i < count; i++) {
        out[i] = files[i].role == FILE_RECEIVED ? key_for(mem, files[i].path, BY_STEM) : "";
        if (!out[i])
            return fault_memory(f);
    }
    return OK;
}

/* The row a free file goes with, or `none`. */
static size_t row_beside(const source_file *files, size_t file_count, const char *const *stems,
                         const file_match *taken, size_t free_file, size_t none)
{
    const source_file *at = &files[free_file];
    document_kind kind = document_kind_of(at->name);
    size_t best = 0, found = none, last = none, rows = 0;
    for (size_t i = 0; i < file_count; i++) {
        if (!taken[i].row || !same_folder(&files[i], at))
            continue;
        size_t row = taken[i].row - 1, shared = likeness(stems[free_file], kind, stems[i]);
        rows += row != last;
        last = row;
        if (shared > best)
            found = row;
        else if (shared && shared == best && row != found)
            found = none;
        best = shared > best ? shared : best;
    }
    if (best)
        return found;
    return is_beside(kind) && folder_size(at) && rows == 1 ? last : none;
}

status match_further(arena *mem, const source_file *files, size_t file_count, row_match *rows,
                     size_t row_count, file_match *taken, fault *f)
{
    size_t free_files = 0;
    for (size_t i = 0; i < file_count; i++)
        free_files += !taken[i].row && files[i].role == FILE_RECEIVED;
    if (!free_files || !row_count || free_files > LOOKS_MOST / file_count)
        return OK;
    const char **stems = ARENA_ARRAY(mem, const char *, file_count);
    size_t *found = ARENA_ARRAY(mem, size_t, file_count);
    if (!stems || !found)
        return fault_memory(f);
    TRY(stems_of(mem, files, file_count, stems, f));
    for (size_t i = 0; i < file_count; i++)
        found[i] = taken[i].row || files[i].role != FILE_RECEIVED
                       ? row_count
                       : row_beside(files, file_count, stems, taken, i, row_count);
    for (size_t i = 0; i < file_count; i++)
        if (found[i] < row_count)
            give(&rows[found[i]], found[i], i, files, taken);
    return OK;
}
