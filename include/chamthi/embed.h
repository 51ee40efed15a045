/* Puts a file of the tree into the program at build time: EMBED(name, "src/x/y.sql") defines
 * `name` (bytes, NUL-terminated) and `name_size` (without the NUL). Paths are from the tree's root. */
#ifndef CHAMTHI_EMBED_H
#define CHAMTHI_EMBED_H

#include <stddef.h>
#include <stdint.h>

#define EMBED(name, path)                                                                          \
    __asm__(".section .rodata\n"                                                                   \
            ".balign 16\n"                                                                         \
            ".globl " #name "\n" #name ":\n"                                                       \
            ".incbin \"" path "\"\n"                                                               \
            ".globl " #name "_end\n" #name "_end:\n"                                               \
            ".byte 0\n"                                                                            \
            ".previous\n");                                                                        \
    extern const char name[];                                                                      \
    extern const char name##_end[]
#define EMBED_SIZE(name) ((size_t)((uintptr_t)name##_end - (uintptr_t)name))

#endif
