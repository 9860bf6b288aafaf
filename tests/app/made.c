/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/app/made.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <cmocka.h>

#include "conf/datadir.h"
#include "tests/request/help.h"

void made_delivery(const char *file, const char *fault, struct kvk_span csr)
{
	const struct delivery_options options = {
		.faults = (const char *const[]){ fault, NULL },
		.csr = csr,
	};
	struct delivery delivery = { 0 };
	struct kvk_blob root = { 0 };

	assert_int_equal(delivery_make(&options, &delivery), KVK_OK);
	assert_int_equal(
		kvk_practice_pem("CERTIFICATE", kvk_span_of_blob(&delivery.ca[0]), &root), KVK_OK);
	put("root.pem", kvk_span_of_blob(&root));
	put("crls.pem", kvk_span_of_blob(&delivery.crls_pem));
	put(file, kvk_span_of_blob(&delivery.upload));
	kvk_blob_free(&root);
	delivery_free(&delivery);
}

struct kvk_case made_case(void)
{
	static char root[128], crls[128];
	static const char *const roots[] = { root }, *const lists[] = { crls };

	snprintf(root, sizeof root, "%s/root.pem", scratch);
	snprintf(crls, sizeof crls, "%s/crls.pem", scratch);
	return (struct kvk_case){ .trust = { roots, 1 }, .crl = { lists, 1 }, .at = DELIVERY_NOW };
}

void made_order(struct kvk_new *run, const char *extra)
{
	*run = (struct kvk_new){ 0 };
	help_basic_answers(&run->answers);
	help_answer(&run->answers, "key-type=ecdsa", extra, (char *)NULL);
	assert_int_equal(kvk_presets_load(kvk_datadir(), &run->presets, NULL), KVK_OK);
	assert_int_equal(
		kvk_order_settle(&run->answers, &run->presets, &run->order, &run->review), KVK_OK);
}

void made_dossier(struct kvk_new *run)
{
	struct kvk_error why = { "" };

	made_order(run, NULL);
	assert_int_equal(kvk_new_find_place(run, below("home"), &why), KVK_OK);
	assert_int_equal(kvk_new_make_key(run, &why), KVK_OK);
	assert_int_equal(kvk_new_make_request(run, &why), KVK_OK);
	assert_int_equal(kvk_new_store(run, &why), KVK_OK);
}
