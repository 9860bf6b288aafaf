/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/extensions.h"

enum kvk_err kvk_ext_san(struct kvk_der *der, struct kvk_extensions *out)
{
	struct kvk_der list;
	size_t n = 0;
	enum kvk_err err;

	if ((err = kvk_der_enter(der, KVK_DER_SEQUENCE, &list)) != KVK_OK)
		return err;
	if (kvk_der_at_end(&list))
		return kvk_der_fail(der, KVK_DER_EMPTY, list.rest.p);
	for (; !kvk_der_at_end(&list); n++) {
		if (n == KVK_LIMIT_SANS)
			return kvk_der_fail(&list, KVK_DER_TOO_MANY, list.rest.p);
		if ((err = kvk_general_name_read(&list, &out->sans[n])) != KVK_OK)
			return err;
	}
	if ((err = kvk_der_finish(der)) != KVK_OK)
		return err;
	out->has_san = true;
	out->san_count = n;
	return KVK_OK;
}

enum kvk_err kvk_general_names_check(const struct kvk_der *der, struct kvk_span content)
{
	struct kvk_general_name name;
	struct kvk_der list;
	size_t n = 0;
	enum kvk_err err;

	if ((err = kvk_der_into(der, content, &list)) != KVK_OK)
		return err;
	if (kvk_der_at_end(&list))
		return kvk_der_fail(der, KVK_DER_EMPTY, content.p);
	while (!kvk_der_at_end(&list)) {
		if (n++ == KVK_LIMIT_GENERAL_NAMES)
			return kvk_der_fail(&list, KVK_DER_TOO_MANY, list.rest.p);
		if ((err = kvk_general_name_read(&list, &name)) != KVK_OK)
			return err;
	}
	return KVK_OK;
}

enum kvk_err kvk_ext_issuer_alt_name(struct kvk_der *der, struct kvk_extensions *out)
{
	struct kvk_span names;
	enum kvk_err err;

	if ((err = kvk_der_read(der, KVK_DER_SEQUENCE, &names)) != KVK_OK ||
		(err = kvk_general_names_check(der, names)) != KVK_OK ||
		(err = kvk_der_finish(der)) != KVK_OK)
		return err;
	out->has_issuer_alt_name = true;
	return KVK_OK;
}

enum kvk_err kvk_subtree_read(struct kvk_der *der, struct kvk_subtree *out)
{
	struct kvk_der subtree;
	uint64_t number;
	enum kvk_err err;

	out->has_minimum_or_maximum = false;
	if ((err = kvk_der_enter(der, KVK_DER_SEQUENCE, &subtree)) != KVK_OK ||
		(err = kvk_general_base_read(&subtree, &out->base)) != KVK_OK)
		return err;
	for (unsigned i = 0; i < 2; i++) {
		if (kvk_der_peek(&subtree) != KVK_DER_CONTEXT(i))
			continue;
		err = kvk_der_uint(&subtree, KVK_DER_CONTEXT(i), INT32_MAX, &number);
		if (err != KVK_OK)
			return err;
		/* A minimum of 0 is the default (4.2.1.10), written out. */
		if (i == 0 && number == 0 &&
			(err = kvk_der_tolerate(&subtree, KVK_DER_DEFAULT, subtree.rest.p)) !=
				KVK_OK)
			return err;
		if (i == 1 || number > 0)
			out->has_minimum_or_maximum = true;
	}
	return kvk_der_finish(&subtree);
}

/* One of the two lists; *count is over both. */
static enum kvk_err read_subtrees(
	struct kvk_der *list, unsigned number, struct kvk_span *out, size_t *count)
{
	struct kvk_subtree subtree;
	struct kvk_der trees;
	bool present;
	enum kvk_err err;

	*out = (struct kvk_span){ 0 };
	err = kvk_der_enter_optional(list, KVK_DER_CONTEXT_CONSTRUCTED(number), &present, &trees);
	if (err != KVK_OK || !present)
		return err;
	*out = trees.rest;
	if (kvk_der_at_end(&trees))
		return kvk_der_tolerate(&trees, KVK_DER_EMPTY, out->p);
	while (!kvk_der_at_end(&trees)) {
		if ((*count)++ == KVK_LIMIT_SUBTREES)
			return kvk_der_fail(&trees, KVK_DER_TOO_MANY, trees.rest.p);
		if ((err = kvk_subtree_read(&trees, &subtree)) != KVK_OK)
			return err;
	}
	return KVK_OK;
}

enum kvk_err kvk_ext_name_constraints(struct kvk_der *der, struct kvk_extensions *out)
{
	struct kvk_span permitted, excluded;
	struct kvk_der list;
	size_t count = 0;
	enum kvk_err err;

	if ((err = kvk_der_enter(der, KVK_DER_SEQUENCE, &list)) != KVK_OK ||
		(err = read_subtrees(&list, 0, &permitted, &count)) != KVK_OK ||
		(err = read_subtrees(&list, 1, &excluded, &count)) != KVK_OK ||
		(err = kvk_der_finish(&list)) != KVK_OK || (err = kvk_der_finish(der)) != KVK_OK)
		return err;
	if (count == 0 && (err = kvk_der_tolerate(der, KVK_DER_EMPTY, list.rest.p)) != KVK_OK)
		return err;
	out->has_name_constraints = true;
	out->permitted = permitted;
	out->excluded = excluded;
	out->subtree_count = count;
	return KVK_OK;
}
