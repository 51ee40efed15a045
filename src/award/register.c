/* The register of certificates: serials, frozen bytes, printings, states. */
#include "chamthi/award.h"
#include "chamthi/random.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* ---- what is due ---- */
status certificate_due(store *db, arena *mem, int64_t year, certificate **out, size_t *count,
                       int64_t *without_number, fault *f)
{
    cursor c;
    size_t capacity = 0;
    *count = 0;
    *out = NULL;
    *without_number = 0;
    TRY(store_select(db, Q_CERTIFICATE_DUE, ARGS(v_int(year)), &c, f));
    while (cursor_next(&c))
        capacity++;
    TRY(cursor_close(&c, f));
    *out = ARENA_ARRAY(mem, certificate, capacity + 1);
    if (!*out)
        return fault_memory(f);
    TRY(store_select(db, Q_CERTIFICATE_DUE, ARGS(v_int(year)), &c, f));
    while (*count < capacity && cursor_next(&c)) {
        if (!*cursor_text(&c, 6) || !*cursor_text(&c, 7)) {
            ++*without_number;
            continue;
        }
        (*out)[(*count)++] = (certificate){.award = cursor_int(&c, 0),
                                           .year = cursor_int(&c, 1),
                                           .name = cursor_copy(&c, 2, mem),
                                           .address = cursor_copy(&c, 3, mem),
                                           .prize = cursor_copy(&c, 4, mem),
                                           .title = cursor_copy(&c, 5, mem),
                                           .decision = cursor_copy(&c, 6, mem),
                                           .decision_date = cursor_copy(&c, 7, mem),
                                           .recipient = cursor_copy(&c, 8, mem),
                                           .honorific = cursor_copy(&c, 9, mem),
                                           .achievement = cursor_copy(&c, 10, mem),
                                           .authority = cursor_copy(&c, 11, mem),
                                           .signatory_title = cursor_copy(&c, 12, mem),
                                           .signatory_name = cursor_copy(&c, 13, mem),
                                           .since = cursor_int(&c, 14)};
    }
    return cursor_close(&c, f);
}

status certificate_next_serial(store *db, arena *mem, int64_t year, const char *kind,
                               const char **out, fault *f)
{
    int64_t number;
    TRY(store_int(db, Q_REGISTER_NEXT, ARGS(v_int(year), v_text(kind)), &number, f));
    *out = arena_format(mem, "%d/%s-%03lld", (int)year, kind, (long long)number);
    return *out ? OK : fault_memory(f);
}

status certificate_register(store *db, const certificate *c, slice pdf, int64_t replaces, fault *f)
{
    unsigned char hash[HASH_SIZE];
    char object[80], hex[2 * HASH_SIZE + 1];
    hash_bytes(hash, pdf.bytes, pdf.size);
    hex_encode(hex, hash, HASH_SIZE);
    TRY(store_run(db, Q_CERTIFICATE_ADD,
                  ARGS(v_int(c->award), v_text(c->serial), v_text(c->code), v_int(c->year),
                       v_text(c->honorific), v_text(c->name), v_text(c->address),
                       v_text(c->achievement), v_text(c->prize), v_text(c->title),
                       v_text(c->decision), v_text(c->decision_date), v_text(c->qr),
                       v_bytes(pdf.bytes, pdf.size), v_bytes(hash, HASH_SIZE),
                       replaces ? v_int(replaces) : v_null(), v_int(clock_now()),
                       c->template_id ? v_int(c->template_id) : v_null(), v_text(c->kind),
                       v_text(c->contest), v_text(c->organizer), v_text(c->authority),
                       v_text(c->place), v_text(c->signatory_title), v_text(c->signatory_name)),
                  NULL, f));
    snprintf(object, sizeof object, "certificate %s", c->serial);
    return audit_record(db, replaces ? "certificate.reissue" : "certificate.issue", object, NULL,
                        hex, f);
}

