/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "cert/pem.h"
#include "conf/datadir.h"
#include "tests/gather/pki.h"
#include "tests/support/crl_issue.h"

struct pki pki;
static struct kvk_key *keys[PKI_KEYS];
static struct kvk_knowledge *knowledge;
static struct kvk_verifier *verifier;

static enum kvk_err verify(void *context, struct kvk_span spki, struct kvk_span algorithm,
	struct kvk_span data, struct kvk_span signature)
{
	return kvk_verify(context, spki, algorithm, data, signature);
}

int pki_load(void **state)
{
	(void)state;
	for (size_t i = 0; i < PKI_KEYS; i++)
		if (kvk_key_generate(KVK_KEY_ED25519, 0, &keys[i]) != KVK_OK)
			return -1;
	if (kvk_knowledge_load(kvk_datadir(), &knowledge, NULL) != KVK_OK)
		return -1;
	return kvk_verifier_new(&verifier) == KVK_OK ? 0 : -1;
}

int pki_unload(void **state)
{
	(void)state;
	for (size_t i = 0; i < PKI_KEYS; i++)
		kvk_key_free(keys[i]);
	kvk_knowledge_free(knowledge);
	kvk_verifier_free(verifier);
	return 0;
}

int pki_set_up(void **state)
{
	(void)state;
	memset(&pki, 0, sizeof(pki));
	return 0;
}

static void forget_file(void)
{
	kvk_trust_free(&pki.trust);
	kvk_contents_free(&pki.contents);
	kvk_blob_free(&pki.file);
}

int pki_tear_down(void **state)
{
	(void)state;
	forget_file();
	kvk_crls_free(&pki.crls);
	for (size_t i = 0; i < PKI_CERTIFICATES; i++) {
		kvk_certificate_free(&pki.all[i].certificate);
		kvk_blob_free(&pki.all[i].der);
	}
	return 0;
}

void pki_be_a_leaf(struct kvk_issue *issue)
{
	kvk_issue_drop(issue, KVK_OID_EXT_BASIC_CONSTRAINTS);
	kvk_issue_key_usage(issue, KVK_KU_DIGITAL_SIGNATURE);
}

void pki_be_expired(struct kvk_issue *issue)
{
	issue->not_after = PKI_NOW - KVK_DAY;
}

/* The Name of one common name, whole. */
static void name_of(const char *cn, struct kvk_blob *out)
{
	struct kvk_issue issue;

	kvk_issue_start(&issue);
	kvk_issue_name(&issue, KVK_OID_CN, cn);
	assert_int_equal(kvk_issue_subject_der(&issue, out), KVK_OK);
	kvk_issue_free(&issue);
}

const struct kvk_certificate *pki_certify(const char *subject, unsigned key, const char *issuer,
	unsigned signer, void (*change)(struct kvk_issue *issue))
{
	struct pki_certificate *one = &pki.all[pki.count];
	const uint8_t serial[] = { 1, (uint8_t)(pki.count + 1) };
	struct kvk_blob spki = { 0 }, name = { 0 };
	struct kvk_issue issue;

	assert_true(pki.count++ < PKI_CERTIFICATES);
	assert_int_equal(kvk_key_spki(keys[key], &spki), KVK_OK);
	name_of(issuer, &name);
	kvk_issue_start(&issue);
	kvk_issue_name(&issue, KVK_OID_CN, subject);
	kvk_issue_serial(&issue, (struct kvk_span){ serial, sizeof(serial) });
	kvk_issue_spki(&issue, kvk_span_of_blob(&spki));
	kvk_issue_basic_constraints(&issue, true, -1);
	kvk_issue_key_usage(&issue, KVK_KU_KEY_CERT_SIGN | KVK_KU_CRL_SIGN);
	issue.not_before = PKI_NOW - 30 * KVK_DAY;
	issue.not_after = PKI_NOW + 30 * KVK_DAY;
	issue.signing = &kvk_signing_ed25519;
	if (change != NULL)
		change(&issue);
	assert_int_equal(
		kvk_issue_sign(&issue, kvk_span_of_blob(&name), keys[signer], &one->der), KVK_OK);
	assert_int_equal(
		kvk_certificate_read(kvk_span_of_blob(&one->der), &one->certificate), KVK_OK);
	kvk_issue_free(&issue);
	kvk_blob_free(&spki);
	kvk_blob_free(&name);
	return &one->certificate;
}

void pki_revoke(const char *issuer, unsigned signer, const struct kvk_certificate *revoked)
{
	struct kvk_blob name = { 0 }, der = { 0 }, filler = { 0 };
	struct kvk_crl_issue crl;

	name_of(issuer, &name);
	kvk_crl_issue_start(&crl);
	crl.signing = &kvk_signing_ed25519;
	crl.this_update = PKI_NOW - KVK_DAY;
	crl.next_update = PKI_NOW + KVK_DAY;
	if (revoked != NULL)
		kvk_crl_revoke(&crl, revoked->serial, PKI_NOW - 2 * KVK_DAY, -1);
	if (pki.filler > 0) {
		assert_int_equal(kvk_blob_reserve(&filler, pki.filler), KVK_OK);
		memset(filler.p, 0, pki.filler);
		kvk_crl_extension(
			&crl, "1.2.3.4", false, (struct kvk_span){ filler.p, pki.filler });
	}
	assert_int_equal(kvk_crl_sign(&crl, kvk_span_of_blob(&name), keys[signer], &der), KVK_OK);
	assert_int_equal(kvk_crls_add(&pki.crls, &der, issuer), KVK_OK);
	kvk_crl_issue_free(&crl);
	kvk_blob_free(&filler);
	kvk_blob_free(&name);
}

void pki_put(const struct kvk_certificate *const *certificates)
{
	for (; *certificates != NULL; certificates++)
		assert_int_equal(
			kvk_pem_write(&pki.file, "CERTIFICATE", (*certificates)->der), KVK_OK);
}

void pki_trust(const struct kvk_certificate *anchor)
{
	assert_true(pki.anchor_count < PKI_ANCHORS);
	pki.anchors[pki.anchor_count++] = anchor;
}

void pki_give(const struct kvk_certificate *certificate)
{
	assert_true(pki.extra_count < PKI_CERTIFICATES);
	pki.extra[pki.extra_count++] = (struct kvk_candidate){ certificate, KVK_SOURCE_CHAIN };
}

void pki_gather(void)
{
	const struct kvk_case asked = { .at = PKI_NOW };
	struct kvk_evidence evidence = {
		.trust = &pki.trust,
		.knowledge = knowledge,
		.extra = pki.extra,
		.extra_count = pki.extra_count,
	};
	const struct kvk_gather_input input = {
		.contents = &pki.contents,
		.asked = &asked,
		.evidence = &evidence,
		.signatures = &pki.signatures,
		.fetcher = pki.fetcher,
	};
	struct kvk_blob file = pki.file;

	pki.signatures = (struct kvk_signatures){ .verify = verify, .context = verifier };
	pki.file = (struct kvk_blob){ 0 };
	forget_file();
	assert_int_equal(kvk_contents_read(&file, &pki.contents), KVK_OK);
	assert_int_equal(
		kvk_trust_from_certificates(pki.anchors, pki.anchor_count, &pki.trust), KVK_OK);
	pki.trust.limited = pki.trust_limited;
	if (pki.fetcher == NULL)
		evidence.crls = kvk_crls_array(&pki.crls, &evidence.crl_count);
	assert_int_equal(kvk_gather(&input, &pki.facts), KVK_OK);
}
