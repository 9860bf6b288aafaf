/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/checker.h"

#include "crypto/verify.h"

static enum kvk_err check_signature(void *context, struct kvk_span spki, struct kvk_span algorithm,
	struct kvk_span data, struct kvk_span signature)
{
	return kvk_verify(context, spki, algorithm, data, signature);
}

enum kvk_err kvk_checker_open(struct kvk_checker *checker)
{
	enum kvk_err err;

	*checker = (struct kvk_checker){ .verifier = NULL };
	kvk_signature_cache_start(&checker->cache);
	KVK_TRY(kvk_verifier_new(&checker->verifier));
	checker->signatures = (struct kvk_signatures){
		.verify = check_signature,
		.context = checker->verifier,
		.cache = &checker->cache,
	};
out:
	return err;
}

void kvk_checker_close(struct kvk_checker *checker)
{
	kvk_signature_cache_free(&checker->cache);
	kvk_verifier_free(checker->verifier);
}

enum kvk_err kvk_checker_pin(struct kvk_checker *checker, const struct kvk_online *online)
{
	size_t count;
	const struct kvk_crl *const *crls = kvk_online_crls(online, &count);
	enum kvk_err err = KVK_OK;

	for (; err == KVK_OK && checker->pinned < count; checker->pinned++)
		err = kvk_signature_cache_pin(&checker->cache, crls[checker->pinned]->der);
	/* Beyond its limit the cache only saves less. */
	return err == KVK_ERR_LIMIT ? KVK_OK : err;
}

void kvk_checker_unpin(struct kvk_checker *checker)
{
	kvk_signature_cache_unpin(&checker->cache);
	checker->pinned = 0;
}
