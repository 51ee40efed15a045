/* libmicrohttpd's side: takes requests off the wire, hands each to web_answer with a worker of its
 * own, sends the reply, and stops without cutting anybody off. */
#include "chamthi/web.h"

#include "chamthi/clock.h"
#include "lane.h"
#include "listen.h"
#include "request.h"
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/sysinfo.h>
#include <time.h>

enum {
    THREADS_LEAST = 2,
    THREADS_MOST = 16,
    CONNECTIONS_MOST = 4000,
    FILES_RESERVED = 124,          /* descriptors for the database and the program itself */
    CONNECTION_MEMORY = 32 * 1024, /* headers of about 16 KiB; larger ones are refused with 431 */
    IDLE_SECONDS = 30,
    STOP_SECONDS = 10,
    SLOW_THREADS = 2,
    WRITES_WAITING = 1024, /* more than that and the visitor is asked to come back in a moment */
    SLOW_WAITING = 64,
    OVERRUN_BYTES = 1024 * 1024 /* how much of a too large body is read away before we hang up */
};

typedef struct {
    site site;
    pthread_mutex_t lock;
    pthread_cond_t idle;
    size_t running; /* requests between the end of their headers and their last byte */
    atomic_bool stopping;
    worker workers[THREADS_MOST];
    worker *waiting[THREADS_MOST]; /* the free ones: as many as threads, so one is always there */
    size_t worker_count, waiting_count;
    lane *writers, *slow;
    worker lane_workers[1 + SLOW_THREADS];
    int log; /* -1: no access log */
} server;

/* One request, from its first line to the last byte of its reply. */
typedef struct {
    lane_job queued; /* first, so that a lane's job is the exchange */
    server *server;
    struct MHD_Connection *connection;
    const route *route; /* NULL: no such address */
    char *target, address[INET6_ADDRSTRLEN];
    buffer body;
    http_request in;
    struct MHD_Response *reply; /* made in a lane, sent when the connection goes on */
    int code;
    size_t limit, overrun, reply_size;
    int64_t began; /* nanoseconds */
    const char *method;
    bool begun, too_large;
} exchange;

/* ---- workers ---- */

static worker *worker_take(server *s)
{
    pthread_mutex_lock(&s->lock);
    worker *w = s->waiting_count ? s->waiting[--s->waiting_count] : NULL;
    pthread_mutex_unlock(&s->lock);
    return w;
}

static void worker_give(server *s, worker *w)
{
    pthread_mutex_lock(&s->lock);
    s->waiting[s->waiting_count++] = w;
    pthread_mutex_unlock(&s->lock);
}

/* ---- one request ---- */

static void *on_first_line(void *context, const char *uri, struct MHD_Connection *connection)
{
    server *s = context;
    (void)connection;
    exchange *x = calloc(1, sizeof *x);
    if (!x)
        return NULL;
    *x = (exchange){.server = s, .target = strdup(uri), .body = BUFFER_INIT};
    return x;
}

static void on_completed(void *context, struct MHD_Connection *connection, void **slot,
                         enum MHD_RequestTerminationCode code)
{
    server *s = context;
    exchange *x = *slot;
    (void)connection;
    (void)code;
    if (!x)
        return;
    pthread_mutex_lock(&s->lock);
    if (x->begun && --s->running == 0)
        pthread_cond_signal(&s->idle);
    pthread_mutex_unlock(&s->lock);
    if (x->reply)
        MHD_destroy_response(x->reply);
    buffer_free(&x->body);
    free(x->target);
    free(x);
    *slot = NULL;
}

static const char *header(struct MHD_Connection *c, const char *name)
{
    return MHD_lookup_connection_value(c, MHD_HEADER_KIND, name);
}

/* Behind our own proxy every peer is the loopback; the proxy says who it really was. */
static void find_address(exchange *x)
{
    const server *s = x->server;
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    if (info)
        address_text(info->client_addr, x->address);
    bool local = strncmp(x->address, "127.", 4) == 0 || strcmp(x->address, "::1") == 0;
    if (s->site.public_url && local)
        forwarded_for(header(x->connection, "X-Forwarded-For"), x->address);
}

static struct MHD_Response *make_response(http_reply *reply)
{
    struct MHD_Response *response;
    buffer *page = &reply->page.out;
    if (reply->fixed.bytes) {
        response = MHD_create_response_from_buffer(reply->fixed.size, (void *)reply->fixed.bytes,
                                                   MHD_RESPMEM_PERSISTENT);
    } else if (page->size) {
        response = MHD_create_response_from_buffer(page->size, page->bytes, MHD_RESPMEM_MUST_FREE);
        if (response)
            *page = (buffer)BUFFER_INIT; /* the response owns the bytes now */
    } else {
        response = MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
    }
    for (size_t i = 0; response && i < reply->header_count; i++)
        if (MHD_add_response_header(response, reply->headers[i].name, reply->headers[i].value) !=
            MHD_YES) {
            MHD_destroy_response(response);
            return NULL;
        }
    return response;
}

