/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Policies as in RFC 5280 section 6.1 with the policy graph of RFC 9618: one node per policy and
 * level. Of the graph only the last level is kept, because nothing above it is asked again: whether
 * a node leads back to a policy that the relying party accepts is worked out when the node is made.
 */
#include "config.h"

#include <stdio.h>
#include <string.h>

#include "path/step.h"

static bool is_any(struct kvk_span policy)
{
	return kvk_oid_is(policy, KVK_OID_ANY_POLICY);
}

/* Whether the relying party accepts a policy (user-initial-policy-set). */
static bool is_wanted(const struct kvk_step *step, struct kvk_span policy)
{
	for (size_t i = 0; i < step->input->policy_count; i++) {
		if (kvk_span_equal(step->input->policies[i], policy))
			return true;
	}
	return step->input->policy_count == 0;
}

static struct kvk_policy_node *find(struct kvk_policy_level *level, struct kvk_span policy)
{
	for (size_t i = 0; i < level->count; i++) {
		if (kvk_span_equal(level->nodes[i].policy, policy))
			return &level->nodes[i];
	}
	return NULL;
}

/* Adds a node, or joins it with the one of this policy. NULL where the level is full. */
static struct kvk_policy_node *put(
	struct kvk_policy_level *level, struct kvk_span policy, bool wanted)
{
	struct kvk_policy_node *node = find(level, policy);

	if (node == NULL && level->count < KVK_LIMIT_POLICY_NODES) {
		node = &level->nodes[level->count++];
		*node = (struct kvk_policy_node){ .policy = policy };
	}
	if (node != NULL)
		node->wanted = node->wanted || wanted;
	return node;
}

/* Whether a policy is in the expected_policy_set of a node: itself, or what it was mapped to. */
static bool expects(const struct kvk_policy_level *level, const struct kvk_policy_node *node,
	struct kvk_span policy)
{
	const struct kvk_extensions *e;

	if (!node->mapped)
		return kvk_span_equal(node->policy, policy);
	e = &level->certificate->ext;
	for (size_t i = 0; i < e->mapping_count; i++) {
		if (kvk_span_equal(e->mappings[i].subject_domain, policy) &&
			kvk_span_equal(e->mappings[i].issuer_domain, node->policy))
			return true;
	}
	return false;
}

/* 6.1.3(d)(1): a policy of the certificate, other than any-policy. */
static bool add_policy(struct kvk_step *step, struct kvk_span policy, struct kvk_policy_level *next)
{
	struct kvk_policy_level *level = &step->policies.level;
	bool found = false, wanted = false;

	for (size_t i = 0; i < level->count; i++) {
		if (!expects(level, &level->nodes[i], policy))
			continue;
		found = true;
		wanted = wanted || level->nodes[i].wanted;
	}
	if (!found && find(level, kvk_oid_octets(KVK_OID_ANY_POLICY)) != NULL) {
		found = true;
		wanted = is_wanted(step, policy);
	}
	return !found || put(next, policy, wanted) != NULL;
}

/*
 * 6.1.3(d)(2): any-policy in the certificate takes over every policy that is expected. One that is
 * there already has all its parents, and joining it with itself changes nothing.
 */
static bool add_any(struct kvk_step *step, struct kvk_policy_level *next)
{
	const struct kvk_policy_level *level = &step->policies.level;
	bool fits = true;

	for (size_t i = 0; fits && i < level->count; i++) {
		const struct kvk_policy_node *node = &level->nodes[i];
		const struct kvk_extensions *e;

		if (!node->mapped) {
			fits = put(next, node->policy, node->wanted) != NULL;
			continue;
		}
		e = &level->certificate->ext;
		for (size_t m = 0; fits && m < e->mapping_count; m++) {
			if (kvk_span_equal(e->mappings[m].issuer_domain, node->policy))
				fits = put(next, e->mappings[m].subject_domain, node->wanted) !=
					NULL;
		}
	}
	return fits;
}

/* A level without nodes; there is room for many, so it is not cleared. */
static void start_level(struct kvk_policy_level *level, const struct kvk_certificate *certificate)
{
	level->count = 0;
	level->certificate = certificate;
}

static void copy_level(struct kvk_policy_level *to, const struct kvk_policy_level *from)
{
	to->count = from->count;
	to->certificate = from->certificate;
	memcpy(to->nodes, from->nodes, from->count * sizeof(from->nodes[0]));
}

