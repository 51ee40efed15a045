/* Rows without a file: looks for theirs among the files that no row names. */
#include "work.h"

#include "chamthi/text.h"

#include <string.h>

enum {
    PAIRS_MOST = 4 * 1000 * 1000, /* rows times files that are compared */
    LOOK_MEMORY = 256 * 1024 * 1024,
    HEAD = 2000, /* bytes of a text that are looked at: its beginning and its end */
    TAIL = 500
};

typedef struct {
    intake_run *run;
    arena *mem;
    size_t *rows, row_count; /* without a file */
    size_t *files, file_count;
    guess_row *guess_rows;
    guess_file *guess_files;
} look;

static bool lacks_file(const intake_run *run, size_t row)
{
    match_kind kind = run->matches[row].kind;
    return kind == MATCH_MISSING || (kind == MATCH_NONE && !run->list.has_file_column);
}

static status choose(look *l, fault *f)
{
    const intake_run *run = l->run;
    l->rows = ARENA_ARRAY(l->mem, size_t, run->list.count);
    l->files = ARENA_ARRAY(l->mem, size_t, run->file_count);
    if (!l->rows || !l->files)
        return fault_memory(f);
    for (size_t i = 0; i < run->list.count; i++)
        if (lacks_file(run, i))
            l->rows[l->row_count++] = i;
    for (size_t i = 0; i < run->file_count; i++)
        if (!run->taken[i].row && run->files[i].role == FILE_RECEIVED)
            l->files[l->file_count++] = i;
    return OK;
}

/* " words of a text " */
static const char *padded(arena *mem, const char *text)
{
    const char *folded = text_fold_string(mem, text);
    return folded ? arena_format(mem, " %s ", folded) : NULL;
}

static const char *beginning_and_end(arena *mem, const buffer *text)
{
    slice all = {text->bytes, text->size};
    size_t head = text_cut(all, HEAD), tail = all.size > HEAD + TAIL ? all.size - TAIL : head;
    while (tail < all.size && ((unsigned char)all.bytes[tail] & 0xC0) == 0x80)
        tail++;
    char *part = arena_copy(mem, all.bytes, head);
    const char *joined = part ? arena_format(mem, "%s\n%s", part, all.bytes + tail) : NULL;
    return joined ? padded(mem, joined) : NULL;
}

static const char *name_of(arena *mem, const source_file *file)
{
    const char *dot = strrchr(file->name, '.');
    size_t size = dot && dot != file->name ? (size_t)(dot - file->name) : strlen(file->name);
    const char *name = arena_copy(mem, file->name, size);
    return name ? padded(mem, name) : NULL;
}

static status look_at_file(look *l, size_t i, fault *f)
{
    const source_file *file = &l->run->files[l->files[i]];
    looked_at *seen = &l->run->looked[l->files[i]];
    buffer bytes = BUFFER_INIT;
    document text = DOCUMENT_INIT;
    const char *reason = NULL;
    fault ignored = {0};
    seen->read =
        source_read(l->run->from, file, SOURCE_FILE_LIMIT, &bytes, &reason, &ignored) == OK;
    if (seen->read) {
        hash_bytes(seen->hash, bytes.bytes, bytes.size);
        document_read(file->name, (slice){bytes.bytes, bytes.size}, &text, &ignored);
    }
    l->guess_files[i] =
        (guess_file){l->files[i], name_of(l->mem, file), beginning_and_end(l->mem, &text.text)};
    document_free(&text);
    buffer_free(&bytes);
    return l->guess_files[i].name && l->guess_files[i].text ? OK : fault_memory(f);
}

static status look_at_row(look *l, size_t i, fault *f)
{
    const manifest_row *row = &l->run->list.rows[l->rows[i]];
    row_values values;
    const char *reason = NULL;
    fault ignored = {0};
    guess_row *g = &l->guess_rows[i];
    *g = (guess_row){l->rows[i], padded(l->mem, row->field[FIELD_TITLE]), NULL, 0};
    bool read = row_read(l->mem, row, &values, &reason, &ignored) == OK;
    const char **names = ARENA_ARRAY(l->mem, const char *, read ? values.author_count : 1);
    if (!g->title || !names)
        return fault_memory(f);
    for (size_t k = 0; read && k < values.author_count; k++) {
        const char *key = name_key(l->mem, values.authors[k].name);
        names[k] = key ? padded(l->mem, key) : NULL;
        if (!names[k])
            return fault_memory(f);
        g->author_count++;
    }
    g->authors = names;
    return OK;
}

