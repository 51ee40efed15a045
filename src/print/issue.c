/* Issuing, reissuing and printing certificates of the register. */
#include "certificate.h"

#include "chamthi/file.h"
#include "chamthi/print.h"
#include "chamthi/random.h"
#include "chamthi/text.h"

#include <stdio.h>
#include <string.h>

enum { ROW_MEMORY = 16 * 1024 * 1024, ERRORS_SHOWN = 5 };

typedef struct {
    store *db;
    arena *mem, *row;
    font_book *fonts;
    certificate_template *template;
    const issue_settings *settings;
    contest *contest; /* of the certificate at hand */
} desk;

static status desk_open(desk *d, fault *f)
{
    d->row = arena_new(ROW_MEMORY);
    if (!d->row)
        return fault_memory(f);
    TRY(font_book_new(&d->fonts, f));
    return template_standard(d->mem, &d->template, f);
}

static void desk_close(desk *d)
{
    font_book_free(d->fonts);
    arena_free(d->row);
}

/* ---- what goes on the page ---- */
static status put_facts(desk *d, const certificate *c, certificate_facts *out, fault *f)
{
    if (!d->contest || d->contest->year != c->year)
        TRY(contest_get(d->db, d->mem, c->year, &d->contest, f));
    *out = (certificate_facts){0};
    if (!date_parse(c->decision_date, &out->day))
        return FAIL(f, E_INPUT, "ngày quyết định “%s” sai", "the decision date “%s” is wrong",
                    c->decision_date);
    const struct {
        fact which;
        const char *value;
    } facts[] = {{FACT_NAME, c->name},
                 {FACT_HONORIFIC, c->honorific},
                 {FACT_ADDRESS, c->address},
                 {FACT_ACHIEVEMENT, c->achievement},
                 {FACT_PRIZE, c->prize},
                 {FACT_TITLE, c->title},
                 {FACT_SERIAL, c->serial},
                 {FACT_DECISION, c->decision},
                 {FACT_CODE, c->code},
                 {FACT_QR, c->qr},
                 {FACT_CONTEST, d->contest->name},
                 {FACT_ORGANIZER, d->contest->organizer},
                 {FACT_PLACE, d->contest->place},
                 {FACT_SIGNATORY_TITLE, d->contest->signatory_title},
                 {FACT_SIGNATORY_NAME, d->contest->signatory_name}};
    for (size_t i = 0; i < sizeof facts / sizeof *facts; i++)
        out->values[facts[i].which] = facts[i].value;
    return OK;
}

/* With a seed the code follows from the serial and the name; without one it is random. */
static void make_code(const issue_settings *settings, const certificate *c, char out[CODE_TEXT_MAX])
{
    unsigned char bytes[HASH_SIZE];
    random_bytes(bytes, sizeof bytes);
    if (settings->seed) {
        hash_state h;
        hash_start(&h, settings->seed, SEED_SIZE);
        hash_piece(&h, c->serial, strlen(c->serial));
        hash_piece(&h, c->name, strlen(c->name));
        hash_end(&h, bytes);
    }
    code_from_bytes(out, bytes);
}

static status number_certificate(desk *d, certificate *c, fault *f)
{
    char code[CODE_TEXT_MAX];
    const char *url = d->settings->public_url;
    TRY(certificate_next_serial(d->db, d->mem, c->year, d->template->kind, &c->serial, f));
    make_code(d->settings, c, code);
    c->code = arena_string(d->mem, code);
    c->qr = *url ? arena_format(d->mem, "%s/vi/certificate?code=%s", url, code) : c->code;
    return c->code && c->qr ? OK : fault_memory(f);
}

/* Inside a transaction. */
static status issue_one(desk *d, certificate *c, int64_t replaces, fault *f)
{
    certificate_facts facts;
    buffer pdf = BUFFER_INIT;
    TRY(number_certificate(d, c, f));
    TRY(put_facts(d, c, &facts, f));
    status st = certificate_single(d->fonts, d->template, &facts, &pdf, f);
    if (st == OK)
        st = certificate_register(d->db, c, (slice){pdf.bytes, pdf.size}, replaces, f);
    buffer_free(&pdf);
    return st;
}

