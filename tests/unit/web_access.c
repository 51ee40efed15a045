/* Who may ask for what over HTTP: the whole matrix of role, route and object. */
#include "visit.h"

/* ---- the matrix: every role, every route, every object ---- */

typedef enum {
    STRANGER,
    ORGANIZER,
    PRINTER,
    AUDITOR,
    JUDGE,
    JUDGE_DISABLED,
    JUDGE_INACTIVE,
    JUDGE_EXPIRED,
    VISITORS
} visitor;
static const char *const visitor_names[VISITORS] = {
    "stranger", "organizer",      "printer",        "auditor",
    "judge",    "disabled judge", "inactive judge", "judge whose session ran out"};

/* Sheets as judge GK01 may meet them. Those from OTHERS on must look as if they did not exist. */
typedef enum {
    OPEN,
    DRAFT,
    RETURNED,
    SUBMITTED,
    RECUSED,
    ABSTAINED,
    CLOSED,
    OTHERS,
    TAKEN_AWAY,
    NOBODYS,
    NOT_YET,
    UNKNOWN,
    OBJECTS
} object;
static const char *const phach_of[OBJECTS] = {"M-OPEN",    "M-DRAFT",   "M-RETURNED", "M-SUBMITTED",
                                              "M-RECUSED", "M-ABSTAIN", "M-CLOSED",   "M-OTHERS",
                                              "M-LOST",    "M-NOBODYS", "M-NOT-YET",  "M-NO-SUCH"};

static const char matrix_rows[] =
    "INSERT INTO round(round_id, year, key, name, position, per_entry, state) VALUES"
    " (3, 2024, 'cu', 'Vòng cũ', 3, 2, 'closed');"
    "INSERT INTO criterion(criterion_id, round_id, key, name, description, position,"
    " points_min, points_max, points_step) VALUES (31, 3, 'noi-dung', 'Nội dung', '', 1, 0, 1000, "
    "50);"
    "INSERT INTO judge(judge_id, code) VALUES (3, 'GK03'), (4, 'GK04'), (5, 'GK05');"
    "INSERT INTO blind SELECT column1, column2, 1, 'Bài', 'x', 1 FROM (VALUES ('M-OPEN', 1),"
    " ('M-DRAFT', 1), ('M-RETURNED', 1), ('M-SUBMITTED', 1), ('M-RECUSED', 1), ('M-ABSTAIN', 1),"
    " ('M-CLOSED', 3), ('M-OTHERS', 1), ('M-LOST', 1), ('M-NOBODYS', 1), ('M-NOT-YET', 2));"
    "INSERT INTO blind_page SELECT phach, 1, 'image/png', x'89504E47' FROM blind WHERE phach LIKE "
    "'M-%';";

/* Every judge's own sheets look the same, so that a cell never depends on the one before it. */
static const char matrix_reset[] =
    "DELETE FROM mark; DELETE FROM mark_revision; DELETE FROM sheet_revision;"
    "DELETE FROM declared_conflict; DELETE FROM suspicion; DELETE FROM sheet_note; DELETE FROM "
    "sheet WHERE phach LIKE 'M-%';"
    "INSERT INTO sheet(sheet_id, round_id, phach, judge_id, state, rev, submitted_at, code) VALUES"
    " (101, 1, 'M-OPEN', 1, 'open', 0, NULL, NULL), (102, 1, 'M-DRAFT', 1, 'draft', 0, NULL, NULL),"
    " (103, 1, 'M-RETURNED', 1, 'returned', 0, 5, 'X'), (104, 1, 'M-SUBMITTED', 1, 'submitted', 0, "
    "5,"
    " 'X'), (105, 1, 'M-RECUSED', 1, 'recused', 0, NULL, NULL), (106, 1, 'M-ABSTAIN', 1, "
    "'abstained',"
    " 0, NULL, NULL), (107, 3, 'M-CLOSED', 1, 'draft', 0, NULL, NULL), (108, 1, 'M-OTHERS', 2,"
    " 'submitted', 0, 5, 'Y'), (109, 1, 'M-LOST', 1, 'lost', 0, NULL, NULL), (110, 2, 'M-NOT-YET', "
    "1,"
    " 'open', 0, NULL, NULL);";

