/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "revocation/addresses.h"

#include <string.h>

#include "base/alloc.h"

/* The text of an address, owned by the caller; NULL: no memory. */
static char *text_of(struct kvk_span url)
{
	static const char nul[] = "\\x00";
	char *text, *end;
	size_t nuls = 0;

	for (size_t i = 0; i < url.n; i++)
		nuls += url.p[i] == '\0';
	text = end = kvk_calloc(url.n + nuls * (sizeof nul - 2) + 1, 1);
	for (size_t i = 0; text != NULL && i < url.n; i++)
		if (url.p[i] != '\0')
			*end++ = (char)url.p[i];
		else
			end = stpcpy(end, nul);
	return text;
}

static enum kvk_err add(
	struct kvk_vec *addresses, bool ocsp, size_t point, const struct kvk_general_name *name)
{
	struct kvk_revocation_address *address;
	char *url;
	enum kvk_err err;

	if (name->kind != KVK_GENERAL_URI || addresses->count == addresses->limit)
		return KVK_OK;
	url = text_of(name->value);
	if (url == NULL)
		return KVK_ERR_MEMORY;
	KVK_TRY(kvk_vec_push(addresses, &address));
	address->ocsp = ocsp;
	address->point = point;
	address->url = url;
	url = NULL;
out:
	kvk_free(url);
	return err;
}

/* All names of a distribution point; one without a fullName has no address. */
static enum kvk_err add_point(
	struct kvk_vec *addresses, size_t number, const struct kvk_crl_point *point)
{
	struct kvk_der_log log = { 0 };
	struct kvk_general_name name;
	struct kvk_der der;
	enum kvk_err err = KVK_OK;

	kvk_der_start(&der, point->full_name, true, &log);
	while (!kvk_der_at_end(&der) && kvk_general_name_read(&der, &name) == KVK_OK)
		KVK_TRY(add(addresses, false, number, &name));
out:
	return err;
}

enum kvk_err kvk_revocation_addresses_add(
	const struct kvk_certificate *certificate, struct kvk_vec *addresses)
{
	const struct kvk_extensions *e = &certificate->ext;
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < e->aia_count; i++)
		if (e->aia[i].method == KVK_OID_AD_OCSP)
			KVK_TRY(add(addresses, true, 0, &e->aia[i].location));
	for (size_t i = 0; i < e->crl_point_count; i++)
		KVK_TRY(add_point(addresses, i, &e->crl_points[i]));
out:
	return err;
}

void kvk_revocation_addresses_free(struct kvk_vec *addresses)
{
	if (addresses == NULL)
		return;
	for (size_t i = 0; i < addresses->count; i++) {
		struct kvk_revocation_address *address = kvk_vec_at(addresses, i);

		kvk_free(address->url);
	}
	kvk_vec_free(addresses);
}
