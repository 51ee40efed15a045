/* How people write the name of a unit: abbreviations, the city at the end, "ward, district". */
#include "unit_name.h"

#include "chamthi/text.h"

#include <string.h>

/* Whole words of a folded name; those that only stand at its beginning come first. */
typedef struct {
    const char *from, *to;
} rewrite;

static const rewrite at_start[] = {
    {"ubnd ", ""},      {"uy ban nhan dan ", ""}, {"q ", "quan "},
    {"h ", "huyen "},   {"p ", "phuong "},        {"x ", "xa "},
    {"tx ", "thi xa "}, {"tt ", "thi tran "},     {"catp ", "cong an thanh pho "}};

static const rewrite anywhere[] = {{" tp ", " thanh pho "},
                                   {" tphn ", " thanh pho ha noi "},
                                   {" hn ", " ha noi "},
                                   {" gd dt ", " giao duc va dao tao "},
                                   {" giao duc dao tao ", " giao duc va dao tao "},
                                   {" hlhpn ", " hoi lien hiep phu nu "},
                                   {" lhpn ", " lien hiep phu nu "},
                                   {" ldld ", " lien doan lao dong "},
                                   {" ccb ", " cuu chien binh "},
                                   {" hoi nha bao viet nam thanh pho ", " hoi nha bao thanh pho "},
                                   {" ptth ", " phat thanh va truyen hinh "},
                                   {" pt th ", " phat thanh va truyen hinh "},
                                   {" phat thanh truyen hinh ", " phat thanh va truyen hinh "},
                                   {" ha noi moi ", " hanoimoi "},
                                   {" kinh te va do thi ", " kinh te do thi "}};

static void replace_once(buffer *b, size_t at, size_t size, const char *with)
{
    buffer next = BUFFER_INIT;
    buffer_put(&next, b->bytes, at);
    buffer_text(&next, with);
    buffer_put(&next, b->bytes + at + size, b->size - at - size);
    buffer_free(b);
    *b = next;
}

char *unit_name_fold(arena *mem, slice name)
{
    buffer b = BUFFER_INIT;
    buffer_byte(&b, ' ');
    text_fold(name, &b);
    buffer_byte(&b, ' ');
    for (size_t i = 0; i < sizeof at_start / sizeof *at_start && !b.failed; i++)
        if (strncmp(b.bytes + 1, at_start[i].from, strlen(at_start[i].from)) == 0)
            replace_once(&b, 1, strlen(at_start[i].from), at_start[i].to);
    for (size_t i = 0; i < sizeof anywhere / sizeof *anywhere && !b.failed; i++) {
        const char *found = strstr(b.bytes, anywhere[i].from);
        if (found)
            replace_once(&b, (size_t)(found - b.bytes), strlen(anywhere[i].from), anywhere[i].to);
    }
    const char *from = b.bytes, *to = b.bytes + b.size;
    while (from < to && *from == ' ')
        from++;
    while (to > from && to[-1] == ' ')
        to--;
    char *fold = b.failed ? NULL : arena_copy(mem, from, (size_t)(to - from));
    buffer_free(&b);
    return fold;
}

static size_t without_end(const char *text, size_t size, const char *end)
{
    size_t n = strlen(end);
    return size > n && memcmp(text + size - n, end, n) == 0 ? size - n : size;
}

char *unit_name_without_city(arena *mem, const char *fold)
{
    size_t size = strlen(fold), shorter = without_end(fold, size, " ha noi");
    if (shorter == size)
        return NULL;
    shorter = without_end(fold, shorter, " thanh pho");
    return arena_copy(mem, fold, shorter);
}

static slice trimmed(slice s)
{
    while (s.size && strchr(" -,;", s.bytes[0]))
        s.bytes++, s.size--;
    while (s.size && strchr(" -,;", s.bytes[s.size - 1]))
        s.size--;
    return s;
}

/* The last comma, semicolon or " - "; `size` when there is none. */
static size_t last_break(slice s)
{
    for (size_t i = s.size; i-- > 0;)
        if (s.bytes[i] == ',' || s.bytes[i] == ';' ||
            (s.bytes[i] == '-' && i > 0 && s.bytes[i - 1] == ' '))
            return i;
    return s.size;
}

static bool is_city(slice part)
{
    buffer fold = BUFFER_INIT;
    text_fold(part, &fold);
    bool city = strcmp(fold.bytes, "ha noi") == 0 || strcmp(fold.bytes, "thanh pho ha noi") == 0 ||
                strcmp(fold.bytes, "tp ha noi") == 0 || strcmp(fold.bytes, "viet nam") == 0;
    buffer_free(&fold);
    return city;
}

bool unit_name_split(slice text, slice *inner, slice *outer)
{
    text = trimmed(text);
    for (;;) {
        size_t at = last_break(text);
        if (at == text.size)
            return false;
        slice head = trimmed((slice){text.bytes, at});
        slice tail = trimmed((slice){text.bytes + at, text.size - at});
        if (!head.size)
            return false;
        if (!is_city(tail)) {
            *inner = head;
            *outer = tail;
            return true;
        }
        text = head;
    }
}

/* Kinds of places, the communes first. */
static const char *const territories[] = {"phuong", "xa",     "thi tran", "quan",
                                          "huyen",  "thi xa", "thanh pho"};
enum { COMMUNES = 3, TERRITORIES = 7 };

static bool is_kind(const char *kind, size_t first_kinds)
{
    buffer fold = BUFFER_INIT;
    text_fold((slice){kind, strlen(kind)}, &fold);
    bool found = false;
    for (size_t i = 0; i < first_kinds; i++)
        found |= strcmp(fold.bytes, territories[i]) == 0;
    buffer_free(&fold);
    return found;
}

bool unit_is_commune(const char *kind)
{
    return is_kind(kind, COMMUNES);
}

bool unit_is_territory(const char *kind)
{
    return is_kind(kind, TERRITORIES);
}
