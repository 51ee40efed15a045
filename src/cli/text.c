/* text display, key, variant, fold, inspect, sort: the text room on plain files. */
#include "table.h"

#include "chamthi/file.h"
#include "chamthi/text.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PIECE = 1 << 18 };

/* ---- streams ---- */
static status option_encoding(const cli *c, text_encoding *out, fault *f)
{
    const char *name = cli_option(c, "--from");
    *out = ENCODING_AUTO;
    if (name && !text_encoding_find(name, out))
        return FAIL(
            f, E_USAGE,
            "--from không nhận “%s”; các bảng mã: auto, utf8, utf16le, utf16be, tcvn3, tcvn3h, "
            "vni, viscii, vps, cp1258, viqr, mojibake",
            "--from does not take “%s”; encodings: auto, utf8, utf16le, utf16be, tcvn3, "
            "tcvn3h, vni, viscii, vps, cp1258, viqr, mojibake",
            name);
    return OK;
}

/* `path` NULL or "-": standard input. */
static status open_input(const char *path, int *fd, fault *f)
{
    *fd = STDIN_FILENO;
    if (!path || strcmp(path, "-") == 0)
        return OK;
    *fd = open(path, O_RDONLY | O_CLOEXEC);
    if (*fd >= 0)
        return OK;
    if (errno == ENOENT)
        return FAIL(f, E_MISSING, "không tìm thấy %s", "%s was not found", path);
    return FAIL(f, E_SYSTEM, "%s: %s", "%s: %s", path, strerror(errno));
}

static status read_piece(int fd, char *bytes, size_t *size, fault *f)
{
    ssize_t got;
    do
        got = read(fd, bytes, PIECE);
    while (got < 0 && errno == EINTR);
    if (got < 0)
        return FAIL(f, E_SYSTEM, "không đọc được dữ liệu vào: %s", "cannot read the input: %s",
                    strerror(errno));
    *size = (size_t)got;
    return OK;
}

/* Pumps a whole input through a stream; what comes out is printed when `print` says so. */
typedef enum { PRINT, DISCARD } sink;

static status pump(cli *c, int fd, text_stream *s, sink where, fault *f)
{
    char *piece = arena_alloc(c->mem, PIECE);
    buffer out = BUFFER_INIT;
    status st = piece ? OK : fault_memory(f);
    for (size_t size = 1; st == OK && size;) {
        st = read_piece(fd, piece, &size, f);
        if (st != OK)
            break;
        if (size)
            text_stream_feed(s, (slice){piece, size}, &out);
        else
            text_stream_end(s, &out);
        st = where == PRINT ? cli_out(&out, NULL, f) : buffer_check(&out, f);
        buffer_clear(&out);
    }
    buffer_free(&out);
    return st;
}

static status stream_file(cli *c, const char *path, text_stream *s, sink where, fault *f)
{
    int fd;
    TRY(open_input(path, &fd, f));
    status st = pump(c, fd, s, where, f);
    if (fd != STDIN_FILENO)
        close(fd);
    return st;
}

static status print_form(cli *c, text_output form, fault *f)
{
    text_encoding from;
    TRY(option_encoding(c, &from, f));
    text_stream *s = text_stream_new(form, from);
    status st = s ? stream_file(c, c->arg_count ? c->args[0] : NULL, s, PRINT, f) : fault_memory(f);
    text_stream_free(s);
    return st;
}

status cmd_text_display(cli *c, fault *f)
{
    return print_form(c, TEXT_D1, f);
}

status cmd_text_key(cli *c, fault *f)
{
    return print_form(c, TEXT_K1, f);
}

status cmd_text_variant(cli *c, fault *f)
{
    return print_form(c, TEXT_K2, f);
}

status cmd_text_fold(cli *c, fault *f)
{
    return print_form(c, TEXT_K3, f);
}

/* ---- inspect ---- */
static const column inspected[] = {{"file", "tệp", "file", COLUMN_TEXT},
                                   {"encoding", "bảng mã", "encoding", COLUMN_TEXT},
                                   {"words", "số từ", "words", COLUMN_INT},
                                   {"syllables", "số chữ", "syllables", COLUMN_INT},
                                   {"validity", "chữ hợp lệ", "validity", COLUMN_TEXT},
                                   {"flags", "cần xem", "look at", COLUMN_TEXT}};

static void put_flags(unsigned flags, const char *between, const char *quote, buffer *out)
{
    bool first = true;
    for (int i = 0; i < FLAG_COUNT; i++)
        if (flags >> i & 1) {
            buffer_format(out, "%s%s%s%s", first ? "" : between, quote,
                          text_flag_name((text_flag)i), quote);
            first = false;
        }
}

/* The share of valid syllables in thousandths, as 0.997; NULL when nothing could be judged. */
static const char *validity(const text_count *n, char out[40])
{
    if (!n->judged)
        return NULL;
    size_t thousandths = n->valid * 1000 / n->judged;
    snprintf(out, 40, "%zu.%03zu", thousandths / 1000, thousandths % 1000);
    return out;
}

