/* SPDX-License-Identifier: Apache-2.0 */
/*
 * A pkcs11: URI (RFC 7512) that names a key that is to be made: the token in which, and what the
 * key is to be called. For src/crypto alone.
 */
#ifndef KVKCSR_CRYPTO_TOKEN_URI_H
#define KVKCSR_CRYPTO_TOKEN_URI_H

#include <stdbool.h>

#include "base/blob.h"

/* Start with zeros, free with kvk_token_uri_free(). */
struct kvk_token_uri {
	/* The URI without what names an object in the token. */
	struct kvk_blob token;
	/* The name of the object ("object=") and its ID ("id="; empty where there is none),
	 * decoded. */
	struct kvk_blob label, id;
};

/*
 * Takes the URI apart; what is in *out is replaced. KVK_ERR_ARGUMENT where it does not name the
 * token, or the object, or a name is not text, KVK_ERR_MEMORY.
 */
enum kvk_err kvk_token_uri_split(const char *uri, struct kvk_token_uri *out);
void kvk_token_uri_free(struct kvk_token_uri *uri);
/* Whether it says which token is meant: by "token=", "serial=" or "slot-id=". */
bool kvk_token_uri_names_token(const char *uri);

#endif
