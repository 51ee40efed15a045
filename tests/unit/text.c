/* Vietnamese text: the cases of the specification, by their numbers there, and what was found since. */
#include "test.h"

#include "chamthi/text.h"

static slice of(const char *text)
{
    return (slice){text, strlen(text)};
}

static void assert_text(int number, const char *what, const buffer *got, const char *wanted)
{
    assert_false(got->failed);
    if (strcmp(got->bytes, wanted) != 0)
        fail_msg("case %d, %s: got “%s”, wanted “%s”", number, what, got->bytes, wanted);
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
        if (n.words != counts[i].words || n.syllables != counts[i].syllables)
            fail_msg("case %d “%s”: %zu words, %zu syllables", counts[i].number, counts[i].text,
                     n.words, n.syllables);
    }
}
