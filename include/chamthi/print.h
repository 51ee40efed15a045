/* Everything that ends on paper: certificates, receipts, score sheets, reports.
 *
 * Paper is A4 unless a template says otherwise. Dates in a PDF come from the data, never from the
 * clock: the same data give the same bytes. */
#ifndef CHAMTHI_PRINT_H
#define CHAMTHI_PRINT_H

#include "chamthi/award.h"

/* ---- how certificates come on paper ---- */
/* Complete; or on a pre-printed form that has its frame, emblem and headings already, the rest standing
 * where it would stand on a complete one. */
typedef enum { PRINT_COMPLETE, PRINT_OVERPRINT } print_way;

/* Lengths in hundredths of a millimetre. */
typedef struct {
    const char *out;  /* one PDF of all pages; NULL: none */
    const char *each; /* a folder for one PDF each; NULL: none */
    const char
        *list;    /* a CSV of what is where: serial, name, file, page, SHA-256 of the file; NULL */
    size_t split; /* certificates in one file of `out`, then FILE-001.pdf …; 0: all in one */
    print_way way;
    int right, down;                      /* moves an overprint by what the printer is off */
    enum { MARKS_NONE, MARKS_CUT } marks; /* for the print shop: cut marks and bleed */
    int bleed;
    int sheet_width,
        sheet_height; /* of the print shop's sheet, as many on each as fit; 0: one each */
} print_settings;

/* What keeps certificates from being printed: all of it, by name, a line each. */
typedef struct {
    size_t count;
    buffer lines[LANG_COUNT];
} print_problems;
#define PRINT_PROBLEMS_INIT                                                                        \
    {                                                                                              \
        0,                                                                                         \
        {                                                                                          \
            BUFFER_INIT, BUFFER_INIT                                                               \
        }                                                                                          \
    }
void print_problems_free(print_problems *p);
/* `award`: its number. */
void print_problems_add(print_problems *p, size_t award, const fault *why);
/* E_INPUT when there are any. */
status print_problems_check(const print_problems *p, fault *f);

/* ---- certificates without a database ---- */
typedef struct {
    const char *template;   /* name of one built in, or a file; NULL: giay-chung-nhan */
    const char *paper;      /* "a3", "400x300"; NULL: as the template says */
    const char *recipients; /* a CSV file, one row each (interface.md §1, certificate make) */
    const char *exclude;    /* lines of that file to leave out, "3, 7"; NULL: none */
} make_source;

/* Every row is looked at before a file is written: whatever lacks a glyph, does not fit, has no decision
 * although others have one, or repeats a serial or code is named by row, and nothing is made until it
 * is mended or excluded. */
status certificate_make(arena *mem, const make_source *from, const print_settings *settings,
                        print_problems *problems, size_t *pages, fault *f);

/* ---- templates ---- */
/* Looks at a template as data and at the hardest cases on it: names of 2 to 13 words, a title of 200
 * letters, twelve authors. `remarks` collects, a line each in both languages, what a person should
 * see to; E_INPUT for what cannot be used at all. */
status template_check(const char *template, const char *paper, buffer remarks[LANG_COUNT],
                      fault *f);
/* A PDF of the template with a usual, a short and the hardest certificate. */
status template_preview(const char *template, const char *paper, const char *out, fault *f);
/* A sheet to be printed on plain paper and held against a form: edges with a scale in millimetres, tenths
 * by a vernier, and where an overprint would put its blocks. */
status template_test_sheet(const char *template, const char *paper, const print_settings *settings,
                           fault *f);
/* The YAML of a template, to begin one's own from. */
status template_text_of(arena *mem, const char *template, const char *paper, slice *out, fault *f);