static int64_t nanoseconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* One line of JSON: the pattern of the route and never the address that was asked for, nor whose it was. */
static void log_reply(const exchange *x)
{
    if (x->server->log < 0)
        return;
    dprintf(x->server->log,
            "{\"time\":%lld,\"method\":\"%s\",\"route\":\"%s\",\"status\":%d,\"bytes\":%zu,"
            "\"microseconds\":%lld}\n",
            (long long)clock_now(), x->route ? x->method : "-", x->route ? x->route->pattern : "-",
            x->code, x->reply_size, (long long)((nanoseconds() - x->began) / 1000));
}

static enum MHD_Result send_reply(exchange *x)
{
    struct MHD_Response *response = x->reply;
    x->reply = NULL;
    if (!response)
        return MHD_NO;
    if (x->server->stopping || x->too_large)
        MHD_add_response_header(response, "Connection", "close");
    enum MHD_Result result = MHD_queue_response(x->connection, (unsigned)x->code, response);
    MHD_destroy_response(response);
    log_reply(x);
    return result;
}

static void keep_reply(exchange *x, http_reply *reply)
{
    if (x->reply)
        MHD_destroy_response(x->reply);
    x->reply_size = reply->fixed.bytes ? reply->fixed.size : reply->page.out.size;
    x->reply = make_response(reply);
    x->code = reply->code;
    buffer_free(&reply->page.out);
}

static void answer_with(exchange *x, worker *w)
{
    http_reply reply;
    web_answer(&x->server->site, w, &x->in, &reply);
    keep_reply(x, &reply);
}

static void refuse_with(exchange *x, worker *w, int code)
{
    http_reply reply;
    web_refuse(&x->server->site, w, &x->in, code, &reply);
    keep_reply(x, &reply);
}

/* On the thread of the socket: 0 answers, another code refuses. */
static enum MHD_Result answer_here(exchange *x, int code)
{
    worker *w = worker_take(x->server);
    if (!w)
        return MHD_NO;
    if (code)
        refuse_with(x, w, code);
    else
        answer_with(x, w);
    worker_give(x->server, w);
    return send_reply(x);
}

/* ---- in the lanes ---- */

static void go_on(exchange *x)
{
    MHD_resume_connection(x->connection); /* from here on it is another thread's */
}

/* All that waits becomes one commit, and nobody is told anything before it is on the disk. */
static void write_batch(void *context, size_t thread, lane_job **jobs, size_t count)
{
    server *s = context;
    worker *w = &s->lane_workers[thread];
    fault f = {0};
    status st = store_batch_begin(w->judge, &f);
    for (size_t i = 0; st == OK && i < count; i++)
        answer_with((exchange *)jobs[i], w);
    if (st == OK)
        st = store_batch_commit(w->judge, &f);
    if (st != OK)
        fprintf(stderr, "chamthi serve: %s\n", fault_text(&f, LANG_VI));
    for (size_t i = 0; i < count; i++) {
        if (st != OK)
            refuse_with((exchange *)jobs[i], w, st == E_CONFLICT ? 503 : 500);
        go_on((exchange *)jobs[i]);
    }
}

static void work_slowly(void *context, size_t thread, lane_job **jobs, size_t count)
{
    server *s = context;
    for (size_t i = 0; i < count; i++) {
        answer_with((exchange *)jobs[i], &s->lane_workers[1 + thread]);
        go_on((exchange *)jobs[i]);
    }
}

/* A judge's form is written with everybody else's; other forms cost time: a password's hash, a file. */
static lane *lane_of(const exchange *x)
{
    if (!x->route || x->route->method == METHOD_GET)
        return NULL;
    return x->route->db == BY_JUDGE ? x->server->writers : x->server->slow;
}

/* ---- taking a request ---- */

static void read_request(exchange *x, const char *method)
{
    struct MHD_Connection *c = x->connection;
    find_address(x);
    x->in = (http_request){.method = method,
                           .target = x->target,
                           .address = x->address,
                           .host = header(c, "Host"),
                           .origin = header(c, "Origin"),
                           .fetch_site = header(c, "Sec-Fetch-Site"),
                           .cookie = header(c, "Cookie"),
                           .content_type = header(c, "Content-Type"),
                           .if_match = header(c, "If-Match"),
                           .if_none_match = header(c, "If-None-Match"),
                           .body = {x->body.bytes, x->body.size},
                           .body_too_large = x->too_large,
                           .now = clock_now()};
}

