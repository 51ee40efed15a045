/* Vietnamese text on real prose: every line of fixtures/essays, and of the folder $CHAMTHI_CORPUS too. */
#include "test.h"

#include "chamthi/file.h"
#include "chamthi/text.h"
#include "text/detect.h"
#include "text/legacy.h"
#include "text/tables.h"
#include "text/utf8.h"

#include <utf8proc.h>

/* ---- the prose ---- */
typedef void (*line_test)(slice line, void *context);

static void each_line_of(const char *folder, line_test test, void *context)
{
    fault f = {0};
    arena *mem = arena_new(64 * 1024 * 1024);
    file_list files;
    assert_ok(file_walk(mem, folder, 3, &files, &f), &f);
    for (size_t i = 0; i < files.count; i++) {
        buffer b = BUFFER_INIT;
        assert_ok(file_read(file_join(mem, folder, files.items[i].path), 1 << 24, &b, &f), &f);
        const char *p = b.bytes, *end = b.bytes + b.size, *newline;
        for (; p < end; p = newline + 1) {
            newline = memchr(p, '\n', (size_t)(end - p));
            newline = newline ? newline : end;
            test((slice){p, (size_t)(newline - p)}, context);
        }
        buffer_free(&b);
    }
    assert_true(files.count > 0);
    arena_free(mem);
}

static void each_line(line_test test, void *context)
{
    each_line_of("fixtures/essays", test, context);
    if (getenv("CHAMTHI_CORPUS"))
        each_line_of(getenv("CHAMTHI_CORPUS"), test, context);
}

static slice all(const buffer *b)
{
    return (slice){b->bytes, b->size};
}

static void display(slice line, buffer *out)
{
    text_report report = {0};
    text_display(line, ENCODING_UTF8, out, &report);
}

/* ---- invariants ---- */
static void assert_same(const char *what, slice line, const buffer *a, const buffer *b)
{
    if (a->size != b->size || memcmp(a->bytes, b->bytes, a->size) != 0)
        fail_msg("%s of “%.*s”:\n%s\n%s", what, (int)line.size, line.bytes, a->bytes, b->bytes);
}

static void assert_idempotent(slice line, void *context)
{
    static void (*const all_forms[])(slice, buffer *) = {display, text_key, text_variant,
                                                         text_fold};
    static const char *const names[] = {"D1", "K1", "K2", "K3"};
    for (int i = 0; i < 4; i++) {
        buffer once = BUFFER_INIT, twice = BUFFER_INIT;
        all_forms[i](line, &once);
        all_forms[i](all(&once), &twice);
        assert_same(names[i], line, &once, &twice);
        buffer_free(&once);
        buffer_free(&twice);
    }
    *(size_t *)context += 1;
}

TEST("every form of every line is its own form")
{
    size_t lines = 0;
    each_line(assert_idempotent, &lines);
    assert_true(lines > 500);
}

/* True when the word that ends at `end` is a syllable by itself: only those have two styles. */
static bool ends_syllable(slice s, size_t end)
{
    size_t from = end;
    while (from && !strchr(" .,;:!?\"()/-", s.bytes[from - 1]))
        from--;
    text_count n = text_measure((slice){s.bytes + from, end - from});
    return n.valid == 1 && n.syllables == 1;
}

/* oà ↔ òa at the end of a word, as the other style writes it; qu stays. */
static void other_style(slice nfc, buffer *out)
{
    static const char pairs[][2][8] = {{"oà", "òa"}, {"oả", "ỏa"}, {"oã", "õa"}, {"oá", "óa"},
                                       {"oạ", "ọa"}, {"oè", "òe"}, {"oẻ", "ỏe"}, {"oẽ", "õe"},
                                       {"oé", "óe"}, {"oẹ", "ọe"}, {"uỳ", "ùy"}, {"uỷ", "ủy"},
                                       {"uỹ", "ũy"}, {"uý", "úy"}, {"uỵ", "ụy"}};
    size_t i = 0;
    while (i < nfc.size) {
        const char *at = nfc.bytes + i, *found = NULL;
        size_t size = 1;
        for (size_t k = 0; k < sizeof pairs / sizeof *pairs && !found; k++)
            for (int way = 0; way < 2 && !found; way++) {
                size_t n = strlen(pairs[k][way]);
                bool here = i + n <= nfc.size && memcmp(at, pairs[k][way], n) == 0;
                bool ends = i + n == nfc.size || strchr(" .,;:!?\")", at[n]);
                if (here && ends && !(i && strchr("qQ", at[-1])) && ends_syllable(nfc, i + n)) {
                    found = pairs[k][!way];
                    size = n;
                }
            }
        buffer_put(out, found ? found : at, found ? strlen(found) : 1);
        i += size;
    }
}

