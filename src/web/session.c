/* Cookie, session, CSRF token, Origin. */
#include "session.h"

#include "chamthi/random.h"

#include <sodium.h>
#include <string.h>

/* The prefix makes browsers refuse the cookie from other hosts and without TLS. */
static const char *cookie_name(const site *s)
{
    return s->secure ? "__Host-chamthi" : "chamthi";
}

static bool read_cookie(const char *header, const char *name, char out[TOKEN_TEXT])
{
    size_t size = strlen(name);
    unsigned char bytes[TOKEN_SIZE];
    while (header && *header) {
        header += strspn(header, " ;");
        size_t length = strcspn(header, ";");
        if (length == size + TOKEN_TEXT && strncmp(header, name, size) == 0 &&
            header[size] == '=') {
            memcpy(out, header + size + 1, TOKEN_TEXT - 1);
            out[TOKEN_TEXT - 1] = '\0';
            return hex_decode(bytes, sizeof bytes, out);
        }
        header += length;
    }
    return false;
}

/* ---- how pages look ---- */

static const char *const sizes[SIZE_COUNT] = {"normal", "large", "largest"};
static const char *const themes[THEME_COUNT] = {"device", "light", "dark"};
static const char look_cookie[] = "look=";

static int word_of(const char *const *words, int count, const char *text, size_t size)
{
    for (int i = 0; i < count; i++)
        if (strlen(words[i]) == size && memcmp(words[i], text, size) == 0)
            return i;
    return 0;
}

void look_read(request *r)
{
    const char *p = r->in->cookie;
    while (p && *p) {
        p += strspn(p, " ;");
        size_t length = strcspn(p, ";"), name = sizeof look_cookie - 1;
        const char *dot = memchr(p, '.', length);
        if (dot && length > name && memcmp(p, look_cookie, name) == 0) {
            const char *size = p + name;
            r->look.size = (unsigned)word_of(sizes, SIZE_COUNT, size, (size_t)(dot - size));
            r->look.theme =
                (unsigned)word_of(themes, THEME_COUNT, dot + 1, (size_t)(p + length - dot) - 1);
        }
        p += length;
    }
}

void look_set(request *r, const char *size, const char *theme)
{
    r->look.size = (unsigned)word_of(sizes, SIZE_COUNT, size, strlen(size));
    r->look.theme = (unsigned)word_of(themes, THEME_COUNT, theme, strlen(theme));
    reply_header(r, "Set-Cookie",
                 arena_format(r->mem, "%s%s.%s; Path=/; HttpOnly; SameSite=Lax; Max-Age=31536000%s",
                              look_cookie, sizes[r->look.size], themes[r->look.theme],
                              r->site->secure ? "; Secure" : ""));
}

static status look_up(request *r, fault *f)
{
    status st = account_session(r->login, r->mem, r->token, r->in->now, &r->who, f);
    r->signed_in = st == OK;
    return st == E_MISSING ? OK : st;
}

status session_read(request *r, fault *f)
{
    if (!read_cookie(r->in->cookie, cookie_name(r->site), r->token)) {
        r->token[0] = '\0';
        return OK;
    }
    return look_up(r, f);
}

/* A keyed hash of the cookie's token: nobody who cannot read the cookie can make it, and it need
 * not be stored. */
static void csrf_of(const char token[TOKEN_TEXT], char out[2 * HASH_SIZE + 1])
{
    unsigned char key[TOKEN_SIZE] = {0}, hash[HASH_SIZE];
    hash_state h;
    hex_decode(key, sizeof key, token);
    hash_start(&h, key, sizeof key);
    hash_piece(&h, "csrf", 4);
    hash_end(&h, hash);
    hex_encode(out, hash, sizeof hash);
}

const char *session_csrf(request *r)
{
    if (r->csrf)
        return r->csrf;
    if (!r->token[0]) {
        unsigned char token[TOKEN_SIZE];
        random_bytes(token, sizeof token);
        hex_encode(r->token, token, sizeof token);
        r->cookie = COOKIE_SET;
    }
    r->csrf = arena_alloc(r->mem, 2 * HASH_SIZE + 1);
    if (r->csrf)
        csrf_of(r->token, r->csrf);
    return r->csrf ? r->csrf : "";
}

static bool ends_with_host(const char *origin, const char *host)
{
    static const char scheme[] = "http://";
    return host && strncmp(origin, scheme, sizeof scheme - 1) == 0 &&
           strcmp(origin + sizeof scheme - 1, host) == 0;
}

/* Every browser in use sends Origin with a POST; one that sends neither header is not ours. */
static bool own_origin(const request *r)
{
    const http_request *in = r->in;
    if (in->fetch_site && strcmp(in->fetch_site, "same-origin") != 0)
        return false;
    if (!in->origin)
        return in->fetch_site != NULL;
    if (r->site->public_url)
        return strcmp(in->origin, r->site->public_url) == 0;
    return ends_with_host(in->origin, in->host);
}

status session_check_post(const request *r, fault *f)
{
    char wanted[2 * HASH_SIZE + 1];
    const char *got = request_field(r, "csrf");
    csrf_of(r->token, wanted);
    bool good = own_origin(r) && r->token[0] && strlen(got) == strlen(wanted) &&
                sodium_memcmp(got, wanted, sizeof wanted) == 0;
    return good ? OK
                : FAIL(f, E_DENIED,
                       "biểu mẫu này không phải do trang đang mở của bạn gửi, hoặc trình duyệt "
                       "không nhận cookie; hãy quay lại, tải lại trang rồi gửi lần nữa",
                       "this form was not sent by your own open page, or the browser refuses "
                       "cookies; go back, reload the page and send it again");
}

status session_replace(request *r, const char token[TOKEN_TEXT], fault *f)
{
    memcpy(r->token, token, TOKEN_TEXT);
    r->csrf = NULL;
    r->cookie = COOKIE_SET;
    return look_up(r, f);
}

void session_drop(request *r)
{
    r->token[0] = '\0';
    r->csrf = NULL;
    r->signed_in = false;
    r->cookie = COOKIE_DROPPED;
}

void session_finish(request *r)
{
    if (r->cookie == COOKIE_KEPT)
        return;
    bool set = r->cookie == COOKIE_SET;
    int life = set ? SESSION_SECONDS_JUDGE : 0;
    reply_header(r, "Set-Cookie",
                 arena_format(r->mem, "%s=%s; Path=/; HttpOnly; SameSite=Lax; Max-Age=%d%s",
                              cookie_name(r->site), set ? r->token : "", life,
                              r->site->secure ? "; Secure" : ""));
}
