/* A fuzzer's corpus as a test: each seed as it is, and with bytes changed at random but always the same way. After
 * the fuzz target. */
#ifndef SEED_H
#define SEED_H

#include "test.h"

#include "chamthi/file.h"

static void each_seed(const char *folder, int (*test)(const uint8_t *, size_t))
{
    fault f = {0};
    arena *mem = arena_new(64 * 1024 * 1024);
    file_list files;
    assert_ok(file_walk(mem, folder, 1, &files, &f), &f);
    assert_true(files.count > 5);
    for (size_t i = 0; i < files.count; i++) {
        buffer b = BUFFER_INIT;
        const char *path = file_join(mem, folder, files.items[i].path);
        assert_ok(file_read(path, 1 << 20, &b, &f), &f);
        test((uint8_t *)b.bytes, b.size);
        buffer_free(&b);
    }
    arena_free(mem);
}

static uint32_t next_random(uint32_t *state)
{
    *state = *state * 1664525u + 1013904223u;
    return *state >> 8;
}

static int mutated(const uint8_t *bytes, size_t size)
{
    uint32_t state = (uint32_t)size;
    for (int round = 0; round < 60; round++) {
        uint8_t *copy = malloc(size + 1);
        memcpy(copy, bytes, size);
        for (uint32_t changes = next_random(&state) % 8 + 1; changes && size; changes--)
            copy[next_random(&state) % size] = (uint8_t)next_random(&state);
        LLVMFuzzerTestOneInput(copy, size ? next_random(&state) % size + 1 : 0);
        free(copy);
    }
    return 0;
}

#endif
