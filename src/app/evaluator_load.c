/* SPDX-License-Identifier: Apache-2.0 */
/* Part of app/evaluator.h: reading the files that are given beside a delivery. */
#include "config.h"

#include "app/evaluator_load.h"

#include <errno.h>
#include <string.h>

#include "app/key_why.h"
#include "app/load.h"
#include "base/alloc.h"
#include "base/escape.h"
#include "base/file.h"
#include "base/secret_file.h"
#include "cert/csr.h"
#include "crypto/key.h"

static enum kvk_err add_candidates(struct kvk_evaluator *evaluator,
	const struct kvk_contents *contents, const char *path, struct kvk_error *why)
{
	const size_t count = kvk_contents_certificate_count(contents);
	struct kvk_candidate *candidate;
	enum kvk_err err = KVK_OK;

	if (count == 0)
		return kvk_load_no_certificate(KVK_ERR_FORMAT, path, contents, why);
	for (size_t i = 0; i < count; i++) {
		KVK_TRY(kvk_evaluator_added(
			kvk_vec_push(&evaluator->extra, &candidate), path, KVK_LIMIT_EXTRA, why));
		candidate->certificate = kvk_contents_certificate(contents, i, NULL);
		candidate->source = KVK_SOURCE_CHAIN;
	}
out:
	return err;
}

/* Adds the certificates of one --chain file to what paths may be built from. */
static enum kvk_err load_chain(
	struct kvk_evaluator *evaluator, const char *path, struct kvk_error *why)
{
	struct kvk_contents *contents = NULL, **slot;
	enum kvk_err err;

	KVK_TRY(kvk_load_contents(path, KVK_LIMIT_FILE, &contents, why));
	KVK_TRY(kvk_evaluator_added(
		kvk_vec_push(&evaluator->chains, &slot), path, KVK_LIMIT_OPTION_FILES, why));
	*slot = contents;
	contents = NULL;
	KVK_TRY(add_candidates(evaluator, *slot, path, why));
out:
	kvk_unload_contents(contents);
	return err;
}

static enum kvk_err load_ocsp(
	struct kvk_evaluator *evaluator, const char *path, struct kvk_error *why)
{
	struct kvk_blob bytes = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_load_bytes(path, KVK_LIMIT_OCSP_FILE, &bytes, why));
	KVK_TRY(kvk_evaluator_added(
		kvk_ocsps_add(&evaluator->ocsps, &bytes, path), path, KVK_LIMIT_OCSPS, why));
out:
	kvk_blob_free(&bytes);
	return err;
}

static enum kvk_err add_hash(struct kvk_vec *hashes, const uint8_t *sha256)
{
	uint8_t *slot;
	enum kvk_err err;

	KVK_TRY(kvk_vec_push(hashes, &slot));
	memcpy(slot, sha256, KVK_SHA256_SIZE);
out:
	return err;
}

static enum kvk_err add_uploaded(
	struct kvk_evaluator *evaluator, const struct kvk_certificate *certificate)
{
	enum kvk_err err;

	KVK_TRY(add_hash(&evaluator->uploaded, certificate->sha256));
	KVK_TRY(add_hash(&evaluator->uploaded_keys, certificate->spki_sha256));
out:
	return err;
}

/* Adds fingerprints and keys of an earlier upload; its CAs do no harm, because a leaf is none. */
static enum kvk_err load_uploaded(
	struct kvk_evaluator *evaluator, const char *path, struct kvk_error *why)
{
	struct kvk_contents *contents = NULL;
	size_t count;
	enum kvk_err err;

	KVK_TRY(kvk_load_contents(path, KVK_LIMIT_FILE, &contents, why));
	count = kvk_contents_certificate_count(contents);
	if (count == 0)
		KVK_TRY(kvk_load_no_certificate(KVK_ERR_FORMAT, path, contents, why));
	for (size_t i = 0; i < count; i++)
		KVK_TRY(kvk_evaluator_added(
			add_uploaded(evaluator, kvk_contents_certificate(contents, i, NULL)), path,
			KVK_LIMIT_KNOWN_UPLOADS, why));
out:
	kvk_unload_contents(contents);
	return err;
}

static enum kvk_err load_key(
	struct kvk_evaluator *evaluator, const char *path, struct kvk_error *why)
{
	struct kvk_secret file = { 0 };
	struct kvk_key *key = NULL;
	struct kvk_blob spki = { 0 };
	enum kvk_err err;

	errno = 0;
	KVK_TRY(kvk_secret_file_read(path, KVK_LIMIT_FILE, &file, &evaluator->key_readable));
	err = kvk_key_read(kvk_secret_span(&file), NULL, &key);
	if (err != KVK_OK)
		(void)kvk_key_why(kvk_secret_span(&file), path, err, why);
	KVK_TRY(err);
	KVK_TRY(kvk_key_spki(key, &spki));
	KVK_TRY(kvk_sha256(kvk_span_of_blob(&spki), evaluator->own_key));
	evaluator->evidence.own_key = evaluator->own_key;
out:
	if (err == KVK_ERR_PASSPHRASE && why->text[0] == '\0')
		(void)kvk_error_set(
			why, err, _("the key is encrypted; supply its request with --csr instead"));
	else if (err != KVK_OK && why->text[0] == '\0')
		(void)kvk_error_set_file(why, err, path, KVK_LIMIT_FILE);
	kvk_blob_free(&spki);
	kvk_key_free(key);
	kvk_secret_free(&file);
	return err;
}

