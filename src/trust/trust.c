/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "trust/trust.h"

#include <string.h>

#include "base/encode.h"
#include "base/escape.h"
#include "base/file.h"
#include "base/format.h"
#include "base/path.h"
#include "conf/conf.h"

static const struct kvk_conf_row schema[] = {
	{ .name = "date", .type = KVK_CONF_STRING },
	{ .name = "source", .type = KVK_CONF_STRING },
	{ .name = "anchors", .type = KVK_CONF_GROUPS },
	{ .name = "anchors.label", .type = KVK_CONF_STRING },
	{ .name = "anchors.generation", .type = KVK_CONF_STRING },
	{ .name = "anchors.sha256", .type = KVK_CONF_STRING },
	{ .name = "anchors.not_before", .type = KVK_CONF_STRING },
	{ .name = "anchors.not_after", .type = KVK_CONF_STRING },
	{ .name = "anchors.ski", .type = KVK_CONF_STRING },
	{ .name = "anchors.name", .type = KVK_CONF_STRING },
	{ .name = "anchors.spki", .type = KVK_CONF_STRING },
	{ 0 },
};

/* Pieces of memory that one anchor borrows: label, generation, identifier, name, key. */
enum { PIECES = 5 };

static void start(struct kvk_trust *trust)
{
	*trust = (struct kvk_trust){
		.anchors = KVK_VEC_INIT(struct kvk_anchor, KVK_LIMIT_ANCHORS),
		.storage = KVK_VEC_INIT(struct kvk_blob, (size_t)KVK_LIMIT_ANCHORS * PIECES),
		.contents = KVK_VEC_INIT(struct kvk_contents, KVK_LIMIT_OPTION_FILES),
		.imports = KVK_IMPORTS_INIT,
	};
}

void kvk_trust_free(struct kvk_trust *trust)
{
	if (trust == NULL)
		return;
	for (size_t i = 0; i < trust->anchors.count; i++) {
		struct kvk_anchor *anchor = kvk_vec_at(&trust->anchors, i);

		/* else the name is that of the certificate */
		if (anchor->certificate == NULL)
			kvk_name_free(&anchor->name);
	}
	for (size_t i = 0; i < trust->storage.count; i++)
		kvk_blob_free(kvk_vec_at(&trust->storage, i));
	for (size_t i = 0; i < trust->contents.count; i++)
		kvk_contents_free(kvk_vec_at(&trust->contents, i));
	kvk_imports_free(&trust->imports);
	kvk_vec_free(&trust->storage);
	kvk_vec_free(&trust->contents);
	kvk_vec_free(&trust->anchors);
	start(trust);
}

/* Keeps a text and gives back where it lies. */
static enum kvk_err keep_text(struct kvk_trust *trust, struct kvk_span text, const char **out)
{
	struct kvk_blob *blob;
	enum kvk_err err;

	KVK_TRY(kvk_vec_push(&trust->storage, &blob));
	KVK_TRY(kvk_blob_append(blob, text));
	*out = kvk_blob_str(blob);
out:
	return err;
}

/* One member of one anchor of the file, decoded. */
static enum kvk_err keep_bytes(struct kvk_trust *trust, const struct kvk_conf *conf, size_t i,
	const char *member, enum kvk_err (*decode)(struct kvk_span, struct kvk_blob *),
	struct kvk_span *out)
{
	const char *text = kvk_conf_group_string(conf, "anchors", i, member);
	struct kvk_blob *blob;
	enum kvk_err err;

	*out = (struct kvk_span){ 0 };
	if (text == NULL)
		return KVK_OK;
	KVK_TRY(kvk_vec_push(&trust->storage, &blob));
	KVK_TRY(decode(kvk_span_of(text), blob));
	*out = kvk_span_of_blob(blob);
out:
	return err;
}

static enum kvk_err keep_string(struct kvk_trust *trust, const struct kvk_conf *conf, size_t i,
	const char *member, const char **out)
{
	const char *text = kvk_conf_group_string(conf, "anchors", i, member);

	return text == NULL ? KVK_OK : keep_text(trust, kvk_span_of(text), out);
}

/* Makes anchor number i of the file. */
static enum kvk_err load_one(struct kvk_trust *trust, const struct kvk_conf *conf, size_t i)
{
	const char *end = kvk_conf_group_string(conf, "anchors", i, "not_after");
	struct kvk_span name, sha256;
	struct kvk_anchor *a;
	enum kvk_err err;

