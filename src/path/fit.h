/* SPDX-License-Identifier: Apache-2.0 */
/*
 * How well an issuer fits what a certificate says of it beside its name, the authority key
 * identifier (RFC 5280 4.2.1.1), and whether it may issue it. It looks at no name and no signature.
 * Only path/ includes this header.
 */
#ifndef KVKCSR_PATH_FIT_H
#define KVKCSR_PATH_FIT_H

#include "path/path.h"

enum kvk_fit { KVK_FIT_OTHER, KVK_FIT_UNSAID, KVK_FIT_SAME };

/* By the key identifier of an issuer, empty where it has none. */
enum kvk_fit kvk_fit_key(const struct kvk_certificate *c, struct kvk_span ski);
/* By key identifier and serial number. */
enum kvk_fit kvk_fit_issuer(const struct kvk_certificate *c, const struct kvk_certificate *issuer);
/*
 * Whether Java takes an anchor for the one that is meant: what the certificate says of its issuer's
 * key and serial number has to agree, whether the key fits or not. Measured.
 */
bool kvk_fit_java_takes(const struct kvk_certificate *c, const struct kvk_anchor *anchor);
/*
 * What validation will find against an issuer, counted, so that a valid path is preferred; below is
 * how many certificates are below it.
 */
unsigned kvk_fit_failures(const struct kvk_certificate *issuer, kvk_time at, size_t below);

#endif
