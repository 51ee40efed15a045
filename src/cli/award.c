/* award propose, give, commend, decide, list, hold, release, revoke, load. */
#include "table.h"

#include "chamthi/award.h"

#include <stdlib.h>
#include <string.h>

static const char *outcome_word(const cli *c, award_outcome outcome)
{
    switch (outcome) {
    case LINE_PROPOSED: return cli_say(c, "đề xuất", "proposed");
    case LINE_KEPT: return cli_say(c, "giữ nguyên", "kept");
    case LINE_TIED: return cli_say(c, "BẰNG ĐIỂM", "TIED");
    case LINE_SKIPPED: return cli_say(c, "KHÔNG XÉT", "SKIPPED");
    case LINE_EMPTY: return cli_say(c, "để trống", "empty");
    }
    return "";
}

static const char *const outcome_keys[] = {"proposed", "kept", "tied", "skipped", "empty"};

status cmd_award_propose(cli *c, fault *f)
{
    static const column columns[] = {{"outcome", "kết quả", "outcome", COLUMN_TEXT},
                                     {"prize", "giải", "prize", COLUMN_TEXT},
                                     {"track", "thể loại", "track", COLUMN_TEXT},
                                     {"receipt", "số tiếp nhận", "receipt", COLUMN_TEXT},
                                     {"points", "điểm", "points", COLUMN_POINTS},
                                     {"recipient", "tác giả", "author", COLUMN_TEXT},
                                     {"reason", "ghi chú", "note", COLUMN_TEXT}};
    int64_t year;
    award_line *lines;
    size_t count;
    bool changed;
    TRY(cli_contest(c, &year, f));
    TRY(award_propose(c->db, c->mem, c->actor, year, &lines, &count, &changed, f));
    output o;
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        const award_line *l = &lines[i];
        const char *reason = cli_say(c, l->reason_vi, l->reason_en);
        output_text(&o, c->format == FORMAT_TABLE ? outcome_word(c, l->outcome)
                                                  : outcome_keys[l->outcome]);
        output_text(&o, l->prize);
        output_text(&o, l->track);
        output_text(&o, l->receipt);
        if (l->points < 0)
            output_null(&o);
        else
            output_int(&o, l->points);
        output_text(&o, l->recipient);
        output_text(&o, reason);
        c->attention |= l->outcome == LINE_TIED || l->outcome == LINE_SKIPPED ||
                        (l->outcome == LINE_PROPOSED && *reason);
    }
    return output_end(&o, f);
}

status cmd_award_give(cli *c, fault *f)
{
    int64_t id;
    TRY(award_give(c->db, c->mem, c->actor, c->args[0], cli_option(c, "--prize"),
                   cli_option(c, "--reason"), &id, f));
    return cli_print(c, f, "Đã đề xuất giải số %lld cho bài %s\n",
                     "Proposed as award %lld for the entry %s\n", (long long)id, c->args[0]);
}

/* The arguments as award numbers. */
static status read_ids(const cli *c, int64_t **ids, fault *f)
{
    *ids = ARENA_ARRAY(c->mem, int64_t, c->arg_count + 1);
    if (!*ids)
        return fault_memory(f);
    for (size_t i = 0; i < c->arg_count; i++) {
        char *end;
        (*ids)[i] = strtoll(c->args[i], &end, 10);
        if (end == c->args[i] || *end)
            return FAIL(f, E_USAGE, "“%s” không phải số của một giải; xem: chamthi award list",
                        "“%s” is no award's number; see: chamthi award list", c->args[i]);
    }
    return OK;
}

status cmd_award_commend(cli *c, fault *f)
{
    int64_t year, id;
    const award_commendation what = {.unit = cli_option(c, "--unit"),
                                     .subject = cli_option(c, "--subject"),
                                     .name = cli_option(c, "--name"),
                                     .prize = cli_option(c, "--prize"),
                                     .honorific = cli_option(c, "--honorific"),
                                     .achievement = cli_option(c, "--achievement")};
    TRY(cli_contest(c, &year, f));
    TRY(award_commend(c->db, c->mem, c->actor, year, &what, &id, f));
    return cli_print(c, f, "Đã đề xuất %s, giải số %lld\n", "Proposed %s as award %lld\n",
                     what.prize, (long long)id);
}

status cmd_award_decide(cli *c, fault *f)
{
    int64_t year, decided, *ids;
    const char *written = cli_option(c, "--date");
    award_decision d = {.number = cli_option(c, "--decision"),
                        .level = cli_option(c, "--level"),
                        .authority = cli_option(c, "--authority"),
                        .signatory = cli_option(c, "--signatory"),
                        .signatory_name = cli_option(c, "--signed-by")};
    if (!date_parse(written, &d.day))
        return FAIL(f, E_USAGE, "--date: “%s” không phải ngày (viết 20/9/2024)",
                    "--date: “%s” is no date (write 2024-09-20)", written);
    TRY(cli_contest(c, &year, f));
    TRY(read_ids(c, &ids, f));
    TRY(award_decide(c->db, c->mem, c->actor, year, c->arg_count ? ids : NULL, c->arg_count, &d,
                     &decided, f));
    return cli_print(c, f, "Cuộc thi %d: %lld giải theo quyết định %s\n",
                     "%d: %lld awards under the decision %s\n", (int)year, (long long)decided,
                     d.number);
}

