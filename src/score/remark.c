/* Sentences that go with the figures, in both languages. */
#include "chamthi/ratings.h"

#include <stdarg.h>
#include <stdio.h>

void remark_add(arena *mem, remarks *list, const char *code, const char *vi, const char *en, ...)
{
    char text[LANG_COUNT][FAULT_TEXT_MAX];
    va_list args, again;
    va_start(args, en);
    va_copy(again, args);
    vsnprintf(text[LANG_VI], sizeof text[LANG_VI], vi, args);
    vsnprintf(text[LANG_EN], sizeof text[LANG_EN], en, again);
    va_end(again);
    va_end(args);
    remark made = {.code = code};
    for (int lang = 0; lang < LANG_COUNT; lang++)
        made.text[lang] = arena_string(mem, text[lang]);
    if (list->count == REMARK_MAX || !made.text[LANG_VI] || !made.text[LANG_EN])
        list->failed = true;
    else
        list->items[list->count++] = made;
}

void ratings_remarks(arena *mem, const ratings *table, remarks *list)
{
    size_t n = table->unscored_count;
    if (table->incomplete)
        remark_add(mem, list, "incomplete",
                   "%zu lượt chấm thiếu điểm ở ít nhất một tiêu chí nên không tính; hãy chấm nốt",
                   "%zu readings lack the points of some criterion and are left out; complete them",
                   table->incomplete);
    if (n)
        remark_add(mem, list, "unscored", "%zu bài chưa có lượt chấm nào đủ điểm: %s%s%s%s",
                   "%zu entries have no complete reading yet: %s%s%s%s", n, table->unscored[0],
                   n > 1 ? ", " : "", n > 1 ? table->unscored[1] : "", n > 2 ? ", …" : "");
}
