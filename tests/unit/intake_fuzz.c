/* Bad documents: the fuzzer's corpus, and its bytes changed. */
#include "test.h"

#include "../fuzz/document.c"
#include "seed.h"

#include <time.h>

TEST("the fuzzer's documents go through")
{
    each_seed("fixtures/fuzz/document", LLVMFuzzerTestOneInput);
}

TEST("so do they with bytes changed and cut")
{
    each_seed("fixtures/fuzz/document", mutated);
}

TEST("bombs are refused in less than 50 ms")
{
    static const char *const bombs[] = {"thuc-the.docx", "thuc-the-dai.docx", "bom.docx",
                                        "bom-kem.docx",  "bom.odt",           "nhieu-phan.docx",
                                        "long-sau.docx"};
    for (size_t i = 0; i < sizeof bombs / sizeof *bombs; i++) {
        char path[96];
        buffer b = BUFFER_INIT;
        document d = DOCUMENT_INIT;
        fault f = {0};
        snprintf(path, sizeof path, "fixtures/hostile/parcel/%s", bombs[i]);
        assert_ok(file_read(path, 1 << 24, &b, &f), &f);
        clock_t before = clock();
        assert_int_equal(document_read(bombs[i], (slice){b.bytes, b.size}, &d, &f), E_INPUT);
        assert_true((clock() - before) * 1000 / CLOCKS_PER_SEC < 50);
        document_free(&d);
        buffer_free(&b);
    }
}
