/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/new.h"

#include <string.h>

#include "app/load.h"
#include "base/alloc.h"
#include "base/escape.h"
#include "base/file.h"
#include "cert/pem.h"
#include "request/csr_make.h"

void kvk_new_free(struct kvk_new *run)
{
	kvk_blob_free(&run->place.answers_file);
	kvk_blob_free(&run->place.request_file);
	kvk_blob_free(&run->place.key_file);
	kvk_blob_free(&run->place.folder);
	kvk_store_close(&run->place.store);
	kvk_csr_free(run->csr);
	kvk_free(run->csr);
	kvk_blob_free(&run->request_pem);
	kvk_blob_free(&run->request_der);
	kvk_key_free(run->key);
	kvk_secret_free(&run->pass);
	kvk_review_free(&run->review);
	kvk_answers_free(&run->answers);
	kvk_presets_free(&run->presets);
}

/* A wrong answer file is a wrong answer, and none that is there cannot be read. */
enum kvk_err kvk_new_read_answers(struct kvk_new *run, const char *path, struct kvk_error *why)
{
	enum kvk_err err = kvk_answers_read(path, &run->answers, why);

	run->answers_from = path;
	if (err != KVK_OK && why->text[0] == '\0')
		(void)kvk_error_set_file(why, err, path, 0);
	return err == KVK_ERR_CONFIG ? KVK_ERR_USAGE : err;
}

/* The first certificate of a file that is no CA, else the first, else NULL. */
static const struct kvk_certificate *choose(const struct kvk_contents *contents)
{
	const struct kvk_certificate *cert;

	for (size_t i = 0; (cert = kvk_contents_certificate(contents, i, NULL)) != NULL; i++)
		if (!cert->ext.ca)
			return cert;
	return kvk_contents_certificate(contents, 0, NULL);
}

enum kvk_err kvk_new_read_like(
	struct kvk_new *run, const char *path, const uint8_t *sha256, struct kvk_error *why)
{
	struct kvk_contents *contents = NULL;
	const struct kvk_certificate *cert;
	struct kvk_error cause = { "" };
	char safe[256];
	enum kvk_err err;

	KVK_TRY(sha256 != NULL ?
			kvk_load_tracked(run->place.store.inventory, path, &contents, &cause) :
			kvk_load_contents(path, KVK_LIMIT_FILE, &contents, &cause));
	cert = sha256 != NULL ? kvk_loaded_certificate(contents, sha256) : choose(contents);
	KVK_TRY(cert != NULL ? kvk_answers_from_certificate(cert, &run->answers, &cause) :
			       KVK_ERR_FORMAT);
	run->has_old_key = run->renewal != NULL;
	memcpy(run->old_key, cert->spki_sha256, KVK_SHA256_SIZE);
out:
	if (err == KVK_ERR_FORMAT && sha256 != NULL)
		(void)kvk_error_set(why, err,
			_("'%s' no longer contains the certificate that is tracked; 'kvkcsr check' "
			  "reads the file again"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of(path)));
	else if (err == KVK_ERR_PASSPHRASE)
		(void)kvk_error_set(why, err, "%s", cause.text);
	else if (err == KVK_ERR_FORMAT)
		(void)kvk_error_set(why, err, _("like: the file contains no certificate"));
	else if (err != KVK_OK)
		(void)kvk_error_set(why, err, "like: %s",
			cause.text[0] != '\0' ? cause.text : kvk_error_text(err));
	kvk_unload_contents(contents);
	return err;
}

/* Decodes the request, and writes it as the dossier holds it. */
static enum kvk_err take_request(struct kvk_new *run)
{
	enum kvk_err err = KVK_OK;

	run->csr = kvk_calloc(1, sizeof *run->csr);
	if (run->csr == NULL)
		return KVK_ERR_MEMORY;
	KVK_TRY(kvk_csr_read(kvk_span_of_blob(&run->request_der), run->csr));
	KVK_TRY(kvk_pem_write(&run->request_pem, "CERTIFICATE REQUEST", run->csr->der));
out:
	return err;
}

static enum kvk_block_kind first_kind(const struct kvk_contents *contents)
{
	const struct kvk_block *block = kvk_vec_at(&contents->blocks, 0);

	return block->kind;
}

static size_t count_requests(const struct kvk_contents *contents)
{
	size_t count = 0;

	for (size_t i = 0; i < contents->blocks.count; i++) {
		const struct kvk_block *block = kvk_vec_at(&contents->blocks, i);

		count += block->kind == KVK_BLOCK_CSR;
	}
	return count;
}

enum kvk_err kvk_new_read_request(
	struct kvk_new *run, const char *path, bool *has_key, struct kvk_error *why)
{
	struct kvk_contents *contents = NULL;
	const struct kvk_block *block;
	enum kvk_err err;

	*has_key = false;
	KVK_TRY(kvk_load_contents(path, KVK_LIMIT_FILE, &contents, why));
	*has_key = (contents->remarks & (1u << KVK_REMARK_PRIVATE_KEY)) != 0;
	block = kvk_contents_find(contents, KVK_BLOCK_CSR);
	if (block == NULL && contents->guise != KVK_GUISE_NONE)
		KVK_TRY(kvk_error_set(why, KVK_ERR_REFUSED, _("csr: %s; %s"),
			kvk_guise_text(contents->guise),
			kvk_guise_action(contents->guise, KVK_GUISE_FOR_REQUEST)));
	if (block == NULL && contents->blocks.count > 0)
		KVK_TRY(kvk_error_set(why, KVK_ERR_REFUSED,
			_("csr: the file contains no certificate request (CSR), but something "
			  "else: %s"),
			kvk_kind_text(first_kind(contents))));
	if (block == NULL)
		KVK_TRY(kvk_error_set(why, KVK_ERR_REFUSED,
			_("csr: the file contains no certificate request (CSR)")));
	if (count_requests(contents) > 1)
		KVK_TRY(kvk_error_set(why, KVK_ERR_USAGE,
			kvk_ngettext("csr: the file contains %zu certificate request; supply a "
				     "file with one",
				"csr: the file contains %zu certificate requests; supply a file "
				"with one",
				count_requests(contents)),
			count_requests(contents)));
	if (block->err != KVK_OK)
		KVK_TRY(kvk_error_set(why, KVK_ERR_REFUSED,
			_("csr: the certificate request in the file is damaged")));
	KVK_TRY(kvk_blob_append(&run->request_der, block->der));
	err = take_request(run);
	if (err != KVK_OK && err != KVK_ERR_MEMORY)
		err = kvk_error_set(why, KVK_ERR_REFUSED, _("csr: the request cannot be read: %s"),
			err == KVK_ERR_DER ? kvk_der_remark_text(run->csr->log.remark) :
					     kvk_error_text(err));
out:
	kvk_unload_contents(contents);
	return err;
}

enum kvk_err kvk_new_make_request(struct kvk_new *run, struct kvk_error *why)
{
	struct kvk_error cause = { "" };
	enum kvk_err err;

	KVK_TRY(kvk_csr_make(&run->order, run->key, &run->request_der, &cause));
	KVK_TRY(take_request(run));
out:
	if (err != KVK_OK)
		(void)kvk_error_set(why, err, _("the request could not be created: %s"),
			cause.text[0] != '\0' ? cause.text : kvk_error_text(err));
	return cause.text[0] != '\0' ? KVK_ERR_INTERNAL : err;
}
