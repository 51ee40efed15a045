/* Marks as people type them, and ranks by mean. */
#include "test.h"

#include "chamthi/random.h"
#include "chamthi/score.h"

TEST("a mark is read with comma or point; blank is missing, and what is no mark is named for what "
     "it is")
{
    static const struct {
        const char *typed;
        mark_kind kind;
        int64_t points;
    } cases[] = {
        {"8,5", MARK_POINTS, 850},
        {"8.5", MARK_POINTS, 850},
        {" 8,50 ", MARK_POINTS, 850},
        {"\xC2\xA0"
         "8,5",
         MARK_POINTS, 850},
        {"8,500", MARK_POINTS, 850},
        {"0", MARK_POINTS, 0},
        {"10", MARK_POINTS, 1000},
        {"10,00", MARK_POINTS, 1000},
        {"007", MARK_POINTS, 700},
        {"", MARK_BLANK, 0},
        {" \t", MARK_BLANK, 0},
        {"8,25", MARK_OFF_STEP, 0},
        {"8,501", MARK_OFF_STEP, 0},
        {"10,5", MARK_OUT_OF_SCALE, 0},
        {"10,001", MARK_OUT_OF_SCALE, 0},
        {"85", MARK_OUT_OF_SCALE, 0},
        {"999999", MARK_OUT_OF_SCALE, 0},
        {"9999999", MARK_NO_NUMBER, 0},
        {"-1", MARK_NO_NUMBER, 0},
        {"+1", MARK_NO_NUMBER, 0},
        {"tám", MARK_NO_NUMBER, 0},
        {"8,5 điểm", MARK_NO_NUMBER, 0},
        {"8,", MARK_NO_NUMBER, 0},
        {",5", MARK_NO_NUMBER, 0},
        {"8,5,0", MARK_NO_NUMBER, 0},
        {"8 5", MARK_NO_NUMBER, 0},
        {"1e1", MARK_NO_NUMBER, 0},
        {"0x8", MARK_NO_NUMBER, 0},
    };
    static const mark_scale scale = {0, 1000, 50};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t points = 0;
        mark_kind kind = mark_read(cases[i].typed, &scale, &points);
        if (kind != cases[i].kind || points != cases[i].points)
            fail_msg("“%s”: kind %d, points %lld", cases[i].typed, kind, (long long)points);
    }
}

#define SHEET(at, sum, by)                                                                         \
    {                                                                                              \
        .row = (at), .points = (sum), .judge = (by), .counts = true                                \
    }

static const char *const receipts[] = {"2024-00001", "2024-00002", "2024-00003",
                                       "2024-00004", "2024-00005", "2024-00006"};

TEST("equal means share a rank and the next one is left out; tracks are apart; no sheet, no rank")
{
    rank_row rows[6] = {0};
    for (size_t i = 0; i < 6; i++) {
        rows[i].receipt = receipts[i];
        rows[i].track = i < 5 ? "essay" : "press";
        rows[i].assigned = 2;
    }
    /* means: 80.00, 85.00 (two sheets), 85.00 (one sheet), none, 79.99 (half up), press 10.00 */
    const rank_sheet sheets[] = {SHEET(0, 8000, "a"), SHEET(0, 8000, "b"), SHEET(1, 9500, "a"),
                                 SHEET(1, 7500, "b"), SHEET(2, 8500, "a"), SHEET(4, 7998, "a"),
                                 SHEET(4, 7999, "b"), SHEET(5, 1000, "a")};
    rank_means(rows, 6, sheets, sizeof sheets / sizeof *sheets, 2000);
    rank_places(rows, 6);
    static const struct {
        const char *receipt;
        int64_t mean, rank;
        bool tied, apart;
    } wanted[] = {{"2024-00002", 8500, 1, true, true},   {"2024-00003", 8500, 1, true, false},
                  {"2024-00001", 8000, 3, false, false}, {"2024-00005", 7999, 4, false, false},
                  {"2024-00004", 0, 0, false, false},    {"2024-00006", 1000, 1, false, false}};
    for (size_t i = 0; i < 6; i++) {
        assert_string_equal(rows[i].receipt, wanted[i].receipt);
        assert_int_equal(rows[i].mean, wanted[i].mean);
        assert_int_equal(rows[i].rank, wanted[i].rank);
        assert_int_equal(rows[i].tied, wanted[i].tied);
        assert_int_equal(rows[i].apart, wanted[i].apart);
    }
}

