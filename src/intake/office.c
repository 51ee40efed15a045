/* Old formats (.doc, .rtf, .html) by LibreOffice, run as a limited child that makes an .odt of them, which
 * our own reader takes, fonts and all. */
#include "chamthi/child.h"
#include "chamthi/file.h"
#include "document.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { OFFICE_SECONDS = 30, OFFICE_OUTPUT = 64 * 1024, STARTS_MOST = 2 };
static const size_t office_memory = (size_t)4 * 1024 * 1024 * 1024;
static const char package[] = "libreoffice-writer-nogui";

/* The program itself, beside the script that would start it and stay with it. */
static status find_office(char *path, fault *f)
{
    char script[PATH_MAX];
    TRY(child_find("soffice", package, script, sizeof script, f));
    char *slash = realpath(script, path) ? strrchr(path, '/') : NULL;
    size_t folder = slash ? (size_t)(slash - path) + 1 : 0;
    if (folder + sizeof "soffice.bin" > PATH_MAX)
        return fault_memory(f);
    memcpy(path + folder, "soffice.bin", sizeof "soffice.bin");
    return child_find(path, package, script, sizeof script, f);
}

/* The first start of a new profile may end before the work, to start again. */
static status run_office(const char *program, const char *folder, const char *input,
                         const char *output, fault *f)
{
    char profile[PATH_MAX + 64];
    snprintf(profile, sizeof profile, "-env:UserInstallation=file://%s/ho-so", folder);
    const char *argv[] = {program,    profile,        "--headless",  "--norestore", "--nolockcheck",
                          "--nologo", "--convert-to", "odt:writer8", input,         NULL};
    child_job job = {.argv = argv,
                     .package = package,
                     .seconds = OFFICE_SECONDS,
                     .memory = office_memory,
                     .file_size = DOCUMENT_PART_LIMIT,
                     .output_limit = OFFICE_OUTPUT,
                     .folder = folder};
    status st = E_INPUT;
    for (int i = 0; i < STARTS_MOST && st != E_LIMIT && st != E_SYSTEM; i++) {
        buffer said = BUFFER_INIT;
        st = child_run(&job, &said, f);
        buffer_free(&said);
        if (access(output, R_OK) == 0)
            return OK;
    }
    return st == OK ? FAIL(f, E_INPUT, "không đọc được", "cannot be read") : st;
}

static status convert(const char *program, const char *folder, const char *ending, slice bytes,
                      buffer *odt, document *out, fault *f)
{
    char input[PATH_MAX], output[PATH_MAX];
    snprintf(input, sizeof input, "%s/bai.%s", folder, ending);
    snprintf(output, sizeof output, "%s/bai.odt", folder);
    TRY(file_write(input, bytes.bytes, bytes.size, f));
    status st = run_office(program, folder, input, output, f);
    if (st == E_INPUT)
        return REFUSE(
            &out->reason, "office.broken", f,
            "tệp hỏng, chưa tải về đủ hoặc có mật khẩu; hãy xin đơn vị gửi lại, tốt nhất là "
            "dạng .docx",
            "the file is damaged, incomplete or has a password; ask for it again, best as "
            ".docx");
    if (st == E_LIMIT)
        out->reason = "office.heavy";
    return st == OK ? file_read(output, DOCUMENT_PART_LIMIT, odt, f) : st;
}

static status read_with(const char *program, const char *ending, slice bytes, document *out,
                        fault *f)
{
    char folder[PATH_MAX / 2];
    TRY(file_make_scratch(folder, sizeof folder, f));
    buffer odt = BUFFER_INIT;
    status st = convert(program, folder, ending, bytes, &odt, out, f);
    file_remove_folder(folder);
    if (st == OK)
        st = odt_read((slice){odt.bytes, odt.size}, out, f);
    buffer_free(&odt);
    return st;
}

status office_read(const char *ending, slice bytes, document *out, fault *f)
{
    char program[PATH_MAX];
    if (find_office(program, f) != OK) {
        out->reason = "program.missing";
        return f->code = E_INPUT;
    }
    if (strcmp(ending, "html") != 0)
        return read_with(program, ending, bytes, out, f);
    buffer page = BUFFER_INIT;
    status st = html_prepare(bytes, &page, f);
    if (st == OK)
        st = read_with(program, ending, (slice){page.bytes, page.size}, out, f);
    buffer_free(&page);
    return st;
}
