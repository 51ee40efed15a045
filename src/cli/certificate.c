/* certificate issue, print, verify, revoke, reissue, list, make. */
#include "table.h"

#include "chamthi/print.h"

status cmd_certificate_make(cli *c, fault *f)
{
    const char *out = cli_option(c, "-o"), *each = cli_option(c, "--each");
    make_result made;
    if (!out && !each)
        return FAIL(f, E_USAGE, "cần -o OUT.pdf hoặc --each DIR",
                    "-o OUT.pdf or --each DIR is wanted");
    TRY(certificate_make(c->mem, cli_option(c, "--template"), cli_option(c, "--recipients"), out,
                         each, &made, f));
    return cli_print(c, f, "Đã in %zu giấy chứng nhận%s%s%s%s\n",
                     "Printed %zu certificates%s%s%s%s\n", made.pages, out ? ": " : "",
                     out ? out : "", each ? ", " : "", each ? each : "");
}
