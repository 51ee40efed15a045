/* Passwords: NFKC, so that it does not matter how a keyboard composed an accent, then Argon2id. How
 * easily one is guessed is zxcvbn's estimate (Wheeler, USENIX Security 2016). */
#include "password.h"

#include "chamthi/text.h"

#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>
#include <zxcvbn.h>

status password_prepare(const char *typed, char out[PASSWORD_BYTES], fault *f)
{
    out[0] = '\0';
    size_t size = strlen(typed);
    utf8proc_uint8_t *form =
        size < 4 * PASSWORD_BYTES ? utf8proc_NFKC((const utf8proc_uint8_t *)typed) : NULL;
    size_t n = form ? text_characters((slice){(char *)form, strlen((char *)form)}) : 0;
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

/* What zxcvbn's own lists do not know: what people here choose, and the words of a contest. */
static const char *const usual[] = {
    "matkhau",   "mat khau",    "anhyeuem", "anh yeu em", "emyeuanh",        "em yeu anh",
    "hanoi",     "ha noi",      "vietnam",  "viet nam",   "khongbiet",       "khong biet",
    "chamthi",   "cham thi",    "giamkhao", "giam khao",  "nguoitotviectot", "nguoi tot viec tot",
    "bantochuc", "ban to chuc", "cuocthi",  "cuoc thi",   "dienhinh",        "dien hinh",
    "guongsang", "tien tien",   "thudo",    "thu do",     "nguyen",          "thithu",
};

/* Marks count for little: who knows a phrase knows its marks. */
static double bits_of(const char *prepared, const char *name)
{
    enum { USUAL = sizeof usual / sizeof *usual };
    const char *known[USUAL + 2];
    memcpy(known, usual, sizeof usual);
    known[USUAL] = name;
    known[USUAL + 1] = NULL;
    utf8proc_uint8_t *plain = NULL;
    utf8proc_option_t how =
        UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_STRIPMARK;
    if (utf8proc_map((const utf8proc_uint8_t *)prepared, 0, &plain, how) < 0)
        return 0;
    double bits = ZxcvbnMatch((char *)plain, known, NULL);
    sodium_memzero(plain, strlen((char *)plain));
    free(plain);
    return bits;
}

status password_check(const char *prepared, const char *name, fault *f)
{
    return bits_of(prepared, name) >= PASSWORD_BITS
               ? OK
               : FAIL(f, E_INPUT,
                      "mật khẩu này dễ đoán quá (từ ai cũng dùng, dãy phím, ngày tháng, tên tài "
                      "khoản…); hãy đặt một câu dài chỉ riêng mình nghĩ ra",
                      "this password is too easily guessed (a common word, a row of keys, a date, "
                      "the account's name…); take a long sentence of your own");
}

status password_hash(const char *prepared, char out[PASSWORD_HASH_MAX], fault *f)
{
    if (crypto_pwhash_str_alg(out, prepared, strlen(prepared), PASSWORD_PASSES, PASSWORD_MEMORY,
                              crypto_pwhash_ALG_ARGON2ID13) != 0)
        return fault_memory(f);
    return OK;
}