/* ---- issuing ---- */
/* Lays every page out with a stand-in for what is not known yet. */
static status preflight(desk *d, const certificate *list, size_t count, fault *f)
{
    placed_block places[TEMPLATE_BLOCKS_MOST];
    buffer vi = BUFFER_INIT, en = BUFFER_INIT;
    size_t failed = 0, blocks;
    canvas *c;
    status st = canvas_new(&c, d->fonts, f);
    for (size_t i = 0; st == OK && i < count; i++) {
        certificate stand_in = list[i];
        certificate_facts facts;
        fault why = {0};
        arena_reset(d->row);
        stand_in.serial = "2024/GCN-00000";
        stand_in.code = stand_in.qr = "WWWW-WWWW-WWWW-WWWW-WWWW";
        status one = put_facts(d, &stand_in, &facts, &why);
        if (one == OK)
            one = certificate_place(c, d->row, d->template, &facts, places, &blocks, &why);
        if (one == E_SYSTEM)
            st = f ? (*f = why, one) : one;
        if (one == OK || one == E_SYSTEM || failed++ >= ERRORS_SHOWN)
            continue;
        buffer_format(&vi, "\n  %s", fault_text(&why, LANG_VI));
        buffer_format(&en, "\n  %s", fault_text(&why, LANG_EN));
    }
    if (st == OK && failed)
        st = FAIL(f, E_INPUT, "chưa cấp giấy nào; %zu giấy không in được:%s%.0s",
                  "nothing was issued; %zu certificates cannot be printed:%.0s%s", failed, vi.bytes,
                  en.bytes);
    buffer_free(&vi);
    buffer_free(&en);
    canvas_free(c);
    return st;
}

static status issue_all(desk *d, const char *actor, certificate *list, size_t count, fault *f)
{
    if (!count)
        return OK;
    TRY(preflight(d, list, count, f));
    TRY(store_begin(d->db, actor, f));
    status st = OK;
    for (size_t i = 0; st == OK && i < count; i++)
        st = issue_one(d, &list[i], 0, f);
    if (st == OK)
        return store_commit(d->db, f);
    store_rollback(d->db);
    return st;
}

status certificate_issue(store *db, arena *mem, const char *actor, int64_t year,
                         const issue_settings *settings, issue_result *result, fault *f)
{
    desk d = {.db = db, .mem = mem, .settings = settings};
    certificate *due, *before;
    size_t count = 0, already = 0;
    TRY(certificate_list(db, mem, year, &before, &already, f));
    TRY(certificate_due(db, mem, year, &due, &count, &result->without_decision, f));
    status st = desk_open(&d, f);
    if (st == OK)
        st = issue_all(&d, actor, due, count, f);
    desk_close(&d);
    result->issued = (int64_t)count;
    result->already = (int64_t)already;
    return st;
}

/* ---- reissuing ---- */
static status rename_award(desk *d, const certificate *c, fault *f)
{
    char object[40];
    char *fold = text_fold_string(d->mem, c->name);
    if (!fold)
        return fault_memory(f);
    TRY(store_run(d->db, Q_AWARD_RENAME, ARGS(v_text(c->name), v_text(fold), v_int(c->award)), NULL,
                  f));
    snprintf(object, sizeof object, "award %lld", (long long)c->award);
    return audit_record(d->db, "award.rename", object, NULL, c->serial, f);
}

static status replace(desk *d, const certificate *old, certificate *next, const char *reason,
                      fault *f)
{
    TRY(store_run(d->db, Q_CERTIFICATE_STATE,
                  ARGS(v_text("replaced"), v_text(reason), v_int(old->id)), NULL, f));
    TRY(issue_one(d, next, old->id, f));
    return strcmp(next->name, old->name) ? rename_award(d, next, f) : OK;
}

static status reissue(desk *d, const char *actor, const certificate *old, certificate *next,
                      const char *reason, fault *f)
{
    TRY(preflight(d, next, 1, f));
    TRY(store_begin(d->db, actor, f));
    status st = replace(d, old, next, reason, f);
    if (st == OK)
        return store_commit(d->db, f);
    store_rollback(d->db);
    return st;
}

