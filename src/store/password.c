/* Passwords: NFKC, so that it does not matter how a keyboard composed an accent, then Argon2id. */
#include "password.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

static size_t characters(const char *utf8)
{
    size_t n = 0;
    for (; *utf8; utf8++)
        n += ((unsigned char)*utf8 & 0xC0) != 0x80;
    return n;
}

status password_prepare(const char *typed, char out[PASSWORD_BYTES], fault *f)
{
    out[0] = '\0';
    size_t size = strlen(typed);
    utf8proc_uint8_t *form =
        size < 4 * PASSWORD_BYTES ? utf8proc_NFKC((const utf8proc_uint8_t *)typed) : NULL;
    size_t n = form ? characters((char *)form) : 0;
    bool fits = n >= PASSWORD_LEAST && n <= PASSWORD_MOST;
    if (fits)
        memcpy(out, form, strlen((char *)form) + 1);
    if (form)
        sodium_memzero(form, strlen((char *)form));
    free(form);
    return fits ? OK
                : FAIL(f, E_INPUT,
                       "mật khẩu phải có từ %d đến %d ký tự; một câu dài dễ nhớ là tốt nhất",
                       "a password has %d to %d characters; a long sentence is best",
                       PASSWORD_LEAST, PASSWORD_MOST);
}

status password_hash(const char *prepared, char out[PASSWORD_HASH_MAX], fault *f)
{
    if (crypto_pwhash_str_alg(out, prepared, strlen(prepared), PASSWORD_PASSES, PASSWORD_MEMORY,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        return fault_memory(f);
    return OK;
}
