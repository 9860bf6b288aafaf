/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <cmocka.h>

#include "tests/path/policies.h"

struct policy_path pp;

/* Policies of the tests: 1.2.1, 1.2.2, 1.2.3. */
static const uint8_t octets[][2] = { { 0x2a, 1 }, { 0x2a, 2 }, { 0x2a, 3 } };

struct kvk_span policy(int i)
{
	if (i < 0)
		return kvk_oid_octets(KVK_OID_ANY_POLICY);
	return (struct kvk_span){ .p = octets[i], .n = 2 };
}

int policies_set_up(void **state)
{
	(void)state;
	memset(&pp.f, 0, sizeof(pp.f));
	fake_start(&pp.f);
	pp.leaf = fake_leaf(&pp.f, "Leaf", "Tsp", 4, 3);
	pp.tsp = fake_ca(&pp.f, "Tsp", "Intermediate", 3, 2);
	pp.intermediate = fake_ca(&pp.f, "Intermediate", "Root", 2, 1);
	return 0;
}

int policies_tear_down(void **state)
{
	(void)state;
	fake_free(&pp.f);
	return 0;
}

void give(struct kvk_certificate *c, int p)
{
	c->ext.has_policies = true;
	c->ext.policies[c->ext.policy_count++].oid = policy(p);
}

void map(struct kvk_certificate *c, int from, int to)
{
	c->ext.has_mappings = true;
	c->ext.mappings[c->ext.mapping_count++] =
		(struct kvk_policy_mapping){ .issuer_domain = policy(from),
			.subject_domain = policy(to) };
}

/* Validates with these initial inputs; wanted < -1 means any-policy. */
void validate_with(enum kvk_manner manner, int wanted, bool explicit_policy, bool inhibit_mapping,
	bool inhibit_any)
{
	struct kvk_span set = policy(wanted < ANY ? ANY : wanted);
	const struct kvk_path_input in = {
		.at = FAKE_NOW,
		.manner = manner,
		.policies = &set,
		.policy_count = wanted < ANY ? 0 : 1,
		.explicit_policy = explicit_policy,
		.inhibit_mapping = inhibit_mapping,
		.inhibit_any = inhibit_any,
		.signatures = &pp.f.signatures,
	};
	struct kvk_path path;

	fake_build(&pp.f, pp.leaf, manner, &path);
	assert_int_equal(kvk_path_validate(&path, &in, &pp.report), KVK_OK);
}
