/* The commands: X(words, function, flags, usage, help in Vietnamese, in English, example). Included
 * with different X. Add a row in its room's group. */
/* clang-format off */
/* ---- contest and people ---- */

/* ---- intake ---- */

/* ---- check ---- */

/* ---- similarity ---- */

/* ---- anonymity ---- */

/* ---- assign ---- */

/* ---- score ---- */

/* ---- award and print ---- */

/* ---- web and accounts ---- */

/* ---- keeping it safe ---- */
X("backup", cmd_backup, NEEDS_DB, "FILE",
  "sao lưu cơ sở dữ liệu ra một tệp", "copy the database into one file",
  "chamthi backup sao-luu-2024-05-31.db")
X("restore", cmd_restore, 0, "FILE",
  "khôi phục từ bản sao lưu (bản đang dùng được giữ lại)", "put a backup in place (the present one is kept)",
  "chamthi restore sao-luu-2024-05-31.db")
X("doctor", cmd_doctor, NEEDS_DB, "",
  "kiểm tra mọi điều kiện của dữ liệu và kết luận", "check everything that must hold and say so",
  "chamthi doctor")
X("audit list", cmd_audit_list, NEEDS_DB, "[--last N]",
  "nhật ký: ai làm gì, khi nào", "the audit rows: who did what, when",
  "chamthi audit list --last 20")
X("audit verify", cmd_audit_verify, NEEDS_DB, "",
  "kiểm tra chuỗi nhật ký có bị sửa, xóa, tráo", "find any changed, removed or swapped audit row",
  "chamthi audit verify")

/* ---- text, file mode ---- */

/* ---- help ---- */
X("help", cmd_help, FILE_MODE, "[COMMAND…]",
  "hướng dẫn", "help", "chamthi help import")
X("man", cmd_man, FILE_MODE, "",
  "in trang man", "print the manual page", "chamthi man >chamthi.1")
X("completion", cmd_completion, FILE_MODE, "",
  "in phần hoàn tất lệnh cho bash", "print the completion script for bash",
  "chamthi completion >>~/.bash_completion")
