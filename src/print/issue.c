/* Issuing and reissuing: numbers, codes, signatures, frozen pages. */
#include "register_page.h"
#include "signed.h"

#include "chamthi/random.h"
#include "chamthi/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ROW_MEMORY = 16 * 1024 * 1024 };

typedef struct {
    store *db;
    arena *mem, *row;
    font_book *fonts;
    const issue_settings *settings;
    contest *contest; /* of the year at hand */
    layout_shelf shelf;
    unsigned char secret[SIGN_SECRET];
} desk;

static status desk_open(desk *d, int64_t year, fault *f)
{
    d->row = arena_new(ROW_MEMORY);
    if (!d->row)
        return fault_memory(f);
    TRY(font_book_new(&d->fonts, f));
    TRY(contest_get(d->db, d->mem, year, &d->contest, f));
    return shelf_fill(&d->shelf, d->mem, d->settings->template, d->settings->paper, f);
}

static void desk_close(desk *d)
{
    font_book_free(d->fonts);
    arena_free(d->row);
}

/* ---- what goes on the page ---- */
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

/* What the award does not say is the contest's own, or follows from the prize: a Bằng khen is printed on
 * one, a Giấy khen too, and a collective or a subject with any other prize gets a Giấy khen. */
static status complete(const desk *d, certificate *c, fault *f)
{
    char *prize = text_fold_string(d->mem, c->prize);
    if (!prize)
        return fault_memory(f);
    c->kind = strncmp(prize, "bang khen", 9) == 0   ? "BK"
              : strncmp(prize, "giay khen", 9) == 0 ? "GK"
              : strcmp(c->recipient, "entry") == 0  ? "GCN"
                                                    : "GK";
    c->contest = d->contest->name;
    if (c->since) {
        const char *name = contest_name_without_year(d->mem, d->contest);
        c->contest =
            name ? arena_format(d->mem, "%s giai đoạn %d – %d", name, (int)c->since, (int)c->year)
                 : NULL;
        if (!c->contest)
            return fault_memory(f);
    }
    c->organizer = d->contest->organizer;
    c->place = d->contest->place;
    if (!*c->authority)
        c->authority = d->contest->organizer;
    if (strcmp(c->address, c->name) == 0) /* a collective is its own unit */
        c->address = "";
    return OK;
}

static status number_certificate(desk *d, certificate *c, const char *called, fault *f)
{
    char code[CODE_TEXT_MAX];
    TRY(certificate_next_serial(d->db, d->mem, c->year, c->kind, &c->serial, f));
    make_code(d->settings, c, code);
    c->code = arena_string(d->mem, code);
    if (!c->code)
        return fault_memory(f);
    return signed_make(d->mem, c, called, d->settings->public_url, d->secret, &c->qr, f);
}

/* Inside a transaction. */
static status issue_one(desk *d, certificate *c, int64_t replaces, fault *f)
{
    certificate_facts facts;
    buffer pdf = BUFFER_INIT;
    layout_choice *layout;
    TRY(shelf_choose(&d->shelf, d->db, d->mem, c, &layout, f));
    TRY(number_certificate(d, c, layout->template->called, f));
    if (!layout->id)
        TRY(certificate_template_put(d->db, layout->name, layout->yaml, &layout->id, f));
    c->template_id = layout->id;
    TRY(register_facts(c, &facts, f));
    status st = certificate_single(d->fonts, layout->template, &facts, &pdf, f);
    if (st == OK)
        st = certificate_register(d->db, c, (slice){pdf.bytes, pdf.size}, replaces, f);
    buffer_free(&pdf);
    return st;
}

/* ---- before anything is issued ---- */
static bool has_loose_marks(const certificate *c)
{
    const char *const printed[] = {c->name,    c->honorific, c->address,         c->achievement,
                                   c->prize,   c->title,     c->decision,        c->authority,
                                   c->contest, c->organizer, c->signatory_title, c->signatory_name};
    for (size_t i = 0; i < sizeof printed / sizeof *printed; i++)
        if (strpbrk(printed[i], "\xCC\xCD"))
            return true;
    return false;
}

/* Lays a page out with stand-ins of the usual length for what is not known yet. */
static status try_out(desk *d, canvas *c, const certificate *due, fault *f)
{
    placed_block places[TEMPLATE_BLOCKS_MOST];
    certificate stand_in = *due;
    certificate_facts facts;
    layout_choice *layout;
    size_t blocks;
    static const unsigned char no_secret[SIGN_SECRET];
    if (has_loose_marks(due))
        return FAIL(f, E_INPUT, "“%s”: chữ chưa ở dạng dựng sẵn (NFC); hãy nhập lại tên",
                    "“%s”: text that is not composed (NFC); enter it again", due->name);
    TRY(shelf_choose(&d->shelf, d->db, d->mem, due, &layout, f));
    stand_in.serial = "2024/GCN-00000";
    stand_in.code = "WWWW-WWWW-WWWW-WWWW-WWWW";
    TRY(signed_make(d->row, &stand_in, layout->template->called, d->settings->public_url, no_secret,
                    &stand_in.qr, f));
    TRY(ornament_qr_fits(stand_in.qr, f));
    TRY(register_facts(&stand_in, &facts, f));
    return certificate_place(c, d->row, layout->template, &facts, places, &blocks, f);
}

