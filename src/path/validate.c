/* SPDX-License-Identifier: Apache-2.0 */
/*
 * RFC 5280 section 6.1 under its own letters and in its order. What takes more than a few lines
 * lies in units of its own: names.h has (b), (c) and (g), policy.h what concerns policies, and
 * algorithm.h what Java refuses beyond the RFC. (a)(3), revocation, is revocation/'s.
 *
 * All is asked of each certificate, whatever was found before, in the order of Java's validator:
 * check_certificate() has that order.
 */
#include "config.h"

#include "path/validate.h"

#include "base/escape.h"
#include "base/format.h"
#include "base/time.h"
#include "path/algorithm.h"
#include "path/names.h"
#include "path/policy.h"
#include "path/state.h"
#include "path/words.h"

/* 6.1.1(d): that an anchor was reached; Java looks for one before anything else. */
static enum kvk_err check_anchor(struct kvk_path_state *state)
{
	const struct kvk_path *path = state->path;
	const struct kvk_name *issuer = &state->cert->issuer;
	struct kvk_path_failure *failure;
	enum kvk_err err = KVK_OK;

	if (path->anchor != NULL)
		return KVK_OK;
	if (path->link_missing) {
		failure = kvk_path_fail(state, KVK_REASON_NAME_CHAINING, "issuer");
		failure->undetermined = failure->exhausted = path->exhausted;
		KVK_TRY(kvk_words_name(failure->found, sizeof(failure->found), issuer));
	}
	failure = kvk_path_fail(state, KVK_REASON_NO_TRUST_ANCHOR, "issuer");
	failure->cert = path->count;
	failure->undetermined = failure->exhausted = path->exhausted;
	KVK_TRY(kvk_words_name(failure->found, sizeof(failure->found), issuer));
out:
	return err;
}

/* 6.1.3(a)(1): the signature verifies with the working public key. */
static enum kvk_err check_signature(struct kvk_path_state *state)
{
	const struct kvk_certificate *c = state->cert;
	struct kvk_path_failure *failure;
	const char *misfit = NULL;
	enum kvk_link link;
	enum kvk_err err = KVK_OK;

	if (state->issuer_name == NULL)
		return KVK_OK;
	KVK_TRY(kvk_signature_check(state->input->signatures, state->issuer_spki,
		state->issuer_parent_spki, c->algorithm, c->tbs, c->signature, &link));
	if (link == KVK_LINK_GOOD || link == KVK_LINK_UNHANDLED)
		misfit = kvk_path_algorithm_misfit(state, link == KVK_LINK_GOOD);
	if (link == KVK_LINK_GOOD && misfit == NULL)
		goto out;
	if (link == KVK_LINK_UNHANDLED && kvk_path_algorithm_refused(state))
		goto out;
	failure = kvk_path_fail(state, KVK_REASON_INVALID_SIGNATURE, "signatureValue");
	failure->undetermined = link != KVK_LINK_BAD && misfit == NULL;
	if (misfit != NULL)
		KVK_FORMAT(failure->found, "%s", misfit);
	else if (link == KVK_LINK_UNHANDLED)
		KVK_FORMAT(failure->found, "%s",
			_("the signature algorithm or the key is not supported"));
	else if (link == KVK_LINK_EXHAUSTED)
		KVK_FORMAT(failure->found, "%s", _("too many signatures would have to be checked"));
	if (link == KVK_LINK_EXHAUSTED)
		state->report->exhausted = failure->exhausted = true;
out:
	return err;
}

static void fail_validity(struct kvk_path_state *state, enum kvk_reason reason, const char *field,
	kvk_time found, const char *relation)
{
	struct kvk_path_failure *failure = kvk_path_fail(state, reason, field);
	char text[KVK_TIME_TEXT_SIZE];

	KVK_FORMAT(failure->found, "%s", kvk_time_text(found, text));
	KVK_FORMAT(failure->wanted, "%s %s", relation, kvk_time_text(state->input->at, text));
}

/* 6.1.3(a)(2): the time is within the validity; both ends belong to it, to the millisecond. */
static void check_validity(struct kvk_path_state *state)
{
	const struct kvk_certificate *c = state->cert;

	if (state->input->at < c->not_before)
		fail_validity(state, KVK_REASON_NOT_YET_VALID, "notBefore", c->not_before, "<=");
	if (state->input->at > c->not_after)
		fail_validity(state, KVK_REASON_EXPIRED, "notAfter", c->not_after, ">=");
}

