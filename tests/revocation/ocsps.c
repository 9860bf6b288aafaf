/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <cmocka.h>

#include "der/writer.h"
#include "tests/revocation/ocsps.h"
#include "tests/support/issue_odd.h"

struct ocsp_person ocsp_issuer, ocsp_leaf;
struct ocsp_make ocsp_make;
struct kvk_ocsp_input ocsp_input;
struct kvk_signatures ocsp_signatures;
struct kvk_revocation_answer ocsp_answer;

static struct ocsp_person people[OCSP_PEOPLE];
static size_t people_count;
static struct kvk_blob ders[OCSP_ANSWERS];
static struct kvk_ocsp answers[OCSP_ANSWERS];
static struct kvk_ocsp_candidate candidates[OCSP_ANSWERS];
static size_t answer_count;
static struct kvk_verifier *verifier;

static enum kvk_err verify(void *context, struct kvk_span spki, struct kvk_span algorithm,
	struct kvk_span data, struct kvk_span signature)
{
	return kvk_verify(context, spki, algorithm, data, signature);
}

static void fill(struct ocsp_person *p, const char *name, const struct ocsp_person *signer,
	void (*change)(struct kvk_issue *issue))
{
	struct kvk_blob own = { 0 };
	struct kvk_issue issue;

	if (p->key == NULL)
		assert_int_equal(kvk_key_generate(KVK_KEY_ED25519, 0, &p->key), KVK_OK);
	assert_int_equal(kvk_key_spki(p->key, &p->spki), KVK_OK);
	kvk_issue_start(&issue);
	kvk_issue_name(&issue, KVK_OID_C, "NL");
	kvk_issue_name(&issue, KVK_OID_CN, name);
	kvk_issue_serial(&issue, kvk_span_of(name));
	kvk_issue_spki(&issue, kvk_span_of_blob(&p->spki));
	issue.not_before = OCSP_NOW - 30 * KVK_DAY;
	issue.not_after = OCSP_NOW + 30 * KVK_DAY;
	issue.signing = &kvk_signing_ed25519;
	if (change != NULL)
		change(&issue);
	assert_int_equal(kvk_issue_subject_der(&issue, &own), KVK_OK);
	assert_int_equal(
		kvk_issue_sign(&issue,
			signer == p ? kvk_span_of_blob(&own) : signer->certificate.subject.der,
			signer->key, &p->der),
		KVK_OK);
	kvk_blob_free(&own);
	kvk_issue_free(&issue);
	assert_int_equal(kvk_certificate_read(kvk_span_of_blob(&p->der), &p->certificate), KVK_OK);
}

struct ocsp_person *ocsp_certify(
	const char *name, const struct ocsp_person *signer, void (*change)(struct kvk_issue *issue))
{
	assert_true(people_count < OCSP_PEOPLE);
	fill(&people[people_count], name, signer, change);
	return &people[people_count++];
}

void ocsp_delegate(struct kvk_issue *issue)
{
	static const uint8_t null[] = { 0x05, 0x00 };

	kvk_issue_eku(issue, (const char *[]){ "1.3.6.1.5.5.7.3.9", NULL });
	kvk_issue_extension(
		issue, "1.3.6.1.5.5.7.48.1.5", false, (struct kvk_span){ null, sizeof(null) });
}

static void be_a_ca(struct kvk_issue *issue)
{
	kvk_issue_basic_constraints(issue, true, -1);
}

void ocsp_start(void)
{
	ocsp_make = (struct ocsp_make){
		.count = 1, .signer = &ocsp_issuer, .claimed = &ocsp_issuer, .version = -1
	};
	ocsp_make.entries[0] = (struct ocsp_entry){
		.about = &ocsp_leaf,
		.hash = KVK_HASH_SHA1,
		.reason = -1,
		.this_update = OCSP_NOW - KVK_DAY,
		.next_update = OCSP_NOW + KVK_DAY,
	};
}

int ocsp_set_up(void **state)
{
	(void)state;
	memset(people, 0, sizeof(people));
	memset(&ocsp_issuer, 0, sizeof(ocsp_issuer));
	memset(&ocsp_leaf, 0, sizeof(ocsp_leaf));
	people_count = answer_count = 0;
	assert_int_equal(kvk_verifier_new(&verifier), KVK_OK);
	fill(&ocsp_issuer, "Issuer", &ocsp_issuer, be_a_ca);
	fill(&ocsp_leaf, "Leaf", &ocsp_issuer, NULL);
	ocsp_signatures = (struct kvk_signatures){
		.verify = verify, .context = verifier, .budget = KVK_LIMIT_SIGNATURES
	};
	ocsp_input = (struct kvk_ocsp_input){
		.certificate = &ocsp_leaf.certificate,
		.issuer = &ocsp_issuer.certificate,
		.answers = candidates,
		.at = OCSP_NOW,
		.signatures = &ocsp_signatures,
	};
	ocsp_start();
	return 0;
}