static void assert_same_keys(slice line, void *context)
{
    static void (*const keys[])(slice, buffer *) = {text_key, text_variant, text_fold};
    buffer nfc = BUFFER_INIT, styled = BUFFER_INIT;
    display(line, &nfc);
    other_style(all(&nfc), &styled);
    *(size_t *)context += styled.size != nfc.size || memcmp(nfc.bytes, styled.bytes, nfc.size);
    char *nfd = (char *)utf8proc_NFD((const utf8proc_uint8_t *)nfc.bytes);
    buffer back = BUFFER_INIT;
    display((slice){nfd, strlen(nfd)}, &back);
    assert_same("D1 of NFD", line, &nfc, &back);
    for (int i = 0; i < 3; i++) {
        buffer a = BUFFER_INIT, b = BUFFER_INIT, c = BUFFER_INIT, d = BUFFER_INIT;
        keys[i](all(&nfc), &a);
        keys[i](all(&styled), &b);
        keys[i]((slice){nfd, strlen(nfd)}, &c);
        keys[i](line, &d);
        assert_same("key of the other style", line, &a, &b);
        assert_same("key of NFD", line, &a, &c);
        assert_same("key of D0", line, &a, &d);
        buffer_free(&a);
        buffer_free(&b);
        buffer_free(&c);
        buffer_free(&d);
    }
    free(nfd);
    buffer_free(&nfc);
    buffer_free(&styled);
    buffer_free(&back);
}

TEST("keys are the same for NFC and NFD, old and new tone placement")
{
    size_t restyled = 0;
    each_line(assert_same_keys, &restyled);
    assert_true(restyled > 100);
}

/* ---- encoding, the way back ---- */
static bool encode_letter(int set, uint32_t c, buffer *out)
{
    for (int byte = 0x80; byte < 0x100; byte++)
        if (set_letter[set][byte] == c) {
            buffer_byte(out, (char)byte);
            return true;
        }
    for (int first = 0; set == SET_VNI && first < 256; first++)
        for (int second = 0xFF; second >= 0xC0 && vni_first[first]; second--)
            if (vni_pair[vni_first[first]][vni_second[second]] == c) {
                buffer_byte(out, (char)first);
                /* A small letter has a small mark. */
                buffer_byte(out, (char)(c != (uint32_t)utf8proc_tolower((utf8proc_int32_t)c)
                                            ? second & ~0x20
                                            : second));
                return true;
            }
    return false;
}

