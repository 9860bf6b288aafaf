/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/portal/sample.h"

#include <string.h>

static void good(struct sample *s)
{
	(void)s;
}

/* For each reason of Java: a failure in the leaf, one in a CA, and one that stays open. */
#define FAULTS(name, reason) \
	static void name##_leaf(struct sample *s) \
	{ \
		sample_failure(s, reason, 0); \
	} \
	static void name##_ca(struct sample *s) \
	{ \
		sample_failure(s, reason, 2); \
	} \
	static void name##_open(struct sample *s) \
	{ \
		sample_open_failure(s, reason, 1); \
	}

FAULTS(algorithm, KVK_REASON_ALGORITHM_CONSTRAINED)
FAULTS(expired, KVK_REASON_EXPIRED)
FAULTS(usage, KVK_REASON_INVALID_KEY_USAGE)
FAULTS(names, KVK_REASON_INVALID_NAME)
FAULTS(policy, KVK_REASON_INVALID_POLICY)
FAULTS(signature, KVK_REASON_INVALID_SIGNATURE)
FAULTS(chaining, KVK_REASON_NAME_CHAINING)
FAULTS(not_ca, KVK_REASON_NOT_CA_CERT)
FAULTS(early, KVK_REASON_NOT_YET_VALID)
FAULTS(length, KVK_REASON_PATH_TOO_LONG)
FAULTS(critical, KVK_REASON_UNRECOGNIZED_CRIT_EXT)

static void leaf_bits(struct sample *s)
{
	s->leaf.key.bits = 2047;
}

static void ca_bits(struct sample *s)
{
	s->tsp.key.bits = 1024;
}

static void bits_2048(struct sample *s)
{
	s->leaf.key.bits = 2048;
}

/* sha1WithRSAEncryption, and ecdsa-with-SHA1. */
static void leaf_sha1(struct sample *s)
{
	static const uint8_t sha1[] = { 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d,
		0x01, 0x01, 0x05, 0x05, 0x00 };

	s->leaf.algorithm = (struct kvk_span){ sha1, sizeof sha1 };
}

static void ca_sha1(struct sample *s)
{
	static const uint8_t sha1[] = { 0x30, 0x09, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x04,
		0x01 };

	s->intermediate.algorithm = (struct kvk_span){ sha1, sizeof sha1 };
}

static void leaf_bits_1023(struct sample *s)
{
	s->leaf.key.bits = 1023;
}

static void leaf_md5(struct sample *s)
{
	static const uint8_t md5[] = { 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d,
		0x01, 0x01, 0x04, 0x05, 0x00 };

	s->leaf.algorithm = (struct kvk_span){ md5, sizeof md5 };
}

/* The CA comes first, and the leaf makes it sure. */
static void ca_sha1_and_leaf(struct sample *s)
{
	ca_sha1(s);
	sample_failure(s, KVK_REASON_ALGORITHM_CONSTRAINED, 0);
}

static void revoked_leaf(struct sample *s)
{
	s->facts.certs[0].status.answer.state = KVK_REVOCATION_REVOKED;
}

static void revoked_ca(struct sample *s)
{
	s->facts.certs[1].status.answer.state = KVK_REVOCATION_REVOKED;
}

static void unknown_leaf(struct sample *s)
{
	s->facts.certs[0].status.answer.state = KVK_REVOCATION_UNDETERMINED;
	s->facts.certs[0].status.answer.why = KVK_WHY_NO_CRL;
}

static void unknown_ca(struct sample *s)
{
	s->facts.certs[2].status.answer.state = KVK_REVOCATION_UNDETERMINED;
	s->facts.certs[2].status.answer.why = KVK_WHY_CRL_STALE;
}

static void other_key(struct sample *s)
{
	unknown_leaf(s);
	s->facts.path.proven = false;
	sample_failure(s, KVK_REASON_INVALID_SIGNATURE, 0);
}

static void revocation_off(struct sample *s)
{
	unknown_leaf(s);
	s->asked.no_revocation = true;
}

static void foreign_root(struct sample *s)
{
	sample_no_anchor(s);
	s->intermediate.issuer = s->intermediate.subject;
}

static void link_missing(struct sample *s)
{
	sample_no_anchor(s);
	s->facts.path.count = 1;
	s->facts.link_missing = true;
}

static void leaf_alone(struct sample *s)
{
	sample_no_anchor(s);
	s->facts.path.count = 1;
	s->facts.certificate_count = 1;
}

static void ev_without_store(struct sample *s)
{
	sample_ev(s);
	leaf_alone(s);
	s->facts.has_public_anchors = false;
}

