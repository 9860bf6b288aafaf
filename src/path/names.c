/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Name constraints (RFC 5280 6.1.3(b), (c), 6.1.4(g)). A name lies within the intersection of all
 * permitted subtrees just where it lies within those of every certificate above that constrains its
 * form; so no intersection is ever computed.
 */
#include "config.h"

#include "path/names.h"

#include <string.h>

#include "base/ascii.h"
#include "base/format.h"
#include "cert/java.h"
#include "path/name_match.h"
#include "path/words.h"

/*
 * The names of one certificate: its subject, its alternative names (of which mailboxes in UTF-8
 * count twice), and mail addresses in its subject.
 */
#define NAMES (2u + 2 * KVK_LIMIT_SANS + KVK_LIMIT_NAME_ATTRIBUTES)

/* Octets of a comparison that cost as much as one more. */
enum { COST_OCTETS = 64 };

struct names {
	size_t count;
	struct kvk_constrained_name all[NAMES];
	/*
	 * For one certificate above: whether its permitted subtrees speak of this name, and let it
	 * pass.
	 */
	bool asked[NAMES], permitted[NAMES];
	/* A failure was reported for it. */
	bool refused[NAMES];
	/* An address that a common name spells. */
	uint8_t address[16];
};

static void add(struct names *names, struct kvk_general_name name, const struct kvk_name *directory)
{
	if (names->count < NAMES)
		names->all[names->count++] =
			(struct kvk_constrained_name){ .name = name, .directory = directory };
}

static bool has_kind(const struct kvk_extensions *e, enum kvk_general_kind kind)
{
	for (size_t i = 0; i < e->san_count; i++) {
		if (e->sans[i].kind == kind)
			return true;
	}
	return false;
}

/* The first common name of the last RDN that has one, which Java takes for the most specific. */
static const struct kvk_attribute *find_common_name(const struct kvk_name *name)
{
	const struct kvk_attribute *cn = NULL;

	for (size_t i = 0; i < name->count; i++) {
		const struct kvk_attribute *one = &name->attributes[i];

		if (one->oid == KVK_OID_CN && (cn == NULL || cn->rdn != one->rdn))
			cn = one;
	}
	return cn;
}

/*
 * Java 17 constrains a common name that is an address where no alternative name is one, and one
 * that is a host name where no alternative name is one.
 */
static void collect_common_name(const struct kvk_certificate *c, struct names *out)
{
	const struct kvk_attribute *cn = find_common_name(&c->subject);
	struct kvk_general_name name;
	size_t n;

	if (cn == NULL)
		return;
	if (kvk_java_reads_address(cn->value, out->address, &n)) {
		name = (struct kvk_general_name){ .kind = KVK_GENERAL_IP,
			.value = { .p = out->address, .n = n } };
		if (n == 0)
			return;
	} else {
		name = (struct kvk_general_name){ .kind = KVK_GENERAL_DNS, .value = cn->value };
		if (!kvk_java_reads_host(cn->value))
			return;
	}
	if (!has_kind(&c->ext, name.kind))
		add(out, name, NULL);
}

static void collect(const struct kvk_certificate *c, bool java, struct names *out)
{
	struct kvk_general_name name = { .kind = KVK_GENERAL_DIRECTORY, .value = c->subject.der };

	if (c->subject.count > 0)
		add(out, name, &c->subject);
	for (size_t i = 0; i < c->ext.san_count; i++) {
		add(out, c->ext.sans[i], NULL);
		if (!java && kvk_name_match_mailbox(&c->ext.sans[i], &name))
			add(out, name, NULL);
	}
	/*
	 * a certificate without alternative names may carry its mail address in the subject
	 * (4.2.1.10)
	 */
	for (size_t i = 0; !c->ext.has_san && i < c->subject.count; i++) {
		name = (struct kvk_general_name){ .kind = KVK_GENERAL_EMAIL,
			.value = c->subject.attributes[i].value };
		/* Java passes over what it cannot read */
		if (c->subject.attributes[i].oid == KVK_OID_EMAIL &&
			(!java || kvk_java_reads_email(name.value)))
			add(out, name, NULL);
	}
	if (java)
		collect_common_name(c, out);
}

/* Reports a name, once. */
static enum kvk_err refuse(
	struct kvk_path_state *state, struct names *names, size_t i, const char *field)
{
	const struct kvk_constrained_name *name = &names->all[i];
	struct kvk_path_failure *failure;

	if (names->refused[i])
		return KVK_OK;
	names->refused[i] = true;
	failure = kvk_path_fail(state, KVK_REASON_INVALID_NAME, field);
	return kvk_words_general(failure->found, sizeof(failure->found), &name->name);
}

/* Pays for a comparison; false where the budget is used up. */
static bool pay(struct kvk_path_state *state, size_t octets)
{
	size_t cost = 1 + octets / COST_OCTETS;

	if (state->comparisons + cost > KVK_LIMIT_NAME_COMPARISONS)
		return false;
	state->comparisons += cost;
	return true;
}

