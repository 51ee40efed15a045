/* Upgrades: one transaction per version, after a copy of the file; never down. */
#include "internal.h"

#include "chamthi/clock.h"

#include <stdio.h>

status migrate_version(sqlite3 *db, int64_t *out, fault *f)
{
    int64_t tables = 0, known = 0;
    *out = 0;
    TRY(store_exec_int(db, "SELECT count(*) FROM sqlite_schema", &tables, f));
    if (!tables)
        return OK;
    TRY(store_exec_int(db, "SELECT count(*) FROM sqlite_schema WHERE name = 'schema_version'",
                       &known, f));
    if (!known)
        return FAIL(f, E_INPUT, "tệp này là cơ sở dữ liệu của chương trình khác",
                    "this file is another program's database");
    return store_exec_int(db, "SELECT max(version) FROM schema_version", out, f);
}

/* SQLite checks no foreign key while they are off, as they are here, so that tables can be rebuilt. */
static status keys_whole(sqlite3 *db, int version, fault *f)
{
    int64_t broken;
    TRY(store_exec_int(db, "SELECT count(*) FROM pragma_foreign_key_check", &broken, f));
    if (broken)
        return FAIL(f, E_SYSTEM, "nâng lược đồ lên %d: %lld dòng trỏ tới dòng không có",
                    "upgrade to schema %d: %lld rows point at rows that are not there", version,
                    (long long)broken);
    return OK;
}

static status upgrade_one(sqlite3 *db, const migration *m, int version, fault *f)
{
    char note[160];
    snprintf(note, sizeof note,
             "INSERT INTO schema_version VALUES (%d, %lld); PRAGMA user_version = %d", version,
             (long long)clock_now(), version);
    TRY(store_exec(db, "BEGIN IMMEDIATE", f));
    status st = store_exec(db, m->text, f);
    if (st == OK)
        st = keys_whole(db, version, f);
    if (st == OK)
        st = store_exec(db, note, f);
    if (st == OK)
        st = store_exec(db, "COMMIT", f);
    if (st != OK)
        sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL);
    return st;
}

status migrate_check(sqlite3 *db, const char *path, int count, int64_t *version, fault *f)
{
    TRY(migrate_version(db, version, f));
    if (*version > count)
        return FAIL(
            f, E_INPUT,
            "%s được tạo bởi bản chamthi mới hơn (lược đồ %d, bản này biết tới %d); hãy cài bản "
            "mới",
            "%s was made by a newer chamthi (schema %d, this one knows %d); install the newer one",
            path, (int)*version, count);
    return OK;
}

status migrate_run(sqlite3 *db, const char *path, const migration *list, int count, fault *f)
{
    int64_t version;
    TRY(migrate_check(db, path, count, &version, f));
    if (version == count)
        return OK;
    if (version > 0) {
        char copy[4096];
        if (snprintf(copy, sizeof copy, "%s.v%d", path, (int)version) >= (int)sizeof copy)
            return FAIL(f, E_LIMIT, "đường dẫn quá dài: %s", "path too long: %s", path);
        TRY(copy_database(db, copy, f));
    }
    for (int i = (int)version; i < count; i++)
        TRY(upgrade_one(db, &list[i], i + 1, f));
    return OK;
}
