/* Trying a template out: what a person should know of it, sample pages, and a sheet to align a printer. */
#include "certificate.h"

#include "chamthi/file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PROOF_MEMORY = 32 * 1024 * 1024 };

/* ---- samples, from the usual to the hardest ---- */
static const char *const names[] = {
    "Nguyễn Thị Hồng Hạnh",
    "Lý An",
    "Công Tằng Tôn Nữ Hoàng Thị Ngọc Quỳnh Hương Thảo Nguyên",
    "Công Tằng Tôn Nữ Hoàng Thị Ngọc Quỳnh Hương Thảo Nguyên Đường Uyển Phương",
    "Hội Liên hiệp Phụ nữ phường Trung Phụng, quận Đống Đa, thành phố Hà Nội",
    "Nguyễn Thị Ánh Tuyết; Trần Quang Huy",
    ("Nguyễn Thị Hồng Hạnh; Trần Văn Đức; Lê Hoàng Minh Châu; Phạm Thị Thu Hà; Đỗ Quang Vinh; "
     "Vũ Ngọc Bảo Anh; Bùi Thị Lan; Hoàng Văn Thái; Đặng Thu Phương; Ngô Quốc Khánh; "
     "Phan Thị Mỹ Duyên; Trịnh Xuân Trường")};
static const char *const titles[] = {
    "Lớp học tình thương bên bãi giữa sông Hồng", "",
    ("Người gác chắn đường ngang số 5 và ba mươi năm giữ những chuyến tàu đêm bình yên qua ngoại ô "
     "Hà Nội – câu chuyện về một người thợ đường sắt chưa một lần được tôn vinh nhưng vẫn lặng lẽ "
     "ngày ngày làm việc")};
static const char *const recipients[] = {"entry", "collective", "subject"};

enum { NAMES = sizeof names / sizeof *names, TITLES = sizeof titles / sizeof *titles };

static certificate_facts sample(const char *name, const char *title, const char *recipient)
{
    certificate_facts facts = {.day = {2024, 9, 20}};
    const struct {
        fact which;
        const char *value;
    } values[] = {{FACT_NAME, name},
                  {FACT_TITLE, title},
                  {FACT_RECIPIENT, recipient},
                  {FACT_ADDRESS, "Trường Trung học cơ sở Nguyễn Trãi, quận Ba Đình"},
                  {FACT_PRIZE, "Giải Khuyến khích"},
                  {FACT_CONTEST,
                   "Cuộc thi viết về gương điển hình tiên tiến, người tốt, việc tốt thành phố Hà "
                   "Nội năm 2024"},
                  {FACT_ORGANIZER,
                   "Ban Tổ chức Cuộc thi viết về gương điển hình tiên tiến, người tốt, việc "
                   "tốt thành phố Hà Nội"},
                  {FACT_AUTHORITY, "Chủ tịch Ủy ban nhân dân thành phố Hà Nội"},
                  {FACT_SERIAL, "2024/MAU-000"},
                  {FACT_DECISION, "0000/QĐ-UBND"},
                  {FACT_CODE, "WWWW-WWWW-WWWW-WWWW-WWWW"},
                  {FACT_QR, "MẪU: không có giá trị"},
                  {FACT_PLACE, "Hà Nội"},
                  {FACT_SIGNATORY_TITLE, "Phó Chủ tịch Ủy ban nhân dân thành phố – Trưởng ban"},
                  {FACT_SIGNATORY_NAME, "Nguyễn Văn Phúc"}};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        facts.values[values[i].which] = values[i].value;
    if (strcmp(recipient, "entry") != 0)
        facts.values[FACT_PRIZE] = facts.values[FACT_TITLE] = "";
    return facts;
}

typedef struct {
    arena *mem;
    font_book *fonts;
    certificate_template *template;
    canvas *c;
    buffer *remarks; /* one for each language */
} proof;

