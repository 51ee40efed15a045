/* What signing in needs of the second factor. */
#ifndef STORE_SECOND_FACTOR_H
#define STORE_SECOND_FACTOR_H

#include "chamthi/account.h"

/* Uses up a recovery code of that account, inside a transaction; false when it is none. */
bool recovery_use(store *db, int64_t user_id, const char *typed, int64_t now, fault *f);

#endif
