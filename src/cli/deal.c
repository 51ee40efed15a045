/* assign deal: the draw without a database; and how a proof is shown. */
#include "deal.h"
#include "table.h"

#include <string.h>

same_unit_rule cli_same_unit(const cli *c)
{
    const char *text = cli_option(c, "--same-unit");
    return text && strcmp(text, "avoid") == 0 ? SAME_UNIT_AVOID : SAME_UNIT_NEVER;
}

static status read_problem(cli *c, deal_problem *p, fault *f)
{
    const char *entries = cli_option(c, "--entries"), *judges = cli_option(c, "--judges");
    const char *share = cli_option(c, "--cap");
    csv_table table;
    *p = (deal_problem){.share = DEAL_SHARE_WHOLE};
    p->same_unit = cli_same_unit(c);
    TRY(cli_option_int(c, "--per-entry", 1, DEAL_PER_ENTRY_MOST, 1, &p->per_entry, f));
    if (share)
        TRY(deal_read_share(share, &p->share, f));
    TRY(csv_table_read(c->mem, entries, &table, f));
    TRY(deal_read_entries(c->mem, entries, &table, p, f));
    TRY(csv_table_read(c->mem, judges, &table, f));
    return deal_read_judges(c->mem, judges, &table, p, f);
}

static void put_json(const deal_problem *p, const deal_plan *plan, const deal_proof *proof,
                     const char *seed, buffer *out)
{
    buffer_text(out, "{\"assignments\":[");
    for (size_t i = 0; i < plan->count; i++) {
        const char *entry = p->entries[plan->pairs[i].entry].id;
        const char *judge = p->judges[plan->pairs[i].judge].id;
        buffer_text(out, i ? ",\n{\"entry\":" : "\n{\"entry\":");
        buffer_json_string(out, entry, strlen(entry));
        buffer_text(out, ",\"judge\":");
        buffer_json_string(out, judge, strlen(judge));
        buffer_byte(out, '}');
    }
    buffer_format(out, "],\n\"seed\":\"%s\",\n\"proof\":", seed);
    deal_proof_json(proof, out);
    buffer_text(out, "}\n");
}

static void put_line(const cli *c, buffer *out, const char *vi, const char *en, int64_t n)
{
    buffer_format(out, "%s: %lld\n", cli_say(c, vi, en), (long long)n);
}

void cli_put_proof(const cli *c, const deal_proof *proof, const unsigned char seed[SEED_SIZE],
                   buffer *out)
{
    char text[2 * HASH_SIZE + 1];
    buffer_format(out, "%s: %lld–%lld\n", cli_say(c, "Số bài mỗi giám khảo", "Entries per judge"),
                  (long long)proof->load_min, (long long)proof->load_max);
    put_line(c, out, "Chi phí cân bằng (tổng 0+1+2… của từng người)",
             "Balance cost (sum of 0+1+2… over judges)", proof->cost);
    put_line(c, out, "Không phương án hợp lệ nào thấp hơn", "No legal plan costs less than",
             proof->lower_bound);
    put_line(c, out, "Vi phạm quy tắc (đếm lại từ dữ liệu gốc)",
             "Rules broken (counted again from the raw data)", proof->violations);
    if (proof->same_unit)
        put_line(c, out, "Cặp giám khảo cùng đơn vị trên một bài",
                 "Pairs of judges of one unit on one entry", proof->same_unit);
    put_line(c, out, "Số nhóm giám khảo – bài rời nhau (1: so sánh được tất cả)",
             "Separate groups of judges and entries (1: all comparable)", proof->components);
    put_line(c, out, "Hai giám khảo cùng chấm nhiều nhất (bài)", "Most entries one pair reads",
             proof->pair_max);
    if (proof->efficiency >= 0)
        buffer_format(
            out, "%s: %lld%s%lld %%\n",
            cli_say(c, "Hiệu quả so với thiết kế lý tưởng", "Efficiency against the ideal"),
            (long long)(proof->efficiency / 10000), cli_say(c, ",", "."),
            (long long)(proof->efficiency / 1000 % 10));
    hex_encode(text, seed, SEED_SIZE);
    buffer_format(out, "%s: %s\n", cli_say(c, "Hạt giống", "Seed"), text);
    hex_encode(text, proof->hash, HASH_SIZE);
    buffer_format(out, "%s: %s\n", cli_say(c, "Mã băm BLAKE2b-256", "BLAKE2b-256"), text);
}

static status put_rows(cli *c, const deal_problem *p, const deal_plan *plan, fault *f)
{
    static const column columns[] = {{"entry", "bài", "entry", COLUMN_TEXT},
                                     {"judge", "giám khảo", "judge", COLUMN_TEXT}};
    output o;
    output_start(&o, c, columns, 2);
    for (size_t i = 0; i < plan->count; i++) {
        output_text(&o, p->entries[plan->pairs[i].entry].id);
        output_text(&o, p->judges[plan->pairs[i].judge].id);
    }
    return output_end(&o, f);
}

status cmd_assign_deal(cli *c, fault *f)
{
    deal_problem p;
    deal_plan plan;
    deal_proof proof;
    unsigned char seed[SEED_SIZE];
    char hex[2 * SEED_SIZE + 1];
    TRY(read_problem(c, &p, f));
    TRY(deal_read_seed(cli_option(c, "--seed"), seed, f));
    TRY(deal_draw(c->mem, &p, seed, &plan, f));
    TRY(deal_prove(c->mem, &p, &plan, &proof, f));
    c->attention |= proof.violations != 0;
    hex_encode(hex, seed, SEED_SIZE);
    buffer out = BUFFER_INIT;
    if (c->format == FORMAT_JSON)
        put_json(&p, &plan, &proof, hex, &out);
    else if (c->format == FORMAT_TABLE)
        cli_put_proof(c, &proof, seed, &out);
    status st = c->format == FORMAT_JSON ? OK : put_rows(c, &p, &plan, f);
    if (st == OK)
        st = cli_out(&out, NULL, f);
    buffer_free(&out);
    return st;
}
