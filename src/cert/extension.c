/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/extension.h"

#include "base/alloc.h"

void kvk_extensions_free(struct kvk_extensions *ext)
{
	if (ext == NULL)
		return;
	kvk_free(ext->all);
	kvk_free(ext->ekus);
	kvk_free(ext->sans);
	kvk_free(ext->policies);
	kvk_free(ext->mappings);
	kvk_free(ext->crl_points);
	kvk_free(ext->aia);
	*ext = (struct kvk_extensions){ .count = 0 };
}

bool kvk_extensions_have_eku(const struct kvk_extensions *ext, enum kvk_oid usage)
{
	for (size_t i = 0; i < ext->eku_count; i++)
		if (kvk_oid_is(ext->ekus[i], usage))
			return true;
	return false;
}

enum kvk_err kvk_extension_read(struct kvk_der *list, struct kvk_extension *out)
{
	struct kvk_der one;
	enum kvk_err err;

	out->critical = out->malformed = false;
	/* Extension ::= SEQUENCE { */
	KVK_TRY(kvk_der_enter(list, KVK_DER_SEQUENCE, &one));
	/* extnID OBJECT IDENTIFIER, */
	KVK_TRY(kvk_der_oid(&one, &out->type));
	/* critical BOOLEAN DEFAULT FALSE, */
	if (kvk_der_peek(&one) == KVK_DER_BOOLEAN) {
		const uint8_t *at = one.rest.p;

		KVK_TRY(kvk_der_boolean(&one, &out->critical));
		if (!out->critical)
			KVK_TRY(kvk_der_tolerate(&one, KVK_DER_DEFAULT, at));
	}
	/* extnValue OCTET STRING } */
	KVK_TRY(kvk_der_octet_string(&one, &out->value));
	out->oid = kvk_oid_find(out->type);
	if (!kvk_der_at_end(&one))
		return kvk_der_tolerate(&one, KVK_DER_TRAILING, one.rest.p);
out:
	return err;
}

bool kvk_extension_repeats(
	const struct kvk_extension *all, size_t count, const struct kvk_extension *one)
{
	for (size_t i = 0; i < count; i++)
		if (!all[i].malformed && kvk_span_equal(all[i].type, one->type))
			return true;
	return false;
}

enum kvk_err kvk_extension_next(struct kvk_der *list,
	struct kvk_extension all[static KVK_LIMIT_CRL_EXTENSIONS], size_t *count)
{
	const uint8_t *at = list->rest.p;
	struct kvk_extension *one = &all[*count];
	enum kvk_err err;

	if (*count == KVK_LIMIT_CRL_EXTENSIONS)
		return kvk_der_fail(list, KVK_DER_TOO_MANY, at);
	KVK_TRY(kvk_extension_read(list, one));
	if (kvk_extension_repeats(all, *count, one))
		return kvk_der_fail(list, KVK_DER_DUPLICATE, at);
	++*count;
out:
	return err;
}
