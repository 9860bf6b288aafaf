/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Policies as in RFC 5280 section 6.1 with the policy graph of RFC 9618: one node per policy and
 * level. Of the graph only the last level is kept, because nothing above it is asked again: whether
 * a node leads back to a policy that the relying party accepts is worked out when the node is made.
 */
#include "config.h"

#include "path/policy.h"

#include <string.h>

#include "base/format.h"
#include "path/words.h"

static bool is_any(struct kvk_span policy)
{
	return kvk_oid_is(policy, KVK_OID_ANY_POLICY);
}

/* Whether the relying party accepts a policy (user-initial-policy-set). */
static bool is_wanted(const struct kvk_path_state *state, struct kvk_span policy)
{
	for (size_t i = 0; i < state->input->policy_count; i++) {
		if (kvk_span_equal(state->input->policies[i], policy))
			return true;
	}
	return state->input->policy_count == 0;
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
static bool add_policy(
	struct kvk_path_state *state, struct kvk_span policy, struct kvk_policy_level *next)
{
	struct kvk_policy_level *level = &state->policies.level;
	bool found = false, wanted = false;

	for (size_t i = 0; i < level->count; i++) {
		if (!expects(level, &level->nodes[i], policy))
			continue;
		found = true;
		wanted = wanted || level->nodes[i].wanted;
	}
	if (!found && find(level, kvk_oid_octets(KVK_OID_ANY_POLICY)) != NULL) {
		found = true;
		wanted = is_wanted(state, policy);
	}
	return !found || put(next, policy, wanted) != NULL;
}

/*
 * 6.1.3(d)(2): any-policy in the certificate takes over every policy that is expected. One that is
 * there already has all its parents, and joining it with itself changes nothing.
 */
static bool add_any(struct kvk_path_state *state, struct kvk_policy_level *next)
{
	const struct kvk_policy_level *level = &state->policies.level;
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
static bool descend(struct kvk_path_state *state)
{
	const struct kvk_extensions *e = &state->cert->ext;
	struct kvk_policy_state *s = &state->policies;
	struct kvk_policy_level next;
	bool any = false, fits = true;

	start_level(&next, state->cert);
	for (size_t i = 0; fits && e->has_policies && s->level.count > 0 && i < e->policy_count;
		i++) {
		if (is_any(e->policies[i].oid))
			any = true;
		else
			fits = add_policy(state, e->policies[i].oid, &next);
	}
	if (fits && any && (s->inhibit_any > 0 || (state->at > 0 && state->self_issued)))
		fits = add_any(state, &next);
	copy_level(&s->level, &next);
	return fits;
}

/*
 * Java drops what the relying party does not accept at every certificate and not only at the last
 * one, and so may find a certificate higher up at failure.
 */
static void drop_unwanted(struct kvk_path_state *state)
{
	struct kvk_policy_level *level = &state->policies.level;
	size_t kept = 0;

	if (!kvk_path_is_java(state))
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
static bool map(struct kvk_path_state *state)
{
	const struct kvk_extensions *e = &state->cert->ext;
	struct kvk_policy_level *level = &state->policies.level;
	bool has_any = find(level, kvk_oid_octets(KVK_OID_ANY_POLICY)) != NULL;

	for (size_t i = 0; i < e->mapping_count; i++) {
		struct kvk_span policy = e->mappings[i].issuer_domain;
		struct kvk_policy_node *node = find(level, policy);

		if (state->policies.inhibit_mapping == 0) {
			if (node != NULL)
				*node = level->nodes[--level->count];
			continue;
		}
		if (node == NULL && has_any) {
			node = put(level, policy, is_wanted(state, policy));
			if (node == NULL)
				return false;
		}
		if (node != NULL)
			node->mapped = true;
	}
	return true;
}

static struct kvk_path_failure *fail_policy(
	struct kvk_path_state *state, const char *field, const char *found)
{
	struct kvk_path_failure *failure = kvk_path_fail(state, KVK_REASON_INVALID_POLICY, field);

	KVK_FORMAT(failure->found, "%s", found);
	return failure;
}

/* 6.1.4(a): any-policy cannot be mapped. Java asks before what nobody wants is dropped. */
static void check_mappings(struct kvk_path_state *state)
{
	const struct kvk_extensions *e = &state->cert->ext;

	/* Java comes here only while there is a policy left */
	if (kvk_path_is_java(state) && state->policies.level.count == 0)
		return;
	for (size_t i = 0; i < e->mapping_count; i++) {
		if (is_any(e->mappings[i].issuer_domain) || is_any(e->mappings[i].subject_domain)) {
			fail_policy(state, "policyMappings", "anyPolicy");
			return;
		}
	}
}

/* Critical policies have to be understood with qualifiers (4.2.1.4); Java refuses any of these. */
static bool is_refused(const struct kvk_path_state *state, const struct kvk_policy *policy)
{
	if (policy->qualifiers.n == 0)
		return false;
	if (kvk_path_is_java(state))
		return state->policies.level.count > 0 && !is_any(policy->oid);
	return !kvk_path_policy_qualifiers_known(policy->qualifiers);
}

static void check_qualifiers(struct kvk_path_state *state)
{
	const struct kvk_extensions *e = &state->cert->ext;

	for (size_t i = 0; e->policies_critical && i < e->policy_count; i++) {
		if (is_refused(state, &e->policies[i])) {
			fail_policy(
				state, "certificatePolicies.policyQualifiers", "policyQualifiers");
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

/* Java ignores an inhibitAnyPolicy that is not critical, as it has to be (4.2.1.14). */
static bool inhibits_any(const struct kvk_path_state *state)
{
	const struct kvk_extension *extension =
		kvk_certificate_extension(state->cert, KVK_OID_EXT_INHIBIT_ANY_POLICY);

	return state->cert->ext.has_inhibit_any &&
		(extension == NULL || extension->critical || !kvk_path_is_java(state));
}

/* 6.1.4(h), (i), (j). */
static void count_down(struct kvk_path_state *state)
{
	const struct kvk_extensions *e = &state->cert->ext;
	struct kvk_policy_state *s = &state->policies;

	if (!state->self_issued) {
		s->explicit_policy = decrement(s->explicit_policy);
		s->inhibit_mapping = decrement(s->inhibit_mapping);
		s->inhibit_any = decrement(s->inhibit_any);
	}
	s->explicit_policy =
		least(s->explicit_policy, e->has_require_explicit, e->require_explicit);
	s->inhibit_mapping = least(s->inhibit_mapping, e->has_inhibit_mapping, e->inhibit_mapping);
	s->inhibit_any = least(s->inhibit_any, inhibits_any(state), e->inhibit_any);
}

/* 6.1.5(a), (b). Java counts no self-issued leaf. */
static void wrap_up(struct kvk_path_state *state)
{
	const struct kvk_extensions *e = &state->cert->ext;
	struct kvk_policy_state *s = &state->policies;

	if (!state->self_issued || !kvk_path_is_java(state))
		s->explicit_policy = decrement(s->explicit_policy);
	if (e->has_require_explicit && e->require_explicit == 0)
		s->explicit_policy = 0;
}

/* Says once that no policy is left where one is required. */
static void check_required(struct kvk_path_state *state, const char *wanted)
{
	const struct kvk_extensions *e = &state->cert->ext;
	struct kvk_policy_state *s = &state->policies;
	struct kvk_path_failure *failure;
	struct kvk_words found;

	if (s->explicit_policy > 0 || s->reported)
		return;
	for (size_t i = 0; i < s->level.count; i++) {
		if (state->at > 0 || s->level.nodes[i].wanted)
			return;
	}
	s->reported = true;
	failure = fail_policy(state, "certificatePolicies", "");
	found = (struct kvk_words){ .text = failure->found, .size = sizeof(failure->found) };
	for (size_t i = 0; i < e->policy_count; i++)
		kvk_words_oid(&found, e->policies[i].oid);
	KVK_FORMAT(failure->wanted, "%s", wanted);
}

/* What the certificate above leaves to choose from, for people. */
static void list_expected(const struct kvk_policy_level *level, struct kvk_words *out)
{
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

void kvk_path_policy_start(struct kvk_path_state *state)
{
	const struct kvk_path_input *in = state->input;
	struct kvk_policy_state *s = &state->policies;
	size_t n = state->path->count;

	s->explicit_policy = in->explicit_policy ? 0 : n + 1;
	s->inhibit_mapping = in->inhibit_mapping ? 0 : n + 1;
	s->inhibit_any = in->inhibit_any ? 0 : n + 1;
	s->reported = s->overflow = false;
	start_level(&s->level, NULL);
	put(&s->level, kvk_oid_octets(KVK_OID_ANY_POLICY), true);
}

/* All that concerns this certificate. False where a level has no room. */
static bool process(struct kvk_path_state *state, const char *expected)
{
	check_qualifiers(state);
	if (!descend(state))
		return false;
	if (state->at == 0) {
		drop_unwanted(state);
		wrap_up(state);
		check_required(state, expected);
		return true;
	}
	check_mappings(state);
	drop_unwanted(state);
	if (!kvk_path_is_java(state))
		check_required(state, expected);
	if (!map(state))
		return false;
	/* Java asks once mappings have taken their part away */
	check_required(state, expected);
	count_down(state);
	return true;
}

void kvk_path_policy(struct kvk_path_state *state)
{
	struct kvk_policy_state *s = &state->policies;
	char expected[sizeof(((struct kvk_path_failure *)0)->wanted)] = "";
	struct kvk_words list = { .text = expected, .size = sizeof(expected) };
	struct kvk_path_failure *failure;

	if (s->overflow)
		return;
	/* only said where an explicit policy is asked for, here or by the leaf itself */
	if (s->explicit_policy <= 1 || state->cert->ext.has_require_explicit)
		list_expected(&s->level, &list);
	if (process(state, expected))
		return;
	s->overflow = true;
	state->report->exhausted = true;
	state->report->policies_open = true;
	failure = fail_policy(state, "certificatePolicies",
		_("too many certificate policies would have to be processed"));
	failure->undetermined = failure->exhausted = true;
}
