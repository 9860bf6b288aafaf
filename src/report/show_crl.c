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
		return _("its key may be in other hands");
	case KVK_REVOKED_CA_COMPROMISE:
		return _("the key of its CA may be in other hands");
	case KVK_REVOKED_AFFILIATION_CHANGED:
		return _("its names are no longer right");
	case KVK_REVOKED_SUPERSEDED:
		return _("another took its place");
	case KVK_REVOKED_CESSATION:
		return _("it is no longer needed");
	case KVK_REVOKED_HOLD:
		return _("for the time being");
	case KVK_REVOKED_REMOVE_FROM_CRL:
		return _("it is valid again");
	case KVK_REVOKED_PRIVILEGE_WITHDRAWN:
		return _("its holder lost the right to it");
	default:
		return NULL;
	}
}

static void show_entry(struct kvk_shown *s, const struct kvk_crl_entry *entry)
{
	char text[KVK_TIME_TEXT_SIZE];

	kvk_page_append_hex(&s->line, entry->serial);
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
		kvk_page_append(&s->line, _("and %zu more"), count - SHOWN);
		kvk_show_end(s, "");
	}
}

/* For which certificates the list speaks, where not for all of the issuer. */
static void show_scope(struct kvk_shown *s, const struct kvk_crl *crl)
{
	if (crl->only_user)
		kvk_page_append_text(&s->line, _("only certificates that are no CA's; "));
	if (crl->only_ca)
		kvk_page_append_text(&s->line, _("only certificates of CAs; "));
	if (crl->only_attribute)
		kvk_page_append_text(&s->line, _("only attribute certificates; "));
	if (crl->has_only_reasons)
		kvk_page_append_text(&s->line, _("only some reasons; "));
	if (crl->indirect)
		kvk_page_append_text(&s->line, _("also certificates of other issuers; "));
	if (crl->has_delta_base)
		kvk_page_append_text(&s->line, _("only changes since another list (delta CRL); "));
	if (crl->unknown_critical)
		kvk_page_append_text(&s->line,
			_("it has a critical extension that is not known, so it must not be "
			  "used; "));
	if (s->text.n > 2) {
		kvk_show_cut(s, s->text.n - 2);
		kvk_show_end(s, _("scope"));
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
		kvk_page_append_text(&s->line, _("says for which certificates it is, see scope"));
	else if (one->oid == KVK_OID_EXT_CRL_NUMBER && crl->has_number)
		append_integer(s, crl->number);
	else if (one->oid == KVK_OID_EXT_DELTA_CRL && crl->has_delta_base) {
		kvk_page_append_text(&s->line, _("changes since the list with number "));
		append_integer(s, crl->delta_base);
	} else
		kvk_show_value(s, one);
	kvk_show_next(s);
}

static void show_extensions(struct kvk_shown *s, const struct kvk_crl *crl)
{
	if (crl->count == 0)
		return;
	kvk_page_append(&s->page, "  %s\n", _("extensions"));
	for (size_t i = 0; i < crl->count; i++)
		append_extension(s, crl, &crl->all[i]);
}

static void show_times(struct kvk_shown *s, const struct kvk_crl *crl)
{
	kvk_show_append_time(s, crl->this_update);
	kvk_show_end(s, _("made"));
	if (!crl->has_next_update) {
		kvk_page_append_text(&s->line, _("not said"));
	} else {
		kvk_show_append_time(s, crl->next_update);
		if (crl->next_update < s->show->at)
			kvk_page_append(&s->line, ": %s", _("it is too old to be used"));
	}
	kvk_show_end(s, _("next one until"));
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
}