/* ---- certificates of the register ---- */
typedef struct {
    const unsigned char *seed; /* SEED_SIZE bytes: codes anyone can repeat, for demonstrations only;
                                  NULL: random codes */
    const char *
        public_url; /* of the web pages; "" when there are none: the QR then says the facts in lines */
    const char *template; /* of one kind, instead of the one built in; NULL: those built in */
    const char *paper;    /* NULL: as the templates say */
    const char *exclude;  /* numbers of awards to leave for another time, "12, 15"; NULL: none */
} issue_settings;

typedef struct {
    int64_t issued, already;  /* newly, and before */
    int64_t without_decision; /* decided without a number or date: they wait */
    int64_t excluded;
} issue_result;

/* Issues a certificate for every decided award of the year that never had one: serial, code, what the QR
 * says with its signature, PDF. All of it is frozen in the register and never made again. Each is
 * tried out first: glyphs, room, NFC, a valid template; what cannot be printed is named in `problems`
 * and then none is issued until it is mended or excluded. */
status certificate_issue(store *db, arena *mem, const char *actor, int64_t year,
                         const issue_settings *settings, print_problems *problems,
                         issue_result *result, fault *f);
/* A corrected one in place of `serial`, under a new serial that names the old; `name` NULL keeps the
 * name, else the award is corrected too. Its layout is the old one's. */
status certificate_reissue(store *db, arena *mem, const char *actor, const char *serial,
                           const char *name, const char *reason, const issue_settings *settings,
                           print_problems *problems, certificate *out, fault *f);

/* What a QR or a PDF of ours says, and whether one of the keys signed it. */
typedef struct {
    const char *lines; /* NULL: it carries no signed facts */
    bool genuine;
    const char *code; /* as the lines have it, "" when they have none */
} signed_facts;
/* `what` is the text of a QR or the bytes of a PDF. */
status signed_facts_check(arena *mem, slice what, unsigned char (*keys)[SIGN_PUBLIC], size_t count,
                          signed_facts *out, fault *f);

/* Prints valid certificates of a year, or those named by serial, and notes each printing.
 * `each`: the frozen files, byte for byte as issued. `out`: drawn again from the register's facts and
 * the frozen template; a page that no longer comes out as it was frozen (other fonts, another version
 * of this program) is refused, so that both always look the same. Only the files in `each` verify by
 * their bytes; pages of `out` verify by the code printed on them. */
status certificate_print(store *db, arena *mem, const char *actor, int64_t year,
                         const char *const *serials, size_t serial_count,
                         const print_settings *settings, size_t *printed, fault *f);

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

/* Who is to be honoured for those years: authors with `least_years` or two prizes, units with `least_years`;
 * with the headings that award_load() reads, decision left blank for people. */
status report_honours(store *db, arena *mem, int64_t from, int64_t to, int64_t least_years,
                      const char *path, fault *f);
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

/* ---- any list, .xlsx ---- */
typedef enum { LIST_TEXT, LIST_NUMBER, LIST_POINTS } list_kind; /* points in hundredths */
typedef struct {
    const char *heading;
    list_kind kind;
} list_column;
/* `cells` are row by row, `column_count` a row; a number in digits, "" an empty cell. */
status list_workbook(const char *path, arena *mem, const char *title, const list_column *columns,
                     size_t column_count, const char *const *cells, size_t cell_count, fault *f);

/* ---- papers of every day, .pdf ---- */
/* Biên nhận: what was received from one unit, or from each, a paper of its own each. */
status receipt_print(store *db, arena *mem, int64_t year, const char *unit, const char *path,
                     size_t *units, fault *f);
/* Which entries each judge of a round reads, parcel by parcel: by code and title, no author. */
status reading_list_print(store *db, arena *mem, int64_t year, const char *round, const char *judge,
                          const char *path, size_t *judges, fault *f);
/* Score sheets to be filled in by hand, one set for each judge of a round (NULL: the last one). */
status sheet_print(store *db, arena *mem, int64_t year, const char *round, const char *judge,
                   const char *path, size_t *judges, fault *f);

#endif