/* The whole request is here. */
static enum MHD_Result answer(exchange *x, const char *method)
{
    read_request(x, method);
    lane *l = x->too_large ? NULL : lane_of(x);
    if (!l)
        return answer_here(x, 0);
    MHD_suspend_connection(x->connection);
    if (lane_put(l, &x->queued))
        return MHD_YES;
    MHD_resume_connection(x->connection);
    return answer_here(x, 503);
}

/* The first call of a request: its headers are known, its body is not read yet. */
static enum MHD_Result begin(exchange *x, const char *method)
{
    const char *length = header(x->connection, "Content-Length");
    http_request in = {.method = method, .target = x->target};
    pthread_mutex_lock(&x->server->lock);
    x->server->running++;
    pthread_mutex_unlock(&x->server->lock);
    x->begun = true;
    x->method = method;
    x->began = nanoseconds();
    x->route = web_route(&in);
    x->limit = x->route ? x->route->body_limit : 0;
    if (!length || strtoull(length, NULL, 10) <= x->limit)
        return MHD_YES;
    x->too_large = true;
    return answer(x, method);
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *c, const char *url,
                                  const char *method, const char *version, const char *data,
                                  size_t *size, void **slot)
{
    exchange *x = *slot;
    (void)context;
    (void)url;
    (void)version;
    if (!x || !x->target)
        return MHD_NO;
    x->connection = c;
    if (!x->begun)
        return begin(x, method);
    if (x->reply) /* it comes back from its lane */
        return send_reply(x);
    if (!*size)
        return answer(x, method);
    if (x->too_large || x->body.size + *size > x->limit) {
        x->too_large = true;
        x->overrun += *size;
        buffer_free(&x->body);
    } else {
        buffer_put(&x->body, data, *size);
    }
    *size = 0;
    return x->overrun > OVERRUN_BYTES || x->body.failed ? MHD_NO : MHD_YES;
}

/* ---- start and stop ---- */

bool web_listens_locally(const char *listen)
{
    socket_address address;
    return listen_parse(listen, &address, NULL) == OK && listen_is_loopback(&address);
}

static status open_workers(server *s, const char *database, fault *f)
{
    store *upgraded;
    TRY(store_open(&upgraded, database, BY_ORGANIZER, STORE_EXISTING, f));
    store_close(upgraded); /* from here on only connections that cannot see who anybody is */
    int cores = get_nprocs();
    size_t wanted = cores < THREADS_LEAST  ? THREADS_LEAST
                    : cores > THREADS_MOST ? THREADS_MOST
                                           : (size_t)cores;
    while (s->worker_count < wanted) {
        worker *w = &s->workers[s->worker_count++];
        TRY(worker_open(w, database, f));
        worker_give(s, w);
    }
    for (size_t i = 0; i < 1 + SLOW_THREADS; i++)
        TRY(worker_open(&s->lane_workers[i], database, f));
    return OK;
}

static status open_log(server *s, const char *path, fault *f)
{
    s->log = -1;
    if (!path)
        return OK;
    bool to_stderr = strcmp(path, "-") == 0;
    s->log =
        to_stderr ? STDERR_FILENO : open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0640);
    return s->log >= 0 ? OK
                       : FAIL(f, E_USAGE, "không ghi được nhật ký truy cập %s: %s",
                              "cannot write the access log %s: %s", path, strerror(errno));
}

static status start_lanes(server *s, fault *f)
{
    lane_plan writers = {1, LANE_BATCH_MOST, WRITES_WAITING, write_batch, s};
    lane_plan slow = {SLOW_THREADS, 1, SLOW_WAITING, work_slowly, s};
    TRY(lane_start(&s->writers, &writers, f));
    return lane_start(&s->slow, &slow, f);
}

/* As many connections as file descriptors allow, so that a thousand slow ones leave room for others. */
static unsigned connections_most(void)
{
    struct rlimit files;
    rlim_t wanted = CONNECTIONS_MOST + FILES_RESERVED;
    if (getrlimit(RLIMIT_NOFILE, &files) != 0)
        return CONNECTIONS_MOST / 8;
    if (files.rlim_cur < wanted) {
        files.rlim_cur = files.rlim_max < wanted ? files.rlim_max : wanted;
        setrlimit(RLIMIT_NOFILE, &files);
    }
    return files.rlim_cur < wanted ? (unsigned)files.rlim_cur - FILES_RESERVED : CONNECTIONS_MOST;
}

