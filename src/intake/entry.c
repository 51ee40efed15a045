/* Finding an entry by what people say on the telephone. */
#include "work.h"

#include "chamthi/text.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PHONE_DIGITS_LEAST = 4 };

void receipt_text(char out[RECEIPT_TEXT_MAX], int64_t year, int64_t number)
{
    snprintf(out, RECEIPT_TEXT_MAX, "%" PRId64 "-%05" PRId64, year, number);
}

status intake_entry_find(store *db, const char *receipt, int64_t *entry_id, fault *f)
{
    char full[RECEIPT_TEXT_MAX] = "", *end;
    long long year = strtoll(receipt, &end, 10);
    if (end != receipt && *end == '-') {
        const char *number = end + 1;
        long long n = strtoll(number, &end, 10);
        if (end != number && !*end && year > 0 && n > 0)
            receipt_text(full, year, n);
    }
    status st = store_int(db, Q_ENTRY_ID, ARGS(v_text(full)), entry_id, f);
    if (st != E_MISSING)
        return st;
    return FAIL(
        f, E_MISSING,
        "không có bài số %s; số tiếp nhận có dạng 2024-00017, tìm bằng: chamthi entry list "
        "--search TÊN",
        "there is no entry %s; receipt numbers look like 2024-00017, search with: chamthi entry "
        "list --search NAME",
        receipt);
}

status intake_search_keys(arena *mem, const char *text, const char **fold, const char **phone,
                          fault *f)
{
    *fold = text_fold_string(mem, text);
    *phone = "";
    if (text[strspn(text, "0123456789 +.-()")] == '\0') {
        *phone = phone_key(mem, text);
        if (*phone && strlen(*phone) < PHONE_DIGITS_LEAST)
            *phone = "";
    }
    return *fold && *phone ? OK : fault_memory(f);
}
