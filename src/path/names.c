/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Name constraints (RFC 5280 6.1.3(b), (c), 6.1.4(g)). A name lies within the intersection of all
 * permitted subtrees just where it lies within those of every certificate above that constrains its
 * form; so no intersection is ever computed.
 */
#include "config.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>

#include "base/ascii.h"

#include "cert/java.h"
#include "path/name_match.h"
#include "path/step.h"

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
	/* A fault was reported for it. */
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

/*
 * Java 17 constrains the last common name as an address where no alternative name is one, else as a
 * host name where no alternative name is one.
 */
static void collect_common_name(const struct kvk_certificate *c, struct names *out)
{
	const struct kvk_attribute *cn = NULL;
	char text[INET6_ADDRSTRLEN] = "";
	struct kvk_general_name name = { .kind = KVK_GENERAL_DNS };
	size_t n = 0;

	for (size_t i = 0; i < c->subject.count; i++) {
		if (c->subject.attributes[i].oid == KVK_OID_CN)
			cn = &c->subject.attributes[i];
	}
	if (cn == NULL)
		return;
	if (cn->value.n < sizeof(text) && memchr(cn->value.p, 0, cn->value.n) == NULL)
		memcpy(text, cn->value.p, cn->value.n);
	if (inet_pton(AF_INET, text, out->address) == 1)
		n = 4;
	else if (inet_pton(AF_INET6, text, out->address) == 1)
		n = 16;
	if (n > 0 && !has_kind(&c->ext, KVK_GENERAL_IP)) {
		name = (struct kvk_general_name){ .kind = KVK_GENERAL_IP,
			.value = { .p = out->address, .n = n } };
		add(out, name, NULL);
	} else if (kvk_java_reads_host(cn->value) && !has_kind(&c->ext, KVK_GENERAL_DNS)) {
		name.value = cn->value;
		add(out, name, NULL);
	}
}

