/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "trust/cas.h"

#include <string.h>

#include "base/encode.h"
#include "base/escape.h"
#include "base/time.h"

static const struct kvk_conf_row schema[] = {
	{ .name = "date", .type = KVK_CONF_STRING },
	{ .name = "cas", .type = KVK_CONF_GROUPS },
	{ .name = "cas.cn", .type = KVK_CONF_STRING },
	{ .name = "cas.generation", .type = KVK_CONF_STRING },
	{ .name = "cas.tsp", .type = KVK_CONF_STRING },
	{ .name = "cas.level", .type = KVK_CONF_STRING },
	{ .name = "cas.status", .type = KVK_CONF_STRING },
	{ .name = "cas.sha256", .type = KVK_CONF_STRING },
	{ .name = "cas.not_after", .type = KVK_CONF_STRING },
	{ .name = "cas.url", .type = KVK_CONF_STRING },
	{ .name = "cas.note", .type = KVK_CONF_STRING },
	{ .name = "cas.source", .type = KVK_CONF_STRING },
	{ 0 },
};

/* What may be wrong with a CA beyond the schema. */
enum flaw { FLAW_NONE, FLAW_CN, FLAW_SHA256, FLAW_NOT_AFTER, FLAW_URL, FLAW_NO_SHA256 };

static enum kvk_err refuse(enum flaw flaw, size_t i, const char *name, struct kvk_error *why)
{
	static const char *const texts[] = {
		[FLAW_CN] = N_("cn is missing"),
		[FLAW_SHA256] = N_("sha256 must be 64 hexadecimal digits"),
		[FLAW_NOT_AFTER] = N_("not_after must be a time such as 2039-05-18T00:00:00Z"),
		[FLAW_URL] = N_("url must be an http or https address without a user name"),
		[FLAW_NO_SHA256] = N_("url requires sha256; otherwise, what is fetched from there "
				      "cannot be checked"),
	};
	char safe[256];

	kvk_escape_to(safe, sizeof safe, kvk_span_of(name));
	return kvk_error_set(why, KVK_ERR_CONFIG, _("CA %zu in '%s' is not valid: %s"), i + 1, safe,
		_(texts[flaw]));
}

static enum kvk_err read_sha256(const char *text, struct kvk_known_ca *out)
{
	struct kvk_blob bytes = { 0 };
	enum kvk_err err = kvk_unhex(kvk_span_of(text), &bytes);

	if (err == KVK_OK && bytes.n == KVK_SHA256_SIZE) {
		memcpy(out->sha256, bytes.p, KVK_SHA256_SIZE);
		out->has_sha256 = true;
	}
	kvk_blob_free(&bytes);
	return err == KVK_ERR_MEMORY ? err : KVK_OK;
}

/* A look at its form: libcurl reads it only where it is fetched, because loading it takes time. */
static bool is_url(const char *text)
{
	const char *host = NULL;

	if (strncmp(text, "http://", 7) == 0)
		host = text + 7;
	else if (strncmp(text, "https://", 8) == 0)
		host = text + 8;
	if (host == NULL || strcspn(host, "/?#") == 0)
		return false;
	for (const char *c = host; *c != '\0'; c++)
		if (*c <= 0x20 || *c >= 0x7f)
			return false;
	return memchr(host, '@', strcspn(host, "/?#")) == NULL;
}

static enum kvk_err read_ca(
	const struct kvk_conf *conf, size_t i, struct kvk_known_ca *out, enum flaw *flaw)
{
	const char *sha256 = kvk_conf_group_string(conf, "cas", i, "sha256");
	const char *not_after = kvk_conf_group_string(conf, "cas", i, "not_after");
	kvk_time end;
	enum kvk_err err = KVK_OK;

	out->cn = kvk_conf_group_string(conf, "cas", i, "cn");
	out->generation = kvk_conf_group_string(conf, "cas", i, "generation");
	out->tsp = kvk_conf_group_string(conf, "cas", i, "tsp");
	out->level = kvk_conf_group_string(conf, "cas", i, "level");
	out->status = kvk_conf_group_string(conf, "cas", i, "status");
	out->url = kvk_conf_group_string(conf, "cas", i, "url");
	if (sha256 != NULL)
		KVK_TRY(read_sha256(sha256, out));
	if (out->cn == NULL)
		*flaw = FLAW_CN;
	else if (sha256 != NULL && !out->has_sha256)
		*flaw = FLAW_SHA256;
	else if (not_after != NULL && kvk_time_parse(not_after, &end) != KVK_OK)
		*flaw = FLAW_NOT_AFTER;
	else if (out->url != NULL && !is_url(out->url))
		*flaw = FLAW_URL;
	else if (out->url != NULL && sha256 == NULL)
		*flaw = FLAW_NO_SHA256;
out:
	return err;
}

enum kvk_err kvk_cas_add(
	struct kvk_cas *cas, const char *path, const char *name, struct kvk_error *why)
{
	struct kvk_conf *conf = NULL;
	struct kvk_known_ca *ca;
	enum flaw flaw = FLAW_NONE;
	size_t count;
	enum kvk_err err;

	if (cas->file_count == sizeof cas->files / sizeof cas->files[0])
		return KVK_ERR_LIMIT;
	KVK_TRY(kvk_conf_open(path, schema, 0, &conf, why));
	cas->files[cas->file_count++] = conf;
	count = kvk_conf_count(conf, "cas");
	for (size_t i = 0; i < count; i++) {
		err = kvk_vec_push(&cas->list, &ca);
		if (err == KVK_ERR_LIMIT)
			return kvk_error_set(why, err,
				kvk_ngettext("more than %u CA certificate is listed",
					"more than %u CA certificates are listed",
					KVK_LIMIT_ANCHORS),
				KVK_LIMIT_ANCHORS);
		KVK_TRY(err);
		KVK_TRY(read_ca(conf, i, ca, &flaw));
		if (flaw != FLAW_NONE)
			return refuse(flaw, i, name, why);
	}
out:
	return err;
}

void kvk_cas_free(struct kvk_cas *cas)
{
	for (size_t i = 0; i < cas->file_count; i++)
		kvk_conf_free(cas->files[i]);
	kvk_vec_free(&cas->list);
	cas->file_count = 0;
}

const struct kvk_known_ca *kvk_cas_find(
	const struct kvk_cas *cas, const uint8_t sha256[static KVK_SHA256_SIZE])
{
	for (size_t i = 0; i < cas->list.count; i++) {
		const struct kvk_known_ca *ca = kvk_vec_at(&cas->list, i);

		if (ca->has_sha256 && memcmp(ca->sha256, sha256, KVK_SHA256_SIZE) == 0)
			return ca;
	}
	return NULL;
}

const struct kvk_known_ca *kvk_cas_next(
	const struct kvk_cas *cas, const struct kvk_name *name, const struct kvk_known_ca *after)
{
	const struct kvk_attribute *cn = kvk_name_find(name, KVK_OID_CN, 0);
	bool passed = after == NULL;

	if (cn == NULL || !kvk_der_is_string(cn->tag))
		return NULL;
	for (size_t i = 0; i < cas->list.count; i++) {
		const struct kvk_known_ca *ca = kvk_vec_at(&cas->list, i);

		if (passed && kvk_span_is(cn->value, ca->cn))
			return ca;
		passed = passed || ca == after;
	}
	return NULL;
}
