/* Contest definitions, units and judges. */
#include "test.h"

#include "chamthi/buffer.h"
#include "chamthi/contest.h"
#include "chamthi/file.h"

enum { MEMORY = 64 * 1024 * 1024 };

/* A store in a folder of its own, and an arena. */
typedef struct {
    char folder[64];
    store *db;
    arena *mem;
    fault f;
} world;

static world world_make(void)
{
    world w = {.mem = arena_new(MEMORY)};
    test_folder(w.folder);
    assert_non_null(w.mem);
    assert_ok(
        store_open(&w.db, file_join(w.mem, w.folder, "a.db"), BY_ORGANIZER, STORE_CREATE, &w.f),
        &w.f);
    return w;
}

static void world_end(world *w)
{
    store_close(w->db);
    arena_free(w->mem);
    test_folder_remove(w->folder);
}

static const char *write_file(world *w, const char *name, const char *text)
{
    const char *path = file_join(w->mem, w->folder, name);
    assert_ok(file_write(path, text, strlen(text), &w->f), &w->f);
    return path;
}

static int64_t audit_rows(world *w)
{
    audit_verdict v;
    assert_ok(audit_verify(w->db, &v, &w->f), &w->f);
    assert_true(v.intact);
    return v.rows;
}

static bool load_contest(world *w, const char *path)
{
    int64_t year = 0;
    bool changed = false;
    assert_ok(contest_load(w->db, w->mem, "cli:test", path, &year, &changed, &w->f), &w->f);
    return changed;
}

static void load_units(world *w, const char *path)
{
    int64_t rows = 0;
    assert_ok(unit_load(w->db, w->mem, "cli:test", path, &rows, &w->f), &w->f);
}

static int64_t find_unit(world *w, const char *text, int64_t year)
{
    int64_t id = -1;
    assert_ok(unit_find(w->db, w->mem, text, year, &id, &w->f), &w->f);
    return id;
}

static int64_t count_of(world *w, statement q, int64_t argument)
{
    cursor rows;
    int64_t n = 0;
    assert_ok(store_select(w->db, q, ARGS(v_int(argument)), &rows, &w->f), &w->f);
    while (cursor_next(&rows))
        n++;
    assert_ok(cursor_close(&rows, &w->f), &w->f);
    return n;
}

/* ---- definitions ---- */

static const char plain[] = "year: 2024\n"
                            "name: Cuộc thi\n"
                            "organizer: Ban Tổ chức\n"
                            "place: Hà Nội\n"
                            "signatory: {title: TRƯỞNG BAN}\n"
                            "tracks:\n"
                            "  - {key: essay, name: Bài viết}\n"
                            "  - {key: press, name: Báo chí}\n"
                            "rules:\n"
                            "  words_most: {value: 1500, provenance: found, source: KH 1}\n"
                            "  closes: {value: 2024-05-31, provenance: found, source: KH 1}\n"
                            "  required: {value: [title, phone], provenance: found, source: KH 1}\n"
                            "rounds:\n"
                            "  - key: so-khao\n"
                            "    name: Sơ khảo\n"
                            "    per_entry: 3\n"
                            "    provenance: inferred\n"
                            "    source: đề xuất\n"
                            "    criteria:\n"
                            "      - {key: a, name: Một, most: 25, step: 0.5}\n"
                            "prizes:\n"
                            "  - key: nhat\n"
                            "    name: Nhất\n"
                            "    track: essay\n"
                            "    quota: {provenance: unknown}\n"
                            "barred:\n"
                            "  - {name: Ngô Kín Đáo, role: secretary, birth_year: 1980}\n";

/* `plain` with `from` replaced by `to`. */
static const char *edited(arena *mem, const char *from, const char *to)
{
    const char *at = strstr(plain, from);
    assert_non_null(at);
    return arena_format(mem, "%.*s%s%s", (int)(at - plain), plain, to, at + strlen(from));
}

static status parse(arena *mem, const char *text, contest **out, fault *f)
{
    return contest_parse(mem, "thi.yaml", (slice){text, strlen(text)}, out, f);
}

