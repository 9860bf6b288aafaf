/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/show_part.h"

#include "report/request.h"

/* What stands on the line of an extension that has a decoder; every other is shown in hex. */
typedef void writer(struct kvk_shown *s, const struct kvk_extensions *ext);

static void between(struct kvk_shown *s, size_t i)
{
	if (i > 0)
		kvk_put(&s->line, ", ");
}

static void basic_constraints(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	if (!ext->ca)
		kvk_put(&s->line, "%s", _("not a CA"));
	else if (!ext->has_path_length)
		kvk_put(&s->line, "%s", _("a CA, with any number of CAs below it"));
	else if (ext->path_length == 0)
		kvk_put(&s->line, "%s", _("a CA, with no CA below it"));
	else
		kvk_put(&s->line, _("a CA, with at most %llu CAs below it"),
			(unsigned long long)ext->path_length);
}

static void key_usage(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	if (ext->key_usage == 0)
		kvk_put(&s->line, "%s", _("none"));
	else if (s->line.err == KVK_OK)
		s->line.err = kvk_key_usage_text(ext->key_usage, s->line.out);
}

static void extended_key_usage(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	char label[KVK_LIMIT_OID_TEXT];

	for (size_t i = 0; i < ext->eku_count; i++) {
		between(s, i);
		kvk_put(&s->line, "%s", kvk_oid_label(ext->ekus[i], label));
		if (kvk_oid_is(ext->ekus[i], KVK_OID_EKU_CLIENT_AUTH))
			kvk_put(&s->line, " (%s)", _("client: what KVK asks for"));
		else if (kvk_oid_is(ext->ekus[i], KVK_OID_EKU_SERVER_AUTH))
			kvk_put(&s->line, " (%s)", _("server"));
	}
}

static void ski(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	kvk_show_put_bytes(s, ext->ski);
}

static void aki(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	if (ext->aki_key_id.n > 0)
		kvk_show_put_bytes(s, ext->aki_key_id);
	if (ext->aki_serial.n > 0) {
		kvk_put(&s->line, "%s", ext->aki_key_id.n > 0 ? ", " : "");
		kvk_put(&s->line, "%s", _("issuer's certificate with serial number "));
		kvk_show_put_bytes(s, ext->aki_serial);
	}
}

static void san(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	for (size_t i = 0; i < ext->san_count; i++) {
		between(s, i);
		kvk_show_put_general(s, &ext->sans[i]);
	}
}

static void policies(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	char label[KVK_LIMIT_OID_TEXT];

	for (size_t i = 0; i < ext->policy_count; i++) {
		const struct kvk_span oid = ext->policies[i].oid;
		const char *meaning = NULL;

		if (s->show->knowledge != NULL)
			meaning = kvk_knowledge_policy(s->show->knowledge, oid);
		between(s, i);
		kvk_put(&s->line, "%s", kvk_oid_text(oid, label));
		if (meaning != NULL)
			kvk_put(&s->line, " (%s)", meaning);
		else if (kvk_oid_find(oid) != KVK_OID_UNKNOWN)
			kvk_put(&s->line, " (%s)", kvk_oid_label(oid, label));
	}
}

static void mappings(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	char text[KVK_LIMIT_OID_TEXT];

	for (size_t i = 0; i < ext->mapping_count; i++) {
		between(s, i);
		kvk_put(&s->line, "%s", kvk_oid_text(ext->mappings[i].issuer_domain, text));
		kvk_put(&s->line, _(" counts as %s"),
			kvk_oid_text(ext->mappings[i].subject_domain, text));
	}
}

static void policy_constraints(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	if (ext->has_require_explicit)
		kvk_put(&s->line, _("a policy is needed after %llu certificates"),
			(unsigned long long)ext->require_explicit);
	if (ext->has_inhibit_mapping)
		kvk_put(&s->line, _("%sno policy is mapped after %llu certificates"),
			ext->has_require_explicit ? ", " : "",
			(unsigned long long)ext->inhibit_mapping);
}

static void inhibit_any(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	kvk_put(&s->line, _("anyPolicy does not count after %llu certificates"),
		(unsigned long long)ext->inhibit_any);
}

static void put_subtrees(struct kvk_shown *s, const char *word, struct kvk_span list)
{
	struct kvk_der_log log = { 0 };
	struct kvk_subtree subtree;
	struct kvk_der der;

	if (list.n == 0)
		return;
	kvk_put(&s->line, "%s ", word);
	kvk_der_start(&der, list, true, &log);
	for (size_t i = 0; !kvk_der_at_end(&der); i++) {
		if (kvk_subtree_read(&der, &subtree) != KVK_OK)
			return;
		between(s, i);
		kvk_show_put_general(s, &subtree.base);
	}
}

static void name_constraints(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	put_subtrees(s, _("only"), ext->permitted);
	if (ext->permitted.n > 0 && ext->excluded.n > 0)
		kvk_put(&s->line, "; ");
	put_subtrees(s, _("not"), ext->excluded);
}

