/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "gather/gather.h"

#include <string.h>

#include "base/alloc.h"
#include "gather/route.h"
#include "gather/upload.h"

/* Nothing is known yet. */
static void start(const struct kvk_fetcher *fetcher, struct kvk_facts *out)
{
	memset(out, 0, sizeof *out);
	out->offline = fetcher == NULL || fetcher->offline;
	out->network_hint = fetcher != NULL && fetcher->hint != NULL ? fetcher->hint : "";
	out->company.not_asked = out->oin_register.not_asked =
		out->offline ? KVK_WHY_OFFLINE : KVK_WHY_NEEDS_KVK;
	out->company.failure = out->oin_register.failure = "";
}

/* What the rules see as it was handed in. */
static void take_asked(const struct kvk_gather_input *input, struct kvk_facts *out)
{
	out->contents = input->contents;
	out->name = input->name;
	out->asked = input->asked;
	out->evidence = input->evidence;
}

/* What is installed, whatever the file may be. */
static void take_knowledge(const struct kvk_evidence *evidence, struct kvk_facts *out)
{
	const struct kvk_ends *ends = kvk_knowledge_ends(evidence->knowledge);

	out->trust_replaced = evidence->trust->replaced;
	out->trust_limited = evidence->trust->limited;
	out->trust_date = evidence->trust->date;
	out->g1_end = kvk_ends_of_generation(ends, "G1");
	out->client_auth_ends = kvk_ends_of_client_auth(ends, &out->client_auth_end_count);
}

static bool is_anchor(const struct kvk_gather_input *input, const struct kvk_certificate *cert)
{
	size_t count;
	const struct kvk_anchor *anchors = kvk_trust_anchors(input->evidence->trust, &count);

	for (size_t i = 0; i < count; i++)
		if (kvk_span_equal(anchors[i].spki, cert->spki) &&
			kvk_name_equal(&anchors[i].name, &cert->subject, KVK_MANNER_JAVA))
			return true;
	return false;
}

static bool leads_to_anchor(
	const struct kvk_gather_input *input, const struct kvk_certificate *cert)
{
	size_t count;
	const struct kvk_anchor *anchors = kvk_trust_anchors(input->evidence->trust, &count);

	for (size_t i = 0; i < count; i++)
		if (kvk_name_equal(&anchors[i].name, &cert->issuer, KVK_MANNER_JAVA))
			return true;
	return false;
}

static bool is_in_path(const struct kvk_path *path, const struct kvk_certificate *cert)
{
	for (size_t i = 0; i < path->count; i++)
		if (path->certs[i].certificate == cert)
			return true;
	return false;
}

/* What the rest of the file says where the path reached no anchor. */
static void look_around(const struct kvk_gather_input *input, struct kvk_facts *out)
{
	if (out->path.anchor != NULL)
		return;
	for (size_t i = 0; i < out->certificate_count; i++) {
		const struct kvk_certificate *cert = out->certificates[i];

		if (cert->ext.ca && out->stray_root == NULL &&
			kvk_name_equal(&cert->subject, &cert->issuer, KVK_MANNER_JAVA) &&
			!is_anchor(input, cert))
			out->stray_root = cert;
		/* of the path itself no link is missing below its end */
		if (!is_in_path(&out->path, cert) && leads_to_anchor(input, cert))
			out->link_missing = true;
	}
}

/* Whether a certificate names a policy of a kind that is known. */
static bool names_policy(const struct kvk_knowledge *knowledge,
	bool (*is_kind)(const struct kvk_knowledge *knowledge, struct kvk_span oid),
	const struct kvk_certificate *cert)
{
	for (size_t i = 0; i < cert->ext.policy_count; i++)
		if (is_kind(knowledge, cert->ext.policies[i].oid))
			return true;
	return false;
}

