/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/evaluator.h"

#include <string.h>

#include "app/evaluator_load.h"
#include "app/load.h"
#include "app/trusted.h"
#include "base/alloc.h"
#include "base/file.h"
#include "conf/datadir.h"
#include "gather/registers.h"

static enum kvk_err open_trust(struct kvk_evaluator *evaluator, struct kvk_error *why)
{
	const struct kvk_case *asked = evaluator->asked;
	enum kvk_err err;

	KVK_TRY(kvk_trusted_anchors(asked, &evaluator->trust, why));
	KVK_TRY(kvk_knowledge_load(kvk_datadir(), &evaluator->knowledge, why));
	KVK_TRY(kvk_trusted_cas(asked->ca_list, evaluator->knowledge, why));
	KVK_TRY(kvk_system_store_new(asked, &evaluator->system));
out:
	return err;
}

/* What each thread has of its own. CRLs stay in memory for the whole run. */
static enum kvk_err open_signatures(struct kvk_evaluator *evaluator)
{
	size_t count;
	const struct kvk_crl_candidate *crls = kvk_crls_array(&evaluator->crls, &count);
	enum kvk_err err;

	KVK_TRY(kvk_checker_open(&evaluator->checker));
	for (size_t i = 0; i < count; i++)
		if (crls[i].crl != NULL)
			KVK_TRY(kvk_signature_cache_pin(
				&evaluator->checker.cache, crls[i].crl->der));
out:
	return err;
}

static void close_signatures(struct kvk_evaluator *evaluator)
{
	kvk_checker_close(&evaluator->checker);
	kvk_decoded_free(&evaluator->decoded);
}

enum kvk_err kvk_evaluator_fork(struct kvk_evaluator *evaluator, struct kvk_evaluator **out)
{
	struct kvk_evaluator *fork = kvk_calloc(1, sizeof *fork);
	enum kvk_err err;

	if (fork == NULL)
		return KVK_ERR_MEMORY;
	*fork = *evaluator;
	fork->borrowed = true;
	fork->decoded.count = 0;
	KVK_TRY(open_signatures(fork));
	*out = fork;
	fork = NULL;
out:
	kvk_evaluator_free(fork);
	return err;
}

enum kvk_err kvk_evaluator_open(
	const struct kvk_case *asked, struct kvk_evaluator **out, struct kvk_error *why)
{
	struct kvk_evaluator *evaluator = kvk_calloc(1, sizeof *evaluator);
	enum kvk_err err;

	if (evaluator == NULL)
		return KVK_ERR_MEMORY;
	evaluator->asked = asked;
	evaluator->chains =
		(struct kvk_vec)KVK_VEC_INIT(struct kvk_contents *, KVK_LIMIT_OPTION_FILES);
	evaluator->labels = (struct kvk_vec)KVK_VEC_INIT(char *, KVK_LIMIT_CRLS);
	evaluator->extra = (struct kvk_vec)KVK_VEC_INIT(struct kvk_candidate, KVK_LIMIT_EXTRA);
	evaluator->uploaded =
		(struct kvk_vec)KVK_VEC_INIT(uint8_t[KVK_SHA256_SIZE], KVK_LIMIT_KNOWN_UPLOADS);
	evaluator->uploaded_keys =
		(struct kvk_vec)KVK_VEC_INIT(uint8_t[KVK_SHA256_SIZE], KVK_LIMIT_KNOWN_UPLOADS);
	KVK_TRY(open_trust(evaluator, why));
	KVK_TRY(kvk_evaluator_load(evaluator, why));
	KVK_TRY(open_signatures(evaluator));
	*out = evaluator;
	evaluator = NULL;
out:
	kvk_evaluator_free(evaluator);
	return err;
}

void kvk_evaluator_remember(struct kvk_evaluator *evaluator, const struct kvk_memory *memory)
{
	evaluator->memory = memory;
}

void kvk_evaluator_go_online(struct kvk_evaluator *evaluator, struct kvk_online *online)
{
	evaluator->online = online;
}

