/* Accounts of the people who sign in on the web, and their sessions.
 *
 * A password is kept as Argon2id (19 MiB, 2 passes) of its NFKC form, so it does not matter how a
 * keyboard composed the accents. A session is a random token of 256 bits; only its hash is stored.
 * An unknown name costs exactly as much as a wrong password. */
#ifndef CHAMTHI_ACCOUNT_H
#define CHAMTHI_ACCOUNT_H

#include "chamthi/store.h"

typedef enum { ROLE_ORGANIZER, ROLE_JUDGE, ROLE_PRINTER, ROLE_AUDITOR, ROLE_COUNT } account_role;

const char *account_role_key(account_role role); /* "organizer", "judge", … */
bool account_role_find(const char *key, account_role *out);

enum { PASSWORD_LEAST = 12, PASSWORD_MOST = 128, ACCOUNT_NAME_MAX = 64 };

typedef struct {
    int64_t id;
    const char *name; /* small letters a–z, digits, . _ - */
    account_role role;
    const char *judge;               /* code of the judge, NULL for other roles */
    int64_t judge_id;                /* 0 for other roles */
    int64_t created_at, disabled_at; /* 0: not disabled */
} account;

/* ---- for the command line (an organizer's connection) ---- */
/* `judge` is a code from the judges loaded, wanted for ROLE_JUDGE and only there. E_CONFLICT when
 * the name is taken, E_INPUT when name or password do not do. */
status account_add(store *db, const char *actor, const char *name, account_role role,
                   const char *judge, const char *password, fault *f);
status account_list(store *db, arena *mem, account **out, size_t *count, fault *f);
/* Both end every session of the account. E_MISSING when there is none of that name. */
status account_disable(store *db, const char *actor, const char *name, fault *f);
status account_set_password(store *db, const char *actor, const char *name, const char *password,
                            fault *f);

enum { RECOVERY_CODES = 10, RECOVERY_TEXT = 16, SECOND_FACTOR_TEXT = 40 };
typedef struct {
    char secret[SECOND_FACTOR_TEXT]; /* base 32, for the program on the telephone */
    char codes[RECOVERY_CODES][RECOVERY_TEXT];
} second_factor;
/* A new secret and ten recovery codes in place of the old ones; shown once, never again. Ends every session.
 * E_MISSING when there is no such account. */
status account_second_factor(store *db, const char *actor, const char *name, second_factor *out,
                             fault *f);

/* ---- signing in (a BY_LOGIN connection) ---- */
/* Lets at most two password hashes run at once in this process; shared by all threads. */
typedef struct account_gate account_gate;
status account_gate_new(account_gate **out, fault *f);
void account_gate_free(account_gate *gate);
/* How many passwords it has hashed so far: an attempt's cost. */
uint64_t account_gate_hashes(account_gate *gate);

enum {
    TOKEN_SIZE = 32,
    TOKEN_TEXT = 2 * TOKEN_SIZE + 1,
    SESSION_SECONDS_JUDGE = 12 * 3600, /* an evening's reading in one sitting */
    SESSION_SECONDS = 2 * 3600,
    FAILURE_WINDOW = 15 * 60,      /* failures older than this are forgotten */
    FAILURES_PER_ACCOUNT = 5,      /* of one name from one address: nobody else can lock it out */
    FAILURES_PER_ADDRESS = 30,     /* of any names from one address */
    FAILURES_PER_ACCOUNT_ALL = 100 /* of one name from everywhere: a distributed guess */
};

typedef struct {
    const char *name, *password, *address;
    const char *code; /* six digits or a recovery code, "" when none was typed */
    int64_t now;
} sign_in_attempt;

/* On OK `token` is a new session's token in hex. E_DENIED: name or password is wrong, or the account is
 * disabled (never told apart). E_LIMIT: too many failures, *wait says for how many seconds; the
 * password was not looked at. E_CONFLICT: the password is right and this account also wants a code. */
status account_sign_in(account_gate *gate, store *db, const sign_in_attempt *attempt,
                       char token[TOKEN_TEXT], account_role *role, int64_t *wait, fault *f);
status account_sign_out(store *db, const account *who, const char *token, fault *f);

/* Whose session this is at `now`. E_MISSING, with no sentence set, when there is none, it has run
 * out, or the account or the judge is no longer active. Strings live in `mem`. */
status account_session(store *db, arena *mem, const char *token, int64_t now, account *out,
                       fault *f);

#endif
