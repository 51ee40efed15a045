/* What the assign commands share. */
#ifndef CLI_DEAL_H
#define CLI_DEAL_H

#include "chamthi/assign.h"
#include "cli.h"

/* --same-unit never|avoid */
same_unit_rule cli_same_unit(const cli *c);
/* The proof as lines for a person. */
void cli_put_proof(const cli *c, const deal_proof *proof, const unsigned char seed[SEED_SIZE],
                   buffer *out);
/* The options of a draw of a round. */
status cli_draw_request(const cli *c, assign_request *r, fault *f);
/* A stored draw's proof, and what a person should know about it. */
status cli_show_draw(const cli *c, const assign_report *r, fault *f);

#endif