void kvk_evaluator_free(struct kvk_evaluator *evaluator)
{
	if (evaluator == NULL)
		return;
	close_signatures(evaluator);
	if (evaluator->borrowed) {
		kvk_free(evaluator);
		return;
	}
	for (size_t i = 0; i < evaluator->chains.count; i++)
		kvk_unload_contents(*(struct kvk_contents **)kvk_vec_at(&evaluator->chains, i));
	kvk_vec_free(&evaluator->chains);
	kvk_unload_contents(evaluator->csr_file);
	kvk_csr_free(evaluator->csr);
	kvk_free(evaluator->csr);
	kvk_vec_free(&evaluator->extra);
	kvk_vec_free(&evaluator->uploaded);
	kvk_vec_free(&evaluator->uploaded_keys);
	kvk_crls_free(&evaluator->crls);
	for (size_t i = 0; i < evaluator->labels.count; i++)
		kvk_free(*(char **)kvk_vec_at(&evaluator->labels, i));
	kvk_vec_free(&evaluator->labels);
	kvk_ocsps_free(&evaluator->ocsps);
	kvk_oin_list_free(evaluator->oin_list);
	kvk_trust_free(&evaluator->trust);
	kvk_knowledge_free(evaluator->knowledge);
	kvk_system_store_free(evaluator->system);
	kvk_free(evaluator);
}

/* Once more, with the roots of the system, where there are any. */
static enum kvk_err gather_with_system(
	struct kvk_evaluator *evaluator, struct kvk_gather_input *input, struct kvk_facts *facts)
{
	const struct kvk_trust *trust;
	enum kvk_err err;

	KVK_TRY(kvk_system_store_trust(evaluator->system, &trust));
	if (trust == NULL)
		goto out;
	evaluator->with_system = evaluator->evidence;
	evaluator->with_system.trust = trust;
	input->evidence = &evaluator->with_system;
	KVK_TRY(kvk_gather(input, facts));
out:
	return err;
}

static enum kvk_err gather(struct kvk_evaluator *evaluator, struct kvk_evaluation *evaluation)
{
	const char *name = evaluation->name;
	const char *slash = name != NULL ? strrchr(name, '/') : NULL;
	const bool online = evaluator->online != NULL;
	const struct kvk_fetcher fetcher = online ? kvk_wants_fetcher(&evaluation->wants) :
						    (struct kvk_fetcher){ .look = NULL };
	struct kvk_gather_input input = {
		.contents = &evaluation->contents,
		.name = slash != NULL ? slash + 1 : name,
		.asked = evaluator->asked,
		.evidence = &evaluator->evidence,
		.signatures = &evaluator->checker.signatures,
		.fetcher = online ? &fetcher : NULL,
	};
	enum kvk_err err = KVK_OK;

	kvk_wants_clear(&evaluation->wants);
	if (online)
		KVK_TRY(kvk_checker_pin(&evaluator->checker, evaluator->online));
	KVK_TRY(kvk_gather(&input, &evaluation->facts));
	if (kvk_system_store_helps(&evaluation->facts))
		KVK_TRY(gather_with_system(evaluator, &input, &evaluation->facts));
out:
	return err;
}

/* What takes the account, which the dossier or the configuration may name. */
static enum kvk_err complete(struct kvk_evaluator *evaluator, struct kvk_evaluation *evaluation)
{
	const bool online = evaluator->online != NULL;
	const struct kvk_fetcher fetcher = online ? kvk_wants_fetcher(&evaluation->wants) :
						    (struct kvk_fetcher){ .look = NULL };
	enum kvk_err err = KVK_OK;

	kvk_memory_addition_free(&evaluation->addition);
	evaluation->addition = (struct kvk_memory_addition){ .file = NULL };
	kvk_register_reply_free(&evaluation->listed);
	if (evaluator->memory != NULL)
		KVK_TRY(kvk_memory_apply(
			evaluator->memory, &evaluation->facts, &evaluation->addition));
	KVK_TRY(kvk_gather_registers(
		online ? &fetcher : NULL, &evaluation->listed, &evaluation->facts));
out:
	return err;
}

enum kvk_err kvk_evaluate_on(
	struct kvk_evaluator *evaluator, struct kvk_evaluation *evaluation, struct kvk_error *why)
{
	enum kvk_err err;

	KVK_TRY(gather(evaluator, evaluation));
	KVK_TRY(complete(evaluator, evaluation));
	if (evaluation->facts.pending)
		goto out;
	KVK_TRY(kvk_portal_evaluate(&evaluation->facts, &evaluation->verdict));
out:
	if (err != KVK_OK)
		(void)kvk_error_set_file(why, err,
			evaluation->name != NULL ? evaluation->name : "-", KVK_LIMIT_FILE);
	return err;
}

