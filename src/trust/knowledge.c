/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "trust/knowledge.h"

#include <string.h>

#include "base/alloc.h"
#include "base/encode.h"
#include "base/path.h"
#include "base/vec.h"
#include "conf/conf.h"

/* Of policies.cfg and ev.cfg. */
static const struct kvk_conf_row policy_schema[] = {
	{ .name = "date", .type = KVK_CONF_STRING },
	{ .name = "source", .type = KVK_CONF_STRING },
	{ .name = "pkio_arc", .type = KVK_CONF_STRING },
	{ .name = "policies", .type = KVK_CONF_GROUPS },
	{ .name = "policies.oid", .type = KVK_CONF_STRING },
	{ .name = "policies.meaning", .type = KVK_CONF_STRING },
	{ .name = "policies.generation", .type = KVK_CONF_STRING },
	{ .name = "policies.ca", .type = KVK_CONF_STRING },
	{ .name = "policies.use", .type = KVK_CONF_STRING },
	{ .name = "policies.source", .type = KVK_CONF_STRING },
	{ 0 },
};

/* Test hierarchies are known by the words with which their names begin; TRIAL comes first. */
static const struct {
	const char *prefix;
	const char *generation;
} test_names[] = {
	{ "TRIAL ", "TRIAL" },
	{ "ACCEPTATIE ", "ACCEPTATIE" },
	{ "TEST ", "TEST" },
};

#define CA_FILE "trust/cas.cfg"
#define POLICY_FILE "trust/policies.cfg"
#define EV_FILE "trust/ev.cfg"

/* The most policies that one file of facts holds. */
#define POLICIES_MAX 1024u

struct policy {
	uint8_t octets[KVK_LIMIT_OID];
	size_t n;
	const char *meaning, *generation;
	bool server;
};

struct kvk_knowledge {
	/* The strings live here. */
	struct kvk_conf *policy_file, *ev_file;
	struct kvk_cas cas;
	/* struct policy. */
	struct kvk_vec policies, ev;
	struct kvk_blob arc;
	struct kvk_ends ends;
};

void kvk_knowledge_free(struct kvk_knowledge *knowledge)
{
	if (knowledge == NULL)
		return;
	kvk_conf_free(knowledge->policy_file);
	kvk_conf_free(knowledge->ev_file);
	kvk_cas_free(&knowledge->cas);
	kvk_vec_free(&knowledge->policies);
	kvk_vec_free(&knowledge->ev);
	kvk_blob_free(&knowledge->arc);
	kvk_ends_free(&knowledge->ends);
	kvk_free(knowledge);
}

static enum kvk_err open_file(const char *datadir, const char *name,
	const struct kvk_conf_row *schema, struct kvk_conf **out, struct kvk_error *why)
{
	struct kvk_blob path = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&path, datadir, name));
	KVK_TRY(kvk_conf_open(kvk_blob_str(&path), schema, 0, out, why));
out:
	kvk_blob_free(&path);
	return err;
}

static enum kvk_err read_policy(const struct kvk_conf *conf, size_t i, struct policy *out)
{
	const char *dotted = kvk_conf_group_string(conf, "policies", i, "oid");
	const char *use = kvk_conf_group_string(conf, "policies", i, "use");
	struct kvk_blob octets = { 0 };
	enum kvk_err err;

	out->meaning = kvk_conf_group_string(conf, "policies", i, "meaning");
	out->generation = kvk_conf_group_string(conf, "policies", i, "generation");
	out->server = use != NULL && strcmp(use, "server") == 0;
	if (dotted == NULL)
		return KVK_ERR_CONFIG;
	KVK_TRY(kvk_oid_encode(dotted, &octets));
	if (octets.n > sizeof(out->octets)) {
		err = KVK_ERR_LIMIT;
		goto out;
	}
	memcpy(out->octets, octets.p, octets.n);
	out->n = octets.n;
out:
	kvk_blob_free(&octets);
	return err;
}

static enum kvk_err read_cas(const char *datadir, struct kvk_knowledge *k, struct kvk_error *why)
{
	struct kvk_blob path = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&path, datadir, CA_FILE));
	KVK_TRY(kvk_cas_add(&k->cas, kvk_blob_str(&path), CA_FILE, why));
out:
	kvk_blob_free(&path);
	return err;
}

static enum kvk_err read_policies(
	const struct kvk_conf *conf, const char *name, struct kvk_vec *out, struct kvk_error *why)
{
	size_t i = 0;
	enum kvk_err err = KVK_OK;

	for (; i < kvk_conf_count(conf, "policies"); i++) {
		struct policy *policy;

		KVK_TRY(kvk_vec_push(out, &policy));
		KVK_TRY(read_policy(conf, i, policy));
	}
out:
	if (err == KVK_OK || err == KVK_ERR_MEMORY)
		return err;
	return kvk_error_set(why, KVK_ERR_CONFIG,
		_("policy %zu in '%s' has no oid "
		  "such as 2.23.140.1.1"),
		i + 1, name);
}

static enum kvk_err read_arc(struct kvk_knowledge *k, struct kvk_error *why)
{
	const char *arc = kvk_conf_string(k->policy_file, "pkio_arc");
	enum kvk_err err = arc != NULL ? kvk_oid_encode(arc, &k->arc) : KVK_ERR_CONFIG;

	if (err == KVK_OK || err == KVK_ERR_MEMORY)
		return err;
	return kvk_error_set(why, KVK_ERR_CONFIG,
		_("pkio_arc in 'trust/policies.cfg' is missing or is not an object identifier"));
}