static status start(server *s, const socket_address *address, struct MHD_Daemon **out, fault *f)
{
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME;
    if (address->any.sa_family == AF_INET6)
        flags |= MHD_USE_IPv6;
    *out = MHD_start_daemon(flags, 0, NULL, NULL, on_request, s, MHD_OPTION_SOCK_ADDR,
                            &address->any, MHD_OPTION_THREAD_POOL_SIZE, (unsigned)s->worker_count,
                            MHD_OPTION_CONNECTION_LIMIT, connections_most(),
                            MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
                            MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_CONNECTION_TIMEOUT,
                            (unsigned)IDLE_SECONDS, MHD_OPTION_URI_LOG_CALLBACK, on_first_line, s,
                            MHD_OPTION_NOTIFY_COMPLETED, on_completed, s, MHD_OPTION_END);
    if (*out)
        return OK;
    return FAIL(f, E_SYSTEM, "không mở được địa chỉ để phục vụ: %s; cổng có đang được dùng không?",
                "cannot listen on that address: %s; is the port in use?", strerror(errno));
}

static void say_ready(const web_options *o, struct MHD_Daemon *daemon,
                      void (*ready)(void *, const char *), void *context)
{
    const union MHD_DaemonInfo *info = MHD_get_daemon_info(daemon, MHD_DAEMON_INFO_BIND_PORT);
    char text[128];
    snprintf(text, sizeof text, "http://%.*s:%d/", (int)(strrchr(o->listen, ':') - o->listen),
             o->listen, info ? (int)info->port : 0);
    ready(context, text);
}

static void stop_lanes(server *s)
{
    lane_stop(s->writers);
    lane_stop(s->slow);
    s->writers = s->slow = NULL;
}

/* No new connections; what runs may end. */
static void stop(server *s, struct MHD_Daemon *daemon)
{
    struct timespec until;
    int listening = MHD_quiesce_daemon(daemon);
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += STOP_SECONDS;
    pthread_mutex_lock(&s->lock);
    s->stopping = true;
    while (s->running && pthread_cond_timedwait(&s->idle, &s->lock, &until) == 0)
        ;
    pthread_mutex_unlock(&s->lock);
    stop_lanes(s); /* a connection that still waits there would hang the daemon */
    MHD_stop_daemon(daemon);
    if (listening != MHD_INVALID_SOCKET)
        close(listening);
}

static status serve(server *s, const web_options *o, const socket_address *address,
                    void (*ready)(void *, const char *), void *context, fault *f)
{
    struct MHD_Daemon *daemon;
    sigset_t signals;
    int got;
    TRY(account_gate_new(&s->site.gate, f));
    TRY(rate_new(&s->site.look_ups, LOOK_UPS_A_MINUTE, f));
    TRY(open_log(s, o->access_log, f));
    TRY(open_workers(s, o->database, f));
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, NULL); /* before the threads: they inherit it */
    fault weaker = {0};
    if (sandbox_enter(o->database, &weaker) != OK)
        fprintf(stderr, "chamthi serve: %s\n", fault_text(&weaker, LANG_VI));
    TRY(start_lanes(s, f));
    TRY(start(s, address, &daemon, f));
    say_ready(o, daemon, ready, context);
    sigwait(&signals, &got);
    stop(s, daemon);
    return OK;
}

status web_serve(const web_options *o, void (*ready)(void *, const char *), void *context, fault *f)
{
    socket_address address;
    TRY(listen_parse(o->listen, &address, f));
    server *s = calloc(1, sizeof *s);
    arena *mem = arena_new(4096);
    status st = s && mem ? OK : fault_memory(f);
    if (st == OK && o->public_url)
        st = public_url_parse(mem, o->public_url, &s->site.public_url, &s->site.secure, f);
    if (st == OK) {
        pthread_mutex_init(&s->lock, NULL);
        pthread_cond_init(&s->idle, NULL);
        st = serve(s, o, &address, ready, context, f);
        stop_lanes(s);
        for (size_t i = 0; i < s->worker_count; i++)
            worker_close(&s->workers[i]);
        for (size_t i = 0; i < 1 + SLOW_THREADS; i++)
            worker_close(&s->lane_workers[i]);
        account_gate_free(s->site.gate);
        rate_free(s->site.look_ups);
        if (s->log > STDERR_FILENO)
            close(s->log);
        pthread_cond_destroy(&s->idle);
        pthread_mutex_destroy(&s->lock);
    }
    arena_free(mem);
    free(s);
    return st;
}
