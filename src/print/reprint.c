/* Printing what the register holds: frozen files, and sheets drawn again from the frozen facts. */
#include "press.h"
#include "register_page.h"

#include "chamthi/file.h"

#include <string.h>

enum { ROW_MEMORY = 16 * 1024 * 1024 };

typedef struct {
    store *db;
    arena *mem, *row;
    font_book *fonts;
    contest *contest; /* of the certificate at hand, when it is one of schema 1 */
    layout_shelf shelf;
    certificate *list;
    size_t count;
    press *press;
    const print_settings *settings;
} print_run;

/* Schema 1 kept no names of the contest with a certificate: they are still the contest's. */
static status complete_old(print_run *r, certificate *c, fault *f)
{
    if (c->template_id)
        return OK;
    if (!r->contest || r->contest->year != c->year)
        TRY(contest_get(r->db, r->mem, c->year, &r->contest, f));
    c->contest = r->contest->name;
    c->organizer = c->authority = r->contest->organizer;
    c->place = r->contest->place;
    c->signatory_title = r->contest->signatory_title;
    c->signatory_name = r->contest->signatory_name;
    return OK;
}

/* The page as it would be made today must be the page that was frozen. */
static status check_frozen(print_run *r, const certificate *c, const certificate_template *t,
                           const certificate_facts *facts, const buffer *frozen, fault *f)
{
    buffer now = BUFFER_INIT;
    status st = certificate_single(r->fonts, t, facts, &now, f);
    if (st == OK && (now.size != frozen->size || memcmp(now.bytes, frozen->bytes, now.size) != 0))
        st =
            FAIL(f, E_CONFLICT,
                 "%s: phông chữ hoặc chương trình đã thay đổi từ khi cấp; hãy in bản đã lưu bằng "
                 "--each DIR",
                 "%s: the fonts or this program changed since it was issued; print the frozen file "
                 "with --each DIR",
                 c->serial);
    buffer_free(&now);
    return st;
}

static status print_one(print_run *r, certificate *c, fault *f)
{
    certificate_facts facts;
    layout_choice *layout;
    buffer frozen = BUFFER_INIT;
    arena_reset(r->row);
    TRY(complete_old(r, c, f));
    TRY(shelf_choose(&r->shelf, r->db, r->mem, c, &layout, f));
    TRY(register_facts(c, &facts, f));
    status st = certificate_pdf(r->db, c->id, &frozen, f);
    if (st == OK && r->settings->each)
        st = press_single(r->press, &facts, (size_t)c->id, (slice){frozen.bytes, frozen.size}, f);
    if (st == OK && r->settings->out)
        st = check_frozen(r, c, layout->template, &facts, &frozen, f);
    if (st == OK && r->settings->out)
        st = press_put(r->press, layout->template, &facts, f);
    buffer_free(&frozen);
    return st;
}

static status print_all(print_run *r, fault *f)
{
    if (r->settings->each)
        TRY(file_make_folder(r->settings->each, f));
    for (size_t i = 0; i < r->count; i++)
        TRY(print_one(r, &r->list[i], f));
    return press_finish(r->press, f);
}

/* All valid ones of the year, or the named ones, which must be valid. */
static status choose(store *db, arena *mem, int64_t year, const char *const *serials,
                     size_t serial_count, certificate **out, size_t *count, fault *f)
{
    if (!serial_count) {
        size_t all, kept = 0;
        TRY(certificate_list(db, mem, year, out, &all, f));
        for (size_t i = 0; i < all; i++)
            if (strcmp((*out)[i].state, "issued") == 0)
                (*out)[kept++] = (*out)[i];
        *count = kept;
        return kept ? OK
                    : FAIL(f, E_CONFLICT,
                           "cuộc thi %d chưa có giấy chứng nhận nào; hãy chạy trước: "
                           "chamthi certificate issue",
                           "%d has no certificates; run first: chamthi certificate issue",
                           (int)year);
    }
    *out = ARENA_ARRAY(mem, certificate, serial_count);
    if (!*out)
        return fault_memory(f);
    for (*count = 0; *count < serial_count; ++*count) {
        TRY(certificate_find(db, mem, serials[*count], &(*out)[*count], f));
        if (strcmp((*out)[*count].state, "issued") != 0)
            return FAIL(f, E_CONFLICT, "giấy chứng nhận %s không còn hiệu lực",
                        "the certificate %s is not valid", (*out)[*count].serial);
    }
    return OK;
}

static status open_run(print_run *r, fault *f)
{
    r->row = arena_new(ROW_MEMORY);
    if (!r->row)
        return fault_memory(f);
    TRY(font_book_new(&r->fonts, f));
    TRY(press_open(&r->press, r->fonts, r->settings, f));
    return shelf_fill(&r->shelf, r->mem, NULL, NULL, f);
}

status certificate_print(store *db, arena *mem, const char *actor, int64_t year,
                         const char *const *serials, size_t serial_count,
                         const print_settings *settings, size_t *printed, fault *f)
{
    print_run r = {.db = db, .mem = mem, .settings = settings};
    TRY(choose(db, mem, year, serials, serial_count, &r.list, &r.count, f));
    const char *way = !settings->out                     ? "file"
                      : settings->way == PRINT_OVERPRINT ? "overprint"
                                                         : "complete";
    status st = open_run(&r, f);
    if (st == OK)
        st = print_all(&r, f);
    if (st == OK)
        st = certificate_printed(db, actor, r.list, r.count, way, f);
    press_free(r.press);
    font_book_free(r.fonts);
    arena_free(r.row);
    *printed = r.count;
    return st;
}
