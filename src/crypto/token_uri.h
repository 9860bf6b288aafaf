/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A pkcs11: URI (RFC 7512) that names a key that is to be made: the token in which, and what the
 * key is to be called. For src/crypto alone.
 */
#ifndef KVKCSR_CRYPTO_TOKEN_URI_H
#define KVKCSR_CRYPTO_TOKEN_URI_H

#include "base/blob.h"

/*
 * Takes the URI apart: *token is the URI without what names an object in it, *label the name of the
 * object ("object="), decoded. Both are emptied first. KVK_ERR_ARGUMENT where there is no name, or
 * one that is not text, KVK_ERR_MEMORY.
 */
enum kvk_err kvk_token_uri_split(const char *uri, struct kvk_blob *token, struct kvk_blob *label);

#endif