/* 6.1.3(a)(4): the issuer is the working issuer name. */
static enum kvk_err check_chaining(struct kvk_path_state *state)
{
	const struct kvk_name *issuer = &state->cert->issuer;
	struct kvk_path_failure *failure;
	enum kvk_err err;

	if (state->issuer_name == NULL ||
		kvk_name_equal(issuer, state->issuer_name, state->input->manner))
		return KVK_OK;
	failure = kvk_path_fail(state, KVK_REASON_NAME_CHAINING, "issuer");
	KVK_TRY(kvk_words_name(failure->found, sizeof(failure->found), issuer));
	KVK_TRY(kvk_words_name(failure->wanted, sizeof(failure->wanted), state->issuer_name));
out:
	return err;
}

/*
 * 6.1.4(c) to (f), seen from below: the working issuer name, public key and parameters for
 * certificate number at are those of the certificate above it, else of the anchor (6.1.2(g) to
 * (j)).
 */
static void prepare(struct kvk_path_state *state, size_t at)
{
	const struct kvk_path *path = state->path;

	state->at = at;
	state->cert = path->certs[at].certificate;
	state->self_issued =
		kvk_name_equal(&state->cert->subject, &state->cert->issuer, state->input->manner);
	if (at + 1 < path->count) {
		const struct kvk_certificate *issuer = path->certs[at + 1].certificate;

		/* (e): a key without parameters of its own keeps those from further up */
		if (!state->issuer_inherits)
			state->issuer_parent_spki = state->issuer_spki;
		state->issuer_name = &issuer->subject;
		state->issuer_spki = issuer->spki;
		state->issuer_inherits = issuer->key.inherits_parameters;
	} else if (path->anchor != NULL) {
		state->issuer_name = &path->anchor->name;
		state->issuer_spki = path->anchor->spki;
		state->issuer_parent_spki = path->anchor->parent_spki;
		state->issuer_inherits = path->anchor->key.inherits_parameters;
	}
}

/* 6.1.4(k): a CA certificate says that it is one. */
static void check_ca(struct kvk_path_state *state)
{
	const struct kvk_certificate *c = state->cert;
	struct kvk_path_failure *failure;

	if (c->version == 3 && c->ext.has_basic_constraints && c->ext.ca)
		return;
	failure = kvk_path_fail(state, KVK_REASON_NOT_CA_CERT, "basicConstraints.cA");
	KVK_FORMAT(failure->wanted, "cA TRUE");
	if (c->version != 3)
		KVK_FORMAT(failure->found, "v%u", c->version);
	else if (c->ext.has_basic_constraints)
		KVK_FORMAT(failure->found, "cA FALSE");
}

/* 6.1.4(l), (m): max_path_length is counted down, and lowered to pathLenConstraint. */
static void check_path_length(struct kvk_path_state *state)
{
	const struct kvk_extensions *e = &state->cert->ext;
	struct kvk_path_failure *failure;

	if (!state->self_issued && state->max_path_length > 0) {
		state->max_path_length--;
	} else if (!state->self_issued) {
		failure = kvk_path_fail(
			state, KVK_REASON_PATH_TOO_LONG, "basicConstraints.pathLenConstraint");
		KVK_FORMAT(failure->found, "%zu", state->at);
	}
	if (e->has_path_length && e->path_length < state->max_path_length)
		state->max_path_length = (size_t)e->path_length;
}

/* The bits of a key usage that mean something by themselves. */
enum { MEANINGFUL = KVK_KU_ENCIPHER_ONLY - 1 };

/*
 * Whether a key usage is for nothing: encipherOnly and decipherOnly mean nothing without another
 * bit (4.2.1.3). Java refuses that in every certificate, a leaf too.
 */
static bool is_for_nothing(const struct kvk_path_state *state)
{
	const struct kvk_extensions *e = &state->cert->ext;

	return kvk_path_is_java(state) && e->has_key_usage && (e->key_usage & MEANINGFUL) == 0;
}

static void check_any_usage(struct kvk_path_state *state)
{
	struct kvk_path_failure *failure;

	if (!is_for_nothing(state))
		return;
	failure = kvk_path_fail(state, KVK_REASON_INVALID_KEY_USAGE, "keyUsage");
	KVK_FORMAT(failure->wanted, "%s", state->at == 0 ? "digitalSignature" : "keyCertSign");
}

