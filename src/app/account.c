/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/account.h"

#include <string.h>

#include "base/escape.h"
#include "base/file.h"
#include "base/path.h"
#include "cert/csr.h"
#include "dossier/dossier.h"

#define ANSWERS_FILE "answers.cfg"

/* The public key of the first request of a file. */
static enum kvk_err request_key(
	const struct kvk_contents *contents, uint8_t out[static KVK_SHA256_SIZE])
{
	const struct kvk_block *block = kvk_contents_find(contents, KVK_BLOCK_CSR);
	struct kvk_csr csr;
	enum kvk_err err = block != NULL ? block->err : KVK_ERR_FORMAT;

	if (err == KVK_OK)
		err = kvk_csr_read(block->der, &csr);
	if (err == KVK_OK)
		memcpy(out, csr.spki_sha256, KVK_SHA256_SIZE);
	return err;
}

static enum kvk_err read_request(
	const char *folder, struct kvk_dossier_facts *out, struct kvk_error *why)
{
	struct kvk_contents contents = { 0 };
	struct kvk_blob path = { 0 };
	struct kvk_blob bytes = { 0 };
	char safe[256];
	enum kvk_err err = kvk_path_join(&path, folder, KVK_DOSSIER_REQUEST);

	if (err == KVK_OK)
		err = kvk_file_read(kvk_blob_str(&path), KVK_LIMIT_FILE, KVK_FILE_NOFOLLOW, &bytes);
	if (err == KVK_OK)
		err = kvk_contents_read(&bytes, &contents);
	if (err == KVK_OK)
		err = request_key(&contents, out->spki_sha256);
	if (err != KVK_OK)
		(void)kvk_error_set(why, err,
			_("the request '%s' of the dossier cannot be read: %s"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of_blob(&path)),
			kvk_error_text(err));
	kvk_contents_free(&contents);
	kvk_blob_free(&bytes);
	kvk_blob_free(&path);
	return err;
}

enum kvk_err kvk_dossier_facts_read(
	const char *folder, struct kvk_dossier_facts *out, struct kvk_error *why)
{
	struct kvk_blob path = { 0 };
	enum kvk_err err = read_request(folder, out, why);

	if (err == KVK_OK)
		err = kvk_path_join(&path, folder, ANSWERS_FILE);
	if (err == KVK_OK && kvk_path_exists(kvk_blob_str(&path)))
		err = kvk_answers_read(kvk_blob_str(&path), &out->answers, why);
	kvk_blob_free(&path);
	return err;
}

static enum kvk_err add_upload(void *context, const uint8_t *sha256, kvk_time at)
{
	struct kvk_vec *uploads = context;
	uint8_t(*slot)[KVK_SHA256_SIZE];
	enum kvk_err err = kvk_vec_push(uploads, &slot);

	(void)at;
	if (err == KVK_OK)
		memcpy(*slot, sha256, KVK_SHA256_SIZE);
	return err;
}

enum kvk_err kvk_dossier_facts_history(
	struct kvk_inventory *inventory, struct kvk_dossier_facts *out)
{
	const struct kvk_vec empty = KVK_VEC_INIT(uint8_t[KVK_SHA256_SIZE], KVK_LIMIT_ENTRIES);

	kvk_vec_free(&out->uploads);
	out->uploads = empty;
	return kvk_inventory_each_upload(inventory, add_upload, &out->uploads);
}

static enum kvk_party party_of(const struct kvk_answers *answers)
{
	const char *party = kvk_answer(answers, KVK_FIELD_PARTY);

	if (party == NULL)
		return KVK_PARTY_UNKNOWN;
	return strcmp(party, "government") == 0 ? KVK_PARTY_GOVERNMENT : KVK_PARTY_MARKET;
}

void kvk_dossier_facts_apply(
	const struct kvk_dossier_facts *facts, struct kvk_evaluator_options *options)
{
	if (options->account.kvk == NULL)
		options->account.kvk = kvk_answer(&facts->answers, KVK_FIELD_KVK);
	if (options->account.oin == NULL)
		options->account.oin = kvk_answer(&facts->answers, KVK_FIELD_OIN);
	if (options->account.party == KVK_PARTY_UNKNOWN)
		options->account.party = party_of(&facts->answers);
	options->own_key = facts->spki_sha256;
	options->history_known = true;
	options->history = facts->uploads.items;
	options->history_count = facts->uploads.count;
}

void kvk_dossier_facts_free(struct kvk_dossier_facts *facts)
{
	kvk_answers_free(&facts->answers);
	kvk_vec_free(&facts->uploads);
}
