/* similar scan: folders of .txt files compared with each other, without a database. */
#include "table.h"

#include "chamthi/scan.h"

#include <stdio.h>
#include <string.h>

enum { NOTES_SHOWN = 10 };

static status read_folders(const cli *c, scan_folder **out, size_t *count, fault *f)
{
    scan_folder *all = ARENA_ARRAY(c->mem, scan_folder, c->arg_count + c->option_count);
    if (!all)
        return fault_memory(f);
    *count = 0;
    for (size_t i = 0; i < c->arg_count; i++)
        all[(*count)++] = (scan_folder){c->args[i], SCAN_COMPARE};
    for (size_t i = 0; i < c->option_count; i++) {
        const char *name = c->options[2 * i], *folder = c->options[2 * i + 1];
        if (strcmp(name, "--against") == 0)
            all[(*count)++] = (scan_folder){folder, SCAN_AGAINST};
        else if (strcmp(name, "--library") == 0)
            all[(*count)++] = (scan_folder){folder, SCAN_LIBRARY};
    }
    *out = all;
    return OK;
}

static status print_pairs(const cli *c, const scan_result *r, fault *f)
{
    static const column columns[] = {
        {"a", "bài A", "text A", COLUMN_TEXT},
        {"b", "bài B", "text B", COLUMN_TEXT},
        {"class", "loại", "class", COLUMN_TEXT},
        {"share_a", "% bài A", "% of A", COLUMN_POINTS},
        {"share_b", "% bài B", "% of B", COLUMN_POINTS},
        {"syllables", "số chữ giống", "same syllables", COLUMN_INT},
        {"passage_count", "số đoạn", "passages", COLUMN_INT},
        {"passages", "đoạn giống nhau", "similar passages", COLUMN_JSON},
        {"masked_passages", "đoạn không tính", "not counted", COLUMN_JSON},
        {"a_folder", "thư mục A", "folder A", COLUMN_TEXT},
        {"b_folder", "thư mục B", "folder B", COLUMN_TEXT}};
    output o;
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < r->pair_count; i++) {
        const scan_pair *p = &r->pairs[i];
        output_text(&o, p->a);
        output_text(&o, p->b);
        output_text(&o, p->class);
        output_int(&o, p->share_a);
        output_int(&o, p->share_b);
        output_int(&o, p->syllables);
        output_int(&o, (int64_t)p->passage_count);
        output_text(&o, p->passages);
        output_text(&o, p->masked);
        output_text(&o, p->a_folder);
        output_text(&o, p->b_folder);
    }
    return output_end(&o, f);
}

/* What the rows do not show: files left out, and likeness that does not count. */
static void print_notes(cli *c, const scan_result *r)
{
    for (size_t i = 0; i < r->skipped_count; i++) {
        const scan_skipped *s = &r->skipped[i];
        fprintf(stderr, c->lang == LANG_VI ? "bỏ qua %s/%s: %s\n" : "left out %s/%s: %s\n",
                s->folder, s->path, cli_say(c, s->vi, s->en));
    }
    for (size_t i = 0; i < r->mass_count && i < NOTES_SHOWN; i++) {
        const scan_mass *m = &r->masses[i];
        fprintf(
            stderr,
            c->lang == LANG_VI
                ? "đoạn có trong %zu bài nên không tính (đề bài, mẫu đơn?): %s/%s, byte %zu–%zu: "
                  "“%s…”\n"
                : "in %zu texts, so not counted (question, form?): %s/%s, bytes %zu–%zu: “%s…”\n",
            m->texts, m->folder, m->path, m->start, m->end, m->beginning);
    }
    if (r->mass_count > NOTES_SHOWN)
        fprintf(stderr, c->lang == LANG_VI ? "… và %zu đoạn như thế nữa\n" : "… and %zu more\n",
                r->mass_count - NOTES_SHOWN);
    for (size_t i = 0; i < r->crowded_count && i < NOTES_SHOWN; i++) {
        const scan_crowded *k = &r->crowded[i];
        fprintf(
            stderr,
            c->lang == LANG_VI
                ? "%s/%s giống quá nhiều bài: đã so với các bài giống nhất, còn %zu bài chưa so\n"
                : "%s/%s is like too many: compared with the most alike, %zu are left\n",
            k->folder, k->path, k->left);
    }
    if (r->crowded_count > NOTES_SHOWN)
        fprintf(stderr, c->lang == LANG_VI ? "… và %zu bài như thế nữa\n" : "… and %zu more\n",
                r->crowded_count - NOTES_SHOWN);
    if (r->masked_pairs)
        fprintf(stderr,
                c->lang == LANG_VI
                    ? "%zu cặp chỉ giống nhau ở chỗ không tính (trích dẫn, mẫu chung)\n"
                    : "%zu pairs are alike only where it does not count (quotations, forms)\n",
                r->masked_pairs);
    c->attention |= r->skipped_count > 0;
}

status cmd_similar_scan(cli *c, fault *f)
{
    int64_t threads;
    scan_folder *folders = NULL;
    size_t count = 0;
    scan_result result;
    TRY(cli_option_int(c, "--threads", 1, 64, 0, &threads, f));
    TRY(read_folders(c, &folders, &count, f));
    TRY(scan_folders(c->mem, folders, count, (unsigned)threads, &result, f));
    print_notes(c, &result);
    return print_pairs(c, &result, f);
}
