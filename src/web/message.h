/* What pages say, in both languages from one table (messages.h): a missing translation does not
 * compile, and the values a sentence takes are checked in both. */
#ifndef WEB_MESSAGE_H
#define WEB_MESSAGE_H

#include "html.h"

#include <stdint.h>

/* MSG_…: texts without values. */
typedef enum {
#define X(name, vi, en) MSG_##name,
#define SAY(name, vi, en, parameters, ...)
#define COUNT(name, vi, one, many, parameters, ...)
#include "messages.h"
#undef X
#undef SAY
#undef COUNT
    MSG_COUNT
} message;

const char *message_text(language lang, message m);

/* say_…(h, values): sentences with values, written escaped into the page. */
#define X(name, vi, en)
#define SAY(name, vi, en, parameters, ...)                                                         \
    static inline void say_##name parameters                                                       \
    {                                                                                              \
        html_say(h, vi, en, __VA_ARGS__);                                                          \
    }
#define COUNT(name, vi, one, many, parameters, ...)                                                \
    static inline void say_##name parameters                                                       \
    {                                                                                              \
        html_say(h, vi, n == 1 ? one : many, __VA_ARGS__);                                         \
    }
#include "messages.h"
#undef X
#undef SAY
#undef COUNT

#endif
