/* From an address to a row of the table and back. */
#include "route.h"

#include "form.h"
#include "page/page.h"

#include <string.h>

const route routes[ROUTE_COUNT] = {
#define X(name, method, pattern, page, who, db, body_limit)                                        \
    {#name, method, pattern, page, who, db, body_limit},
#include "routes.h"
#undef X
};

static const char *const languages[LANG_COUNT] = {"vi", "en"};
static const char lang_part[] = "/:lang"; /* nowhere but at the beginning of a pattern */

static bool find_language(slice s, language *out)
{
    for (int i = 0; i < LANG_COUNT; i++)
        if (s.size == 2 && memcmp(s.bytes, languages[i], 2) == 0) {
            *out = (language)i;
            return true;
        }
    return false;
}

/* The part up to the next '/', which is stepped over. */
static slice next_part(const char **at)
{
    *at += **at == '/';
    slice s = {*at, strcspn(*at, "/?")};
    *at += s.size;
    return s;
}

static bool at_end(const char *p)
{
    p += *p == '/';
    return !*p || *p == '?';
}

/* One literal part of a pattern, stepped over in both. */
static bool same_part(const char **pattern, const char **path)
{
    do
        if (*(*pattern)++ != *(*path)++)
            return false;
    while (**pattern && **pattern != '/');
    return !**path || **path == '/' || **path == '?';
}

static bool matches(const char *pattern, const char *path, slice *part)
{
    while (!at_end(pattern) && !at_end(path)) {
        if (pattern[1] != ':') {
            if (!same_part(&pattern, &path))
                return false;
            continue;
        }
        next_part(&pattern);
        *part = next_part(&path);
        if (!part->size)
            return false;
    }
    return at_end(pattern) && at_end(path);
}

static bool same_method(web_method wanted, const char *method)
{
    static const char *const names[METHOD_COUNT] = {"GET", "POST", "PUT"};
    return strcmp(method, names[wanted]) == 0 ||
           (wanted == METHOD_GET && strcmp(method, "HEAD") == 0);
}

/* The methods of an address, by which of them have a row. */
static const char *allowed(unsigned methods)
{
    static const char *const lists[1 << METHOD_COUNT] = {
        NULL,  "GET, HEAD",      "POST",      "GET, HEAD, POST",
        "PUT", "GET, HEAD, PUT", "POST, PUT", "GET, HEAD, POST, PUT"};
    return lists[methods];
}

status route_find(arena *mem, const char *method, const char *target, route_match *out, fault *f)
{
    *out = (route_match){.lang = LANG_VI};
    unsigned methods = 0;
    slice part = {NULL, 0};
    const char *rest = target;
    bool spoken = find_language(next_part(&rest), &out->lang);
    for (size_t i = 0; i < ROUTE_COUNT; i++) {
        const char *pattern = routes[i].pattern;
        slice found = {NULL, 0};
        bool speaks = strncmp(pattern, lang_part, sizeof lang_part - 1) == 0;
        if (speaks ? !spoken || !matches(pattern + sizeof lang_part - 1, rest, &found)
                   : !matches(pattern, target, &found))
            continue;
        methods |= 1u << routes[i].method;
        if (!out->route && same_method(routes[i].method, method)) {
            out->route = &routes[i];
            part = found;
        }
    }
    out->allow = allowed(methods);
    if (!part.bytes || !mem)
        return OK;
    out->part = percent_decode(mem, part, PLUS_IS_PLUS);
    return out->part ? OK
                     : FAIL(f, E_INPUT, "địa chỉ này viết sai; hãy xem lại đường dẫn",
                            "this address is not written right; check the link");
}

const char *route_address(arena *mem, route_id id, language lang, const char *part)
{
    const char *p = routes[id].pattern;
    char *encoded = percent_encode(mem, part ? part : "");
    size_t room = strlen(p) + strlen(encoded ? encoded : "") + 2, n = 0;
    char *out = arena_alloc(mem, room);
    if (!out || !encoded)
        return NULL;
    while (*p) {
        size_t size = strcspn(p + 1, "/") + 1;
        const char *text = p + 1;
        size_t count = size - 1;
        if (strncmp(p, lang_part, sizeof lang_part - 1) == 0) {
            text = languages[lang];
            count = 2;
        } else if (p[1] == ':') {
            text = encoded;
            count = strlen(encoded);
        }
        out[n++] = '/';
        memcpy(out + n, text, count);
        n += count;
        p += size;
    }
    return out;
}
