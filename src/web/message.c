/* The texts of the message table. */
#include "message.h"

/* A translation left empty does not compile either. */
#define X(name, vi, en) _Static_assert(sizeof(vi) > 1 && sizeof(en) > 1, #name);
#define SAY(name, vi, en, parameters, ...) _Static_assert(sizeof(vi) > 1 && sizeof(en) > 1, #name);
#define COUNT(name, vi, one, many, parameters, ...)                                                \
    _Static_assert(sizeof(vi) > 1 && sizeof(one) > 1 && sizeof(many) > 1, #name);
#include "messages.h"
#undef X
#undef SAY
#undef COUNT

static const char *const texts[MSG_COUNT][LANG_COUNT] = {
#define X(name, vi, en) {vi, en},
#define SAY(name, vi, en, parameters, ...)
#define COUNT(name, vi, one, many, parameters, ...)
#include "messages.h"
#undef X
#undef SAY
#undef COUNT
};

const char *message_text(language lang, message m)
{
    return texts[m][lang];
}
