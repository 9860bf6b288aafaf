/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/contents.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "cert/pem.h"
#include "file.h"
#include "made.h"

#define LEAF MADE_CERTIFICATE(MADE_V3, "")
#define PKCS8 "30(020100 30(06(2b6570)) 04(04('THIS IS A SECRET KEY, 32 octets.')))"
#define PKCS8_LOCKED "30(30(06(2a864886f70d01050d)30()) 04('THIS IS A SECRET'))"

static bool holds_secret(struct kvk_span span)
{
	return span.n > 0 && memmem(span.p, span.n, "SECRET", 6) != NULL;
}

/* Looks at the file and then for anything of a key in what is kept. */
static void assert_no_secret(size_t keys)
{
	struct kvk_blob decoded = { 0 };
	struct kvk_pem_block pem;
	struct kvk_span rest;
	unsigned line = 1;

	look();
	assert_true(contents.remarks & (UINT32_C(1) << KVK_REMARK_PRIVATE_KEY));
	assert_false(holds_secret(kvk_span_of_blob(&contents.raw)));
	for (size_t i = 0; i < contents.storage.count; i++)
		assert_false(holds_secret(kvk_span_of_blob(kvk_vec_at(&contents.storage, i))));
	for (size_t i = 0; i < contents.blocks.count; i++) {
		const struct kvk_block *block = kvk_vec_at(&contents.blocks, i);

		if (block->kind != KVK_BLOCK_KEY && block->kind != KVK_BLOCK_ENCRYPTED_KEY)
			continue;
		assert_int_equal(block->der.n, 0);
		keys--;
	}
	assert_int_equal(keys, 0);
	rest = kvk_span_of_blob(&contents.raw);
	while (kvk_pem_next(kvk_span_of_blob(&contents.raw), &rest, &line, &pem))
		if (kvk_pem_decode(&pem, &decoded) == KVK_OK)
			assert_false(holds_secret(kvk_span_of_blob(&decoded)));
	kvk_blob_free(&decoded);
	forget(NULL);
}

static void private_keys_are_not_kept(void **state)
{
	(void)state;
	add_pem("PRIVATE KEY", PKCS8);
	add_pem("CERTIFICATE", LEAF);
	assert_no_secret(1);
	add_pem("CERTIFICATE", LEAF);
	add_pem("ENCRYPTED PRIVATE KEY", PKCS8_LOCKED);
	add_pem("CERTIFICATE", PKCS8);
	assert_no_secret(2);
	add_der(PKCS8);
	assert_no_secret(1);
	add_der(LEAF PKCS8);
	assert_no_secret(1);
	/* no END line: all that follows belongs to it */
	add_pem("PRIVATE KEY", PKCS8);
	file.n -= strlen("-----END PRIVATE KEY-----\n");
	assert_no_secret(1);
	add_pem("STRANGE PRIVATE KEY", PKCS8);
	assert_no_secret(1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(private_keys_are_not_kept, forget),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
