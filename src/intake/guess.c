/* Matches rows to files by what stands in names and texts. Pure. */
#include "match.h"

#include <stdlib.h>
#include <string.h>

typedef struct {
    size_t row, file; /* of the guesses, not of the list */
    unsigned evidence;
    bool strong;
} pair;

typedef struct {
    pair *items;
    size_t count, capacity;
} pair_list;

static bool contains(const char *words, const char *key)
{
    return strlen(key) > 2 && strstr(words, key) != NULL;
}

/* One syllable may stand anywhere; two are something. */
static bool tells(const char *key)
{
    return key[0] && key[1] && strchr(key + 1, ' ') && strchr(key + 1, ' ')[1];
}

/* " 02 hai phut o duong ngang " is called " hai phut o duong ngang ". */
static const char *without_number(const char *name)
{
    const char *at = name;
    while (*at == ' ' && at[1] >= '0' && at[1] <= '9')
        at = at + 1 + strcspn(at + 1, " ");
    return *at ? at : name;
}

static bool found_in(const guess_file *f, const char *key)
{
    return tells(key) && (contains(f->name, key) || contains(f->text, key));
}

static bool compare(const guess_row *r, const guess_file *f, pair *out)
{
    bool title = found_in(f, r->title), author = false;
    for (size_t i = 0; i < r->author_count; i++)
        author |= found_in(f, r->authors[i]);
    out->evidence = (title ? EVIDENCE_TITLE : 0u) | (author ? EVIDENCE_AUTHOR : 0u);
    out->strong = title && (author || strcmp(without_number(f->name), r->title) == 0);
    return title || author;
}

static status list_pairs(arena *mem, const guess_row *rows, size_t row_count,
                         const guess_file *files, size_t file_count, pair_list *out, fault *f)
{
    for (size_t i = 0; i < row_count; i++)
        for (size_t k = 0; k < file_count; k++) {
            pair found = {.row = i, .file = k};
            if (!compare(&rows[i], &files[k], &found))
                continue;
            pair *items = arena_grow(mem, out->items, out->count, &out->capacity, sizeof *items);
            if (!items)
                return fault_memory(f);
            out->items = items;
            items[out->count++] = found;
        }
    return OK;
}

/* How many pairs each row and each file is in. */
static void count_pairs(const pair_list *l, size_t *of_row, size_t row_count, size_t *of_file,
                        size_t file_count)
{
    memset(of_row, 0, row_count * sizeof *of_row);
    memset(of_file, 0, file_count * sizeof *of_file);
    for (size_t i = 0; i < l->count; i++) {
        of_row[l->items[i].row]++;
        of_file[l->items[i].file]++;
    }
}

/* Strong pairs drive out the weak ones of the same row or file. */
static void drop_weak(pair_list *l, size_t *of_row, size_t row_count, size_t *of_file,
                      size_t file_count)
{
    pair *p = l->items;
    size_t kept = 0;
    memset(of_row, 0, row_count * sizeof *of_row);
    memset(of_file, 0, file_count * sizeof *of_file);
    for (size_t i = 0; i < l->count; i++)
        if (p[i].strong) {
            of_row[p[i].row]++;
            of_file[p[i].file]++;
        }
    for (size_t i = 0; i < l->count; i++)
        if (p[i].strong || (!of_row[p[i].row] && !of_file[p[i].file]))
            p[kept++] = p[i];
    l->count = kept;
}

status match_by_content(arena *mem, const guess_row *rows, size_t row_count,
                        const guess_file *files, size_t file_count, row_match *out,
                        file_match *taken, fault *f)
{
    pair_list found = {0};
    size_t *of_row = ARENA_ARRAY(mem, size_t, row_count);
    size_t *of_file = ARENA_ARRAY(mem, size_t, file_count);
    if (!of_row || !of_file)
        return fault_memory(f);
    TRY(list_pairs(mem, rows, row_count, files, file_count, &found, f));
    drop_weak(&found, of_row, row_count, of_file, file_count);
    count_pairs(&found, of_row, row_count, of_file, file_count);
    for (size_t i = 0; i < found.count; i++) {
        const pair *p = &found.items[i];
        size_t row = rows[p->row].row, file = files[p->file].file;
        if (p->strong && of_row[p->row] == 1 && of_file[p->file] == 1) {
            out[row] = (row_match){.kind = MATCH_FILE, .file = file};
            taken[file].row = row + 1;
        } else if (out[row].kind != MATCH_PROPOSED) {
            out[row] = (row_match){.kind = MATCH_PROPOSED, .file = file, .evidence = p->evidence};
        }
    }
    return OK;
}
