/* Unit tests on cmocka: a test's name is a sentence.
 *
 *     TEST("a blank mark is missing, never zero") { assert_int_equal(…); }
 *
 * Each file of tests/unit is one program; every TEST in it registers itself. */
#ifndef TEST_H
#define TEST_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <sodium.h>
#include <unistd.h>

#include "chamthi/fault.h"

static struct CMUnitTest test_list[400];
static size_t test_count;

__attribute__((unused)) static void test_add(const char *name, CMUnitTestFunction function)
{
    if (test_count == sizeof test_list / sizeof *test_list)
        abort();
    test_list[test_count++] = (struct CMUnitTest){name, function, NULL, NULL, NULL};
}

#define TEST_JOIN2(a, b) a##b
#define TEST_JOIN(a, b) TEST_JOIN2(a, b)
#define TEST(sentence)                                                                             \
    static void TEST_JOIN(test_, __LINE__)(void **state);                                          \
    __attribute__((constructor)) static void TEST_JOIN(add_, __LINE__)(void)                       \
    {                                                                                              \
        test_add(sentence, TEST_JOIN(test_, __LINE__));                                            \
    }                                                                                              \
    static void TEST_JOIN(test_, __LINE__)(__attribute__((unused)) void **state)

/* Fails with the sentence of the fault. */
#define assert_ok(call, f)                                                                         \
    do {                                                                                           \
        if ((call) != OK)                                                                          \
            fail_msg("%s: %s", #call, (f)->text[LANG_EN]);                                         \
    } while (0)

/* A fresh folder below $TMPDIR, with a path for one file in it. Removed by test_folder_remove. */
__attribute__((unused)) static void test_folder(char out[64])
{
    snprintf(out, 64, "/tmp/chamthi-test-XXXXXX");
    assert_non_null(mkdtemp(out));
}
__attribute__((unused)) static void test_folder_remove(const char *folder)
{
    char command[128];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    assert_int_equal(system(command), 0);
}

int main(void)
{
    if (sodium_init() < 0)
        return 1;
    return _cmocka_run_group_tests("chamthi", test_list, test_count, NULL, NULL);
}

#endif
