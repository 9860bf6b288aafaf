/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "portal/checks.h"

/* Room for a distinguished name within a finding. */
#define NAME_TEXT 200

static const char *name_text(const struct kvk_name *name, char text[static NAME_TEXT])
{
	struct kvk_blob blob = { 0 };

	if (kvk_name_text(name, &blob) == KVK_OK)
		kvk_format(text, NAME_TEXT, "%s", kvk_blob_str(&blob));
	else
		text[0] = '\0';
	kvk_blob_free(&blob);
	return text;
}

/* The step of a fault; a fault of the anchor is told at the top of the path. */
static int step_of(const struct kvk_facts *facts, size_t step)
{
	if (step >= facts->path.count)
		step = facts->path.count > 0 ? facts->path.count - 1 : 0;
	return (int)step;
}

/* The first fault with this reason, undetermined or not. */
static const struct kvk_path_failure *find(
	const struct kvk_facts *facts, enum kvk_reason reason, bool undetermined)
{
	for (size_t i = 0; i < facts->report.count; i++) {
		const struct kvk_path_failure *fault = &facts->report.failures[i];

		if (fault->reason == reason && fault->undetermined == undetermined)
			return fault;
	}
	return NULL;
}

static void tell(const struct kvk_path_failure *fault, struct kvk_finding *out)
{
	if (fault->found[0] != '\0' && fault->field != NULL && fault->field[0] != '\0')
		KVK_FOUND(out, "%s: %s", fault->field, fault->found);
	else
		KVK_FOUND(out, "%s",
			fault->found[0] != '\0'	     ? fault->found :
				fault->field != NULL ? fault->field :
						       "");
	KVK_WANTED(out, "%s", fault->wanted);
}

/* What the path report says under one of Java's reasons; a path without its end is not passed. */
static void from_report(
	const struct kvk_facts *facts, struct kvk_finding *out, enum kvk_reason reason)
{
	const struct kvk_path_failure *fault = find(facts, reason, false);

	if (fault != NULL) {
		kvk_fail(out, step_of(facts, fault->cert), reason);
		tell(fault, out);
		return;
	}
	fault = find(facts, reason, true);
	if (fault != NULL) {
		kvk_unknown(out, fault->exhausted ? "budget" : "cannot-handle");
		out->where = step_of(facts, fault->cert);
		out->reason = reason;
		tell(fault, out);
	} else if (facts->report.exhausted || facts->path.exhausted) {
		kvk_unknown(out, "budget");
	} else if (facts->path.anchor == NULL) {
		kvk_unknown(out, "path-incomplete");
	}
}

void kvk_check_expired(const struct kvk_facts *facts, struct kvk_finding *out)
{
	from_report(facts, out, KVK_REASON_EXPIRED);
}

void kvk_check_not_yet_valid(const struct kvk_facts *facts, struct kvk_finding *out)
{
	from_report(facts, out, KVK_REASON_NOT_YET_VALID);
}

/* Java looks at the CAs; that the leaf must be able to sign a TLS handshake is the portal's. */
void kvk_check_key_usage(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const struct kvk_extensions *ext = &facts->leaf->ext;

	from_report(facts, out, KVK_REASON_INVALID_KEY_USAGE);
	if (out->result == KVK_RESULT_FAIL || !ext->has_key_usage ||
		(ext->key_usage & KVK_KU_DIGITAL_SIGNATURE))
		return;
	kvk_fail(out, 0, KVK_REASON_INVALID_KEY_USAGE);
	KVK_FOUND(out, "%s", _("keyUsage without digitalSignature"));
	KVK_WANTED(out, "%s", _("keyUsage with digitalSignature, which TLS clients sign with"));
}

void kvk_check_names(const struct kvk_facts *facts, struct kvk_finding *out)
{
	from_report(facts, out, KVK_REASON_INVALID_NAME);
	if (out->result == KVK_RESULT_PASS && facts->report.names_open)
		kvk_unknown(out, "not-processed");
}

void kvk_check_policies(const struct kvk_facts *facts, struct kvk_finding *out)
{
	from_report(facts, out, KVK_REASON_INVALID_POLICY);
	if (out->result == KVK_RESULT_PASS && facts->report.policies_open)
		kvk_unknown(out, "not-processed");
}

