/* Vietnamese text: the cases of the specification, by their numbers there, and what was found since. */
#include "test.h"

#include "chamthi/text.h"

static slice of(const char *text)
{
    return (slice){text, strlen(text)};
}

/* A table shows all its wrong rows before it fails. */
static int wrong;

static void end_of_table(void)
{
    int rows = wrong;
    wrong = 0;
    assert_int_equal(rows, 0);
}

static void assert_text(int number, const char *what, const buffer *got, const char *wanted)
{
    assert_false(got->failed);
    if (strcmp(got->bytes, wanted) != 0) {
        print_error("case %d, %s: got “%s”, wanted “%s”\n", number, what, got->bytes, wanted);
        wrong++;
    }
}

/* Also asserts that applying the form once more changes nothing. */
static void assert_form(int number, const char *what, void (*form)(slice, buffer *),
                        const char *text, const char *wanted)
{
    buffer once = BUFFER_INIT, twice = BUFFER_INIT;
    form(of(text), &once);
    assert_text(number, what, &once, wanted);
    form((slice){once.bytes, once.size}, &twice);
    assert_text(number, what, &twice, wanted);
    buffer_free(&once);
    buffer_free(&twice);
}

static void display_auto(slice text, buffer *out)
{
    text_report report = {0};
    text_display(text, ENCODING_AUTO, out, &report);
}

/* ---- 1–67: display and key ---- */
static const struct {
    int number;
    const char *text, *display, *key;
} forms[] = {
    {1, "Vie\314\202\314\243t", "Việt", "việt"},
    {2, "Viẹ\314\202t", "Việt", "việt"},
    {3, "Viê\314\243t", "Việt", "việt"},
    {4, "tu\314\233\314\200", "từ", "từ"},
    {5, "tiá\314\202n", "tiá\314\202n", "tiấn"},
    {6, "đ\314\243", "đ\314\243", "đ"},
    {7, "hòa", "hòa", "hoà"},
    {8, "hoà", "hoà", "hoà"},
    {9, "HÒA", "HÒA", "hoà"},
    {10, "thủy", "thủy", "thuỷ"},
    {11, "khỏe", "khỏe", "khoẻ"},
    {12, "lòe", "lòe", "loè"},
    {13, "quý", "quý", "quý"},
    {14, "qúy", "qúy", "quý"},
    {15, "qủa", "qủa", "quả"},
    {16, "quà", "quà", "quà"},
    {17, "già", "già", "già"},
    {18, "gìa", "gìa", "già"},
    {19, "gìn", "gìn", "gìn"},
    {20, "giữa", "giữa", "giữa"},
    {21, "gì", "gì", "gì"},
    {22, "giếng", "giếng", "giếng"},
    {23, "khủyu", "khủyu", "khuỷu"},
    {24, "thủơ", "thủơ", "thuở"},
    {25, "tòan", "tòan", "toàn"},
    {26, "họăc", "họăc", "hoặc"},
    {27, "nghìên", "nghìên", "nghiền"},
    {28, "lựơng", "lựơng", "lượng"},
    {29, "của", "của", "của"},
    {30, "cuả", "cuả", "của"},
    {31, "giặt gịa", "giặt gịa", "giặt giạ"},
    {32, "ngòeo", "ngòeo", "ngoèo"},
    {33, "hóan", "hóan", "hoán"},
    {34, "Ðơn", "Đơn", "đơn"},
    {35, "Ɖà Nẵng", "Đà Nẵng", "đà nẵng"},
    {36, "Ðor", "Ðor", "đor"},
    {37, "сủa", "của", "của"},
    {38, "TP.HСM", "TP.HСM", "tp hcm"},
    {39, "США", "США", "сша"},
    {40, "5 μm", "5 μm", "5 μm"},
    {41, "Αnh", "Anh", "anh"},
    {42, "Việt\342\200\213 Nam", "Việt Nam", "việt nam"},
    {43, "Việt\342\200\213Nam", "ViệtNam", "việtnam"},
    {44, "ng\302\255ười", "người", "người"},
    {45, "\357\273\277Bài", "Bài", "bài"},
    {46, "Hà\302\240Nội", "Hà Nội", "hà nội"},
    {47, "Ｖｉệｔ", "Ｖｉệｔ", "việt"},
    {48, "ﬁlm", "ﬁlm", "film"},
    {49, "m²", "m²", "m2"},
    {50, "\342\200\256abc\342\200\254", "abc", "abc"},
    {51, "“đẹp”", "“đẹp”", "đẹp"},
    {52, "a—b", "a—b", "a b"},
    {53, "Ông…", "Ông…", "ông"},
    {54, "Facebook", "Facebook", "facebook"},
    {55, "café", "café", "café"},
    {56, "Beyoncé", "Beyoncé", "beyoncé"},
    {57, "Đắk Lắk", "Đắk Lắk", "đắk lắk"},
    {58, "Krông Pắk", "Krông Pắk", "krông pắk"},
    {59, "HĐXX", "HĐXX", "hđxx"},
    {60, "1.000.000đ", "1.000.000đ", "1 000 000đ"},
    {61, "0912.345.678", "0912.345.678", "0912 345 678"},
    {62, "20/11/2019", "20/11/2019", "20 11 2019"},
    {63, "a@b.vn", "a@b.vn", "a b vn"},
    {64, "nguyễn  văn\tAn", "nguyễn văn An", "nguyễn văn an"},
    {65, "Nguyễn Thị Hòa", "Nguyễn Thị Hòa", "nguyễn thị hoà"},
    {66, "Lý Mỹ Quý", "Lý Mỹ Quý", "lý mỹ quý"},
    {67, "thúy/thúi", "thúy/thúi", "thuý thúi"},
};