/* ---- looking up ---- */
static void read_certificate(cursor *c, arena *mem, certificate *out)
{
    *out = (certificate){.id = cursor_int(c, 0),
                         .award = cursor_int(c, 1),
                         .year = cursor_int(c, 2),
                         .serial = cursor_copy(c, 3, mem),
                         .code = cursor_copy(c, 4, mem),
                         .qr = cursor_copy(c, 5, mem),
                         .honorific = cursor_copy(c, 6, mem),
                         .name = cursor_copy(c, 7, mem),
                         .address = cursor_copy(c, 8, mem),
                         .achievement = cursor_copy(c, 9, mem),
                         .prize = cursor_copy(c, 10, mem),
                         .title = cursor_copy(c, 11, mem),
                         .decision = cursor_copy(c, 12, mem),
                         .decision_date = cursor_copy(c, 13, mem),
                         .state = cursor_copy(c, 14, mem),
                         .reason = cursor_copy(c, 15, mem),
                         .replaces = cursor_copy(c, 16, mem),
                         .replaced_by = cursor_copy(c, 17, mem),
                         .template_id = cursor_int(c, 18),
                         .kind = cursor_copy(c, 19, mem),
                         .contest = cursor_copy(c, 20, mem),
                         .organizer = cursor_copy(c, 21, mem),
                         .authority = cursor_copy(c, 22, mem),
                         .place = cursor_copy(c, 23, mem),
                         .signatory_title = cursor_copy(c, 24, mem),
                         .signatory_name = cursor_copy(c, 25, mem),
                         .recipient = cursor_copy(c, 26, mem),
                         .printings = cursor_int(c, 27)};
}

/* Fills at most `capacity` and counts all. */
static status look_up(store *db, arena *mem, const sql_value *args, certificate *out,
                      size_t capacity, size_t *count, fault *f)
{
    cursor c;
    *count = 0;
    TRY(store_select(db, Q_CERTIFICATE_LIST, args, 4, &c, f));
    for (; cursor_next(&c); ++*count)
        if (*count < capacity)
            read_certificate(&c, mem, &out[*count]);
    return cursor_close(&c, f);
}

status certificate_list(store *db, arena *mem, int64_t year, certificate **out, size_t *count,
                        fault *f)
{
    const sql_value args[] = {v_int(year), v_text(""), v_text(""), v_null()};
    TRY(look_up(db, mem, args, NULL, 0, count, f));
    *out = ARENA_ARRAY(mem, certificate, *count + 1);
    if (!*out)
        return fault_memory(f);
    return look_up(db, mem, args, *out, *count, count, f);
}

status certificate_find(store *db, arena *mem, const char *serial_or_code, certificate *out,
                        fault *f)
{
    char code[CODE_TEXT_MAX], serial[64];
    size_t count;
    bool is_code = code_parse(serial_or_code, code);
    snprintf(serial, sizeof serial, "%s", serial_or_code);
    for (char *p = serial; *p; p++)
        *p = (char)toupper((unsigned char)*p);
    const sql_value args[] = {v_int(0), v_text(is_code ? "" : serial), v_text(is_code ? code : ""),
                              v_null()};
    TRY(look_up(db, mem, args, out, 1, &count, f));
    if (!count)
        return FAIL(f, E_MISSING, "không có giấy chứng nhận nào mang số hoặc mã “%s”",
                    "no certificate has the serial or code “%s”", serial_or_code);
    return OK;
}

status certificate_find_file(store *db, arena *mem, slice pdf, certificate *out, fault *f)
{
    unsigned char hash[HASH_SIZE];
    size_t count;
    hash_bytes(hash, pdf.bytes, pdf.size);
    const sql_value args[] = {v_int(0), v_text(""), v_text(""), v_bytes(hash, HASH_SIZE)};
    TRY(look_up(db, mem, args, out, 1, &count, f));
    return count ? OK : E_MISSING;
}

status certificate_pdf(store *db, int64_t id, buffer *out, fault *f)
{
    cursor c;
    TRY(store_select(db, Q_CERTIFICATE_PDF, ARGS(v_int(id)), &c, f));
    if (cursor_next(&c)) {
        slice pdf = cursor_bytes(&c, 0);
        buffer_put(out, pdf.bytes, pdf.size);
    }
    TRY(cursor_close(&c, f));
    return buffer_check(out, f);
}

/* ---- layouts and the signing key ---- */
status certificate_template_put(store *db, const char *name, slice yaml, int64_t *id, fault *f)
{
    unsigned char hash[HASH_SIZE];
    hash_bytes(hash, yaml.bytes, yaml.size);
    TRY(store_run(db, Q_CERTIFICATE_TEMPLATE_PUT,
                  ARGS(v_bytes(hash, HASH_SIZE), v_text(name), v_bytes(yaml.bytes, yaml.size)),
                  NULL, f));
    return store_int(db, Q_CERTIFICATE_TEMPLATE_ID, ARGS(v_bytes(hash, HASH_SIZE)), id, f);
}

