/* SPDX-License-Identifier: Apache-2.0 */
/* Part of practice/practice.h: an order, which makes a leaf from a certification request. */
#include "config.h"

#include "practice/practice.h"

#include <string.h>

#include "base/ascii.h"
#include "cert/csr.h"
#include "der/writer.h"

#define KVK_DIGITS 8
#define HRN_DIGITS 20
#define HRN_PREFIX "00000003"
#define ORGANISATION_PREFIX "NTRNL-"

/* What the request says, as text. */
struct order {
	struct kvk_blob domain, organisation, serial, kvk;
};

static enum kvk_err text_of(const struct kvk_csr *csr, enum kvk_oid oid, struct kvk_blob *out)
{
	const struct kvk_attribute *attribute = kvk_name_find(&csr->subject, oid, 0);

	return attribute != NULL ? kvk_attribute_text(attribute, out) : KVK_OK;
}

/* CN where it has the look of a host name, else the first dNSName. */
static enum kvk_err find_domain(const struct kvk_csr *csr, struct kvk_blob *out)
{
	enum kvk_err err;

	KVK_TRY(text_of(csr, KVK_OID_CN, out));
	if (memchr(kvk_blob_str(out), '.', out->n) != NULL &&
		memchr(kvk_blob_str(out), ' ', out->n) == NULL)
		return KVK_OK;
	kvk_blob_clear(out);
	for (size_t i = 0; csr->has_extensions && i < csr->ext.san_count; i++)
		if (csr->ext.sans[i].kind == KVK_GENERAL_DNS)
			return kvk_blob_append(out, csr->ext.sans[i].value);
out:
	return err;
}

/* The KVK number from organizationIdentifier, else from the serialNumber. */
static enum kvk_err find_kvk(const struct kvk_csr *csr, struct order *order)
{
	struct kvk_blob id = { .n = 0 };
	const size_t prefix = strlen(ORGANISATION_PREFIX);
	struct kvk_span digits = { NULL, 0 };
	enum kvk_err err;

	KVK_TRY(text_of(csr, KVK_OID_ORGANIZATION_IDENTIFIER, &id));
	if (id.n == prefix + KVK_DIGITS && memcmp(id.p, ORGANISATION_PREFIX, prefix) == 0)
		digits = (struct kvk_span){ id.p + prefix, KVK_DIGITS };
	else if (order->serial.n == HRN_DIGITS &&
		memcmp(order->serial.p, HRN_PREFIX, strlen(HRN_PREFIX)) == 0)
		digits = (struct kvk_span){ order->serial.p + strlen(HRN_PREFIX), KVK_DIGITS };
	else if (order->serial.n == KVK_DIGITS)
		digits = kvk_span_of_blob(&order->serial);
	if (kvk_all_digits(digits))
		err = kvk_blob_append(&order->kvk, digits);
out:
	kvk_blob_free(&id);
	return err;
}

static const char *or_null(const struct kvk_blob *text)
{
	return text->n > 0 ? kvk_blob_str(text) : NULL;
}

/* All dNSNames that were asked for, in place of the one of the domain. */
static enum kvk_err take_names(const struct kvk_csr *csr, struct kvk_issue *issue)
{
	struct kvk_blob contents = { .n = 0 };
	struct kvk_der_writer w = { .depth = 0 };
	enum kvk_err err;
	size_t n = 0;

	for (size_t i = 0; csr->has_extensions && i < csr->ext.san_count; i++) {
		if (csr->ext.sans[i].kind != KVK_GENERAL_DNS)
			continue;
		kvk_der_put(&w, KVK_DER_CONTEXT(2), csr->ext.sans[i].value);
		n++;
	}
	KVK_TRY(kvk_der_write_done(&w, &contents));
	if (n > 0)
		kvk_issue_san(issue, kvk_span_of_blob(&contents));
	err = issue->err;
out:
	kvk_der_writer_free(&w);
	kvk_blob_free(&contents);
	return err;
}

enum kvk_err kvk_practice_order(
	struct kvk_practice *tsp, struct kvk_span request, struct kvk_issue *issue)
{
	struct order order = { .domain = { .n = 0 } };
	struct kvk_practice_leaf wanted;
	struct kvk_csr csr = { .has_extensions = false };
	enum kvk_err err;

	kvk_issue_start(issue);
	KVK_TRY(kvk_csr_read(request, &csr));
	KVK_TRY(kvk_csr_verify(&csr));
	KVK_TRY(find_domain(&csr, &order.domain));
	KVK_TRY(text_of(&csr, KVK_OID_O, &order.organisation));
	KVK_TRY(text_of(&csr, KVK_OID_SERIAL_NUMBER, &order.serial));
	KVK_TRY(find_kvk(&csr, &order));
	wanted = (struct kvk_practice_leaf){ .domain = or_null(&order.domain),
		.kvk = or_null(&order.kvk),
		.oin = or_null(&order.serial),
		.organisation = or_null(&order.organisation),
		.spki = csr.spki };
	KVK_TRY(kvk_practice_leaf(tsp, &wanted, issue));
	err = take_names(&csr, issue);
out:
	kvk_csr_free(&csr);
	kvk_blob_free(&order.domain);
	kvk_blob_free(&order.organisation);
	kvk_blob_free(&order.serial);
	kvk_blob_free(&order.kvk);
	return err;
}
