/* Evidence as JSON. */
#include "evidence.h"

static void put_greys(buffer *b, const engine_pair *p, uint32_t side, uint32_t start, uint32_t end)
{
    size_t n = 0;
    for (size_t i = 0; i < p->grey_count; i++) {
        const engine_grey *g = &p->greys[i];
        if (g->side != side || g->start < start || g->end > end)
            continue;
        buffer_format(b,
                      n++    ? ",[%u,%u]"
                      : side ? ",\"grey_b\":[[%u,%u]"
                             : ",\"grey_a\":[[%u,%u]",
                      g->start, g->end);
    }
    buffer_text(b, n ? "]" : "");
}

static void put_passage(buffer *b, const engine_pair *pair, const engine_passage *p,
                        evidence_part part)
{
    buffer_format(b, "{\"a_start\":%u,\"a_end\":%u,\"b_start\":%u,\"b_end\":%u,\"syllables\":%u",
                  p->a_start, p->a_end, p->b_start, p->b_end, p->syllables);
    if (p->kind != PASSAGE_COUNTED)
        buffer_format(b, ",\"why\":\"%s\"", p->kind == PASSAGE_QUOTED ? "quoted" : "frequent");
    if (part == EVIDENCE_ALL && p->kind == PASSAGE_COUNTED) {
        put_greys(b, pair, 0, p->a_start, p->a_end);
        put_greys(b, pair, 1, p->b_start, p->b_end);
    }
    buffer_byte(b, '}');
}

void evidence_put(buffer *b, const engine_pair *p, unsigned kinds, evidence_part part)
{
    size_t n = 0;
    buffer_byte(b, '[');
    for (size_t i = 0; i < p->passage_count; i++) {
        const engine_passage *one = &p->passages[i];
        unsigned kind = one->kind == PASSAGE_COUNTED ? EVIDENCE_COUNTED : EVIDENCE_NOT_COUNTED;
        if (!(kinds & kind))
            continue;
        buffer_text(b, n++ ? "," : "");
        put_passage(b, p, one, part);
    }
    buffer_byte(b, ']');
}