	KVK_TRY(kvk_vec_push(&trust->anchors, &a));
	KVK_TRY(keep_string(trust, conf, i, "label", &a->label));
	KVK_TRY(keep_string(trust, conf, i, "generation", &a->generation));
	KVK_TRY(keep_bytes(trust, conf, i, "ski", kvk_unhex, &a->ski));
	KVK_TRY(keep_bytes(trust, conf, i, "name", kvk_unbase64, &name));
	KVK_TRY(keep_bytes(trust, conf, i, "spki", kvk_unbase64, &a->spki));
	KVK_TRY(keep_bytes(trust, conf, i, "sha256", kvk_unhex, &sha256));
	if (sha256.n != KVK_SHA256_SIZE)
		return KVK_ERR_CONFIG;
	memcpy(a->sha256, sha256.p, KVK_SHA256_SIZE);
	if (end != NULL && kvk_time_parse(end, &a->not_after) != KVK_OK)
		return KVK_ERR_CONFIG;
	KVK_TRY(kvk_name_parse(name, true, &a->name));
	KVK_TRY(kvk_key_info_read(a->spki, &a->key));
out:
	return err;
}

/* All anchors of the file. */
static enum kvk_err load_all(
	struct kvk_trust *trust, const struct kvk_conf *conf, struct kvk_error *why)
{
	size_t i = 0;
	enum kvk_err err = KVK_OK;

	for (; i < kvk_conf_count(conf, "anchors"); i++)
		KVK_TRY(load_one(trust, conf, i));
out:
	if (err == KVK_OK || err == KVK_ERR_MEMORY)
		return err;
	return kvk_error_set(why, KVK_ERR_CONFIG, _("trust anchor %zu in '%s' is not valid: %s"),
		i + 1, "trust/anchors.cfg", kvk_error_text(err));
}

enum kvk_err kvk_trust_load(const char *datadir, struct kvk_trust *out, struct kvk_error *why)
{
	struct kvk_conf *conf = NULL;
	struct kvk_blob path = { 0 };
	const char *date;
	enum kvk_err err;

	start(out);
	KVK_TRY(kvk_path_join(&path, datadir, "trust/anchors.cfg"));
	KVK_TRY(kvk_conf_open(kvk_blob_str(&path), schema, 0, &conf, why));
	date = kvk_conf_string(conf, "date");
	KVK_FORMAT(out->date, "%s", date != NULL ? date : "");
	if (kvk_conf_has(conf, "source"))
		KVK_TRY(keep_text(out, kvk_span_of(kvk_conf_string(conf, "source")), &out->source));
	KVK_TRY(load_all(out, conf, why));
out:
	kvk_conf_free(conf);
	kvk_blob_free(&path);
	if (err != KVK_OK)
		kvk_trust_free(out);
	return err;
}

enum kvk_err kvk_trust_label(const struct kvk_name *name, struct kvk_blob *out)
{
	const struct kvk_attribute *cn = kvk_name_find(name, KVK_OID_CN, 0);
	enum kvk_err err = cn != NULL ? kvk_attribute_text(cn, out) : KVK_ERR_TEXT;

	if (err != KVK_ERR_TEXT)
		return err;
	kvk_blob_clear(out);
	return kvk_name_text(name, out);
}

static enum kvk_err keep_label(
	struct kvk_trust *trust, const struct kvk_name *name, const char **out)
{
	struct kvk_blob text = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_trust_label(name, &text));
	KVK_TRY(keep_text(trust, kvk_span_of_blob(&text), out));
out:
	kvk_blob_free(&text);
	return err;
}

static enum kvk_err add_certificate(
	struct kvk_trust *trust, const struct kvk_certificate *certificate)
{
	struct kvk_anchor *a;
	enum kvk_err err;

	if (kvk_trust_pinned(trust, certificate->sha256) != NULL)
		return KVK_OK;
	KVK_TRY(kvk_vec_push(&trust->anchors, &a));
	a->name = certificate->subject;
	a->spki = certificate->spki;
	a->key = certificate->key;
	a->certificate = certificate;
	a->ski = certificate->ext.ski;
	a->not_after = certificate->not_after;
	memcpy(a->sha256, certificate->sha256, KVK_SHA256_SIZE);
	KVK_TRY(keep_label(trust, &certificate->subject, &a->label));
out:
	return err;
}

enum kvk_err kvk_trust_add_imports(
	struct kvk_trust *trust, const char *folder, struct kvk_error *why)
{
	enum kvk_err err;

	KVK_TRY(kvk_imports_read(folder, &trust->imports, why));
	for (size_t i = 0; i < trust->imports.list.count; i++) {
		const struct kvk_import *import = kvk_vec_at(&trust->imports.list, i);

		KVK_TRY(add_certificate(trust, import->certificate));
	}
out:
	return err;
}

const struct kvk_import *kvk_trust_import(
	const struct kvk_trust *trust, const struct kvk_anchor *anchor)
{
	if (anchor->generation != NULL)
		return NULL;
	return kvk_imports_find(&trust->imports, anchor->sha256);
}

