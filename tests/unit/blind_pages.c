/* Blindness over HTTP: two servers whose databases differ only in hidden identity give every judge, to
 * every request, the same status, headers and bytes. */
#include "blind_house.h"
#include "visit.h"

#include "chamthi/random.h"

typedef struct {
    blind_house house;
    visit v;
} blind_server;

/* A session of judge GK01 whose token is known, so that both cookies and both forms are alike. */
static void give_session(blind_server *b)
{
    unsigned char token[TOKEN_SIZE], hash[HASH_SIZE];
    char hex[2 * HASH_SIZE + 1], sql[300];
    memset(token, 0x5A, sizeof token);
    hash_bytes(hash, token, sizeof token);
    hex_encode(hex, hash, sizeof hash);
    snprintf(sql, sizeof sql, "INSERT INTO session VALUES (x'%s', 1, 1, 1, 9000000000)", hex);
    run_sql(b->house.path, sql);
    hex_encode(hex, token, sizeof token);
    snprintf(b->v.cookie, sizeof b->v.cookie, "chamthi=%s", hex);
}

static void blind_start(blind_server *b, const identity *who)
{
    memset(b, 0, sizeof *b);
    build(&b->house, who);
    memcpy(b->v.path, b->house.path, sizeof b->v.path);
    b->v.now = 1700000000;
    give_session(b);
    assert_ok(worker_open(&b->v.worker, b->v.path, &b->v.f), &b->v.f);
    assert_ok(account_gate_new(&b->v.site.gate, &b->v.f), &b->v.f);
    assert_ok(rate_new(&b->v.site.look_ups, 1000000, &b->v.f), &b->v.f);
}

static void blind_end(blind_server *b)
{
    buffer_free(&b->v.reply.page.out);
    worker_close(&b->v.worker);
    account_gate_free(b->v.site.gate);
    rate_free(b->v.site.look_ups);
    take_down(&b->house);
}

/* Status, headers and body as one text. */
static void write_reply(const visit *v, buffer *out)
{
    buffer_clear(out);
    buffer_format(out, "%d\n", v->reply.code);
    for (size_t i = 0; i < v->reply.header_count; i++)
        buffer_format(out, "%s: %s\n", v->reply.headers[i].name, v->reply.headers[i].value);
    buffer_put(out, v->reply.fixed.bytes ? v->reply.fixed.bytes : page(v),
               v->reply.fixed.bytes ? v->reply.fixed.size : v->reply.page.out.size);
}

/* ---- what is asked ---- */

/* Codes that are his, another's, nobody's; names, receipts and tricks. */
static const char *const parts[] = {
    "AAAA",        "BBBB",          "CCCC",         "ZZZZ", "2024-000151",
    "2024-000184", "Nguyễn Thị Lộ", "Trần Văn Kín", "1",    "U51",
    "' OR 1=1 --", "../entry/AAAA", "chamthi.css",  "2024", "BE0A-BJQF-2GWN-X0X8-SQS1"};
/* Filters, sorts, searches and exports that some other program might know. */
static const char *const queries[] = {"",
                                      "?sort=author&order=desc",
                                      "?sort=unit",
                                      "?q=Nguy%E1%BB%85n+Th%E1%BB%8B+L%E1%BB%99",
                                      "?author=Tr%E1%BA%A7n+V%C4%83n+K%C3%ADn",
                                      "?filter=receipt&receipt=2024-000151",
                                      "?format=csv",
                                      "?export=1&columns=author,unit,words",
                                      "?page=2&limit=1",
                                      "?next=%2Fvi%2Fjudge",
                                      "?code=BE0A-BJQF-2GWN-X0X8-SQS1",
                                      "?rev=1",
                                      "?x=%FF"};
/* What is sent, in this order: the sheets change under it, in both houses alike. */
static const char *const bodies[] = {"rev=0&do=save&m-1=8%2C5&m-2=&comment=m%E1%BB%99t",
                                     "rev=0&do=save&m-1=9&m-2=7",
                                     "rev=1&do=submit&m-1=11&m-2=x",
                                     "rev=2&do=submit&m-1=9&m-2=7&comment=Nguy%E1%BB%85n",
                                     "rev=2&do=submit&m-1=9&m-2=7&comment=Nguy%E1%BB%85n",
                                     "rev=2&reason=author&note=Tr%E1%BA%A7n",
                                     "rev=0&reason=nothing",
                                     "rev=0&reason=relation",
                                     ""};

