/* Keeping the index's files in step with the database. */
#include "shelf.h"

#include "chamthi/buffer.h"
#include "chamthi/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    LOG_MOST = 16,  /* segments of a log, then the year is written anew */
    DRIFT_MOST = 20 /* likewise when more than one text in so many is missing or stale */
};

/* A text as the database has it. */
typedef struct {
    int64_t id;
    int year;
    unsigned char identity[IDENTITY_SIZE];
    size_t number; /* in the corpus; CORPUS_NONE: missing there */
} listed;

typedef struct {
    void *bytes;
    size_t size;
} mapping;

typedef struct {
    int year;
    size_t texts, missing, stale, logged;
    size_t log_size; /* of what is good in it */
    bool refused;    /* no segment, or one that does not fit */
} year_state;

struct shelf {
    store *db;
    arena *mem; /* of the lists, while the shelf is open */
    char *folder;
    listed *list; /* by id */
    size_t count;
    year_state *years; /* by year */
    size_t year_count;
    corpus *all;
    mapping *maps;
    size_t map_count;
};

/* ---- files ---- */

static const char *path_of(shelf *s, int year, const char *kind)
{
    return arena_format(s->mem, "%s/%d.%s", s->folder, year, kind);
}

static status fail_file(fault *f, const char *path)
{
    return FAIL(
        f, E_SYSTEM, "không ghi được tệp chỉ mục %s: %s; có thể xóa cả thư mục này rồi chạy lại",
        "cannot write the index file %s: %s; its folder may be deleted", path, strerror(errno));
}

/* Maps the whole file; one that is not there is empty. */
static status map_file(shelf *s, const char *path, mapping *out, fault *f)
{
    struct stat info;
    *out = (mapping){NULL, 0};
    int fd = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (!path)
        return fault_memory(f);
    if (fd < 0)
        return errno == ENOENT ? OK : fail_file(f, path);
    if (fstat(fd, &info) == 0 && info.st_size > 0) {
        void *bytes = mmap(NULL, (size_t)info.st_size, PROT_READ, MAP_SHARED, fd, 0);
        if (bytes != MAP_FAILED)
            *out = (mapping){bytes, (size_t)info.st_size};
    }
    close(fd);
    if (out->bytes)
        s->maps[s->map_count++] = *out;
    return OK;
}

/* Puts the bytes behind what is good in the log. */
static status append(const char *path, size_t good, const buffer *b, fault *f)
{
    int fd = path ? open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600) : -1;
    if (fd < 0)
        return path ? fail_file(f, path) : fault_memory(f);
    bool written = ftruncate(fd, (off_t)good) == 0 &&
                   pwrite(fd, b->bytes, b->size, (off_t)good) == (ssize_t)b->size && fsync(fd) == 0;
    status st = written ? OK : fail_file(f, path);
    close(fd);
    return st;
}

/* ---- the database's side ---- */

static status read_list(shelf *s, fault *f)
{
    size_t room = 0;
    cursor c;
    status st = OK;
    TRY(store_select(s->db, Q_SIMILAR_INDEXED, NO_ARGS, &c, f));
    while (st == OK && cursor_next(&c)) {
        s->list = arena_grow(s->mem, s->list, s->count, &room, sizeof *s->list);
        if (!s->list) {
            st = fault_memory(f);
            break;
        }
        slice key = cursor_bytes(&c, 2);
        listed *one = &s->list[s->count++];
        *one = (listed){
            .id = cursor_int(&c, 0), .year = (int)cursor_int(&c, 1), .number = CORPUS_NONE};
        memcpy(one->identity, key.bytes, key.size < IDENTITY_SIZE ? key.size : IDENTITY_SIZE);
    }
    status closed = cursor_close(&c, st == OK ? f : NULL);
    return st == OK ? closed : st;
}

static int by_year(const void *x, const void *y)
{
    const year_state *a = x, *b = y;
    return (a->year > b->year) - (a->year < b->year);
}

