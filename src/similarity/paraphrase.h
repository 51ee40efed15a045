/* The second, slower channel: passages told again in other words. Sentences that share rare syllables are
 * compared as bags of words, and three or more of them near each other in both texts make a passage. Of lower
 * confidence than the engine's passages, and for one contest's texts, not for archives. */
#ifndef SIMILARITY_PARAPHRASE_H
#define SIMILARITY_PARAPHRASE_H

#include "engine.h"

enum { PARAPHRASE_TEXTS = 20000 }; /* more are not for this channel */

/* Pairs of class ENGINE_PARAPHRASE, by (a, b), of texts that are no pair in `known`; roles as in
 * engine_compare. Sentences of the library do not count. Shares are of the text's syllables. E_LIMIT above
 * about 16 million sentences. */
status paraphrase_find(arena *mem, const engine_text *texts, size_t count, unsigned threads,
                       const engine_result *known, engine_pair **pairs, size_t *pair_count,
                       fault *f);

#endif
