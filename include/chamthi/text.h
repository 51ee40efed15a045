/* Vietnamese text: decoding, the five forms, counting, names.
 *
 * Five forms of one text, each made from the one before; none replaces another:
 *   D0  raw bytes as received                       kept by hash, never changed
 *   D1  display: Unicode NFC, the only text people see; nothing in it is ever "corrected"
 *   K1  exact key: equal for texts that differ only in encoding, case, tone-mark placement, punctuation
 *   K2  spelling-variant key: K1 with i/y folded where both are correct (mỹ, mĩ)
 *   K3  fold: K2 without any mark, plain a–z and digits, for searching
 * Every form is idempotent; K1, K2, K3 are the same for NFC, NFD, old and new tone style.
 *
 * All functions append to `out`; any input bytes are accepted and the output is valid UTF-8. */
#ifndef CHAMTHI_TEXT_H
#define CHAMTHI_TEXT_H

#include "chamthi/arena.h"
#include "chamthi/buffer.h"

typedef enum {
    ENCODING_AUTO, /* decided per paragraph; genuine Unicode is left alone */
    ENCODING_UTF8,
    ENCODING_UTF16LE,
    ENCODING_UTF16BE,
    ENCODING_TCVN3,         /* ABC: fonts .VnTime … */
    ENCODING_TCVN3_CAPITAL, /* fonts .VnTimeH …: letters print as capitals */
    ENCODING_VNI,
    ENCODING_VISCII,
    ENCODING_VPS,
    ENCODING_CP1258,
    ENCODING_VIQR,
    ENCODING_MOJIBAKE, /* UTF-8 once or twice mis-read as windows-1252 */
    ENCODING_COUNT
} text_encoding;

const char *text_encoding_name(text_encoding e); /* "utf8", "tcvn3", … */
bool text_encoding_find(const char *name, text_encoding *out);
/* The encoding that a font stands for: ".VnTime" is TCVN3, ".VnTimeH" its capitals, "VNI-Times" VNI.
 * ENCODING_AUTO for any other font. */
text_encoding text_encoding_of_font(const char *font);

/* What was seen on the way from D0 to D1; add to the same report run after run. */
typedef struct {
    size_t malformed;      /* bad byte sequences, each now U+FFFD */
    size_t invisible;      /* zero-width and bidi characters dropped */
    size_t unusual_spaces; /* no-break and other spaces made plain */
    size_t mixed_script;   /* words mixing Latin with Cyrillic or Greek */
    size_t lost;           /* places where letters were lost before we got the text ("Vi?t") */
    size_t undecided;      /* paragraphs that may be of a legacy encoding; left as they are */
    size_t case_lost;      /* small letters out of TCVN3, which has no such capitals: "Văn ổn" */
    size_t converted;      /* bytes that came from a legacy encoding */
    text_encoding encoding; /* the one most converted bytes had; UTF-8 when none */
} text_report;

/* D0 → D1 of a whole file's bytes. */
void text_display(slice raw, text_encoding from, buffer *out, text_report *report);
/* D0 → D1 of one run out of a document: UTF-8 as the container gives it (legacy bytes appear as the
 * windows-1252 characters they were mistaken for) and the run's font, NULL or "" when unknown.
 * Spaces at its ends are kept, since the next run continues the line. */
void text_display_run(slice utf8, const char *font, buffer *out, text_report *report);

/* D1 → keys. They also take any other bytes, and are the same for D0 and D1 of Unicode text. Blanks and
 * punctuation, line ends too, become one blank between words. */
void text_key(slice display, buffer *out);     /* K1 */
void text_variant(slice display, buffer *out); /* K2 */
void text_fold(slice display, buffer *out);    /* K3 */
/* The same in an arena, for short strings; NULL when memory is out. */
char *text_key_string(arena *mem, const char *text);
char *text_fold_string(arena *mem, const char *text);
char *text_display_string(arena *mem, const char *text); /* D0, UTF-8, → D1 */

/* What the words met so far become: prose repeats itself, so bulk work is several times faster with a memo.
 * It never changes a result. One per thread; 8 MB of address space; NULL when memory is out, and NULL is fine below. */