/* Empty, for anchors that the user gave. */
static void start_replaced(struct kvk_trust *trust)
{
	start(trust);
	trust->replaced = true;
}

enum kvk_err kvk_trust_from_certificates(
	const struct kvk_certificate *const *certificates, size_t count, struct kvk_trust *out)
{
	enum kvk_err err = KVK_OK;

	start_replaced(out);
	for (size_t i = 0; i < count; i++)
		KVK_TRY(add_certificate(out, certificates[i]));
out:
	if (err != KVK_OK)
		kvk_trust_free(out);
	return err;
}

/* Keeps what a file holds; its certificates lie there. */
static enum kvk_err read_file(struct kvk_trust *trust, const char *path, struct kvk_contents **out)
{
	struct kvk_blob bytes = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_file_read(path, KVK_LIMIT_FILE, 0, &bytes));
	KVK_TRY(kvk_vec_push(&trust->contents, out));
	KVK_TRY(kvk_contents_read(&bytes, *out));
out:
	kvk_blob_free(&bytes);
	return err;
}

static enum kvk_err add_all(struct kvk_trust *trust, const struct kvk_contents *contents)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < kvk_contents_certificate_count(contents); i++)
		KVK_TRY(add_certificate(trust, kvk_contents_certificate(contents, i, NULL)));
out:
	return err;
}

/* Whether a certificate of a file is beyond a limit. */
static bool is_limited(const struct kvk_contents *contents)
{
	for (size_t i = 0; i < contents->blocks.count; i++)
		if (kvk_block_is_beyond(kvk_vec_at(&contents->blocks, i)))
			return true;
	return false;
}

static enum kvk_err add_file(struct kvk_trust *trust, const char *path, struct kvk_error *why)
{
	struct kvk_contents *contents = NULL;
	char shown[256];
	enum kvk_err err;

	kvk_escape_to(shown, sizeof(shown), kvk_span_of(path));
	err = read_file(trust, path, &contents);
	if (err != KVK_OK)
		return kvk_error_set_file(why, err, path, KVK_LIMIT_FILE);
	trust->limited = trust->limited || is_limited(contents);
	if (kvk_contents_certificate_count(contents) == 0 && !trust->limited)
		return kvk_error_set(
			why, KVK_ERR_FORMAT, _("'%s' contains no certificate to trust"), shown);
	err = add_all(trust, contents);
	if (err == KVK_ERR_LIMIT)
		return kvk_error_set(why, err,
			kvk_ngettext("with '%s' there is more than %u certificate to trust, the "
				     "limit for one run",
				"with '%s' there are more than %u certificates to trust, the limit "
				"for one run",
				KVK_LIMIT_ANCHORS),
			shown, KVK_LIMIT_ANCHORS);
	return err == KVK_OK ? err : kvk_error_set_file(why, err, path, 0);
}

enum kvk_err kvk_trust_add_system(struct kvk_trust *trust, const char *path, struct kvk_error *why)
{
	struct kvk_contents *contents = NULL;
	char shown[256];
	bool found = false;
	enum kvk_err err;

	err = read_file(trust, path, &contents);
	if (err != KVK_OK)
		return kvk_error_set_file(why, err, path, KVK_LIMIT_FILE);
	for (size_t i = 0; i < kvk_contents_certificate_count(contents); i++) {
		const struct kvk_certificate *certificate =
			kvk_contents_certificate(contents, i, NULL);

		if (!certificate->ext.ca)
			continue;
		found = true;
		KVK_TRY(add_certificate(trust, certificate));
	}
	if (!found)
		err = kvk_error_set(why, KVK_ERR_FORMAT, _("'%s' contains no CA certificate"),
			kvk_escape_to(shown, sizeof(shown), kvk_span_of(path)));
	trust->system = err == KVK_OK;
out:
	return err;
}

enum kvk_err kvk_trust_from_files(
	const char *const *paths, size_t count, struct kvk_trust *out, struct kvk_error *why)
{
	enum kvk_err err = KVK_OK;

	start_replaced(out);
	for (size_t i = 0; i < count; i++)
		KVK_TRY(add_file(out, paths[i], why));
out:
	if (err != KVK_OK)
		kvk_trust_free(out);
	return err;
}

const struct kvk_anchor *kvk_trust_anchors(const struct kvk_trust *trust, size_t *count)
{
	*count = trust->anchors.count;
	return trust->anchors.items;
}

const struct kvk_anchor *kvk_trust_pinned(
	const struct kvk_trust *trust, const uint8_t sha256[static KVK_SHA256_SIZE])
{
	for (size_t i = 0; i < trust->anchors.count; i++) {
		const struct kvk_anchor *a = kvk_vec_at(&trust->anchors, i);

		if (memcmp(a->sha256, sha256, KVK_SHA256_SIZE) == 0)
			return a;
	}
	return NULL;
}
