/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "watch/watched.h"

#include <string.h>

#include "base/ascii.h"
#include "base/encode.h"
#include "base/file.h"
#include "base/format.h"
#include "cert/contents.h"

/* Appends a character of a name. */
static void put(char name[static KVK_LIMIT_ENTRY_NAME + 1], size_t *n, char c)
{
	if (*n < KVK_LIMIT_ENTRY_NAME)
		name[(*n)++] = c;
}

void kvk_watched_name(const char *text, char name[static KVK_LIMIT_ENTRY_NAME + 1])
{
	bool blank = false;
	size_t n = 0;

	for (const char *p = text; *p != '\0'; p++) {
		char c = (char)kvk_to_lower((uint8_t)*p);

		if ((c >= 'a' && c <= 'z') || kvk_is_digit((uint8_t)c)) {
			if (blank && n > 0 && name[n - 1] != '-')
				put(name, &n, '-');
			put(name, &n, c);
			blank = false;
		} else if (n > 0 && (c == '-' || (c == '.' && name[n - 1] != '.'))) {
			put(name, &n, c);
			blank = false;
		} else if (c == ' ') {
			blank = true;
		}
	}
	while (n > 0 && (name[n - 1] == '.' || name[n - 1] == '-'))
		n--;
	name[n] = '\0';
}

static const struct kvk_certificate *choose(const struct kvk_contents *contents)
{
	const struct kvk_certificate *certificate;

	for (size_t i = 0; (certificate = kvk_contents_certificate(contents, i, NULL)) != NULL; i++)
		if (!certificate->ext.ca)
			return certificate;
	return kvk_contents_certificate(contents, 0, NULL);
}

/* A name for an entry from the CN; one that cannot be read gives none. */
static enum kvk_err read_name(
	const struct kvk_certificate *certificate, char name[static KVK_LIMIT_ENTRY_NAME + 1])
{
	const struct kvk_attribute *cn = kvk_name_find(&certificate->subject, KVK_OID_CN, 0);
	struct kvk_blob text = { 0 };
	enum kvk_err err = KVK_OK;

	name[0] = '\0';
	if (cn == NULL)
		return KVK_OK;
	KVK_TRY(kvk_attribute_text(cn, &text));
	kvk_watched_name(kvk_blob_str(&text), name);
out:
	kvk_blob_free(&text);
	return err == KVK_ERR_MEMORY ? err : KVK_OK;
}

static enum kvk_err describe(const struct kvk_certificate *certificate, struct kvk_watched *out)
{
	struct kvk_blob serial = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_hex(&serial, certificate->serial, '\0'));
	out->certificate.present = true;
	memcpy(out->certificate.sha256, certificate->sha256, KVK_SHA256_SIZE);
	KVK_FORMAT(out->certificate.serial, "%s", kvk_blob_str(&serial));
	out->certificate.not_before = certificate->not_before;
	out->certificate.not_after = certificate->not_after;
	KVK_TRY(read_name(certificate, out->name));
out:
	kvk_blob_free(&serial);
	return err;
}

enum kvk_err kvk_watched_read(const char *path, struct kvk_watched *out)
{
	const struct kvk_certificate *certificate;
	struct kvk_contents contents = { 0 };
	struct kvk_blob bytes = { 0 };
	enum kvk_err err;

	memset(out, 0, sizeof *out);
	KVK_TRY(kvk_file_read(path, KVK_LIMIT_FILE, 0, &bytes));
	KVK_TRY(kvk_contents_read(&bytes, &contents));
	certificate = choose(&contents);
	if (certificate == NULL) {
		err = KVK_ERR_FORMAT;
		goto out;
	}
	KVK_TRY(describe(certificate, out));
out:
	kvk_contents_free(&contents);
	kvk_blob_free(&bytes);
	return err;
}
