/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "der/writer.h"
#include "tests/revocation/crls.h"
#include "tests/support/crl_issue.h"

struct fake f;
struct kvk_certificate *leaf, *tsp;
static struct kvk_key *key;
struct made made[CRLS];
struct kvk_crl_candidate crls[CRLS];
size_t count;
struct kvk_crl_issue issue;
struct kvk_revocation_answer answer;
static struct kvk_blob pieces[CRLS];
static size_t piece_count;

int make_key(void **state)
{
	(void)state;
	return kvk_key_generate(KVK_KEY_ED25519, 0, &key) == KVK_OK ? 0 : -1;
}

int free_key(void **state)
{
	(void)state;
	kvk_key_free(key);
	return 0;
}

/* Starts the next CRL: a day old, a day to go. */
static void start(void)
{
	kvk_crl_issue_free(&issue);
	kvk_crl_issue_start(&issue);
	issue.signing = &kvk_signing_ed25519;
	issue.this_update = FAKE_NOW - KVK_DAY;
	issue.next_update = FAKE_NOW + KVK_DAY;
}

int set_up(void **state)
{
	(void)state;
	memset(&f, 0, sizeof(f));
	memset(made, 0, sizeof(made));
	memset(crls, 0, sizeof(crls));
	memset(pieces, 0, sizeof(pieces));
	count = piece_count = 0;
	fake_start(&f);
	leaf = fake_leaf(&f, "Leaf", "Tsp", 4, 3);
	tsp = fake_ca(&f, "Tsp", "Root", 3, 1);
	start();
	return 0;
}

int tear_down(void **state)
{
	(void)state;
	for (size_t i = 0; i < CRLS; i++) {
		kvk_crl_free(&made[i].crl);
		kvk_blob_free(&made[i].der);
		kvk_blob_free(&pieces[i]);
	}
	kvk_crl_issue_free(&issue);
	memset(&issue, 0, sizeof(issue));
	fake_free(&f);
	return 0;
}

/*
 * Finishes the CRL under construction in the name of an issuer, signed by key number signer, and
 * starts the next.
 */
struct kvk_crl *finish(const char *issuer, unsigned signer)
{
	struct made *m = &made[count];

	assert_true(count < CRLS);
	/* A test may begin again. */
	kvk_crl_free(&m->crl);
	assert_int_equal(kvk_crl_sign(&issue, fake_name(&f, issuer), key, &m->der), KVK_OK);
	assert_int_equal(kvk_crl_read(kvk_span_of_blob(&m->der), &m->crl), KVK_OK);
	m->signature[0] = (uint8_t)signer;
	m->crl.signature = (struct kvk_span){ .p = m->signature, .n = 1 };
	crls[count++].crl = &m->crl;
	start();
	return &m->crl;
}

struct kvk_crl_input input_of(const struct kvk_certificate *c, const struct kvk_certificate *issuer)
{
	return (struct kvk_crl_input){
		.certificate = c,
		.issuer = issuer,
		.anchor = &f.anchor,
		.crls = crls,
		.crl_count = count,
		.at = FAKE_NOW,
		.signatures = &f.signatures,
	};
}

void ask(enum kvk_manner manner)
{
	struct kvk_crl_input in = input_of(leaf, tsp);

	in.manner = manner;
	assert_int_equal(kvk_crl_status(&in, &answer), KVK_OK);
}

/* What both readers, or one of them, say of the leaf. */
void expect(int manner, enum kvk_revocation state, enum kvk_revocation_why why)
{
	for (int m = KVK_MANNER_RFC5280; m <= KVK_MANNER_JAVA; m++) {
		if (manner != BOTH && manner != m)
			continue;
		ask((enum kvk_manner)m);
		assert_int_equal(answer.state, state);
		assert_int_equal(answer.why, why);
	}
}

void expect_good(int manner)
{
	expect(manner, KVK_REVOCATION_GOOD, KVK_WHY_DETERMINED);
}

void expect_revoked(int manner)
{
	expect(manner, KVK_REVOCATION_REVOKED, KVK_WHY_DETERMINED);
}

void expect_open(int manner, enum kvk_revocation_why why)
{
	expect(manner, KVK_REVOCATION_UNDETERMINED, why);
}

void revoke_leaf(kvk_time date, int reason)
{
	kvk_crl_revoke(&issue, leaf->serial, date, reason);
}

/* GeneralNames of one member, as the contents of fullName or cRLIssuer. */
static struct kvk_span general(unsigned tag, struct kvk_span content)
{
	struct kvk_der_writer w = { 0 };

	assert_true(piece_count < CRLS);
	kvk_der_put(&w, tag, content);
	assert_int_equal(kvk_der_write_done(&w, &pieces[piece_count]), KVK_OK);
	return kvk_span_of_blob(&pieces[piece_count++]);
}

struct kvk_span uri(const char *text)
{
	return general(KVK_DER_CONTEXT(6), kvk_span_of(text));
}

struct kvk_span directory(const char *cn)
{
	return general(KVK_DER_CONTEXT_CONSTRUCTED(4), fake_name(&f, cn));
}

struct kvk_crl_point *give_point(struct kvk_certificate *c)
{
	c->ext.has_crl_points = true;
	return &c->ext.crl_points[c->ext.crl_point_count++];
}
