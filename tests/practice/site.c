/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/practice/site.h"

#include <stdio.h>
#include <string.h>

#include "practice/issue_list.h"

const char *site_file(const char *address)
{
	return strrchr(address, '/') + 1;
}

const struct kvk_shape_profile *site_profile(
	enum kvk_practice_shape shape, const char *base, const char *ocsp, struct site *site)
{
	site->profile = *shape_profile(shape);
	if (ocsp != NULL)
		site->profile.leaf.ocsp_url = ocsp;
	for (int i = 0; i < KVK_PRACTICE_LEVELS && base != NULL; i++) {
		struct kvk_ca_profile *ca = &site->profile.ca[i];

		(void)snprintf(site->crl[i], SITE_ADDRESS, "%s%s", base, site_file(ca->crl_url));
		(void)snprintf(site->certificate[i], SITE_ADDRESS, "%s%s", base,
			site_file(ca->certificate_url));
		ca->crl_url = site->crl[i];
		ca->certificate_url = site->certificate[i];
	}
	return &site->profile;
}

void site_crl_addresses(struct kvk_issue *issue, const char *const *addresses)
{
	struct kvk_der_writer w = { .depth = 0 };

	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_open(&w, KVK_DER_CONTEXT_CONSTRUCTED(0));
	kvk_der_open(&w, KVK_DER_CONTEXT_CONSTRUCTED(0));
	for (; *addresses != NULL; addresses++)
		kvk_der_put(&w, KVK_DER_CONTEXT(6), kvk_span_of(*addresses));
	kvk_der_close(&w);
	kvk_der_close(&w);
	kvk_der_close(&w);
	kvk_der_close(&w);
	kvk_issue_set_written(issue, KVK_OID_EXT_CRL_POINTS, false, &w);
}