static void ev_with_trust(struct sample *s)
{
	ev_without_store(s);
	s->facts.trust_replaced = true;
}

static void no_anchors_at_all(struct sample *s)
{
	leaf_alone(s);
	s->facts.anchor_count = 0;
}

static void link_exhausted(struct sample *s)
{
	link_missing(s);
	s->facts.path.exhausted = true;
}

static void exhausted(struct sample *s)
{
	leaf_alone(s);
	s->facts.path.exhausted = true;
}

/* A path was found, and a better one may exist. */
static void broken_off(struct sample *s)
{
	s->facts.path.exhausted = true;
}

static void broken_off_expired_leaf(struct sample *s)
{
	broken_off(s);
	expired_leaf(s);
}

static void broken_off_expired_ca(struct sample *s)
{
	broken_off(s);
	expired_ca(s);
}

static void broken_off_signature_leaf(struct sample *s)
{
	broken_off(s);
	signature_leaf(s);
}

static void broken_off_algorithm_leaf(struct sample *s)
{
	broken_off(s);
	algorithm_leaf(s);
}

static void broken_off_sha1_ca(struct sample *s)
{
	broken_off(s);
	ca_sha1(s);
}

static void broken_off_algorithm_ca(struct sample *s)
{
	broken_off(s);
	algorithm_ca(s);
}

static void broken_off_revoked_leaf(struct sample *s)
{
	broken_off(s);
	revoked_ca(s);
	revoked_leaf(s);
}

static void broken_off_revoked_ca(struct sample *s)
{
	broken_off(s);
	revoked_ca(s);
}

static void anchor_failure(struct sample *s)
{
	sample_failure(s, KVK_REASON_NO_TRUST_ANCHOR, 3);
}

static void stray_in_path(struct sample *s)
{
	foreign_root(s);
	s->facts.stray_root = &s->intermediate;
}

static void stray_beside(struct sample *s)
{
	leaf_alone(s);
	s->facts.stray_root = &s->other;
}

static void names_not_processed(struct sample *s)
{
	s->facts.report.names_open = true;
}

static void policies_not_processed(struct sample *s)
{
	s->facts.report.policies_open = true;
}

static void no_digital_signature(struct sample *s)
{
	s->leaf.ext.key_usage = KVK_KU_NON_REPUDIATION;
}

static void no_key_usage(struct sample *s)
{
	s->leaf.ext.has_key_usage = false;
	s->leaf.ext.key_usage = 0;
}

static void last_moment(struct sample *s)
{
	s->asked.at = s->leaf.not_after;
}

static void after_end(struct sample *s)
{
	s->asked.at = s->leaf.not_after + 1;
}

static void before_start(struct sample *s)
{
	s->asked.at = s->leaf.not_before - 1;
}

static void outlives_ca(struct sample *s)
{
	s->tsp.not_after = s->leaf.not_after - KVK_SECOND;
}

static void under_the_anchor(struct sample *s)
{
	s->facts.path.count = 1;
}

