/* SPDX-License-Identifier: Apache-2.0 */
/* Part of report/show.h: extensions that have a decoder, as text. */
#include "config.h"

#include "report/show_part.h"

/* What follows the name of an extension that has a decoder. */
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
		kvk_page_append(&s->line,
			kvk_ngettext("a CA, with at most %llu CA below it",
				"a CA, with at most %llu CAs below it",
				(unsigned long)ext->path_length),
			(unsigned long long)ext->path_length);
}

static void key_usage(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	static const char *const words[] = {
		N_("digitalSignature (sign, which authentication requires)"),
		N_("nonRepudiation (sign documents)"),
		N_("keyEncipherment (encrypt keys)"),
		N_("dataEncipherment (encrypt data)"),
		N_("keyAgreement (agree on keys)"),
		N_("keyCertSign (sign certificates)"),
		N_("cRLSign (sign revocation lists)"),
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
		return _("client authentication, which KVK requires");
	case KVK_OID_EKU_SERVER_AUTH:
		return _("server authentication");
	case KVK_OID_EKU_EMAIL:
		return _("email");
	case KVK_OID_EKU_CODE_SIGNING:
		return _("code signing");
	case KVK_OID_EKU_TIME_STAMPING:
		return _("time stamping");
	case KVK_OID_EKU_OCSP_SIGNING:
		return _("signing OCSP responses");
	case KVK_OID_EKU_MS_DOCUMENT_SIGNING:
		return _("document signing");
	case KVK_OID_EKU_MS_EFS:
		return _("file encryption");
	case KVK_OID_EKU_SMARTCARD_LOGON:
		return _("smart card logon");
	case KVK_OID_ANY_EKU:
		return _("any purpose");
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

/* Each of its parts on a line, the parts that name the issuer's certificate after a label. */
static void aki(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	const bool has_id = ext->aki_key_id.n > 0, has_serial = ext->aki_serial.n > 0;

	if (has_id)
		kvk_show_append_bytes(s, ext->aki_key_id);
	if (has_serial) {
		if (has_id)
			kvk_show_next(s);
		kvk_page_append(&s->line, "%s ", _("serial number of the issuer's certificate:"));
		kvk_show_append_bytes(s, ext->aki_serial);
	}
	if (ext->aki_issuer.n > 0) {
		if (has_id || has_serial)
			kvk_show_next(s);
		kvk_page_append(&s->line, "%s ", _("issuer of the issuer's certificate:"));
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
	char issuer[KVK_LIMIT_OID_TEXT], subject[KVK_LIMIT_OID_TEXT];

	for (size_t i = 0; i < ext->mapping_count; i++) {
		kvk_show_between(s, i);
		kvk_page_append(&s->line, _("%s counts as %s"),
			kvk_oid_text(ext->mappings[i].issuer_domain, issuer),
			kvk_oid_text(ext->mappings[i].subject_domain, subject));
	}
}

static void policy_constraints(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	if (ext->has_require_explicit)
		kvk_page_append(&s->line,
			kvk_ngettext("a policy is required after %llu certificate",
				"a policy is required after %llu certificates",
				(unsigned long)ext->require_explicit),
			(unsigned long long)ext->require_explicit);
	if (ext->has_require_explicit && ext->has_inhibit_mapping)
		kvk_show_next(s);
	if (ext->has_inhibit_mapping)
		kvk_page_append(&s->line,
			kvk_ngettext("policies are not mapped after %llu certificate",
				"policies are not mapped after %llu certificates",
				(unsigned long)ext->inhibit_mapping),
			(unsigned long long)ext->inhibit_mapping);
}

static void inhibit_any(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	kvk_page_append(&s->line,
		kvk_ngettext("anyPolicy is ignored after %llu certificate",
			"anyPolicy is ignored after %llu certificates",
			(unsigned long)ext->inhibit_any),
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
	append_subtrees(s, _("permitted:"), ext->permitted);
	if (ext->permitted.n > 0 && ext->excluded.n > 0)
		kvk_show_next(s);
	append_subtrees(s, _("excluded:"), ext->excluded);
}

static void ocsp_nocheck(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	(void)ext;
	kvk_page_append_text(&s->line, _("its revocation need not be checked"));
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
	kvk_show_row(s, _("extensions"), "");
	kvk_show_write(s);
	for (size_t i = 0; i < ext->count; i++)
		append_extension(s, ext, &ext->all[i]);
	kvk_show_write_extensions(s);
}
