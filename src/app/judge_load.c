/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/judge_load.h"

#include <errno.h>
#include <string.h>

#include "base/alloc.h"
#include "base/escape.h"
#include "base/file.h"
#include "base/map.h"
#include "cert/csr.h"
#include "app/load.h"
#include "crypto/key.h"

static enum kvk_err no_certificate(struct kvk_error *why, const char *path)
{
	char safe[256];

	return kvk_error_set(why, KVK_ERR_FORMAT, _("'%s' holds no certificate"),
		kvk_escape_to(safe, sizeof safe, kvk_span_of(path)));
}

/* What is wrong with a file, or that it is one too many of its kind. */
static enum kvk_err explain_count(
	struct kvk_error *why, enum kvk_err err, const char *path, unsigned limit)
{
	char safe[256];

	if (err != KVK_ERR_LIMIT)
		return kvk_error_set_file(why, err, path, 0);
	return kvk_error_set(why, err,
		_("with '%s' there are more than %u of them, the most that one run takes"),
		kvk_escape_to(safe, sizeof safe, kvk_span_of(path)), limit);
}

/* Adds the certificates of one --chain file to what paths may be built from. */
static enum kvk_err load_chain(struct kvk_evaluator *judge, const char *path, struct kvk_error *why)
{
	struct kvk_contents *contents = NULL, **slot;
	struct kvk_candidate *candidate;
	enum kvk_err err;

	err = kvk_load_contents(path, KVK_LIMIT_FILE, &contents, why);
	if (err != KVK_OK)
		return err;
	err = kvk_vec_push(&judge->chains, &slot);
	if (err != KVK_OK) {
		kvk_unload_contents(contents);
		return explain_count(why, err, path, KVK_LIMIT_OPTION_FILES);
	}
	*slot = contents;
	if (kvk_contents_certificate_count(contents) == 0)
		return no_certificate(why, path);
	for (size_t i = 0; i < kvk_contents_certificate_count(contents); i++) {
		err = kvk_vec_push(&judge->extra, &candidate);
		if (err != KVK_OK)
			return explain_count(why, err, path, KVK_LIMIT_EXTRA);
		candidate->certificate = kvk_contents_certificate(contents, i, NULL);
		candidate->source = KVK_SOURCE_CHAIN;
	}
	return KVK_OK;
}

/* Takes a large file in DER as a mapping; *taken is false for any other file. */
static enum kvk_err load_large_crl(struct kvk_evaluator *judge, const char *path, bool *taken)
{
	struct kvk_span mapped;

	*taken = kvk_map_file(path, KVK_LIMIT_CRL_FILE, &mapped) == KVK_OK &&
		mapped.n > KVK_MAP_STEP && mapped.p[0] == KVK_DER_SEQUENCE;
	if (*taken)
		return kvk_crls_add_mapped(&judge->crls, mapped, path);
	kvk_map_free(mapped);
	return KVK_OK;
}

static enum kvk_err load_crl(struct kvk_evaluator *judge, const char *path, struct kvk_error *why)
{
	struct kvk_blob bytes = { 0 };
	size_t size = 0;
	bool taken;
	enum kvk_err err = load_large_crl(judge, path, &taken);

	if (err == KVK_OK && !taken) {
		err = kvk_load_bytes(path, KVK_LIMIT_CRL_FILE, &bytes, why);
		if (err != KVK_OK)
			goto out;
		size = bytes.n;
		err = kvk_crls_add(&judge->crls, &bytes, path);
	}
	if (err == KVK_ERR_LIMIT && size > KVK_LIMIT_CRL_PEM)
		(void)kvk_error_set_file(why, err, path, KVK_LIMIT_CRL_PEM);
	else if (err != KVK_OK)
		(void)explain_count(why, err, path, KVK_LIMIT_CRLS);
out:
	kvk_blob_free(&bytes);
	return err;
}

static enum kvk_err load_ocsp(struct kvk_evaluator *judge, const char *path, struct kvk_error *why)
{
	struct kvk_blob bytes = { 0 };
	enum kvk_err err = kvk_load_bytes(path, KVK_LIMIT_OCSP_FILE, &bytes, why);

	if (err == KVK_OK) {
		err = kvk_ocsps_add(&judge->ocsps, &bytes, path);
		if (err != KVK_OK)
			(void)explain_count(why, err, path, KVK_LIMIT_OCSPS);
	}
	kvk_blob_free(&bytes);
	return err;
}

static enum kvk_err add_hash(struct kvk_vec *hashes, const uint8_t *sha256)
{
	uint8_t *slot;
	enum kvk_err err = kvk_vec_push(hashes, &slot);

	if (err == KVK_OK)
		memcpy(slot, sha256, KVK_SHA256_SIZE);
	return err;
}

/* Notes fingerprints and keys of an earlier upload; its CAs do no harm, because a leaf is none. */
static enum kvk_err load_uploaded(
	struct kvk_evaluator *judge, const char *path, struct kvk_error *why)
{
	struct kvk_contents *contents = NULL;
	enum kvk_err err = kvk_load_contents(path, KVK_LIMIT_FILE, &contents, why);

