/* Reading a template's YAML, node by node. A failed read leaves a sentence that begins with
 * file:line:column. Text is copied into `mem`. */
#ifndef PRINT_TEMPLATE_NODE_H
#define PRINT_TEMPLATE_NODE_H

#include "template.h"

#include <libfyaml.h>

typedef struct {
    arena *mem;
    const char *file;
    struct fy_document *document;
    fault *f;
} template_reader;

typedef struct fy_node node;

/* Puts the node's place in front of the sentence that was just made; gives `st` back. */
status template_at(const template_reader *r, node *n, status st);

status template_text(template_reader *r, node *n, const char **out);
/* "148.5" → 14850; both a point and a comma are understood. */
status template_hundredths(template_reader *r, node *n, int *out);
status template_length(template_reader *r, node *n, length *out);
status template_color(template_reader *r, node *n, unsigned *out);
/* `out` is the index in `words`, which end with NULL. */
status template_choice(template_reader *r, node *n, const char *const *words, int *out);

/* Calls `take` for every pair of a mapping; an unknown key is an error. */
typedef status (*take_pair)(template_reader *r, const char *key, node *value, void *target,
                            bool *known);
status template_mapping(template_reader *r, node *n, take_pair take, void *target);

/* A sequence of blocks; `t` has its flow and page already. In template_block.c. */
status template_blocks(template_reader *r, node *n, certificate_template *t);

#endif