/* Keys as people read them; machines get the keys themselves. */
static const char *word(const cli *c, const char *key)
{
    static const char *const words[][2] = {{"entry", "tác giả"},         {"collective", "tập thể"},
                                           {"subject", "nhân vật"},      {"proposed", "đề xuất"},
                                           {"decided", "đã quyết định"}, {"held", "tạm dừng"},
                                           {"revoked", "đã thu hồi"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (c->format == FORMAT_TABLE && strcmp(words[i][0], key) == 0)
            return cli_say(c, words[i][1], key);
    for (const award_level *v = award_levels; v->key; v++)
        if (c->format == FORMAT_TABLE && strcmp(v->key, key) == 0)
            return cli_say(c, v->vi, v->key);
    return key;
}

status cmd_award_list(cli *c, fault *f)
{
    static const column columns[] = {{"id", "số", "id", COLUMN_INT},
                                     {"contest", "năm", "year", COLUMN_INT},
                                     {"kind", "đối tượng", "kind", COLUMN_TEXT},
                                     {"prize", "giải", "prize", COLUMN_TEXT},
                                     {"track", "thể loại", "track", COLUMN_TEXT},
                                     {"recipient", "người nhận", "recipient", COLUMN_TEXT},
                                     {"unit", "đơn vị", "unit", COLUMN_TEXT},
                                     {"title", "tác phẩm", "title", COLUMN_TEXT},
                                     {"receipt", "số tiếp nhận", "receipt", COLUMN_TEXT},
                                     {"decision", "quyết định", "decision", COLUMN_TEXT},
                                     {"decision_date", "ngày", "date", COLUMN_TEXT},
                                     {"state", "trạng thái", "state", COLUMN_TEXT},
                                     {"reason", "lý do", "reason", COLUMN_TEXT},
                                     {"serial", "số vào sổ", "serial", COLUMN_TEXT},
                                     {"level", "cấp", "level", COLUMN_TEXT},
                                     {"authority", "cơ quan", "authority", COLUMN_TEXT},
                                     {"signatory", "người ký", "signatory", COLUMN_TEXT},
                                     {"money", "tiền thưởng", "money", COLUMN_TEXT}};
    int64_t year = 0;
    const char *state = cli_option(c, "--state");
    if (cli_option(c, "--contest"))
        TRY(cli_contest(c, &year, f));
    output o;
    cursor rows;
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    status st =
        store_select(c->db, Q_AWARD_LIST, ARGS(v_int(year), v_text(state ? state : "")), &rows, f);
    if (st == OK) {
        while (cursor_next(&rows))
            for (int i = 0; i < (int)(sizeof columns / sizeof *columns); i++)
                if (i < 2)
                    output_int(&o, cursor_int(&rows, i));
                else
                    output_text(&o, cursor_null(&rows, i) ? NULL : word(c, cursor_text(&rows, i)));
        st = cursor_close(&rows, f);
    }
    status printed = output_end(&o, st == OK ? f : NULL);
    return st == OK ? printed : st;
}

static status act(cli *c, award_action action, const char *vi, const char *en, fault *f)
{
    int64_t *ids;
    TRY(read_ids(c, &ids, f));
    TRY(award_act(c->db, c->actor, ids[0], action, cli_option(c, "--reason"),
                  cli_option(c, "--money"), f));
    return cli_print(c, f, "Giải số %lld: %s%.0s\n", "Award %lld: %.0s%s\n", (long long)ids[0], vi,
                     en);
}

status cmd_award_hold(cli *c, fault *f)
{
    return act(c, AWARD_HOLD, "tạm dừng", "held", f);
}

status cmd_award_release(cli *c, fault *f)
{
    return act(c, AWARD_RELEASE, "có hiệu lực lại", "stands again", f);
}

status cmd_award_revoke(cli *c, fault *f)
{
    return act(c, AWARD_REVOKE, "đã thu hồi", "revoked", f);
}

static void put_noted(const cli *c, const award_load_result *r, buffer *b)
{
    for (size_t i = 0; i < r->aside_count; i++)
        buffer_format(b, "  %s %zu: %s\n", cli_say(c, "không phải giải, dòng", "no award, row"),
                      r->aside[i].line, r->aside[i].text);
    for (size_t i = 0; i < r->unused_count; i++)
        buffer_format(b, "%s%s", i ? ", " : cli_say(c, "  cột không dùng: ", "  unused columns: "),
                      r->unused[i]);
    buffer_text(b, r->unused_count ? "\n" : "");
}

status cmd_award_load(cli *c, fault *f)
{
    int64_t year;
    award_load_result r;
    buffer noted = BUFFER_INIT;
    TRY(cli_contest(c, &year, f));
    TRY(award_load(c->db, c->mem, c->actor, c->args[0], year, &r, f));
    put_noted(c, &r, &noted);
    status st = buffer_check(&noted, f);
    if (st == OK)
        st = cli_print(c, f,
                       "Cuộc thi %d: %lld dòng, nạp thêm %lld, ghi quyết định cho %lld, đã có "
                       "%lld\n%s",
                       "%d: %lld rows, %lld added, %lld decided, %lld there already\n%s", (int)year,
                       (long long)r.rows, (long long)r.added, (long long)r.decided,
                       (long long)r.unchanged, noted.bytes);
    buffer_free(&noted);
    return st;
}