static status proof_open(proof *p, const char *name, const char *paper, fault *f)
{
    slice yaml;
    p->mem = arena_new(PROOF_MEMORY);
    if (!p->mem)
        return fault_memory(f);
    TRY(font_book_new(&p->fonts, f));
    TRY(canvas_new(&p->c, p->fonts, f));
    return template_open(p->mem, name, paper, &yaml, &p->template, f);
}

static void proof_close(proof *p)
{
    canvas_free(p->c);
    font_book_free(p->fonts);
    arena_free(p->mem);
}

/* ---- checking ---- */
#define REMARK(p, vi, en, ...)                                                                     \
    (buffer_format(&(p)->remarks[LANG_VI], vi "\n", __VA_ARGS__),                                  \
     buffer_format(&(p)->remarks[LANG_EN], en "\n", __VA_ARGS__))

static bool says(const certificate_template *t, fact which)
{
    char braced[40];
    size_t size = strlen(fact_key(which));
    braced[0] = '{';
    memcpy(braced + 1, fact_key(which), size + 1);
    for (size_t i = 0; i < t->block_count; i++)
        for (const char *at = t->blocks[i].text; at && (at = strstr(at, braced)); at++)
            if (at[size + 1] == '}')
                return true;
    return false;
}

static void check_facts(proof *p)
{
    static const fact needed[] = {FACT_NAME, FACT_SERIAL, FACT_DECISION, FACT_CODE};
    const certificate_template *t = p->template;
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (!says(t, needed[i]))
            REMARK(p, "không khối nào in {%s}", "no block prints {%s}", fact_key(needed[i]));
    for (size_t i = 0; i < t->block_count; i++)
        if (t->blocks[i].kind == DRAW_QR && t->blocks[i].height < MM(24))
            REMARK(p, "khối “%s”: mã QR nhỏ hơn 24 mm, điện thoại khó đọc",
                   "block “%s”: a QR code under 24 mm is hard to read", t->blocks[i].key);
}

static void check_tones(proof *p)
{
    char first[32], other[32];
    if (template_mixes_tones(p->template, first, other))
        REMARK(p, "dấu thanh đặt theo hai kiểu: “%s” và “%s”; hãy chọn một",
               "tone marks stand in two ways: “%s” and “%s”; choose one", first, other);
}

/* Signature and seal need 35 mm between the signatory's title and name. */
static void check_signature(proof *p, const placed_block *places, size_t count)
{
    length from = 0, to = 0;
    for (size_t i = 0; i < count; i++) {
        from = strcmp(places[i].key, "signatory_title") == 0 ? places[i].bottom : from;
        to = strcmp(places[i].key, "signatory_name") == 0 ? places[i].top : to;
    }
    if (from && to && to - from < MM(35))
        REMARK(p, "chỗ ký và đóng dấu chỉ còn %d mm, cần 35 mm",
               "only %d mm are left for signature and seal, 35 are wanted", (to - from) / 100);
}

static status check_cases(proof *p, fault *f)
{
    placed_block places[TEMPLATE_BLOCKS_MOST];
    size_t count;
    bool first = true;
    for (size_t n = 0; n < NAMES; n++)
        for (size_t k = 0; k < TITLES; k++)
            for (size_t r = 0; r < sizeof recipients / sizeof *recipients; r++) {
                certificate_facts facts = sample(names[n], titles[k], recipients[r]);
                arena *row = arena_new(PROOF_MEMORY);
                fault why = {0};
                status st =
                    row ? certificate_place(p->c, row, p->template, &facts, places, &count, &why)
                        : fault_memory(f);
                if (st == OK && first)
                    check_signature(p, places, count);
                arena_free(row);
                if (st == E_SYSTEM || !row)
                    return f ? (*f = why, st) : st;
                if (st != OK) {
                    buffer_format(&p->remarks[LANG_VI], "%s\n", fault_text(&why, LANG_VI));
                    buffer_format(&p->remarks[LANG_EN], "%s\n", fault_text(&why, LANG_EN));
                }
                first = false;
            }
    return OK;
}

