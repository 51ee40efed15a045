/* Speed of the text room's parts on one file, in CPU time: each line is what, input, MB/s. */
#include "chamthi/text.h"
#include "chamthi/clock.h"
#include "chamthi/file.h"
#include "text/legacy.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { ROUNDS = 3, ENTRY = 3250 };

typedef struct {
    slice text;
    buffer *out;
    text_memo *memo;
} job;

static void run_display(job *j)
{
    text_report report = {0};
    text_display(j->text, ENCODING_AUTO, j->out, &report);
}

static void run_key(job *j)
{
    text_keys(j->memo, TEXT_K1, j->text, j->out);
}

static void run_variant(job *j)
{
    text_keys(j->memo, TEXT_K2, j->text, j->out);
}

static void run_fold(job *j)
{
    text_keys(j->memo, TEXT_K3, j->text, j->out);
}

static void run_measure(job *j)
{
    text_count n = text_measure_with(j->memo, j->text);
    buffer_format(j->out, "%zu %zu", n.words, n.valid);
}

static void run_decode(job *j)
{
    legacy_decode(ENCODING_TCVN3, j->text, j->out);
}

static void run_entries(job *j)
{
    buffer d1 = BUFFER_INIT, fold = BUFFER_INIT;
    for (size_t at = 0; at < j->text.size;) {
        slice rest = {j->text.bytes + at, j->text.size - at};
        size_t size = text_cut(rest, ENTRY);
        text_report report = {0};
        buffer_clear(&d1);
        buffer_clear(j->out);
        text_display((slice){rest.bytes, size}, ENCODING_AUTO, &d1, &report);
        slice display = {d1.bytes, d1.size};
        text_keys(j->memo, TEXT_K1, display, j->out);
        buffer_clear(&fold);
        text_keys(j->memo, TEXT_K3, (slice){j->out->bytes, j->out->size}, &fold);
        text_measure_with(j->memo, display);
        at += size;
    }
    buffer_free(&d1);
    buffer_free(&fold);
}

static void run_utf8proc(job *j)
{
    const char *p = j->text.bytes, *end = p + j->text.size;
    while (p < end) {
        const char *newline = memchr(p, '\n', (size_t)(end - p));
        size_t size = newline ? (size_t)(newline - p) + 1 : (size_t)(end - p);
        utf8proc_uint8_t *mapped = NULL;
        utf8proc_map((const utf8proc_uint8_t *)p, (utf8proc_ssize_t)size, &mapped,
                     UTF8PROC_STABLE | UTF8PROC_COMPOSE);
        free(mapped);
        p += size;
    }
}

static double best_seconds(void (*run)(job *), job *j)
{
    double best = 1e9;
    for (int i = 0; i < ROUNDS; i++) {
        buffer_clear(j->out);
        int64_t from = clock_cpu_nanoseconds();
        run(j);
        double seconds = (double)(clock_cpu_nanoseconds() - from) / 1e9;
        best = seconds < best ? seconds : best;
    }
    return best;
}

static const struct {
    const char *what;
    void (*run)(job *);
} runs[] = {
    {"D1 display", run_display},     {"K1 key", run_key},
    {"K2 variant", run_variant},     {"K3 fold", run_fold},
    {"count+validity", run_measure}, {"decode TCVN3", run_decode},
    {"entries", run_entries},        {"utf8proc NFC", run_utf8proc},
};

/* bench FILE WHAT… */
int main(int argc, char **argv)
{
    fault f = {0};
    buffer text = BUFFER_INIT, out = BUFFER_INIT;
    if (argc < 2 || file_read(argv[1], (size_t)1 << 32, &text, &f) != OK) {
        fprintf(stderr, "%s\n", fault_text(&f, LANG_EN));
        return 2;
    }
    job j = {{text.bytes, text.size}, &out, text_memo_new()};
    for (int a = 2; a < argc; a++)
        for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
            if (strcmp(argv[a], runs[i].what) != 0)
                continue;
            double seconds = best_seconds(runs[i].run, &j);
            printf("%s\t%.1f\t%.0f\n", runs[i].what, (double)text.size / 1e6 / seconds,
                   (double)text.size / ENTRY / seconds);
        }
    text_memo_free(j.memo);
    buffer_free(&text);
    buffer_free(&out);
    return 0;
}
