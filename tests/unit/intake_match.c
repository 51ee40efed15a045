/* Which file is whose: by names in the list, by what files say, by what lies beside them. */
#include "test.h"

#include "intake/match.h"

#include "chamthi/arena.h"

enum { MEMORY = 16 * 1024 * 1024, FILES_MOST = 16, ROWS_MOST = 8 };
#define COUNT(a) (sizeof(a) / sizeof *(a))

typedef struct {
    arena *mem;
    source_file files[FILES_MOST];
    size_t file_count;
    manifest_row rows[ROWS_MOST];
    manifest list;
    row_match found[ROWS_MOST];
    file_match taken[FILES_MOST];
} parcel;

/* `paths` end with NULL, and so do `cells`. */
static void set_up(parcel *p, const char *const *paths, const char *const *cells)
{
    memset(p, 0, sizeof *p);
    p->mem = arena_new(MEMORY);
    for (; paths[p->file_count]; p->file_count++) {
        const char *path = paths[p->file_count], *slash = strrchr(path, '/');
        p->files[p->file_count] = (source_file){
            .path = path, .name = slash ? slash + 1 : path, .size = 1, .role = FILE_RECEIVED};
    }
    size_t rows = 0;
    for (; cells[rows]; rows++) {
        p->rows[rows] = (manifest_row){.line = rows + 2, .sheet = ""};
        for (int i = 0; i < FIELD_COUNT; i++)
            p->rows[rows].field[i] = i == FIELD_FILE ? cells[rows] : "";
    }
    p->list = (manifest){.rows = p->rows, .count = rows};
}

static void match(parcel *p)
{
    fault f = {0};
    assert_ok(match_files(p->mem, &p->list, p->files, p->file_count, "", p->found, p->taken, &f),
              &f);
    assert_ok(match_further(p->mem, p->files, p->file_count, p->found, p->list.count, p->taken, &f),
              &f);
}

/* The files of a row, its own first: "a.docx+b.jpg"; "-" when it has none. */
static const char *files_of(const parcel *p, size_t row)
{
    const row_match *m = &p->found[row];
    if (m->kind != MATCH_FILE)
        return "-";
    char *text = arena_string(p->mem, p->files[m->file].path);
    const char *further = "";
    for (size_t at = m->first_further; at; at = p->taken[at - 1].next_further)
        further = arena_format(p->mem, "+%s%s", p->files[at - 1].path, further);
    return arena_format(p->mem, "%s%s", text, further);
}

TEST("a cell may name several files or a folder; names with separators in them are names first")
{
    static const struct {
        const char *paths[FILES_MOST], *cells[ROWS_MOST], *files[ROWS_MOST];
    } cases[] = {
        {{"a.docx", "b.jpg", NULL}, {"a.docx; b.jpg", NULL}, {"a.docx+b.jpg"}},
        {{"a.docx", "b.jpg", NULL}, {"b.jpg\na.docx", NULL}, {"a.docx+b.jpg"}},
        {{"a; b.txt", NULL}, {"a; b.txt", NULL}, {"a; b.txt"}},
        {{"bài/a.txt", "bài/b.jpg", "c.txt", NULL}, {"bài/", NULL}, {"bài/a.txt+bài/b.jpg"}},
        {{"q/1.jpg", "q/2.jpg", NULL}, {"q", NULL}, {"q/1.jpg+q/2.jpg"}},
        {{"a.docx", NULL}, {"a.docx; b.jpg", NULL}, {"-"}},
        {{"a.docx", "b.jpg", NULL}, {"a.docx; b.jpg", "b.jpg", NULL}, {"-", "b.jpg"}},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        parcel p;
        set_up(&p, cases[i].paths, cases[i].cells);
        match(&p);
        for (size_t row = 0; row < p.list.count; row++)
            if (strcmp(files_of(&p, row), cases[i].files[row]) != 0)
                fail_msg("case %zu, row %zu: got %s", i, row, files_of(&p, row));
        arena_free(p.mem);
    }
}

