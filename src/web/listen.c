/* Reading addresses. */
#include "listen.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool parse_host(const char *host, socket_address *out)
{
    *out = (socket_address){.v6 = {0}};
    if (strcmp(host, "localhost") == 0)
        host = "127.0.0.1";
    if (inet_pton(AF_INET, host, &out->v4.sin_addr) == 1) {
        out->v4.sin_family = AF_INET;
        return true;
    }
    size_t size = strlen(host);
    char inner[INET6_ADDRSTRLEN];
    if (size < 4 || size - 2 >= sizeof inner || host[0] != '[' || host[size - 1] != ']')
        return false;
    memcpy(inner, host + 1, size - 2);
    inner[size - 2] = '\0';
    out->v6.sin6_family = AF_INET6;
    return inet_pton(AF_INET6, inner, &out->v6.sin6_addr) == 1;
}

status listen_parse(const char *text, socket_address *out, fault *f)
{
    const char *colon = strrchr(text, ':');
    char host[64];
    char *end = NULL;
    size_t size = colon ? (size_t)(colon - text) : sizeof host;
    long port = colon && colon[1] >= '0' && colon[1] <= '9' ? strtol(colon + 1, &end, 10) : -1;
    bool good = size < sizeof host && end && !*end && port >= 0 && port <= 65535;
    if (good) {
        memcpy(host, text, size);
        host[size] = '\0';
        good = parse_host(host, out);
    }
    if (!good)
        return FAIL(f, E_USAGE, "--listen “%s”: hãy viết ĐỊA_CHỈ:CỔNG, ví dụ 127.0.0.1:8080",
                    "--listen “%s”: write ADDRESS:PORT, for example 127.0.0.1:8080", text);
    if (out->any.sa_family == AF_INET)
        out->v4.sin_port = htons((uint16_t)port);
    else
        out->v6.sin6_port = htons((uint16_t)port);
    return OK;
}

bool listen_is_loopback(const socket_address *a)
{
    if (a->any.sa_family == AF_INET)
        return ntohl(a->v4.sin_addr.s_addr) >> 24 == 127;
    return IN6_IS_ADDR_LOOPBACK(&a->v6.sin6_addr);
}

void address_text(const struct sockaddr *a, char out[INET6_ADDRSTRLEN])
{
    const struct sockaddr_in6 *v6 = (const struct sockaddr_in6 *)(const void *)a;
    const struct sockaddr_in *v4 = (const struct sockaddr_in *)(const void *)a;
    out[0] = '\0';
    if (a->sa_family == AF_INET)
        inet_ntop(AF_INET, &v4->sin_addr, out, INET6_ADDRSTRLEN);
    else if (a->sa_family == AF_INET6 && IN6_IS_ADDR_V4MAPPED(&v6->sin6_addr))
        inet_ntop(AF_INET, v6->sin6_addr.s6_addr + 12, out, INET6_ADDRSTRLEN);
    else if (a->sa_family == AF_INET6)
        inet_ntop(AF_INET6, &v6->sin6_addr, out, INET6_ADDRSTRLEN);
}

status public_url_parse(arena *mem, const char *text, const char **out, bool *secure, fault *f)
{
    *secure = strncmp(text, "https://", 8) == 0;
    size_t scheme = *secure ? 8 : strncmp(text, "http://", 7) == 0 ? 7 : 0;
    size_t host = strspn(text + scheme,
                         "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:[]");
    const char *rest = text + scheme + host;
    if (!scheme || !host || (*rest && strcmp(rest, "/") != 0))
        return FAIL(f, E_USAGE,
                    "--public-url “%s”: hãy viết như https://cham.example.vn, không có đường dẫn",
                    "--public-url “%s”: write it like https://cham.example.vn, without a path",
                    text);
    *out = arena_copy(mem, text, scheme + host);
    return *out ? OK : fault_memory(f);
}

bool forwarded_for(const char *header, char out[INET6_ADDRSTRLEN])
{
    const char *comma = header ? strrchr(header, ',') : NULL;
    const char *start = comma ? comma + 1 : header;
    char address[INET6_ADDRSTRLEN];
    unsigned char ignored[16];
    if (!start)
        return false;
    start += strspn(start, " ");
    snprintf(address, sizeof address, "%.*s", (int)strcspn(start, " "), start);
    bool good =
        inet_pton(AF_INET, address, ignored) == 1 || inet_pton(AF_INET6, address, ignored) == 1;
    if (good)
        memcpy(out, address, sizeof address);
    return good;
}
