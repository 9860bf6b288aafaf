/* SPDX-License-Identifier: Apache-2.0 */
/* Part of cert/ext.h: alternative names and constraints on names. */
#include "config.h"

#include "cert/ext.h"

static enum kvk_err read_name(struct kvk_der *list, void *item)
{
	return kvk_general_name_read(list, item);
}

enum kvk_err kvk_ext_san(struct kvk_der *der, struct kvk_extensions *out)
{
	struct kvk_vec names = KVK_VEC_INIT(struct kvk_general_name, KVK_LIMIT_SANS);
	struct kvk_der list;
	enum kvk_err err;

	/* SubjectAltName ::= GeneralNames -- ::= SEQUENCE SIZE (1..MAX) OF GeneralName */
	KVK_TRY(kvk_der_enter(der, KVK_DER_SEQUENCE, &list));
	if (kvk_der_at_end(&list))
		return kvk_der_fail(der, KVK_DER_EMPTY, list.rest.p);
	KVK_TRY(kvk_ext_members(&list, read_name, &names));
	KVK_TRY(kvk_der_finish(der));
	out->has_san = true;
	out->sans = names.items;
	out->san_count = names.count;
	names.items = NULL;
out:
	kvk_vec_free(&names);
	return err;
}

enum kvk_err kvk_ext_issuer_alt_name(struct kvk_der *der, struct kvk_extensions *out)
{
	struct kvk_span names;
	enum kvk_err err;

	/* IssuerAltName ::= GeneralNames */
	KVK_TRY(kvk_der_read(der, KVK_DER_SEQUENCE, &names));
	KVK_TRY(kvk_general_names_check(der, names));
	KVK_TRY(kvk_der_finish(der));
	out->has_issuer_alt_name = true;
out:
	return err;
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
	/* GeneralSubtrees ::= SEQUENCE SIZE (1..MAX) OF GeneralSubtree -- implicitly tagged */
	KVK_TRY(kvk_der_enter_optional(
		list, KVK_DER_CONTEXT_CONSTRUCTED(number), &present, &trees));
	if (!present)
		return KVK_OK;
	*out = trees.rest;
	if (kvk_der_at_end(&trees))
		return kvk_der_tolerate(&trees, KVK_DER_EMPTY, out->p);
	while (!kvk_der_at_end(&trees)) {
		if ((*count)++ == KVK_LIMIT_SUBTREES)
			return kvk_der_fail(&trees, KVK_DER_TOO_MANY, trees.rest.p);
		KVK_TRY(kvk_general_subtree_read(&trees, &subtree));
	}
out:
	return err;
}

enum kvk_err kvk_ext_name_constraints(struct kvk_der *der, struct kvk_extensions *out)
{
	struct kvk_span permitted, excluded;
	struct kvk_der list;
	size_t count = 0;
	enum kvk_err err;

	/* NameConstraints ::= SEQUENCE { */
	KVK_TRY(kvk_der_enter(der, KVK_DER_SEQUENCE, &list));
	/* permittedSubtrees [0] GeneralSubtrees OPTIONAL, */
	KVK_TRY(read_subtrees(&list, 0, &permitted, &count));
	/* excludedSubtrees [1] GeneralSubtrees OPTIONAL } */
	KVK_TRY(read_subtrees(&list, 1, &excluded, &count));
	KVK_TRY(kvk_der_finish(&list));
	KVK_TRY(kvk_der_finish(der));
	if (count == 0)
		KVK_TRY(kvk_der_tolerate(der, KVK_DER_EMPTY, list.rest.p));
	out->has_name_constraints = true;
	out->permitted = permitted;
	out->excluded = excluded;
	out->subtree_count = count;
out:
	return err;
}