/* What judge GK01 gets for each of his routes, by object. The form asks to save one mark at revision 0;
 * 303 goes on (saved, or back to the essay), 409 and 412 name a version in the way. */
static const struct {
    route_id route;
    int codes[OBJECTS];
} judge_cells[] = {
    /*                    open drft retd subm recu abst clos others… */
    {ROUTE_ENTRY, {200, 200, 200, 200, 200, 200, 200, 404, 404, 404, 404, 404}},
    {ROUTE_SHEET, {303, 303, 303, 409, 409, 409, 409, 404, 404, 404, 404, 404}},
    {ROUTE_DRAFT, {204, 204, 204, 412, 412, 412, 412, 404, 404, 404, 404, 404}},
    {ROUTE_RECEIPT, {303, 303, 303, 200, 303, 303, 303, 404, 404, 404, 404, 404}},
    {ROUTE_PICTURE, {200, 200, 200, 200, 404, 200, 200, 404, 404, 404, 404, 404}},
    {ROUTE_SUSPECT_FORM, {200, 200, 200, 200, 303, 303, 200, 404, 404, 404, 404, 404}},
    {ROUTE_SUSPECT, {200, 200, 200, 200, 409, 200, 409, 404, 404, 404, 404, 404}},
    {ROUTE_HISTORY, {200, 200, 200, 200, 200, 200, 200, 404, 404, 404, 404, 404}},
    {ROUTE_RECUSE_FORM, {200, 200, 200, 303, 303, 303, 303, 404, 404, 404, 404, 404}},
    {ROUTE_RECUSE, {303, 303, 303, 409, 303, 303, 409, 404, 404, 404, 404, 404}},
};

static bool has_object(const route *r)
{
    return strstr(r->pattern, ":phach") != NULL;
}

static bool is_signed_in(visitor who)
{
    return who >= ORGANIZER && who <= JUDGE;
}

/* What a visitor gets; 0: the route is missing from the tables above. */
static int wanted_cell(visitor who, route_id id, object what)
{
    const route *r = &routes[id];
    if (r->who != FOR_ANYONE && !is_signed_in(who))
        return r->method == METHOD_GET ? 303 : 401;
    if (r->who == FOR_JUDGE && who != JUDGE)
        return 403;
    for (size_t i = 0; i < sizeof judge_cells / sizeof *judge_cells; i++)
        if (judge_cells[i].route == id)
            return judge_cells[i].codes[what];
    switch (id) {
    case ROUTE_ROOT:
    case ROUTE_LOOK:
    case ROUTE_CODE: return 303;
    case ROUTE_SIGN_IN_FORM: return is_signed_in(who) ? 303 : 200;
    case ROUTE_SIGN_IN: return 403; /* no name, no password */
    case ROUTE_SIGN_OUT: return 303;
    case ROUTE_HOME:
    case ROUTE_CERTIFICATE:
    case ROUTE_CONTEST:
    case ROUTE_RESULTS: /* a page that says that they are not public */
    case ROUTE_DRAWS:
    case ROUTE_HEALTH:
    case ROUTE_ASSET:
    case ROUTE_GIVEN:
    case ROUTE_QUEUE: return 200;
    case ROUTE_METHODS: /* not public, so not there */
    case ROUTE_DRAW_INPUTS:
    case ROUTE_CERTIFICATE_FILE: return 404; /* no file was sent */
    default: return 0;
    }
}

typedef struct {
    visit v;
    char cookies[VISITORS][200];
} matrix;

static void meet(matrix *m, visitor who, const char *name, account_role role, const char *judge)
{
    visit *v = &m->v;
    assert_ok(account_add(v->organizer, "cli:t", name, role, judge, password, &v->f), &v->f);
    if (role == ROLE_ORGANIZER)
        give_code(v, name);
    v->cookie[0] = '\0';
    assert_int_equal(sign_in(v, name), 303);
    snprintf(m->cookies[who], sizeof m->cookies[who], "%s", v->cookie);
}