static void forget(struct ocsp_person *p)
{
	kvk_key_free(p->key);
	kvk_certificate_free(&p->certificate);
	kvk_blob_free(&p->spki);
	kvk_blob_free(&p->der);
}

int ocsp_tear_down(void **state)
{
	(void)state;
	forget(&ocsp_issuer);
	forget(&ocsp_leaf);
	for (size_t i = 0; i < OCSP_PEOPLE; i++)
		forget(&people[i]);
	for (size_t i = 0; i < OCSP_ANSWERS; i++)
		kvk_blob_free(&ders[i]);
	kvk_verifier_free(verifier);
	return 0;
}

static void put_time(struct kvk_der_writer *w, kvk_time at)
{
	char text[KVK_TIME_TEXT_SIZE], plain[16];
	size_t n = 0;

	kvk_time_text(at, text);
	for (size_t i = 0; text[i] != '\0' && n < 14; i++) {
		if (text[i] >= '0' && text[i] <= '9')
			plain[n++] = text[i];
	}
	plain[n++] = 'Z';
	kvk_der_put(w, KVK_DER_GENERALIZED_TIME, (struct kvk_span){ (uint8_t *)plain, n });
}

static void put_hash(
	struct kvk_der_writer *w, enum kvk_hash hash, struct kvk_span bytes, bool other)
{
	uint8_t value[KVK_HASH_SIZE_MAX];
	size_t n = kvk_hash_size(hash);

	assert_int_equal(kvk_hash_bytes(hash, bytes, value), KVK_OK);
	value[n - 1] ^= other ? 1 : 0;
	kvk_der_put(w, KVK_DER_OCTET_STRING, (struct kvk_span){ value, n });
}

static void put_id(struct kvk_der_writer *w, const struct ocsp_entry *e)
{
	struct kvk_span serial = e->about->certificate.serial;
	uint8_t octets[32];

	memcpy(octets, serial.p, serial.n);
	octets[serial.n - 1] ^= e->other_serial ? 1 : 0;
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(w, e->hash == KVK_HASH_SHA1 ? KVK_OID_SHA1 : KVK_OID_SHA256);
	kvk_der_close(w);
	put_hash(w, e->hash, e->about->certificate.issuer.der, e->other_name);
	put_hash(w, e->hash, ocsp_issuer.certificate.key_bits, e->other_key);
	kvk_der_put(w, KVK_DER_INTEGER, (struct kvk_span){ octets, serial.n });
	kvk_der_close(w);
}

static void put_status(struct kvk_der_writer *w, const struct ocsp_entry *e)
{
	const struct kvk_span none = { NULL, 0 };
	const uint8_t reason[] = { (uint8_t)(e->reason >> 8), (uint8_t)e->reason };
	const size_t skipped = e->reason > UINT8_MAX ? 0 : 1;

	if (e->status != KVK_OCSP_REVOKED) {
		kvk_der_put(w, KVK_DER_CONTEXT(e->status == KVK_OCSP_GOOD ? 0 : 2), none);
		return;
	}
	kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(1));
	put_time(w, OCSP_NOW - 2 * KVK_DAY + e->later);
	if (e->reason >= 0) {
		kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(0));
		kvk_der_put(w, KVK_DER_ENUMERATED,
			(struct kvk_span){ reason + skipped, sizeof(reason) - skipped });
		kvk_der_close(w);
	}
	kvk_der_close(w);
}

static void put_extension(
	struct kvk_der_writer *w, const char *dotted, bool critical, struct kvk_span value)
{
	kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(1));
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid_text(w, dotted);
	if (critical)
		kvk_der_put_boolean(w, true);
	kvk_der_put(w, KVK_DER_OCTET_STRING, value);
	kvk_der_close(w);
	kvk_der_close(w);
	kvk_der_close(w);
}

static void put_entry(struct kvk_der_writer *w, const struct ocsp_entry *e)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	put_id(w, e);
	put_status(w, e);
	put_time(w, e->this_update);
	if (!e->no_next_update) {
		kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(0));
		put_time(w, e->next_update);
		kvk_der_close(w);
	}
	if (e->critical)
		put_extension(w, "1.2.3.4", true, kvk_span_of("x"));
	kvk_der_close(w);
}

