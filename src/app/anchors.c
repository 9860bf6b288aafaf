/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/anchors.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "app/load.h"
#include "base/ascii.h"
#include "base/encode.h"
#include "base/escape.h"
#include "base/file.h"
#include "base/format.h"
#include "base/utf8.h"
#include "conf/datadir.h"
#include "crypto/verify.h"

enum kvk_err kvk_anchors_open(
	const char *home, bool make, struct kvk_anchors *out, struct kvk_error *why)
{
	enum kvk_err err = kvk_home_find(home, &out->home);

	if (err == KVK_ERR_NOT_FOUND)
		return kvk_error_set(why, KVK_ERR_USAGE,
			_("no home folder: HOME is not set to an absolute path; use --home DIR"));
	KVK_TRY(err);
	if (make)
		KVK_TRY(kvk_home_look(&out->home, why));
	KVK_TRY(kvk_home_part(&out->home, KVK_HOME_TRUST, &out->folder, why));
	KVK_TRY(kvk_trust_load(kvk_datadir(), &out->trust, why));
	KVK_TRY(kvk_trust_add_imports(&out->trust, kvk_blob_str(&out->folder), why));
out:
	return err;
}

void kvk_anchors_close(struct kvk_anchors *anchors)
{
	kvk_trust_free(&anchors->trust);
	kvk_blob_free(&anchors->folder);
	kvk_home_free(&anchors->home);
}

/* Whether its own key verifies its signature. */
static enum kvk_err check_self_signed(const struct kvk_certificate *certificate, bool *good)
{
	struct kvk_verifier *verifier = NULL;
	enum kvk_err err;

	*good = false;
	if (!kvk_certificate_self_issued(certificate))
		return KVK_OK;
	KVK_TRY(kvk_verifier_new(&verifier));
	err = kvk_verify(verifier, certificate->spki, certificate->algorithm, certificate->tbs,
		certificate->signature);
	*good = err == KVK_OK;
	if (err != KVK_ERR_MEMORY)
		err = KVK_OK;
out:
	kvk_verifier_free(verifier);
	return err;
}

enum kvk_err kvk_anchors_read(const char *path, struct kvk_contents **contents,
	const struct kvk_certificate **out, struct kvk_error *why)
{
	char safe[256];
	size_t count;
	bool good;
	enum kvk_err err;

	kvk_escape_to(safe, sizeof safe, kvk_span_of(path));
	KVK_TRY(kvk_load_openssl(path, KVK_LIMIT_FILE, contents, why));
	count = kvk_contents_certificate_count(*contents);
	if (count == 0)
		return kvk_load_no_certificate(KVK_ERR_REFUSED, path, *contents, why);
	if (count > 1)
		return kvk_error_set(why, KVK_ERR_REFUSED,
			_("'%s' contains more than one certificate; import each root certificate "
			  "from a file of its own"),
			safe);
	*out = kvk_contents_certificate(*contents, 0, NULL);
	if (!(*out)->ext.ca)
		return kvk_error_set(why, KVK_ERR_REFUSED,
			_("the certificate in '%s' is not a CA certificate, so it cannot be "
			  "trusted as a root"),
			safe);
	if ((*out)->ext.has_key_usage && ((*out)->ext.key_usage & KVK_KU_KEY_CERT_SIGN) == 0)
		return kvk_error_set(why, KVK_ERR_REFUSED,
			_("the certificate in '%s' must not be used to sign certificates (key "
			  "usage "
			  "keyCertSign is missing), so it cannot be trusted as a root"),
			safe);
	KVK_TRY(check_self_signed(*out, &good));
	if (!good)
		return kvk_error_set(why, KVK_ERR_REFUSED,
			_("the certificate in '%s' is not self-signed, so it is not a root "
			  "certificate; import the root that it leads to"),
			safe);
out:
	return err;
}

/* Who runs the program; behind sudo, the person. */
static void user_name(char out[static KVK_IMPORT_BY + 1])
{
	const char *sudo = getenv("SUDO_USER");
	const struct passwd *user = getpwuid(geteuid());
	const char *name = geteuid() == 0 && sudo != NULL && *sudo != '\0' ? sudo :
		user != NULL						   ? user->pw_name :
									     NULL;

	if (name != NULL && kvk_utf8_valid(kvk_span_of(name)) &&
		!kvk_text_is_risky(kvk_span_of(name)))
		kvk_format(out, KVK_IMPORT_BY + 1, "%s", name);
	else
		kvk_format(out, KVK_IMPORT_BY + 1, "%u", (unsigned)geteuid());
}

enum kvk_err kvk_anchors_import(struct kvk_anchors *anchors,
	const struct kvk_certificate *certificate, kvk_time at, struct kvk_error *why)
{
	char by[KVK_IMPORT_BY + 1];
	enum kvk_err err;

	KVK_TRY(kvk_home_make(&anchors->home, why));
	user_name(by);
	KVK_TRY(kvk_import_write(kvk_blob_str(&anchors->folder), certificate, at, by, why));
out:
	return err;
}

bool kvk_anchors_fingerprint(const char *text, uint8_t out[static KVK_SHA256_SIZE])
{
	char digits[2 * KVK_SHA256_SIZE + 1];
	struct kvk_blob bytes = { 0 };
	size_t n = 0;
	bool good;

	for (; *text != '\0'; text++) {
		if (*text == ':' || *text == ' ')
			continue;
		if (n == sizeof digits - 1)
			return false;
		digits[n++] = *text;
	}
	digits[n] = '\0';
	good = kvk_unhex(kvk_span_of(digits), &bytes) == KVK_OK && bytes.n == KVK_SHA256_SIZE;
	if (good)
		memcpy(out, bytes.p, KVK_SHA256_SIZE);
	kvk_blob_free(&bytes);
	return good;
}

/* Whether an anchor is called so. */
static bool is_called(const struct kvk_anchor *anchor, const char *which)
{
	uint8_t sha256[KVK_SHA256_SIZE];

	if (kvk_anchors_fingerprint(which, sha256))
		return memcmp(anchor->sha256, sha256, KVK_SHA256_SIZE) == 0;
	return anchor->label != NULL && strcmp(anchor->label, which) == 0;
}

enum kvk_err kvk_anchors_find(const struct kvk_anchors *anchors, const char *which,
	const struct kvk_anchor **out, struct kvk_error *why)
{
	size_t count, found = 0;
	const struct kvk_anchor *all = kvk_trust_anchors(&anchors->trust, &count);
	char safe[256];

	for (size_t i = 0; i < count; i++)
		if (is_called(&all[i], which)) {
			*out = &all[i];
			found++;
		}
	kvk_escape_to(safe, sizeof safe, kvk_span_of(which));
	if (found == 0)
		return kvk_error_set(why, KVK_ERR_USAGE,
			_("no root certificate called '%s' has been imported; 'kvkcsr trust list' "
			  "lists them"),
			safe);
	if (found > 1)
		return kvk_error_set(why, KVK_ERR_USAGE,
			_("several root certificates are called '%s'; give the SHA-256 "
			  "fingerprint instead"),
			safe);
	if (kvk_imports_find(&anchors->trust.imports, (*out)->sha256) == NULL)
		return kvk_error_set(why, KVK_ERR_USAGE,
			_("'%s' was not imported but comes with this program, so it cannot be "
			  "removed"),
			safe);
	return KVK_OK;
}