TEST("the display text is what an editor would keep, the key what the words are")
{
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        assert_form(forms[i].number, "D1", display_auto, forms[i].text, forms[i].display);
        assert_form(forms[i].number, "K1", text_key, forms[i].text, forms[i].key);
        assert_form(forms[i].number, "K1 of D1", text_key, forms[i].display, forms[i].key);
    }
    end_of_table();
}

static const struct {
    const char *text, *variant, *fold;
} spellings[] = {
    {"Lý Mỹ Quý", "lí mĩ quí", "li mi qui"},
    {"thúy/thúi", "thuý thúi", "thuy thui"},
    {"Ý kiến của y", "ý kiến của y", "y kien cua y"},
    {"tây, tay, yêu", "tây tay yêu", "tay tay yeu"},
    {"Ðường Đắk Lắk", "đường đắk lắk", "duong dak lak"},
    {"ký ức kĩ sư", "kí ức kĩ sư", "ki uc ki su"},
    {"Beyoncé à la carte", "beyoncé à la carte", "beyonce a la carte"},
    {"Łódź, Tōkyō", "łódź tōkyō", "łodz tokyo"},
};

TEST("the variant key folds i and y only where both are written, the fold takes every mark off")
{
    for (size_t i = 0; i < sizeof spellings / sizeof *spellings; i++) {
        assert_form((int)i, "K2", text_variant, spellings[i].text, spellings[i].variant);
        assert_form((int)i, "K3", text_fold, spellings[i].text, spellings[i].fold);
    }
    end_of_table();
}

/* ---- 68–76: fonts name the encoding; the text comes as windows-1252 characters ---- */
static const struct {
    int number;
    const char *font, *text, *display;
} runs[] = {
    {68, ".VnTime", "Céng hßa X· héi", "Cộng hòa Xã hội"},
    {69, ".VnArial Bold", "TiÕng ViÖt", "Tiếng Việt"},
    {70, ".VnTime", "§\302\255êng", "Đường"},
    {71, ".VnTime", "NguyÔn V¨n æn", "Nguyễn Văn ổn"},
    {72, ".VnTimeH", "hßa", "HÒA"},
    {72, "ABCDEF+.VnArialH-Bold", "hßa b×nh", "HÒA BÌNH"},
    {73, ".VnTime", "“T«i” – 2019", "“Tôi” – 2019"},
    {74, "VNI-Times", "Tieáng Vieät", "Tiếng Việt"},
    {75, "VNI-Helve", "Ñöôøng", "Đường"},
    {76, "VNI-Times", "Coäng hoøa", "Cộng hòa"},
    {76, "VNI-Times", "COÄNG HOØA, NÖÔÙC", "CỘNG HÒA, NƯỚC"},
    {88, "Times New Roman", "Báo Tháng", "Báo Tháng"},
    {88, ".VnTime", "B¸o Th¸ng", "Báo Tháng"},
    /* A font's name is no proof when the letters are Vietnamese already. */
    {88, ".VnTime", "Tiếng Việt", "Tiếng Việt"},
    /* Word shows the bytes of a symbol font as private characters. */
    {69, ".VnTime", "Ti\357\203\225ng", "Tiếng"},
    {69, ".VnTime", " ViÖt ", " Việt "},
};

TEST("a font of its time decodes the text that is set in it")
{
    for (size_t i = 0; i < sizeof runs / sizeof *runs; i++) {
        buffer out = BUFFER_INIT;
        text_report report = {0};
        text_display_run(of(runs[i].text), runs[i].font, &out, &report);
        assert_text(runs[i].number, runs[i].font, &out, runs[i].display);
        buffer_free(&out);
    }
    end_of_table();
}

