/* SPDX-License-Identifier: Apache-2.0 */
/* Part of report/show.h: a certificate as text. */
#include "config.h"

#include "report/show_part.h"

#include <string.h>

#include "crypto/hash.h"

static bool is_ca(const struct kvk_certificate *cert)
{
	return cert->ext.has_basic_constraints && cert->ext.ca;
}

const char *kvk_show_purpose(const struct kvk_extensions *ext)
{
	const bool client = kvk_extensions_have_eku(ext, KVK_OID_EKU_CLIENT_AUTH);
	const bool server = kvk_extensions_have_eku(ext, KVK_OID_EKU_SERVER_AUTH);

	if (!ext->has_eku)
		return _("not restricted: there is no extKeyUsage");
	if (client && server)
		return _("client authentication (clientAuth), which KVK requires, and server "
			 "authentication (serverAuth)");
	if (client)
		return _("client authentication (clientAuth), which KVK requires");
	if (server)
		return _(
			"server authentication (serverAuth) only: it cannot be used for KVK, which "
			"requires clientAuth");
	return _("neither client authentication nor server authentication");
}

static void show_purpose(struct kvk_shown *s, const struct kvk_certificate *cert)
{
	const char *text;

	if (!is_ca(cert) && cert->version < 3)
		text = _("not stated: certificates of this version have no extensions");
	else if (!is_ca(cert))
		text = kvk_show_purpose(&cert->ext);
	else if (kvk_certificate_self_issued(cert))
		text = _(
			"a root CA: it signs its own certificate, and a chain of trust ends at it");
	else
		text = _("a CA: it signs other certificates");
	kvk_show_row(s, _("purpose"), text);
}

/* "G4" is of PKIoverheid; "EV" and the test hierarchies are no generations. */
static void append_generation(struct kvk_shown *s, const char *generation)
{
	if (generation[0] == 'G')
		kvk_page_append(&s->line, _("PKIoverheid, generation %s"), generation);
	else if (strcmp(generation, "EV") == 0)
		kvk_page_append_text(&s->line, _("EV (extended validation), public"));
	else
		kvk_page_append(
			&s->line, _("%s: a test hierarchy, of no value outside tests"), generation);
}

/* What a level is; NULL for an end certificate. */
static const char *level_text(const char *level)
{
	if (level == NULL || strcmp(level, "leaf") == 0)
		return NULL;
	if (strcmp(level, "root") == 0)
		return _("root");
	if (strcmp(level, "tsp") == 0)
		return _("CA that issues certificates to organisations");
	return _("intermediate CA, between the root and the CAs that issue");
}

static const char *status_text(const char *status)
{
	if (strcmp(status, "revoked") == 0)
		return _("revoked: no longer to be used");
	return strcmp(status, "active") == 0 ? _("in use") : status;
}

/* What is known of it, a row for each thing; nothing where nothing is known. */
static void show_recognised(struct kvk_shown *s, const struct kvk_certificate *cert)
{
	struct kvk_recognised known = { 0 };
	const char *level;

	if (s->show->knowledge != NULL)
		kvk_recognise(s->show->knowledge, cert, &known);
	if (known.generation == NULL && known.tsp == NULL)
		return;
	if (known.generation != NULL) {
		append_generation(s, known.generation);
		kvk_show_end(s, _("recognised as"));
	}
	level = level_text(known.level);
	if (level != NULL)
		kvk_show_row(s, known.generation != NULL ? "" : _("recognised as"), level);
	if (known.tsp != NULL)
		kvk_show_row(s, "TSP", known.tsp);
	if (known.status != NULL)
		kvk_show_row(s, _("status"), status_text(known.status));
	kvk_show_row(s, _("recognised by"),
		known.certain ? _("its fingerprint") :
				_("its names and policies, which anyone can copy"));
}

static void show_validity(struct kvk_shown *s, const struct kvk_certificate *cert)
{
	const kvk_time at = s->show->at;

	kvk_show_append_time(s, cert->not_before);
	kvk_show_end(s, _("valid from"));
	kvk_show_append_time(s, cert->not_after);
	kvk_show_end(s, _("valid until"));
	if (at > cert->not_after)
		kvk_show_row(s, "", _("the certificate has expired"));
	else if (at < cert->not_before)
		kvk_show_row(s, "", _("the certificate is not valid yet"));
}

static void show_fingerprints(struct kvk_shown *s, const struct kvk_certificate *cert)
{
	uint8_t sha1[20];
	enum kvk_err err = kvk_hash_bytes(KVK_HASH_SHA1, cert->der, sha1);

	kvk_page_append_hex(&s->line, cert->serial);
	kvk_show_end(s, _("serial number"));
	kvk_page_append_hex(&s->line, (struct kvk_span){ cert->sha256, KVK_SHA256_SIZE });
	kvk_show_end(s, "SHA-256");
	if (err == KVK_OK) {
		kvk_page_append_hex(&s->line, (struct kvk_span){ sha1, sizeof sha1 });
		kvk_show_end(s, "SHA-1");
		kvk_show_row(s, "", _("Windows shows this as the thumbprint"));
	}
	kvk_page_append_hex(&s->line, (struct kvk_span){ cert->spki_sha256, KVK_SHA256_SIZE });
	kvk_show_end(s, _("SHA-256 of key"));
}

/* Where its revocation would be published. */
static void show_revocation(struct kvk_shown *s, const struct kvk_certificate *cert)
{
	size_t n = 0;

	for (size_t i = 0; i < cert->ext.crl_point_count; i++) {
		if (cert->ext.crl_points[i].uri.n == 0)
			continue;
		kvk_page_append_text(&s->line, "CRL ");
		kvk_page_append_escaped(&s->line, cert->ext.crl_points[i].uri);
		kvk_show_end(s, n++ == 0 ? _("revocation") : "");
	}
	for (size_t i = 0; i < cert->ext.aia_count; i++) {
		const struct kvk_access *access = &cert->ext.aia[i];

		if (access->method != KVK_OID_AD_OCSP || access->location.kind != KVK_GENERAL_URI)
			continue;
		kvk_page_append_text(&s->line, "OCSP ");
		kvk_page_append_escaped(&s->line, access->location.value);
		kvk_show_end(s, n++ == 0 ? _("revocation") : "");
	}
	if (n == 0 && !kvk_certificate_self_issued(cert))
		kvk_show_row(s, _("revocation"),
			_("the certificate does not say where revocation is published"));
}

void kvk_show_certificate(struct kvk_shown *s, const struct kvk_certificate *cert)
{
	kvk_show_subject(s, &cert->subject);
	kvk_show_append_name(s, &cert->issuer);
	kvk_show_end(s, _("issued by"));
	show_recognised(s, cert);
	show_purpose(s, cert);
	show_validity(s, cert);
	kvk_show_append_key(s, &cert->key);
	kvk_show_end(s, _("key"));
	kvk_show_append_scheme(s, cert->algorithm);
	kvk_show_end(s, _("signed with"));
	show_fingerprints(s, cert);
	if (cert->version != 3) {
		kvk_page_append(&s->line, _("%u (KVK requires version 3)"), cert->version);
		kvk_show_end(s, _("version"));
	}
	show_revocation(s, cert);
	kvk_show_tolerated(s, &cert->log);
	kvk_show_extensions(s, &cert->ext);
}
