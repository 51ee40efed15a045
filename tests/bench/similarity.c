/* Speed and memory of the similarity engine on a set of any size, beside a plain MinHash.
 *
 *     similarity CURRENT EARLIER [SYLLABLES [FOLDED.json]]
 *     similarity labelled SEED EACH OTHERS
 *
 * Texts come from the chain of tests/similarity/labelled.h in eight dialects (first consonants
 * rotated), each from a seed of its own, so that nothing but the texts themselves is kept: they lie
 * in a mapped file, as an archive would. Four texts in a hundred are copies of an earlier one. With
 * FOLDED.json, the first 1,000 texts are also written there as folded syllables, for other tools. */
#include "../similarity/tally.h"

#include "chamthi/clock.h"
#include "chamthi/file.h"
#include "chamthi/text.h"
#include "similarity/corpus.h"
#include "similarity/paraphrase.h"

#include <pthread.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { DIALECTS = 8, FOLDED = 1000, BINS = 128, BANDS = 32, ROWS = BINS / BANDS };

typedef enum { PLANT_NONE, PLANT_5, PLANT_15, PLANT_LIFT, PLANT_LIFT_10, PLANTS } plant;
static const char *const plant_names[] = {"", "edits 5%", "edits 15%", "lift 40-120",
                                          "lift, 10% edits"};

static double wall(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}
static double cpu(void)
{
    return (double)clock_cpu_nanoseconds() / 1e9;
}

/* ---- peak of private memory, sampled ---- */
static atomic_bool sampling;
static long private_peak;
static void *sample(void *unused)
{
    while (atomic_load(&sampling)) {
        long size, resident, shared;
        FILE *f = fopen("/proc/self/statm", "r");
        if (f && fscanf(f, "%ld %ld %ld", &size, &resident, &shared) == 3 &&
            resident - shared > private_peak)
            private_peak = resident - shared;
        if (f)
            fclose(f);
        nanosleep(&(struct timespec){0, 20000000}, NULL);
    }
    return unused;
}

/* ---- the texts ---- */
typedef struct {
    chain_model model;
    const char **words[DIALECTS];
    size_t syllables;
} source;

static void make_dialects(source *s, arena *mem)
{
    static const char letters[] = "bcdghklmnprstvx";
    size_t n = sizeof letters - 1;
    for (size_t d = 0; d < DIALECTS; d++) {
        s->words[d] = ARENA_ARRAY(mem, const char *, s->model.word_count);
        for (size_t w = 0; w < s->model.word_count; w++) {
            char *copy = arena_string(mem, s->model.words[w]);
            const char *at = *copy ? strchr(letters, *copy) : NULL;
            if (at)
                *copy = letters[((size_t)(at - letters) + d) % n];
            s->words[d][w] = copy;
        }
    }
}

static plant plant_of(size_t i)
{
    if (i < 100 || i % 10 != 7)
        return PLANT_NONE;
    static const plant kinds[10] = {PLANT_5,    PLANT_NONE, PLANT_15,   PLANT_NONE,
                                    PLANT_NONE, PLANT_LIFT, PLANT_NONE, PLANT_LIFT_10};
    return kinds[i / 10 % 10];
}

static size_t source_of(size_t i)
{
    uint64_t seed = i;
    return (i - 1 - labelled_below(&seed, i < 200000 ? i - 20 : 200000 - 20)) / 10 * 10 + 3;
}

static word_list base_words(const source *s, arena *mem, size_t i)
{
    uint64_t seed = i * 2654435761u + 17;
    size_t least = s->syllables / 4;
    return chain_write(&s->model, mem, &seed,
                       least + labelled_below(&seed, 2 * (s->syllables - least)));
}

static void put(const source *s, size_t dialect, word_list l, buffer *to)
{
    for (size_t i = 0; i < l.count; i++) {
        const char *word = s->words[dialect][l.words[i]];
        buffer_text(to, word);
        buffer_byte(to, chain_ends_sentence(word) && l.words[i] % 4 == 0 ? '\n' : ' ');
    }
}

