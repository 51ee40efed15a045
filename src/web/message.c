/* The texts of the message table. */
#include "message.h"

static const char *const texts[MSG_COUNT][LANG_COUNT] = {
#define X(name, vi, en) {vi, en},
#define SAY(name, vi, en, parameters, ...)
#include "messages.h"
#undef X
#undef SAY
};

const char *message_text(language lang, message m)
{
    return texts[m][lang];
}