static bool encode(text_encoding e, slice text, buffer *out)
{
    static const int set_of[] = {[ENCODING_TCVN3] = SET_TCVN3,
                                 [ENCODING_VNI] = SET_VNI,
                                 [ENCODING_VISCII] = SET_VISCII,
                                 [ENCODING_VPS] = SET_VPS,
                                 [ENCODING_CP1258] = SET_CP1258};
    static const uint16_t tones[] = {0, 0x300, 0x309, 0x303, 0x301, 0x323};
    const uint8_t *p = (const uint8_t *)text.bytes, *end = p + text.size;
    if (e == ENCODING_MOJIBAKE) {
        buffer_put(out, text.bytes, text.size);
        return true;
    }
    while (p < end) {
        uint32_t c;
        bool bad;
        p += utf8_next(p, end, &c, &bad);
        unsigned letter = letter_index(c) < 0 ? 0 : letter_of[letter_index(c)];
        uint32_t lower = letter ? letter_point(letter_part(letter), tone_part(letter), 0) : c;
        uint32_t base = letter ? letter_point(letter_part(letter), 0, case_part(letter)) : c;
        if (c < 0x80)
            buffer_byte(out, (char)c);
        else if (encode_letter(set_of[e], c, out) || encode_letter(set_of[e], lower, out))
            continue;
        else if (e == ENCODING_CP1258 && letter && tone_part(letter)) {
            if (base < 0x80)
                buffer_byte(out, (char)base);
            else if (!encode_letter(SET_CP1258, base, out))
                return false;
            encode_letter(SET_CP1258, tones[tone_part(letter)], out);
        } else if (!letter && legacy_byte(c) >= 0x80 && !set_letter[set_of[e]][legacy_byte(c)] &&
                   !(e == ENCODING_VNI && vni_second[legacy_byte(c)]))
            buffer_byte(out, (char)legacy_byte(c));
        else if (c == 0x2013 ||
                 c == 0x2014) /* where the encoding has a letter, people typed ASCII */
            buffer_byte(out, '-');
        else if (c == 0x2026)
            buffer_text(out, "...");
        else if (c >= 0x2018 && c <= 0x201D)
            buffer_byte(out, '"');
        else
            return false;
    }
    return true;
}

static const text_encoding encodings[] = {ENCODING_MOJIBAKE, ENCODING_TCVN3,  ENCODING_VNI,
                                          ENCODING_CP1258,   ENCODING_VISCII, ENCODING_VPS};
enum { ENCODINGS = sizeof encodings / sizeof *encodings };

static void as_seen(slice bytes, buffer *out)
{
    for (size_t i = 0; i < bytes.size; i++) {
        uint8_t utf8[4];
        buffer_put(out, utf8, utf8_put(utf8, legacy_character((uint8_t)bytes.bytes[i])));
    }
}

typedef struct {
    size_t right[ENCODINGS], wrong[ENCODINGS], kept[ENCODINGS];
    size_t syllables; /* of a segment; 0: whole lines */
    size_t genuine, changed;
} score;

/* Encodes, shows the bytes as windows-1252 would, and looks what comes back. */
static void try_segment(slice text, score *s)
{
    buffer wanted = BUFFER_INIT;
    text_key(text, &wanted);
    for (int i = 0; i < ENCODINGS; i++) {
        buffer bytes = BUFFER_INIT, seen = BUFFER_INIT, out = BUFFER_INIT, got = BUFFER_INIT;
        if (encode(encodings[i], text, &bytes)) {
            text_report report = {0};
            as_seen(all(&bytes), &seen);
            text_display_run(all(&seen), NULL, &out, &report);
            text_key(all(&out), &got);
            bool same = strcmp(got.bytes, wanted.bytes) == 0;
            s->right[i] += same;
            s->kept[i] += !same && report.converted == 0;
            s->wrong[i] += !same && report.converted != 0;
            if (!same && report.converted && s->syllables >= 3)
                print_error("%s: “%.*s” became “%s” (%s)\n", text_encoding_name(encodings[i]),
                            (int)text.size, text.bytes, out.bytes,
                            text_encoding_name(report.encoding));
        }
        buffer_free(&bytes);
        buffer_free(&seen);
        buffer_free(&out);
        buffer_free(&got);
    }
    buffer_free(&wanted);
}

static bool is_only_vietnamese(slice s)
{
    bool accented = false;
    const uint8_t *p = (const uint8_t *)s.bytes, *end = p + s.size;
    while (p < end) {
        uint32_t c;
        bool bad;
        p += utf8_next(p, end, &c, &bad);
        bool letter = letter_index(c) >= 0 && letter_of[letter_index(c)];
        if (bad || (c >= 0x80 && !letter && legacy_byte(c) < 0))
            return false;
        accented |= c >= 0x80 && letter;
    }
    return accented;
}

