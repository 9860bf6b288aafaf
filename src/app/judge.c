/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/judge.h"

#include <string.h>

#include "base/alloc.h"
#include "base/file.h"
#include "app/judge_load.h"
#include "app/load.h"
#include "conf/datadir.h"
#include "crypto/verify.h"

static enum kvk_err check_signature(void *context, struct kvk_span spki, struct kvk_span algorithm,
	struct kvk_span data, struct kvk_span signature)
{
	return kvk_verify(context, spki, algorithm, data, signature);
}

static enum kvk_err open_trust(struct kvk_evaluator *judge, struct kvk_error *why)
{
	const struct kvk_paths *given = &judge->options.trust;
	enum kvk_err err;

	if (given->count > 0)
		err = kvk_trust_from_files(given->at, given->count, &judge->trust, why);
	else
		err = kvk_trust_load(kvk_datadir(), &judge->trust, why);
	if (err == KVK_OK)
		err = kvk_knowledge_load(kvk_datadir(), &judge->knowledge, why);
	return err;
}

/* What each thread has of its own. CRLs stay in memory for the whole run. */
static enum kvk_err open_signatures(struct kvk_evaluator *judge)
{
	size_t count;
	const struct kvk_crl_candidate *crls = kvk_crls_array(&judge->crls, &count);
	enum kvk_err err = kvk_verifier_new(&judge->verifier);

	kvk_signature_cache_start(&judge->cache);
	judge->signatures = (struct kvk_signatures){
		.verify = check_signature,
		.context = judge->verifier,
		.cache = &judge->cache,
	};
	for (size_t i = 0; err == KVK_OK && i < count; i++)
		if (crls[i].crl != NULL)
			err = kvk_signature_cache_pin(&judge->cache, crls[i].crl->der);
	return err;
}

static void close_signatures(struct kvk_evaluator *judge)
{
	kvk_signature_cache_free(&judge->cache);
	kvk_decoded_free(&judge->decoded);
	kvk_verifier_free(judge->verifier);
}

enum kvk_err kvk_evaluator_fork(struct kvk_evaluator *judge, struct kvk_evaluator **out)
{
	struct kvk_evaluator *fork = kvk_calloc(1, sizeof *fork);
	enum kvk_err err;

	if (fork == NULL)
		return KVK_ERR_MEMORY;
	*fork = *judge;
	fork->borrowed = true;
	fork->verifier = NULL;
	fork->decoded.count = 0;
	err = open_signatures(fork);
	if (err == KVK_OK)
		*out = fork;
	else
		kvk_evaluator_free(fork);
	return err;
}

struct kvk_paths kvk_paths_of(const struct kvk_text_list *list)
{
	return (struct kvk_paths){ list->items, list->count };
}

enum kvk_err kvk_evaluator_open(const struct kvk_evaluator_options *options,
	struct kvk_evaluator **out, struct kvk_error *why)
{
	struct kvk_evaluator *judge = kvk_calloc(1, sizeof *judge);
	enum kvk_err err;

	if (judge == NULL)
		return kvk_error_set(why, KVK_ERR_MEMORY, "%s", kvk_error_text(KVK_ERR_MEMORY));
	judge->options = *options;
	judge->chains = (struct kvk_vec)KVK_VEC_INIT(struct kvk_contents *, KVK_LIMIT_OPTION_FILES);
	judge->extra = (struct kvk_vec)KVK_VEC_INIT(struct kvk_candidate, KVK_LIMIT_EXTRA);
	judge->uploaded =
		(struct kvk_vec)KVK_VEC_INIT(uint8_t[KVK_SHA256_SIZE], KVK_LIMIT_KNOWN_UPLOADS);
	judge->uploaded_keys =
		(struct kvk_vec)KVK_VEC_INIT(uint8_t[KVK_SHA256_SIZE], KVK_LIMIT_KNOWN_UPLOADS);
	err = open_trust(judge, why);
	if (err == KVK_OK)
		err = kvk_evaluator_load(judge, why);
	if (err == KVK_OK) {
		err = open_signatures(judge);
		if (err != KVK_OK)
			kvk_error_set(why, err, "%s", kvk_error_text(err));
	}
	if (err == KVK_OK)
		*out = judge;
	else
		kvk_evaluator_free(judge);
	return err;
}