static void put_text(const source *s, arena *mem, size_t i, buffer *to)
{
    plant kind = plant_of(i);
    size_t from = kind ? source_of(i) : i;
    uint64_t seed = i + 99;
    word_list base = base_words(s, mem, from);
    if (kind == PLANT_5 || kind == PLANT_15)
        base = words_edit(&s->model, mem, &seed, base, kind == PLANT_5 ? 5 : 15);
    if (kind != PLANT_LIFT && kind != PLANT_LIFT_10) {
        put(s, from % 1000 % DIALECTS, base, to);
        return;
    }
    word_list own = base_words(s, mem, i);
    size_t count = 40 + labelled_below(&seed, 81), at = labelled_below(&seed, base.count - count);
    word_list part = words_part(base, at, count);
    if (kind == PLANT_LIFT_10)
        part = words_edit(&s->model, mem, &seed, part, 10);
    put(s, i % 1000 % DIALECTS, words_part(own, 0, own.count / 2), to);
    put(s, from % 1000 % DIALECTS, part, to);
    put(s, i % 1000 % DIALECTS, words_part(own, own.count / 2, own.count - own.count / 2), to);
}

/* Unlike tmpfile(), below $TMPDIR. */
static FILE *nameless_file(void)
{
    const char *folder = getenv("TMPDIR");
    char path[4096];
    snprintf(path, sizeof path, "%s/texts-XXXXXX", folder ? folder : "/tmp");
    int fd = mkstemp(path);
    if (fd < 0 || unlink(path) != 0)
        exit(3);
    return fdopen(fd, "w+");
}

/* Writes all texts into an unlinked file and maps it. */
static engine_text *make_texts(const source *s, size_t current, size_t earlier, size_t *bytes)
{
    size_t count = current + earlier;
    engine_text *texts = calloc(count, sizeof *texts);
    size_t *starts = calloc(count + 1, sizeof *starts);
    FILE *file = nameless_file();
    buffer b = BUFFER_INIT;
    arena *mem = arena_new(SIZE_MAX);
    if (!texts || !starts || !file || !mem)
        exit(3);
    for (size_t i = 0; i < count; i++) {
        buffer_clear(&b);
        arena_reset(mem);
        put_text(s, mem, i, &b);
        starts[i + 1] = starts[i] + b.size;
        if (fwrite(b.bytes, 1, b.size, file) != b.size)
            exit(3);
    }
    fflush(file);
    *bytes = starts[count];
    char *all = mmap(NULL, *bytes, PROT_READ, MAP_SHARED, fileno(file), 0);
    if (all == MAP_FAILED)
        exit(3);
    for (size_t i = 0; i < count; i++)
        texts[i] = (engine_text){.display = {all + starts[i], starts[i + 1] - starts[i]},
                                 .year = i < earlier ? 2014 + (int)(10 * i / earlier) : 2024,
                                 .role = i < earlier ? ENGINE_EARLIER : ENGINE_CURRENT};
    buffer_free(&b);
    arena_free(mem);
    free(starts);
    return texts;
}

/* ---- what was found ---- */
static int is_found(const engine_pair *pairs, size_t count, size_t a, size_t b)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = (low + high) / 2;
        const engine_pair *p = &pairs[middle];
        if (p->a < a || (p->a == a && p->b < b))
            low = middle + 1;
        else
            high = middle;
    }
    return low < count && pairs[low].a == a && pairs[low].b == b;
}

static void print_recall(const engine_pair *pairs, size_t count, size_t earlier, size_t texts)
{
    size_t wanted[PLANTS] = {0}, found[PLANTS] = {0}, labelled = 0;
    for (size_t i = earlier; i < texts; i++) {
        plant kind = plant_of(i);
        if (!kind)
            continue;
        size_t hit = (size_t)is_found(pairs, count, source_of(i), i);
        wanted[kind]++;
        found[kind] += hit;
        labelled += hit;
    }
    for (int k = 1; k < PLANTS; k++)
        printf("    %-16s %zu of %zu = %.4f\n", plant_names[k], found[k], wanted[k],
               wanted[k] ? (double)found[k] / (double)wanted[k] : 0);
    printf(
        "    pairs reported   %zu, of them without a label %zu (copies of one source are such)\n",
        count, count - labelled);
}

/* ---- one text against an index of all of them ---- */
enum { SEGMENTS = 10, QUESTIONS = 2000 };

typedef struct {
    const engine_text *texts;
    segment_name *names;
    size_t count;
    corpus *all;
} indexed;

static status read_text(void *state, int64_t id, engine_text *out, fault *f)
{
    const indexed *x = state;
    (void)f;
    *out = x->texts[id];
    return OK;
}