/* ---- 94–102: counting ---- */
static const struct {
    int number;
    const char *text;
    size_t words, syllables;
} counts[] = {
    {94, "Tôi yêu Việt Nam.", 4, 4},
    {95, "Hà Nội – mùa thu", 4, 4},
    {96, "Covid-19", 1, 2},
    {97, "20/11/2019", 1, 1},
    {98, "1.000.000 đồng", 2, 2},
    {99, "xe-đạp , xe đạp", 3, 4},
    {100, "anh...em", 1, 2},
    {101, "Facebook, YouTube", 2, 2},
    {102, "V\342\200\213iệt", 1, 1},
    {103, "🙂 ***", 0, 0},
    {0, "", 0, 0},
    {0, "một\nhai\n\nba", 3, 3},
};

TEST("words are counted as a contest counts them, syllables beside them")
{
    for (size_t i = 0; i < sizeof counts / sizeof *counts; i++) {
        text_count n = text_measure(of(counts[i].text));
        if (n.words != counts[i].words || n.syllables != counts[i].syllables) {
            print_error("case %d “%s”: %zu words, %zu syllables\n", counts[i].number,
                        counts[i].text, n.words, n.syllables);
            wrong++;
        }
    }
    end_of_table();
}

/* ---- 68–93: detection; bytes as they lie in a file (a), or as UTF-8 of what they look like (b) ---- */
static const struct {
    int number;
    const char *text, *display;
} unknown[] = {
    {68, "Céng hßa X· héi", "Cộng hòa Xã hội"},
    {68, "C\351ng h\337a X\267 h\351i", "Cộng hòa Xã hội"},
    {69, "TiÕng ViÖt", "Tiếng Việt"},
    {69, "Ti\325ng Vi\326t", "Tiếng Việt"},
    {70, "§\302\255êng", "Đường"},
    {70, "\247\255\352ng", "Đường"},
    {73, "“T«i” – 2019, TiÕng ViÖt", "“Tôi” – 2019, Tiếng Việt"},
    {73, "\223T\253i\224 \226 2019, Ti\325ng Vi\326t", "“Tôi” – 2019, Tiếng Việt"},
    {74, "Tieáng Vieät", "Tiếng Việt"},
    {75, "Ñöôøng", "Đường"},
    {76, "Coäng hoøa", "Cộng hòa"},
    {77, "TiªngVi®t Tiªng Vi®t", "TiếngViệt Tiếng Việt"},
    {77, "Tiªng Vi®t", "Tiếng Việt"},
    {77, "Ti\252ng Vi\256t", "Tiếng Việt"},
    {78, "Ðß¶ng", "Đường"},
    {79, "Ti‰ng ViŒt", "Tiếng Việt"},
    {79, "Ti\211ng Vi\214t", "Tiếng Việt"},
    {80, "Tiêìng Viêòt", "Tiếng Việt"},
    {80, "Ti\352\354ng Vi\352\362t", "Tiếng Việt"},
    {81, "Viá»‡t Nam", "Việt Nam"},
    {82, "M\303\203\302\201I", "MÁI"},
    {83, "Ã¡Â»â€¡", "ệ"},
    {84, "Tie^'ng Vie^.t", "Tiếng Việt"},
    {84, "sao? di~, e^x + o+b, a.b", "sao? di~, e^x + o+b, a.b"},
    {87, "Vi?t Nam", "Vi?t Nam"},
    {88, "Tiếng Việt\nB¶o Th¾ng TiÕng ViÖt\n", "Tiếng Việt\nBảo Thắng Tiếng Việt\n"},
    {89, "Có", "Có"},
    {90, "cà phê", "cà phê"},
    {91, "naïve façade, München", "naïve façade, München"},
    {92, "gì ¼ kg", "gì ¼ kg"},
    {93, "&#7879;", "&#7879;"},
    /* A title alone could be anything; between paragraphs of one encoding it is of that encoding. */
    {0, "C\363\n\311y ng\255\352i Ti\325ng Vi\326t\n", "Cú\nẫy người Tiếng Việt\n"},
};

TEST("the encoding of a paragraph is found, and genuine Unicode stays as it is")
{
    for (size_t i = 0; i < sizeof unknown / sizeof *unknown; i++)
        assert_form(unknown[i].number, "detected", display_auto, unknown[i].text,
                    unknown[i].display);
    end_of_table();
}

static const struct {
    int number;
    text_encoding from;
    const char *bytes;
    size_t size;
    const char *display;
} named[] = {
    {84, ENCODING_VIQR, "Tie^'ng Vie^.t, dda`n o^ng u+?", 30, "Tiếng Việt, đàn ông ử"},
    {85, ENCODING_AUTO, "\377\376V\0i\0\307\036t\0", 10, "Việt"},
    {85, ENCODING_AUTO, "\376\377\0V\0i\036\307\0t", 10, "Việt"},
    {86, ENCODING_AUTO, "V\0i\0\307\036t\0", 8, "Việt"},
    {86, ENCODING_UTF16LE, "\075\330\000\336", 4, "😀"},
    {69, ENCODING_TCVN3, "Ti\325ng Vi\326t", 10, "Tiếng Việt"},
    {72, ENCODING_TCVN3_CAPITAL, "h\337a", 3, "HÒA"},
    {79, ENCODING_VPS, "Ti\211ng Vi\214t", 10, "Tiếng Việt"},
    {0, ENCODING_UTF8, "\357\273\277a\200\342\202b\360\237\230", 11, "a��b�"},
};