static year_state *find_year(const shelf *s, int year)
{
    year_state wanted = {.year = year};
    return s->year_count ? bsearch(&wanted, s->years, s->year_count, sizeof wanted, by_year) : NULL;
}

static status list_years(shelf *s, fault *f)
{
    year_state *all = ARENA_ARRAY(s->mem, year_state, s->count);
    if (!all)
        return fault_memory(f);
    for (size_t i = 0; i < s->count; i++)
        all[i].year = s->list[i].year;
    if (s->count)
        qsort(all, s->count, sizeof *all, by_year);
    for (size_t i = 0; i < s->count; i++)
        if (!s->year_count || all[s->year_count - 1].year != all[i].year)
            all[s->year_count++].year = all[i].year;
    s->years = all;
    for (size_t i = 0; i < s->count; i++)
        find_year(s, s->list[i].year)->texts++;
    return OK;
}

static int by_id(const void *x, const void *y)
{
    const listed *a = x, *b = y;
    return (a->id > b->id) - (a->id < b->id);
}

static listed *find_listed(const shelf *s, int64_t id)
{
    listed wanted = {.id = id};
    return s->count ? bsearch(&wanted, s->list, s->count, sizeof wanted, by_id) : NULL;
}

/* ---- opening ---- */

static status open_year(shelf *s, year_state *y, fault *f)
{
    mapping map;
    size_t used = 0;
    TRY(map_file(s, path_of(s, y->year, "segment"), &map, f));
    if (map.bytes)
        TRY(corpus_add(s->all, map.bytes, map.size, &used, f));
    y->refused = !map.bytes || used != map.size;
    y->logged = y->log_size = 0;
    TRY(map_file(s, path_of(s, y->year, "log"), &map, f));
    for (used = 1; used && y->log_size < map.size; y->log_size += used) {
        TRY(corpus_add(s->all, (const char *)map.bytes + y->log_size, map.size - y->log_size, &used,
                       f));
        y->logged += used != 0;
    }
    return OK;
}

/* Which texts of the corpus are those of the database; the others are forgotten. */
static void match_texts(shelf *s)
{
    for (size_t i = 0; i < s->count; i++)
        s->list[i].number = CORPUS_NONE;
    for (size_t i = 0; i < s->year_count; i++)
        s->years[i].missing = s->years[i].stale = 0;
    for (size_t i = 0; i < corpus_count(s->all); i++) {
        int year;
        const segment_name *name = corpus_name(s->all, i, &year);
        listed *one = find_listed(s, name->id);
        year_state *y = find_year(s, year);
        if (one && one->number == CORPUS_NONE && one->year == year &&
            memcmp(one->identity, name->identity, IDENTITY_SIZE) == 0) {
            one->number = i;
        } else {
            corpus_forget(s->all, i);
            if (y)
                y->stale++;
        }
    }
    for (size_t i = 0; i < s->count; i++)
        find_year(s, s->list[i].year)->missing += s->list[i].number == CORPUS_NONE;
}

static void unmap_all(shelf *s)
{
    corpus_free(s->all);
    s->all = NULL;
    for (size_t i = 0; i < s->map_count; i++)
        munmap(s->maps[i].bytes, s->maps[i].size);
    s->map_count = 0;
}

static status open_all(shelf *s, fault *f)
{
    engine_text *library;
    size_t count;
    unmap_all(s);
    TRY(case_library(s->db, s->mem, 0, &library, &count, f));
    TRY(corpus_new(&s->all, s->count, library, count, f));
    s->maps = ARENA_ARRAY(s->mem, mapping, 2 * s->year_count);
    if (!s->maps)
        return fault_memory(f);
    for (size_t i = 0; i < s->year_count; i++)
        TRY(open_year(s, &s->years[i], f));
    match_texts(s);
    return OK;
}

/* ---- completing ---- */

static bool is_missing(const void *state, int64_t id)
{
    const listed *one = find_listed(state, id);
    return one && one->number == CORPUS_NONE;
}

