/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/memory.h"

#include <dirent.h>
#include <string.h>

#include "app/load.h"
#include "base/alloc.h"
#include "base/ascii.h"
#include "base/format.h"
#include "base/path.h"
#include "base/word.h"

struct kvk_account kvk_memory_configured(const struct kvk_settings *settings)
{
	return (struct kvk_account){
		.kvk = kvk_setting_string(settings, "account.kvk"),
		.oin = kvk_setting_string(settings, "account.oin"),
		.party = kvk_party_of(kvk_setting_string(settings, "account.party")),
	};
}

void kvk_memory_fill(struct kvk_account *account, const struct kvk_account *from,
	enum kvk_account_source source, const char *dossier)
{
	/* two numbers of different sources could be those of two organisations */
	if (account->kvk == NULL && account->oin == NULL &&
		(from->kvk != NULL || from->oin != NULL)) {
		account->kvk = from->kvk;
		account->oin = from->oin;
		account->source = source;
	}
	if (account->party == KVK_PARTY_UNKNOWN && from->party != KVK_PARTY_UNKNOWN) {
		account->party = from->party;
		account->party_source = source;
	}
	account->dossier = dossier;
}

static enum kvk_err add_dossier(struct kvk_memory *memory, const char *name, bool next,
	const struct kvk_dossier_facts *facts)
{
	struct kvk_memory_dossier *slot;
	enum kvk_err err;

	KVK_TRY(kvk_vec_push(&memory->dossiers, &slot));
	KVK_FORMAT(slot->name, "%s", name);
	slot->next = next;
	slot->facts = *facts;
out:
	return err;
}

/* Adds a folder with a request; one that has none, or cannot be read, is passed over. */
static enum kvk_err read_folder(
	struct kvk_memory *memory, const char *name, bool next, const char *folder)
{
	struct kvk_dossier_facts facts = KVK_DOSSIER_FACTS_INIT;
	struct kvk_error why = { "" };
	enum kvk_err err;

	KVK_TRY(kvk_dossier_facts_read(folder, &facts, &why));
	KVK_TRY(add_dossier(memory, name, next, &facts));
	facts = (struct kvk_dossier_facts)KVK_DOSSIER_FACTS_INIT;
out:
	kvk_dossier_facts_free(&facts);
	return err == KVK_ERR_MEMORY || err == KVK_ERR_LIMIT ? err : KVK_OK;
}

/* A dossier, and the renewal in it. */
static enum kvk_err read_dossier(struct kvk_memory *memory, const char *name)
{
	struct kvk_blob folder = { 0 }, next = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_home_path(memory->home, KVK_HOME_DOSSIERS, name, &folder));
	KVK_TRY(read_folder(memory, name, false, kvk_blob_str(&folder)));
	KVK_TRY(kvk_path_join(&next, kvk_blob_str(&folder), KVK_DOSSIER_NEXT));
	if (kvk_path_exists(kvk_blob_str(&next)))
		KVK_TRY(read_folder(memory, name, true, kvk_blob_str(&next)));
out:
	kvk_blob_free(&next);
	kvk_blob_free(&folder);
	return err;
}

enum kvk_err kvk_memory_read(struct kvk_memory *memory, const struct kvk_home *home)
{
	struct kvk_blob folder = { 0 };
	struct dirent *entry;
	DIR *dir = NULL;
	enum kvk_err err = KVK_OK;

	memory->home = home;
	if (home->path.n == 0)
		return KVK_OK;
	KVK_TRY(kvk_home_path(home, KVK_HOME_DOSSIERS, NULL, &folder));
	dir = opendir(kvk_blob_str(&folder));
	while (dir != NULL && (entry = readdir(dir)) != NULL)
		if (kvk_entry_name_valid(entry->d_name))
			KVK_TRY(read_dossier(memory, entry->d_name));
out:
	if (dir != NULL)
		(void)closedir(dir);
	kvk_blob_free(&folder);
	return err;
}

static const struct kvk_memory_dossier *dossier_at(const struct kvk_memory *memory, size_t i)
{
	return kvk_vec_at(&memory->dossiers, i);
}

static const struct kvk_memory_dossier *find_by_key(
	const struct kvk_memory *memory, const struct kvk_certificate *leaf)
{
	for (size_t i = 0; i < memory->dossiers.count; i++)
		if (memcmp(dossier_at(memory, i)->facts.spki_sha256, leaf->spki_sha256,
			    KVK_SHA256_SIZE) == 0)
			return dossier_at(memory, i);
	return NULL;
}

static bool has_name(const struct kvk_memory_dossier *dossier, struct kvk_span name)
{
	const char *domain = kvk_answer(&dossier->facts.answers, KVK_FIELD_DOMAIN);

	return kvk_equal_nocase(name, kvk_span_of(dossier->name)) ||
		(domain != NULL && kvk_equal_nocase(name, kvk_span_of(domain)));
}