static void matrix_start(matrix *m)
{
    visit_start(&m->v);
    run_sql(m->v.path, matrix_rows);
    get(&m->v, "/vi/sign-in");
    snprintf(m->cookies[STRANGER], sizeof m->cookies[STRANGER], "%s", m->v.cookie);
    meet(m, ORGANIZER, "m-organizer", ROLE_ORGANIZER, NULL);
    meet(m, PRINTER, "m-printer", ROLE_PRINTER, NULL);
    meet(m, AUDITOR, "m-auditor", ROLE_AUDITOR, NULL);
    meet(m, JUDGE, "m-judge", ROLE_JUDGE, "GK01");
    meet(m, JUDGE_DISABLED, "m-disabled", ROLE_JUDGE, "GK03");
    meet(m, JUDGE_INACTIVE, "m-inactive", ROLE_JUDGE, "GK04");
    meet(m, JUDGE_EXPIRED, "m-expired", ROLE_JUDGE, "GK05");
    run_sql(m->v.path, "UPDATE user SET disabled_at = 1 WHERE name = 'm-disabled';"
                       "UPDATE judge SET active = 0 WHERE code = 'GK04';"
                       "UPDATE session SET expires_at = 1 WHERE user_id ="
                       " (SELECT user_id FROM user WHERE name = 'm-expired')");
}

static int ask_cell(matrix *m, visitor who, route_id id, object what, arena *mem)
{
    visit *v = &m->v;
    const route *r = &routes[id];
    const char *address = has_object(r) ? route_address(mem, id, LANG_VI, phach_of[what])
                                        : address_of(id, mem, LANG_VI);
    const char *form_page = is_signed_in(who) ? "/vi" : "/vi/sign-in";
    snprintf(v->cookie, sizeof v->cookie, "%s", m->cookies[who]);
    if (r->method == METHOD_GET)
        return get(v, address);
    v->if_match = "\"0\"";
    return send_form(v, method_of(r), form_page, address,
                     "rev=0&do=save&reason=author&text=x&m-11=5&m-31=5");
}

static void check_cell(matrix *m, visitor who, route_id id, object what, arena *mem)
{
    int wanted = wanted_cell(who, id, what), code = ask_cell(m, who, id, what, mem);
    if (!wanted)
        fail_msg("%s is missing from the matrix", routes[id].name);
    if (code != wanted)
        fail_msg("%s of %s for %s: %d, not %d", routes[id].name, phach_of[what], visitor_names[who],
                 code, wanted);
}

TEST(
    "role by route by object: every cell is what the table says, and a refused one changes nothing")
{
    matrix m;
    size_t cells = 0;
    matrix_start(&m);
    arena *mem = arena_new(1 << 20);
    for (int who = 0; who < VISITORS; who++)
        for (size_t id = 0; id < ROUTE_COUNT; id++)
            for (int what = 0; what < OBJECTS; what++) {
                if (what && !has_object(&routes[id]))
                    continue;
                if (id == ROUTE_SIGN_OUT && is_signed_in((visitor)who))
                    continue; /* the next test */
                if (id == ROUTE_SIGN_IN)
                    run_sql(m.v.path, "DELETE FROM login_failure");
                run_sql(m.v.path, matrix_reset);
                int64_t before = changes(&m.v);
                check_cell(&m, (visitor)who, (route_id)id, (object)what, mem);
                if (m.v.reply.code >= 400 && id != ROUTE_SIGN_IN)
                    assert_int_equal(changes(&m.v), before);
                if (routes[id].method == METHOD_GET)
                    assert_int_equal(changes(&m.v), before);
                arena_reset(mem);
                cells++;
            }
    assert_true(cells > 600);
    arena_free(mem);
    visit_end(&m.v);
}

TEST("everybody who is signed in can sign out, and nobody is then signed in any more")
{
    matrix m;
    matrix_start(&m);
    arena *mem = arena_new(1 << 20);
    for (int who = ORGANIZER; who <= JUDGE; who++) {
        check_cell(&m, (visitor)who, ROUTE_SIGN_OUT, OPEN, mem);
        snprintf(m.v.cookie, sizeof m.v.cookie, "%s", m.cookies[who]);
        assert_int_equal(get(&m.v, "/vi/judge"), 303);
    }
    arena_free(mem);
    visit_end(&m.v);
}
