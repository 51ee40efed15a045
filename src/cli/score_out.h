/* What the commands of score statistics share: measured numbers and remarks, for people and programs. */
#ifndef CLI_SCORE_OUT_H
#define CLI_SCORE_OUT_H

#include "cli.h"

#include "chamthi/ratings.h"

/* Appends `"key":value` and a comma before it unless the object just opened; null when not known. */
void put_key(buffer *b, const char *key);
void put_number(buffer *b, const char *key, bool known, double value);
void put_count(buffer *b, const char *key, size_t value);
void put_text(buffer *b, const char *key, const char *text);
void put_remarks(const cli *c, buffer *b, const char *key, const remarks *list);

/* The cell of a row: `decimals` in a table, with the language's sign; all digits in CSV. */
void number_cell(output *o, bool known, double value, int decimals);

/* The remarks as sentences: under a table on stdout, else on stderr, so that data stays data. */
status print_remarks(const cli *c, const remarks *list, fault *f);

#endif
