/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What kind of thing some bytes are, by a look at their first tags, so that a person who uploads
 * the wrong file can be told which. It guesses, also where the data is cut off; it checks
 * nothing.
 */
#ifndef KVKCSR_CERT_KIND_H
#define KVKCSR_CERT_KIND_H

#include <stdbool.h>

#include "base/blob.h"

enum kvk_block_kind {
	KVK_BLOCK_CERTIFICATE,
	KVK_BLOCK_CSR,
	KVK_BLOCK_CRL,
	KVK_BLOCK_KEY,
	KVK_BLOCK_ENCRYPTED_KEY,
	KVK_BLOCK_PUBLIC_KEY,
	KVK_BLOCK_PKCS7,
	KVK_BLOCK_PKCS12,
	KVK_BLOCK_ATTRIBUTE_CERTIFICATE,
	KVK_BLOCK_PARAMETERS,
	KVK_BLOCK_OCSP,
	KVK_BLOCK_OTHER,
};

/* By the structure of DER; KVK_BLOCK_OTHER where it is none of those known. */
enum kvk_block_kind kvk_kind_of_der(struct kvk_span der);
/* By the words of a PEM label; KVK_BLOCK_OTHER where it is none of those known. */
enum kvk_block_kind kvk_kind_of_label(struct kvk_span label);
/* The word for a kind of block, translated; static. */
const char *kvk_kind_text(enum kvk_block_kind kind);
/* Whether a kind is a private key, plain or encrypted. */
bool kvk_kind_is_secret(enum kvk_block_kind kind);

/*
 * How many bytes the first value of the input takes, as its length says (0 where no length can be
 * read), which may be more than there are. Not for indefinite lengths.
 */
size_t kvk_kind_extent(struct kvk_span input);

#endif