TEST("a named encoding is decoded as named")
{
    for (size_t i = 0; i < sizeof named / sizeof *named; i++) {
        buffer out = BUFFER_INIT;
        text_report report = {0};
        text_display((slice){named[i].bytes, named[i].size}, named[i].from, &out, &report);
        assert_text(named[i].number, text_encoding_name(named[i].from), &out, named[i].display);
        buffer_free(&out);
    }
    end_of_table();
}

/* ---- 104–109: order ---- */
static int compare_keys(const void *a, const void *b)
{
    const buffer *x = a, *y = b;
    size_t size = x->size < y->size ? x->size : y->size;
    int order = memcmp(x->bytes, y->bytes, size);
    return order ? order : (x->size > y->size) - (x->size < y->size);
}

static const struct {
    int number;
    sort_kind kind;
    const char *in_order[10];
} orders[] = {
    {104, SORT_PLAIN, {"ma", "mà", "mả", "mã", "má", "mạ"}},
    {105, SORT_PLAIN, {"Lê An", "Lê Ca", "Lề Ăn", "Lế Ba"}},
    {106, SORT_PLAIN, {"da", "dz", "Ða", "đa", "đà"}},
    {107,
     SORT_NAMES,
     {"Nguyễn Văn An", "Lê Anh", "Bùi Ánh", "Trần Thị Ân", "Hồ Ẩn", "Đỗ Dũng", "Phạm Đức"}},
    {108, SORT_PLAIN, {"hoa", "hoà", "hòa", "họa"}},
    {109, SORT_NAMES, {"An Bình", "Nguyễn An Bình", "Nguyễn Văn Bình"}},
    {0, SORT_NAMES, {"Lê Thị Hoa", "Bà Nguyễn Thị Hoa", "Nguyễn Văn Hoa", "PGS.TS. Trần Hoa"}},
    {0, SORT_PLAIN, {"", "2 bài", "a", "Zürich", "Москва"}},
};

TEST("people stand in the order of a Vietnamese class list")
{
    for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
        buffer keys[10], sorted[10];
        size_t n = 0;
        for (; n < 10 && orders[i].in_order[n]; n++) {
            keys[n] = (buffer)BUFFER_INIT;
            text_sort_key(of(orders[i].in_order[n]), orders[i].kind, &keys[n]);
            sorted[n] = keys[n];
        }
        qsort(sorted, n, sizeof *sorted, compare_keys);
        for (size_t k = 0; k < n; k++) {
            if (sorted[k].bytes != keys[k].bytes) {
                print_error("case %d: “%s” is not number %zu\n", orders[i].number,
                            orders[i].in_order[k], k);
                wrong++;
            }
            buffer_free(&keys[k]);
        }
    }
    end_of_table();
}

static const struct {
    const char *a, *b;
    name_relation relation;
} pairs[] = {
    {"Nguyễn Thị Hòa", "NGUYỄN THỊ HOÀ", NAME_SAME},
    {"Bà Nguyễn Thị Hoa", "Nguyễn Thị Hoa", NAME_SAME},
    {"PGS.TS. Nguyễn Văn An", "Nguyễn Văn An", NAME_SAME},
    {"Anh Đức", "Đức", NAME_DIFFERENT},
    {"Cô Lan", "Lan", NAME_DIFFERENT},
    {"Lý Mỹ Quý", "Lí Mĩ Quí", NAME_VARIANT},
    {"Trần Văn Ân", "Trần Văn An", NAME_ASK},
    {"Nguyen Van An", "Nguyễn Văn An", NAME_ASK},
    {"An Nguyễn Văn", "Nguyễn Văn An", NAME_ASK},
    {"Ng. V. An", "Nguyễn Văn An", NAME_ASK},
    {"Ng. V. An", "Nguyễn Thị An", NAME_DIFFERENT},
    {"Nguyễn Văn An", "Nguyễn Văn Anh", NAME_DIFFERENT},
    {"", "", NAME_DIFFERENT},
};

TEST("two names go together as a careful clerk would say")
{
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        name_relation is = name_compare(of(pairs[i].a), of(pairs[i].b));
        if (is != pairs[i].relation) {
            print_error("“%s”, “%s”: %d, not %d\n", pairs[i].a, pairs[i].b, is, pairs[i].relation);
            wrong++;
        }
    }
    end_of_table();
}
