/* Whether an address lies in the city: by the names of its units and of the other provinces. */
#include "place.h"

#include "chamthi/text.h"

#include <stdlib.h>
#include <string.h>

/* Provinces as people still write them, also those merged in 2025; "Hà Nội" and what became part of it
 * before 2008 are not among them. */
static const char *const provinces[] = {
    "an giang",   "ba ria vung tau", "bac giang",  "bac kan",     "bac lieu",    "bac ninh",
    "ben tre",    "binh dinh",       "binh duong", "binh phuoc",  "binh thuan",  "ca mau",
    "can tho",    "cao bang",        "da nang",    "dak lak",     "dak nong",    "dien bien",
    "dong nai",   "dong thap",       "gia lai",    "ha giang",    "ha nam",      "ha tinh",
    "hai duong",  "hai phong",       "hau giang",  "hoa binh",    "hung yen",    "khanh hoa",
    "kien giang", "kon tum",         "lai chau",   "lam dong",    "lang son",    "lao cai",
    "long an",    "nam dinh",        "nghe an",    "ninh binh",   "ninh thuan",  "phu tho",
    "phu yen",    "quang binh",      "quang nam",  "quang ngai",  "quang ninh",  "quang tri",
    "soc trang",  "son la",          "tay ninh",   "thai binh",   "thai nguyen", "thanh hoa",
    "hue",        "thua thien hue",  "tien giang", "ho chi minh", "tra vinh",    "tuyen quang",
    "vinh long",  "vinh phuc",       "yen bai",
};

status place_add(place_names *l, arena *mem, const char *fold, fault *f)
{
    const char **folds = arena_grow(mem, l->folds, l->count, &l->capacity, sizeof *l->folds);
    char *copy = arena_string(mem, fold);
    if (!folds || !copy)
        return fault_memory(f);
    l->folds = folds;
    if (*copy)
        l->folds[l->count++] = copy;
    return OK;
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void place_sort(place_names *l)
{
    if (l->count)
        qsort(l->folds, l->count, sizeof *l->folds, by_bytes);
}

static const char *without(const char *fold, const char *prefix)
{
    size_t size = strlen(prefix);
    return strncmp(fold, prefix, size) == 0 ? fold + size : fold;
}

/* "tinh hung yen", "tp hai phong": the bare name. */
static const char *bare(const char *fold)
{
    return without(without(without(fold, "tinh "), "thanh pho "), "tp ");
}

static bool is_province(const char *fold)
{
    for (size_t i = 0; i < sizeof provinces / sizeof *provinces; i++)
        if (strcmp(bare(fold), provinces[i]) == 0)
            return true;
    return false;
}

/* "q tay ho" is "quan tay ho", "p buoi" "phuong buoi". */
static bool is_known(const place_names *l, arena *mem, const char *fold)
{
    static const struct {
        const char *from, *to;
    } ways[] = {{"", ""},      {"q ", "quan "},    {"h ", "huyen "},     {"p ", "phuong "},
                {"x ", "xa "}, {"tx ", "thi xa "}, {"tt ", "thi tran "}, {"tp ", "thanh pho "}};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        size_t size = strlen(ways[i].from);
        if (strncmp(fold, ways[i].from, size) != 0)
            continue;
        const char *whole = arena_format(mem, "%s%s", ways[i].to, fold + size);
        if (whole && bsearch(&whole, l->folds, l->count, sizeof *l->folds, by_bytes))
            return true;
    }
    return false;
}

address_place place_look(const place_names *l, arena *mem, const char *address)
{
    bool elsewhere = false, inside = false, some = false;
    for (const char *p = address; *p;) {
        size_t size = strcspn(p, ",;-(");
        char *part = arena_copy(mem, p, size), *fold = part ? text_fold_string(mem, part) : NULL;
        if (!fold)
            return SUBJECT_UNREAD;
        some |= *fold != '\0';
        inside |= is_known(l, mem, fold);
        if (*fold)
            elsewhere = is_province(fold); /* the last part decides */
        p += size + (p[size] != '\0');
    }
    if (elsewhere)
        return SUBJECT_OUTSIDE;
    return inside ? SUBJECT_INSIDE : some ? SUBJECT_UNREAD : SUBJECT_UNPLACED;
}
