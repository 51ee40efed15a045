/* File mode: folders of .txt files in, pairs of paths out. */
#include "chamthi/scan.h"

#include "chamthi/file.h"
#include "chamthi/text.h"
#include "engine.h"
#include "evidence.h"
#include "library.h"
#include "parallel.h"
#include "spool.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FILE_LIMIT = 256 * 1024 * 1024, FOLDERS_DEEP = 32, MASS_SHOWN = 80 };

typedef struct {
    const scan_folder *folder;
    size_t folder_number;
    const char *path;
    size_t at, size;     /* of its display text, in the spool */
    const char *vi, *en; /* why it was left out; NULL: it was not */
} scan_file;

typedef struct {
    arena *mem;
    const scan_folder *folders;
    scan_file *files;
    size_t count;
    spool *displays;
} scan;

static bool is_text_name(const char *name)
{
    size_t n = strlen(name);
    return n > 4 && strcasecmp(name + n - 4, ".txt") == 0;
}

static status list_files(scan *s, size_t folders, fault *f)
{
    file_list *lists = ARENA_ARRAY(s->mem, file_list, folders);
    size_t most = 0;
    if (!lists)
        return fault_memory(f);
    for (size_t i = 0; i < folders; i++) {
        TRY(file_walk(s->mem, s->folders[i].folder, FOLDERS_DEEP, &lists[i], f));
        most += lists[i].count;
    }
    s->files = ARENA_ARRAY(s->mem, scan_file, most);
    if (!s->files)
        return fault_memory(f);
    for (size_t i = 0; i < folders; i++)
        for (size_t k = 0; k < lists[i].count; k++)
            if (is_text_name(lists[i].items[k].name))
                s->files[s->count++] = (scan_file){
                    .folder = &s->folders[i], .folder_number = i, .path = lists[i].items[k].path};
    if (s->count)
        return OK;
    return FAIL(f, E_MISSING, "%s: không có tệp .txt nào để so sánh",
                "%s: there is no .txt file to compare", s->folders[0].folder);
}

static int by_path(const void *a, const void *b)
{
    const scan_file *x = a, *y = b;
    int order = strcmp(x->path, y->path);
    if (order != 0)
        return order;
    return x->folder_number < y->folder_number ? -1 : x->folder_number > y->folder_number;
}

/* Pictures and programs renamed to .txt: zero bytes in what is not UTF-16, or hardly any valid text. */
static bool is_binary(slice raw, const text_report *r)
{
    bool wide = r->encoding == ENCODING_UTF16LE || r->encoding == ENCODING_UTF16BE;
    return (!wide && raw.size && memchr(raw.bytes, '\0', raw.size)) || r->malformed > raw.size / 10;
}

static status read_file(void *state, unsigned thread, size_t item, fault *f)
{
    scan *s = state;
    scan_file *file = &s->files[item];
    (void)thread;
    size_t length = strlen(file->folder->folder) + strlen(file->path) + 2;
    char *path = malloc(length);
    buffer raw = BUFFER_INIT, display = BUFFER_INIT;
    text_report report = {0};
    status st = path ? OK : fault_memory(f);
    if (st == OK) {
        snprintf(path, length, "%s/%s", file->folder->folder, file->path);
        st = file_read(path, FILE_LIMIT, &raw, f);
    }
    if (st == E_LIMIT) {
        file->vi = "tệp lớn hơn 256 MB";
        file->en = "larger than 256 MB";
        st = OK;
    } else if (st == OK) {
        text_display((slice){raw.bytes, raw.size}, ENCODING_AUTO, &display, &report);
        st = buffer_check(&display, f);
        if (st == OK && is_binary((slice){raw.bytes, raw.size}, &report)) {
            file->vi = "không phải văn bản";
            file->en = "not a text";
        } else if (st == OK) {
            file->size = display.size;
            st = spool_put(s->displays, (slice){display.bytes, display.size}, &file->at, f);
        }
    }
    free(path);
    buffer_free(&raw);
    buffer_free(&display);
    return st;
}