static status preflight(desk *d, const certificate *list, size_t count, print_problems *problems,
                        fault *f)
{
    canvas *c;
    status st = canvas_new(&c, d->fonts, f);
    for (size_t i = 0; st == OK && i < count; i++) {
        fault why = {0};
        arena_reset(d->row);
        status one = try_out(d, c, &list[i], &why);
        if (one == E_SYSTEM)
            st = f ? (*f = why, one) : one;
        else if (one != OK)
            print_problems_add(problems, (size_t)list[i].award, &why);
    }
    canvas_free(c);
    return st == OK ? print_problems_check(problems, f) : st;
}

/* ---- issuing ---- */
static status issue_all(desk *d, const char *actor, certificate *list, size_t count, fault *f)
{
    if (!count)
        return OK;
    TRY(store_begin(d->db, actor, f));
    status st = signing_secret(d->db, d->settings->seed, d->secret, f);
    for (size_t i = 0; st == OK && i < count; i++)
        st = issue_one(d, &list[i], 0, f);
    if (st == OK)
        return store_commit(d->db, f);
    store_rollback(d->db);
    return st;
}

/* Awards named by number are left for another time; a number that is none of them is a slip. */
static status leave_out(const char *exclude, certificate *list, size_t *count, fault *f)
{
    for (const char *p = exclude ? exclude : "", *end; *(p += strspn(p, ", ")); p = end) {
        char *stop;
        long long award = strtoll(p, &stop, 10);
        size_t i = 0;
        end = stop;
        while (i < *count && list[i].award != award)
            i++;
        if (stop == p || i == *count)
            return FAIL(f, E_USAGE, "--exclude: “%s” không phải số của một giải đang chờ cấp giấy",
                        "--exclude: “%s” is no award that waits for its certificate", p);
        memmove(&list[i], &list[i + 1], (--*count - i) * sizeof *list);
    }
    return OK;
}

static status issue(desk *d, const char *actor, certificate *due, size_t count,
                    print_problems *problems, fault *f)
{
    for (size_t i = 0; i < count; i++)
        TRY(complete(d, &due[i], f));
    TRY(preflight(d, due, count, problems, f));
    return issue_all(d, actor, due, count, f);
}

status certificate_issue(store *db, arena *mem, const char *actor, int64_t year,
                         const issue_settings *settings, print_problems *problems,
                         issue_result *result, fault *f)
{
    desk d = {.db = db, .mem = mem, .settings = settings};
    certificate *due, *before;
    size_t count = 0, already = 0;
    TRY(certificate_list(db, mem, year, &before, &already, f));
    TRY(certificate_due(db, mem, year, &due, &count, &result->without_decision, f));
    size_t all = count;
    TRY(leave_out(settings->exclude, due, &count, f));
    status st = desk_open(&d, year, f);
    if (st == OK)
        st = issue(&d, actor, due, count, problems, f);
    desk_close(&d);
    result->issued = (int64_t)count;
    result->excluded = (int64_t)(all - count);
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
                      const char *reason, print_problems *problems, fault *f)
{
    TRY(preflight(d, next, 1, problems, f));
    TRY(store_begin(d->db, actor, f));
    status st = signing_secret(d->db, d->settings->seed, d->secret, f);
    if (st == OK)
        st = replace(d, old, next, reason, f);
    if (st == OK)
        return store_commit(d->db, f);
    store_rollback(d->db);
    return st;
}

status certificate_reissue(store *db, arena *mem, const char *actor, const char *serial,
                           const char *name, const char *reason, const issue_settings *settings,
                           print_problems *problems, certificate *out, fault *f)
{
    desk d = {.db = db, .mem = mem, .settings = settings};
    certificate old;
    TRY(certificate_find(db, mem, serial, &old, f));
    if (strcmp(old.state, "issued") != 0)
        return FAIL(f, E_CONFLICT, "giấy chứng nhận %s không còn hiệu lực, không cấp đổi được",
                    "the certificate %s is not valid any more and cannot be replaced", old.serial);
    *out = old;
    out->name = name ? text_display_string(mem, name) : old.name;
    if (!out->name)
        return fault_memory(f);
    if (!out->name[strspn(out->name, " ;\n")])
        return FAIL(f, E_USAGE,
                    "--name: tên trống; hãy viết đủ họ tên, hoặc bỏ --name nếu tên cũ đúng",
                    "--name: the name is empty; write all of it, or leave --name out if the old "
                    "one is right");
    status st = desk_open(&d, old.year, f);
    if (st == OK && !old.template_id)
        st = complete(&d, out, f);
    if (st == OK)
        st = reissue(&d, actor, &old, out, reason, problems, f);
    desk_close(&d);
    return st;
}
