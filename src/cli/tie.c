/* tie vote, tie lot: what people decide between equal points. */
#include "table.h"

#include "chamthi/score.h"

#include <stdlib.h>
#include <string.h>

/* "2024-00017=4" */
static status read_vote(const cli *c, const char *text, tie_vote *out, fault *f)
{
    const char *sign = strchr(text, '=');
    char *end = NULL;
    long n = sign ? strtol(sign + 1, &end, 10) : -1;
    if (!sign || sign == text || end == sign + 1 || *end || n < 0 || n > 1000)
        return FAIL(f, E_USAGE, "“%s”: hãy viết SỐ_TIẾP_NHẬN=SỐ_PHIẾU, ví dụ 2024-00017=4",
                    "“%s”: write RECEIPT=VOTES, such as 2024-00017=4", text);
    out->receipt = arena_copy(c->mem, text, (size_t)(sign - text));
    out->votes = n;
    return out->receipt ? OK : fault_memory(f);
}

status cmd_tie_vote(cli *c, fault *f)
{
    int64_t year;
    tie_vote *votes = ARENA_ARRAY(c->mem, tie_vote, c->arg_count);
    if (!votes)
        return fault_memory(f);
    for (size_t i = 0; i < c->arg_count; i++)
        TRY(read_vote(c, c->args[i], &votes[i], f));
    TRY(cli_contest(c, &year, f));
    TRY(tie_put_votes(c->db, c->mem, c->actor, year, cli_option(c, "--round"), votes, c->arg_count,
                      cli_option(c, "--reason"), f));
    return cli_print(
        c, f, "Đã ghi biểu quyết cho %zu bài bằng điểm; xếp lại bằng: chamthi rank --round %s\n",
        "Recorded the vote on %zu level entries; rank again with: chamthi rank --round %s\n",
        c->arg_count, cli_option(c, "--round"));
}

status cmd_tie_lot(cli *c, fault *f)
{
    int64_t year;
    TRY(cli_contest(c, &year, f));
    TRY(tie_put_lot(c->db, c->mem, c->actor, year, cli_option(c, "--round"),
                    cli_option(c, "--drawn"), cli_option(c, "--reason"), f));
    return cli_print(c, f, "Đã ghi kết quả rút thăm; xếp lại bằng: chamthi rank --round %s\n",
                     "Recorded the lot; rank again with: chamthi rank --round %s\n",
                     cli_option(c, "--round"));
}