#define THREE(number, name) \
	{ number, KVK_RESULT_PASS, "good", good }, \
		{ number, KVK_RESULT_FAIL, "leaf", name##_leaf }, \
		{ number, KVK_RESULT_FAIL, "CA", name##_ca }, \
		{ number, KVK_RESULT_UNKNOWN, "open", name##_open }, \
	{ \
		number, KVK_RESULT_UNKNOWN, "path without its end", leaf_alone \
	}

const struct sample_case cases_path[] = {
	THREE(1, algorithm),
	{ 1, KVK_RESULT_PASS, "2048 bits", bits_2048 },
	{ 1, SAMPLE_ASSUMED, "leaf of 2047 bits", leaf_bits },
	{ 1, SAMPLE_ASSUMED, "CA of 1024 bits", ca_bits },
	{ 1, KVK_RESULT_FAIL, "leaf of 1023 bits", leaf_bits_1023 },
	{ 1, KVK_RESULT_FAIL, "MD5", leaf_md5 },
	{ 1, KVK_RESULT_FAIL, "SHA-1 at a CA, and a failure of the path below it",
		ca_sha1_and_leaf },
	{ 1, SAMPLE_ASSUMED, "SHA-1", leaf_sha1 },
	{ 1, SAMPLE_ASSUMED, "SHA-1 with ECDSA in a CA", ca_sha1 },
	{ 1, KVK_RESULT_FAIL, "leaf, and the search was broken off", broken_off_algorithm_leaf },
	{ 1, KVK_RESULT_UNKNOWN, "CA, and the search was broken off", broken_off_algorithm_ca },
	{ 1, KVK_RESULT_UNKNOWN, "SHA-1 in a CA, and the search was broken off",
		broken_off_sha1_ca },
	{ 2, KVK_RESULT_PASS, "good", good },
	{ 2, KVK_RESULT_PASS, "revoked is known", revoked_leaf },
	{ 2, KVK_RESULT_UNKNOWN, "leaf", unknown_leaf },
	{ 2, KVK_RESULT_UNKNOWN, "CA", unknown_ca },
	{ 2, KVK_RESULT_SKIPPED, "a signature on the path does not hold", other_key },
	{ 28, KVK_RESULT_SKIPPED, "a signature on the path does not hold", other_key },
	{ 2, KVK_RESULT_SKIPPED, "switched off", revocation_off },
	{ 2, KVK_RESULT_SKIPPED, "no path", leaf_alone },
	THREE(5, expired),
	{ 5, KVK_RESULT_FAIL, "leaf, and the search was broken off", broken_off_expired_leaf },
	{ 5, KVK_RESULT_UNKNOWN, "CA, and the search was broken off", broken_off_expired_ca },
	{ 6, KVK_RESULT_PASS, "good", good },
	{ 6, KVK_RESULT_PASS, "last moment", last_moment },
	{ 6, KVK_RESULT_PASS, "issued by the anchor", under_the_anchor },
	{ 6, KVK_RESULT_FAIL, "a millisecond late", after_end },
	{ 6, KVK_RESULT_FAIL, "a millisecond early", before_start },
	{ 6, KVK_RESULT_PASS, "outlives its CA", outlives_ca },
	{ 6, KVK_RESULT_PASS, "issuer not found", leaf_alone },
	THREE(7, usage),
	{ 7, KVK_RESULT_PASS, "no keyUsage", no_key_usage },
	{ 7, KVK_RESULT_FAIL, "leaf for nonRepudiation", no_digital_signature },
	THREE(8, names),
	{ 8, KVK_RESULT_UNKNOWN, "constraints that were not processed", names_not_processed },
	THREE(9, policy),
	{ 9, KVK_RESULT_UNKNOWN, "constraints that were not processed", policies_not_processed },
	THREE(10, signature),
	{ 10, KVK_RESULT_UNKNOWN, "leaf, and the search was broken off",
		broken_off_signature_leaf },
	THREE(17, chaining),
	{ 17, KVK_RESULT_FAIL, "missing link", link_missing },
	{ 17, KVK_RESULT_UNKNOWN, "out of budget before a link was missed", link_exhausted },
	{ 17, KVK_RESULT_PASS, "every link, up to a foreign root", foreign_root },
	{ 22, KVK_RESULT_PASS, "good", good },
	{ 22, KVK_RESULT_FAIL, "foreign root", foreign_root },
	{ 22, KVK_RESULT_FAIL, "leaf alone", leaf_alone },
	{ 22, KVK_RESULT_FAIL, "the path report says so", anchor_failure },
	{ 22, KVK_RESULT_FAIL, "EV, and not under the anchors given", ev_with_trust },
	{ 22, KVK_RESULT_UNKNOWN, "EV without a store", ev_without_store },
	{ 22, KVK_RESULT_UNKNOWN, "no anchors", no_anchors_at_all },
	{ 22, KVK_RESULT_UNKNOWN, "out of budget", exhausted },
	THREE(23, not_ca),
	THREE(24, early),
	THREE(27, length),
	{ 28, KVK_RESULT_PASS, "good", good },
	{ 28, KVK_RESULT_FAIL, "leaf", revoked_leaf },
	{ 28, KVK_RESULT_FAIL, "CA", revoked_ca },
	{ 28, KVK_RESULT_UNKNOWN, "nobody knows", unknown_ca },
	{ 28, KVK_RESULT_FAIL, "leaf, and the search was broken off", broken_off_revoked_leaf },
	{ 28, KVK_RESULT_UNKNOWN, "CA, and the search was broken off", broken_off_revoked_ca },
	{ 28, KVK_RESULT_SKIPPED, "switched off", revocation_off },
	{ 28, KVK_RESULT_SKIPPED, "no path", leaf_alone },
	{ 29, KVK_RESULT_PASS, "good", good },
	{ 29, SAMPLE_ASSUMED, "in the path", stray_in_path },
	{ 29, SAMPLE_ASSUMED, "beside it", stray_beside },
	THREE(30, critical),
	{ 0, KVK_RESULT_PASS, NULL, NULL },
};