/* *out stays NULL where no dossier has the common name of the certificate. */
static enum kvk_err find_by_name(const struct kvk_memory *memory,
	const struct kvk_certificate *leaf, const struct kvk_memory_dossier **out)
{
	const struct kvk_attribute *cn = kvk_name_find(&leaf->subject, KVK_OID_CN, 0);
	struct kvk_blob text = { 0 };
	enum kvk_err err = cn != NULL ? kvk_attribute_text(cn, &text) : KVK_ERR_NOT_FOUND;

	for (size_t i = 0; err == KVK_OK && *out == NULL && i < memory->dossiers.count; i++)
		if (has_name(dossier_at(memory, i), kvk_span_of_blob(&text)))
			*out = dossier_at(memory, i);
	kvk_blob_free(&text);
	return err == KVK_ERR_MEMORY ? err : KVK_OK;
}

/* Reads what was asked of the TSP. One that cannot be read is not compared. */
static enum kvk_err load_request(const struct kvk_memory *memory,
	const struct kvk_memory_dossier *dossier, struct kvk_memory_addition *out)
{
	struct kvk_blob folder = { 0 }, path = { 0 };
	struct kvk_csr *csr = kvk_calloc(1, sizeof *csr);
	struct kvk_error why = { "" };
	const struct kvk_block *block;
	enum kvk_err err = KVK_ERR_MEMORY;

	if (csr == NULL)
		goto out;
	KVK_TRY(kvk_home_path(memory->home, KVK_HOME_DOSSIERS, dossier->name, &folder));
	KVK_TRY(kvk_path_join(&path, kvk_blob_str(&folder),
		dossier->next ? KVK_DOSSIER_NEXT "/" KVK_DOSSIER_REQUEST : KVK_DOSSIER_REQUEST));
	KVK_TRY(kvk_load_contents(kvk_blob_str(&path), KVK_LIMIT_FILE, &out->file, &why));
	block = kvk_contents_find(out->file, KVK_BLOCK_CSR);
	KVK_TRY(block == NULL ? KVK_ERR_FORMAT : kvk_csr_read(block->der, csr));
	out->request = csr;
	csr = NULL;
out:
	kvk_free(csr);
	kvk_blob_free(&path);
	kvk_blob_free(&folder);
	return err == KVK_ERR_MEMORY ? err : KVK_OK;
}

/* The certificate was made for the key of a dossier. */
static enum kvk_err apply_dossier(const struct kvk_memory *memory,
	const struct kvk_memory_dossier *dossier, struct kvk_memory_addition *out)
{
	const struct kvk_answers *answers = &dossier->facts.answers;
	const struct kvk_account account = {
		.kvk = kvk_answer(answers, KVK_FIELD_KVK),
		.oin = kvk_answer(answers, KVK_FIELD_OIN),
		.party = kvk_party_of(kvk_answer(answers, KVK_FIELD_PARTY)),
	};
	enum kvk_err err = KVK_OK;

	kvk_memory_fill(&out->asked.account, &account, KVK_ACCOUNT_OF_DOSSIER, dossier->name);
	if (out->evidence.own_key == NULL)
		out->evidence.own_key = dossier->facts.spki_sha256;
	if (out->evidence.request == NULL)
		KVK_TRY(load_request(memory, dossier, out));
	if (out->evidence.request == NULL)
		out->evidence.request = out->request;
out:
	return err;
}

/* It was not, and perhaps it has the name of one all the same. */
static enum kvk_err apply_name(const struct kvk_memory *memory, const struct kvk_certificate *leaf,
	struct kvk_memory_addition *out)
{
	const struct kvk_memory_dossier *dossier = NULL;
	enum kvk_err err;

	KVK_TRY(find_by_name(memory, leaf, &dossier));
	if (dossier == NULL)
		goto out;
	out->evidence.own_key = dossier->facts.spki_sha256;
	out->asked.key_of = dossier->name;
out:
	return err;
}

enum kvk_err kvk_memory_apply(
	const struct kvk_memory *memory, struct kvk_facts *facts, struct kvk_memory_addition *out)
{
	const struct kvk_certificate *leaf = facts->leaf_count == 1 ? facts->leaf : NULL;
	const struct kvk_memory_dossier *dossier = leaf != NULL ? find_by_key(memory, leaf) : NULL;
	enum kvk_err err = KVK_OK;

	out->asked = *facts->asked;
	out->evidence = *facts->evidence;
	if (dossier != NULL)
		KVK_TRY(apply_dossier(memory, dossier, out));
	else if (leaf != NULL && out->evidence.own_key == NULL)
		KVK_TRY(apply_name(memory, leaf, out));
	if (dossier == NULL)
		kvk_memory_fill(
			&out->asked.account, &memory->configured, KVK_ACCOUNT_OF_SETTINGS, NULL);
	facts->asked = &out->asked;
	facts->evidence = &out->evidence;
out:
	return err;
}

void kvk_memory_addition_free(struct kvk_memory_addition *addition)
{
	if (addition->request != NULL)
		kvk_csr_free(addition->request);
	kvk_free(addition->request);
	kvk_unload_contents(addition->file);
}

void kvk_memory_free(struct kvk_memory *memory)
{
	for (size_t i = 0; i < memory->dossiers.count; i++) {
		struct kvk_memory_dossier *dossier = kvk_vec_at(&memory->dossiers, i);

		kvk_dossier_facts_free(&dossier->facts);
	}
	kvk_vec_free(&memory->dossiers);
}