enum kvk_err kvk_knowledge_load(
	const char *datadir, struct kvk_knowledge **out, struct kvk_error *why)
{
	struct kvk_knowledge *k = kvk_calloc(1, sizeof(*k));
	enum kvk_err err;

	*out = NULL;
	if (k == NULL)
		return KVK_ERR_MEMORY;
	k->cas = (struct kvk_cas)KVK_CAS_INIT;
	k->policies = (struct kvk_vec)KVK_VEC_INIT(struct policy, POLICIES_MAX);
	k->ev = (struct kvk_vec)KVK_VEC_INIT(struct policy, POLICIES_MAX);
	KVK_TRY(read_cas(datadir, k, why));
	KVK_TRY(open_file(datadir, POLICY_FILE, policy_schema, &k->policy_file, why));
	KVK_TRY(open_file(datadir, EV_FILE, policy_schema, &k->ev_file, why));
	KVK_TRY(kvk_ends_load(datadir, &k->ends, why));
	KVK_TRY(read_policies(k->policy_file, POLICY_FILE, &k->policies, why));
	KVK_TRY(read_policies(k->ev_file, EV_FILE, &k->ev, why));
	KVK_TRY(read_arc(k, why));
	*out = k;
	k = NULL;
out:
	kvk_knowledge_free(k);
	return err;
}

static const struct policy *find_policy(const struct kvk_vec *policies, struct kvk_span oid)
{
	for (size_t i = 0; i < policies->count; i++) {
		const struct policy *p = kvk_vec_at(policies, i);

		if (kvk_span_equal((struct kvk_span){ .p = p->octets, .n = p->n }, oid))
			return p;
	}
	return NULL;
}

bool kvk_knowledge_is_ev(const struct kvk_knowledge *knowledge, struct kvk_span oid)
{
	return find_policy(&knowledge->ev, oid) != NULL;
}

bool kvk_knowledge_is_server(const struct kvk_knowledge *knowledge, struct kvk_span oid)
{
	const struct policy *policy = find_policy(&knowledge->policies, oid);

	return policy != NULL && policy->server;
}

bool kvk_knowledge_is_pkio(const struct kvk_knowledge *knowledge, struct kvk_span oid)
{
	struct kvk_span arc = kvk_span_of_blob(&knowledge->arc);

	return oid.n > arc.n && kvk_oid_below(oid, arc);
}

enum kvk_err kvk_knowledge_add_cas(
	struct kvk_knowledge *knowledge, const char *path, struct kvk_error *why)
{
	return kvk_cas_add(&knowledge->cas, path, path, why);
}

const struct kvk_cas *kvk_knowledge_cas(const struct kvk_knowledge *knowledge)
{
	return &knowledge->cas;
}

const struct kvk_ends *kvk_knowledge_ends(const struct kvk_knowledge *knowledge)
{
	return &knowledge->ends;
}

const char *kvk_knowledge_policy(const struct kvk_knowledge *knowledge, struct kvk_span oid)
{
	const struct policy *policy = find_policy(&knowledge->policies, oid);

	return policy != NULL ? policy->meaning : NULL;
}

/*
 * The test hierarchy that a name tells of, or NULL. The organisation of a leaf is its holder, who
 * may well be called TEST; only the tool for TRIAL certificates marks it.
 */
static const char *test_name(const struct kvk_name *name, bool holder)
{
	for (size_t i = 0; i < name->count; i++) {
		const struct kvk_attribute *a = &name->attributes[i];

		for (size_t t = 0; t < sizeof(test_names) / sizeof(test_names[0]); t++) {
			if (a->oid != KVK_OID_CN && (a->oid != KVK_OID_O || (holder && t > 0)))
				continue;
			if (a->value.n > strlen(test_names[t].prefix) &&
				kvk_span_starts(a->value, test_names[t].prefix))
				return test_names[t].generation;
		}
	}
	return NULL;
}

/* The generation that the policies of a certificate tell of, or NULL. */
static const char *policy_generation(
	const struct kvk_knowledge *k, const struct kvk_certificate *cert)
{
	const char *generation = NULL;

	for (size_t i = 0; i < cert->ext.policy_count && generation == NULL; i++) {
		const struct policy *policy = find_policy(&k->policies, cert->ext.policies[i].oid);

		if (policy != NULL)
			generation = policy->generation;
		if (generation == NULL && kvk_knowledge_is_ev(k, cert->ext.policies[i].oid))
			generation = "EV";
	}
	return generation;
}

void kvk_recognise(const struct kvk_knowledge *knowledge, const struct kvk_certificate *cert,
	struct kvk_recognised *out)
{
	const struct kvk_known_ca *ca = kvk_cas_find(&knowledge->cas, cert->sha256);
	bool is_ca = cert->ext.has_basic_constraints && cert->ext.ca;
	const char *test;

	*out = (struct kvk_recognised){ 0 };
	if (ca == NULL && is_ca)
		ca = kvk_cas_next(&knowledge->cas, &cert->subject, NULL);
	if (ca != NULL) {
		*out = (struct kvk_recognised){
			.generation = ca->generation,
			.tsp = ca->tsp,
			.level = ca->level,
			.status = ca->status,
		};
		out->certain =
			ca->has_sha256 && memcmp(ca->sha256, cert->sha256, KVK_SHA256_SIZE) == 0;
		return;
	}
	if (!is_ca) {
		out->level = "leaf";
		ca = kvk_cas_next(&knowledge->cas, &cert->issuer, NULL);
	}
	if (ca != NULL) {
		out->generation = ca->generation;
		out->tsp = ca->tsp;
	}
	test = test_name(&cert->issuer, false);
	if (test == NULL)
		test = test_name(&cert->subject, !is_ca);
	out->named_test = test != NULL;
	if (test != NULL)
		out->generation = test;
	if (out->generation == NULL)
		out->generation = policy_generation(knowledge, cert);
}
