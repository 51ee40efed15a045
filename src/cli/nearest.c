/* What a mistyped command or option probably was. */
#include "table.h"
#include "usage.h"

#include <stdio.h>
#include <string.h>

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* How many bytes are put in, left out or changed between the two (Levenshtein). */
static size_t distance(const char *a, size_t a_size, const char *b)
{
    size_t row[NEAREST_MAX], b_size = strlen(b);
    if (b_size >= NEAREST_MAX)
        return NEAREST_MAX;
    for (size_t k = 0; k <= b_size; k++)
        row[k] = k;
    for (size_t i = 0; i < a_size; i++) {
        size_t before = row[0];
        row[0] = i + 1;
        for (size_t k = 0; k < b_size; k++) {
            size_t changed = before + (a[i] != b[k]);
            before = row[k + 1];
            row[k + 1] = least(changed, least(before, row[k]) + 1);
        }
    }
    return row[b_size];
}

void nearest_start(nearest *n, const char *given)
{
    *n = (nearest){.given = given, .distance = NEAREST_MAX};
}

void nearest_offer(nearest *n, const char *word)
{
    size_t size = 0, spaces = 0; /* as many words as the offered one has */
    for (const char *p = word; *p; p++)
        spaces += *p == ' ';
    while (n->given[size] && (n->given[size] != ' ' || spaces--))
        size++;
    size_t d = distance(n->given, size, word);
    if (d && d < n->distance && d <= 1 + size / 4) { /* 0: it is what could not stand there */
        n->distance = d;
        memcpy(n->word, word, strlen(word) + 1);
    }
}

bool is_group(const char *words)
{
    size_t size = strlen(words);
    for (size_t i = 0; i < command_count; i++)
        if (strncmp(commands[i].words, words, size) == 0 && commands[i].words[size] == ' ')
            return true;
    return false;
}

status unknown_command(const char *given, fault *f)
{
    nearest n;
    nearest_start(&n, given);
    for (size_t i = 0; i < command_count; i++)
        nearest_offer(&n, commands[i].words);
    if (n.word[0])
        return FAIL(f, E_USAGE, "không có lệnh “%s”; có lẽ là: chamthi %s",
                    "there is no command “%s”; perhaps: chamthi %s", given, n.word);
    char first[NEAREST_MAX];
    snprintf(first, sizeof first, "%.*s", (int)strcspn(given, " "), given);
    bool group = is_group(first);
    return FAIL(f, E_USAGE, "không có lệnh “%s”; xem: chamthi help%s%s",
                "there is no command “%s”; see: chamthi help%s%s", given, group ? " " : "",
                group ? first : "");
}
