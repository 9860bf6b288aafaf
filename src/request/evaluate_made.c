/* SPDX-License-Identifier: Apache-2.0 */
/* Part of request/evaluate.h: a request of our own, read back and compared with its order. */
#include "config.h"

#include "base/alloc.h"
#include "request/evaluate.h"

/* Each comparison says what it compares: N_() or the name of an attribute or extension. */
typedef enum kvk_err comparison(
	const struct kvk_order *order, const struct kvk_csr *csr, const char **what);

static enum kvk_err same_if(bool same)
{
	return same ? KVK_OK : KVK_ERR_REFUSED;
}

static enum kvk_err compare_algorithm(
	const struct kvk_order *order, const struct kvk_csr *csr, const char **what)
{
	struct kvk_blob wanted = { .p = NULL };
	enum kvk_err err;

	*what = N_("the signature algorithm");
	KVK_TRY(kvk_signing_algorithm(kvk_order_signing(order), &wanted));
	KVK_TRY(same_if(kvk_span_equal(csr->algorithm, kvk_span_of_blob(&wanted))));
out:
	kvk_blob_free(&wanted);
	return err;
}

static enum kvk_err compare_key(
	const struct kvk_order *order, const struct kvk_csr *csr, const char **what)
{
	*what = N_("the key");
	return same_if(csr->key.type == order->key_type && csr->key.bits == order->key_bits);
}

static enum kvk_err compare_subject(
	const struct kvk_order *order, const struct kvk_csr *csr, const char **what)
{
	struct kvk_subject_part parts[KVK_SUBJECT_PARTS];
	size_t count = kvk_order_subject(order, parts);
	struct kvk_blob text = { .p = NULL };
	enum kvk_err err;

	*what = N_("the number of attributes in the subject");
	KVK_TRY(same_if(csr->subject.count == count));
	for (size_t i = 0; i < count; i++) {
		const struct kvk_attribute *found = &csr->subject.attributes[i];

		*what = kvk_oid_name(parts[i].oid);
		kvk_blob_clear(&text);
		KVK_TRY(kvk_attribute_text(found, &text));
		KVK_TRY(same_if(found->oid == parts[i].oid &&
			kvk_span_is(kvk_span_of_blob(&text), parts[i].value)));
	}
out:
	kvk_blob_free(&text);
	return err;
}

static enum kvk_err compare_key_usage(
	const struct kvk_order *order, const struct kvk_csr *csr, const char **what)
{
	*what = "keyUsage";
	return same_if(csr->ext.has_key_usage && csr->ext.key_usage == kvk_order_key_usage(order));
}

static enum kvk_err compare_purposes(
	const struct kvk_order *order, const struct kvk_csr *csr, const char **what)
{
	const struct kvk_extensions *ext = &csr->ext;
	size_t count = order->client_only ? 1 : 2;

	*what = "extKeyUsage";
	return same_if(ext->eku_count == count &&
		kvk_oid_is(ext->ekus[0], KVK_OID_EKU_CLIENT_AUTH) &&
		(count == 1 || kvk_oid_is(ext->ekus[1], KVK_OID_EKU_SERVER_AUTH)));
}

static enum kvk_err compare_names(
	const struct kvk_order *order, const struct kvk_csr *csr, const char **what)
{
	const struct kvk_extensions *ext = &csr->ext;

	*what = "subjectAltName";
	return same_if(ext->san_count == 1 && ext->sans[0].kind == KVK_GENERAL_DNS &&
		kvk_span_is(ext->sans[0].value, order->domain.name));
}

static comparison *const comparisons[] = { compare_algorithm, compare_key, compare_subject,
	compare_key_usage, compare_purposes, compare_names };

static enum kvk_err compare_all(
	const struct kvk_order *order, const struct kvk_csr *csr, struct kvk_error *why)
{
	const char *what = "";
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < sizeof comparisons / sizeof comparisons[0]; i++)
		KVK_TRY(comparisons[i](order, csr, &what));
out:
	if (err == KVK_ERR_REFUSED)
		(void)kvk_error_set(why, err,
			_("the request that was created differs from what was asked for: %s"),
			_(what));
	return err;
}

enum kvk_err kvk_request_check(
	const struct kvk_order *order, struct kvk_span der, struct kvk_error *why)
{
	struct kvk_csr *csr = kvk_calloc(1, sizeof *csr);
	enum kvk_err err;

	if (csr == NULL)
		return KVK_ERR_MEMORY;
	KVK_TRY(kvk_csr_read(der, csr));
	KVK_TRY(kvk_csr_verify(csr));
	KVK_TRY(compare_all(order, csr, why));
out:
	if (err == KVK_ERR_DER)
		(void)kvk_error_set(why, err,
			_("the request that was created cannot be read back: %s"),
			kvk_der_remark_text(csr->log.remark));
	else if (err == KVK_ERR_SIGNATURE)
		(void)kvk_error_set(
			why, err, _("the signature of the request that was created is wrong"));
	kvk_csr_free(csr);
	kvk_free(csr);
	return err;
}
