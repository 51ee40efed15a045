/* A score sheet as it stands in the form: what was typed, beside what it means. */
#ifndef WEB_SHEET_H
#define WEB_SHEET_H

#include "page.h"
#include "web/desk.h"

enum { COMMENT_MOST = 5000 }; /* characters */

typedef struct {
    int64_t rev;
    desk_aim aim;
    const char **marks; /* as typed, one for each criterion */
    desk_mark *means;
    const char *comment, *note, *highlights;
    bool comment_too_long; /* of either */
} typed_sheet;

/* What the form shows at first, and what came back from it. */
status typed_from_store(request *r, const desk_sheet *sheet, typed_sheet *out, fault *f);
status typed_from_form(request *r, const desk_sheet *sheet, typed_sheet *out, fault *f);
/* Something that cannot be stored was typed, or a mark is missing although it is to be submitted. */
bool typed_has_errors(const desk_sheet *sheet, const typed_sheet *typed);

/* Opens the form that sends a sheet at `rev`: whose it is goes with it, as a form may outlive the
 * session. */
void put_sheet_form(request *r, const desk_sheet *sheet, int64_t rev);

/* ERRORS_NONE: no list on top. */
typedef enum { ERRORS_NONE, ERRORS_LISTED } errors_shown;
/* The pages of a handwritten essay; or, where there is nothing to read, that it is read on paper. */
void put_pictures(request *r, const desk_sheet *sheet);
/* The whole page: the text and, while the sheet can be written, the form with what was typed. */
void put_entry_page(request *r, const desk_sheet *sheet, const typed_sheet *typed,
                    errors_shown errors);

/* draft.js; for a submitted sheet it forgets what it had kept on the device. */
void put_draft_script(request *r, const desk_sheet *sheet);
/* Phách, round, words: one line about the essay. */
void put_essay_facts(request *r, const desk_sheet *sheet);
/* The marks of the sheet with their total, as a table. */
void put_mark_table(request *r, const desk_sheet *sheet);

#endif