status certificate_template_get(store *db, arena *mem, int64_t id, const char **name, slice *yaml,
                                fault *f)
{
    cursor c;
    *yaml = (slice){NULL, 0};
    TRY(store_select(db, Q_CERTIFICATE_TEMPLATE_GET, ARGS(v_int(id)), &c, f));
    if (cursor_next(&c)) {
        slice kept = cursor_bytes(&c, 1);
        *name = cursor_copy(&c, 0, mem);
        *yaml = (slice){arena_copy(mem, kept.bytes, kept.size), kept.size};
    }
    TRY(cursor_close(&c, f));
    return yaml->bytes ? OK : fault_memory(f);
}

status signing_secret(store *db, const unsigned char *seed, unsigned char secret[SIGN_SECRET],
                      fault *f)
{
    cursor c;
    unsigned char key[SIGN_PUBLIC];
    bool found = false;
    TRY(store_select(db, Q_SIGNING_KEY_LAST, NO_ARGS, &c, f));
    if (cursor_next(&c) && cursor_bytes(&c, 0).size == SIGN_SECRET) {
        memcpy(secret, cursor_bytes(&c, 0).bytes, SIGN_SECRET);
        found = true;
    }
    TRY(cursor_close(&c, f));
    if (found)
        return OK;
    random_bytes(secret, SIGN_SECRET);
    if (seed) {
        hash_state h;
        hash_start(&h, seed, SEED_SIZE);
        hash_piece(&h, "signing key", strlen("signing key"));
        hash_end(&h, secret);
    }
    sign_public(secret, key);
    TRY(store_run(db, Q_SIGNING_KEY_ADD,
                  ARGS(v_bytes(key, SIGN_PUBLIC), v_bytes(secret, SIGN_SECRET), v_int(clock_now())),
                  NULL, f));
    char hex[2 * SIGN_PUBLIC + 1];
    hex_encode(hex, key, SIGN_PUBLIC);
    return audit_record(db, "certificate.key", "signing key", NULL, hex, f);
}

status signing_keys(store *db, arena *mem, unsigned char (**out)[SIGN_PUBLIC], size_t *count,
                    fault *f)
{
    enum { KEYS_MOST = 64 };
    cursor c;
    *count = 0;
    *out = arena_alloc(mem, KEYS_MOST * SIGN_PUBLIC);
    if (!*out)
        return fault_memory(f);
    TRY(store_select(db, Q_SIGNING_KEYS_PUBLIC, NO_ARGS, &c, f));
    while (*count < KEYS_MOST && cursor_next(&c))
        if (cursor_bytes(&c, 0).size == SIGN_PUBLIC)
            memcpy((*out)[(*count)++], cursor_bytes(&c, 0).bytes, SIGN_PUBLIC);
    return cursor_close(&c, f);
}

/* ---- changes ---- */
static status note_printings(store *db, const char *actor, const certificate *list, size_t count,
                             const char *way, fault *f)
{
    int64_t now = clock_now();
    for (size_t i = 0; i < count; i++) {
        char object[80];
        snprintf(object, sizeof object, "certificate %s", list[i].serial);
        TRY(store_run(db, Q_CERTIFICATE_PRINTED,
                      ARGS(v_int(list[i].id), v_int(now), v_text(actor), v_text(way)), NULL, f));
        TRY(audit_record(db, list[i].printings ? "certificate.reprint" : "certificate.print",
                         object, NULL, way, f));
    }
    return OK;
}

status certificate_printed(store *db, const char *actor, const certificate *list, size_t count,
                           const char *way, fault *f)
{
    if (!count)
        return OK;
    TRY(store_begin(db, actor, f));
    status st = note_printings(db, actor, list, count, way, f);
    if (st == OK)
        return store_commit(db, f);
    store_rollback(db);
    return st;
}

static status revoke(store *db, const certificate *c, const char *reason, fault *f)
{
    char object[80];
    TRY(store_run(db, Q_CERTIFICATE_STATE, ARGS(v_text("revoked"), v_text(reason), v_int(c->id)),
                  NULL, f));
    snprintf(object, sizeof object, "certificate %s", c->serial);
    return audit_record(db, "certificate.revoke", object, c->state, "revoked", f);
}

status certificate_revoke(store *db, arena *mem, const char *actor, const char *serial,
                          const char *reason, fault *f)
{
    certificate c;
    TRY(certificate_find(db, mem, serial, &c, f));
    if (strcmp(c.state, "revoked") == 0 || strcmp(c.state, "replaced") == 0)
        return FAIL(f, E_CONFLICT, "giấy chứng nhận %s đã bị thu hồi hoặc thay thế trước đó",
                    "the certificate %s was revoked or replaced before", c.serial);
    TRY(store_begin(db, actor, f));
    status st = revoke(db, &c, reason, f);
    if (st == OK)
        return store_commit(db, f);
    store_rollback(db);
    return st;
}
