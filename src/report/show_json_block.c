/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/show_json_part.h"

#include "base/alloc.h"
#include "cert/crl.h"
#include "cert/csr.h"

static json_t *whole(json_t *value, int bad)
{
	if (bad == 0)
		return value;
	json_decref(value);
	return NULL;
}

static json_t *text_json(const char *text)
{
	return text != NULL ? json_string(text) : json_null();
}

json_t *kvk_show_json_fault(enum kvk_err err, const struct kvk_der_log *log)
{
	json_t *object = json_object();
	int bad = json_object_set_new(object, "error", json_string(kvk_error_name(err)));

	bad |= json_object_set_new(object, "text",
		json_string(log->remark != KVK_DER_OK ? kvk_der_remark_text(log->remark) :
							kvk_error_text(err)));
	if (log->remark != KVK_DER_OK)
		bad |= json_object_set_new(object, "offset", json_integer((json_int_t)log->offset));
	return whole(object, bad);
}

static json_t *tolerated_json(const struct kvk_der_log *log)
{
	json_t *list = json_array();
	int bad = 0;

	for (int i = KVK_DER_OK + 1; i < KVK_DER_REMARK_COUNT; i++)
		if (log->tolerated >> i & 1)
			bad |= json_array_append_new(
				list, json_string(kvk_der_remark_text((enum kvk_der_remark)i)));
	return whole(list, bad);
}

static json_t *sha256_json(const uint8_t *hash)
{
	return kvk_json_hex((struct kvk_span){ hash, KVK_SHA256_SIZE });
}

static int set_recognised(
	json_t *object, const struct kvk_show *show, const struct kvk_certificate *cert)
{
	struct kvk_recognised known = { 0 };
	int bad;

	if (show->knowledge != NULL)
		kvk_recognise(show->knowledge, cert, &known);
	bad = json_object_set_new(object, "generation", text_json(known.generation));
	bad |= json_object_set_new(object, "tsp", text_json(known.tsp));
	return bad |
		json_object_set_new(object, "recognised_by",
			text_json(known.generation == NULL && known.tsp == NULL ? NULL :
					known.certain				? "fingerprint" :
										  "name"));
}

json_t *kvk_show_json_certificate(const struct kvk_show *show, const struct kvk_certificate *cert)
{
	const int64_t days = kvk_time_days(show->at, cert->not_after);
	json_t *object = json_object();
	int bad = json_object_set_new(object, "subject", kvk_json_name(&cert->subject));

	bad |= json_object_set_new(object, "issuer", kvk_json_name(&cert->issuer));
	bad |= json_object_set_new(object, "version", json_integer(cert->version));
	bad |= json_object_set_new(object, "serial", kvk_json_hex(cert->serial));
	bad |= json_object_set_new(object, "not_before", kvk_json_time(cert->not_before));
	bad |= json_object_set_new(object, "not_after", kvk_json_time(cert->not_after));
	bad |= json_object_set_new(object, "days_left", json_integer(days));
	bad |= json_object_set_new(object, "key", kvk_json_key(&cert->key));
	bad |= json_object_set_new(object, "signature", kvk_json_scheme(cert->algorithm));
	bad |= json_object_set_new(object, "sha256", sha256_json(cert->sha256));
	bad |= json_object_set_new(object, "spki_sha256", sha256_json(cert->spki_sha256));
	bad |= set_recognised(object, show, cert);
	bad |= json_object_set_new(object, "not_strict_der", tolerated_json(&cert->log));
	bad |= json_object_set_new(
		object, "extensions", kvk_show_json_extensions(show, &cert->ext));
	return whole(object, bad);
}

static json_t *csr_json(const struct kvk_show *show, const struct kvk_csr *csr)
{
	json_t *object = json_object();
	int bad = json_object_set_new(object, "subject", kvk_json_name(&csr->subject));

	bad |= json_object_set_new(object, "key", kvk_json_key(&csr->key));
	bad |= json_object_set_new(object, "signature", kvk_json_scheme(csr->algorithm));
	bad |= json_object_set_new(object, "spki_sha256", sha256_json(csr->spki_sha256));
	bad |= json_object_set_new(object, "not_strict_der", tolerated_json(&csr->log));
	bad |= json_object_set_new(object, "extensions", kvk_show_json_extensions(show, &csr->ext));
	return whole(object, bad);
}

json_t *kvk_show_json_csr(const struct kvk_show *show, struct kvk_span der)
{
	struct kvk_csr *csr = kvk_malloc(sizeof(*csr));
	json_t *value = NULL;
	enum kvk_err err;

	if (csr == NULL)
		return NULL;
	err = kvk_csr_read(der, csr);
	value = err == KVK_OK ? csr_json(show, csr) : kvk_show_json_fault(err, &csr->log);
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
	int bad;

	if (err != KVK_OK)
		return kvk_show_json_fault(err, &crl.log);
	object = json_object();
	bad = json_object_set_new(object, "issuer", kvk_json_name(&crl.issuer));
	bad |= json_object_set_new(object, "this_update", kvk_json_time(crl.this_update));
	bad |= json_object_set_new(object, "next_update",
		crl.has_next_update ? kvk_json_time(crl.next_update) : json_null());
	bad |= json_object_set_new(
		object, "number", crl.has_number ? kvk_json_hex(crl.number) : json_null());
	bad |= json_object_set_new(object, "signature", kvk_json_scheme(crl.algorithm));
	bad |= json_object_set_new(object, "revoked", count_json(&crl));
	return whole(object, bad);
}
