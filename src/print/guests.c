/* From the decided awards to people and their seats. */
#include "guests.h"

#include "chamthi/text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { AWARDS_MOST = 5000, GUESTS_MOST = 20000 };

/* A guest, and what he is sorted by. */
typedef struct {
    guest g;
    buffer key;
} place;

typedef struct {
    guest_list *list;
    arena *mem;
    place *places;
    size_t count;
} gathering;

static status add_guest(gathering *g, slice name, cursor *c, fault *f)
{
    if (g->count == GUESTS_MOST)
        return FAIL(f, E_LIMIT, "hơn %d người nhận giải", "more than %d recipients", GUESTS_MOST);
    place *p = &g->places[g->count++];
    p->g = (guest){.name = arena_copy(g->mem, name.bytes, name.size),
                   .unit = cursor_copy(c, 3, g->mem),
                   .prize = cursor_copy(c, 1, g->mem),
                   .address = cursor_copy(c, 8, g->mem),
                   .phone = cursor_copy(c, 9, g->mem),
                   .award = g->list->award_count};
    if (!p->g.name || !p->g.unit || !p->g.prize || !p->g.address || !p->g.phone)
        return fault_memory(f);
    if (!*p->g.unit && strcmp(g->list->awards[p->g.award].kind, "collective") == 0)
        p->g.unit = p->g.name; /* a unit is its own */
    p->key = (buffer)BUFFER_INIT;
    text_sort_key((slice){p->g.unit, strlen(p->g.unit)}, SORT_PLAIN, &p->key);
    buffer_byte(&p->key, 0);
    text_sort_key(name, SORT_NAMES, &p->key);
    return buffer_check(&p->key, f);
}

/* Co-authors of one award stand with ';' between them. */
static status add_recipients(gathering *g, const char *names, cursor *c, fault *f)
{
    for (const char *p = names; *p; p += *p == ';') {
        p += strspn(p, " ");
        size_t size = strcspn(p, ";");
        if (size)
            TRY(add_guest(g, (slice){p, size}, c, f));
        p += size;
    }
    return OK;
}

static status add_award(gathering *g, cursor *c, fault *f)
{
    called_award *a = &g->list->awards[g->list->award_count];
    const char **const to[] = {&a->kind,  &a->prize, &a->recipient, &a->unit,
                               &a->title, &a->track, &a->serial};
    for (int i = 0; i < 7; i++)
        if (!(*to[i] = cursor_copy(c, i, g->mem)))
            return fault_memory(f);
    TRY(add_recipients(g, a->recipient, c, f));
    g->list->award_count++;
    return OK;
}

static status read_awards(gathering *g, store *db, int64_t year, fault *f)
{
    cursor c;
    status st = OK;
    TRY(store_select(db, Q_REPORT_CEREMONY, ARGS(v_int(year)), &c, f));
    while (st == OK && g->list->award_count < AWARDS_MOST && cursor_next(&c))
        st = add_award(g, &c, f);
    status closed = cursor_close(&c, st == OK ? f : NULL);
    TRY(st);
    TRY(closed);
    if (!g->list->award_count)
        return FAIL(f, E_CONFLICT,
                    "cuộc thi %d chưa có giải nào theo quyết định; xem: chamthi award list",
                    "%d has no decided awards; see: chamthi award list", (int)year);
    return OK;
}

static int compare_places(const void *x, const void *y)
{
    const buffer *a = &((const place *)x)->key, *b = &((const place *)y)->key;
    size_t size = a->size < b->size ? a->size : b->size;
    int order = memcmp(a->bytes, b->bytes, size);
    if (!order)
        order = (a->size > b->size) - (a->size < b->size);
    return order ? order : strcmp(((const place *)y)->g.address, ((const place *)x)->g.address);
}

/* By name and unit, as far as no two addresses speak against it. */
static bool same_person(const guest *a, const guest *b)
{
    return a->award != b->award && strcmp(a->name, b->name) == 0 && strcmp(a->unit, b->unit) == 0 &&
           (!*b->address || strcmp(a->address, b->address) == 0);
}

/* Row 0 is A, 25 Z, 26 AA. */
static void name_seat(char out[16], size_t row, int64_t seat)
{
    char letters[8];
    size_t n = 0;
    for (row++; row && n < sizeof letters; row = (row - 1) / 26)
        letters[n++] = (char)('A' + (row - 1) % 26);
    for (size_t i = 0; i < n; i++)
        out[i] = letters[n - 1 - i];
    snprintf(out + n, 16 - n, "%d", (int)seat);
}

static void give_seats(guest *list, size_t count, int64_t in_row)
{
    size_t row = 0;
    int64_t taken = 0;
    for (size_t i = 0, end; i < count; i = end) {
        for (end = i; end < count && strcmp(list[end].unit, list[i].unit) == 0;)
            end++;
        int64_t people = 0;
        for (size_t k = i; k < end; k++)
            people += !list[k].again;
        if (people > in_row - taken && taken && people <= in_row) {
            row++;
            taken = 0;
        }
        for (size_t k = i; k < end; k++) {
            if (list[k].again) {
                memcpy(list[k].seat, list[k - 1].seat, sizeof list[k].seat);
                continue;
            }
            row += taken == in_row;
            taken = taken == in_row ? 1 : taken + 1;
            name_seat(list[k].seat, row, taken);
        }
    }
}

status guests_gather(store *db, arena *mem, int64_t year, int64_t seats_in_row, guest_list *out,
                     fault *f)
{
    gathering g = {.list = out, .mem = mem};
    *out = (guest_list){.awards = ARENA_ARRAY(mem, called_award, AWARDS_MOST)};
    g.places = calloc(GUESTS_MOST, sizeof *g.places);
    status st = out->awards && g.places ? read_awards(&g, db, year, f) : fault_memory(f);
    if (st == OK) {
        qsort(g.places, g.count, sizeof *g.places, compare_places);
        out->guests = ARENA_ARRAY(mem, guest, g.count);
        st = out->guests ? OK : fault_memory(f);
    }
    for (size_t i = 0; i < g.count; i++) {
        if (st == OK)
            out->guests[out->guest_count++] = g.places[i].g;
        buffer_free(&g.places[i].key);
    }
    free(g.places);
    for (size_t i = 1; i < out->guest_count; i++)
        out->guests[i].again = same_person(&out->guests[i - 1], &out->guests[i]);
    if (st == OK)
        give_seats(out->guests, out->guest_count, seats_in_row);
    return st;
}
