/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/lookup.h"

#include "base/escape.h"
#include "report/json.h"
#include "report/rows.h"

/* What a number of a kind is called; the number is digits. */
static void add_number(struct kvk_page *page, const struct kvk_lookup *lookup)
{
	switch (lookup->kind) {
	case KVK_LOOKUP_KVK:
		kvk_page_append_sentence(page, _("KVK number %s"), lookup->number);
		break;
	case KVK_LOOKUP_RSIN:
		kvk_page_append_sentence(page, _("RSIN %s"), lookup->number);
		break;
	case KVK_LOOKUP_OIN:
		kvk_page_append_sentence(page, _("OIN %s"), lookup->number);
		break;
	case KVK_LOOKUP_HRN:
		kvk_page_append_sentence(
			page, _("HRN %s (20 digits made from the KVK number)"), lookup->number);
		break;
	}
	kvk_page_append_text(page, "\n");
}

static void add_unknown(struct kvk_page *page, struct kvk_rows *rows, const char *label,
	const struct kvk_register_fetched *fetched)
{
	if (fetched->reply.why == KVK_REGISTER_WHY_KEY_REFUSED)
		kvk_rows_format(page, rows, label,
			_("unknown: the register refused the API key (HTTP status %u)"),
			fetched->reply.status);
	else
		kvk_rows_format(page, rows, label, _("unknown: %s"), fetched->failure.text);
}

static void add_not_asked(struct kvk_page *page, struct kvk_rows *rows, enum kvk_register which,
	const char *label, const struct kvk_register_fetched *fetched)
{
	if (fetched->failure.text[0] != '\0')
		kvk_rows_format(page, rows, label, _("not queried: the API key cannot be used: %s"),
			fetched->failure.text);
	else if (which == KVK_REGISTER_TRADE)
		kvk_rows_add(page, rows, label,
			_("not queried: no API key is configured (kvk.api_key_file)"));
	else
		kvk_rows_add(page, rows, label,
			_("not queried: no API key is configured (oin.api_key_file)"));
}

static void add_state(struct kvk_page *page, struct kvk_rows *rows, enum kvk_register which,
	const char *label, const struct kvk_register_fetched *fetched)
{
	const bool trade = which == KVK_REGISTER_TRADE;

	switch (fetched->reply.state) {
	case KVK_REGISTER_NOT_ASKED:
		add_not_asked(page, rows, which, label, fetched);
		break;
	case KVK_REGISTER_ACTIVE:
		kvk_rows_add(page, rows, label, _("registered and active"));
		break;
	case KVK_REGISTER_INACTIVE:
		kvk_rows_add(page, rows, label,
			trade ? _("not active: the registration has ended") :
				_("not active: the entry has been withdrawn"));
		break;
	case KVK_REGISTER_NOT_FOUND:
		kvk_rows_add(page, rows, label,
			trade ? _("not found") :
				_("not found (since 2025 ordinary companies are not listed)"));
		break;
	case KVK_REGISTER_UNKNOWN:
		add_unknown(page, rows, label, fetched);
		break;
	}
}

/* A name or a city, which comes from outside, below the state. */
static void add_line(struct kvk_page *page, struct kvk_rows *rows, const char *text)
{
	if (text == NULL)
		return;
	KVK_PAGE_TRY(page, kvk_escape(&rows->text, kvk_span_of(text)));
	kvk_rows_end(page, rows, "");
}

static void add_register(struct kvk_page *page, struct kvk_rows *rows, enum kvk_register which,
	const struct kvk_register_fetched *fetched)
{
	const char *label = which == KVK_REGISTER_TRADE ? _("Trade register") : _("OIN register");

	if (fetched == NULL) {
		kvk_rows_add(page, rows, label,
			_("not queried: it cannot contain a number of this kind"));
		return;
	}
	add_state(page, rows, which, label, fetched);
	for (size_t i = 0; i < fetched->reply.name_count; i++)
		add_line(page, rows, fetched->reply.names[i]);
	add_line(page, rows, fetched->reply.place);
}

/* Whether a register was not asked because no API key is configured for it. */
static bool lacks_key(const struct kvk_lookup *lookup)
{
	for (int i = 0; i < KVK_REGISTER_COUNT; i++) {
		const struct kvk_register_fetched *fetched = lookup->registers[i];

		if (fetched != NULL && fetched->reply.state == KVK_REGISTER_NOT_ASKED &&
			fetched->failure.text[0] == '\0')
			return true;
	}
	return false;
}

enum kvk_err kvk_report_lookup_text(
	const struct kvk_lookup *lookup, const struct kvk_paper *paper, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = *paper };
	struct kvk_rows rows = { 0 };

	add_number(&page, lookup);
	for (int i = 0; i < KVK_REGISTER_COUNT; i++)
		add_register(&page, &rows, (enum kvk_register)i, lookup->registers[i]);
	kvk_rows_write(&page, &rows, 0);
	if (lookup->hint[0] != '\0')
		kvk_page_append_sentence(&page, "\n%s", lookup->hint);
	if (lacks_key(lookup))
		kvk_page_append_sentence(&page, "\n%s",
			_("Set the API key in the configuration; 'kvkcsr config' names its "
			  "files."));
	return page.err;
}

static json_t *register_json(const struct kvk_register_fetched *fetched)
{
	static const struct kvk_register_reply no_number = { .why = KVK_REGISTER_WHY_NO_NUMBER };
	const struct kvk_register_reply *reply = fetched != NULL ? &fetched->reply : &no_number;
	const char *why = kvk_register_why_word(reply);
	json_t *object = json_object();

	kvk_json_set(&object, "state", json_string(kvk_register_state_word(reply->state)));
	kvk_json_set(&object, "name",
		reply->name_count > 0 ? kvk_json_text(kvk_span_of(reply->names[0])) : json_null());
	kvk_json_set(&object, "why", why[0] != '\0' ? json_string(why) : json_null());
	return object;
}

enum kvk_err kvk_report_lookup_json(const struct kvk_lookup *lookup, struct kvk_blob *out)
{
	static const char *const kinds[] = {
		[KVK_LOOKUP_KVK] = "kvk",
		[KVK_LOOKUP_RSIN] = "rsin",
		[KVK_LOOKUP_OIN] = "oin",
		[KVK_LOOKUP_HRN] = "hrn",
	};
	json_t *object = json_object();

	kvk_json_set(&object, "schema", json_integer(1));
	kvk_json_set(&object, "number", json_string(lookup->number));
	kvk_json_set(&object, "kind", json_string(kinds[lookup->kind]));
	kvk_json_set(&object, "trade", register_json(lookup->registers[KVK_REGISTER_TRADE]));
	kvk_json_set(&object, "oin", register_json(lookup->registers[KVK_REGISTER_OIN]));
	return kvk_json_write(object, true, out);
}