status certificate_reissue(store *db, arena *mem, const char *actor, const char *serial,
                           const char *name, const char *reason, const issue_settings *settings,
                           certificate *out, fault *f)
{
    desk d = {.db = db, .mem = mem, .settings = settings};
    certificate old;
    TRY(certificate_find(db, mem, serial, &old, f));
    if (strcmp(old.state, "issued") != 0)
        return FAIL(f, E_CONFLICT, "giấy chứng nhận %s không còn hiệu lực, không cấp đổi được",
                    "the certificate %s is not valid any more and cannot be replaced", old.serial);
    *out = old;
    out->name = name ? name : old.name;
    status st = desk_open(&d, f);
    if (st == OK)
        st = reissue(&d, actor, &old, out, reason, f);
    desk_close(&d);
    return st;
}

/* ---- printing ---- */
typedef struct {
    desk d;
    const certificate *list;
    size_t count;
} print_run;

/* The page as it would be made today must be the page that was frozen. */
static status check_frozen(print_run *r, const certificate *c, const certificate_facts *facts,
                           fault *f)
{
    buffer now = BUFFER_INIT, frozen = BUFFER_INIT;
    status st = certificate_single(r->d.fonts, r->d.template, facts, &now, f);
    if (st == OK)
        st = certificate_pdf(r->d.db, c->id, &frozen, f);
    if (st == OK && (now.size != frozen.size || memcmp(now.bytes, frozen.bytes, now.size) != 0))
        st = FAIL(
            f, E_CONFLICT,
            "%s: mẫu in hoặc cuộc thi đã thay đổi từ khi cấp; hãy in bản đã lưu bằng --each DIR",
            "%s: the template or contest changed since it was issued; print the frozen file "
            "with --each DIR",
            c->serial);
    buffer_free(&now);
    buffer_free(&frozen);
    return st;
}

static status draw_all(print_run *r, canvas *c, date *day, fault *f)
{
    ornaments o;
    TRY(ornaments_make(c, r->d.template, &o, f));
    for (size_t i = 0; i < r->count; i++) {
        certificate_facts facts;
        arena_reset(r->d.row);
        TRY(put_facts(&r->d, &r->list[i], &facts, f));
        TRY(check_frozen(r, &r->list[i], &facts, f));
        TRY(certificate_draw(c, r->d.row, r->d.template, &o, &facts, f));
        *day = facts.day;
    }
    return OK;
}

static status write_all(print_run *r, const char *path, fault *f)
{
    canvas *c;
    buffer pdf = BUFFER_INIT;
    date day = {0};
    TRY(canvas_new(&c, r->d.fonts, f));
    status st = draw_all(r, c, &day, f);
    if (st == OK)
        st = canvas_save(c,
                         &(canvas_facts){"Giấy chứng nhận", "",
                                         "Bản in gộp; bản gốc là tệp riêng của từng giấy", day},
                         &pdf, f);
    if (st == OK)
        st = file_write(path, pdf.bytes, pdf.size, f);
    buffer_free(&pdf);
    canvas_free(c);
    return st;
}

static status write_each(print_run *r, const char *folder, fault *f)
{
    TRY(file_make_folder(folder, f));
    for (size_t i = 0; i < r->count; i++) {
        buffer pdf = BUFFER_INIT;
        arena_reset(r->d.row);
        char *name = certificate_file_name(r->d.row, r->list[i].serial, i + 1);
        char *path = name ? file_join(r->d.row, folder, name) : NULL;
        status st = path ? certificate_pdf(r->d.db, r->list[i].id, &pdf, f) : fault_memory(f);
        if (st == OK)
            st = file_write(path, pdf.bytes, pdf.size, f);
        buffer_free(&pdf);
        TRY(st);
    }
    return OK;
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

status certificate_print(store *db, arena *mem, const char *actor, int64_t year,
                         const char *const *serials, size_t serial_count, const char *out,
                         const char *each, size_t *printed, fault *f)
{
    print_run r = {.d = {.db = db, .mem = mem}};
    certificate *list = NULL;
    TRY(choose(db, mem, year, serials, serial_count, &list, &r.count, f));
    r.list = list;
    status st = desk_open(&r.d, f);
    if (st == OK && out)
        st = write_all(&r, out, f);
    if (st == OK && each)
        st = write_each(&r, each, f);
    if (st == OK)
        st = certificate_printed(db, actor, r.list, r.count, f);
    desk_close(&r.d);
    *printed = r.count;
    return st;
}