static void try_line(slice line, void *context)
{
    score *s = context;
    buffer nfc = BUFFER_INIT;
    display(line, &nfc);
    slice text = all(&nfc);
    if (s->syllables) { /* from the middle of the line */
        size_t from = 0, blanks = 0, to;
        while (from && from < text.size && text.bytes[from - 1] != ' ')
            from++;
        for (to = from; to < text.size; to++)
            if (text.bytes[to] == ' ' && ++blanks == s->syllables)
                break;
        text = (slice){text.bytes + from, to - from};
        if (blanks < s->syllables)
            text.size = 0;
    }
    const char *colon = memchr(line.bytes, ':', line.size);
    if (colon && colon[1] == ' ' && !memchr(line.bytes, ' ', (size_t)(colon - line.bytes)))
        text.size = 0; /* the essay's own fields */
    if (text.size && is_only_vietnamese(text))
        try_segment(text, s);
    buffer_free(&nfc);
}

/* §5 of the specification, in tenths of a per cent, in the order of `encodings`. */
static const struct {
    size_t syllables;
    unsigned right[ENCODINGS];
} wanted_shares[] = {
    {3, {992, 960, 982, 985, 830, 800}},
    {5, {1000, 998, 1000, 1000, 972, 960}},
    {8, {1000, 1000, 1000, 1000, 992, 980}},
    {15, {1000, 1000, 1000, 1000, 1000, 1000}},
};
/* Foreign names and lists of single letters, which an encyclopedia has, can decode by chance. */
static void assert_wrong(const score *s, int k)
{
    size_t n = s->right[k] + s->wrong[k] + s->kept[k];
    if (s->wrong[k] > (getenv("CHAMTHI_CORPUS") ? n / 5000 : 0))
        fail_msg("%zu syllables, %s: %zu wrong of %zu", s->syllables,
                 text_encoding_name(encodings[k]), s->wrong[k], n);
}

TEST("a legacy encoding is found from three syllables on, and never a wrong one")
{
    for (size_t i = 0; i < sizeof wanted_shares / sizeof *wanted_shares; i++) {
        score s = {.syllables = wanted_shares[i].syllables};
        each_line(try_line, &s);
        for (int k = 0; k < ENCODINGS; k++) {
            size_t n = s.right[k] + s.wrong[k] + s.kept[k];
            print_message("# %zu syllables, %s: %zu of %zu right, %zu wrong\n", s.syllables,
                          text_encoding_name(encodings[k]), s.right[k], n, s.wrong[k]);
            assert_true(n > 500);
            assert_wrong(&s, k);
            if (!getenv("CHAMTHI_CORPUS"))
                assert_true(1000 * s.right[k] >= wanted_shares[i].right[k] * n);
        }
    }
}

TEST("whole paragraphs come back from six encodings")
{
    score s = {0};
    each_line(try_line, &s);
    for (int k = 0; k < ENCODINGS; k++) {
        size_t n = s.right[k] + s.wrong[k] + s.kept[k];
        print_message("# paragraphs, %s: %zu of %zu right, %zu wrong\n",
                      text_encoding_name(encodings[k]), s.right[k], n, s.wrong[k]);
        assert_wrong(&s, k);
        if (!getenv("CHAMTHI_CORPUS"))
            assert_true(1000 * s.right[k] >= 995 * n);
    }
}

/* ---- genuine Unicode ---- */
static bool is_latin1_only(slice s)
{
    bool accented = false;
    const uint8_t *p = (const uint8_t *)s.bytes, *end = p + s.size;
    while (p < end) {
        uint32_t c;
        bool bad;
        p += utf8_next(p, end, &c, &bad);
        if (c >= 0x100)
            return false;
        accented |= c >= 0xC0;
    }
    return accented;
}

static void try_windows(slice line, void *context)
{
    score *s = context;
    buffer text = BUFFER_INIT;
    display(line, &text);
    for (const char *from = text.bytes; from; from = strchr(from, ' ')) {
        from += *from == ' ';
        const char *to = from;
        for (int n = 1; n <= 8 && to && *to; n++) {
            to = strchr(to + (to != from), ' ');
            slice window = {from, to ? (size_t)(to - from) : strlen(from)};
            if (!is_latin1_only(window))
                continue;
            buffer out = BUFFER_INIT;
            text_report report = {0};
            text_display_run(window, NULL, &out, &report);
            s->genuine++;
            s->changed += out.size != window.size || memcmp(out.bytes, window.bytes, out.size) != 0;
            buffer_free(&out);
        }
    }
    buffer_free(&text);
}

