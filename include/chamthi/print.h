/* Everything that ends on paper: certificates, receipts, score sheets, reports.
 *
 * Paper is A4 unless a template says otherwise. Dates in a PDF come from the data, never from the
 * clock: the same data give the same bytes. */
#ifndef CHAMTHI_PRINT_H
#define CHAMTHI_PRINT_H

#include "chamthi/award.h"

/* ---- certificates without a database ---- */
typedef struct {
    size_t pages;
    size_t bytes; /* of the file of all pages, 0 when none was asked for */
} make_result;

/* One page per row of a CSV file (interface.md §1, certificate make). `out` holds all pages, `each` is
 * a folder for one file per row, named by serial or row; either may be NULL. Every row is laid out
 * before a file is written; what does not fit or lacks a glyph is named by row and nothing is made. */
status certificate_make(arena *mem, const char *template_path, const char *recipients_path,
                        const char *out, const char *each, make_result *result, fault *f);

/* ---- certificates of the register ---- */
typedef struct {
    const unsigned char *seed; /* SEED_SIZE bytes: codes anyone can repeat, for demonstrations only;
                                  NULL: random codes */
    const char
        *public_url; /* of the web pages, "" when there are none: the QR then says the code */
} issue_settings;

typedef struct {
    int64_t issued, already;  /* newly, and before */
    int64_t without_decision; /* decided without a number or date: they wait */
} issue_result;

/* Issues a certificate for every decided award of the year that never had one: serial, code, PDF. The
 * PDF's bytes are frozen in the register with their hash and never made again. All are laid out
 * first; recipients whose certificate cannot be printed are named and then none is issued. */
status certificate_issue(store *db, arena *mem, const char *actor, int64_t year,
                         const issue_settings *settings, issue_result *result, fault *f);
/* A corrected one in place of `serial`, under a new serial that names the old; `name` NULL keeps the
 * name, else the award is corrected too. */
status certificate_reissue(store *db, arena *mem, const char *actor, const char *serial,
                           const char *name, const char *reason, const issue_settings *settings,
                           certificate *out, fault *f);

/* Prints valid certificates of a year, or those named by serial, and notes each printing.
 * `each`: a folder for the frozen files, byte for byte as issued. `out`: one PDF with all pages, drawn
 * again from the register's facts; a page that no longer comes out as it was frozen (the template was
 * changed since) is refused, so that both always look the same. Only the files in `each` verify by
 * their bytes; pages of `out` verify by the code printed on them. */
status certificate_print(store *db, arena *mem, const char *actor, int64_t year,
                         const char *const *serials, size_t serial_count, const char *out,
                         const char *each, size_t *printed, fault *f);

/* ---- reports: the file's name says which kind, .pdf or .xlsx ---- */
/* Who won what, under which decision. */
status report_results(store *db, arena *mem, int64_t year, const char *path, fault *f);
/* Biên bản chấm thi of one round (key or name; NULL: the last), laid out by NĐ 30/2020: judges,
 * ranking, awards, signatures. The PDF ends with a code of its figures: the same code comes out of the
 * database as long as no result changed. */
status report_minutes(store *db, arena *mem, int64_t year, const char *round, const char *path,
                      fault *f);
/* How the entries of each round were dealt and marked; names no author, judges by code only. */
status report_methods(store *db, arena *mem, int64_t year, const char *path, fault *f);
/* The years from..to: counted beside published figures, charts, prizes, sources. */
status report_retrospective(store *db, arena *mem, int64_t from, int64_t to, const char *path,
                            fault *f);

/* What each unit sent and won, whom the entries are about, and which units sent nothing. */
status report_units(store *db, arena *mem, int64_t year, const char *path, fault *f);
/* The order in which prizes are called, the highest last, and a seat for everybody, unit by unit. */
status report_ceremony(store *db, arena *mem, int64_t year, int64_t seats_in_row, const char *path,
                       fault *f);
/* Addresses of everybody who gets a prize, or of the units that sent entries. */
typedef enum { LABELS_FOR_WINNERS, LABELS_FOR_UNITS } label_recipients;
typedef enum { LABELS_ON_SHEETS, LABELS_ON_ENVELOPES } label_paper; /* 3 × 8 on A4; 220 × 110 mm */
status report_labels(store *db, arena *mem, int64_t year, label_recipients to, label_paper paper,
                     const char *path, size_t *count, fault *f);

/* ---- papers of every day, .pdf ---- */
/* Biên nhận: what was received from one unit, or from each, a paper of its own each. */
status receipt_print(store *db, arena *mem, int64_t year, const char *unit, const char *path,
                     size_t *units, fault *f);
/* Score sheets to be filled in by hand, one set for each judge of a round (NULL: the last one). */
status sheet_print(store *db, arena *mem, int64_t year, const char *round, const char *judge,
                   const char *path, size_t *judges, fault *f);

#endif