TEST("a mistake in a definition is told with its line, its column and what was probably meant")
{
    static const struct {
        const char *from, *to, *said;
    } cases[] = {
        {"words_most: {", "word_most: {",
         "thi.yaml:10:3: there is no key “word_most”; did you mean “words_most”?"},
        {"organizer:", "organiser:",
         "thi.yaml:3:1: there is no key “organiser”; did you mean “organizer”?"},
        {"organizer:", "organiser:", "thi.yaml:1:1: the key organizer is missing"},
        {"place:", "khác:", "thi.yaml:4:1: there is no key “khác”; known here: year, name"},
        {"value: 1500", "value: nhiều", "thi.yaml:10:23: words_most: “nhiều” is no whole number"},
        {"value: 1500", "value: 1.500", "thi.yaml:10:23: words_most: “1.500” is no whole number"},
        {"{value: 1500, provenance: found, source: KH 1}", "1500",
         "thi.yaml:10:15: words_most: write {value: …"},
        {"2024-05-31", "2024-02-30",
         "thi.yaml:11:19: closes: “2024-02-30” is no day of the calendar"},
        {"2024-05-31", "[1, 2]", "thi.yaml:11:20: closes: wants plain text"},
        {"[title, phone]", "[title, phon]",
         "required, item 2: a manifest has no column “phon” → phone?"},
        {"[title, phone]", "[title, phone|adress]",
         "required, item 2: a manifest has no column “adress” → address?"},
        {"track: essay", "track: esay",
         "thi.yaml:24:12: prize nhat: there is no track “esay”; did you mean “essay”?"},
        {"track: essay", "track: thơ", "thi.yaml:24:12: track: “thơ” must be small letters"},
        {"value: 1500, provenance: found,", "value: 1500,", "words_most: provenance is missing"},
        {"provenance: found, source: KH 1}", "provenance: fond, source: KH 1}",
         "provenance: there is no value “fond”; did you mean “found”?"},
        {"provenance: found, source: KH 1}", "provenance: found}",
         "thi.yaml:10:16: words_most: source must say"},
        {"{provenance: unknown}", "{value: 3, provenance: unknown}",
         "thi.yaml:25:13: quota: an unknown figure must not have a value"},
        {"{value: 1500, provenance: found, source: KH 1}", "{provenance: found, source: KH 1}",
         "a figure that is found must have a value"},
        {"provenance: inferred\n", "provenance: unknown\n",
         "thi.yaml:17:17: round so-khao: judging needs figures"},
        {"per_entry: 3", "per_entry: 0",
         "thi.yaml:16:16: per_entry: “0” is no whole number from 1 to 9"},
        {"per_entry: 3", "per_entry: 3\n    advance: 5",
         "thi.yaml:17:14: nothing goes on from the last round"},
        {"step: 0.5", "step: 0.7", "thi.yaml:20:10: criterion a: from least to most"},
        {"step: 0.5", "step: 0", "thi.yaml:20:10: criterion a: from least to most"},
        {"most: 25", "most: 25.125", "most: “25.125” is no number (such as 25 or 0.5"},
        {"most: 25", "weight: 0, most: 25", "thi.yaml:20:37: weight: “0” is no number > 0"},
        {"step: 0.5", "step: 0,5", "thi.yaml:20:47: “5” stands behind a comma: within { }"},
        {"name: Một", "name: Một, hai", "“hai” stands behind a comma"},
        {"key: press", "key: essay", "thi.yaml:8:11: the key essay is used by an item above"},
        {"role: secretary", "role: secretery", "did you mean “secretary”?"},
        {"birth_year: 1980", "birth_year: 2030", "thi.yaml:27:54: the birth year 2030 is after"},
        {"year: 2024\n", "year: 2024\nyear: 2025\n", "thi.yaml:2:1:"},
        {"tracks:\n", "tracks: [\n", "cannot read the YAML"},
        {"name: Cuộc thi", "name: &a Cuộc thi\nplace2: *a", "there is no key “place2”"},
        {"place: Hà Nội", "place: *nowhere", "place: wants plain text"},
        {"barred:\n", "---\nbarred:\n", "several documents"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        arena *mem = arena_new(MEMORY);
        fault f = {0};
        contest *c;
        const char *text = edited(mem, cases[i].from, cases[i].to);
        assert_int_equal(parse(mem, text, &c, &f), E_INPUT);
        if (!strstr(f.text[LANG_EN], cases[i].said))
            fail_msg("%s → %s\n wanted: %s\n got: %s", cases[i].from, cases[i].to, cases[i].said,
                     f.text[LANG_EN]);
        arena_free(mem);
    }
}

TEST("columns count letters, not bytes: a Vietnamese letter before the mistake is one column")
{
    arena *mem = arena_new(MEMORY);
    fault f = {0};
    contest *c;
    const char *text = edited(mem, "{key: press, name: Báo chí}", "{name: Tác phẩm, kye: press}");
    assert_int_equal(parse(mem, text, &c, &f), E_INPUT);
    assert_non_null(strstr(f.text[LANG_EN], "thi.yaml:8:22: there is no key “kye”"));
    arena_free(mem);
}

TEST("several mistakes are told together, and how many more there are")
{
    arena *mem = arena_new(MEMORY);
    fault f = {0};
    contest *c;
    buffer text = BUFFER_INIT;
    buffer_text(&text, plain);
    for (int i = 0; i < 30; i++)
        buffer_format(&text, "key%d: 1\n", i);
    assert_int_equal(parse(mem, text.bytes, &c, &f), E_INPUT);
    assert_non_null(strstr(f.text[LANG_EN], "thi.yaml:28:1:"));
    assert_non_null(strstr(f.text[LANG_EN], "\nthi.yaml:29:1:"));
    assert_non_null(strstr(f.text[LANG_VI], "lỗi nữa"));
    assert_non_null(strstr(f.text[LANG_EN], "more"));
    buffer_free(&text);
    arena_free(mem);
}

TEST("a definition becomes numbers in hundredths, seconds and days")
{
    arena *mem = arena_new(MEMORY);
    fault f = {0};
    contest *c;
    const char *text = edited(mem, "  words_most:",
                              "  seconds_most: {value: 7:30, provenance: found, source: x}\n"
                              "  words_most:");
    assert_ok(parse(mem, text, &c, &f), &f);
    assert_int_equal(c->rules.seconds_most.number, 450);
    assert_int_equal(c->rules.closes.day.month, 5);
    assert_int_equal(c->rules.words_least.from, PROVENANCE_UNKNOWN);
    assert_string_equal(c->rules.words_least.source, "");
    assert_int_equal(c->rounds[0].criteria[0].most, 2500);
    assert_int_equal(c->rounds[0].criteria[0].step, 50);
    assert_string_equal(c->rules.required.items[1], "phone");
    assert_string_equal(c->signatory_name, "");
    assert_int_equal(c->prizes[0].quota.from, PROVENANCE_UNKNOWN);
    assert_int_equal(c->barred[0].birth_year, 1980);
    arena_free(mem);
}

TEST("letters typed as base and mark become single letters")
{
    arena *mem = arena_new(MEMORY);
    fault f = {0};
    contest *c;
    assert_ok(
        parse(mem, edited(mem, "place: Hà Nội", "place: Ha\xCC\x80 No\xCC\xA3\xCC\x82i"), &c, &f),
        &f);
    assert_string_equal(c->place, "Hà Nội");
    arena_free(mem);
}

TEST("bytes that are no UTF-8 are refused with a sentence")
{
    arena *mem = arena_new(MEMORY);
    fault f = {0};
    contest *c;
    assert_int_equal(parse(mem, edited(mem, "Hà", "H\xE0"), &c, &f), E_INPUT);
    assert_non_null(strstr(f.text[LANG_EN], "not UTF-8"));
    arena_free(mem);
}

TEST("damaged definitions never end the program, and never pass as something else than refused")
{
    world w = world_make();
    buffer text = BUFFER_INIT;
    assert_ok(file_read("src/contest/data/example.yaml", 1 << 20, &text, &w.f), &w.f);
    unsigned seed = 7;
    static const char noise[] = "{}[]:,-#&*!|>'\"%@`\n\t 9\xC3\x00";
    for (int round = 0; round < 400; round++) {
        char *copy = arena_copy(w.mem, text.bytes, text.size);
        size_t size = text.size;
        contest *c = NULL;
        for (int i = 0; i < 3; i++) {
            seed = seed * 1103515245u + 12345u;
            copy[(seed >> 8) % size] = noise[(seed >> 4) % (sizeof noise - 1)];
        }
        if (round % 5 == 0)
            size = (seed >> 8) % size;
        status st = contest_parse(w.mem, "hỏng.yaml", (slice){copy, size}, &c, &w.f);
        assert_true(st == E_INPUT || (st == OK && c && c->track_count));
        arena_reset(w.mem);
    }
    buffer_free(&text);
    world_end(&w);
}

/* ---- in the store ---- */

TEST("the example that contest example prints is a definition without a mistake")
{
    world w = world_make();
    int64_t id = 0;
    contest *c;
    assert_true(load_contest(&w, "src/contest/data/example.yaml"));
    assert_ok(contest_get(w.db, w.mem, 2026, &c, &w.f), &w.f);
    assert_int_equal(c->rounds[0].criteria[3].most, 2000);
    assert_int_equal(c->rules.seconds_most.number, 420);
    assert_int_equal(c->barred_count, 1);
    assert_ok(contest_track_id(w.db, 2026, "TÁC PHẨM BÁO CHÍ", &id, &w.f), &w.f);
    assert_int_equal(contest_track_id(w.db, 2026, "thơ", &id, &w.f), E_MISSING);
    assert_non_null(strstr(w.f.text[LANG_VI], "essay, press"));
    assert_ok(contest_round_id(w.db, 2026, "Sơ khảo", &id, &w.f), &w.f);
    assert_int_equal(contest_get(w.db, w.mem, 1999, &c, &w.f), E_MISSING);
    world_end(&w);
}

TEST("loading a contest again changes nothing and leaves no audit row")
{
    world w = world_make();
    const char *path = write_file(&w, "a.yaml", plain);
    assert_true(load_contest(&w, path));
    int64_t rows = audit_rows(&w);
    assert_false(load_contest(&w, path));
    assert_int_equal(audit_rows(&w), rows);
    world_end(&w);
}

TEST("a changed definition updates in place: ids stay, what it leaves out goes")
{
    world w = world_make();
    int64_t before = 0, after = 0;
    load_contest(&w, write_file(&w, "a.yaml", plain));
    assert_ok(contest_round_id(w.db, 2024, "so-khao", &before, &w.f), &w.f);
    load_contest(&w,
                 write_file(&w, "b.yaml", edited(w.mem, "  - {key: press, name: Báo chí}\n", "")));
    assert_ok(contest_round_id(w.db, 2024, "so-khao", &after, &w.f), &w.f);
    assert_int_equal(before, after);
    assert_int_equal(contest_track_id(w.db, 2024, "press", &after, &w.f), E_MISSING);
    assert_int_equal(count_of(&w, Q_CONTEST_BARRED, 2024), 1);
    world_end(&w);
}

TEST("who is barred stands in a closed table only, not in the text of the definition")
{
    world w = world_make();
    store *judge;
    contest *c;
    cursor rows;
    load_contest(&w, write_file(&w, "a.yaml", plain));
    assert_ok(contest_get(w.db, w.mem, 2024, &c, &w.f), &w.f);
    assert_int_equal(c->barred_count, 1);
    assert_string_equal(c->barred[0].name, "Ngô Kín Đáo");
    assert_ok(store_select(w.db, Q_CONTEST_DEFINITION, ARGS(v_int(2024)), &rows, &w.f), &w.f);
    assert_true(cursor_next(&rows));
    assert_null(strstr(cursor_text(&rows, 0), "Kín"));
    assert_non_null(strstr(cursor_text(&rows, 0), "quota: {provenance: unknown}\n"));
    assert_ok(cursor_close(&rows, &w.f), &w.f);
    assert_ok(store_open(&judge, store_path(w.db), BY_JUDGE, STORE_EXISTING, &w.f), &w.f);
    assert_int_equal(store_select(judge, Q_CONTEST_BARRED, ARGS(v_int(2024)), &rows, &w.f),
                     E_DENIED);
    store_close(judge);
    world_end(&w);
}

TEST("barred people in the middle of a file are taken out and the rest stays readable")
{
    world w = world_make();
    contest *c;
    buffer text = BUFFER_INIT;
    buffer_text(&text, "barred: # ai\n  - name: Ngô Kín Đáo\n    role: judge\n\n");
    buffer_put(&text, plain, (size_t)(strstr(plain, "barred:") - plain));
    load_contest(&w, write_file(&w, "a.yaml", text.bytes));
    assert_ok(contest_get(w.db, w.mem, 2024, &c, &w.f), &w.f);
    assert_int_equal(c->barred_count, 1);
    assert_int_equal(c->track_count, 2);
    buffer_free(&text);
    world_end(&w);
}

TEST("every contest of 2015–2024 loads, and each of its figures says where it comes from")
{
    world w = world_make();
    for (int year = 2015; year <= 2024; year++) {
        contest *c;
        load_contest(&w, arena_format(w.mem, "fixtures/contests/%d.yaml", year));
        assert_ok(contest_get(w.db, w.mem, year, &c, &w.f), &w.f);
        for (size_t i = 0; i < c->published_count; i++)
            if (c->published[i].value.from != PROVENANCE_UNKNOWN)
                assert_true(*c->published[i].value.source);
        int64_t points = 0;
        for (size_t i = 0; i < c->rounds[0].criterion_count; i++)
            points += c->rounds[0].criteria[i].most;
        assert_int_equal(points, 10000);
        assert_true(c->barred_count > 0);
    }
    int64_t latest = 0;
    assert_ok(contest_latest(w.db, &latest, &w.f), &w.f);
    assert_int_equal(latest, 2024);
    world_end(&w);
}

/* ---- units ---- */

TEST("a unit is found as it was in the year, however people write it")
{
    static const struct {
        const char *text;
        int year;
        const char *code; /* NULL: nothing, or nobody can tell */
    } cases[] = {
        {"Quận Tây Hồ", 2019, "003"},
        {"quận tây hồ", 2024, "003"},
        {"QUAN TAY HO", 2024, "003"},
        {"Q. Tây Hồ", 2024, "003"},
        {"Q.Tây Hồ", 2024, "003"},
        {"tây hồ", 2019, "003"},
        {"003", 2019, "003"},
        {"UBND quận Tây Hồ", 2019, "003"},
        {"Quận Tây Hồ, Hà Nội", 2019, "003"},
        {"Quận Tây Hồ", 2026, NULL},
        {"Tây Hồ", 2026, "00103"},
        {"Ba Đình", 2025, NULL}, /* the quận until June, the phường from July */
        {"Quận Ba Đình", 2025, "001"},
        {"Thanh Trì", 2019, "020"}, /* the huyện, though Hoàng Mai has a phường */
        {"Phường Thanh Trì", 2019, "00301"},
        {"Minh Khai", 2019, NULL}, /* three of that name */
        {"Phường Minh Khai, quận Hai Bà Trưng", 2019, "00295"},
        {"P. Minh Khai - Q. Bắc Từ Liêm - Hà Nội", 2019, "00613"},
        {"xã Ba Vì, huyện Ba Vì", 2019, "09703"},
        {"TX Sơn Tây", 2019, "269"},
        {"Huyện Ứng Hoà", 2019, "281"},
        {"Sở GD&ĐT Hà Nội", 2020, "SGDDT"},
        {"Sở Giáo dục - Đào tạo", 2020, "SGDDT"},
        {"Hội LHPN thành phố Hà Nội", 2020, "HPN"},
        {"Hội Nông dân TP. Hà Nội", 2020, "HND"},
        {"LĐLĐ TP Hà Nội", 2020, "LDLD"},
        {"Báo Hà Nội mới", 2020, "HNM"},
        {"Hànộimới", 2020, "HNM"},
        {"Đài PT-TH Hà Nội", 2020, "DAIHN"},
        {"Báo Kinh tế và Đô thị", 2020, "KTDT"},
        {"Ban Bạn đọc, Báo Hànộimới", 2024, "HNM"},
        {"Báo Phụ nữ Thủ đô, trang Hạnh phúc quanh ta", 2024, "PNTD"},
        {"Hội Người cao tuổi phường Bưởi, quận Tây Hồ", 2024, NULL},
        {"Trường THCS Ngọc Thụy", 2024, NULL},
        {"", 2024, NULL},
        {", - ;", 2024, NULL},
    };
    world w = world_make();
    load_units(&w, "fixtures/units.csv");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t found = find_unit(&w, cases[i].text, cases[i].year);
        int64_t wanted = cases[i].code ? find_unit(&w, cases[i].code, cases[i].year) : 0;
        if (found != wanted || (cases[i].code && !wanted))
            fail_msg("“%s” in %d: got %lld, wanted %s = %lld", cases[i].text, cases[i].year,
                     (long long)found, cases[i].code ? cases[i].code : "nothing",
                     (long long)wanted);
    }
    world_end(&w);
}

