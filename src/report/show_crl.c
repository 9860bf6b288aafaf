/* SPDX-License-Identifier: Apache-2.0 */
/* Part of report/show.h: a CRL as text. */
#include "config.h"

#include "report/show_part.h"

#include "cert/crl.h"

/* Entries that are shown one by one. */
#define SHOWN 10u

/* What a reason means, NULL where its name says it. */
static const char *reason_words(enum kvk_crl_reason reason)
{
	switch (reason) {
	case KVK_REVOKED_KEY_COMPROMISE:
		return _("someone else may have its key");
	case KVK_REVOKED_CA_COMPROMISE:
		return _("someone else may have the key of its CA");
	case KVK_REVOKED_AFFILIATION_CHANGED:
		return _("its names are no longer correct");
	case KVK_REVOKED_SUPERSEDED:
		return _("replaced by another one");
	case KVK_REVOKED_CESSATION:
		return _("no longer in use");
	case KVK_REVOKED_HOLD:
		return _("temporarily");
	case KVK_REVOKED_REMOVE_FROM_CRL:
		return _("valid again");
	case KVK_REVOKED_PRIVILEGE_WITHDRAWN:
		return _("its holder is no longer entitled to it");
	default:
		return NULL;
	}
}

static void show_entry(struct kvk_shown *s, const struct kvk_crl_entry *entry)
{
	char text[KVK_TIME_TEXT_SIZE];

	kvk_page_append_hex(&s->line, entry->serial);
	/* A list: serial number, time, reason. */
	kvk_page_append(&s->line, ", %s", kvk_time_text(entry->date, text));
	if (entry->has_reason)
		kvk_page_append(&s->line, ", %s", kvk_crl_reason_name(entry->reason));
	if (entry->has_reason && reason_words(entry->reason) != NULL)
		kvk_page_append(&s->line, " (%s)", reason_words(entry->reason));
	kvk_show_end(s, "");
}

/* All entries are counted, and the first few shown. */
static void show_entries(struct kvk_shown *s, const struct kvk_crl *crl)
{
	struct kvk_der_log log = { 0 };
	struct kvk_crl_entry entry;
	struct kvk_der walk;
	size_t count = 0;
	bool more = true;
	enum kvk_err err;

	kvk_crl_walk(crl, &log, &walk);
	for (;;) {
		err = kvk_crl_next(&walk, &entry, &more);
		if (err != KVK_OK || !more)
			break;
		count++;
	}
	if (err != KVK_OK)
		kvk_show_failure(s, err, &log);
	kvk_page_append(
		&s->line, kvk_ngettext("%zu certificate", "%zu certificates", count), count);
	kvk_show_end(s, _("revoked"));
	kvk_crl_walk(crl, &log, &walk);
	for (size_t i = 0; i < count && i < SHOWN; i++)
		if (kvk_crl_next(&walk, &entry, &more) == KVK_OK)
			show_entry(s, &entry);
	if (count > SHOWN) {
		kvk_page_append(&s->line,
			kvk_ngettext("and %zu more certificate", "and %zu more certificates",
				count - SHOWN),
			count - SHOWN);
		kvk_show_end(s, "");
	}
}

/* For which certificates the list speaks, where not for all of the issuer. */
static void show_scope(struct kvk_shown *s, const struct kvk_crl *crl)
{
	const struct {
		bool applies;
		const char *text;
	} parts[] = {
		{ crl->only_user, _("certificates of CAs are not covered") },
		{ crl->only_ca, _("only certificates of CAs are covered") },
		{ crl->only_attribute, _("only attribute certificates are covered") },
		{ crl->has_only_reasons, _("only some reasons for revocation are covered") },
		{ crl->indirect, _("certificates of other issuers are covered as well") },
		{ crl->has_delta_base, _("only changes since another list (delta CRL)") },
		{ crl->unknown_critical,
			_("the list has an unknown critical extension. It must not be used") },
	};
	const char *label = _("scope");

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (!parts[i].applies)
			continue;
		kvk_show_row(s, label, parts[i].text);
		label = "";
	}
}

/* In decimal, as other programs write it, where it fits. */
static void append_integer(struct kvk_shown *s, struct kvk_span number)
{
	uint64_t value = 0;

	if (number.n == 0 || number.n > 8 || (number.p[0] & 0x80)) {
		kvk_page_append_hex(&s->line, number);
		return;
	}
	for (size_t i = 0; i < number.n; i++)
		value = value << 8 | number.p[i];
	kvk_page_append(&s->line, "%llu", (unsigned long long)value);
}

/* What has a line of its own above is not shown again. */
static void append_extension(
	struct kvk_shown *s, const struct kvk_crl *crl, const struct kvk_extension *one)
{
	char label[KVK_LIMIT_OID_TEXT];

	s->label = kvk_oid_label(one->type, label);
	if (one->critical)
		kvk_page_append(&s->line, "[%s] ", _("critical"));
	if (one->oid == KVK_OID_EXT_AKI && crl->aki_key_id.n > 0)
		kvk_show_append_bytes(s, crl->aki_key_id);
	else if (one->oid == KVK_OID_EXT_IDP &&
		(crl->idp_point.full_name.n > 0 || crl->idp_point.relative_name.n > 0))
		kvk_show_append_point(s, &crl->idp_point);
	else if (one->oid == KVK_OID_EXT_IDP)
		kvk_page_append_text(
			&s->line, _("states which certificates the list covers: see 'scope'"));
	else if (one->oid == KVK_OID_EXT_CRL_NUMBER && crl->has_number)
		append_integer(s, crl->number);
	else if (one->oid == KVK_OID_EXT_DELTA_CRL && crl->has_delta_base) {
		kvk_page_append(&s->line, "%s ", _("changes since list number:"));
		append_integer(s, crl->delta_base);
	} else
		kvk_show_value(s, one);
	kvk_show_next(s);
}

static void show_extensions(struct kvk_shown *s, const struct kvk_crl *crl)
{
	if (crl->count == 0)
		return;
	kvk_show_row(s, _("extensions"), "");
	kvk_show_write(s);
	for (size_t i = 0; i < crl->count; i++)
		append_extension(s, crl, &crl->all[i]);
	kvk_show_write_extensions(s);
}

static void show_times(struct kvk_shown *s, const struct kvk_crl *crl)
{
	kvk_show_append_time(s, crl->this_update);
	kvk_show_end(s, _("issued"));
	if (crl->has_next_update)
		kvk_show_append_time(s, crl->next_update);
	else
		kvk_page_append_text(&s->line, _("not stated"));
	kvk_show_end(s, _("next list due by"));
	if (crl->has_next_update && crl->next_update < s->show->at)
		kvk_show_row(s, "", _("the list is too old to be used"));
}

void kvk_show_crl(struct kvk_shown *s, struct kvk_span der)
{
	struct kvk_crl crl;
	enum kvk_err err = kvk_crl_read(der, &crl);

	if (err != KVK_OK) {
		kvk_show_failure(s, err, &crl.log);
		return;
	}
	kvk_show_append_name(s, &crl.issuer);
	kvk_show_end(s, _("issued by"));
	show_times(s, &crl);
	if (crl.has_number) {
		append_integer(s, crl.number);
		kvk_show_end(s, _("number"));
	}
	kvk_show_append_scheme(s, crl.algorithm);
	kvk_show_end(s, _("signed with"));
	show_scope(s, &crl);
	show_entries(s, &crl);
	kvk_show_tolerated(s, &crl.log);
	show_extensions(s, &crl);
	kvk_crl_free(&crl);
}
