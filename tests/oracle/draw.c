/* The draw alone, built by any compiler: ENTRIES.csv JUDGES.csv PER_ENTRY SHARE → the plan's lines, the proof. */
#include "chamthi/assign.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>

static status draw(arena *mem, char **argv, deal_problem *p, buffer *out, fault *f)
{
    unsigned char seed[SEED_SIZE] = {7};
    csv_table table;
    deal_plan plan;
    deal_proof proof;
    TRY(csv_table_read(mem, argv[1], &table, f));
    TRY(deal_read_entries(mem, argv[1], &table, p, f));
    TRY(csv_table_read(mem, argv[2], &table, f));
    TRY(deal_read_judges(mem, argv[2], &table, p, f));
    TRY(deal_draw(mem, p, seed, &plan, f));
    TRY(deal_prove(mem, p, &plan, &proof, f));
    TRY(deal_inputs_text(mem, p, out, f));
    TRY(deal_text(mem, p, &plan, out, f));
    deal_proof_json(&proof, out);
    return buffer_check(out, f);
}

int main(int argc, char **argv)
{
    if (argc < 5 || sodium_init() < 0)
        return 2;
    fault f = {0};
    buffer out = BUFFER_INIT;
    arena *mem = arena_new((size_t)1 << 30);
    deal_problem p = {.per_entry = strtol(argv[3], NULL, 10), .share = strtol(argv[4], NULL, 10)};
    if (!mem || draw(mem, argv, &p, &out, &f) != OK) {
        fputs(fault_text(&f, LANG_EN), stderr);
        return 1;
    }
    fwrite(out.bytes, 1, out.size, stdout);
    buffer_free(&out);
    arena_free(mem);
    return 0;
}
