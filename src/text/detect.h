/* Which encoding a paragraph was written in, by how likely its syllables are in each reading. */
#ifndef TEXT_DETECT_H
#define TEXT_DETECT_H

#include "chamthi/text.h"

enum { DETECT_MARGIN = 450 }; /* 4.5 nats: 90 times as likely */

typedef struct {
    text_encoding best; /* ENCODING_UTF8: the reading as it stands */
    bool decided;       /* ahead of every different reading by the margin */
    bool holed;         /* TCVN3 whose byte AD (ư) someone took away */
    /* How unlikely each reading is, in hundredths of a nat; UINT_MAX: impossible. */
    unsigned cost[ENCODING_COUNT];
} detection;

/* `bytes` are the paragraph's own bytes, or those its characters stand for in windows-1252. */
detection detect_encoding(slice bytes);
/* True when every accented word of the text, as it stands, is a Vietnamese syllable. */
bool detect_reads_well(slice utf8);
/* True for ASCII text that is surely VIQR. */
bool detect_viqr(slice ascii);

#endif
