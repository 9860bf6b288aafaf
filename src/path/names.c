/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Name constraints (RFC 5280 6.1.3(b), (c), 6.1.4(g)). A name lies within the intersection of all
 * permitted subtrees just where it lies within those of every certificate above that constrains its
 * form; so no intersection is ever computed.
 */
#include "config.h"

#include "path/names.h"

#include "base/format.h"
#include "base/vec.h"
#include "cert/java.h"
#include "path/name_match.h"
#include "path/words.h"

/* Octets of a comparison, and names passed over, that cost as much as one more. */
enum { COST_OCTETS = 64, COST_NAMES = 64 };

/* A name, and what became of it. */
struct tested {
	struct kvk_constrained_name name;
	/*
	 * For one certificate above: whether its permitted subtrees speak of this name, and let it
	 * pass.
	 */
	bool asked, permitted;
	/* A failure was reported for it. */
	bool refused;
};

/* The names of one certificate. */
struct names {
	/* struct tested. */
	struct kvk_vec all;
	/* An address that a common name spells. */
	uint8_t address[16];
};

/*
 * Room for the most names that a certificate can have: its subject, its alternative names (of which
 * mailboxes in UTF-8 count twice), a common name, and mail addresses in its subject.
 */
static struct kvk_vec room(void)
{
	return (struct kvk_vec)KVK_VEC_INIT(
		struct tested, 2 + 2 * KVK_LIMIT_SANS + KVK_LIMIT_NAME_ATTRIBUTES);
}

static enum kvk_err add(
	struct names *names, struct kvk_general_name name, const struct kvk_name *directory)
{
	struct tested *one;
	enum kvk_err err;

	KVK_TRY(kvk_vec_push(&names->all, &one));
	*one = (struct tested){ .name = { .name = name, .directory = directory } };
out:
	return err;
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
static enum kvk_err collect_common_name(const struct kvk_certificate *c, struct names *out)
{
	const struct kvk_attribute *cn = find_common_name(&c->subject);
	struct kvk_general_name name;
	size_t n;

	if (cn == NULL)
		return KVK_OK;
	if (kvk_java_reads_address(cn->value, out->address, &n)) {
		name = (struct kvk_general_name){ .kind = KVK_GENERAL_IP,
			.value = { .p = out->address, .n = n } };
		if (n == 0)
			return KVK_OK;
	} else {
		name = (struct kvk_general_name){ .kind = KVK_GENERAL_DNS, .value = cn->value };
		if (!kvk_java_reads_host(cn->value))
			return KVK_OK;
	}
	return has_kind(&c->ext, name.kind) ? KVK_OK : add(out, name, NULL);
}

/*
 * A certificate without alternative names may carry its mail address in the subject (4.2.1.10).
 */
static enum kvk_err collect_mail(const struct kvk_certificate *c, bool java, struct names *out)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; !c->ext.has_san && i < c->subject.count; i++) {
		const struct kvk_general_name name = { .kind = KVK_GENERAL_EMAIL,
			.value = c->subject.attributes[i].value };

		/* Java passes over what it cannot read */
		if (c->subject.attributes[i].oid == KVK_OID_EMAIL &&
			(!java || kvk_java_reads_email(name.value)))
			KVK_TRY(add(out, name, NULL));
	}
out:
	return err;
}

static enum kvk_err collect(const struct kvk_certificate *c, bool java, struct names *out)
{
	struct kvk_general_name name = { .kind = KVK_GENERAL_DIRECTORY, .value = c->subject.der };
	enum kvk_err err = KVK_OK;

	if (c->subject.count > 0)
		KVK_TRY(add(out, name, &c->subject));
	for (size_t i = 0; i < c->ext.san_count; i++) {
		KVK_TRY(add(out, c->ext.sans[i], NULL));
		if (!java && kvk_name_match_mailbox(&c->ext.sans[i], &name))
			KVK_TRY(add(out, name, NULL));
	}
	KVK_TRY(collect_mail(c, java, out));
	if (java)
		KVK_TRY(collect_common_name(c, out));
out:
	return err;
}

/* Reports a name, once. */
static enum kvk_err refuse(struct kvk_path_state *state, struct tested *one, const char *field)
{
	struct kvk_path_failure *failure;

	if (one->refused)
		return KVK_OK;
	one->refused = true;
	failure = kvk_path_fail(state, KVK_REASON_INVALID_NAME, field);
	return kvk_words_general(failure->found, sizeof(failure->found), &one->name.name);
}

/* Pays for a comparison; false where the budget is used up. */
static bool pay(struct kvk_path_state *state, size_t cost)
{
	if (state->comparisons + cost > KVK_LIMIT_NAME_COMPARISONS)
		return false;
	state->comparisons += cost;
	return true;
}

/* Compares one name with a subtree of its form. KVK_ERR_LIMIT out of budget. */
static enum kvk_err compare(struct kvk_path_state *state, struct tested *one,
	const struct kvk_subtree *subtree, bool excluded)
{
	enum kvk_match match = KVK_MATCH_UNHANDLED;

	if (!pay(state, 1 + (one->name.name.value.n + subtree->base.value.n) / COST_OCTETS))
		return KVK_ERR_LIMIT;
	/* minimum and maximum are not used by RFC 5280: "or reject the certificate" */
	if (!subtree->has_minimum_or_maximum)
		match = kvk_name_match(&one->name, &subtree->base, state->input->manner, excluded);
	one->asked = one->asked || !excluded;
	one->permitted = one->permitted || match == KVK_MATCH_INSIDE;
	if (match == KVK_MATCH_UNHANDLED)
		return refuse(state, one, "nameConstraints");
	if (excluded && match == KVK_MATCH_INSIDE)
		return refuse(state, one, "nameConstraints.excludedSubtrees");
	return KVK_OK;
}

/* Compares every name of the form of one subtree with it. */
static enum kvk_err compare_all(struct kvk_path_state *state, struct names *names,
	const struct kvk_subtree *subtree, bool excluded)
{
	struct tested *all = names->all.items;
	enum kvk_err err = KVK_OK;

	/* Java refuses whatever is below them, of any form */
	if (subtree->has_minimum_or_maximum && kvk_path_is_java(state) && names->all.count > 0)
		return refuse(state, &all[0], "nameConstraints");
	if (!pay(state, names->all.count / COST_NAMES))
		return KVK_ERR_LIMIT;
	for (size_t i = 0; i < names->all.count; i++) {
		if (all[i].refused ||
			!kvk_name_match_same_form(
				&all[i].name.name, &subtree->base, state->input->manner))
			continue;
		KVK_TRY(compare(state, &all[i], subtree, excluded));
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
	struct tested *all = names->all.items;
	enum kvk_err err;

	KVK_TRY(walk(state, names, above->excluded, true));
	for (size_t i = 0; i < names->all.count; i++)
		all[i].asked = all[i].permitted = false;
	KVK_TRY(walk(state, names, above->permitted, false));
	for (size_t i = 0; i < names->all.count; i++) {
		if (all[i].asked && !all[i].permitted)
			KVK_TRY(refuse(state, &all[i], "nameConstraints.permittedSubtrees"));
	}
out:
	return err;
}

/* The constraints of all certificates above, on all names of this one. */
static enum kvk_err apply_all(struct kvk_path_state *state)
{
	struct names names = { .all = room() };
	enum kvk_err err;

	KVK_TRY(collect(state->cert, kvk_path_is_java(state), &names));
	for (size_t i = 0; i < state->constraining_count; i++)
		KVK_TRY(apply(state, &names, &state->constraining[i]->ext));
out:
	kvk_vec_free(&names.all);
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
