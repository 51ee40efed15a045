/* backup, restore, doctor, audit list, audit verify. */
#include "table.h"

status cmd_backup(cli *c, fault *f)
{
    TRY(store_backup(c->db, c->args[0], f));
    return cli_print(c, f, "Đã sao lưu %s vào %s\n", "Copied %s into %s\n", c->db_path, c->args[0]);
}

status cmd_restore(cli *c, fault *f)
{
    TRY(store_restore(c->args[0], c->db_path, f));
    return cli_print(c, f, "Đã khôi phục %s từ %s; bản cũ (nếu có) ở %s.before-restore\n",
                     "Restored %s from %s; the old one, if any, is %s.before-restore\n", c->db_path,
                     c->args[0], c->db_path);
}

status cmd_doctor(cli *c, fault *f)
{
    static const column columns[] = {{"holds", "đạt", "holds", COLUMN_TEXT},
                                     {"broken", "số lỗi", "broken", COLUMN_INT},
                                     {"what", "điều kiện", "what", COLUMN_TEXT}};
    invariant *list;
    size_t count;
    TRY(store_doctor(c->db, c->mem, &list, &count, f));
    output o;
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    for (size_t i = 0; i < count; i++) {
        output_text(&o, list[i].broken ? cli_say(c, "KHÔNG", "NO") : cli_say(c, "đạt", "yes"));
        output_int(&o, list[i].broken);
        output_text(&o, cli_say(c, list[i].vi, list[i].en));
        c->attention |= list[i].broken != 0;
    }
    return output_end(&o, f);
}

status cmd_audit_list(cli *c, fault *f)
{
    static const column columns[] = {
        {"seq", "số", "seq", COLUMN_INT},           {"at", "lúc", "at", COLUMN_TIME},
        {"actor", "ai", "who", COLUMN_TEXT},        {"action", "việc", "what", COLUMN_TEXT},
        {"object", "trên", "on what", COLUMN_TEXT}, {"before", "trước", "before", COLUMN_TEXT},
        {"after", "sau", "after", COLUMN_TEXT}};
    int64_t last;
    TRY(cli_option_int(c, "--last", 1, INT64_MAX, INT64_MAX, &last, f));
    output o;
    cursor rows;
    output_start(&o, c, columns, sizeof columns / sizeof *columns);
    status st = store_select(c->db, Q_AUDIT_RECENT, ARGS(v_int(last)), &rows, f);
    if (st == OK) {
        while (cursor_next(&rows)) {
            output_cells(&o, &rows, 0, 7);
        }
        st = cursor_close(&rows, f);
    }
    status printed = output_end(&o, st == OK ? f : NULL);
    return st == OK ? printed : st;
}

status cmd_audit_verify(cli *c, fault *f)
{
    audit_verdict v;
    TRY(audit_verify(c->db, &v, f));
    if (v.intact)
        return cli_print(c, f, "Nhật ký nguyên vẹn: %lld dòng, đầu chuỗi %s\n",
                         "The audit chain is intact: %lld rows, head %s\n", (long long)v.rows,
                         v.head);
    c->attention = true;
    return cli_print(c, f, "Nhật ký bị đụng chạm: dòng %lld không khớp với chuỗi\n",
                     "The audit chain was tampered with: row %lld does not fit\n",
                     (long long)v.first_bad);
}