/* The names of one distribution point. */
static void put_point(struct kvk_shown *s, const struct kvk_crl_point *point)
{
	struct kvk_span list = point->full_name.n > 0 ? point->full_name : point->crl_issuer;
	struct kvk_der_log log = { 0 };
	struct kvk_general_name name;
	struct kvk_der der;

	if (point->uri.n > 0) {
		kvk_put_safe(&s->line, point->uri);
		return;
	}
	kvk_der_start(&der, list, true, &log);
	for (size_t i = 0; !kvk_der_at_end(&der); i++) {
		if (kvk_general_name_read(&der, &name) != KVK_OK)
			return;
		between(s, i);
		kvk_show_put_general(s, &name);
	}
	if (list.n == 0)
		kvk_put(&s->line, "%s", _("a name relative to the issuer's"));
}

static void crl_points(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	for (size_t i = 0; i < ext->crl_point_count; i++) {
		between(s, i);
		put_point(s, &ext->crl_points[i]);
	}
}

static void freshest_crl(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	put_point(s, &ext->freshest);
}

static void aia(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	for (size_t i = 0; i < ext->aia_count; i++) {
		between(s, i);
		if (ext->aia[i].method == KVK_OID_AD_OCSP)
			kvk_put(&s->line, "OCSP ");
		else if (ext->aia[i].method == KVK_OID_AD_CA_ISSUERS)
			kvk_put(&s->line, "%s", _("issuer's certificate "));
		kvk_show_put_general(s, &ext->aia[i].location);
	}
}

static void ocsp_nocheck(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	(void)ext;
	kvk_put(&s->line, "%s", _("whether it was revoked need not be asked"));
}

/* The statements by name (RFC 3739 3.2.6), and what qcSyntaxV2 says of the subject. */
static enum kvk_err put_statement(struct kvk_shown *s, struct kvk_der *list)
{
	char label[KVK_LIMIT_OID_TEXT];
	struct kvk_der one, inner;
	struct kvk_span oid;
	enum kvk_err err;

	if ((err = kvk_der_enter(list, KVK_DER_SEQUENCE, &one)) != KVK_OK ||
		(err = kvk_der_oid(&one, &oid)) != KVK_OK)
		return err;
	kvk_put(&s->line, "%s", kvk_oid_label(oid, label));
	if (kvk_oid_is(oid, KVK_OID_QCS_SYNTAX_V2) &&
		kvk_der_enter(&one, KVK_DER_SEQUENCE, &inner) == KVK_OK &&
		kvk_der_oid(&inner, &oid) == KVK_OK)
		kvk_put(&s->line, " (%s)",
			kvk_oid_is(oid, KVK_OID_ETSI_QCS_SEMANTICS_LEGAL) ?
				_("the subject is a legal person") :
				kvk_oid_label(oid, label));
	return KVK_OK;
}

static void qc_statements(struct kvk_shown *s, struct kvk_span value)
{
	struct kvk_der_log log = { 0 };
	struct kvk_der der, list;
	enum kvk_err err;

	kvk_der_start(&der, value, true, &log);
	err = kvk_der_enter(&der, KVK_DER_SEQUENCE, &list);
	for (size_t i = 0; err == KVK_OK && !kvk_der_at_end(&list); i++) {
		between(s, i);
		err = put_statement(s, &list);
	}
	if (err != KVK_OK)
		kvk_show_put_bytes(s, value);
}

static writer *const writers[KVK_OID_COUNT] = {
	[KVK_OID_EXT_SKI] = ski,
	[KVK_OID_EXT_KEY_USAGE] = key_usage,
	[KVK_OID_EXT_SAN] = san,
	[KVK_OID_EXT_BASIC_CONSTRAINTS] = basic_constraints,
	[KVK_OID_EXT_NAME_CONSTRAINTS] = name_constraints,
	[KVK_OID_EXT_CRL_POINTS] = crl_points,
	[KVK_OID_EXT_POLICIES] = policies,
	[KVK_OID_EXT_POLICY_MAPPINGS] = mappings,
	[KVK_OID_EXT_AKI] = aki,
	[KVK_OID_EXT_POLICY_CONSTRAINTS] = policy_constraints,
	[KVK_OID_EXT_EKU] = extended_key_usage,
	[KVK_OID_EXT_FRESHEST_CRL] = freshest_crl,
	[KVK_OID_EXT_INHIBIT_ANY_POLICY] = inhibit_any,
	[KVK_OID_EXT_AIA] = aia,
	[KVK_OID_EXT_OCSP_NOCHECK] = ocsp_nocheck,
};

static void put_extension(
	struct kvk_shown *s, const struct kvk_extensions *ext, const struct kvk_extension *one)
{
	char label[KVK_LIMIT_OID_TEXT];

	if (one->critical)
		kvk_put(&s->line, "[%s] ", _("critical"));
	if (writers[one->oid] != NULL)
		writers[one->oid](s, ext);
	else if (one->oid == KVK_OID_EXT_QC_STATEMENTS)
		qc_statements(s, one->value);
	else
		kvk_show_put_bytes(s, one->value);
	/* one that could not be decoded is unknown, but has its name all the same */
	kvk_show_end_extension(s, kvk_oid_label(one->type, label));
}

void kvk_show_extensions(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	if (ext->count == 0)
		return;
	kvk_put(&s->page, "  %s\n", _("extensions"));
	for (size_t i = 0; i < ext->count; i++)
		put_extension(s, ext, &ext->all[i]);
}
