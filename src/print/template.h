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
    FACT_AUTHORITY, /* who commends; the organizer when nobody else is named */
    FACT_SEVERAL,   /* how many authors, "" for one */
    FACT_RECIPIENT, /* entry, collective or subject */
    FACT_COUNT
} fact;

bool fact_find(const char *name, size_t size, fact *out);
const char *fact_key(fact which);

typedef enum {
    DRAW_TEXT,
    DRAW_EMBLEM,
    DRAW_QR,
    DRAW_SPACE /* kept free: a seal, or an emblem that the form brings with it */
} block_kind;
typedef enum { CASE_AS_WRITTEN, CASE_UPPER } letter_case;

/* Holds when the fact is there, or is that one. */
typedef struct {
    bool asked; /* false: no condition */
    fact which;
    const char *wanted; /* "": any */
} block_condition;

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
    length width, height;               /* height: of an emblem or QR; of the box in which
                                           a text at a fixed place is centred, 0: none */
    length gap;                         /* kept free above, in the flow */
    bool underlined;                    /* a rule below, as long as the text */
    bool preprinted;                    /* stands on a pre-printed form already */
    block_condition when, unless;       /* shown when the first holds and the second does not */
} template_block;

typedef struct {
    const char *name, *kind;   /* kind stands in the serial: GCN */
    const char *called;        /* what people call the paper: "Giấy chứng nhận" */
    date valid_from, valid_to; /* of the decision; an invalid date: no limit */
    length width, height;      /* of the paper it is drawn on */
    struct {
        length width, height;
    } paper;         /* as asked for, 0: the page of the template */
    unsigned ground; /* colour of the paper, to the edge; TEMPLATE_NO_COLOR: none */
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

/* ---- those built into the program ---- */
size_t template_builtin_count(void);
const char *template_builtin_name(size_t i); /* "giay-chung-nhan", the first one */
slice template_builtin_yaml(size_t i);
status template_builtin(arena *mem, size_t i, certificate_template **out, fault *f);
/* The first one. */
status template_standard(arena *mem, certificate_template **out, fault *f);

/* The bytes of a template: of the built-in one when `name` is the name of one, else of that file. */
status template_source(arena *mem, const char *name, slice *yaml, fault *f);
/* Adds to a template's YAML that it is to be drawn on another paper, "a3", "a4" or "400x300" in
 * millimetres; everything is scaled to it, the frame follows its edges. E_USAGE names a wrong size. */
status template_on_paper(arena *mem, slice yaml, const char *paper, slice *out, fault *f);

/* Both, and parsed. `name` NULL: the first one built in; `paper` NULL: as the template says. */
status template_open(arena *mem, const char *name, const char *paper, slice *yaml,
                     certificate_template **out, fault *f);

/* Whether a decision of that day may be printed with it. An invalid day: always. */
bool template_valid_on(const certificate_template *t, date day);

/* The first word of the fixed texts whose tone mark stands otherwise than in the first such word before
 * it ("hòa" and "hoà" in one template), and that one; false when they agree. Both hold 32 bytes. */
bool template_mixes_tones(const certificate_template *t, char first[32], char other[32]);

#endif