static void collect(const struct kvk_certificate *c, bool java, struct names *out)
{
	struct kvk_general_name name = { .kind = KVK_GENERAL_DIRECTORY, .value = c->subject.der };

	if (c->subject.count > 0)
		add(out, name, &c->subject);
	for (size_t i = 0; i < c->ext.san_count; i++) {
		add(out, c->ext.sans[i], NULL);
		if (!java && kvk_match_utf8_mailbox(&c->ext.sans[i], &name))
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
static enum kvk_err refuse(struct kvk_step *step, struct names *names, size_t i, const char *field,
	enum kvk_match match)
{
	const struct kvk_constrained_name *name = &names->all[i];
	struct kvk_path_failure *fault;

	if (names->refused[i])
		return KVK_OK;
	names->refused[i] = true;
	fault = kvk_step_failure(step, KVK_REASON_INVALID_NAME, field);
	if (match == KVK_MATCH_UNHANDLED)
		snprintf(fault->wanted, sizeof(fault->wanted),
			"a form of name whose constraints can be handled");
	return kvk_words_general(fault->found, sizeof(fault->found), &name->name);
}

/* Pays for a comparison; false where the budget is used up. */
static bool pay(struct kvk_step *step, size_t octets)
{
	size_t cost = 1 + octets / COST_OCTETS;

	if (step->comparisons + cost > KVK_LIMIT_NAME_COMPARISONS)
		return false;
	step->comparisons += cost;
	return true;
}

/* Compares every name of the form of one subtree with it. */
static enum kvk_err compare(struct kvk_step *step, struct names *names,
	const struct kvk_subtree *subtree, bool excluded)
{
	enum kvk_err err = KVK_OK;

	/* Java refuses whatever stands below them, of any form */
	if (subtree->has_minimum_or_maximum && step->input->manner == KVK_MANNER_JAVA &&
		names->count > 0)
		return refuse(step, names, 0, "nameConstraints", KVK_MATCH_UNHANDLED);
	for (size_t i = 0; err == KVK_OK && i < names->count; i++) {
		const struct kvk_constrained_name *name = &names->all[i];
		enum kvk_match match = KVK_MATCH_UNHANDLED;

		if (names->refused[i] ||
			!kvk_match_same_form(&name->name, &subtree->base, step->input->manner))
			continue;
		if (!pay(step, name->name.value.n + subtree->base.value.n))
			return KVK_ERR_LIMIT;
		/* minimum and maximum are not used by RFC 5280: "or reject the certificate" */
		if (!subtree->has_minimum_or_maximum)
			match = kvk_match_name(name, &subtree->base, step->input->manner, excluded);
		names->asked[i] = names->asked[i] || !excluded;
		names->permitted[i] = names->permitted[i] || match == KVK_MATCH_INSIDE;
		if (match == KVK_MATCH_UNHANDLED)
			err = refuse(step, names, i, "nameConstraints", match);
		else if (excluded && match == KVK_MATCH_INSIDE)
			err = refuse(step, names, i, "nameConstraints.excludedSubtrees", match);
	}
	return err;
}

/* All subtrees of one list. */
static enum kvk_err walk(
	struct kvk_step *step, struct names *names, struct kvk_span subtrees, bool excluded)
{
	struct kvk_der_log log = { 0 };
	struct kvk_subtree subtree;
	struct kvk_der der;
	enum kvk_err err = KVK_OK;

	kvk_der_start(&der, subtrees, true, &log);
	while (err == KVK_OK && !kvk_der_at_end(&der)) {
		err = kvk_general_subtree_read(&der, &subtree);
		if (err == KVK_OK)
			err = compare(step, names, &subtree, excluded);
	}
	return err;
}

/* The constraints of one certificate above. */
static enum kvk_err apply(
	struct kvk_step *step, struct names *names, const struct kvk_extensions *above)
{
	enum kvk_err err = walk(step, names, above->excluded, true);

	memset(names->asked, 0, sizeof(names->asked));
	memset(names->permitted, 0, sizeof(names->permitted));
	if (err == KVK_OK)
		err = walk(step, names, above->permitted, false);
	for (size_t i = 0; err == KVK_OK && i < names->count; i++) {
		if (names->asked[i] && !names->permitted[i])
			err = refuse(step, names, i, "nameConstraints.permittedSubtrees",
				KVK_MATCH_OUTSIDE);
	}
	return err;
}

/* The constraints of all certificates above, on all names of this one. */
static enum kvk_err apply_all(struct kvk_step *step)
{
	struct names names = { 0 };
	enum kvk_err err = KVK_OK;

	collect(step->certificate, step->input->manner == KVK_MANNER_JAVA, &names);
	for (size_t i = 0; err == KVK_OK && i < step->constraining_count; i++)
		err = apply(step, &names, &step->constraining[i]->ext);
	return err;
}

/* What could not be judged to its end. */
static enum kvk_err leave_open(struct kvk_step *step, enum kvk_err err)
{
	struct kvk_path_failure *fault;

	if (err != KVK_ERR_LIMIT && err != KVK_ERR_DER)
		return err;
	step->report->names_open = true;
	step->report->exhausted = step->report->exhausted || err == KVK_ERR_LIMIT;
	fault = kvk_step_failure(step, KVK_REASON_INVALID_NAME, "nameConstraints");
	fault->undetermined = true;
	fault->exhausted = err == KVK_ERR_LIMIT;
	snprintf(fault->found, sizeof(fault->found), "%s",
		err == KVK_ERR_LIMIT ? "too many names to compare" :
				       "constraints that cannot be read");
	return KVK_OK;
}

enum kvk_err kvk_step_names(struct kvk_step *step)
{
	const struct kvk_certificate *c = step->certificate;
	enum kvk_err err = KVK_OK;

	if (step->constraining_count > 0 && (step->at == 0 || !step->self_issued))
		err = leave_open(step, apply_all(step));
	if (c->ext.has_name_constraints)
		step->constraining[step->constraining_count++] = c;
	return err;
}