TEST("the units of 2015–2024: thirty districts, and no commune before or after its time")
{
    static const struct {
        int year;
        size_t communes, districts;
    } cases[] = {{2019, 579, 30}, {2024, 579, 30}, {2026, 126, 0}};
    world w = world_make();
    load_units(&w, "fixtures/units.csv");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        cursor rows;
        size_t communes = 0, districts = 0;
        const char *last = arena_format(w.mem, "%d-12-31", cases[i].year);
        const char *first = arena_format(w.mem, "%d-01-01", cases[i].year);
        assert_ok(store_select(w.db, Q_UNIT_LIST, ARGS(v_text(last), v_text(first)), &rows, &w.f),
                  &w.f);
        while (cursor_next(&rows)) {
            const char *kind = cursor_text(&rows, 1);
            communes += !strcmp(kind, "phường") || !strcmp(kind, "xã") || !strcmp(kind, "thị trấn");
            districts += !strcmp(kind, "quận") || !strcmp(kind, "huyện") || !strcmp(kind, "thị xã");
        }
        assert_ok(cursor_close(&rows, &w.f), &w.f);
        assert_int_equal(communes, cases[i].communes);
        assert_int_equal(districts, cases[i].districts);
    }
    world_end(&w);
}

TEST("units load again without a trace, and one wrong row changes nothing at all")
{
    static const struct {
        const char *rows, *said;
    } cases[] = {
        {"B,quận,,Quận B,,,\n", "line 3, column name: must not be empty"},
        {"B,quận,B,Quận B,,2024-13-01,\n", "line 3, column valid_from: “2024-13-01” is no day"},
        {"B,quận,B,Quận B,,2024-02-01,2024-01-01\n", "line 3, column valid_to"},
        {"B,quận,B,Quận B,ZZ,,\n", "the unit B belongs to a parent_code"},
        {"A,quận,A,Quận A,,2020-01-01,\n", "the code A has two rows whose periods overlap"},
        {"A,quận,B,Quận B,,,\n",
         "line 3, column code: the code A with the same first day is already in line 2"},
    };
    static const char head[] = "code,kind,name,full_name,parent_code,valid_from,valid_to\n"
                               "A,quận,A,Quận A,,,\n";
    world w = world_make();
    int64_t count = 0;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *path =
            write_file(&w, "u.csv", arena_format(w.mem, "%s%s", head, cases[i].rows));
        assert_int_equal(unit_load(w.db, w.mem, "cli:test", path, &count, &w.f), E_INPUT);
        if (!strstr(w.f.text[LANG_EN], cases[i].said))
            fail_msg("wanted: %s\n got: %s", cases[i].said, w.f.text[LANG_EN]);
        assert_int_equal(find_unit(&w, "A", 2020), 0);
    }
    assert_int_equal(audit_rows(&w), 0);
    load_units(&w, write_file(&w, "u.csv", head));
    load_units(&w, write_file(&w, "u.csv", head));
    assert_int_equal(audit_rows(&w), 1);
    world_end(&w);
}