/* As the program does: each segment is made, written and mapped. */
static size_t add_segment(indexed *x, size_t from, size_t to)
{
    fault f = {0};
    reading r = *corpus_reading(x->all);
    buffer b = BUFFER_INIT;
    FILE *file = nameless_file();
    r.threads = parallel_threads(0);
    if (segment_build(&r, x->texts + from, x->names + from, to - from, &b, &f) != OK ||
        fwrite(b.bytes, 1, b.size, file) != b.size || fflush(file) != 0)
        exit(3);
    size_t size = b.size, used;
    buffer_free(&b);
    void *bytes = mmap(NULL, size, PROT_READ, MAP_SHARED, fileno(file), 0);
    if (bytes == MAP_FAILED || corpus_add(x->all, bytes, size, &used, &f) != OK || used != size)
        exit(3);
    return size;
}

static int by_time(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

static void run_questions(const engine_text *texts, size_t count)
{
    static double took[QUESTIONS];
    indexed x = {texts, calloc(count, sizeof(segment_name)), count, NULL};
    fault f = {0};
    size_t bytes = 0, pairs = 0;
    uint64_t seed = 1;
    double cpu_start = cpu();
    if (!x.names || corpus_new(&x.all, count, NULL, 0, &f) != OK)
        exit(3);
    for (size_t i = 0; i < count; i++)
        x.names[i].id = (int64_t)i;
    for (size_t i = 0; i < SEGMENTS; i++)
        bytes += add_segment(&x, count * i / SEGMENTS, count * (i + 1) / SEGMENTS);
    printf("  index of all: %.2f CPU-s, %.2f GB in %d segments\n", cpu() - cpu_start,
           (double)bytes / 1e9, SEGMENTS);
    for (size_t n = 0; n < QUESTIONS; n++) {
        size_t i = labelled_below(&seed, count);
        arena *mem = arena_new(SIZE_MAX);
        corpus_question q = {texts[i], (int64_t)i, i, read_text, &x};
        corpus_answer answer;
        double start = cpu();
        if (corpus_ask(x.all, mem, &q, &answer, &f) != OK)
            exit(3);
        took[n] = 1000 * (cpu() - start);
        pairs += answer.result.pair_count;
        arena_free(mem);
    }
    qsort(took, QUESTIONS, sizeof *took, by_time);
    printf("  one text against all, CPU time: median %.2f ms, p95 %.2f, p99 %.2f, most %.2f; %zu "
           "pairs in %d questions\n",
           took[QUESTIONS / 2], took[QUESTIONS * 95 / 100], took[QUESTIONS * 99 / 100],
           took[QUESTIONS - 1], pairs, QUESTIONS);
    corpus_free(x.all);
    free(x.names);
}

/* ---- the labelled set: what is found of each kind of copy ---- */

static void run_labelled(const chain_model *m, uint64_t seed, size_t each, size_t others)
{
    arena *mem = arena_new(SIZE_MAX);
    labelled_set set = labelled_make(mem, m, seed, each, others);
    engine_text *texts = ARENA_ARRAY(mem, engine_text, set.text_count);
    engine_result r;
    tally t = {0};
    fault f = {0};
    for (size_t i = 0; i < set.text_count; i++) {
        buffer raw = BUFFER_INIT, display = BUFFER_INIT;
        text_report report = {0};
        write_words(m, set.texts[i].words, set.texts[i].how, i, &raw);
        text_display((slice){raw.bytes, raw.size}, ENCODING_UTF8, &display, &report);
        texts[i].display = (slice){arena_copy(mem, display.bytes, display.size), display.size};
        buffer_free(&raw);
        buffer_free(&display);
    }
    double cpu_start = cpu();
    if (engine_compare(mem, texts, set.text_count, 0, &r, &f) != OK)
        exit(3);
    printf("  labelled copies, seed %llu, %zu texts: %.2f CPU-s\n", (unsigned long long)seed,
           set.text_count, cpu() - cpu_start);
    tally_set(&set, &r, &t);
    tally_result told = tally_end(&t);
    tally_print(&t, &told, "    ");
    arena_free(mem);
}

/* ---- what is told again in other words, and texts mixed from few paragraphs ---- */

static void run_paraphrase(const engine_text *texts, size_t count)
{
    engine_result none = {0};
    engine_pair *pairs;
    size_t found;
    fault f = {0};
    arena *mem = arena_new(SIZE_MAX);
    double cpu_start = cpu();
    count = count < PARAPHRASE_TEXTS ? count : PARAPHRASE_TEXTS;
    if (paraphrase_find(mem, texts, count, 0, &none, &pairs, &found, &f) != OK)
        exit(3);
    printf("  paraphrase channel, %zu texts: %.2f CPU-s, %zu pairs (the copies are among them)\n",
           count, cpu() - cpu_start, found);
    arena_free(mem);
}

/* Each text is eight paragraphs out of so few that each paragraph stands in hundreds of texts, or in about
 * thirty: the worst that can be handed in. */
static void run_mixture(const source *s, size_t count, size_t paragraphs)
{
    enum { PARTS = 8 };
    arena *mem = arena_new(SIZE_MAX);
    engine_text *texts = ARENA_ARRAY(mem, engine_text, count);
    word_list *all = ARENA_ARRAY(mem, word_list, paragraphs);
    uint64_t seed = 9;
    fault f = {0};
    engine_result r;
    for (size_t i = 0; i < paragraphs; i++)
        all[i] = chain_write(&s->model, mem, &seed, 60 + labelled_below(&seed, 60));
    for (size_t i = 0; i < count; i++) {
        buffer b = BUFFER_INIT;
        for (size_t k = 0; k < PARTS; k++)
            put(s, 0, all[labelled_below(&seed, paragraphs)], &b);
        texts[i] = (engine_text){.display = {arena_copy(mem, b.bytes, b.size), b.size}};
        buffer_free(&b);
    }
    double cpu_start = cpu();
    if (engine_compare(mem, texts, count, 0, &r, &f) != OK)
        exit(3);
    printf("  %zu texts mixed from %zu paragraphs: %.2f CPU-s, %zu pairs, %zu texts with more\n",
           count, paragraphs, cpu() - cpu_start, r.pair_count, r.crowded_count);
    arena_free(mem);
}

/* ---- plain MinHash: one permutation, 128 bins, 32 bands of 4, estimate at least 0.5 ---- */
static void sketch(tokenizer *t, slice text, token_list *tokens, uint64_t *grams, uint32_t *out)
{
    size_t at = 0;
    memset(out, 0xFF, BINS * sizeof *out);
    while (at < text.size) {
        tokens->count = 0;
        token_read(t, text, &at, tokens);
        size_t n = gram_hashes(tokens->hashes, tokens->count, 5, grams);
        for (size_t i = 0; i < n; i++) {
            uint32_t *bin = &out[grams[i] >> 57], value = (uint32_t)grams[i];
            *bin = value < *bin ? value : *bin;
        }
    }
}

static int by_number(const void *x, const void *y)
{
    uint64_t a = *(const uint64_t *)x, b = *(const uint64_t *)y;
    return (a > b) - (a < b);
}

static size_t minhash_pairs(const uint32_t *sketches, size_t count, size_t earlier,
                            engine_pair **out)
{
    uint64_t *keys = calloc(count, sizeof *keys);
    size_t n = 0, capacity = 1024;
    engine_pair *pairs = malloc(capacity * sizeof *pairs);
    for (size_t band = 0; band < BANDS; band++) {
        for (size_t i = 0; i < count; i++) {
            uint64_t h = band;
            for (size_t r = 0; r < ROWS; r++)
                h = (h ^ sketches[i * BINS + band * ROWS + r]) * 0x9E3779B97F4A7C15u;
            keys[i] = h >> 22 << 22 | i;
        }
        qsort(keys, count, sizeof *keys, by_number);
        for (size_t i = 0; i < count; i++)
            for (size_t k = i + 1; k < count && k < i + 40 && keys[i] >> 22 == keys[k] >> 22; k++) {
                size_t a = keys[i] & 0x3FFFFF, b = keys[k] & 0x3FFFFF, same = 0;
                for (size_t s = 0; s < BINS; s++)
                    same += sketches[a * BINS + s] == sketches[b * BINS + s];
                if (2 * same < BINS || b < earlier)
                    continue;
                if (n == capacity)
                    pairs = realloc(pairs, (capacity *= 2) * sizeof *pairs);
                pairs[n++] = (engine_pair){.a = (uint32_t)a, .b = (uint32_t)b};
            }
    }
    free(keys);
    *out = pairs;
    return n;
}

static int by_pair(const void *x, const void *y)
{
    const engine_pair *p = x, *q = y;
    return p->a != q->a ? (p->a < q->a ? -1 : 1) : (p->b > q->b) - (p->b < q->b);
}

static void run_minhash(const engine_text *texts, size_t count, size_t earlier)
{
    double wall_start = wall(), cpu_start = cpu();
    fold_table *fold = fold_table_new();
    tokenizer *t = tokenizer_new(fold);
    token_list tokens = {0};
    token_list_reserve(&tokens, PIECE_TOKENS);
    uint64_t *grams = malloc(PIECE_TOKENS * sizeof *grams);
    uint32_t *sketches = malloc(count * BINS * sizeof *sketches);
    for (size_t i = 0; i < count; i++)
        sketch(t, texts[i].display, &tokens, grams, sketches + i * BINS);
    engine_pair *pairs;
    size_t n = minhash_pairs(sketches, count, earlier, &pairs), kept = 0;
    qsort(pairs, n, sizeof *pairs, by_pair);
    for (size_t i = 0; i < n; i++)
        if (!kept || by_pair(&pairs[kept - 1], &pairs[i]) != 0)
            pairs[kept++] = pairs[i];
    printf(
        "  plain MinHash (128 bins, 32 bands, estimate >= 0.5), one thread: %.1f s, %.1f CPU-s, no "
        "passages\n",
        wall() - wall_start, cpu() - cpu_start);
    print_recall(pairs, kept, earlier, count);
    free(pairs);
    free(sketches);
    free(grams);
    token_list_free(&tokens);
    tokenizer_free(t);
    fold_table_free(fold);
}

static void write_folded(const engine_text *texts, size_t count, const char *path)
{
    buffer b = BUFFER_INIT;
    fault f = {0};
    for (size_t i = 0; i < count && i < FOLDED; i++) {
        buffer folded = BUFFER_INIT;
        text_fold(texts[i].display, &folded);
        buffer_text(&b, i ? ",\n" : "[");
        buffer_json_string(&b, folded.bytes, folded.size);
        buffer_free(&folded);
    }
    buffer_text(&b, "]\n");
    if (file_write(path, b.bytes, b.size, &f) != OK)
        fprintf(stderr, "%s\n", fault_text(&f, LANG_EN));
    buffer_free(&b);
}

static void train(source *s, arena *mem)
{
    static slice texts[1000];
    fault f = {0};
    file_list list;
    size_t count = 0;
    if (file_walk(mem, "fixtures/essays", 2, &list, &f) != OK)
        exit(2);
    for (size_t i = 0; i < list.count && count < 1000; i++) {
        buffer b = BUFFER_INIT;
        if (file_read(file_join(mem, "fixtures/essays", list.items[i].path), 1 << 20, &b, &f) != OK)
            exit(2);
        const char *body = strstr(b.bytes, "\n---\n");
        if (body)
            texts[count++] = (slice){arena_string(mem, body + 5), strlen(body + 5)};
        buffer_free(&b);
    }
    s->model = chain_train(mem, texts, count);
    make_dialects(s, mem);
}

int main(int argc, char **argv)
{
    if (argc < 3 || sodium_init() < 0)
        return 2;
    size_t current = strtoul(argv[1], NULL, 10), earlier = strtoul(argv[2], NULL, 10), bytes;
    source s = {.syllables = argc > 3 ? strtoul(argv[3], NULL, 10) : 660};
    arena *mem = arena_new(SIZE_MAX);
    train(&s, mem);
    if (argc == 5 && strcmp(argv[1], "labelled") == 0) {
        run_labelled(&s.model, earlier, s.syllables, strtoul(argv[4], NULL, 10));
        arena_free(mem);
        return 0;
    }
    engine_text *texts = make_texts(&s, current, earlier, &bytes);
    printf("  %zu texts against themselves and %zu earlier ones, %.2f GB\n", current, earlier,
           (double)bytes / 1e9);
    pthread_t sampler;
    atomic_store(&sampling, true);
    pthread_create(&sampler, NULL, sample, NULL);
    double wall_start = wall(), cpu_start = cpu();
    engine_result r;
    fault f = {0};
    if (engine_compare(mem, texts, current + earlier, 0, &r, &f) != OK) {
        fprintf(stderr, "%s\n", fault_text(&f, LANG_EN));
        return 3;
    }
    double took = wall() - wall_start;
    printf("  engine: %.2f s, %.2f CPU-s = %.0f texts/s, private memory %.2f GB\n", took,
           cpu() - cpu_start, (double)(current + earlier) / took,
           (double)private_peak * (double)sysconf(_SC_PAGESIZE) / 1e9);
    print_recall(r.pairs, r.pair_count, earlier, current + earlier);
    atomic_store(&sampling, false);
    pthread_join(sampler, NULL);
    if (argc <= 4) {
        run_questions(texts, current + earlier);
        run_paraphrase(texts + earlier, current);
        run_mixture(&s, current < 20000 ? current : 20000, 600);
        run_mixture(&s, current < 20000 ? current : 20000, 6000);
    }
    if (current + earlier < 1u << 22 && argc <= 4)
        run_minhash(texts, current + earlier, earlier);
    if (argc > 4)
        write_folded(texts, current + earlier, argv[4]);
    arena_free(mem);
    return 0;
}