/* Takes the bytes over. */
static enum kvk_err begin(struct kvk_evaluator *evaluator, struct kvk_blob *bytes, const char *name,
	struct kvk_evaluation **out, struct kvk_error *why)
{
	/* Facts and verdict are filled by those who make them. */
	struct kvk_evaluation *evaluation = kvk_malloc(sizeof *evaluation);
	enum kvk_err err = KVK_ERR_MEMORY;

	if (evaluation == NULL)
		goto out;
	evaluation->contents = (struct kvk_contents){ .size = 0 };
	evaluation->addition = (struct kvk_memory_addition){ .file = NULL };
	evaluation->listed = (struct kvk_register_reply){ .state = KVK_REGISTER_NOT_ASKED };
	evaluation->wants = (struct kvk_wants)KVK_WANTS_INIT(evaluator->online);
	evaluation->name = name;
	KVK_TRY(kvk_contents_read_with(bytes, &evaluator->decoded, &evaluation->contents));
	KVK_TRY(kvk_evaluate_on(evaluator, evaluation, why));
	*out = evaluation;
	evaluation = NULL;
out:
	if (err != KVK_OK)
		(void)kvk_error_set_file(why, err, name != NULL ? name : "-", KVK_LIMIT_FILE);
	kvk_evaluation_free(evaluation);
	return err;
}

enum kvk_err kvk_evaluator_fetch(struct kvk_evaluator *evaluator,
	struct kvk_evaluation *const *evaluations, size_t count, struct kvk_error *why)
{
	enum kvk_err err = KVK_OK;
	const struct kvk_wants **wants = kvk_calloc(count, sizeof *wants);

	if (wants == NULL)
		return KVK_ERR_MEMORY;
	for (size_t i = 0; i < count; i++)
		wants[i] = &evaluations[i]->wants;
	err = kvk_online_fetch(evaluator->online, wants, count, why);
	kvk_free(wants);
	return err;
}

/* Until there is a verdict. */
static enum kvk_err finish(
	struct kvk_evaluator *evaluator, struct kvk_evaluation **evaluation, struct kvk_error *why)
{
	enum kvk_err err = KVK_OK;

	while ((*evaluation)->facts.pending) {
		KVK_TRY(kvk_evaluator_fetch(evaluator, evaluation, 1, why));
		KVK_TRY(kvk_evaluate_on(evaluator, *evaluation, why));
	}
out:
	if (err != KVK_OK) {
		kvk_evaluation_free(*evaluation);
		*evaluation = NULL;
		if (why != NULL && why->text[0] == '\0')
			kvk_error_set(why, err, "%s", kvk_error_text(err));
	}
	return err;
}

enum kvk_err kvk_evaluate_bytes(struct kvk_evaluator *evaluator, struct kvk_blob *bytes,
	const char *name, struct kvk_evaluation **out, struct kvk_error *why)
{
	enum kvk_err err;

	KVK_TRY(begin(evaluator, bytes, name, out, why));
	KVK_TRY(finish(evaluator, out, why));
out:
	return err;
}

enum kvk_err kvk_evaluate_begin(struct kvk_evaluator *evaluator, const char *path,
	struct kvk_evaluation **out, struct kvk_error *why)
{
	const char *name = strcmp(path, "-") == 0 ? NULL : path;
	struct kvk_blob bytes = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_load_bytes(path, KVK_LIMIT_FILE, &bytes, why));
	KVK_TRY(begin(evaluator, &bytes, name, out, why));
out:
	kvk_blob_free(&bytes);
	return err;
}

enum kvk_err kvk_evaluate_file(struct kvk_evaluator *evaluator, const char *path,
	struct kvk_evaluation **out, struct kvk_error *why)
{
	enum kvk_err err;

	KVK_TRY(kvk_evaluate_begin(evaluator, path, out, why));
	KVK_TRY(finish(evaluator, out, why));
out:
	return err;
}

bool kvk_evaluator_key_readable(const struct kvk_evaluator *evaluator)
{
	return evaluator->key_readable;
}

void kvk_evaluation_free(struct kvk_evaluation *evaluation)
{
	if (evaluation != NULL) {
		kvk_contents_free(&evaluation->contents);
		kvk_memory_addition_free(&evaluation->addition);
		kvk_register_reply_free(&evaluation->listed);
		kvk_wants_free(&evaluation->wants);
	}
	kvk_free(evaluation);
}
