/* Reads a YAML document into structs by tables, and remembers everything that is wrong with it.
 *
 * A shape lists the keys a mapping may have and where each value goes. Unknown keys, wrong types and
 * missing keys become sentences with file:line:column; reading goes on, so that one run shows the
 * first several mistakes together. */
#ifndef CONTEST_YAML_H
#define CONTEST_YAML_H

#include "chamthi/buffer.h"
#include "chamthi/contest.h"

#include <libfyaml.h>

typedef enum {
    FIELD_TEXT,   /* const char * */
    FIELD_KEY,    /* const char *: a-z 0-9 - _ */
    FIELD_WORD,   /* const char *: one of `words` */
    FIELD_INT,    /* int64_t in least..most */
    FIELD_POINTS, /* int64_t hundredths */
    FIELD_PROVENANCE,
    FIELD_COUNT_FIGURE,
    FIELD_POINTS_FIGURE,
    FIELD_SECONDS_FIGURE, /* 420 or 7:00 */
    FIELD_DAY_FIGURE,
    FIELD_WORDS_FIGURE, /* figure_list; each one of `words` unless that is NULL */
    FIELD_PART,         /* a mapping of `shape` at `offset` */
    FIELD_LIST          /* pointer at `offset` to `count` structs of `shape` */
} field_kind;

typedef struct shape shape;

typedef struct {
    const char *key;
    field_kind kind;
    size_t offset;
    enum { MAY_BE_LEFT_OUT, NEEDED } need;
    const shape *shape;
    size_t count;
    int64_t least, most;
    const char *const *words; /* NULL-terminated */
} field;

struct shape {
    const field *fields;
    size_t count;
    size_t size; /* of the struct */
};

typedef struct {
    int line, column; /* from 1 */
} place;

typedef struct {
    arena *mem;
    const char *file;
    struct fy_parser *parser;
    struct fy_diag *diag;
    struct fy_document *document;
    size_t problems, shown;
    buffer said[LANG_COUNT];
    bool memory; /* ran out */
} yaml;

/* Parses the text; syntax mistakes are already problems. Always release with yaml_close(). */
void yaml_open(yaml *y, arena *mem, const char *file, slice text);
void yaml_close(yaml *y);
/* Fills `out`, a struct of the shape, from the document's root. */
void yaml_read(yaml *y, const shape *s, void *out);
/* OK, or all problems in one sentence each. */
status yaml_verdict(const yaml *y, fault *f);

/* Where something of the root is: a key, and if `index` is not NO_INDEX that item of its list, and if
 * `inner` is not NULL that key in it. The nearest place that exists. */
enum { NO_INDEX = -1 };
typedef struct {
    const char *key;
    int index;
    const char *inner;
    int inner_index;
} yaml_path;
place yaml_place(const yaml *y, yaml_path path);
/* Bytes of the root's key, from it to the next key or the end. Size 0: no such key. */
slice yaml_section(const yaml *y, slice text, const char *key);

void yaml_keep_problem(yaml *y, place at, const fault *sentence);
#define PROBLEM(y, at, ...)                                                                        \
    do {                                                                                           \
        fault problem_ = {0};                                                                      \
        fault_set(&problem_, E_INPUT, __VA_ARGS__);                                                \
        yaml_keep_problem((y), (at), &problem_);                                                   \
    } while (0)

#endif
