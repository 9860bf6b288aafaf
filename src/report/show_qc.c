/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of report/show.h: qcStatements (RFC 3739 3.2.6; ETSI EN 319 412-5), what a certificate says
 * of its own standing.
 */
#include "config.h"

#include "report/show_part.h"

#include <string.h>

/* What statements and their values mean, by their dotted OIDs. */
static const struct {
	const char *oid;
	/* N_() marked. */
	const char *text;
} known[] = {
	{ "0.4.0.1862.1.1", N_("qualified under EU law (QcCompliance)") },
	{ "0.4.0.1862.1.2", N_("limit on the value of transactions (QcLimitValue)") },
	{ "0.4.0.1862.1.3", N_("how long records are kept (QcRetentionPeriod)") },
	{ "0.4.0.1862.1.4", N_("the key is in a secure device (QcSSCD)") },
	{ "0.4.0.1862.1.5", N_("where its terms are published (QcPDS)") },
	{ "0.4.0.1862.1.6", N_("type (QcType)") },
	{ "0.4.0.1862.1.6.1", N_("signatures of a person") },
	{ "0.4.0.1862.1.6.2", N_("seals of an organisation") },
	{ "0.4.0.1862.1.6.3", N_("websites") },
	{ "0.4.0.1862.1.7", N_("country whose law applies (QcCClegislation)") },
	{ "0.4.0.19495.2", N_("payment services (PSD2)") },
	{ "0.4.0.194121.1.1", N_("the subject is a natural person") },
	{ "0.4.0.194121.1.2", N_("the subject is a legal person") },
};

static void append_known(struct kvk_shown *s, struct kvk_span oid)
{
	char text[KVK_LIMIT_OID_TEXT];

	kvk_oid_text(oid, text);
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strcmp(known[i].oid, text) == 0) {
			kvk_page_append_text(&s->line, _(known[i].text));
			return;
		}
	kvk_page_append_text(&s->line, kvk_oid_label(oid, text));
}

/* The OIDs with which the value of a statement begins: kinds, or what the subject is. */
static void append_details(struct kvk_shown *s, struct kvk_der *one)
{
	struct kvk_der list;
	struct kvk_span oid;

	if (kvk_der_enter(one, KVK_DER_SEQUENCE, &list) != KVK_OK)
		return;
	for (size_t i = 0; kvk_der_peek(&list) == KVK_DER_OID; i++) {
		if (kvk_der_oid(&list, &oid) != KVK_OK)
			return;
		kvk_page_append_text(&s->line, i == 0 ? ": " : ", ");
		append_known(s, oid);
	}
}

enum kvk_err kvk_show_qc_statements(struct kvk_shown *s, struct kvk_der *der)
{
	struct kvk_der list, one;
	struct kvk_span oid;
	enum kvk_err err;

	KVK_TRY(kvk_der_enter(der, KVK_DER_SEQUENCE, &list));
	for (size_t i = 0; !kvk_der_at_end(&list); i++) {
		KVK_TRY(kvk_der_enter(&list, KVK_DER_SEQUENCE, &one));
		KVK_TRY(kvk_der_oid(&one, &oid));
		if (i > 0)
			kvk_show_next(s);
		append_known(s, oid);
		if (kvk_der_peek(&one) == KVK_DER_SEQUENCE)
			append_details(s, &one);
	}
out:
	return err;
}