static enum kvk_err read_csr(struct kvk_evaluator *evaluator, const char *path,
	const struct kvk_block *block, struct kvk_error *why)
{
	char safe[256];
	enum kvk_err err;

	if (block == NULL)
		return kvk_error_set(why, KVK_ERR_FORMAT,
			_("'%s' contains no certificate request (CSR)"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of(path)));
	err = kvk_csr_read(block->der, evaluator->csr);
	return err == KVK_OK ? KVK_OK : kvk_error_set_file(why, err, path, KVK_LIMIT_CERTIFICATE);
}

static enum kvk_err load_csr(
	struct kvk_evaluator *evaluator, const char *path, struct kvk_error *why)
{
	enum kvk_err err;

	evaluator->csr = kvk_calloc(1, sizeof *evaluator->csr);
	if (evaluator->csr == NULL)
		return kvk_error_set_file(why, KVK_ERR_MEMORY, path, 0);
	KVK_TRY(kvk_load_contents(path, KVK_LIMIT_FILE, &evaluator->csr_file, why));
	KVK_TRY(read_csr(
		evaluator, path, kvk_contents_find(evaluator->csr_file, KVK_BLOCK_CSR), why));
	if (evaluator->evidence.own_key != NULL &&
		memcmp(evaluator->own_key, evaluator->csr->spki_sha256, KVK_SHA256_SIZE) != 0) {
		err = kvk_error_set(why, KVK_ERR_USAGE,
			_("--key and --csr do not match: the request is for another key"));
		goto out;
	}
	memcpy(evaluator->own_key, evaluator->csr->spki_sha256, KVK_SHA256_SIZE);
	evaluator->evidence.own_key = evaluator->own_key;
out:
	return err;
}

static enum kvk_err load_oin_list(
	struct kvk_evaluator *evaluator, const char *path, struct kvk_error *why)
{
	struct kvk_blob octets = { 0 };
	char safe[256];
	enum kvk_err err;

	KVK_TRY(kvk_load_bytes(path, KVK_LIMIT_OIN_LIST, &octets, why));
	err = kvk_oin_list_read(&octets, &evaluator->oin_list);
	if (err == KVK_ERR_FORMAT)
		(void)kvk_error_set(why, err,
			_("'%s' is not a list of the OIN register: a JSON array, or CSV with the "
			  "columns oin, naam, kvkNummer and status"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of(path)));
	else if (err != KVK_OK)
		(void)kvk_error_set_file(why, err, path, KVK_LIMIT_OIN_LIST);
out:
	kvk_blob_free(&octets);
	return err;
}

static enum kvk_err load_history(struct kvk_evaluator *evaluator, struct kvk_error *why)
{
	const struct kvk_case *asked = evaluator->asked;
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < asked->history_count; i++)
		KVK_TRY(add_hash(&evaluator->uploaded, asked->history[i]));
	for (size_t i = 0; i < asked->uploaded.count; i++)
		KVK_TRY(load_uploaded(evaluator, asked->uploaded.at[i], why));
out:
	return err;
}

/* Nothing that was loaded changes any more. */
static void fill_evidence(struct kvk_evaluator *evaluator)
{
	struct kvk_evidence *evidence = &evaluator->evidence;

	evidence->trust = &evaluator->trust;
	evidence->knowledge = evaluator->knowledge;
	evidence->extra = evaluator->extra.items;
	evidence->extra_count = evaluator->extra.count;
	evidence->crls = kvk_crls_array(&evaluator->crls, &evidence->crl_count);
	evidence->ocsps = kvk_ocsps_array(&evaluator->ocsps, &evidence->ocsp_count);
	evidence->history_known = evaluator->asked->history_known || evaluator->uploaded.count > 0;
	evidence->uploaded = evaluator->uploaded.items;
	evidence->uploaded_count = evaluator->uploaded.count;
	evidence->uploaded_keys = evaluator->uploaded_keys.items;
	evidence->uploaded_key_count = evaluator->uploaded_keys.count;
	if (evidence->own_key == NULL)
		evidence->own_key = evaluator->asked->own_key;
	evidence->request = evaluator->csr;
	evidence->oin_list = evaluator->oin_list;
}

enum kvk_err kvk_evaluator_load(struct kvk_evaluator *evaluator, struct kvk_error *why)
{
	const struct kvk_case *asked = evaluator->asked;
	enum kvk_err err;

	for (size_t i = 0; i < asked->chain.count; i++)
		KVK_TRY(load_chain(evaluator, asked->chain.at[i], why));
	for (size_t i = 0; i < asked->crl.count; i++)
		KVK_TRY(kvk_evaluator_load_crls(evaluator, asked->crl.at[i], why));
	for (size_t i = 0; i < asked->ocsp.count; i++)
		KVK_TRY(load_ocsp(evaluator, asked->ocsp.at[i], why));
	KVK_TRY(load_history(evaluator, why));
	if (asked->key != NULL)
		KVK_TRY(load_key(evaluator, asked->key, why));
	if (asked->csr != NULL)
		KVK_TRY(load_csr(evaluator, asked->csr, why));
	if (asked->oin_list != NULL)
		KVK_TRY(load_oin_list(evaluator, asked->oin_list, why));
	fill_evidence(evaluator);
out:
	return err;
}