/* 6.1.3(d), (e): the level of this certificate. False where it has no room. */
static bool descend(struct kvk_step *step)
{
	const struct kvk_extensions *e = &step->certificate->ext;
	struct kvk_policy_state *s = &step->policies;
	struct kvk_policy_level next;
	bool any = false, fits = true;

	start_level(&next, step->certificate);
	for (size_t i = 0; fits && e->has_policies && s->level.count > 0 && i < e->policy_count;
		i++) {
		if (is_any(e->policies[i].oid))
			any = true;
		else
			fits = add_policy(step, e->policies[i].oid, &next);
	}
	if (fits && any && (s->inhibit_any > 0 || (step->at > 0 && step->self_issued)))
		fits = add_any(step, &next);
	copy_level(&s->level, &next);
	return fits;
}

/*
 * Java drops what the relying party does not accept at every certificate and not only at the last
 * one, and so may find a certificate higher up at fault.
 */
static void drop_unwanted(struct kvk_step *step)
{
	struct kvk_policy_level *level = &step->policies.level;
	size_t kept = 0;

	if (step->input->manner != KVK_MANNER_JAVA)
		return;
	for (size_t i = 0; i < level->count; i++) {
		if (level->nodes[i].wanted)
			level->nodes[kept++] = level->nodes[i];
	}
	level->count = kept;
}

/*
 * 6.1.4(b): mappings of this certificate change what its nodes expect of the next one. False where
 * there is no room.
 */
static bool map(struct kvk_step *step)
{
	const struct kvk_extensions *e = &step->certificate->ext;
	struct kvk_policy_level *level = &step->policies.level;
	bool has_any = find(level, kvk_oid_octets(KVK_OID_ANY_POLICY)) != NULL;

	for (size_t i = 0; i < e->mapping_count; i++) {
		struct kvk_span policy = e->mappings[i].issuer_domain;
		struct kvk_policy_node *node = find(level, policy);

		if (step->policies.inhibit_mapping == 0) {
			if (node != NULL)
				*node = level->nodes[--level->count];
			continue;
		}
		if (node == NULL && has_any) {
			node = put(level, policy, is_wanted(step, policy));
			if (node == NULL)
				return false;
		}
		if (node != NULL)
			node->mapped = true;
	}
	return true;
}

static struct kvk_path_failure *fault_of(
	struct kvk_step *step, const char *field, const char *found)
{
	struct kvk_path_failure *fault = kvk_step_failure(step, KVK_REASON_INVALID_POLICY, field);

	snprintf(fault->found, sizeof(fault->found), "%s", found);
	return fault;
}

/* 6.1.4(a): any-policy cannot be mapped. Java asks before what nobody wants is dropped. */
static void judge_mappings(struct kvk_step *step)
{
	const struct kvk_extensions *e = &step->certificate->ext;

	/* Java comes here only while there is a policy left */
	if (step->input->manner == KVK_MANNER_JAVA && step->policies.level.count == 0)
		return;
	for (size_t i = 0; i < e->mapping_count; i++) {
		if (is_any(e->mappings[i].issuer_domain) || is_any(e->mappings[i].subject_domain)) {
			fault_of(step, "policyMappings", "anyPolicy");
			return;
		}
	}
}

/*
 * Java refuses qualifiers in critical policies (policyQualifiersRejected) while there is a policy
 * left.
 */
static void judge_qualifiers(struct kvk_step *step)
{
	const struct kvk_extensions *e = &step->certificate->ext;

	if (step->input->manner != KVK_MANNER_JAVA || !e->policies_critical ||
		step->policies.level.count == 0)
		return;
	for (size_t i = 0; i < e->policy_count; i++) {
		if (e->policies[i].qualifiers.n > 0 && !is_any(e->policies[i].oid)) {
			fault_of(step, "certificatePolicies.policyQualifiers", "policyQualifiers");
			return;
		}
	}
}

static size_t decrement(size_t n)
{
	return n > 0 ? n - 1 : 0;
}

static size_t least(size_t n, bool present, uint64_t limit)
{
	return present && limit < n ? (size_t)limit : n;
}

/* Java overlooks an inhibitAnyPolicy that is not critical, as it has to be (4.2.1.14). */
static bool inhibits_any(const struct kvk_step *step)
{
	const struct kvk_extension *extension =
		kvk_certificate_extension(step->certificate, KVK_OID_EXT_INHIBIT_ANY_POLICY);

	return step->certificate->ext.has_inhibit_any &&
		(extension == NULL || extension->critical ||
			step->input->manner != KVK_MANNER_JAVA);
}

