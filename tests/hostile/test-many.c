/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Deliveries one after the other in the same memory: what was learnt of the first says nothing
 * about the second, although every pointer is the same.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "conf/datadir.h"
#include "crypto/verify.h"
#include "gather/gather.h"
#include "tests/practice/delivery.h"
#include "tests/support/shapes.h"

static enum kvk_err check(void *context, struct kvk_span spki, struct kvk_span algorithm,
	struct kvk_span data, struct kvk_span signature)
{
	return kvk_verify(context, spki, algorithm, data, signature);
}

static bool is_proven(const struct kvk_gather_input *input)
{
	static struct kvk_facts facts;

	assert_int_equal(kvk_gather(input, &facts), KVK_OK);
	assert_int_equal(facts.path.count, 1);
	return facts.path.proven;
}

static void a_signature_is_checked_anew(void **state)
{
	static struct kvk_certificate tsp;
	const struct kvk_certificate *anchor = &tsp;
	struct delivery_options options = { .shape = KVK_PRACTICE_G4 };
	const struct kvk_case asked = { .at = DELIVERY_NOW, .no_revocation = true };
	struct kvk_evidence evidence = { 0 };
	struct kvk_gather_input input = { .asked = &asked, .evidence = &evidence };
	struct kvk_contents contents = { 0 };
	struct kvk_trust trust = { 0 };
	struct kvk_signatures signatures = { .verify = check };
	struct kvk_verifier *verifier;
	struct kvk_knowledge *knowledge;
	struct delivery delivery = { 0 };
	uint8_t *last;

	(void)state;
	assert_int_equal(delivery_make(&options, &delivery), KVK_OK);
	assert_int_equal(
		kvk_certificate_read(kvk_span_of_blob(&delivery.ca[KVK_PRACTICE_TSP]), &tsp),
		KVK_OK);
	assert_int_equal(kvk_trust_from_certificates(&anchor, 1, &trust), KVK_OK);
	assert_int_equal(kvk_knowledge_load(kvk_datadir(), &knowledge, NULL), KVK_OK);
	assert_int_equal(kvk_verifier_new(&verifier), KVK_OK);
	assert_int_equal(kvk_contents_read(&delivery.leaf, &contents), KVK_OK);
	signatures.context = verifier;
	input.contents = &contents;
	evidence.trust = &trust;
	evidence.knowledge = knowledge;
	input.signatures = &signatures;
	last = contents.raw.p + contents.raw.n - 1;
	assert_true(is_proven(&input));
	*last ^= 1;
	assert_false(is_proven(&input));
	*last ^= 1;
	assert_true(is_proven(&input));
	kvk_contents_free(&contents);
	kvk_verifier_free(verifier);
	kvk_knowledge_free(knowledge);
	kvk_trust_free(&trust);
	kvk_certificate_free(&tsp);
	delivery_free(&delivery);
}

int main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(a_signature_is_checked_anew) };

	return cmocka_run_group_tests(tests, NULL, NULL);
}
