/* Errors: a code to branch on and one sentence for a person, made where the facts are known.
 *
 * Every function that can fail returns a status and takes a fault. The sentence says what, where
 * (file, row, column) and what to do. It is written in both languages at once; the compiler checks
 * the two formats against the same arguments, so a translation can neither be forgotten nor drift.
 *
 *     if (points > c->max)
 *         return FAIL(f, E_INPUT, "tiêu chí %s: tối đa là %d", "criterion %s: at most %d", c->key, c->max);
 *     TRY(store_begin(db, f));
 */
#ifndef CHAMTHI_FAULT_H
#define CHAMTHI_FAULT_H

typedef enum {
    OK = 0,
    E_USAGE,    /* the command line is wrong                              exit status 2 */
    E_INPUT,    /* a file or value is wrong; nothing was changed          exit status 2 */
    E_MISSING,  /* what was asked for does not exist                      exit status 2 */
    E_CONFLICT, /* it clashes with the present state, someone was faster  exit status 2 */
    E_DENIED,   /* this role may not do it                                exit status 2 */
    E_LIMIT,    /* larger or longer than a stated limit                   exit status 2 */
    E_SYSTEM    /* disk, memory, database, missing program                exit status 3 */
} status;

typedef enum { LANG_VI, LANG_EN, LANG_COUNT } language;

enum { FAULT_TEXT_MAX = 1024 };

/* Filled by the function that failed; zero-initialise before the first use. */
typedef struct {
    status code;
    char text[LANG_COUNT][FAULT_TEXT_MAX]; /* valid UTF-8, cut at a character if too long */
} fault;

/* Sets code and both sentences, returns code. `f` may be NULL when only the code matters. */
status fault_set(fault *f, status code, const char *vi, const char *en, ...)
    __attribute__((format(printf, 3, 5), format(printf, 4, 5)));

/* Puts "where: " in front of the sentence a callee made, e.g. a file name or row. Returns f->code. */
status fault_prefix(fault *f, const char *vi, const char *en, ...)
    __attribute__((format(printf, 2, 4), format(printf, 3, 4)));

/* The same sentence for every failed allocation. */
status fault_memory(fault *f);

/* The sentence in one language; never NULL. */
const char *fault_text(const fault *f, language lang);

/* The process exit status that belongs to a code: 0, 2 or 3. */
int fault_exit_status(status code);

#define FAIL(f, code, ...) fault_set((f), (code), __VA_ARGS__)
#define TRY(call)                                                                                  \
    do {                                                                                           \
        status try_status_ = (call);                                                               \
        if (try_status_ != OK)                                                                     \
            return try_status_;                                                                    \
    } while (0)
/* For functions with something to release: jumps to `done` with `st` set. */
#define TRY_DONE(call)                                                                             \
    do {                                                                                           \
        st = (call);                                                                               \
        if (st != OK)                                                                              \
            goto done;                                                                             \
    } while (0)

#endif