TEST("an unknown column is an error with the column that was probably meant")
{
    world w = world_make();
    int64_t count;
    const char *path = write_file(&w, "u.csv", "code,kind,name,fullname\nA,quận,A,Quận A\n");
    assert_int_equal(unit_load(w.db, w.mem, "cli:test", path, &count, &w.f), E_INPUT);
    assert_non_null(strstr(w.f.text[LANG_EN], "“fullname” → full_name?"));
    path = write_file(&w, "u.csv", "Mã;Loại;Tên;Tên đầy đủ\r\nA;quận;A;Quận A\r\n");
    load_units(&w, path);
    assert_true(find_unit(&w, "Quận A", 2020) > 0);
    world_end(&w);
}

/* ---- judges ---- */

static void load_judges(world *w, const char *path)
{
    int64_t rows = 0;
    assert_ok(judge_load(w->db, w->mem, "cli:test", path, &rows, &w->f), &w->f);
}

TEST("the judges of the fixtures load, again without a trace, and keep their names apart")
{
    world w = world_make();
    load_contest(&w, "fixtures/contests/2023.yaml");
    load_contest(&w, "fixtures/contests/2024.yaml");
    load_units(&w, "fixtures/units.csv");
    load_judges(&w, "fixtures/judges.csv");
    int64_t rows = audit_rows(&w);
    load_judges(&w, "fixtures/judges.csv");
    assert_int_equal(audit_rows(&w), rows);
    assert_int_equal(count_of(&w, Q_JUDGE_LIST, 2024), 14);
    assert_int_equal(count_of(&w, Q_JUDGE_LIST, 2023), 10);
    store *judge;
    cursor list;
    assert_ok(store_open(&judge, store_path(w.db), BY_JUDGE, STORE_EXISTING, &w.f), &w.f);
    assert_int_equal(store_select(judge, Q_JUDGE_LIST, ARGS(v_int(2024)), &list, &w.f), E_DENIED);
    store_close(judge);
    world_end(&w);
}