/* Compares one name with a subtree of its form. KVK_ERR_LIMIT out of budget. */
static enum kvk_err compare(struct kvk_path_state *state, struct names *names, size_t i,
	const struct kvk_subtree *subtree, bool excluded)
{
	const struct kvk_constrained_name *name = &names->all[i];
	enum kvk_match match = KVK_MATCH_UNHANDLED;

	if (!pay(state, name->name.value.n + subtree->base.value.n))
		return KVK_ERR_LIMIT;
	/* minimum and maximum are not used by RFC 5280: "or reject the certificate" */
	if (!subtree->has_minimum_or_maximum)
		match = kvk_name_match(name, &subtree->base, state->input->manner, excluded);
	names->asked[i] = names->asked[i] || !excluded;
	names->permitted[i] = names->permitted[i] || match == KVK_MATCH_INSIDE;
	if (match == KVK_MATCH_UNHANDLED)
		return refuse(state, names, i, "nameConstraints");
	if (excluded && match == KVK_MATCH_INSIDE)
		return refuse(state, names, i, "nameConstraints.excludedSubtrees");
	return KVK_OK;
}

/* Compares every name of the form of one subtree with it. */
static enum kvk_err compare_all(struct kvk_path_state *state, struct names *names,
	const struct kvk_subtree *subtree, bool excluded)
{
	enum kvk_err err = KVK_OK;

	/* Java refuses whatever stands below them, of any form */
	if (subtree->has_minimum_or_maximum && kvk_path_is_java(state) && names->count > 0)
		return refuse(state, names, 0, "nameConstraints");
	for (size_t i = 0; i < names->count; i++) {
		if (names->refused[i] ||
			!kvk_name_match_same_form(
				&names->all[i].name, &subtree->base, state->input->manner))
			continue;
		KVK_TRY(compare(state, names, i, subtree, excluded));
	}
out:
	return err;
}

/* GeneralSubtrees ::= SEQUENCE SIZE (1..MAX) OF GeneralSubtree: its contents. */
static enum kvk_err walk(
	struct kvk_path_state *state, struct names *names, struct kvk_span subtrees, bool excluded)
{
	struct kvk_der_log log = { 0 };
	struct kvk_subtree subtree;
	struct kvk_der der;
	enum kvk_err err = KVK_OK;

	kvk_der_start(&der, subtrees, true, &log);
	while (!kvk_der_at_end(&der)) {
		KVK_TRY(kvk_general_subtree_read(&der, &subtree));
		KVK_TRY(compare_all(state, names, &subtree, excluded));
	}
out:
	return err;
}

/* The constraints of one certificate above: 6.1.3(c), then (b). */
static enum kvk_err apply(
	struct kvk_path_state *state, struct names *names, const struct kvk_extensions *above)
{
	enum kvk_err err;

	KVK_TRY(walk(state, names, above->excluded, true));
	memset(names->asked, 0, sizeof(names->asked));
	memset(names->permitted, 0, sizeof(names->permitted));
	KVK_TRY(walk(state, names, above->permitted, false));
	for (size_t i = 0; i < names->count; i++) {
		if (names->asked[i] && !names->permitted[i])
			KVK_TRY(refuse(state, names, i, "nameConstraints.permittedSubtrees"));
	}
out:
	return err;
}

/* The constraints of all certificates above, on all names of this one. */
static enum kvk_err apply_all(struct kvk_path_state *state)
{
	struct names names = { 0 };
	enum kvk_err err = KVK_OK;

	collect(state->cert, kvk_path_is_java(state), &names);
	for (size_t i = 0; i < state->constraining_count; i++)
		KVK_TRY(apply(state, &names, &state->constraining[i]->ext));
out:
	return err;
}

/* What could not be evaluated to its end. */
static enum kvk_err leave_open(struct kvk_path_state *state, enum kvk_err err)
{
	struct kvk_path_failure *failure;

	if (err != KVK_ERR_LIMIT && err != KVK_ERR_DER)
		return err;
	state->report->names_open = true;
	state->report->exhausted = state->report->exhausted || err == KVK_ERR_LIMIT;
	failure = kvk_path_fail(state, KVK_REASON_INVALID_NAME, "nameConstraints");
	failure->undetermined = true;
	failure->exhausted = err == KVK_ERR_LIMIT;
	KVK_FORMAT(failure->found, "%s",
		err == KVK_ERR_LIMIT ? _("too many names would have to be compared") :
				       _("the name constraints cannot be read"));
	return KVK_OK;
}

enum kvk_err kvk_path_names(struct kvk_path_state *state)
{
	const struct kvk_certificate *c = state->cert;
	enum kvk_err err = KVK_OK;

	if (state->constraining_count > 0 && (state->at == 0 || !state->self_issued))
		KVK_TRY(leave_open(state, apply_all(state)));
	/* 6.1.4(g) */
	if (c->ext.has_name_constraints)
		state->constraining[state->constraining_count++] = c;
out:
	return err;
}
