/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "path/fit.h"

enum kvk_fit kvk_fit_key(const struct kvk_certificate *c, struct kvk_span ski)
{
	if (!c->ext.has_aki || c->ext.aki_key_id.n == 0 || ski.n == 0)
		return KVK_FIT_UNSAID;
	return kvk_span_equal(c->ext.aki_key_id, ski) ? KVK_FIT_SAME : KVK_FIT_OTHER;
}

enum kvk_fit kvk_fit_issuer(const struct kvk_certificate *c, const struct kvk_certificate *issuer)
{
	enum kvk_fit fit = kvk_fit_key(c, issuer->ext.ski);

	if (fit != KVK_FIT_OTHER && c->ext.has_aki && c->ext.aki_serial.n > 0)
		fit = kvk_span_equal(c->ext.aki_serial, issuer->serial) ? KVK_FIT_SAME :
									  KVK_FIT_OTHER;
	return fit;
}

bool kvk_fit_java_takes(const struct kvk_certificate *c, const struct kvk_anchor *anchor)
{
	if (kvk_fit_key(c, anchor->ski) == KVK_FIT_OTHER)
		return false;
	return anchor->certificate == NULL || !c->ext.has_aki || c->ext.aki_serial.n == 0 ||
		kvk_span_equal(c->ext.aki_serial, anchor->certificate->serial);
}

unsigned kvk_fit_failures(const struct kvk_certificate *issuer, kvk_time at, size_t below)
{
	const struct kvk_extensions *e = &issuer->ext;
	unsigned n = 0;

	n += at < issuer->not_before || at > issuer->not_after;
	n += !e->has_basic_constraints || !e->ca;
	n += e->has_key_usage && (e->key_usage & KVK_KU_KEY_CERT_SIGN) == 0;
	n += e->has_path_length && e->path_length + 1 < below;
	return n;
}
