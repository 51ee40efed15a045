/* The list of what cannot be printed. */
#include "chamthi/print.h"

void print_problems_free(print_problems *p)
{
    buffer_free(&p->lines[LANG_VI]);
    buffer_free(&p->lines[LANG_EN]);
}

void print_problems_add(print_problems *p, size_t award, const fault *why)
{
    p->count++;
    buffer_format(&p->lines[LANG_VI], "giải số %zu: %s\n", award, fault_text(why, LANG_VI));
    buffer_format(&p->lines[LANG_EN], "award %zu: %s\n", award, fault_text(why, LANG_EN));
}

status print_problems_check(const print_problems *p, fault *f)
{
    TRY(buffer_check(&p->lines[LANG_VI], f));
    TRY(buffer_check(&p->lines[LANG_EN], f));
    if (!p->count)
        return OK;
    return FAIL(
        f, E_INPUT,
        "chưa in, chưa cấp giấy nào: %zu chỗ phải sửa (nêu ở trên), hoặc bỏ ra bằng --exclude",
        "nothing was printed or issued: %zu things to mend (named above), or to leave out "
        "by --exclude",
        p->count);
}
