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
	const struct kvk_question *question, size_t *held, struct kvk_online_entry **out)
{
	struct kvk_online_entry *entry = kvk_calloc(1, sizeof *entry);
	enum kvk_err err = KVK_ERR_MEMORY;

	if (entry == NULL)
		goto out;
	entry->held = held;
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

static void free_reading(struct kvk_online_entry *entry, struct kvk_online_reading *reading)
{
	*entry->held -= reading->decoded.n;
	kvk_crl_free(reading->crl);
	kvk_free(reading->crl);
	kvk_free(reading->response);
	kvk_blob_free(&reading->decoded);
	*reading = (struct kvk_online_reading){ .crl = NULL };
}

void kvk_online_entry_forget(struct kvk_online_entry *entry)
{
	free_reading(entry, &entry->reading);
	entry->fetched.crl = NULL;
	entry->fetched.response = NULL;
}

void kvk_online_entry_forget_fresh(struct kvk_online_entry *entry)
{
	free_reading(entry, &entry->fresh);
}

static void free_copy(struct kvk_online_entry *entry)
{
	*entry->held -= entry->cached.octets.n;
	kvk_net_cached_free(&entry->cached);
}

void kvk_online_entry_drop(struct kvk_online_entry *entry)
{
	kvk_online_entry_forget(entry);
	free_copy(entry);
}

void kvk_online_entry_free(struct kvk_online_entry *entry)
{
	if (entry == NULL)
		return;
	kvk_online_entry_forget_fresh(entry);
	kvk_online_entry_drop(entry);
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

/* Reads octets; the errors of kvk_online_entry_take(). */
static enum kvk_err read(
	struct kvk_online_entry *entry, struct kvk_span octets, struct kvk_online_reading *out)
{
	enum kvk_err err;

	free_reading(entry, out);
	if (entry->fetched.ocsp)
		KVK_TRY(read_response(octets, &out->response));
	else
		KVK_TRY(read_crl(octets, &out->decoded, &out->crl));
	out->octets = octets;
out:
	*entry->held += out->decoded.n;
	if (err != KVK_OK)
		free_reading(entry, out);
	return err == KVK_OK || err == KVK_ERR_MEMORY ? err : KVK_ERR_FORMAT;
}

/* What was read is what is known. */
static void settle(struct kvk_online_entry *entry)
{
	entry->fetched.crl = entry->reading.crl;
	entry->fetched.response = entry->reading.response;
}

enum kvk_err kvk_online_entry_look_up(
	struct kvk_online_entry *entry, const char *folder, kvk_time now)
{
	enum kvk_err err;

	err = kvk_net_cache_get(
		folder, entry->url, kvk_span_of_blob(&entry->body), now, &entry->cached);
	if (err != KVK_OK)
		return err == KVK_ERR_NOT_FOUND ? KVK_OK : err;
	*entry->held += entry->cached.octets.n;
	err = read(entry, entry->cached.octets, &entry->reading);
	if (err == KVK_OK)
		settle(entry);
	else
		free_copy(entry);
	return err == KVK_ERR_FORMAT ? KVK_OK : err;
}

enum kvk_err kvk_online_entry_take(struct kvk_online_entry *entry, struct kvk_span octets)
{
	enum kvk_err err = KVK_OK;

	if (entry->fresh.octets.p != octets.p || entry->fresh.octets.n != octets.n)
		KVK_TRY(read(entry, octets, &entry->fresh));
	kvk_online_entry_drop(entry);
	entry->reading = entry->fresh;
	entry->fresh = (struct kvk_online_reading){ .crl = NULL };
	settle(entry);
out:
	return err;
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
	const struct kvk_crl *crl = entry->reading.crl;
	bool has;

	if (entry->reading.response != NULL)
		return age < OCSP_RECENT && response_end(entry->reading.response, &has) > sooner &&
			has;
	return age < CRL_RECENT && crl != NULL && crl->has_next_update && crl->next_update > sooner;
}

/* The first look at what came: whether it is a CRL, or an OCSP response, at all. */
static enum kvk_net_look look_at(void *context, struct kvk_span octets)
{
	struct kvk_online_entry *entry = context;
	const enum kvk_err err = read(entry, octets, &entry->fresh);
	const struct kvk_ocsp *response = entry->fresh.response;

	if (response != NULL && response->status == KVK_OCSP_TRY_LATER)
		return KVK_NET_LOOK_LATER;
	return err == KVK_OK || err == KVK_ERR_MEMORY ? KVK_NET_LOOK_GOOD : KVK_NET_LOOK_WRONG;
}

/* Whether a copy counts if the server says that nothing has changed: not one that is over. */
static bool is_worth_confirming(const struct kvk_online_entry *entry, kvk_time now)
{
	const struct kvk_crl *crl = entry->reading.crl;

	return !entry->anew && crl != NULL && (!crl->has_next_update || crl->next_update > now);
}

struct kvk_net_request kvk_online_entry_request(struct kvk_online_entry *entry, kvk_time now)
{
	const bool ocsp = entry->fetched.ocsp;
	struct kvk_net_request request = {
		.url = entry->url,
		.source = KVK_NET_FROM_CERTIFICATE,
		.max_octets = ocsp ? KVK_LIMIT_OCSP : KVK_LIMIT_CRL_FILE,
		.content_type = ocsp ? KVK_OCSP_REQUEST_TYPE : NULL,
		.body = kvk_span_of_blob(&entry->body),
		.look = look_at,
		.look_context = entry,
	};

	if (is_worth_confirming(entry, now)) {
		request.etag = entry->cached.etag;
		request.last_modified = entry->cached.last_modified;
	}
	return request;
}
