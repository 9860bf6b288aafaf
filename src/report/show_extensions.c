/* SPDX-License-Identifier: Apache-2.0 */
/* Part of report/show.h: extensions that have a decoder, as text. */
#include "config.h"

#include "report/show_part.h"

/* What stands behind the name of an extension that has a decoder. */
typedef void writer(struct kvk_shown *s, const struct kvk_extensions *ext);

static void basic_constraints(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	if (!ext->ca)
		kvk_page_append_text(&s->line, _("not a CA"));
	else if (!ext->has_path_length)
		kvk_page_append_text(&s->line, _("a CA, with any number of CAs below it"));
	else if (ext->path_length == 0)
		kvk_page_append_text(&s->line, _("a CA, with no CA below it"));
	else
		kvk_page_append(&s->line, _("a CA, with at most %llu CAs below it"),
			(unsigned long long)ext->path_length);
}

static void key_usage(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	static const char *const words[] = {
		N_("digitalSignature (to sign, as logging on needs)"),
		N_("nonRepudiation (to sign documents)"),
		N_("keyEncipherment (to encrypt keys)"),
		N_("dataEncipherment (to encrypt data)"),
		N_("keyAgreement (to agree on keys)"),
		N_("keyCertSign (to sign certificates)"),
		N_("cRLSign (to sign revocation lists)"),
		N_("encipherOnly"),
		N_("decipherOnly"),
	};
	size_t n = 0;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (ext->key_usage >> i & 1) {
			kvk_show_between(s, n++);
			kvk_page_append_text(&s->line, _(words[i]));
		}
	if (n == 0)
		kvk_page_append_text(&s->line, _("none"));
}

/* What a usage means, NULL where its name says it or where it is not known. */
static const char *usage_words(enum kvk_oid usage)
{
	switch (usage) {
	case KVK_OID_EKU_CLIENT_AUTH:
		return _("client: what KVK asks for");
	case KVK_OID_EKU_SERVER_AUTH:
		return _("server");
	case KVK_OID_EKU_EMAIL:
		return _("mail");
	case KVK_OID_EKU_CODE_SIGNING:
		return _("to sign programs");
	case KVK_OID_EKU_TIME_STAMPING:
		return _("to vouch for a time");
	case KVK_OID_EKU_OCSP_SIGNING:
		return _("to answer whether certificates are revoked");
	case KVK_OID_EKU_MS_DOCUMENT_SIGNING:
		return _("to sign documents");
	case KVK_OID_EKU_MS_EFS:
		return _("to encrypt files");
	case KVK_OID_EKU_SMARTCARD_LOGON:
		return _("to log on with a smart card");
	case KVK_OID_ANY_EKU:
		return _("any use");
	default:
		return NULL;
	}
}

static void extended_key_usage(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	char label[KVK_LIMIT_OID_TEXT];

	for (size_t i = 0; i < ext->eku_count; i++) {
		const char *words = usage_words(kvk_oid_find(ext->ekus[i]));

		kvk_show_between(s, i);
		kvk_page_append_text(&s->line, kvk_oid_label(ext->ekus[i], label));
		if (words != NULL)
			kvk_page_append(&s->line, " (%s)", words);
	}
}

static void ski(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	kvk_show_append_bytes(s, ext->ski);
}

static void aki(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	size_t n = 0;

	if (ext->aki_key_id.n > 0) {
		kvk_show_append_bytes(s, ext->aki_key_id);
		n++;
	}
	if (ext->aki_serial.n > 0) {
		kvk_show_between(s, n++);
		kvk_page_append_text(&s->line, _("issuer's certificate with serial number "));
		kvk_show_append_bytes(s, ext->aki_serial);
	}
	if (ext->aki_issuer.n > 0) {
		kvk_show_between(s, n++);
		kvk_page_append_text(&s->line, _("which was issued by "));
		kvk_show_append_generals(s, ext->aki_issuer);
	}
}

/* One on a line: a certificate may have many. */
static void san(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	for (size_t i = 0; i < ext->san_count; i++) {
		if (i > 0)
			kvk_show_next(s);
		kvk_show_append_general(s, &ext->sans[i]);
	}
}

