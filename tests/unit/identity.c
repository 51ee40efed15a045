/* The labelled texts of fixtures/identity: how many mentions of authors are found, and how many of the
 * proposed places are right. The finder was tuned on the odd ones of the first 200, the even ones were held
 * back until then, and those from 201 on were written afterwards. SHOW=tuned, held-back or afterwards
 * lists what was missed and what was wrong there. */
#include "test.h"

#include "anonymity/spans.h"
#include "chamthi/file.h"

#include <glob.h>

typedef struct {
    size_t start, end;
    char kind[8];
} mention;

typedef struct {
    int number;
    identity_author authors[8];
    size_t author_count;
    const char *subject;
    slice text;
    mention mentions[64];
    size_t mention_count;
} labelled;

typedef struct {
    size_t mentions, found, spans, right, contacts, contacts_found, texts;
} score;

static const char *after(const char *line, const char *label)
{
    size_t size = strlen(label);
    return strncmp(line, label, size) == 0 ? line + size + strspn(line + size, " ") : NULL;
}

/* "tác giả: A; B (bút danh C)" and the other lines above the text. */
static void read_head(arena *mem, char *line, labelled *t)
{
    static char unit[400], class_[100];
    const char *value;
    if ((value = after(line, "tác giả:"))) {
        unit[0] = class_[0] = '\0';
        char *save = NULL, *copy = arena_string(mem, value);
        for (char *p = strtok_r(copy, ";", &save); p; p = strtok_r(NULL, ";", &save))
            t->authors[t->author_count++] = (identity_author){p + strspn(p, " "), "", "", ""};
    } else if ((value = after(line, "nhân vật:"))) {
        t->subject = arena_string(mem, value);
    } else if ((value = after(line, "địa chỉ:"))) {
        t->authors[0].address = arena_string(mem, value);
    } else if ((value = after(line, "thư:"))) {
        t->authors[0].email = arena_string(mem, value);
    } else if ((value = after(line, "đơn vị:"))) {
        snprintf(unit, sizeof unit, "%s", value);
    } else if ((value = after(line, "lớp:"))) {
        snprintf(class_, sizeof class_, "%s", value);
    } else if (!after(line, "điện thoại:")) {
        fail_msg("%d: %s", t->number, line);
    }
    t->authors[0].unit = arena_format(mem, "%s%s%s", class_, *class_ && *unit ? ", " : "", unit);
}

/* {kind:text} around each mention. The whole goes the way of an entry's text first. */
static void read_text(arena *mem, slice marked, labelled *t)
{
    buffer display = BUFFER_INIT, plain = BUFFER_INIT;
    text_report report = {0};
    text_display(marked, ENCODING_UTF8, &display, &report);
    for (size_t i = 0; i < display.size; i++) {
        char c = display.bytes[i];
        mention *m = &t->mentions[t->mention_count];
        if (c == '{') {
            size_t size = strcspn(display.bytes + i + 1, ":");
            snprintf(m->kind, sizeof m->kind, "%.*s", (int)size, display.bytes + i + 1);
            m->start = plain.size;
            i += size + 1;
        } else if (c == '}') {
            m->end = plain.size;
            t->mention_count++;
        } else {
            buffer_byte(&plain, c);
        }
    }
    t->text = (slice){arena_copy(mem, plain.bytes, plain.size), plain.size};
    buffer_free(&display);
    buffer_free(&plain);
}

static bool next_text(arena *mem, char **at, labelled *t)
{
    *t = (labelled){.subject = ""};
    if (!**at)
        return false;
    assert_memory_equal(*at, "=== ", 4);
    t->number = atoi(*at + 4);
    char *line = strchr(*at, '\n') + 1, *end;
    for (; *line != '\n'; line = end + 1) {
        end = strchr(line, '\n');
        *end = '\0';
        read_head(mem, line, t);
    }
    end = strstr(line, "\n=== ");
    size_t size = end ? (size_t)(end + 1 - line) : strlen(line);
    read_text(mem, (slice){line + 1, size - 1}, t);
    *at = line + size;
    return true;
}

/* Letters and digits: what stands between them gives nobody away. */
static bool counts(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
           (unsigned char)c >= 0x80;
}

