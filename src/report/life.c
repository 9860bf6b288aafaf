/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/life.h"

#include "base/i18n.h"
#include "base/when.h"
#include "report/json.h"

/* Its words come from the inventory: the user from the environment, and a later version may have
 * others. */
static void append_event(struct kvk_page *page, const struct kvk_event *event)
{
	const char *const words[] = { event->what, event->detail, event->command, event->user };
	char at[KVK_TIME_TEXT_SIZE];

	kvk_page_append_text(page, kvk_time_text(event->at, at));
	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		if (words[i][0] == '\0')
			continue;
		kvk_page_append_text(page, "  ");
		kvk_page_append_escaped(page, kvk_span_of(words[i]));
	}
	kvk_page_append_text(page, "\n");
}

static void append_renewal(struct kvk_page *page, const struct kvk_entry *entry)
{
	char day[KVK_WHEN_SIZE];

	if (entry->switch_at != 0)
		kvk_page_append_sentence(page,
			_("A renewal is under way, in the folder 'next' of the dossier; it takes "
			  "over on %s."),
			kvk_when_day(entry->switch_at, day));
	else
		kvk_page_append_sentence(
			page, _("A renewal is under way, in the folder 'next' of the dossier."));
}

enum kvk_err kvk_report_life_text(
	const struct kvk_report_life *life, const struct kvk_paper *paper, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper = *paper };
	const struct kvk_entry *entry = life->entry;

	if (life->renewal)
		append_renewal(&page, entry);
	if (entry->deploy)
		kvk_page_append_sentence(&page,
			_("When your server uses the certificate, run 'kvkcsr uploaded %s "
			  "--deployed'."),
			entry->name);
	for (size_t i = 0; i < life->events->count; i++)
		append_event(&page, kvk_vec_at(life->events, i));
	return page.err;
}

static json_t *event_json(const struct kvk_event *event)
{
	json_t *object = json_object();

	kvk_json_set(&object, "at", kvk_json_time(event->at));
	kvk_json_set(&object, "what", kvk_json_text(kvk_span_of(event->what)));
	kvk_json_set(&object, "detail", kvk_json_text(kvk_span_of(event->detail)));
	kvk_json_set(&object, "command", kvk_json_text(kvk_span_of(event->command)));
	kvk_json_set(&object, "user", kvk_json_text(kvk_span_of(event->user)));
	return object;
}

enum kvk_err kvk_report_life_json(const struct kvk_report_life *life, struct kvk_blob *out)
{
	const struct kvk_entry *entry = life->entry;
	json_t *object = json_object(), *events = json_array();

	for (size_t i = 0; i < life->events->count; i++)
		kvk_json_append(&events, event_json(kvk_vec_at(life->events, i)));
	kvk_json_set(&object, "schema", json_integer(1));
	kvk_json_set(&object, "name", json_string(entry->name));
	kvk_json_set(&object, "stage", json_string(kvk_entry_stage_word(entry->stage)));
	kvk_json_set(&object, "path", kvk_json_text(kvk_span_of(entry->path)));
	kvk_json_set(&object, "renewal", json_boolean(life->renewal));
	kvk_json_set(&object, "switch_at",
		entry->switch_at != 0 ? kvk_json_time(entry->switch_at) : json_null());
	kvk_json_set(&object, "deployed", json_boolean(!entry->deploy));
	kvk_json_set(&object, "history", events);
	return kvk_json_write(object, true, out);
}