status template_check(const char *template, const char *paper, buffer remarks[LANG_COUNT], fault *f)
{
    proof p = {.remarks = remarks};
    status st = proof_open(&p, template, paper, f);
    if (st == OK) {
        check_facts(&p);
        check_tones(&p);
        st = check_cases(&p, f);
    }
    if (st == OK)
        st = buffer_check(&remarks[LANG_VI], f);
    if (st == OK)
        st = buffer_check(&remarks[LANG_EN], f);
    proof_close(&p);
    return st;
}

/* ---- sample pages ---- */
static status save(proof *p, const char *title, const char *out, fault *f)
{
    buffer pdf = BUFFER_INIT;
    status st =
        canvas_save(p->c, &(canvas_facts){title, "", p->template->name, {0, 0, 0}}, &pdf, f);
    if (st == OK)
        st = file_write(out, pdf.bytes, pdf.size, f);
    buffer_free(&pdf);
    return st;
}

static status draw_samples(proof *p, fault *f)
{
    static const struct {
        size_t name, title, recipient;
    } pages[] = {{0, 0, 0}, {1, 1, 0}, {2, 2, 0}, {6, 2, 0}, {4, 1, 1}, {0, 1, 2}};
    ornaments o;
    TRY(ornaments_make(p->c, p->template, &o, f));
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        certificate_facts facts =
            sample(names[pages[i].name], titles[pages[i].title], recipients[pages[i].recipient]);
        TRY(certificate_draw(p->c, p->mem, p->template, &o, &facts, f));
    }
    return OK;
}

status template_preview(const char *template, const char *paper, const char *out, fault *f)
{
    proof p = {0};
    status st = proof_open(&p, template, paper, f);
    if (st == OK)
        st = draw_samples(&p, f);
    if (st == OK)
        st = save(&p, "Bản xem thử mẫu in", out, f);
    proof_close(&p);
    return st;
}

/* ---- the sheet to align a printer by ---- */
typedef enum { EDGE_TOP, EDGE_LEFT } edge;

enum { GUIDE_COLOR = 0x8A8A8A, SCALE_AT = MM(12), HAIR = 8 };

/* Millimetres along an edge, longer at 5 and 10, numbered every 10. */
static status draw_scale(canvas *c, length size, edge down, fault *f)
{
    text_style style = {FONT_SERIF, 600, 0, GUIDE_COLOR};
    canvas_line_width(c, HAIR);
    for (length at = MM(10); at <= size - MM(10); at += MM(1)) {
        length tall = at % MM(10) == 0 ? 300 : at % MM(5) == 0 ? 220 : 140;
        canvas_move(c, down ? SCALE_AT : at, down ? at : SCALE_AT);
        canvas_line(c, down ? SCALE_AT + tall : at, down ? at : SCALE_AT + tall);
    }
    canvas_paint(c, PAINT_STROKE);
    for (length at = MM(10); at <= size - MM(10); at += MM(10)) {
        char text[8];
        snprintf(text, sizeof text, "%d", at / 100 % 10000);
        TRY(canvas_text(c, &style, down ? SCALE_AT + 380 : at, down ? at + 75 : SCALE_AT + 550,
                        down ? ANCHOR_LEFT : ANCHOR_CENTER, text, f));
    }
    return OK;
}

/* Ten parts on nine millimetres: held against a ruler, the line that meets one tells the tenth. */
static status draw_vernier(canvas *c, length x, length y, edge down, fault *f)
{
    text_style style = {FONT_SERIF, 500, 0, GUIDE_COLOR};
    for (int i = 0; i <= 10; i++) {
        length at = i * 90, tall = i % 5 == 0 ? 320 : 220;
        canvas_move(c, down ? x : x + at, down ? y + at : y);
        canvas_line(c, down ? x - tall : x + at, down ? y + at : y - tall);
    }
    canvas_paint(c, PAINT_STROKE);
    for (int i = 0; i <= 10; i += 5) {
        char text[8];
        snprintf(text, sizeof text, "%d", i % 100);
        TRY(canvas_text(c, &style, down ? x - 380 : x + i * 90, down ? y + i * 90 + 60 : y - 380,
                        down ? ANCHOR_RIGHT : ANCHOR_CENTER, text, f));
    }
    return OK;
}