typedef struct text_memo text_memo;
text_memo *text_memo_new(void);
void text_memo_free(text_memo *memo);
typedef enum { TEXT_D1, TEXT_K1, TEXT_K2, TEXT_K3 } text_output;
/* text_key, text_variant or text_fold; not TEXT_D1. */
void text_keys(text_memo *memo, text_output form, slice display, buffer *out);

typedef struct {
    size_t words;     /* blank-separated, with at least one letter or digit: the contest's limit */
    size_t syllables; /* "chữ": words split at hyphens, slashes and dashes */
    size_t judged;    /* syllables with a Vietnamese letter that can be right or wrong */
    size_t valid;     /* of these, real Vietnamese syllables */
    size_t plain;     /* syllables of a–z only */
    size_t bare;      /* of these, what a Vietnamese syllable leaves when its marks are not typed */
} text_count;
text_count text_measure(slice display);
text_count text_measure_with(text_memo *memo, slice display);

/* What a person should look at. */
typedef enum {
    FLAG_MALFORMED,      /* bytes that were no text */
    FLAG_INVISIBLE,      /* zero-width, bidi or control characters */
    FLAG_SPACES,         /* no-break and other unusual spaces */
    FLAG_MIXED_SCRIPT,   /* Cyrillic or Greek letters inside Latin words */
    FLAG_LOST,           /* letters were lost before we got the text */
    FLAG_UNDECIDED,      /* paragraphs that may be of a legacy encoding */
    FLAG_CASE_LOST,      /* capitals that TCVN3 could not hold */
    FLAG_CONVERTED,      /* some or all came from a legacy encoding */
    FLAG_NO_MARKS,       /* Vietnamese typed without marks */
    FLAG_NOT_VIETNAMESE, /* many accented words are no Vietnamese syllables */
    FLAG_COUNT
} text_flag;
/* A bit for each flag. */
unsigned text_flags(const text_report *report, const text_count *count);
const char *text_flag_name(text_flag flag); /* "mixed_script", … for machines */

/* A text of any length in constant memory: feed it piece by piece, take what is ready. Keys are made line
 * by line, with line ends kept. NULL when memory is out. */
typedef struct text_stream text_stream;
text_stream *text_stream_new(text_output form, text_encoding from);
void text_stream_free(text_stream *s);
void text_stream_feed(text_stream *s, slice bytes, buffer *out);
void text_stream_end(text_stream *s, buffer *out);
const text_report *text_stream_report(const text_stream *s);
/* Of D1; only for TEXT_D1. */
text_count text_stream_count(const text_stream *s);

/* Names. A name key is the K1 form without titles (GS, TS …) and without an honorific before a family name
 * (bà Nguyễn …); equal keys are the same name. "Anh Đức" is a name and stays one. */
char *name_key(arena *mem, const char *name);

/* Whether it begins like a Vietnamese person's name, after titles: with a family name, also one typed
 * without marks. */
bool name_begins_with_family(slice name);

/* How two names as people write them go together. */
typedef enum {
    NAME_DIFFERENT,
    NAME_ASK,     /* only without marks, in another order, or with initials: a person decides */
    NAME_VARIANT, /* Mỹ, Mĩ */
    NAME_SAME
} name_relation;
name_relation name_compare(slice a, slice b);

/* Sort key: compare bytewise (memcmp, then size). People's names sort by given name, then family, then
 * middle names, each syllable by its letters, then its tone; pen names and plain text in reading order.
 * What is equal so far is told apart by the text as it stands. */
typedef enum { SORT_NAMES, SORT_PLAIN } sort_kind;
void text_sort_key(slice text, sort_kind kind, buffer *out);

/* Characters as maxlength and people count them: code points. */
size_t text_characters(slice utf8);
/* Columns a text takes in a terminal. */
size_t text_width(const char *utf8);
/* The largest size ≤ `most` that does not cut a UTF-8 character. */
size_t text_cut(slice utf8, size_t most);
bool text_is_utf8(slice bytes);

#endif
