/* Which tables each role may read and change. */
#ifndef STORE_ACCESS_H
#define STORE_ACCESS_H

#include "chamthi/store.h"

#include <sqlite3.h>

/* Installs SQLite's authorizer for the role: an access outside its list fails when the statement is
 * prepared, before any row is read. The organizer's connection has none. */
int access_install(sqlite3 *db, const access_role *who);

#endif