/* Whether the delivery is one of PKIoverheid, as domain G.3 reads it. */
static enum kvk_known is_pkio(const struct kvk_gather_input *input, const struct kvk_facts *facts)
{
	const struct kvk_path *path = &facts->path;
	const struct kvk_certificate *issuer;

	if (path->anchor == NULL)
		return KVK_UNSURE;
	if (path->anchor->generation != NULL)
		return KVK_YES;
	issuer = path->count > 1 ? path->certs[1].certificate : path->anchor->certificate;
	if (!facts->leaf_pkio_policy || issuer == NULL)
		return KVK_NO;
	return names_policy(input->evidence->knowledge, kvk_knowledge_is_pkio, issuer) ? KVK_YES :
											 KVK_NO;
}

static void recognise(const struct kvk_gather_input *input, struct kvk_facts *out)
{
	out->anchor_count = input->evidence->trust->anchors.count;
	out->has_public_anchors = input->evidence->trust->system;
	if (out->leaf == NULL)
		return;
	out->leaf_pkio_policy =
		names_policy(input->evidence->knowledge, kvk_knowledge_is_pkio, out->leaf);
	out->leaf_server_policy =
		names_policy(input->evidence->knowledge, kvk_knowledge_is_server, out->leaf);
	out->leaf_ev_policy =
		names_policy(input->evidence->knowledge, kvk_knowledge_is_ev, out->leaf);
	out->pkio = is_pkio(input, out);
	for (size_t i = 0; i < out->path.count; i++)
		kvk_recognise(input->evidence->knowledge, out->path.certs[i].certificate,
			&out->certs[i].known);
}

/* Whether a certificate is available already: it leads no further then. */
static bool is_available(const struct kvk_gather_input *input, const struct kvk_facts *facts,
	const uint8_t sha256[static KVK_SHA256_SIZE])
{
	const struct kvk_evidence *evidence = input->evidence;

	for (size_t i = 0; i < facts->certificate_count; i++)
		if (memcmp(facts->certificates[i]->sha256, sha256, KVK_SHA256_SIZE) == 0)
			return true;
	for (size_t i = 0; i < evidence->extra_count; i++)
		if (memcmp(evidence->extra[i].certificate->sha256, sha256, KVK_SHA256_SIZE) == 0)
			return true;
	return false;
}

/* What would lead further from the end of the path. */
static void find_missing(const struct kvk_gather_input *input, struct kvk_facts *out)
{
	const struct kvk_cas *cas = kvk_knowledge_cas(input->evidence->knowledge);
	const struct kvk_known_ca *ca = NULL;
	const struct kvk_certificate *top;

	if (out->path.anchor != NULL || out->path.exhausted || out->path.count == 0)
		return;
	top = out->path.certs[out->path.count - 1].certificate;
	if (kvk_certificate_self_issued(top))
		return;
	do
		ca = kvk_cas_next(cas, &top->issuer, ca);
	while (ca != NULL && (ca->url == NULL || is_available(input, out, ca->sha256)));
	out->missing = ca;
}

/* What takes a path: it needs the one leaf. */
static enum kvk_err look_up(const struct kvk_gather_input *input, struct kvk_facts *out)
{
	enum kvk_err err;

	kvk_signatures_renew(input->signatures);
	KVK_TRY(kvk_route_find(input, out));
	look_around(input, out);
	find_missing(input, out);
out:
	return err;
}

enum kvk_err kvk_gather(const struct kvk_gather_input *input, struct kvk_facts *out)
{
	const unsigned long failures = kvk_alloc_failures();
	enum kvk_err err = KVK_OK;

	if (input->contents == NULL)
		return KVK_ERR_ARGUMENT;
	start(input->fetcher, out);
	take_asked(input, out);
	take_knowledge(input->evidence, out);
	kvk_upload_sort(out);
	if (out->leaf_count == 1)
		KVK_TRY(look_up(input, out));
	recognise(input, out);
out:
	return kvk_alloc_checked(failures, err);
}
