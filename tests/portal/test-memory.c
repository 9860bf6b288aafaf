/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Running out of memory at every request in turn, from the facts to the text and the JSON: an
 * error each time, never another verdict, never a crash.
 */
#include "config.h"

#include "tests/portal/sample.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "report/verdict.h"
#include "tests/support/alloc.h"

/* More requests than one verdict makes. */
#define REQUESTS_MAX 20000

static struct sample sample;
static struct kvk_verdict verdict;

static enum kvk_err evaluate_and_write(struct kvk_blob *out)
{
	const struct kvk_verdict_style style = { .file = "delivery.pem", .all = true };
	enum kvk_err err = kvk_portal_evaluate(&sample.facts, &verdict);

	if (err == KVK_OK)
		err = kvk_verdict_text(&sample.facts, &verdict, &style, out);
	if (err == KVK_OK)
		err = kvk_verdict_json(&sample.facts, &verdict, &style, true, out);
	return err;
}

/* A sample with much to say, so that every text is made. */
static void make_talkative(void)
{
	sample_make(&sample);
	sample.asked.account.trade_name = "Ander Voorbeeld B.V.";
	sample.tsp.key.bits = 1024;
	sample.facts.stray_root = &sample.other;
	sample_attribute(&sample.leaf.subject, KVK_OID_ORGANIZATION_IDENTIFIER, "NTRNL-69599084");
	sample_dns(&sample, "www.voorbeeld.nl", "*.voorbeeld.nl");
	memcpy(sample.uploaded[0], sample.leaf.sha256, KVK_SHA256_SIZE);
}

static void every_request_may_fail(void **state)
{
	struct kvk_blob whole = { 0 };
	long n;

	(void)state;
	make_talkative();
	assert_int_equal(evaluate_and_write(&whole), KVK_OK);
	for (n = 0; n < REQUESTS_MAX; n++) {
		struct kvk_blob out = { 0 };
		enum kvk_err err;

		kvk_alloc_fail_after(n);
		err = evaluate_and_write(&out);
		kvk_alloc_fail_after(-1);
		if (err == KVK_OK)
			assert_string_equal(kvk_blob_str(&out), kvk_blob_str(&whole));
		else
			assert_int_equal(err, KVK_ERR_MEMORY);
		kvk_blob_free(&out);
		if (err == KVK_OK)
			break;
	}
	assert_true(n > 10 && n < REQUESTS_MAX);
	kvk_blob_free(&whole);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_request_may_fail),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