TEST("another format, pictures called like an entry and pictures in an entry's own folder go with "
     "it")
{
    static const struct {
        const char *paths[FILES_MOST], *cells[ROWS_MOST], *files[ROWS_MOST];
    } cases[] = {
        {{"a.doc", "a.docx", NULL}, {"a.docx", NULL}, {"a.docx+a.doc"}},
        {{"a.doc", "a.docx", NULL}, {"a.doc", NULL}, {"a.docx+a.doc"}},
        {{"a.docx", "a.pdf", NULL}, {"a", NULL}, {"a.docx+a.pdf"}},
        {{"A/a.docx", "B/a.pdf", NULL}, {"a.docx", NULL}, {"A/a.docx"}},
        {{"01 Bài.docx", "01 Bài - ảnh 1.jpg", "01 Bài ảnh 2.png", NULL},
         {"01 Bài.docx", NULL},
         {"01 Bài.docx+01 Bài - ảnh 1.jpg+01 Bài ảnh 2.png"}},
        {{"1.docx", "12.jpg", NULL}, {"1.docx", NULL}, {"1.docx"}},
        {{"bài.docx", "bài hai.docx", "bài hai ảnh.jpg", NULL},
         {"bài.docx", "bài hai.docx", NULL},
         {"bài.docx", "bài hai.docx+bài hai ảnh.jpg"}},
        {{"cô Bình/bài.docx", "cô Bình/IMG_1.jpg", NULL},
         {"cô Bình/bài.docx", NULL},
         {"cô Bình/bài.docx+cô Bình/IMG_1.jpg"}},
        {{"q/1.docx", "q/2.docx", "q/IMG_1.jpg", NULL},
         {"q/1.docx", "q/2.docx", NULL},
         {"q/1.docx", "q/2.docx"}},
        {{"1.docx", "IMG_1.jpg", NULL}, {"1.docx", NULL}, {"1.docx"}},
        {{"1.docx", "1 thêm.docx", NULL}, {"1.docx", NULL}, {"1.docx"}},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        parcel p;
        set_up(&p, cases[i].paths, cases[i].cells);
        match(&p);
        for (size_t row = 0; row < p.list.count; row++)
            if (strcmp(files_of(&p, row), cases[i].files[row]) != 0)
                fail_msg("case %zu, row %zu: got %s", i, row, files_of(&p, row));
        arena_free(p.mem);
    }
}

TEST("title and author together tell a file; one of them, or several files, is only a proposal")
{
    static const char *const an[] = {" nguyen van an "}, *const binh[] = {" le binh "};
    static const struct {
        const char *what, *name, *text;
        match_kind kind; /* of the row “Chuyện làng tôi” by Nguyễn Văn An */
    } cases[] = {
        {"both in the text", " scan0032 ", " chuyen lang toi ngay xua nguyen van an ", MATCH_FILE},
        {"one in the name", " bai cua nguyen van an 1 1 ", " chuyen lang toi ", MATCH_FILE},
        {"the name is the title", " 02 chuyen lang toi ", " ngay xua ", MATCH_FILE},
        {"the title inside the name", " gui ban chuyen lang toi ", " ngay xua ", MATCH_PROPOSED},
        {"the title alone", " scan ", " chuyen lang toi ", MATCH_PROPOSED},
        {"the author alone", " nguyen van an ", " ngay xua ", MATCH_PROPOSED},
        {"a longer name", " nguyen van anh ", " ngay xua ", MATCH_MISSING},
        {"neither", " scan ", " ngay xua ", MATCH_MISSING},
    };
    for (size_t i = 0; i < COUNT(cases); i++) {
        arena *mem = arena_new(MEMORY);
        guess_row rows[] = {{0, " chuyen lang toi ", an, 1}, {1, " mua gat ", binh, 1}};
        guess_file files[] = {{0, cases[i].name, cases[i].text}, {1, " anh ", " "}};
        row_match found[] = {{.kind = MATCH_MISSING}, {.kind = MATCH_MISSING}};
        file_match taken[] = {{0, 0}, {0, 0}};
        fault f = {0};
        assert_ok(match_by_content(mem, rows, 2, files, 2, found, taken, &f), &f);
        if (found[0].kind != cases[i].kind)
            fail_msg("%s: kind %d", cases[i].what, (int)found[0].kind);
        assert_int_equal(taken[0].row, cases[i].kind == MATCH_FILE ? 1 : 0);
        assert_int_equal(found[1].kind, MATCH_MISSING);
        arena_free(mem);
    }
}

TEST("two files that both tell title and author are not chosen between")
{
    static const char *const an[] = {" nguyen van an "};
    arena *mem = arena_new(MEMORY);
    guess_row rows[] = {{0, " chuyen lang toi ", an, 1}};
    guess_file files[] = {{0, " chuyen lang toi nguyen van an ", ""},
                          {1, " nguyen van an ", " chuyen lang toi "}};
    row_match found[] = {{.kind = MATCH_MISSING}};
    file_match taken[] = {{0, 0}, {0, 0}};
    fault f = {0};
    assert_ok(match_by_content(mem, rows, 1, files, 2, found, taken, &f), &f);
    assert_int_equal(found[0].kind, MATCH_PROPOSED);
    assert_int_equal(found[0].evidence, EVIDENCE_TITLE | EVIDENCE_AUTHOR);
    assert_int_equal(taken[0].row + taken[1].row, 0);
    arena_free(mem);
}