static void put_data(struct kvk_der_writer *w)
{
	const struct kvk_certificate *claimed = &ocsp_make.claimed->certificate;

	kvk_der_open(w, KVK_DER_SEQUENCE);
	if (ocsp_make.version >= 0) {
		kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(0));
		kvk_der_put_uint(w, (uint64_t)ocsp_make.version);
		kvk_der_close(w);
	}
	kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(ocsp_make.by_name ? 1 : 2));
	if (ocsp_make.by_name)
		kvk_der_put_raw(w, claimed->subject.der);
	else
		put_hash(w, KVK_HASH_SHA1, claimed->key_bits, false);
	kvk_der_close(w);
	put_time(w, OCSP_NOW - KVK_DAY);
	kvk_der_open(w, KVK_DER_SEQUENCE);
	for (size_t i = 0; i < ocsp_make.count; i++)
		put_entry(w, &ocsp_make.entries[i]);
	kvk_der_close(w);
	if (ocsp_make.nonce != NULL)
		put_extension(w, "1.3.6.1.5.5.7.48.1.2", ocsp_make.nonce_critical,
			kvk_span_of(ocsp_make.nonce));
	else if (ocsp_make.critical)
		put_extension(w, "1.2.3.4", true, kvk_span_of("x"));
	kvk_der_close(w);
}

static void put_basic(struct kvk_der_writer *w)
{
	struct kvk_der_writer inner = { 0 };
	struct kvk_blob data = { 0 }, signature = { 0 }, algorithm = { 0 };

	put_data(&inner);
	assert_int_equal(kvk_der_write_done(&inner, &data), KVK_OK);
	assert_int_equal(kvk_key_sign(ocsp_make.signer->key, &kvk_signing_ed25519,
				 kvk_span_of_blob(&data), &signature),
		KVK_OK);
	assert_int_equal(kvk_signing_algorithm(&kvk_signing_ed25519, &algorithm), KVK_OK);
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_raw(w, kvk_span_of_blob(&data));
	kvk_der_put_raw(w, kvk_span_of_blob(&algorithm));
	kvk_der_put_bits(w, kvk_span_of_blob(&signature));
	if (ocsp_make.certificate_count > 0) {
		kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(0));
		kvk_der_open(w, KVK_DER_SEQUENCE);
		for (size_t i = 0; i < ocsp_make.certificate_count; i++)
			kvk_der_put_raw(w, kvk_span_of_blob(&ocsp_make.certificates[i]->der));
		kvk_der_close(w);
		kvk_der_close(w);
	}
	kvk_der_close(w);
	kvk_blob_free(&data);
	kvk_blob_free(&signature);
	kvk_blob_free(&algorithm);
}

void ocsp_finish(void)
{
	struct kvk_der_writer w = { 0 };
	uint8_t status = (uint8_t)ocsp_make.status;

	assert_true(answer_count < OCSP_ANSWERS);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put(&w, KVK_DER_ENUMERATED, (struct kvk_span){ &status, 1 });
	if (status == 0) {
		kvk_der_open(&w, KVK_DER_CONTEXT_CONSTRUCTED(0));
		kvk_der_open(&w, KVK_DER_SEQUENCE);
		kvk_der_put_oid(&w, KVK_OID_OCSP_BASIC);
		kvk_der_open(&w, KVK_DER_OCTET_STRING);
		put_basic(&w);
		kvk_der_close(&w);
		kvk_der_close(&w);
		kvk_der_close(&w);
	}
	kvk_der_close(&w);
	assert_int_equal(kvk_der_write_done(&w, &ders[answer_count]), KVK_OK);
	assert_int_equal(
		kvk_ocsp_read(kvk_span_of_blob(&ders[answer_count]), &answers[answer_count]),
		KVK_OK);
	candidates[answer_count].ocsp = &answers[answer_count];
	ocsp_input.answer_count = ++answer_count;
	ocsp_start();
}

void ocsp_ask(enum kvk_manner manner)
{
	ocsp_input.manner = manner;
	ocsp_signatures.checked = ocsp_signatures.remembered = 0;
	assert_int_equal(kvk_ocsp_status(&ocsp_input, &ocsp_answer), KVK_OK);
}

void ocsp_ask_last(enum kvk_manner manner)
{
	const size_t count = ocsp_input.answer_count;

	ocsp_input.answers += count - 1;
	ocsp_input.answer_count = 1;
	ocsp_ask(manner);
	ocsp_input.answers -= count - 1;
	ocsp_input.answer_count = count;
}

void ocsp_expect(enum kvk_revocation state, enum kvk_revocation_why why)
{
	for (int m = KVK_MANNER_RFC5280; m <= KVK_MANNER_JAVA; m++) {
		ocsp_ask((enum kvk_manner)m);
		assert_int_equal(ocsp_answer.state, state);
		assert_int_equal(ocsp_answer.why, why);
	}
}

void ocsp_expect_alone(enum kvk_revocation state, enum kvk_revocation_why why)
{
	answer_count = 0;
	kvk_blob_free(&ders[0]);
	ocsp_finish();
	ocsp_expect(state, why);
}