static void mappings(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	char text[KVK_LIMIT_OID_TEXT];

	for (size_t i = 0; i < ext->mapping_count; i++) {
		kvk_show_between(s, i);
		kvk_page_append_text(&s->line, kvk_oid_text(ext->mappings[i].issuer_domain, text));
		kvk_page_append(&s->line, _(" counts as %s"),
			kvk_oid_text(ext->mappings[i].subject_domain, text));
	}
}

static void policy_constraints(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	if (ext->has_require_explicit)
		kvk_page_append(&s->line, _("a policy is needed after %llu certificates"),
			(unsigned long long)ext->require_explicit);
	if (ext->has_inhibit_mapping)
		kvk_page_append(&s->line, _("%sno policy is mapped after %llu certificates"),
			ext->has_require_explicit ? ", " : "",
			(unsigned long long)ext->inhibit_mapping);
}

static void inhibit_any(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	kvk_page_append(&s->line, _("anyPolicy does not count after %llu certificates"),
		(unsigned long long)ext->inhibit_any);
}

static void append_subtrees(struct kvk_shown *s, const char *word, struct kvk_span list)
{
	struct kvk_der_log log = { 0 };
	struct kvk_subtree subtree;
	struct kvk_der der;

	if (list.n == 0)
		return;
	kvk_page_append(&s->line, "%s ", word);
	kvk_der_start(&der, list, true, &log);
	for (size_t i = 0; !kvk_der_at_end(&der); i++) {
		if (kvk_general_subtree_read(&der, &subtree) != KVK_OK)
			return;
		kvk_show_between(s, i);
		kvk_show_append_general(s, &subtree.base);
	}
}

static void name_constraints(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	append_subtrees(s, _("only"), ext->permitted);
	if (ext->permitted.n > 0 && ext->excluded.n > 0)
		kvk_page_append_text(&s->line, "; ");
	append_subtrees(s, _("not"), ext->excluded);
}

static void ocsp_nocheck(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	(void)ext;
	kvk_page_append_text(&s->line, _("whether it was revoked need not be asked"));
}

static writer *const writers[KVK_OID_COUNT] = {
	[KVK_OID_EXT_SKI] = ski,
	[KVK_OID_EXT_KEY_USAGE] = key_usage,
	[KVK_OID_EXT_SAN] = san,
	[KVK_OID_EXT_BASIC_CONSTRAINTS] = basic_constraints,
	[KVK_OID_EXT_NAME_CONSTRAINTS] = name_constraints,
	[KVK_OID_EXT_CRL_POINTS] = kvk_show_crl_points,
	[KVK_OID_EXT_POLICIES] = kvk_show_policies,
	[KVK_OID_EXT_POLICY_MAPPINGS] = mappings,
	[KVK_OID_EXT_AKI] = aki,
	[KVK_OID_EXT_POLICY_CONSTRAINTS] = policy_constraints,
	[KVK_OID_EXT_EKU] = extended_key_usage,
	[KVK_OID_EXT_FRESHEST_CRL] = kvk_show_freshest_crl,
	[KVK_OID_EXT_INHIBIT_ANY_POLICY] = inhibit_any,
	[KVK_OID_EXT_AIA] = kvk_show_aia,
	[KVK_OID_EXT_OCSP_NOCHECK] = ocsp_nocheck,
};

static void append_extension(
	struct kvk_shown *s, const struct kvk_extensions *ext, const struct kvk_extension *one)
{
	char label[KVK_LIMIT_OID_TEXT];

	/* One that could not be decoded is unknown, but has its name all the same. */
	s->label = kvk_oid_label(one->type, label);
	if (one->critical)
		kvk_page_append(&s->line, "[%s] ", _("critical"));
	if (writers[one->oid] != NULL)
		writers[one->oid](s, ext);
	else
		kvk_show_value(s, one);
	kvk_show_next(s);
}

void kvk_show_extensions(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	if (ext->count == 0)
		return;
	kvk_page_append(&s->page, "  %s\n", _("extensions"));
	for (size_t i = 0; i < ext->count; i++)
		append_extension(s, ext, &ext->all[i]);
}
