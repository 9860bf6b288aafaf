/* SPDX-License-Identifier: Apache-2.0 */
/*
 * PEM (RFC 7468): a scanner that finds every block with its line, and the writer. What the blocks
 * are is contents.h's business.
 */
#ifndef KVKCSR_CERT_PEM_H
#define KVKCSR_CERT_PEM_H

#include <stdbool.h>

#include "base/blob.h"

/* The separators of files, groups, records and units, which Java takes for white space. */
static inline bool kvk_pem_is_odd(uint8_t c)
{
	return c >= 0x1c && c <= 0x1f;
}

/* A block as it stands in the text. */
struct kvk_pem_block {
	/* The words between "-----BEGIN " and "-----". */
	struct kvk_span label;
	/* What is between the BEGIN and the END line. */
	struct kvk_span body;
	/* Its BEGIN line, counted from 1, and its first byte. */
	unsigned line;
	size_t offset;
	bool indented, has_end, end_label_differs;
	/* There are control characters (kvk_pem_is_odd()) at the end of the BEGIN or END line. */
	bool odd;
};

/*
 * Finds the next block in *rest and moves *rest past it; *line is the line on which *rest begins
 * (start with whole and 1) and counts on. False where there is none; *rest is what is left then. A
 * block without its END line ends at the next BEGIN line or at the end of the text.
 */
bool kvk_pem_next(
	struct kvk_span whole, struct kvk_span *rest, unsigned *line, struct kvk_pem_block *out);
/*
 * Decodes the body of a block, RFC 1421 headers ("Proc-Type: ...") skipped. KVK_ERR_PEM,
 * KVK_ERR_MEMORY.
 */
enum kvk_err kvk_pem_decode(const struct kvk_pem_block *block, struct kvk_blob *out);
/* Appends a block: LF, 64 columns. KVK_ERR_MEMORY. */
enum kvk_err kvk_pem_write(struct kvk_blob *out, const char *label, struct kvk_span der);

#endif