void kvk_check_signatures(const struct kvk_facts *facts, struct kvk_finding *out)
{
	from_report(facts, out, KVK_REASON_INVALID_SIGNATURE);
}

void kvk_check_issuers_are_cas(const struct kvk_facts *facts, struct kvk_finding *out)
{
	from_report(facts, out, KVK_REASON_NOT_CA_CERT);
}

void kvk_check_path_length(const struct kvk_facts *facts, struct kvk_finding *out)
{
	from_report(facts, out, KVK_REASON_PATH_TOO_LONG);
}

void kvk_check_critical_extensions(const struct kvk_facts *facts, struct kvk_finding *out)
{
	from_report(facts, out, KVK_REASON_UNRECOGNIZED_CRIT_EXT);
}

void kvk_check_chaining(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const struct kvk_path *path = &facts->path;
	const struct kvk_certificate *top;
	char name[NAME_TEXT];

	from_report(facts, out, KVK_REASON_NAME_CHAINING);
	if (out->result == KVK_RESULT_FAIL || path->anchor != NULL || path->count == 0)
		return;
	top = path->certs[path->count - 1].certificate;
	if (facts->link_missing && !path->exhausted) {
		kvk_fail(out, (int)path->count - 1, KVK_REASON_NAME_CHAINING);
		KVK_FOUND(out, _("the issuer '%s' is not in the file"),
			name_text(&top->issuer, name));
		KVK_WANTED(out, "%s", _("each certificate followed by the one that issued it"));
	} else if (out->result == KVK_RESULT_UNKNOWN && kvk_certificate_self_issued(top)) {
		/* every link is there, up to a root; that nobody trusts it is message 22 */
		out->result = KVK_RESULT_PASS;
		out->why = "";
	}
}

/* Whether the delivery is of a kind whose roots are not among the anchors at hand (public EV). */
static bool no_anchors_for_it(const struct kvk_facts *facts)
{
	if (facts->anchor_count == 0)
		return true;
	return !facts->trust_replaced && !facts->has_public_anchors && facts->leaf_ev_policy &&
		!facts->leaf_pkio_policy;
}

void kvk_check_anchor(const struct kvk_facts *facts, struct kvk_finding *out)
{
	const struct kvk_path *path = &facts->path;
	const struct kvk_path_failure *fault = find(facts, KVK_REASON_NO_TRUST_ANCHOR, false);
	const struct kvk_certificate *top;
	char name[NAME_TEXT];

	if (path->anchor != NULL && fault == NULL)
		return;
	if (path->exhausted || path->count == 0) {
		kvk_unknown(out, "budget");
		return;
	}
	out->where = (int)path->count - 1;
	out->reason = KVK_REASON_NO_TRUST_ANCHOR;
	top = path->certs[path->count - 1].certificate;
	if (kvk_certificate_self_issued(top))
		KVK_FOUND(out, _("the chain ends at '%s', which is not trusted"),
			name_text(&top->subject, name));
	else
		KVK_FOUND(out, _("the chain ends at a certificate of '%s', which is not at hand"),
			name_text(&top->issuer, name));
	KVK_WANTED(out,
		facts->trust_replaced ?
			_("a path to one of the %zu trust anchors given") :
			_("a path to one of the %zu trust anchors known to this program"),
		facts->anchor_count);
	if (no_anchors_for_it(facts))
		kvk_unknown(out, "no-anchors");
	else
		kvk_fail(out, out->where, KVK_REASON_NO_TRUST_ANCHOR);
}

void kvk_check_stray_root(const struct kvk_facts *facts, struct kvk_finding *out)
{
	char name[NAME_TEXT];
	int where = KVK_WHERE_FILE;

	if (facts->stray_root == NULL)
		return;
	for (size_t i = 0; i < facts->path.count; i++)
		if (facts->path.certs[i].certificate == facts->stray_root)
			where = (int)i;
	kvk_fail(out, where, KVK_REASON_NONE);
	KVK_FOUND(out, _("'%s' is self-signed and not one of the trusted roots"),
		name_text(&facts->stray_root->subject, name));
	KVK_WANTED(out, "%s", _("CA certificates that a trusted root issued"));
}
