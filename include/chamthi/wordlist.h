/* The words of a text with their places and folded forms: what names and labels are looked for in. */
#ifndef CHAMTHI_WORDLIST_H
#define CHAMTHI_WORDLIST_H

#include "chamthi/text.h"

typedef struct {
    size_t start, end; /* bytes of the text */
    const char *fold;  /* plain small letters and digits (K3) */
} word;

typedef struct {
    slice text;
    word *items;
    size_t count;
} word_list;

/* The folds of words met before, for bulk work: several times faster, and never another result. One per
 * thread; must outlive the lists read with it. NULL when memory is out, and NULL is fine below. */
typedef struct word_memo word_memo;
word_memo *word_memo_new(void);
void word_memo_free(word_memo *memo);

/* The next word from *end on; false when there is none. */
bool word_next(slice text, size_t *start, size_t *end);

/* Letters and digits make words, everything else parts them. All in `mem`, or in the memo. */
status words_read(arena *mem, word_memo *memo, slice text, word_list *out, fault *f);

/* Whether the words from `at` on are those of `wanted`, with nothing between them but blanks, line ends,
 * hyphens and dots. */
bool words_match(const word_list *l, size_t at, const word_list *wanted);
/* Whether nothing else stands between word `at` and the next. */
bool words_joined(const word_list *l, size_t at);
/* Whether the word begins with a capital letter. */
bool word_capital(const word_list *l, size_t at);

#endif
