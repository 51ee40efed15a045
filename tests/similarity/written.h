/* What the tests of similarity share: essays of the fixtures, and labelled texts as intake writes them. */
#ifndef TESTS_WRITTEN_H
#define TESTS_WRITTEN_H

#include "../similarity/labelled.h"

#include "chamthi/file.h"
#include "chamthi/text.h"
#include "similarity/engine.h"

enum { MEMORY = 512 * 1024 * 1024 };

static fault f;

/* The display text of an essay of fixtures/essays, without its head. */
LABELLED slice essay(arena *mem, const char *folder, const char *name)
{
    buffer raw = BUFFER_INIT, display = BUFFER_INIT;
    char *path = file_join(mem, folder, name);
    assert_ok(file_read(path, 1 << 20, &raw, &f), &f);
    const char *body = strstr(raw.bytes, "\n---\n");
    body = body ? body + 5 : raw.bytes;
    text_report report = {0};
    text_display((slice){body, strlen(body)}, ENCODING_UTF8, &display, &report);
    slice copy = {arena_copy(mem, display.bytes, display.size), display.size};
    assert_non_null(copy.bytes);
    buffer_free(&raw);
    buffer_free(&display);
    return copy;
}

LABELLED size_t all_essays(arena *mem, slice *out, const char **names)
{
    file_list list;
    assert_ok(file_walk(mem, "fixtures/essays", 2, &list, &f), &f);
    assert_in_range(list.count, 60, 100);
    for (size_t i = 0; i < list.count; i++) {
        out[i] = essay(mem, "fixtures/essays", list.items[i].path);
        names[i] = list.items[i].path;
    }
    return list.count;
}

LABELLED chain_model train(arena *mem)
{
    slice texts[100];
    const char *names[100];
    size_t count = all_essays(mem, texts, names);
    return chain_train(mem, texts, count);
}

/* As intake does: what was written goes through the display form. */
LABELLED engine_text written(arena *mem, const chain_model *m, labelled_text t, size_t number)
{
    buffer raw = BUFFER_INIT, display = BUFFER_INIT;
    text_report report = {0};
    write_words(m, t.words, t.how, number, &raw);
    text_display((slice){raw.bytes, raw.size}, ENCODING_UTF8, &display, &report);
    /* Labels of passages count the bytes of the raw text. */
    if (t.how == WRITE_PLAIN)
        assert_in_range(raw.size - display.size, 0, 1);
    engine_text out = {.display = {arena_copy(mem, display.bytes, display.size), display.size},
                       .year = 2024};
    assert_non_null(out.display.bytes);
    buffer_free(&raw);
    buffer_free(&display);
    return out;
}

LABELLED engine_text *written_set(arena *mem, const labelled_set *set)
{
    engine_text *texts = ARENA_ARRAY(mem, engine_text, set->text_count);
    assert_non_null(texts);
    for (size_t i = 0; i < set->text_count; i++)
        texts[i] = written(mem, set->model, set->texts[i], i);
    return texts;
}

LABELLED engine_text joined(arena *mem, const chain_model *m, const word_list *parts, size_t count)
{
    word_list all = {NULL, 0};
    for (size_t i = 0; i < count; i++)
        all = words_join(mem, all, parts[i]);
    return written(mem, m, (labelled_text){all, WRITE_PLAIN}, 0);
}

#endif
