/* A draw's input as one canonical text: what is kept with the draw, hashed, and drawn from again. */
#include "rules.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char heading[] = "chamthi draw 1";

static int by_word(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The words sorted, each once, ';' between. */
static status put_words(arena *mem, word_list list, buffer *out, bool last, fault *f)
{
    buffer joined = BUFFER_INIT;
    const char **sorted = ARENA_ARRAY(mem, const char *, list.count);
    if (!sorted)
        return fault_memory(f);
    if (list.count)
        memcpy(sorted, list.items, list.count * sizeof *sorted);
    qsort(sorted, list.count, sizeof *sorted, by_word);
    for (size_t i = 0; i < list.count; i++)
        if (!i || strcmp(sorted[i], sorted[i - 1]) != 0)
            buffer_format(&joined, "%s%s", joined.size ? ";" : "", sorted[i]);
    csv_put(out, joined.bytes, last);
    status st = buffer_check(&joined, f);
    buffer_free(&joined);
    return st;
}

static int by_entry(const void *a, const void *b, void *context)
{
    const deal_problem *p = context;
    return strcmp(p->entries[*(const size_t *)a].id, p->entries[*(const size_t *)b].id);
}

static int by_judge(const void *a, const void *b, void *context)
{
    const deal_problem *p = context;
    return strcmp(p->judges[*(const size_t *)a].id, p->judges[*(const size_t *)b].id);
}

static int by_pair(const void *a, const void *b, void *context)
{
    const deal_problem *p = context;
    const deal_pair *x = &p->kept[*(const size_t *)a], *y = &p->kept[*(const size_t *)b];
    int order = strcmp(p->entries[x->entry].id, p->entries[y->entry].id);
    return order != 0 ? order : strcmp(p->judges[x->judge].id, p->judges[y->judge].id);
}

static size_t *sorted(arena *mem, const deal_problem *p, size_t count,
                      int compare(const void *, const void *, void *))
{
    size_t *order = ARENA_ARRAY(mem, size_t, count);
    for (size_t i = 0; order && i < count; i++)
        order[i] = i;
    if (order)
        qsort_r(order, count, sizeof *order, compare, (void *)p);
    return order;
}

/* Columns that nothing depends on are left out. */
static bool has_word_caps(const deal_problem *p)
{
    for (size_t j = 0; j < p->judge_count; j++)
        if (p->judges[j].word_cap)
            return true;
    return false;
}

static bool has_panels(const deal_problem *p)
{
    for (size_t j = 0; j < p->judge_count; j++)
        if (*rules_panel(&p->judges[j]))
            return true;
    return false;
}

static status put_entries(arena *mem, const deal_problem *p, buffer *out, fault *f)
{
    size_t *order = sorted(mem, p, p->entry_count, by_entry);
    bool words = has_word_caps(p);
    if (!order)
        return fault_memory(f);
    buffer_format(out, "entry,track,unit,author_units,subject_unit,language,conflicts,readings%s\n",
                  words ? ",words" : "");
    for (size_t i = 0; i < p->entry_count; i++) {
        const deal_entry *e = &p->entries[order[i]];
        char readings[24] = "";
        if (e->readings == DEAL_EVERYBODY)
            snprintf(readings, sizeof readings, "all");
        else if (e->readings)
            snprintf(readings, sizeof readings, "%d", e->readings > 0 ? (int)e->readings : 0);
        csv_put(out, e->id, false);
        csv_put(out, e->track, false);
        TRY(put_words(mem, e->units, out, false, f));
        buffer_text(out, ",,"); /* units stand together in the first of their columns */
        csv_put(out, e->language, false);
        TRY(put_words(mem, e->conflicts, out, false, f));
        csv_put(out, readings, !words);
        if (words)
            buffer_format(out, "%lld\n", (long long)e->words);
    }
    return OK;
}

static status put_judges(arena *mem, const deal_problem *p, buffer *out, fault *f)
{
    size_t *order = sorted(mem, p, p->judge_count, by_judge);
    if (!order)
        return fault_memory(f);
    bool words = has_word_caps(p), panels = has_panels(p);
    buffer_format(out, "judge,unit,tracks,languages,cap,conflicts%s%s\n", words ? ",word_cap" : "",
                  panels ? ",panel" : "");
    for (size_t i = 0; i < p->judge_count; i++) {
        const deal_judge *j = &p->judges[order[i]];
        char cap[24] = "";
        if (j->cap != DEAL_NO_CAP)
            snprintf(cap, sizeof cap, "%lld", (long long)j->cap);
        csv_put(out, j->id, false);
        csv_put(out, j->unit, false);
        TRY(put_words(mem, j->tracks, out, false, f));
        TRY(put_words(mem, j->languages, out, false, f));
        csv_put(out, cap, false);
        TRY(put_words(mem, j->conflicts, out, !words && !panels, f));
        if (words)
            snprintf(cap, sizeof cap, "%lld", (long long)j->word_cap);
        if (words)
            csv_put(out, j->word_cap ? cap : "", !panels);
        if (panels)
            csv_put(out, rules_panel(j), true);
    }
    return OK;
}

static status put_kept(arena *mem, const deal_problem *p, buffer *out, fault *f)
{
    size_t *order = sorted(mem, p, p->kept_count, by_pair);
    if (!order)
        return fault_memory(f);
    buffer_text(out, "entry,judge\n");
    for (size_t i = 0; i < p->kept_count; i++) {
        csv_put(out, p->entries[p->kept[order[i]].entry].id, false);
        csv_put(out, p->judges[p->kept[order[i]].judge].id, true);
    }
    return OK;
}

status deal_inputs_text(arena *mem, const deal_problem *p, buffer *out, fault *f)
{
    buffer_format(out, "%s\nper_entry=%lld share=%lld same_unit=%s\n\n", heading,
                  (long long)p->per_entry, (long long)p->share,
                  p->same_unit == SAME_UNIT_AVOID ? "avoid" : "never");
    TRY(put_entries(mem, p, out, f));
    buffer_byte(out, '\n');
    TRY(put_judges(mem, p, out, f));
    buffer_byte(out, '\n');
    TRY(put_kept(mem, p, out, f));
    return buffer_check(out, f);
}

/* ---- reading it again ---- */

static status broken(fault *f)
{
    return FAIL(f, E_INPUT, "dữ liệu đầu vào lưu cùng lần rút thăm không đọc được",
                "the input kept with the draw cannot be read");
}

/* Cuts the next section off, up to an empty line. */
static slice next_section(slice *text)
{
    const char *end = text->size ? memmem(text->bytes, text->size, "\n\n", 2) : NULL;
    size_t size = end ? (size_t)(end - text->bytes) + 1 : text->size;
    slice section = {text->bytes, size};
    size_t skip = end ? size + 1 : size;
    *text = (slice){text->bytes + skip, text->size - skip};
    return section;
}

static status read_head(arena *mem, slice head, deal_problem *out, fault *f)
{
    char *text = arena_copy(mem, head.bytes, head.size), word[8];
    long long per_entry, share;
    if (!text)
        return fault_memory(f);
    size_t size = sizeof heading - 1;
    if (strncmp(text, heading, size) != 0 ||
        sscanf(text + size, "\nper_entry=%lld share=%lld same_unit=%7[a-z]", &per_entry, &share,
               word) != 3)
        return broken(f);
    out->per_entry = per_entry;
    out->share = share;
    out->same_unit = strcmp(word, "avoid") == 0 ? SAME_UNIT_AVOID : SAME_UNIT_NEVER;
    return OK;
}

/* The element whose id is `id`; the text is in canonical order, so entries and judges are sorted. */
static bool find_entry(const deal_problem *p, const char *id, size_t *out)
{
    size_t low = 0, high = p->entry_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(p->entries[middle].id, id) < 0)
            low = middle + 1;
        else
            high = middle;
    }
    *out = low;
    return low < p->entry_count && strcmp(p->entries[low].id, id) == 0;
}

