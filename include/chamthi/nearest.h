/* What was probably meant by a mistyped word. */
#ifndef CHAMTHI_NEAREST_H
#define CHAMTHI_NEAREST_H

/* The nearest of NULL-terminated words by typing mistakes, NULL when none is near. */
const char *nearest_word(const char *typed, const char *const *words);

#endif