void kvk_evaluator_free(struct kvk_evaluator *judge)
{
	if (judge == NULL)
		return;
	close_signatures(judge);
	if (judge->borrowed) {
		kvk_free(judge);
		return;
	}
	for (size_t i = 0; i < judge->chains.count; i++)
		kvk_unload_contents(*(struct kvk_contents **)kvk_vec_at(&judge->chains, i));
	kvk_vec_free(&judge->chains);
	kvk_unload_contents(judge->csr_file);
	kvk_free(judge->csr);
	kvk_vec_free(&judge->extra);
	kvk_vec_free(&judge->uploaded);
	kvk_vec_free(&judge->uploaded_keys);
	kvk_crls_free(&judge->crls);
	kvk_ocsps_free(&judge->ocsps);
	kvk_trust_free(&judge->trust);
	kvk_knowledge_free(judge->knowledge);
	kvk_free(judge);
}

static void make_input(struct kvk_evaluator *judge, struct kvk_evaluation *judged, const char *name,
	struct kvk_gather_input *out)
{
	const struct kvk_evaluator_options *options = &judge->options;
	const char *slash = name != NULL ? strrchr(name, '/') : NULL;

	*out = (struct kvk_gather_input){
		.contents = &judged->contents,
		.name = slash != NULL ? slash + 1 : name,
		.at = options->at,
		.trust = &judge->trust,
		.knowledge = judge->knowledge,
		.extra = judge->extra.items,
		.extra_count = judge->extra.count,
		.no_revocation = options->no_revocation,
		.account = options->account,
		.history_known = options->history_known || judge->uploaded.count > 0,
		.uploaded = judge->uploaded.items,
		.uploaded_count = judge->uploaded.count,
		.uploaded_keys = judge->uploaded_keys.items,
		.uploaded_key_count = judge->uploaded_keys.count,
		.own_key = judge->has_own_key ? judge->own_key : options->own_key,
		.request = judge->csr,
		.signatures = &judge->signatures,
	};
	out->crls = kvk_crls_array(&judge->crls, &out->crl_count);
	out->ocsps = kvk_ocsps_array(&judge->ocsps, &out->ocsp_count);
}

static enum kvk_err judge_contents(
	struct kvk_evaluator *judge, struct kvk_evaluation *judged, const char *name)
{
	struct kvk_gather_input input;
	enum kvk_err err;

	make_input(judge, judged, name, &input);
	err = kvk_gather(&input, &judged->facts);
	return err == KVK_OK ? kvk_portal_evaluate(&judged->facts, &judged->verdict) : err;
}

enum kvk_err kvk_evaluate_bytes(struct kvk_evaluator *judge, struct kvk_blob *bytes,
	const char *name, struct kvk_evaluation **out, struct kvk_error *why)
{
	/* Facts and verdict are filled by those who make them. */
	struct kvk_evaluation *judged = kvk_malloc(sizeof *judged);
	enum kvk_err err = judged != NULL ? KVK_OK : KVK_ERR_MEMORY;

	if (judged != NULL)
		judged->contents = (struct kvk_contents){ .size = 0 };
	if (err == KVK_OK)
		err = kvk_contents_read_with(bytes, &judge->decoded, &judged->contents);
	if (err == KVK_OK)
		err = judge_contents(judge, judged, name);
	if (err == KVK_OK) {
		*out = judged;
		return err;
	}
	(void)kvk_error_set_file(why, err, name != NULL ? name : "-", KVK_LIMIT_FILE);
	kvk_evaluation_free(judged);
	return err;
}

enum kvk_err kvk_evaluate_file(struct kvk_evaluator *judge, const char *path,
	struct kvk_evaluation **out, struct kvk_error *why)
{
	const char *name = strcmp(path, "-") == 0 ? NULL : path;
	struct kvk_blob bytes = { 0 };
	enum kvk_err err = kvk_load_bytes(path, KVK_LIMIT_FILE, &bytes, why);

	if (err == KVK_OK)
		err = kvk_evaluate_bytes(judge, &bytes, name, out, why);
	kvk_blob_free(&bytes);
	return err;
}

void kvk_evaluation_free(struct kvk_evaluation *judged)
{
	if (judged != NULL)
		kvk_contents_free(&judged->contents);
	kvk_free(judged);
}
