/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/dossier_facts.h"

#include "base/path.h"
#include "dossier/files.h"
#include "dossier/pair.h"

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

	KVK_TRY(kvk_pair_key(folder, out->spki_sha256, why));
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