static bool covered(const labelled *t, const mention *m, const identity_spans *found)
{
    for (size_t i = m->start; i < m->end; i++) {
        bool in = !counts(t->text.bytes[i]);
        for (size_t k = 0; k < found->count && !in; k++)
            in = i >= found->items[k].start && i < found->items[k].end;
        if (!in)
            return false;
    }
    return true;
}

/* A place is right when most of it was labelled. */
static bool right(const labelled *t, const identity_span *s)
{
    size_t letters = 0, labelled_letters = 0;
    for (size_t i = s->start; i < s->end; i++) {
        if (!counts(t->text.bytes[i]))
            continue;
        letters++;
        for (size_t k = 0; k < t->mention_count; k++)
            if (i >= t->mentions[k].start && i < t->mentions[k].end) {
                labelled_letters++;
                break;
            }
    }
    return labelled_letters * 2 >= letters;
}

enum { FIRST_SET = 200, PARTS = 3 };
static const char *const part_names[PARTS] = {"held-back", "tuned", "afterwards"};

static int part_of(const labelled *t)
{
    return t->number > FIRST_SET ? 2 : t->number % 2;
}

static void show(const labelled *t, const char *what, size_t start, size_t end, const char *kind)
{
    const char *part = getenv("SHOW");
    if (part && strcmp(part, part_names[part_of(t)]) == 0)
        printf("# %03d %s %s: “%.*s”\n", t->number, what, kind, (int)(end - start),
               t->text.bytes + start);
}

static void measure(arena *mem, const labelled *t, score *s)
{
    fault f = {0};
    identity_spans found;
    identity_known known = {t->authors, t->author_count, t->subject, "", NULL};
    assert_ok(identity_find(mem, t->text, &known, &found, &f), &f);
    for (size_t i = 0; i < t->mention_count; i++) {
        const mention *m = &t->mentions[i];
        bool in = covered(t, m, &found), contact = strcmp(m->kind, "đt") == 0 ||
                                                   strcmp(m->kind, "thư") == 0 ||
                                                   strcmp(m->kind, "số") == 0;
        s->mentions++;
        s->found += in;
        s->contacts += contact;
        s->contacts_found += contact && in;
        if (!in)
            show(t, "missed", m->start, m->end, m->kind);
    }
    for (size_t i = 0; i < found.count; i++) {
        bool good = right(t, &found.items[i]);
        s->spans++;
        s->right += good;
        if (!good)
            show(t, "wrong", found.items[i].start, found.items[i].end, found.items[i].kind);
    }
    s->texts++;
}

static void read_all(score parts[PARTS])
{
    glob_t files;
    assert_int_equal(glob("fixtures/identity/*.txt", 0, NULL, &files), 0);
    for (size_t i = 0; i < files.gl_pathc; i++) {
        fault f = {0};
        buffer b = BUFFER_INIT;
        assert_ok(file_read(files.gl_pathv[i], 1 << 20, &b, &f), &f);
        char *at = b.bytes;
        for (;;) {
            arena *mem = arena_new(1 << 24);
            labelled t;
            bool more = next_text(mem, &at, &t);
            if (more)
                measure(mem, &t, &parts[part_of(&t)]);
            arena_free(mem);
            if (!more)
                break;
        }
        buffer_free(&b);
    }
    globfree(&files);
}

TEST("in 200 labelled texts and 20 written afterwards at least 98 % of mentions are found, 95 % of "
     "proposals are right, and every telephone, e-mail address and identity number is found")
{
    score parts[PARTS] = {{0}};
    read_all(parts);
    assert_int_equal(parts[0].texts + parts[1].texts, FIRST_SET);
    for (int i = 0; i < PARTS; i++) {
        const score *s = &parts[i];
        printf("# %s: %zu texts; %zu of %zu mentions found (%.3f), %zu of %zu places right (%.3f), "
               "%zu of %zu contacts and numbers found\n",
               part_names[i], s->texts, s->found, s->mentions,
               (double)s->found / (double)s->mentions, s->right, s->spans,
               (double)s->right / (double)s->spans, s->contacts_found, s->contacts);
    }
    for (int i = 0; i < PARTS && !getenv("SHOW"); i++) {
        const score *s = &parts[i];
        assert_int_equal(s->contacts_found, s->contacts);
        assert_true(s->found * 100 >= s->mentions * 98);
        assert_true(s->right * 100 >= s->spans * 95);
    }
}