/* 6.1.4(h), (i), (j) between certificates, 6.1.5(a), (b) after the last. */
static void count_down(struct kvk_step *step)
{
	const struct kvk_extensions *e = &step->certificate->ext;
	struct kvk_policy_state *s = &step->policies;

	if (step->at == 0) {
		if (!step->self_issued || step->input->manner != KVK_MANNER_JAVA)
			s->explicit_policy = decrement(s->explicit_policy);
		if (e->has_require_explicit && e->require_explicit == 0)
			s->explicit_policy = 0;
		return;
	}
	if (!step->self_issued) {
		s->explicit_policy = decrement(s->explicit_policy);
		s->inhibit_mapping = decrement(s->inhibit_mapping);
		s->inhibit_any = decrement(s->inhibit_any);
	}
	s->explicit_policy =
		least(s->explicit_policy, e->has_require_explicit, e->require_explicit);
	s->inhibit_mapping = least(s->inhibit_mapping, e->has_inhibit_mapping, e->inhibit_mapping);
	s->inhibit_any = least(s->inhibit_any, inhibits_any(step), e->inhibit_any);
}

/* Says once that no policy is left where one is required. */
static void judge_required(struct kvk_step *step, const char *wanted)
{
	const struct kvk_extensions *e = &step->certificate->ext;
	struct kvk_policy_state *s = &step->policies;
	struct kvk_path_failure *fault;
	struct kvk_words found;

	if (s->explicit_policy > 0 || s->reported)
		return;
	for (size_t i = 0; i < s->level.count; i++) {
		if (step->at > 0 || s->level.nodes[i].wanted)
			return;
	}
	s->reported = true;
	fault = fault_of(step, "certificatePolicies", "");
	found = (struct kvk_words){ .text = fault->found, .size = sizeof(fault->found) };
	for (size_t i = 0; i < e->policy_count; i++)
		kvk_words_oid(&found, e->policies[i].oid);
	snprintf(fault->wanted, sizeof(fault->wanted), "%s", wanted);
}

/* What the certificate above leaves to choose from, for people. */
static void list_expected(const struct kvk_policy_level *level, struct kvk_words *out)
{
	out->text[0] = '\0';
	for (size_t i = 0; i < level->count; i++) {
		const struct kvk_policy_node *node = &level->nodes[i];
		const struct kvk_extensions *e;

		if (!node->mapped) {
			kvk_words_oid(out, node->policy);
			continue;
		}
		e = &level->certificate->ext;
		for (size_t m = 0; m < e->mapping_count; m++) {
			if (kvk_span_equal(e->mappings[m].issuer_domain, node->policy))
				kvk_words_oid(out, e->mappings[m].subject_domain);
		}
	}
}

void kvk_policy_start(struct kvk_step *step)
{
	const struct kvk_path_input *in = step->input;
	struct kvk_policy_state *s = &step->policies;
	size_t n = step->path->count;

	s->explicit_policy = in->explicit_policy ? 0 : n + 1;
	s->inhibit_mapping = in->inhibit_mapping ? 0 : n + 1;
	s->inhibit_any = in->inhibit_any ? 0 : n + 1;
	s->reported = s->overflow = false;
	start_level(&s->level, NULL);
	put(&s->level, kvk_oid_octets(KVK_OID_ANY_POLICY), true);
}

void kvk_step_policy(struct kvk_step *step)
{
	struct kvk_policy_state *s = &step->policies;
	char expected[sizeof(((struct kvk_path_failure *)0)->wanted)];
	struct kvk_words list = { .text = expected, .size = sizeof(expected) };
	struct kvk_path_failure *fault;
	bool fits;

	if (s->overflow)
		return;
	/* only told where an explicit policy is asked for, here or by the leaf itself */
	expected[0] = '\0';
	if (s->explicit_policy <= 1 || step->certificate->ext.has_require_explicit)
		list_expected(&s->level, &list);
	judge_qualifiers(step);
	fits = descend(step);
	if (fits && step->at > 0)
		judge_mappings(step);
	drop_unwanted(step);
	if (fits && step->at > 0) {
		if (step->input->manner != KVK_MANNER_JAVA)
			judge_required(step, expected);
		/* Java asks once mappings have taken their part away */
		if ((fits = map(step)))
			judge_required(step, expected);
	}
	count_down(step);
	if (fits && step->at == 0)
		judge_required(step, expected);
	if (!fits) {
		s->overflow = true;
		step->report->exhausted = true;
		step->report->policies_open = true;
		fault = fault_of(step, "certificatePolicies", "too many policies to process");
		fault->undetermined = fault->exhausted = true;
	}
}
