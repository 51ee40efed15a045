/* Contest definitions, units and judges. */
#include "test.h"

#include "chamthi/contest.h"
#include "chamthi/file.h"

enum { MEMORY = 64 * 1024 * 1024 };

/* A store in a folder of its own, and an arena. */
typedef struct {
    char folder[64];
    store *db;
    arena *mem;
    fault f;
} world;

static world world_make(void)
{
    world w = {.mem = arena_new(MEMORY)};
    test_folder(w.folder);
    assert_non_null(w.mem);
    assert_ok(
        store_open(&w.db, file_join(w.mem, w.folder, "a.db"), BY_ORGANIZER, STORE_CREATE, &w.f),
        &w.f);
    return w;
}

static void world_end(world *w)
{
    store_close(w->db);
    arena_free(w->mem);
    test_folder_remove(w->folder);
}

TEST("the example that contest example prints is a definition without a mistake")
{
    world w = world_make();
    int64_t year = 0, id = 0;
    bool changed = false;
    contest *c;
    assert_ok(contest_load(w.db, w.mem, "cli:test", "src/contest/data/example.yaml", &year,
                           &changed, &w.f),
              &w.f);
    assert_true(changed);
    assert_ok(contest_get(w.db, w.mem, year, &c, &w.f), &w.f);
    assert_int_equal(c->rounds[0].criteria[3].most, 2000);
    assert_int_equal(c->rules.seconds_most.number, 420);
    assert_int_equal(c->barred_count, 1);
    assert_ok(contest_track_id(w.db, year, "TÁC PHẨM BÁO CHÍ", &id, &w.f), &w.f);
    assert_int_equal(contest_track_id(w.db, year, "thơ", &id, &w.f), E_MISSING);
    assert_ok(contest_round_id(w.db, year, "Sơ khảo", &id, &w.f), &w.f);
    world_end(&w);
}
