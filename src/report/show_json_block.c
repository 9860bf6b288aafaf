/* SPDX-License-Identifier: Apache-2.0 */
/* Part of report/show.h: certificates, requests and CRLs as JSON. */
#include "config.h"

#include "report/show_json_part.h"

#include "base/alloc.h"
#include "cert/crl.h"
#include "cert/csr.h"

json_t *kvk_show_json_failure(enum kvk_err err, const struct kvk_der_log *log)
{
	json_t *object = json_object();

	kvk_json_set(&object, "error", json_string(kvk_error_name(err)));

	kvk_json_set(&object, "text",
		json_string(log->remark != KVK_DER_OK ? kvk_der_remark_text(log->remark) :
							kvk_error_text(err)));
	if (log->remark != KVK_DER_OK)
		kvk_json_set(&object, "offset", json_integer((json_int_t)log->offset));
	return object;
}

static json_t *tolerated_json(const struct kvk_der_log *log)
{
	json_t *list = json_array();

	for (int i = KVK_DER_OK + 1; i < KVK_DER_REMARK_COUNT; i++)
		if (log->tolerated >> i & 1)
			kvk_json_append(
				&list, json_string(kvk_der_remark_text((enum kvk_der_remark)i)));
	return list;
}

static void set_recognised(
	json_t **object, const struct kvk_show *show, const struct kvk_certificate *cert)
{
	struct kvk_recognised known = { 0 };
	const char *by = NULL;

	if (show->knowledge != NULL)
		kvk_recognise(show->knowledge, cert, &known);
	if (known.generation != NULL || known.tsp != NULL)
		by = known.certain ? "fingerprint" : "name";
	kvk_json_set(object, "generation", kvk_json_string(known.generation));
	kvk_json_set(object, "tsp", kvk_json_string(known.tsp));
	kvk_json_set(object, "recognised_by", kvk_json_string(by));
}

json_t *kvk_show_json_certificate(const struct kvk_show *show, const struct kvk_certificate *cert)
{
	const int64_t days = kvk_time_days(show->at, cert->not_after);
	json_t *object = json_object();

	kvk_json_set(&object, "subject", kvk_json_name(&cert->subject));

	kvk_json_set(&object, "issuer", kvk_json_name(&cert->issuer));
	kvk_json_set(&object, "version", json_integer(cert->version));
	kvk_json_set(&object, "serial", kvk_json_hex(cert->serial));
	kvk_json_set(&object, "not_before", kvk_json_time(cert->not_before));
	kvk_json_set(&object, "not_after", kvk_json_time(cert->not_after));
	kvk_json_set(&object, "days_left", json_integer(days));
	kvk_json_set(&object, "key", kvk_json_key(&cert->key));
	kvk_json_set(&object, "signature", kvk_json_scheme(cert->algorithm));
	kvk_json_set(&object, "sha256", kvk_json_sha256(cert->sha256));
	kvk_json_set(&object, "spki_sha256", kvk_json_sha256(cert->spki_sha256));
	set_recognised(&object, show, cert);
	kvk_json_set(&object, "not_strict_der", tolerated_json(&cert->log));
	kvk_json_set(&object, "extensions", kvk_show_json_extensions(show, &cert->ext));
	return object;
}

static json_t *csr_json(const struct kvk_show *show, const struct kvk_csr *csr)
{
	json_t *object = json_object();

	kvk_json_set(&object, "subject", kvk_json_name(&csr->subject));

	kvk_json_set(&object, "key", kvk_json_key(&csr->key));
	kvk_json_set(&object, "signature", kvk_json_scheme(csr->algorithm));
	kvk_json_set(&object, "spki_sha256", kvk_json_sha256(csr->spki_sha256));
	kvk_json_set(&object, "not_strict_der", tolerated_json(&csr->log));
	kvk_json_set(&object, "extensions", kvk_show_json_extensions(show, &csr->ext));
	return object;
}

json_t *kvk_show_json_csr(const struct kvk_show *show, struct kvk_span der)
{
	struct kvk_csr *csr = kvk_malloc(sizeof(*csr));
	json_t *value;
	enum kvk_err err;

	if (csr == NULL)
		return NULL;
	err = kvk_csr_read(der, csr);
	value = err == KVK_OK ? csr_json(show, csr) : kvk_show_json_failure(err, &csr->log);
	kvk_csr_free(csr);
	kvk_free(csr);
	return value;
}

/* How many entries can be read. */
static json_t *count_json(const struct kvk_crl *crl)
{
	struct kvk_der_log log = { 0 };
	struct kvk_crl_entry entry;
	struct kvk_der walk;
	json_int_t count = 0;
	bool more;

	kvk_crl_walk(crl, &log, &walk);
	while (kvk_crl_next(&walk, &entry, &more) == KVK_OK && more)
		count++;
	return json_integer(count);
}

json_t *kvk_show_json_crl(struct kvk_span der)
{
	struct kvk_crl crl;
	const enum kvk_err err = kvk_crl_read(der, &crl);
	json_t *object;

	if (err != KVK_OK)
		return kvk_show_json_failure(err, &crl.log);
	object = json_object();
	kvk_json_set(&object, "issuer", kvk_json_name(&crl.issuer));
	kvk_json_set(&object, "this_update", kvk_json_time(crl.this_update));
	kvk_json_set(&object, "next_update",
		crl.has_next_update ? kvk_json_time(crl.next_update) : json_null());
	kvk_json_set(&object, "number", crl.has_number ? kvk_json_hex(crl.number) : json_null());
	kvk_json_set(&object, "signature", kvk_json_scheme(crl.algorithm));
	kvk_json_set(&object, "revoked", count_json(&crl));
	kvk_crl_free(&crl);
	return object;
}
