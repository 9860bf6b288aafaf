/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/online_entry.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "cert/crl_body.h"
#include "cert/ocsp_request.h"
#include "der/reader.h"

/* A CRL is asked for again after this, so that a revocation appears within it. */
#define CRL_RECENT (4 * KVK_HOUR)
/* An OCSP response counts no longer than this. */
#define OCSP_RECENT KVK_HOUR

enum kvk_err kvk_online_entry_new(
	const struct kvk_question *question, struct kvk_online_entry **out)
{
	struct kvk_online_entry *entry = kvk_calloc(1, sizeof *entry);
	enum kvk_err err = KVK_ERR_MEMORY;

	if (entry == NULL)
		goto out;
	entry->url = kvk_strdup(question->url);
	if (entry->url == NULL)
		goto out;
	KVK_TRY(kvk_blob_append(&entry->body, question->body));
	entry->fetched.url = entry->url;
	entry->fetched.ocsp = question->ocsp;
	entry->anew = question->anew;
	*out = entry;
	entry = NULL;
	err = KVK_OK;
out:
	kvk_online_entry_free(entry);
	return err;
}

void kvk_online_entry_forget(struct kvk_online_entry *entry)
{
	kvk_crl_free(entry->crl);
	kvk_free(entry->crl);
	kvk_free(entry->response);
	kvk_blob_free(&entry->decoded);
	entry->crl = NULL;
	entry->response = NULL;
	entry->fetched.crl = NULL;
	entry->fetched.response = NULL;
}

void kvk_online_entry_free(struct kvk_online_entry *entry)
{
	if (entry == NULL)
		return;
	kvk_online_entry_forget(entry);
	kvk_net_cached_free(&entry->cached);
	kvk_blob_free(&entry->body);
	kvk_free(entry->url);
	kvk_free(entry);
}

/* Reads a CRL in any of the forms that servers give; decoded holds it where it is not in DER. */
static enum kvk_err read_crl(struct kvk_span octets, struct kvk_blob *decoded, struct kvk_crl **out)
{
	struct kvk_crl *crl = NULL;
	enum kvk_err err;

	if (octets.n > 0 && octets.p[0] != KVK_DER_SEQUENCE) {
		if (octets.n > KVK_LIMIT_CRL_PEM)
			return KVK_ERR_FORMAT;
		KVK_TRY(kvk_blob_append(decoded, octets));
		KVK_TRY(kvk_crl_body_decode(decoded));
		octets = kvk_span_of_blob(decoded);
	}
	crl = kvk_calloc(1, sizeof *crl);
	if (crl == NULL)
		return KVK_ERR_MEMORY;
	KVK_TRY(kvk_crl_read(octets, crl));
	*out = crl;
	crl = NULL;
out:
	kvk_free(crl);
	return err;
}

static enum kvk_err read_response(struct kvk_span octets, struct kvk_ocsp **out)
{
	struct kvk_ocsp *response = kvk_calloc(1, sizeof *response);
	enum kvk_err err = KVK_ERR_MEMORY;

	if (response == NULL)
		goto out;
	KVK_TRY(kvk_ocsp_read(octets, response));
	*out = response;
	response = NULL;
out:
	kvk_free(response);
	return err;
}

enum kvk_err kvk_online_entry_read(struct kvk_online_entry *entry, struct kvk_span octets)
{
	enum kvk_err err;

	kvk_online_entry_forget(entry);
	if (entry->fetched.ocsp)
		KVK_TRY(read_response(octets, &entry->response));
	else
		KVK_TRY(read_crl(octets, &entry->decoded, &entry->crl));
	entry->fetched.crl = entry->crl;
	entry->fetched.response = entry->response;
out:
	if (err != KVK_OK)
		kvk_online_entry_forget(entry);
	return err == KVK_OK || err == KVK_ERR_MEMORY ? err : KVK_ERR_FORMAT;
}

/* When the first of the entries of a response is replaced; *has: each says when. */
static kvk_time response_end(const struct kvk_ocsp *response, bool *has)
{
	struct kvk_der_log log = { 0 };
	struct kvk_ocsp_single single;
	struct kvk_der walk;
	kvk_time end = INT64_MAX;
	bool more;

	*has = false;
	kvk_ocsp_walk(response, &log, &walk);
	while (kvk_ocsp_next(&walk, &single, &more) == KVK_OK && more) {
		if (!single.has_next_update)
			end = INT64_MIN;
		else if (single.next_update < end)
			end = single.next_update;
		*has = true;
	}
	return end;
}

bool kvk_online_entry_is_recent(const struct kvk_online_entry *entry, kvk_time now, kvk_time at)
{
	const kvk_time age = now - entry->cached.fetched, sooner = at < now ? at : now;
	bool has;

	if (entry->response != NULL)
		return age < OCSP_RECENT && response_end(entry->response, &has) > sooner && has;
	return age < CRL_RECENT && entry->crl != NULL && entry->crl->has_next_update &&
		entry->crl->next_update > sooner;
}

/* The first look at what came for a CRL: whether it is one at all. */
static enum kvk_net_look look_at_crl(struct kvk_span octets)
{
	struct kvk_blob decoded = { 0 };
	struct kvk_crl *crl = NULL;
	enum kvk_err err = read_crl(octets, &decoded, &crl);

	kvk_crl_free(crl);
	kvk_free(crl);
	kvk_blob_free(&decoded);
	return err == KVK_OK || err == KVK_ERR_MEMORY ? KVK_NET_LOOK_GOOD : KVK_NET_LOOK_WRONG;
}

static enum kvk_net_look look_at_response(struct kvk_span octets)
{
	struct kvk_ocsp *response = NULL;
	enum kvk_err err = read_response(octets, &response);
	const bool later = response != NULL && response->status == KVK_OCSP_TRY_LATER;

	kvk_free(response);
	if (later)
		return KVK_NET_LOOK_LATER;
	return err == KVK_OK || err == KVK_ERR_MEMORY ? KVK_NET_LOOK_GOOD : KVK_NET_LOOK_WRONG;
}

/* Whether a copy counts if the server says that nothing has changed: not one that is over. */
static bool is_worth_confirming(const struct kvk_online_entry *entry, kvk_time now)
{
	return !entry->anew && entry->crl != NULL &&
		(!entry->crl->has_next_update || entry->crl->next_update > now);
}

struct kvk_net_request kvk_online_entry_request(const struct kvk_online_entry *entry, kvk_time now)
{
	const bool ocsp = entry->fetched.ocsp;
	struct kvk_net_request request = {
		.url = entry->url,
		.source = KVK_NET_FROM_CERTIFICATE,
		.max_octets = ocsp ? KVK_LIMIT_OCSP : KVK_LIMIT_CRL_FILE,
		.content_type = ocsp ? KVK_OCSP_REQUEST_TYPE : NULL,
		.body = kvk_span_of_blob(&entry->body),
		.look = ocsp ? look_at_response : look_at_crl,
	};

	if (is_worth_confirming(entry, now)) {
		request.etag = entry->cached.etag;
		request.last_modified = entry->cached.last_modified;
	}
	return request;
}
