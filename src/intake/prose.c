/* Runs to paragraphs to text, for every reader of documents that flow. */
#include "prose.h"

#include <string.h>

static const prose_level fresh = {.done = BUFFER_INIT,
                                  .line = BUFFER_INIT,
                                  .boxes = BUFFER_INIT,
                                  .run = BUFFER_INIT,
                                  .next = JOIN_NOTHING};

void prose_start(prose *w, text_report *report)
{
    w->levels[0] = fresh;
    w->top = 0;
    w->too_deep = false;
    w->report = report;
}

static void free_level(prose_level *l)
{
    buffer_free(&l->done);
    buffer_free(&l->line);
    buffer_free(&l->boxes);
    buffer_free(&l->run);
}

void prose_free(prose *w)
{
    for (size_t i = 0; i <= w->top; i++)
        free_level(&w->levels[i]);
    w->top = 0;
}

static void end_run(prose *w)
{
    prose_level *at = &w->levels[w->top];
    if (at->run.size)
        text_display_run((slice){at->run.bytes, at->run.size}, at->run_font, &at->line, w->report);
    at->line.failed |= at->run.failed;
    buffer_clear(&at->run);
}

static void start_run(prose_level *at, const char *font)
{
    size_t size = strlen(font);
    size = size < FONT_NAME_MAX ? size : FONT_NAME_MAX - 1;
    memcpy(at->run_font, font, size);
    at->run_font[size] = '\0';
    at->run_encoding = text_encoding_of_font(font);
}

void prose_put(prose *w, const char *font, const char *bytes, size_t size)
{
    prose_level *at = &w->levels[w->top];
    if (!at->run.size) {
        start_run(at, font);
    } else if (strcmp(font, at->run_font) != 0 && text_encoding_of_font(font) != at->run_encoding) {
        end_run(w);
        start_run(at, font);
    }
    buffer_put(&at->run, bytes, size);
}

void prose_end_paragraph(prose *w, prose_join next)
{
    prose_level *at = &w->levels[w->top];
    end_run(w);
    if (at->next != JOIN_NOTHING)
        buffer_byte(&at->done, (char)at->next);
    buffer_put(&at->done, at->line.bytes, at->line.size);
    if (at->boxes.size) {
        buffer_text(&at->done, at->line.size ? "\n" : "");
        buffer_put(&at->done, at->boxes.bytes, at->boxes.size);
    }
    at->done.failed |= at->line.failed || at->boxes.failed;
    buffer_clear(&at->line);
    buffer_clear(&at->boxes);
    at->next = next;
}

void prose_end_cell(prose *w)
{
    prose_level *at = &w->levels[w->top];
    if (at->next == JOIN_LINE)
        at->next = JOIN_CELL;
}

void prose_end_row(prose *w)
{
    prose_level *at = &w->levels[w->top];
    if (at->next == JOIN_CELL)
        at->next = JOIN_LINE;
}

void prose_open_box(prose *w)
{
    if (w->top + 1 == BOXES_MOST)
        w->too_deep = true;
    else
        w->levels[++w->top] = fresh;
}

void prose_add_box(prose *w, slice text)
{
    prose_level *at = &w->levels[w->top];
    if (at->boxes.size && text.size)
        buffer_byte(&at->boxes, '\n');
    buffer_put(&at->boxes, text.bytes, text.size);
}

void prose_take_box(prose *w, buffer *out)
{
    if (w->too_deep || w->top == 0)
        return;
    prose_level *box = &w->levels[w->top];
    if (box->run.size || box->line.size || box->boxes.size)
        prose_end_paragraph(w, JOIN_LINE);
    buffer_put(out, box->done.bytes, box->done.size);
    out->failed |= box->done.failed;
    free_level(box);
    w->top--;
}

void prose_close_box(prose *w)
{
    buffer text = BUFFER_INIT;
    prose_take_box(w, &text);
    prose_add_box(w, (slice){text.bytes, text.size});
    w->levels[w->top].boxes.failed |= text.failed;
    buffer_free(&text);
}

status prose_end(prose *w, document *out, fault *f)
{
    prose_level *body = &w->levels[0];
    if (w->too_deep)
        return REFUSE(
            &out->reason, "xml.deep", f,
            "khung chữ lồng nhau quá %d tầng; hãy mở bằng Word rồi lưu lại",
            "text boxes are nested more than %d levels deep; open it in Word and save again",
            BOXES_MOST);
    if (body->run.size || body->line.size || body->boxes.size)
        prose_end_paragraph(w, JOIN_LINE);
    TRY(buffer_check(&body->done, f));
    /* Once more as a whole: marks that began a run now meet their letters, and blanks are put in
     * order. Nothing is detected this time. */
    text_report again = {0};
    text_display((slice){body->done.bytes, body->done.size}, ENCODING_UTF8, &out->text, &again);
    return buffer_check(&out->text, f);
}