/* A file whose bytes are those the row's entry already has is that file, whatever it is called now. */
static status match_by_hash(look *l, fault *f)
{
    intake_run *run = l->run;
    run->batch = l->mem;
    for (size_t i = 0; i < l->row_count; i++) {
        unsigned char hash[HASH_SIZE];
        bool known;
        TRY(earlier_file(run, &run->list.rows[l->rows[i]], hash, &known, f));
        for (size_t k = 0; known && k < l->file_count; k++) {
            size_t file = l->files[k];
            if (run->taken[file].row || !run->looked[file].read ||
                memcmp(run->looked[file].hash, hash, HASH_SIZE) != 0)
                continue;
            run->matches[l->rows[i]] = (row_match){.kind = MATCH_FILE, .file = file};
            run->taken[file].row = l->rows[i] + 1;
            known = false;
        }
    }
    return OK;
}

/* Takes out what the last step matched. */
static void keep_unmatched(look *l)
{
    size_t rows = 0, files = 0;
    for (size_t i = 0; i < l->row_count; i++)
        if (lacks_file(l->run, l->rows[i]))
            l->guess_rows[rows++] = l->guess_rows[i];
    for (size_t i = 0; i < l->file_count; i++)
        if (!l->run->taken[l->files[i]].row)
            l->guess_files[files++] = l->guess_files[i];
    l->row_count = rows;
    l->file_count = files;
}

/* Pictures say nothing by themselves: they are not offered, only taken when they are called like it. */
static status look_at_all(look *l, fault *f)
{
    intake_run *run = l->run;
    run->looked = ARENA_ARRAY(run->mem, looked_at, run->file_count);
    l->guess_rows = ARENA_ARRAY(l->mem, guess_row, l->row_count);
    l->guess_files = ARENA_ARRAY(l->mem, guess_file, l->file_count);
    if (!run->looked || !l->guess_rows || !l->guess_files)
        return fault_memory(f);
    for (size_t i = 0; i < l->row_count; i++)
        TRY(look_at_row(l, i, f));
    for (size_t i = 0; i < l->file_count; i++)
        TRY(look_at_file(l, i, f));
    TRY(match_by_hash(l, f));
    keep_unmatched(l);
    TRY(match_by_content(l->mem, l->guess_rows, l->row_count, l->guess_files, l->file_count,
                         run->matches, run->taken, f));
    return refused_drop_rejected(run, f);
}

/* A row that could be a paper entry is one when the parcel holds no entries' files, or when it says how
 * long it is. */
static void settle_rest(intake_run *run)
{
    size_t received = 0; /* what could be an entry */
    for (size_t i = 0; i < run->file_count; i++)
        received += run->files[i].role == FILE_RECEIVED &&
                    document_kind_of(run->files[i].name) != KIND_OTHER;
    for (size_t i = 0; i < run->list.count; i++) {
        row_match *m = &run->matches[i];
        const manifest_row *row = &run->list.rows[i];
        bool counted = *row->field[FIELD_WORDS] || *row->field[FIELD_DURATION];
        if (m->kind == MATCH_NONE && !run->list.has_file_column && received && !counted)
            m->kind = MATCH_MISSING;
        if (m->kind == MATCH_PROPOSED)
            run->looked[m->file].proposed = i + 1;
    }
}

status look_into_files(intake_run *run, fault *f)
{
    look l = {.run = run, .mem = arena_new(LOOK_MEMORY)};
    status st = l.mem ? choose(&l, f) : fault_memory(f);
    if (st == OK && l.row_count && l.file_count && l.row_count <= PAIRS_MOST / l.file_count)
        st = look_at_all(&l, f);
    arena_free(l.mem);
    if (st == OK)
        settle_rest(run);
    return st;
}