typedef struct {
    blind_server server[2];
    buffer text[2];
    size_t asked;
} pair;

static void compare(pair *p, const char *method, const char *target, const char *body)
{
    for (int i = 0; i < 2; i++) {
        visit *v = &p->server[i].v;
        char csrf[65] = "", whole[1000];
        if (body[0]) {
            get(v, "/vi/judge");
            read_csrf(v, csrf);
        }
        snprintf(whole, sizeof whole, body[0] ? "csrf=%s&%s" : "%s%s", csrf, body);
        v->if_match = "\"0\"";
        request_as(v, method, target, whole);
        write_reply(v, &p->text[i]);
        for (int k = 0; k < 2; k++)
            if (!strstr(target, "%") && !strstr(body, "%") &&
                strstr(p->text[i].bytes, identities[k].person))
                fail_msg("%s %s says %s", method, target, identities[k].person);
    }
    p->asked++;
    if (p->text[0].size != p->text[1].size ||
        memcmp(p->text[0].bytes, p->text[1].bytes, p->text[0].size) != 0)
        fail_msg("%s %s tells who is who:\n%s\n-----\n%s", method, target, p->text[0].bytes,
                 p->text[1].bytes);
}

static bool has_part(size_t id)
{
    const char *p = routes[id].pattern;
    return strstr(p, ":phach") || strstr(p, ":code") || strstr(p, ":name") || strstr(p, ":year") ||
           strstr(p, ":draw");
}

static void compare_reading(pair *p, const char *method, arena *mem)
{
    for (size_t id = 0; id < ROUTE_COUNT; id++)
        for (size_t k = 0; k < (has_part(id) ? sizeof parts / sizeof *parts : 1); k++)
            for (size_t q = 0; q < sizeof queries / sizeof *queries; q++) {
                language lang = q % 2 ? LANG_EN : LANG_VI;
                const char *path = route_address(mem, (route_id)id, lang, parts[k]);
                compare(p, method, arena_format(mem, "%s%s", path, queries[q]), "");
                arena_reset(mem);
            }
}

static void compare_writing(pair *p, arena *mem)
{
    for (size_t b = 0; b < sizeof bodies / sizeof *bodies; b++)
        for (size_t id = 0; id < ROUTE_COUNT; id++) {
            if (routes[id].method == METHOD_GET || id == ROUTE_SIGN_IN || id == ROUTE_SIGN_OUT)
                continue;
            for (size_t k = 0; k < sizeof parts / sizeof *parts; k++) {
                const char *path = route_address(mem, (route_id)id, LANG_VI, parts[k]);
                compare(p, method_of(&routes[id]), path, bodies[b]);
                arena_reset(mem);
            }
        }
}

static void pair_start(pair *p)
{
    *p = (pair){.text = {BUFFER_INIT, BUFFER_INIT}};
    for (int i = 0; i < 2; i++)
        blind_start(&p->server[i], &identities[i]);
}

static void pair_end(pair *p)
{
    for (int i = 0; i < 2; i++) {
        blind_end(&p->server[i]);
        buffer_free(&p->text[i]);
    }
}

TEST(
    "every reply to a judge is the same, byte for byte, whoever wrote the entries: pages, filters, "
    "sorts, exports, errors, refusals, before and after marking")
{
    static const char *const methods[] = {"GET", "HEAD", "POST", "DELETE", "TRACE"};
    pair p;
    arena *mem = arena_new(1 << 20);
    pair_start(&p);
    for (size_t i = 0; i < sizeof methods / sizeof *methods; i++)
        compare_reading(&p, methods[i], mem);
    compare_writing(&p, mem);
    assert_int_equal(ask(&p.server[0].v, "SELECT count(*) FROM sheet WHERE state = 'submitted'"),
                     3);
    compare_reading(&p, "GET", mem);
    assert_true(p.asked > 3000);
    arena_free(mem);
    pair_end(&p);
}

TEST("a stranger too learns nothing from any address")
{
    pair p;
    arena *mem = arena_new(1 << 20);
    pair_start(&p);
    for (int i = 0; i < 2; i++)
        snprintf(p.server[i].v.cookie, sizeof p.server[i].v.cookie, "chamthi=%064d", 7);
    compare_reading(&p, "GET", mem);
    compare_reading(&p, "POST", mem);
    arena_free(mem);
    pair_end(&p);
}
