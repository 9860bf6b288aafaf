/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads any bytes as a file to be uploaded. Blocks are in the file, Java's
 * answer fits what was found, and looking again at the same bytes gives the same.
 */
#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "cert/contents.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(bool condition)
{
	if (!condition)
		abort();
}

static void check_blocks(const struct kvk_contents *contents)
{
	size_t certificates = 0;

	for (size_t i = 0; i < contents->blocks.count; i++) {
		const struct kvk_block *block = kvk_vec_at(&contents->blocks, i);

		check(block->offset <= contents->size);
		check(block->size <= contents->size - block->offset);
		if (block->certificate != NULL) {
			check(block->kind == KVK_BLOCK_CERTIFICATE && block->err == KVK_OK);
			check(kvk_contents_certificate(contents, certificates++, NULL) ==
				block->certificate);
		}
		if (block->kind == KVK_BLOCK_KEY || block->kind == KVK_BLOCK_ENCRYPTED_KEY)
			check(block->der.n == 0);
	}
	check(certificates == kvk_contents_certificate_count(contents));
	check(contents->java != KVK_JAVA_READS || certificates > 0);
}

static bool look(const uint8_t *data, size_t size, struct kvk_contents *contents)
{
	struct kvk_blob file = { 0 };
	bool ok;

	check(kvk_blob_append(&file, (struct kvk_span){ data, size }) == KVK_OK);
	ok = kvk_contents_read(&file, contents) == KVK_OK;
	kvk_blob_free(&file);
	return ok;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct kvk_contents first = { 0 }, second = { 0 };

	if (!look(data, size, &first)) {
		check(size > KVK_LIMIT_FILE);
		return 0;
	}
	check_blocks(&first);
	check(look(data, size, &second));
	check(first.java == second.java && first.remarks == second.remarks);
	check(first.blocks.count == second.blocks.count && first.form == second.form);
	kvk_contents_free(&first);
	kvk_contents_free(&second);
	return 0;
}