TEST("groups that cannot be compared have places of their own, and equal points across them are no "
     "tie")
{
    static const struct {
        const char *receipt;
        int64_t group, points, rank;
    } wanted[] = {{"2024-00003", 1, 7000, 1},
                  {"2024-00001", 1, 6000, 2},
                  {"2024-00002", 2, 7000, 1},
                  {"2024-00004", 2, 6900, 2}};
    rank_row rows[4] = {0};
    for (size_t i = 0; i < 4; i++)
        rows[i] = (rank_row){.receipt = wanted[3 - i].receipt,
                             .track = "essay",
                             .complete = 2,
                             .group = wanted[3 - i].group,
                             .adjusted = wanted[3 - i].points};
    rank_places(rows, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(rows[i].receipt, wanted[i].receipt);
        assert_int_equal(rows[i].rank, wanted[i].rank);
        assert_false(rows[i].tied);
    }
}

TEST("the ranking is the same over 100,000 shuffles of the entries")
{
    enum { N = 6 };
    const int64_t points[N] = {7100, 8250, 8250, 6600, 9000, 7100};
    rank_row first[N];
    for (int round = 0; round < 100000; round++) {
        unsigned char seed[SEED_SIZE] = {(unsigned char)round, (unsigned char)(round >> 8),
                                         (unsigned char)(round >> 16)};
        random_stream r;
        random_start(&r, seed);
        size_t order[N] = {0, 1, 2, 3, 4, 5};
        for (size_t i = N - 1; i > 0 && round; i--) {
            size_t k = (size_t)random_below(&r, i + 1), was = order[i];
            order[i] = order[k];
            order[k] = was;
        }
        rank_row rows[N] = {0};
        rank_sheet sheets[N];
        for (size_t i = 0; i < N; i++) {
            rows[i] = (rank_row){.receipt = receipts[order[i]], .track = "essay", .assigned = 1};
            sheets[i] = (rank_sheet)SHEET(i, points[order[i]], "a");
        }
        rank_means(rows, N, sheets, N, 2000);
        rank_places(rows, N);
        if (!round)
            memcpy(first, rows, sizeof rows);
        for (size_t i = 0; i < N; i++) {
            assert_string_equal(rows[i].receipt, first[i].receipt);
            assert_int_equal(rows[i].rank, first[i].rank);
        }
    }
}

TEST("equal points are told apart step by step, and the step is named; level in all steps is a tie")
{
    rank_row rows[5] = {0};
    static const int64_t ties[5][3] = {
        {10, 3, 0}, {12, 1, 0}, {10, 5, 0}, {10, 5, 0}, {99, 99, 99}};
    for (size_t i = 0; i < 5; i++) {
        rows[i] = (rank_row){.receipt = receipts[i], .track = "essay"};
        memcpy(rows[i].ties, ties[i], sizeof ties[i]);
    }
    const rank_sheet sheets[] = {SHEET(0, 8000, "a"), SHEET(1, 8000, "a"), SHEET(2, 8000, "a"),
                                 SHEET(3, 8000, "a"), SHEET(4, 7999, "a")};
    rank_means(rows, 5, sheets, 5, 2000);
    rank_places(rows, 5);
    static const struct {
        const char *receipt;
        int64_t rank;
        int step;
        bool tied;
    } wanted[] = {{"2024-00002", 1, 0, false},
                  {"2024-00003", 2, 0, true},
                  {"2024-00004", 2, 1, true},
                  {"2024-00001", 4, 1, false},
                  {"2024-00005", 5, -1, false}};
    for (size_t i = 0; i < 5; i++) {
        assert_string_equal(rows[i].receipt, wanted[i].receipt);
        assert_int_equal(rows[i].rank, wanted[i].rank);
        assert_int_equal(rows[i].tie_step, wanted[i].step);
        assert_int_equal(rows[i].tied, wanted[i].tied);
    }
}
