/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/recipient.h"

#include <string.h>

#include "app/load.h"
#include "app/memory.h"
#include "base/file.h"
#include "base/format.h"

static bool holds_key(const struct kvk_incoming *incoming, const uint8_t *spki_sha256)
{
	const struct kvk_certificate *certificate = NULL;

	return kvk_incoming_find(incoming, spki_sha256, &certificate) == KVK_OWN_FOUND;
}

/* Tries all dossiers. */
static enum kvk_err find(const struct kvk_memory *memory, const struct kvk_incoming *incoming,
	struct kvk_recipient *out, struct kvk_error *why)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < memory->dossiers.count; i++) {
		const struct kvk_memory_dossier *dossier = kvk_vec_at(&memory->dossiers, i);

		/* Of a dossier and its renewal, the name is that of both. */
		if (!dossier->next)
			KVK_TRY(kvk_blob_append_format(
				&out->tried, "%s%s", out->tried.n > 0 ? ", " : "", dossier->name));
		if (!holds_key(incoming, dossier->facts.spki_sha256))
			continue;
		if (out->name[0] != '\0' && strcmp(out->name, dossier->name) != 0) {
			err = kvk_error_set(why, KVK_ERR_USAGE,
				_("the delivery has certificates for several dossiers, among them "
				  "'%s' and '%s'; give the name of one"),
				out->name, dossier->name);
			goto out;
		}
		KVK_FORMAT(out->name, "%s", dossier->name);
	}
out:
	return err;
}

static bool has_certificate(const struct kvk_incoming *incoming)
{
	for (size_t i = 0; i < incoming->count; i++)
		if (kvk_contents_certificate_count(&incoming->files[i].contents) > 0)
			return true;
	return false;
}

/* A certificate of the files that is for no dossier, rather one that is not a CA's; or NULL. */
static const struct kvk_certificate *stray(const struct kvk_incoming *incoming)
{
	static const uint8_t no_key[KVK_SHA256_SIZE];
	const struct kvk_certificate *certificate = NULL;

	(void)kvk_incoming_find(incoming, no_key, &certificate);
	return certificate;
}

static enum kvk_err set_no_recipient(
	const struct kvk_incoming *incoming, struct kvk_recipient *recipient, struct kvk_error *why)
{
	const struct kvk_certificate *certificate = stray(incoming);

	if (!has_certificate(incoming))
		return kvk_load_no_certificate(KVK_ERR_REFUSED, incoming->files[0].path,
			&incoming->files[0].contents, why);
	if (certificate != NULL && certificate->ext.ca)
		return kvk_error_set(why, KVK_ERR_REFUSED,
			_("the delivery contains CA certificates only; nothing was changed. Ask "
			  "the TSP for your certificate"));
	if (certificate != NULL) {
		recipient->has_certificate = true;
		memcpy(recipient->spki_sha256, certificate->spki_sha256, KVK_SHA256_SIZE);
	}
	if (recipient->tried.n == 0)
		return kvk_error_set(why, KVK_ERR_REFUSED,
			_("there is no dossier that the delivery could be for; to check it without "
			  "one, use 'kvkcsr verify'"));
	return kvk_error_set(why, KVK_ERR_REFUSED,
		_("none of the delivered certificates belongs to a key that you have here; these "
		  "were tried: %s. Ask the TSP which request it used; to check the delivery "
		  "without a "
		  "dossier, use 'kvkcsr verify'"),
		kvk_blob_str(&recipient->tried));
}

enum kvk_err kvk_recipient_of(const struct kvk_home *home, const struct kvk_incoming *incoming,
	struct kvk_recipient *out, struct kvk_error *why)
{
	struct kvk_memory memory = KVK_MEMORY_INIT;
	enum kvk_err err;

	KVK_TRY(kvk_memory_read(&memory, home));
	KVK_TRY(find(&memory, incoming, out, why));
	if (out->name[0] == '\0')
		err = set_no_recipient(incoming, out, why);
out:
	kvk_memory_free(&memory);
	return err;
}

enum kvk_err kvk_recipient_find(const struct kvk_home *home, const struct kvk_paths *files,
	struct kvk_recipient *out, struct kvk_error *why)
{
	struct kvk_incoming incoming = { .count = 0 };
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < files->count; i++) {
		err = kvk_incoming_add(&incoming, files->at[i], false);
		if (err != KVK_OK)
			err = kvk_error_set_file(why, err, files->at[i], KVK_LIMIT_FILE);
		KVK_TRY(err);
	}
	KVK_TRY(kvk_recipient_of(home, &incoming, out, why));
out:
	kvk_incoming_free(&incoming);
	return err;
}

void kvk_recipient_free(struct kvk_recipient *recipient)
{
	kvk_blob_free(&recipient->tried);
}