TEST("a judge loaded again is updated in place: unit, cap, conflicts and contests as in the list")
{
    world w = world_make();
    int64_t before = 0, after = 0;
    load_contest(&w, "fixtures/contests/2023.yaml");
    load_contest(&w, "fixtures/contests/2024.yaml");
    load_units(&w, "fixtures/units.csv");
    load_judges(&w, write_file(&w, "j.csv",
                               "judge,name,unit,cap,conflicts,contests\n"
                               "G1,An,Quận Tây Hồ,5,HNM;Quận Ba Đình;2024-00017,2023;2024\n"));
    assert_ok(store_int(w.db, Q_JUDGE_ID, ARGS(v_text("G1")), &before, &w.f), &w.f);
    assert_int_equal(count_of(&w, Q_JUDGE_CONFLICTS, before), 3);
    load_judges(&w, write_file(&w, "j.csv",
                               "judge,name,unit,cap,conflicts,contests\nG1,Ân,HNM,,001,2024\n"));
    assert_ok(store_int(w.db, Q_JUDGE_ID, ARGS(v_text("G1")), &after, &w.f), &w.f);
    assert_int_equal(before, after);
    assert_int_equal(count_of(&w, Q_JUDGE_CONFLICTS, after), 1);
    assert_int_equal(count_of(&w, Q_JUDGE_LIST, 2023), 0);
    assert_int_equal(count_of(&w, Q_JUDGE_LIST, 2024), 1);
    world_end(&w);
}

