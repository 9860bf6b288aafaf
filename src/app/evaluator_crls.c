/* SPDX-License-Identifier: Apache-2.0 */
/* Part of app/evaluator.h: reading the CRLs that are given, one by one or a folder of them. */
#include "config.h"

#include "app/evaluator_load.h"

#include "app/load.h"
#include "base/alloc.h"
#include "base/escape.h"
#include "base/file.h"
#include "base/path.h"
#include "base/walk.h"
#include "cert/crl_body.h"
#include "der/reader.h"

/* A folder while it is walked. */
struct folder {
	struct kvk_evaluator *evaluator;
	struct kvk_error *why;
	size_t found;
};

enum kvk_err kvk_evaluator_added(
	enum kvk_err err, const char *path, unsigned limit, struct kvk_error *why)
{
	char safe[256];

	if (err == KVK_OK)
		return KVK_OK;
	if (err != KVK_ERR_LIMIT)
		return kvk_error_set_file(why, err, path, 0);
	return kvk_error_set(why, err,
		_("with '%s' there are more than %u of them, the limit for one run"),
		kvk_escape_to(safe, sizeof safe, kvk_span_of(path)), limit);
}

/* Adds the CRLs of a file, which is taken over; path outlives the evaluator. */
static enum kvk_err add(struct kvk_evaluator *evaluator, struct kvk_blob *bytes, const char *path,
	struct kvk_error *why)
{
	const size_t size = bytes->n;
	enum kvk_err err = kvk_crls_add(&evaluator->crls, bytes, path);

	if (err == KVK_ERR_LIMIT && size > KVK_LIMIT_CRL_PEM)
		return kvk_error_set_file(why, err, path, KVK_LIMIT_CRL_PEM);
	return kvk_evaluator_added(err, path, KVK_LIMIT_CRLS, why);
}

/* Whether a file of a folder is a CRL, in one of the forms that servers give; others lie there. */
static enum kvk_err look(const struct kvk_blob *bytes, bool *is_crl)
{
	struct kvk_blob copy = { 0 };
	struct kvk_span der = kvk_span_of_blob(bytes);
	struct kvk_crl *crl = kvk_calloc(1, sizeof *crl);
	enum kvk_err err = KVK_ERR_MEMORY;

	*is_crl = false;
	if (crl == NULL)
		goto out;
	if (der.n > 0 && der.p[0] != KVK_DER_SEQUENCE) {
		KVK_TRY(kvk_blob_append(&copy, der));
		KVK_TRY(kvk_crl_body_decode(&copy));
		der = kvk_span_of_blob(&copy);
	}
	KVK_TRY(kvk_crl_read(der, crl));
	kvk_crl_free(crl);
	*is_crl = true;
out:
	kvk_blob_free(&copy);
	kvk_free(crl);
	return err == KVK_ERR_MEMORY ? err : KVK_OK;
}

/* Base64 without the lines of PEM is what some servers give, and is saved so. */
static enum kvk_err decode_bare(struct kvk_blob *bytes)
{
	const bool bare = bytes->n > 0 && bytes->n <= KVK_LIMIT_CRL_PEM &&
		memmem(bytes->p, bytes->n, "-----BEGIN", 10) == NULL;
	enum kvk_err err = bare ? kvk_crl_body_decode(bytes) : KVK_OK;

	return err == KVK_ERR_MEMORY ? err : KVK_OK;
}

static enum kvk_err add_of_folder(struct folder *folder, const char *path)
{
	struct kvk_evaluator *evaluator = folder->evaluator;
	struct kvk_blob bytes = { 0 };
	char *label = NULL, **slot;
	bool is_crl;
	enum kvk_err err;

	KVK_TRY(kvk_load_bytes(path, KVK_LIMIT_CRL_FILE, &bytes, folder->why));
	KVK_TRY(look(&bytes, &is_crl));
	if (!is_crl)
		goto out;
	label = kvk_strdup(path);
	if (label == NULL) {
		err = KVK_ERR_MEMORY;
		goto out;
	}
	KVK_TRY(kvk_evaluator_added(
		kvk_vec_push(&evaluator->labels, &slot), path, KVK_LIMIT_CRLS, folder->why));
	*slot = label;
	label = NULL;
	KVK_TRY(decode_bare(&bytes));
	KVK_TRY(add(evaluator, &bytes, *slot, folder->why));
	folder->found++;
out:
	kvk_free(label);
	kvk_blob_free(&bytes);
	return err;
}

static enum kvk_err visit(void *context, const char *path, enum kvk_err err)
{
	struct folder *folder = context;

	if (err != KVK_OK)
		return kvk_error_set_file(folder->why, err, path, 0);
	return add_of_folder(folder, path);
}

static enum kvk_err load_folder(
	struct kvk_evaluator *evaluator, const char *path, struct kvk_error *why)
{
	struct kvk_error inner = { "" };
	struct folder folder = { .evaluator = evaluator, .why = &inner };
	char safe[256];
	enum kvk_err err = kvk_walk_folder(path, visit, &folder);

	if (err == KVK_OK && folder.found > 0)
		return KVK_OK;
	if (err == KVK_OK)
		return kvk_error_set(why, KVK_ERR_NOT_FOUND,
			_("'%s' contains no revocation list (CRL)"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of(path)));
	if (inner.text[0] != '\0')
		return kvk_error_set(why, err, "%s", inner.text);
	return kvk_error_set_file(why, err, path, 0);
}

enum kvk_err kvk_evaluator_load_crls(
	struct kvk_evaluator *evaluator, const char *path, struct kvk_error *why)
{
	struct kvk_blob bytes = { 0 };
	enum kvk_err err;

	if (strcmp(path, "-") != 0 && kvk_path_is_folder(path))
		return load_folder(evaluator, path, why);
	KVK_TRY(kvk_load_bytes(path, KVK_LIMIT_CRL_FILE, &bytes, why));
	KVK_TRY(decode_bare(&bytes));
	KVK_TRY(add(evaluator, &bytes, path, why));
out:
	kvk_blob_free(&bytes);
	return err;
}
