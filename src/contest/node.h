/* What the two YAML files share about nodes. */
#ifndef CONTEST_NODE_H
#define CONTEST_NODE_H

#include "yaml.h"

/* Where a node begins; `otherwise` when it is empty. */
place node_place(struct fy_node *node, place otherwise);
/* The pair of a mapping with that key, or NULL. */
struct fy_node_pair *node_pair(struct fy_node *mapping, const char *key);

#endif