TEST("a wrong judge is told by row and column, and nobody of that list is loaded")
{
    static const struct {
        const char *row, *said;
    } cases[] = {
        {"G2,An,,,,2030,", "line 3, column contests: there is no contest “2030”"},
        {"G2,,,,,2024,", "line 3, column name: the judge's name is wanted"},
        {"G 2,An,,,,2024,", "line 3, column judge:"},
        {"G1,An,,,,2024,", "line 3, column judge: the code G1 is already in line 2"},
        {"G2,An,Quận Sao Hỏa,,,2024,", "line 3, column unit: no unit “Quận Sao Hỏa” in 2024"},
        {"G2,An,,thơ,,2024,", "line 3, column tracks: 2024 has no track “thơ”"},
        {"G2,An,,,nhiều,2024,", "line 3, column cap: “nhiều” is no whole number"},
        {"G2,An,,,,2024,Quận Sao Hỏa", "line 3, column conflicts: no unit"},
    };
    world w = world_make();
    int64_t count = 0;
    load_contest(&w, "fixtures/contests/2024.yaml");
    load_units(&w, "fixtures/units.csv");
    int64_t rows = audit_rows(&w);
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *path = write_file(
            &w, "j.csv",
            arena_format(w.mem, "judge,name,unit,tracks,cap,contests,conflicts\nG1,Bình,,,,,\n%s\n",
                         cases[i].row));
        assert_int_equal(judge_load(w.db, w.mem, "cli:test", path, &count, &w.f), E_INPUT);
        if (!strstr(w.f.text[LANG_EN], cases[i].said))
            fail_msg("wanted: %s\n got: %s", cases[i].said, w.f.text[LANG_EN]);
        assert_int_equal(count_of(&w, Q_JUDGE_LIST, 2024), 0);
    }
    assert_int_equal(audit_rows(&w), rows);
    world_end(&w);
}
