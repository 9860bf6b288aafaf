/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/dossier_facts.h"

#include <string.h>

#include "base/escape.h"
#include "base/file.h"
#include "base/path.h"
#include "cert/contents.h"
#include "cert/csr.h"
#include "dossier/files.h"

/* The public key of the first request of a file. */
static enum kvk_err copy_request_key(
	const struct kvk_contents *contents, uint8_t out[static KVK_SHA256_SIZE])
{
	const struct kvk_block *block = kvk_contents_find(contents, KVK_BLOCK_CSR);
	struct kvk_csr csr = { .has_extensions = false };
	enum kvk_err err;

	if (block == NULL)
		return KVK_ERR_FORMAT;
	KVK_TRY(block->err);
	KVK_TRY(kvk_csr_read(block->der, &csr));
	memcpy(out, csr.spki_sha256, KVK_SHA256_SIZE);
out:
	kvk_csr_free(&csr);
	return err;
}

static enum kvk_err read_request(
	const char *folder, struct kvk_dossier_facts *out, struct kvk_error *why)
{
	struct kvk_contents contents = { 0 };
	struct kvk_blob path = { 0 };
	struct kvk_blob bytes = { 0 };
	char safe[256];
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&path, folder, KVK_DOSSIER_REQUEST));
	KVK_TRY(kvk_file_read(kvk_blob_str(&path), KVK_LIMIT_FILE, KVK_FILE_NOFOLLOW, &bytes));
	KVK_TRY(kvk_contents_read(&bytes, &contents));
	KVK_TRY(copy_request_key(&contents, out->spki_sha256));
out:
	if (err != KVK_OK)
		(void)kvk_error_set(why, err,
			_("the request '%s' in the dossier cannot be read: %s"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of_blob(&path)),
			kvk_error_text(err));
	kvk_contents_free(&contents);
	kvk_blob_free(&bytes);
	kvk_blob_free(&path);
	return err;
}

static enum kvk_err read_answers(
	const char *folder, struct kvk_dossier_facts *out, struct kvk_error *why)
{
	struct kvk_blob path = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&path, folder, KVK_DOSSIER_ANSWERS));
	if (kvk_path_exists(kvk_blob_str(&path)))
		KVK_TRY(kvk_answers_read(kvk_blob_str(&path), &out->answers, why));
out:
	kvk_blob_free(&path);
	/* They are no configuration, for which there is an exit code of its own. */
	return err == KVK_ERR_CONFIG ? KVK_ERR_FORMAT : err;
}

enum kvk_err kvk_dossier_facts_read(
	const char *folder, struct kvk_dossier_facts *out, struct kvk_error *why)
{
	enum kvk_err err;

	KVK_TRY(read_request(folder, out, why));
	KVK_TRY(read_answers(folder, out, why));
out:
	return err;
}

void kvk_dossier_facts_apply(const struct kvk_dossier_facts *facts, struct kvk_case *asked)
{
	struct kvk_account *account = &asked->account;

	if (account->kvk == NULL)
		account->kvk = kvk_answer(&facts->answers, KVK_FIELD_KVK);
	if (account->oin == NULL)
		account->oin = kvk_answer(&facts->answers, KVK_FIELD_OIN);
	if (account->party == KVK_PARTY_UNKNOWN)
		account->party = kvk_party_of(kvk_answer(&facts->answers, KVK_FIELD_PARTY));
	asked->own_key = facts->spki_sha256;
	kvk_history_apply(&facts->history, asked);
}

void kvk_dossier_facts_free(struct kvk_dossier_facts *facts)
{
	kvk_answers_free(&facts->answers);
	kvk_history_free(&facts->history);
}
