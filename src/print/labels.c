/* Nhãn và phong bì: the address of everybody who gets a prize, or of every unit that sent entries, on
 * sheets of 3 × 8 labels (70 × 37 mm) or on envelopes (220 × 110 mm). */
#include "document.h"

#include "chamthi/print.h"
#include "guests.h"

#include <stdio.h>
#include <string.h>

enum {
    ACROSS = 3,
    DOWN = 8,
    LABEL_WIDTH = MM(70),
    LABEL_HEIGHT = MM(37),
    LABEL_PAD = MM(5),
    LINES_MOST = 4
};

static const page_shape label_sheet = {A4_SHORT, A4_LONG, 0, 0, MM(0.5), 0};
static const page_shape envelope = {MM(220), MM(110), MM(15), MM(15), MM(12), MM(12)};

typedef struct {
    const char *name;
    const char *lines[LINES_MOST - 1]; /* below it, "" when there is none */
} address;

typedef struct {
    const contest *contest;
    arena *mem;
    address *items;
    size_t count;
} addresses;

/* The lines of one address from the top of a field; each as large as fits. */
static status put_lines(document *d, const address *a, length x, length y, length width, int most,
                        fault *f)
{
    for (int i = 0; i < LINES_MOST; i++) {
        const char *text = i ? a->lines[i - 1] : a->name;
        const size_range sizes[] = {
            {most, most - 150}, {most - 100, most - 250}, {most - 250, most - 450}};
        text_style style = {i ? FONT_SERIF : FONT_SERIF_BOLD, most, 0, INK};
        text_block b;
        if (!*text)
            continue;
        TRY(lines_fit(d->c, d->mem, &style, text, width, 115, sizes, 3, &b, f));
        for (size_t k = 0; k < b.count; k++, y += b.leading)
            TRY(canvas_text(d->c, &b.style, x, y + b.above, ANCHOR_LEFT, b.lines[k], f));
        y += MM(0.8);
    }
    return OK;
}

static status put_labels(document *d, void *what, fault *f)
{
    const addresses *all = what;
    for (size_t i = 0; i < all->count; i++) {
        size_t at = i % (ACROSS * DOWN);
        if (i && at == 0)
            TRY(document_page(d, f));
        length x = (length)(at % ACROSS) * LABEL_WIDTH + LABEL_PAD;
        length y = d->shape.top + (length)(at / ACROSS) * LABEL_HEIGHT + LABEL_PAD;
        TRY(put_lines(d, &all->items[i], x, y, LABEL_WIDTH - 2 * LABEL_PAD, 1100, f));
    }
    return OK;
}

static status put_envelopes(document *d, void *what, fault *f)
{
    const addresses *all = what;
    const address sender = {all->contest->organizer, {"", "", ""}};
    for (size_t i = 0; i < all->count; i++) {
        if (i)
            TRY(document_page(d, f));
        TRY(put_lines(d, &sender, d->shape.left, d->shape.top, MM(85), 1000, f));
        TRY(put_lines(d, &(address){"Kính gửi:", {"", "", ""}}, MM(105), MM(52), MM(30), 1200, f));
        TRY(put_lines(d, &all->items[i], MM(105), MM(60), MM(100), 1400, f));
    }
    return OK;
}

static status gather_winners(addresses *all, store *db, fault *f)
{
    guest_list list;
    TRY(guests_gather(db, all->mem, all->contest->year, 10, &list, f));
    all->items = ARENA_ARRAY(all->mem, address, list.guest_count);
    if (!all->items)
        return fault_memory(f);
    for (size_t i = 0; i < list.guest_count; i++) {
        const guest *g = &list.guests[i];
        if (g->again)
            continue;
        const char *phone =
            *g->phone ? arena_format(all->mem, "Điện thoại: %s", g->phone) : g->phone;
        if (!phone)
            return fault_memory(f);
        all->items[all->count++] =
            (address){g->name, {strcmp(g->unit, g->name) == 0 ? "" : g->unit, g->address, phone}};
    }
    return OK;
}

static status gather_units(addresses *all, store *db, fault *f)
{
    enum { UNITS_MOST = 4000 };
    cursor c;
    status st = OK;
    all->items = ARENA_ARRAY(all->mem, address, UNITS_MOST);
    if (!all->items)
        return fault_memory(f);
    TRY(store_select(db, Q_REPORT_SENDERS, ARGS(v_int(all->contest->year)), &c, f));
    while (st == OK && all->count < UNITS_MOST && cursor_next(&c)) {
        if (!*cursor_text(&c, 1))
            continue;
        const char *name = cursor_copy(&c, 1, all->mem);
        all->items[all->count++] = (address){name, {"", "", ""}};
        st = name ? OK : fault_memory(f);
    }
    status closed = cursor_close(&c, st == OK ? f : NULL);
    TRY(st);
    TRY(closed);
    if (!all->count)
        return FAIL(f, E_CONFLICT, "cuộc thi %d chưa nhận bài của đơn vị nào",
                    "%d has received nothing from any unit", (int)all->contest->year);
    return OK;
}

static status write_table(const addresses *all, const char *path, date day, fault *f)
{
    static const report_column columns[] = {{"Kính gửi", 30, ALIGN_TEXT},
                                            {"Đơn vị", 40, ALIGN_TEXT},
                                            {"Địa chỉ", 40, ALIGN_TEXT},
                                            {"Điện thoại", 20, ALIGN_TEXT}};
    report_table t;
    const report_table *const tables[] = {&t};
    table_start(&t, all->mem, "Địa chỉ", columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < all->count; i++) {
        table_text(&t, all->items[i].name);
        for (int k = 0; k < LINES_MOST - 1; k++)
            table_text(&t, all->items[i].lines[k]);
    }
    return table_workbook(path, tables, 1, all->contest->name, day, f);
}

status report_labels(store *db, arena *mem, int64_t year, label_recipients to, label_paper paper,
                     const char *path, size_t *count, fault *f)
{
    addresses all = {.mem = mem};
    contest *definition;
    report_file kind;
    TRY(report_file_kind(path, &kind, f));
    TRY(contest_get(db, mem, year, &definition, f));
    all.contest = definition;
    TRY(to == LABELS_FOR_UNITS ? gather_units(&all, db, f) : gather_winners(&all, db, f));
    *count = all.count;
    const canvas_facts facts = {
        "Nhãn địa chỉ", definition->organizer, definition->name, {(int)year, 12, 31}};
    if (kind == FILE_WORKBOOK)
        return write_table(&all, path, facts.day, f);
    if (paper == LABELS_ON_ENVELOPES)
        return document_make(mem, &envelope, NUMBERS_NONE, put_envelopes, &all, &facts, path, f);
    return document_make(mem, &label_sheet, NUMBERS_NONE, put_labels, &all, &facts, path, f);
}