static bool is_listed(const void *state, int64_t id)
{
    return find_listed(state, id) != NULL;
}

/* The segment of the year's texts, or only of those that are missing. */
static status make_segment(shelf *s, const year_state *y, bool anew, arena *mem, case_list *list,
                           buffer *image, fault *f)
{
    reading r = *corpus_reading(s->all);
    TRY(case_list_read(s->db, mem, Q_SIMILAR_TEXTS_OF_YEAR, y->year, anew ? is_listed : is_missing,
                       s, list, f));
    segment_name *names = ARENA_ARRAY(mem, segment_name, list->count);
    if (!names)
        return fault_memory(f);
    for (size_t i = 0; i < list->count; i++) {
        names[i].id = list->facts[i].id;
        memcpy(names[i].identity, list->facts[i].key_hash, IDENTITY_SIZE);
    }
    r.threads = list->count > 100 ? parallel_threads(0) : 1;
    return segment_build(&r, list->texts, names, list->count, image, f);
}

static status write_year(shelf *s, const year_state *y, bool anew, fault *f)
{
    case_list list = {0};
    buffer image = BUFFER_INIT;
    arena *mem = arena_new((size_t)1 << 30);
    status st = mem ? make_segment(s, y, anew, mem, &list, &image, f) : fault_memory(f);
    const char *segment_path = path_of(s, y->year, "segment"),
               *log_path = path_of(s, y->year, "log");
    if (st == OK && (!segment_path || !log_path))
        st = fault_memory(f);
    if (st == OK && anew) {
        st = file_write(segment_path, image.bytes, image.size, f);
        if (st == OK)
            unlink(log_path);
    } else if (st == OK) {
        st = append(log_path, y->log_size, &image, f);
    }
    buffer_free(&image);
    case_list_free(&list);
    arena_free(mem);
    return st;
}

/* Writes what is missing; *changed: it has to be opened again. */
static status complete(shelf *s, bool *changed, fault *f)
{
    *changed = false;
    for (size_t i = 0; i < s->year_count; i++) {
        const year_state *y = &s->years[i];
        bool anew =
            y->refused || y->logged >= LOG_MOST || (y->missing + y->stale) * DRIFT_MOST > y->texts;
        if (!anew && !y->missing)
            continue;
        *changed = true;
        TRY(write_year(s, y, anew, f));
    }
    return OK;
}

static status open_under_lock(shelf *s, fault *f)
{
    bool changed;
    TRY(read_list(s, f));
    TRY(list_years(s, f));
    TRY(open_all(s, f));
    TRY(complete(s, &changed, f));
    return changed ? open_all(s, f) : OK;
}

static status take_lock(shelf *s, int *fd, fault *f)
{
    const char *path = arena_format(s->mem, "%s/lock", s->folder);
    TRY(file_make_folder(s->folder, f));
    if (!path)
        return fault_memory(f);
    *fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (*fd < 0 || flock(*fd, LOCK_EX) != 0)
        return fail_file(f, path);
    return OK;
}

status shelf_open(store *db, shelf **out, fault *f)
{
    shelf *s = calloc(1, sizeof *s);
    int lock = -1;
    if (!s)
        return fault_memory(f);
    s->db = db;
    s->mem = arena_new((size_t)1 << 30);
    s->folder = s->mem ? arena_format(s->mem, "%s-similar", store_path(db)) : NULL;
    status st = s->folder ? take_lock(s, &lock, f) : fault_memory(f);
    if (st == OK)
        st = open_under_lock(s, f);
    if (lock >= 0)
        close(lock);
    if (st == OK)
        *out = s;
    else
        shelf_close(s);
    return st;
}

void shelf_close(shelf *s)
{
    if (!s)
        return;
    unmap_all(s);
    arena_free(s->mem);
    free(s);
}

corpus *shelf_corpus(shelf *s)
{
    return s->all;
}

size_t shelf_find(const shelf *s, int64_t id)
{
    const listed *one = find_listed(s, id);
    return one ? one->number : CORPUS_NONE;
}
