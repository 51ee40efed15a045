/* reading due, add, list, calibrate: further readings beyond the first draw. */
#include "table.h"

#include "chamthi/random.h"
#include "chamthi/score.h"

#include <string.h>

static const cli_word purposes[] = {{"draw", "phân công", "draw"},
                                    {"third", "chấm lần ba", "third reading"},
                                    {"line", "sát ranh giới giải", "at the line"},
                                    {"check", "chấm kiểm tra", "check"},
                                    {"calibration", "bài chuẩn", "calibration"},
                                    {"link", "nối hai nhóm bài", "joins two groups"}};
enum { PURPOSE_WORDS = sizeof purposes / sizeof *purposes };

static status read_request(const cli *c, reading_request *out, unsigned char seed[SEED_SIZE],
                           fault *f)
{
    const char *word = cli_option(c, "--for"), *hex = cli_option(c, "--seed");
    int64_t share;
    *out = (reading_request){.purpose = READING_DRAW, .seed = seed};
    for (int p = READING_THIRD; p < PURPOSES; p++)
        if (strcmp(word, purpose_words[p]) == 0)
            out->purpose = (purpose)p;
    if (out->purpose == READING_DRAW)
        return FAIL(f, E_USAGE,
                    "--for nhận third, line, check, calibration hoặc link, không phải “%s”",
                    "--for takes third, line, check, calibration or link, not “%s”", word);
    TRY(cli_option_int(c, "--readings", 1, 100000, 20, &out->readings, f));
    TRY(cli_option_int(c, "--share", 5, 100, 5, &share, f));
    out->share = 100 * share;
    if (hex && !hex_decode(seed, SEED_SIZE, hex))
        return FAIL(f, E_USAGE, "--seed cần đúng %d chữ số thập lục phân",
                    "--seed wants exactly %d hexadecimal digits", 2 * SEED_SIZE);
    if (!hex)
        random_bytes(seed, SEED_SIZE);
    return OK;
}

static status print_needs(const cli *c, const reading_request *r, const reading_needs *n, fault *f)
{
    static const column columns[] = {{"track", "thể loại", "track", COLUMN_TEXT},
                                     {"rank", "hạng", "rank", COLUMN_INT},
                                     {"receipt", "số tiếp nhận", "receipt", COLUMN_TEXT},
                                     {"title", "tên bài", "title", COLUMN_TEXT},
                                     {"readings", "lượt chấm thêm", "readings", COLUMN_INT},
                                     {"gap", "chênh lệch", "gap", COLUMN_POINTS},
                                     {"chance", "khả năng, %", "chance, %", COLUMN_POINTS},
                                     {"why", "vì sao", "why", COLUMN_TEXT}};
    output o;
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < n->count; i++) {
        const reading_need *need = &n->items[i];
        output_text(&o, need->track);
        output_int(&o, need->rank);
        output_text(&o, need->receipt);
        output_text(&o, need->title);
        output_int(&o, need->readings);
        if (r->purpose == READING_THIRD)
            output_int(&o, need->gap);
        else
            output_null(&o);
        if (r->purpose == READING_LINE)
            output_int(&o, need->chance);
        else
            output_null(&o);
        output_text(&o, r->purpose != READING_CHECK
                            ? cli_show_word(c, purposes, PURPOSE_WORDS, purpose_words[r->purpose])
                        : need->drawn ? cli_say(c, "rút thăm", "by lot")
                                      : cli_say(c, "bài điểm cao", "at the top"));
    }
    return output_end(&o, f);
}

static int64_t readings_in(const reading_needs *n)
{
    int64_t sum = 0;
    for (size_t i = 0; i < n->count; i++)
        sum += n->items[i].readings;
    return sum;
}

static status explain(const cli *c, const reading_request *r, const reading_needs *n, fault *f)
{
    char points[32];
    if (c->format != FORMAT_TABLE)
        return OK;
    if (r->purpose == READING_THIRD && n->threshold) {
        points_text(points, n->threshold, c->lang == LANG_VI);
        return cli_print(c, f, "Chênh lệch từ %s điểm trở lên thì chấm lần thứ ba: %zu bài.\n",
                         "A gap of %s points or more calls for a third reading: %zu entries.\n",
                         points, n->count);
    }
    if (r->purpose == READING_LINK)
        return cli_print(c, f,
                         "Lượt chấm nối các nhóm bài không có giám khảo chung: %zu (xét những thể "
                         "loại đã nộp đủ phiếu).\n",
                         "Readings that join groups without a common judge: %zu (of tracks whose "
                         "sheets are all in).\n",
                         n->count);
    if (r->purpose != READING_LINE)
        return OK;
    points_text(points, n->expected_swaps, c->lang == LANG_VI);
    return cli_print(
        c, f,
        "Số bài có thể đang đứng nhầm bên ranh giới: khoảng %s. Dưới 0,50 thì không "
        "cần chấm thêm nữa.\n",
        "Entries that may stand on the wrong side of the line: about %s. Below 0.50 no "
        "more readings are needed.\n",
        points);
}