static bool find_judge(const deal_problem *p, const char *id, size_t *out)
{
    for (size_t j = 0; j < p->judge_count; j++)
        if (strcmp(p->judges[j].id, id) == 0) {
            *out = j;
            return true;
        }
    return false;
}

static status read_kept(arena *mem, const csv_table *t, deal_problem *out, fault *f)
{
    deal_pair *kept = ARENA_ARRAY(mem, deal_pair, t->count);
    if (!kept)
        return fault_memory(f);
    for (size_t i = 1; i < t->count; i++)
        if (!find_entry(out, csv_cell(&t->rows[i], 0), &kept[i - 1].entry) ||
            !find_judge(out, csv_cell(&t->rows[i], 1), &kept[i - 1].judge))
            return broken(f);
    out->kept = kept;
    out->kept_count = t->count ? t->count - 1 : 0;
    return OK;
}

status deal_inputs_read(arena *mem, slice text, deal_problem *out, fault *f)
{
    csv_table table;
    *out = (deal_problem){0};
    TRY(read_head(mem, next_section(&text), out, f));
    TRY(csv_table_parse(mem, "entries", next_section(&text), &table, f));
    TRY(deal_read_entries(mem, "entries", &table, out, f));
    TRY(csv_table_parse(mem, "judges", next_section(&text), &table, f));
    TRY(deal_read_judges(mem, "judges", &table, out, f));
    TRY(csv_table_parse(mem, "kept", next_section(&text), &table, f));
    return read_kept(mem, &table, out, f);
}
