/* What a certificate's QR says: the printed facts as lines that any phone shows, and a signature over
 * them that this program, or any with the public key, checks without a server.
 *
 *     Giấy khen 2024/GK-003
 *     Trần Thị Thuý
 *     …
 *     Mã 7K3M-9QXD-2VWT-H5RA-C8YZ
 *     =<64 bytes of Ed25519 as base64url>
 *
 * The signature covers every byte before its own line. With the address of the web pages the QR is one
 * link instead, https://…?code=…#<lines and signature as base64url>, so that a phone opens the page. */
#ifndef PRINT_SIGNED_H
#define PRINT_SIGNED_H

#include "chamthi/award.h"

/* Makes the QR's text in `mem`; `url` "" for plain lines. */
status signed_make(arena *mem, const certificate *c, const char *called, const char *url,
                   const unsigned char secret[SIGN_SECRET], const char **out, fault *f);

/* The lines and the signature out of what a QR said; false when it carries none. Lives in `mem`. */
bool signed_read(arena *mem, const char *qr, const char **lines,
                 unsigned char signature[SIGNATURE_SIZE]);

#endif
