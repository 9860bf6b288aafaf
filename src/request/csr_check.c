/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <string.h>

#include "base/alloc.h"
#include "crypto/verify.h"
#include "request/csr_make.h"

static enum kvk_err refuse(struct kvk_error *why, const char *what)
{
	return kvk_error_set(why, KVK_ERR_REFUSED,
		_("the request that was made says something else than was asked: %s"), what);
}

static enum kvk_err check_attribute(const struct kvk_attribute *found,
	const struct kvk_subject_part *wanted, struct kvk_error *why)
{
	struct kvk_blob text = { .p = NULL };
	enum kvk_err err;

	err = kvk_attribute_text(found, &text);
	if (err == KVK_OK &&
		(found->oid != wanted->oid || !kvk_span_is(kvk_span_of_blob(&text), wanted->value)))
		err = refuse(why, kvk_oid_name(wanted->oid));
	kvk_blob_free(&text);
	return err;
}

static enum kvk_err check_subject(
	const struct kvk_order *order, const struct kvk_name *subject, struct kvk_error *why)
{
	struct kvk_subject_part parts[KVK_SUBJECT_PARTS];
	size_t count = kvk_order_subject(order, parts);
	enum kvk_err err = KVK_OK;

	if (subject->count != count)
		return refuse(why, _("the number of its subject's attributes"));
	for (size_t i = 0; err == KVK_OK && i < count; i++)
		err = check_attribute(&subject->attributes[i], &parts[i], why);
	return err;
}

static enum kvk_err check_extensions(
	const struct kvk_order *order, const struct kvk_extensions *ext, struct kvk_error *why)
{
	size_t usages = order->client_only ? 1 : 2;

	if (!ext->has_key_usage || ext->key_usage != kvk_order_key_usage(order))
		return refuse(why, "keyUsage");
	if (ext->eku_count != usages || !kvk_oid_is(ext->ekus[0], KVK_OID_EKU_CLIENT_AUTH) ||
		(usages == 2 && !kvk_oid_is(ext->ekus[1], KVK_OID_EKU_SERVER_AUTH)))
		return refuse(why, "extKeyUsage");
	if (ext->san_count != 1 || ext->sans[0].kind != KVK_GENERAL_DNS ||
		!kvk_span_is(ext->sans[0].value, order->domain.name))
		return refuse(why, "subjectAltName");
	return KVK_OK;
}

static enum kvk_err check_signature(
	const struct kvk_order *order, const struct kvk_csr *csr, struct kvk_error *why)
{
	struct kvk_verifier *verifier = NULL;
	struct kvk_blob wanted = { .p = NULL };
	enum kvk_err err;

	err = kvk_signing_algorithm(kvk_order_signing(order), &wanted);
	if (err == KVK_OK && !kvk_span_equal(csr->algorithm, kvk_span_of_blob(&wanted)))
		err = refuse(why, _("how it is signed"));
	if (err == KVK_OK)
		err = kvk_verifier_new(&verifier);
	if (err == KVK_OK)
		err = kvk_verify(verifier, csr->spki, csr->algorithm, csr->info, csr->signature);
	if (err == KVK_ERR_SIGNATURE)
		kvk_error_set(why, err,
			_("the signature of the request that was made is not "
			  "correct"));
	kvk_verifier_free(verifier);
	kvk_blob_free(&wanted);
	return err;
}

enum kvk_err kvk_csr_check(
	const struct kvk_order *order, struct kvk_span der, struct kvk_error *why)
{
	struct kvk_csr *csr = kvk_calloc(1, sizeof *csr);
	enum kvk_err err;

	if (csr == NULL)
		return KVK_ERR_MEMORY;
	err = kvk_csr_read(der, csr);
	if (err == KVK_ERR_DER)
		kvk_error_set(why, err, _("the request that was made cannot be read back: %s"),
			kvk_der_remark_text(csr->log.remark));
	if (err == KVK_OK)
		err = check_signature(order, csr, why);
	if (err == KVK_OK && (csr->key.type != order->key_type || csr->key.bits != order->key_bits))
		err = refuse(why, _("its key"));
	if (err == KVK_OK)
		err = check_subject(order, &csr->subject, why);
	if (err == KVK_OK)
		err = check_extensions(order, &csr->ext, why);
	kvk_free(csr);
	return err;
}