/* Where an overprint would put each block, moved as it would be. */
static status draw_outlines(proof *p, const print_settings *s, fault *f)
{
    placed_block places[TEMPLATE_BLOCKS_MOST];
    size_t count;
    text_style style = {FONT_SERIF, 600, 0, GUIDE_COLOR};
    certificate_facts facts = sample(names[0], titles[0], recipients[0]);
    TRY(certificate_place(p->c, p->mem, p->template, &facts, places, &count, f));
    canvas_dash(p->c, 60, 60);
    for (size_t i = 0; i < count; i++) {
        const placed_block *b = &places[i];
        if (b->preprinted)
            continue;
        canvas_rectangle(p->c, b->left + s->right, b->top + s->down, b->right - b->left,
                         b->bottom - b->top);
        canvas_paint(p->c, PAINT_STROKE);
        TRY(canvas_text(p->c, &style, b->left + s->right + 40, b->top + s->down - 40, ANCHOR_LEFT,
                        b->key, f));
    }
    canvas_dash(p->c, 0, 0);
    return OK;
}

/* -30 → "-0,3" */
static void tenths_text(char out[16], int hundredths)
{
    int tenths = abs(hundredths) / 10;
    snprintf(out, 16, "%s%d,%d", hundredths < 0 ? "-" : "", tenths / 10 % 1000, tenths % 10);
}

static status draw_instructions(proof *p, const print_settings *s, fault *f)
{
    static const char *const lines[] = {
        "TỜ THỬ: in trên giấy thường cùng khổ, đúng máy và khay sẽ in phôi, đặt tỷ lệ 100 %.",
        "1. Đặt chồng tờ này lên phôi, áp hai mép trái và trên, soi ra ánh sáng.",
        "2. Đo mỗi khung nét đứt lệch bao nhiêu so với chỗ của nó trên phôi; du xích đọc tới 0,1 "
        "mm.",
        "3. Khung cần dịch sang phải, xuống dưới bao nhiêu thì cộng bấy nhiêu vào hai số dưới đây "
        "(sang "
        "trái, lên trên là số âm)."};
    text_style style = {FONT_SERIF, 900, 0, GUIDE_COLOR};
    char now[96], right[16], down[16];
    length x = MM(24), y = MM(26);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++, y += 430)
        TRY(canvas_text(p->c, &style, x, y, ANCHOR_LEFT, lines[i], f));
    tenths_text(right, s->right);
    tenths_text(down, s->down);
    snprintf(now, sizeof now, "Tờ này in với: --right %s --down %s (mm)", right, down);
    return canvas_text(p->c, &style, x, y, ANCHOR_LEFT, now, f);
}

static status draw_test_sheet(proof *p, const print_settings *s, fault *f)
{
    const certificate_template *t = p->template;
    TRY(canvas_page(p->c, t->width, t->height, f));
    canvas_line_color(p->c, GUIDE_COLOR);
    TRY(draw_scale(p->c, t->width, EDGE_TOP, f));
    TRY(draw_scale(p->c, t->height, EDGE_LEFT, f));
    TRY(draw_vernier(p->c, t->width / 2, SCALE_AT, EDGE_TOP, f));
    TRY(draw_vernier(p->c, SCALE_AT, t->height / 2, EDGE_LEFT, f));
    TRY(draw_outlines(p, s, f));
    return draw_instructions(p, s, f);
}

status template_test_sheet(const char *template, const char *paper, const print_settings *settings,
                           fault *f)
{
    proof p = {0};
    status st = proof_open(&p, template, paper, f);
    if (st == OK)
        st = draw_test_sheet(&p, settings, f);
    if (st == OK)
        st = save(&p, "Tờ thử căn phôi", settings->out, f);
    proof_close(&p);
    return st;
}