/* 6.1.4(n): the key usage of a CA, where there is one, has keyCertSign. */
static void check_key_usage(struct kvk_path_state *state)
{
	const struct kvk_extensions *e = &state->cert->ext;
	struct kvk_path_failure *failure;

	if (!e->has_key_usage || (e->key_usage & KVK_KU_KEY_CERT_SIGN) != 0 ||
		is_for_nothing(state))
		return;
	failure = kvk_path_fail(state, KVK_REASON_INVALID_KEY_USAGE, "keyUsage");
	KVK_FORMAT(failure->wanted, "keyCertSign");
}

/* What this code processes in either manner; the one list of handled critical extensions. */
static bool is_processed(enum kvk_oid oid, enum kvk_manner manner)
{
	switch (oid) {
	case KVK_OID_EXT_BASIC_CONSTRAINTS:
	case KVK_OID_EXT_KEY_USAGE:
	case KVK_OID_EXT_EKU:
	case KVK_OID_EXT_SAN:
	case KVK_OID_EXT_NAME_CONSTRAINTS:
	case KVK_OID_EXT_POLICIES:
	case KVK_OID_EXT_POLICY_MAPPINGS:
	case KVK_OID_EXT_POLICY_CONSTRAINTS:
	case KVK_OID_EXT_INHIBIT_ANY_POLICY:
		return true;
	case KVK_OID_EXT_CRL_POINTS:
	case KVK_OID_EXT_ISSUER_ALT_NAME:
	case KVK_OID_EXT_SKI:
	case KVK_OID_EXT_AKI:
		return manner == KVK_MANNER_RFC5280;
	default:
		return false;
	}
}

/*
 * What has to be processed where it is recognised (4.2), critical or not, and cannot be read: Java
 * goes on as if it were not there.
 */
static bool is_unreadable(const struct kvk_extension *extension, enum kvk_manner manner)
{
	return manner == KVK_MANNER_RFC5280 && extension->oid == KVK_OID_UNKNOWN &&
		is_processed(kvk_oid_find(extension->type), KVK_MANNER_JAVA);
}

/* 6.1.4(o), 6.1.5(f): no critical extension is left that nobody processed. */
static void check_extensions(struct kvk_path_state *state)
{
	const struct kvk_extensions *e = &state->cert->ext;
	enum kvk_manner manner = state->input->manner;
	char text[KVK_LIMIT_OID_TEXT];

	for (size_t i = 0; i < e->count; i++) {
		const struct kvk_extension *one = &e->all[i];
		enum kvk_reason reason = KVK_REASON_NONE;
		struct kvk_path_failure *failure;

		if (is_unreadable(one, manner))
			reason = KVK_REASON_UNSPECIFIED;
		else if (one->critical && !is_processed(one->oid, manner))
			reason = KVK_REASON_UNRECOGNIZED_CRIT_EXT;
		else
			continue;
		failure = kvk_path_fail(state, reason, "extensions");
		kvk_oid_label(one->type, text);
		kvk_escape_to(failure->found, sizeof(failure->found), kvk_span_of(text));
	}
}

/* All of 6.1.3, 6.1.4 and 6.1.5 that concerns one certificate, in the order of Java. */
static enum kvk_err check_certificate(struct kvk_path_state *state)
{
	enum kvk_err err;

	KVK_TRY(kvk_path_algorithm(state));
	check_any_usage(state);
	KVK_TRY(kvk_path_algorithm_keys(state));
	if (state->at > 0) {
		check_key_usage(state);
		check_ca(state);
		check_path_length(state);
	}
	KVK_TRY(kvk_path_names(state));
	kvk_path_policy(state);
	check_validity(state);
	KVK_TRY(check_chaining(state));
	KVK_TRY(check_signature(state));
	check_extensions(state);
out:
	return err;
}

enum kvk_err kvk_path_validate(const struct kvk_path *path, const struct kvk_path_input *input,
	struct kvk_path_report *out)
{
	struct kvk_path_state state = {
		.path = path,
		.input = input,
		.report = out,
		/* 6.1.2(k) */
		.max_path_length = path->count,
	};
	enum kvk_err err;

	kvk_path_report_start(out);
	out->exhausted = path->exhausted;
	if (path->count == 0)
		return KVK_ERR_ARGUMENT;
	kvk_path_policy_start(&state);
	prepare(&state, path->count - 1);
	KVK_TRY(check_anchor(&state));
	KVK_TRY(check_certificate(&state));
	for (size_t at = path->count - 1; at-- > 0;) {
		prepare(&state, at);
		KVK_TRY(check_certificate(&state));
	}
out:
	return err;
}
