/* A certificate's layout as data: a YAML file in millimetres and points, so that a new form of
 * certificate needs no change of the program. See src/print/data/giay-chung-nhan.yaml. */
#ifndef PRINT_TEMPLATE_H
#define PRINT_TEMPLATE_H

#include "lines.h"

/* What a template may name in braces: {name}, {prize} … */
typedef enum {
    FACT_NAME, /* several separated by ';' */
    FACT_HONORIFIC,
    FACT_ADDRESS,
    FACT_ACHIEVEMENT,
    FACT_PRIZE,
    FACT_TITLE,
    FACT_TRACK,
    FACT_SERIAL,
    FACT_DECISION,
    FACT_DECISION_DATE, /* 20/9/2024 */
    FACT_DECISION_DAY,  /* ngày 20 tháng 9 năm 2024 */
    FACT_CODE,
    FACT_QR, /* what the QR says */
    FACT_YEAR,
    FACT_CONTEST,
    FACT_ORGANIZER,
    FACT_PLACE,
    FACT_SIGNATORY_TITLE,
    FACT_SIGNATORY_NAME,
    FACT_COUNT
} fact;

bool fact_find(const char *name, size_t size, fact *out);
const char *fact_key(fact which);

typedef enum { DRAW_TEXT, DRAW_EMBLEM, DRAW_QR } block_kind;
typedef enum { CASE_AS_WRITTEN, CASE_UPPER } letter_case;

enum { BLOCK_LINES_MOST = 6, TEMPLATE_BLOCKS_MOST = 40 };

typedef struct {
    const char *key, *text; /* text with {facts}; a block whose facts are all empty is left out */
    block_kind kind;
    text_style style;
    letter_case letters;
    text_anchor align;
    size_range sizes[BLOCK_LINES_MOST]; /* by number of lines */
    size_t line_count;                  /* the most lines allowed */
    int leading;                        /* percent of the size */
    bool fixed;                         /* at x, y; otherwise in the flow */
    length x, y;                        /* centre, left or right edge by `align`; top edge */
    length width, height;               /* height: of an emblem or QR */
    length gap;                         /* kept free above, in the flow */
    bool underlined;                    /* a rule below, as long as the text */
} template_block;

typedef struct {
    const char *name, *kind; /* kind stands in the serial: GCN */
    length width, height;
    struct {
        length inset, band;
        unsigned color, pale;
    } border;
    unsigned rosette; /* colour of the pattern behind the text; TEMPLATE_NO_COLOR: none */
    struct {
        length top, bottom, x, width;
    } flow;
    const char *defaults[FACT_COUNT]; /* "" when the template says nothing */
    template_block blocks[TEMPLATE_BLOCKS_MOST];
    size_t block_count;
} certificate_template;

#define TEMPLATE_NO_COLOR 0xFFFFFFFFu

/* Parses; errors name file, line and column. Everything lives in `mem`. */
status template_parse(arena *mem, const char *file, slice yaml, certificate_template **out,
                      fault *f);
status template_read(arena *mem, const char *path, certificate_template **out, fault *f);
/* The one built into the program. */
status template_standard(arena *mem, certificate_template **out, fault *f);

#endif