	if (err != KVK_OK)
		return err;
	if (kvk_contents_certificate_count(contents) == 0)
		err = no_certificate(why, path);
	for (size_t i = 0; err == KVK_OK && i < kvk_contents_certificate_count(contents); i++) {
		const struct kvk_certificate *cert = kvk_contents_certificate(contents, i, NULL);

		err = add_hash(&judge->uploaded, cert->sha256);
		if (err == KVK_OK)
			err = add_hash(&judge->uploaded_keys, cert->spki_sha256);
		if (err != KVK_OK)
			(void)explain_count(why, err, path, KVK_LIMIT_KNOWN_UPLOADS);
	}
	kvk_unload_contents(contents);
	return err;
}

static enum kvk_err load_key(struct kvk_evaluator *judge, const char *path, struct kvk_error *why)
{
	struct kvk_secret file = { 0 };
	struct kvk_key *key = NULL;
	struct kvk_blob spki = { 0 };
	enum kvk_err err;

	errno = 0;
	err = kvk_file_read_secret(path, KVK_LIMIT_FILE, 0, &file);
	if (err == KVK_OK)
		err = kvk_key_read(kvk_secret_span(&file), NULL, &key);
	if (err == KVK_OK)
		err = kvk_key_spki(key, &spki);
	if (err == KVK_OK)
		err = kvk_sha256(kvk_span_of_blob(&spki), judge->own_key);
	if (err == KVK_ERR_PASSPHRASE)
		kvk_error_set(
			why, err, _("the key is encrypted; give its request with --csr instead"));
	else if (err != KVK_OK)
		kvk_error_set_file(why, err, path, KVK_LIMIT_FILE);
	judge->has_own_key = err == KVK_OK;
	kvk_blob_free(&spki);
	kvk_key_free(key);
	kvk_secret_free(&file);
	return err;
}

static enum kvk_err no_request(struct kvk_error *why, const char *path)
{
	char safe[256];

	return kvk_error_set(why, KVK_ERR_FORMAT, _("'%s' holds no certificate request (CSR)"),
		kvk_escape_to(safe, sizeof safe, kvk_span_of(path)));
}

static enum kvk_err load_csr(struct kvk_evaluator *judge, const char *path, struct kvk_error *why)
{
	const struct kvk_block *block;
	enum kvk_err err;

	judge->csr = kvk_calloc(1, sizeof *judge->csr);
	if (judge->csr == NULL)
		return kvk_error_set_file(why, KVK_ERR_MEMORY, path, 0);
	err = kvk_load_contents(path, KVK_LIMIT_FILE, &judge->csr_file, why);
	if (err != KVK_OK)
		return err;
	block = kvk_contents_find(judge->csr_file, KVK_BLOCK_CSR);
	if (block == NULL)
		return no_request(why, path);
	err = kvk_csr_read(block->der, judge->csr);
	if (err != KVK_OK)
		return kvk_error_set_file(why, err, path, KVK_LIMIT_CERTIFICATE);
	if (judge->has_own_key &&
		memcmp(judge->own_key, judge->csr->spki_sha256, KVK_SHA256_SIZE) != 0)
		return kvk_error_set(why, KVK_ERR_USAGE,
			_("--key and --csr differ: the request is for another key"));
	memcpy(judge->own_key, judge->csr->spki_sha256, KVK_SHA256_SIZE);
	judge->has_own_key = true;
	return KVK_OK;
}

static enum kvk_err load_history(struct kvk_evaluator *judge, struct kvk_error *why)
{
	const struct kvk_evaluator_options *options = &judge->options;
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; err == KVK_OK && i < options->history_count; i++)
		err = add_hash(&judge->uploaded, options->history[i]);
	if (err != KVK_OK)
		kvk_error_set(why, err, "%s", kvk_error_text(err));
	for (size_t i = 0; err == KVK_OK && i < options->uploaded.count; i++)
		err = load_uploaded(judge, options->uploaded.at[i], why);
	return err;
}

enum kvk_err kvk_evaluator_load(struct kvk_evaluator *judge, struct kvk_error *why)
{
	const struct kvk_evaluator_options *options = &judge->options;
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; err == KVK_OK && i < options->chain.count; i++)
		err = load_chain(judge, options->chain.at[i], why);
	for (size_t i = 0; err == KVK_OK && i < options->crl.count; i++)
		err = load_crl(judge, options->crl.at[i], why);
	for (size_t i = 0; err == KVK_OK && i < options->ocsp.count; i++)
		err = load_ocsp(judge, options->ocsp.at[i], why);
	if (err == KVK_OK)
		err = load_history(judge, why);
	if (err == KVK_OK && options->key != NULL)
		err = load_key(judge, options->key, why);
	if (err == KVK_OK && options->csr != NULL)
		err = load_csr(judge, options->csr, why);
	return err;
}