static status put_pair(scan *s, const engine_pair *from, scan_pair *to, fault *f)
{
    const scan_file *a = &s->files[from->a], *b = &s->files[from->b];
    *to = (scan_pair){.a_folder = a->folder->folder,
                      .a = a->path,
                      .b_folder = b->folder->folder,
                      .b = b->path,
                      .class = engine_class_name(from->class),
                      .share_a = from->share_a,
                      .share_b = from->share_b};
    buffer lists[2] = {BUFFER_INIT, BUFFER_INIT};
    for (size_t i = 0; i < from->passage_count; i++) {
        const engine_passage *p = &from->passages[i];
        bool counted = p->kind == PASSAGE_COUNTED;
        to->passage_count += counted;
        to->syllables += counted ? p->syllables - p->masked : 0;
    }
    for (int i = 0; i < 2; i++) {
        evidence_put(&lists[i], from, i ? EVIDENCE_NOT_COUNTED : EVIDENCE_COUNTED, EVIDENCE_ALL);
        char *copy = lists[i].failed ? NULL : arena_copy(s->mem, lists[i].bytes, lists[i].size);
        *(i ? &to->masked : &to->passages) = copy;
        buffer_free(&lists[i]);
    }
    return to->passages && to->masked ? OK : fault_memory(f);
}

static status put_masses(scan *s, const engine_text *texts, const engine_result *from,
                         scan_result *out, fault *f)
{
    out->masses = ARENA_ARRAY(s->mem, scan_mass, from->mass_count);
    if (!out->masses)
        return fault_memory(f);
    for (size_t i = 0; i < from->mass_count; i++) {
        const engine_mass *m = &from->masses[i];
        slice part = {texts[m->text].display.bytes + m->start, m->end - m->start};
        char *beginning = arena_copy(s->mem, part.bytes, text_cut(part, MASS_SHOWN));
        if (!beginning)
            return fault_memory(f);
        for (char *p = beginning; (p = strchr(p, '\n')) != NULL;)
            *p = ' ';
        out->masses[out->mass_count++] = (scan_mass){s->files[m->text].folder->folder,
                                                     s->files[m->text].path,
                                                     beginning,
                                                     m->start,
                                                     m->end,
                                                     m->texts};
    }
    return OK;
}

static status put_crowded(scan *s, const engine_result *from, scan_result *out, fault *f)
{
    out->crowded = ARENA_ARRAY(s->mem, scan_crowded, from->crowded_count);
    if (!out->crowded)
        return fault_memory(f);
    for (size_t i = 0; i < from->crowded_count; i++) {
        const scan_file *file = &s->files[from->crowded[i].text];
        out->crowded[out->crowded_count++] =
            (scan_crowded){file->folder->folder, file->path, from->crowded[i].left};
    }
    return OK;
}

static status compare(scan *s, unsigned threads, scan_result *out, fault *f)
{
    static const engine_role roles[] = {ENGINE_CURRENT, ENGINE_EARLIER, ENGINE_LIBRARY};
    engine_text *texts;
    size_t library;
    TRY(spool_close(s->displays, f));
    TRY(library_texts(s->mem, s->count, &texts, &library, f));
    out->skipped = ARENA_ARRAY(s->mem, scan_skipped, s->count);
    if (!out->skipped)
        return fault_memory(f);
    for (size_t i = 0; i < s->count; i++) {
        const scan_file *file = &s->files[i];
        texts[i] = (engine_text){
            .display = {spool_text(s->displays, file->at, file->size), file->size},
            .year = file->folder->role == SCAN_AGAINST ? (int)file->folder_number : -1,
            .role = roles[file->folder->role]};
        if (file->vi)
            out->skipped[out->skipped_count++] =
                (scan_skipped){file->folder->folder, file->path, file->vi, file->en};
    }
    engine_result result;
    TRY(engine_compare(s->mem, texts, s->count + library, threads, &result, f));
    out->files = s->count - out->skipped_count;
    TRY(put_masses(s, texts, &result, out, f));
    TRY(put_crowded(s, &result, out, f));
    out->masked_pairs = result.masked_pairs;
    out->pairs = ARENA_ARRAY(s->mem, scan_pair, result.pair_count);
    if (!out->pairs)
        return fault_memory(f);
    for (; out->pair_count < result.pair_count; out->pair_count++)
        TRY(put_pair(s, &result.pairs[out->pair_count], &out->pairs[out->pair_count], f));
    return OK;
}

status scan_folders(arena *mem, const scan_folder *folders, size_t count, unsigned threads,
                    scan_result *out, fault *f)
{
    scan s = {.mem = mem, .folders = folders};
    scan_result result = {0};
    TRY(list_files(&s, count, f));
    qsort(s.files, s.count, sizeof *s.files, by_path);
    TRY(spool_new(&s.displays, f));
    status st = parallel_run(parallel_threads(threads), s.count, read_file, &s, f);
    if (st == OK)
        st = compare(&s, threads, &result, f);
    spool_free(s.displays);
    if (st == OK)
        *out = result;
    return st;
}
