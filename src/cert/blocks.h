/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of cert/contents.h: how struct kvk_contents is filled, finding the blocks of a file and
 * looking into each.
 */
#ifndef KVKCSR_CERT_BLOCKS_H
#define KVKCSR_CERT_BLOCKS_H

#include "cert/contents.h"

/* Where a block is in the file, and its label where it is PEM. */
struct kvk_place {
	size_t offset, size;
	unsigned line;
	struct kvk_span label;
};

/* Notes a remark. */
void kvk_blocks_remark(struct kvk_contents *contents, enum kvk_remark remark);
/*
 * Finds all blocks of contents->raw and sets form and remarks. KVK_ERR_MEMORY, KVK_ERR_CRYPTO; what
 * is wrong with the file is noted, not returned.
 */
enum kvk_err kvk_blocks_find(struct kvk_contents *contents);
/*
 * Adds a block with these bytes, which stay where they are, and what it holds: a certificate is
 * decoded, PKCS#7 is unpacked. KVK_ERR_LIMIT at KVK_LIMIT_BLOCKS, KVK_ERR_MEMORY, KVK_ERR_CRYPTO.
 */
enum kvk_err kvk_blocks_add(
	struct kvk_contents *contents, const struct kvk_place *place, struct kvk_span der);
/* Adds a block that could not be decoded. KVK_ERR_LIMIT, KVK_ERR_MEMORY. */
enum kvk_err kvk_blocks_add_bad(
	struct kvk_contents *contents, const struct kvk_place *place, enum kvk_err why);
/*
 * Keeps decoded bytes for the life of the contents (*bytes is emptied); *out is a span over them.
 * KVK_ERR_LIMIT, KVK_ERR_MEMORY.
 */
enum kvk_err kvk_blocks_keep(
	struct kvk_contents *contents, struct kvk_blob *bytes, struct kvk_span *out);

#endif
