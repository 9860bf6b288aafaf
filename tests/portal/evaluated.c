/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "conf/datadir.h"
#include "crypto/verify.h"
#include "tests/portal/evaluated.h"

static struct kvk_knowledge *knowledge;
static struct kvk_verifier *verifier;

static enum kvk_err verify(void *context, struct kvk_span spki, struct kvk_span algorithm,
	struct kvk_span data, struct kvk_span signature)
{
	return kvk_verify(context, spki, algorithm, data, signature);
}

/* Cuts a list of faults at its blanks, in place. */
static void split(char *text, const char **faults)
{
	size_t count = 0;

	for (char *word = strtok(text, " "); word != NULL; word = strtok(NULL, " "))
		faults[count++] = word;
	faults[count] = NULL;
}

static enum kvk_err run(struct evaluated *j, const char *name)
{
	const struct kvk_gather_input input = {
		.contents = &j->contents,
		.name = name,
		.asked = &j->asked,
		.evidence = &j->evidence,
		.signatures = &j->signatures,
	};

	enum kvk_err err;

	KVK_TRY(kvk_gather(&input, &j->facts));
	KVK_TRY(kvk_portal_evaluate(&j->facts, &j->verdict));
out:
	return err;
}

void evaluate(struct evaluated *j, struct delivery_options *options, const char *faults,
	const struct kvk_account *account, const uint8_t (*uploaded)[KVK_SHA256_SIZE], size_t count)
{
	const struct kvk_certificate *anchors[] = { &j->roots[0], &j->roots[1] };
	const char *list[16];
	char text[128];

	memset(j, 0, sizeof *j);
	snprintf(text, sizeof text, "%s", faults);
	split(text, list);
	options->faults = list;
	assert_int_equal(delivery_make(options, &j->delivery), KVK_OK);
	assert_int_equal(kvk_contents_read(&j->delivery.upload, &j->contents), KVK_OK);
	assert_int_equal(
		kvk_certificate_read(kvk_span_of_blob(&j->delivery.ca[0]), &j->roots[0]), KVK_OK);
	assert_int_equal(kvk_trust_from_certificates(anchors, 1, &j->trust), KVK_OK);
	if (j->delivery.crls_pem.n > 0)
		assert_int_equal(kvk_crls_add(&j->crls, &j->delivery.crls_pem, "crls"), KVK_OK);
	j->signatures = (struct kvk_signatures){ .verify = verify, .context = verifier };
	j->asked = (struct kvk_case){ .at = DELIVERY_NOW, .account = *account };
	j->evidence = (struct kvk_evidence){
		.trust = &j->trust,
		.knowledge = knowledge,
		.history_known = uploaded != NULL,
		.uploaded = uploaded,
		.uploaded_count = count,
	};
	j->evidence.crls = kvk_crls_array(&j->crls, &j->evidence.crl_count);
	assert_int_equal(run(j, "delivery.pem"), KVK_OK);
}

void evaluate_with(struct evaluated *j, const struct kvk_trust *trust)
{
	j->asked = (struct kvk_case){ .at = DELIVERY_NOW };
	j->evidence = (struct kvk_evidence){ .trust = trust, .knowledge = knowledge };
	assert_int_equal(run(j, NULL), KVK_OK);
}

enum kvk_err evaluate_again(
	struct evaluated *j, const struct kvk_blob *upload, const struct kvk_blob *crls)
{
	struct kvk_blob file = { 0 }, lists = { 0 };
	enum kvk_err err;

	kvk_contents_free(&j->contents);
	kvk_crls_free(&j->crls);
	KVK_TRY(kvk_blob_append(&file, kvk_span_of_blob(upload)));
	KVK_TRY(kvk_blob_append(&lists, kvk_span_of_blob(crls)));
	KVK_TRY(kvk_contents_read(&file, &j->contents));
	KVK_TRY(kvk_crls_add(&j->crls, &lists, "crls"));
	j->evidence.crls = kvk_crls_array(&j->crls, &j->evidence.crl_count);
	KVK_TRY(run(j, "delivery.pem"));
out:
	kvk_blob_free(&file);
	kvk_blob_free(&lists);
	return err;
}

void evaluated_free(struct evaluated *j)
{
	kvk_trust_free(&j->trust);
	for (size_t i = 0; i < sizeof(j->roots) / sizeof(j->roots[0]); i++)
		kvk_certificate_free(&j->roots[i]);
	kvk_crls_free(&j->crls);
	kvk_contents_free(&j->contents);
	delivery_free(&j->delivery);
}

int evaluated_load(void **state)
{
	(void)state;
	return kvk_knowledge_load(kvk_datadir(), &knowledge, NULL) == KVK_OK &&
			kvk_verifier_new(&verifier) == KVK_OK ?
		0 :
		-1;
}

int evaluated_unload(void **state)
{
	(void)state;
	kvk_knowledge_free(knowledge);
	kvk_verifier_free(verifier);
	return 0;
}
