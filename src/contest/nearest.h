/* What did they mean? */
#ifndef CONTEST_NEAREST_H
#define CONTEST_NEAREST_H

/* The nearest of NULL-terminated words by typing mistakes, NULL when none is near. */
const char *nearest_word(const char *typed, const char *const *words);

#endif