status cmd_reading_due(cli *c, fault *f)
{
    int64_t year;
    unsigned char seed[SEED_SIZE];
    reading_request r;
    reading_needs n;
    TRY(read_request(c, &r, seed, f));
    TRY(cli_contest(c, &year, f));
    TRY(reading_due(c->db, c->mem, year, cli_option(c, "--round"), &r, &n, f));
    c->attention = n.count > 0;
    TRY(explain(c, &r, &n, f));
    return print_needs(c, &r, &n, f);
}

status cmd_reading_add(cli *c, fault *f)
{
    int64_t year;
    unsigned char seed[SEED_SIZE];
    reading_request r;
    reading_needs n;
    TRY(read_request(c, &r, seed, f));
    TRY(cli_contest(c, &year, f));
    TRY(reading_give(c->db, c->mem, c->actor, year, cli_option(c, "--round"), &r, &n, f));
    if (c->format == FORMAT_TABLE)
        TRY(cli_print(c, f, "Đã giao thêm %lld lượt chấm cho %zu bài (%s).\n",
                      "Gave out %lld further readings of %zu entries (%s).\n",
                      (long long)readings_in(&n), n.count,
                      cli_show_word(c, purposes, PURPOSE_WORDS, purpose_words[r.purpose])));
    return n.count || c->format != FORMAT_TABLE ? print_needs(c, &r, &n, f) : OK;
}

status cmd_reading_calibrate(cli *c, fault *f)
{
    static const mark_scale any = {0, 100000000, 1};
    int64_t year, points, tolerance;
    const char *allowed = cli_option(c, "--tolerance");
    TRY(cli_contest(c, &year, f));
    if (mark_read(cli_option(c, "--points"), &any, &points) != MARK_POINTS ||
        mark_read(allowed ? allowed : "5", &any, &tolerance) != MARK_POINTS)
        return FAIL(f, E_USAGE, "--points và --tolerance nhận một số điểm, ví dụ 78,5",
                    "--points and --tolerance take a number of points, such as 78.5");
    TRY(reading_calibrate(c->db, c->actor, year, cli_option(c, "--round"), c->args[0], points,
                          tolerance, f));
    return cli_print(c, f,
                     "Đã ghi điểm chuẩn của bài %s; giao cho giám khảo: chamthi reading add "
                     "--for calibration --round %s\n",
                     "Recorded the agreed points of %s; give it to the judges: chamthi reading add "
                     "--for calibration --round %s\n",
                     c->args[0], cli_option(c, "--round"));
}

status cmd_reading_list(cli *c, fault *f)
{
    static const column columns[] = {{"purpose", "để làm gì", "for", COLUMN_TEXT},
                                     {"receipt", "số tiếp nhận", "receipt", COLUMN_TEXT},
                                     {"phach", "mã phách", "code", COLUMN_TEXT},
                                     {"judge", "giám khảo", "judge", COLUMN_TEXT},
                                     {"state", "phiếu", "sheet", COLUMN_TEXT},
                                     {"points", "điểm", "points", COLUMN_POINTS},
                                     {"against", "đối chiếu", "against", COLUMN_POINTS},
                                     {"tolerance", "cho phép", "tolerance", COLUMN_POINTS},
                                     {"note", "lưu ý", "note", COLUMN_TEXT}};
    int64_t year;
    reading_row *rows;
    size_t count;
    output o;
    TRY(cli_contest(c, &year, f));
    TRY(reading_list(c->db, c->mem, year, cli_option(c, "--round"), &rows, &count, f));
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        const reading_row *r = &rows[i];
        const int64_t points[] = {r->points, r->against, r->tolerance};
        c->attention |= r->beyond;
        output_text(&o, cli_show_word(c, purposes, PURPOSE_WORDS, purpose_words[r->purpose]));
        output_text(&o, r->receipt);
        output_text(&o, r->phach);
        output_text(&o, r->judge);
        output_text(&o, sheet_state_word(c, r->state));
        for (size_t k = 0; k < 3; k++) {
            if (points[k] < 0)
                output_null(&o);
            else
                output_int(&o, points[k]);
        }
        output_text(&o,
                    r->beyond ? cli_say(c, "lệch quá mức cho phép", "beyond the tolerance") : "");
    }
    return output_end(&o, f);
}