static void put_object(const char *file, const text_stream *s, buffer *out)
{
    const text_report *r = text_stream_report(s);
    text_count n = text_stream_count(s);
    char share[40];
    const char *valid = validity(&n, share);
    buffer_text(out, "{\"file\":");
    buffer_json_string(out, file, strlen(file));
    buffer_format(out, ",\"encoding\":\"%s\",\"words\":%zu,\"syllables\":%zu,\"validity\":%s,",
                  text_encoding_name(r->encoding), n.words, n.syllables, valid ? valid : "null");
    buffer_text(out, "\"flags\":[");
    put_flags(text_flags(r, &n), ",", "\"", out);
    buffer_text(out, "]}\n");
}

static void put_row(const char *file, const text_stream *s, output *o)
{
    const text_report *r = text_stream_report(s);
    text_count n = text_stream_count(s);
    buffer flags = BUFFER_INIT;
    char share[40];
    put_flags(text_flags(r, &n), " ", "", &flags);
    output_text(o, file);
    output_text(o, text_encoding_name(r->encoding));
    output_int(o, (int64_t)n.words);
    output_int(o, (int64_t)n.syllables);
    output_text(o, validity(&n, share));
    output_text(o, flags.bytes);
    buffer_free(&flags);
}

static status inspect_file(cli *c, const char *path, output *o, fault *f)
{
    text_encoding from;
    TRY(option_encoding(c, &from, f));
    text_stream *s = text_stream_new(TEXT_D1, from);
    if (!s)
        return fault_memory(f);
    status st = stream_file(c, path, s, DISCARD, f);
    buffer line = BUFFER_INIT;
    if (st == OK && c->format == FORMAT_JSON) {
        put_object(path, s, &line);
        st = cli_out(&line, NULL, f);
    } else if (st == OK) {
        put_row(path, s, o);
    }
    buffer_free(&line);
    text_stream_free(s);
    return st;
}

status cmd_text_inspect(cli *c, fault *f)
{
    output o;
    status st = OK;
    output_start(&o, c, inspected, sizeof inspected / sizeof *inspected);
    if (!c->arg_count)
        st = inspect_file(c, "-", &o, f);
    for (size_t i = 0; i < c->arg_count && st == OK; i++)
        st = inspect_file(c, c->args[i], &o, f);
    if (c->format == FORMAT_JSON && st == OK) {
        buffer_free(&o.text);
        return OK;
    }
    status printed = output_end(&o, st == OK ? f : NULL);
    return st == OK ? printed : st;
}

/* ---- sort ---- */
typedef struct {
    slice line;
    size_t at, size; /* of its key */
} sort_line;

static int compare_lines(const void *a, const void *b, void *keys)
{
    const sort_line *x = a, *y = b;
    const char *bytes = keys;
    int order = memcmp(bytes + x->at, bytes + y->at, x->size < y->size ? x->size : y->size);
    return order ? order : (x->size > y->size) - (x->size < y->size);
}

static size_t count_lines(slice text)
{
    size_t n = 0;
    for (size_t i = 0; i < text.size; i++)
        n += text.bytes[i] == '\n';
    return n + (text.size && text.bytes[text.size - 1] != '\n');
}

/* Lines of another encoding are put in order by what they say, and printed as they came. */
static void put_sort_key(slice line, sort_kind kind, buffer *keys)
{
    buffer display = BUFFER_INIT;
    text_report report = {0};
    if (!text_is_utf8(line)) {
        text_display(line, ENCODING_AUTO, &display, &report);
        line = (slice){display.bytes, display.size};
    }
    text_sort_key(line, kind, keys);
    keys->failed |= display.failed;
    buffer_free(&display);
}

static status print_sorted(slice text, sort_kind kind, sort_line *lines, size_t count, buffer *keys,
                           fault *f)
{
    const char *p = text.bytes, *end = text.bytes + text.size;
    for (size_t i = 0; i < count; i++) {
        const char *newline = memchr(p, '\n', (size_t)(end - p));
        size_t size = newline ? (size_t)(newline - p) : (size_t)(end - p);
        lines[i] = (sort_line){{p, size}, keys->size, 0};
        put_sort_key(lines[i].line, kind, keys);
        lines[i].size = keys->size - lines[i].at;
        p += size + 1;
    }
    TRY(buffer_check(keys, f));
    qsort_r(lines, count, sizeof *lines, compare_lines, keys->bytes);
    buffer out = BUFFER_INIT;
    for (size_t i = 0; i < count; i++) {
        buffer_put(&out, lines[i].line.bytes, lines[i].line.size);
        buffer_byte(&out, '\n');
    }
    status st = cli_out(&out, NULL, f);
    buffer_free(&out);
    return st;
}

status cmd_text_sort(cli *c, fault *f)
{
    char *piece = arena_alloc(c->mem, PIECE);
    buffer text = BUFFER_INIT, keys = BUFFER_INIT;
    status st = piece ? OK : fault_memory(f);
    for (size_t size = 1; st == OK && size;) {
        st = read_piece(STDIN_FILENO, piece, &size, f);
        if (st == OK)
            buffer_put(&text, piece, size);
    }
    slice all = {text.bytes, text.size};
    size_t count = count_lines(all);
    sort_line *lines = st == OK && !text.failed ? calloc(count + 1, sizeof *lines) : NULL;
    if (st == OK)
        st = lines ? print_sorted(all, cli_flag(c, "--plain") ? SORT_PLAIN : SORT_NAMES, lines,
                                  count, &keys, f)
                   : fault_memory(f);
    free(lines);
    buffer_free(&text);
    buffer_free(&keys);
    return st;
}