TEST("genuine Unicode stays as it is, even where it has only letters of Western Europe")
{
    score s = {0};
    each_line(try_windows, &s);
    print_message("# %zu of %zu segments changed\n", s.changed, s.genuine);
    assert_true(s.genuine > 3000);
    assert_true(1000 * s.changed <= s.genuine);
}

/* ---- Unicode's own test of normalisation ---- */
/* Reads "0044 0307" up to a semicolon as UTF-8; returns what follows it. */
static const char *read_field(const char *p, buffer *out)
{
    while (*p && *p != ';') {
        char *end;
        uint8_t bytes[4];
        uint32_t c = (uint32_t)strtoul(p, &end, 16);
        buffer_put(out, bytes, utf8_put(bytes, c));
        p = end + strspn(end, " ");
    }
    return *p ? p + 1 : p;
}

/* What D1 does besides NFC: the standard's strings hold spaces and invisible characters too. */
static void besides_nfc(slice nfc, buffer *out)
{
    const uint8_t *p = (const uint8_t *)nfc.bytes, *end = p + nfc.size;
    while (p < end) {
        uint32_t c;
        bool bad;
        uint8_t bytes[4];
        p += utf8_next(p, end, &c, &bad);
        bool space =
            c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000;
        bool invisible =
            c == 0xAD || c == 0x34F || (c >= 0x200B && c <= 0x200F) || c == 0x2060 || c == 0xFEFF;
        if (!invisible)
            buffer_put(out, bytes, utf8_put(bytes, space ? ' ' : c));
    }
    if (out->size && out->bytes[out->size - 1] == ' ')
        buffer_end(out, out->size - 1);
}

static void assert_normal_line(const char *line)
{
    buffer field[5], wanted[2];
    for (int i = 0; i < 5; i++) {
        field[i] = (buffer)BUFFER_INIT;
        line = read_field(line, &field[i]);
    }
    for (int i = 0; i < 2; i++) {
        wanted[i] = (buffer)BUFFER_INIT;
        besides_nfc(all(&field[i ? 3 : 1]), &wanted[i]);
    }
    for (int i = 0; i < 5; i++) {
        buffer got = BUFFER_INIT, padded = BUFFER_INIT, long_got = BUFFER_INIT;
        display(all(&field[i]), &got);
        assert_same("NFC", all(&field[i]), &got, &wanted[i >= 3]);
        /* Once more inside a text, where sixteen bytes are looked at together. */
        buffer_text(&padded, "Vie\xCC\x82\xCC\xA3t Nam, ");
        buffer_put(&padded, field[i].bytes, field[i].size);
        buffer_text(&padded, "! Ha\xCC\x80 No\xCC\xA3\xCC\x82i");
        display(all(&padded), &long_got);
        buffer_clear(&padded);
        buffer_text(&padded, "Việt Nam, ");
        buffer_put(&padded, wanted[i >= 3].bytes, wanted[i >= 3].size);
        buffer_text(&padded, "! Hà Nội");
        if (padded.bytes[strlen("Việt Nam, ")] != ' ')
            assert_same("NFC inside", all(&field[i]), &long_got, &padded);
        buffer_free(&got);
        buffer_free(&padded);
        buffer_free(&long_got);
    }
    for (int i = 0; i < 5; i++)
        buffer_free(&field[i]);
    buffer_free(&wanted[0]);
    buffer_free(&wanted[1]);
}

TEST("the fields of Unicode's NormalizationTest have the NFC of the standard")
{
    FILE *f = popen("bzcat /usr/share/unicode/NormalizationTest.txt.bz2", "r");
    char line[4096];
    size_t lines = 0;
    assert_non_null(f);
    while (fgets(line, sizeof line, f))
        if (strchr("0123456789ABCDEF", *line)) {
            assert_normal_line(line);
            lines++;
        }
    assert_int_equal(pclose(f), 0);
    assert_true(5 * lines >= 95370);
}
