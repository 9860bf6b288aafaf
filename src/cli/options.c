/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/options.h"

#include <errno.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/blob.h"
#include "base/escape.h"
#include "base/format.h"
#include "base/i18n.h"
#include "base/output.h"
#include "base/time.h"
#include "base/word.h"
#include "base/wrap.h"
#include "cli/terminal.h"
#include "report/rows.h"

const char *const kvk_color_choices[] = { "always", "never", "auto", NULL };

/* The most options one subcommand has: one bit each for "given already". */
#define MAX_OPTIONS 64

/* One run of the parser. */
struct parser {
	const struct kvk_usage *usage;
	int argc;
	char **argv;
	int next;
	void *config;
	unsigned long long seen;
};

enum kvk_exit kvk_usage_error(const struct kvk_usage *usage, const char *format, ...)
{
	va_list arguments;
	char start[64];

	KVK_FORMAT(start, "%s %s: ", PACKAGE_NAME, usage->name);
	va_start(arguments, format);
	kvk_warn_args(start, format, arguments);
	va_end(arguments);
	fprintf(stderr, _("'%s %s --help' lists its options\n"), PACKAGE_NAME, usage->name);
	return KVK_EXIT_USAGE;
}

static const struct kvk_option *find_long(
	const struct kvk_option *options, const char *name, size_t n)
{
	for (const struct kvk_option *o = options; o->name != NULL; o++)
		if (strlen(o->name) == n && memcmp(o->name, name, n) == 0)
			return o;
	return NULL;
}

static const struct kvk_option *find_letter(const struct kvk_option *options, char letter)
{
	for (const struct kvk_option *o = options; o->name != NULL; o++)
		if (o->letter == letter && letter != '\0')
			return o;
	return NULL;
}

/* The long option that may have been meant by the n characters after its dashes, or NULL. */
static const char *find_nearest(const struct kvk_option *options, const char *given, size_t n)
{
	const char *nearest = NULL;
	unsigned distance = UINT_MAX;
	char name[64];

	if (n >= sizeof name)
		return NULL;
	memcpy(name, given, n);
	name[n] = '\0';
	for (const struct kvk_option *o = options; o->name != NULL; o++)
		if (kvk_nearer_word(name, o->name, &distance))
			nearest = o->name;
	return nearest;
}

static enum kvk_exit unknown(const struct kvk_usage *usage, const char *given)
{
	const char *nearest = NULL;
	char safe[128];
	size_t n = strcspn(given, "=");

	if (given[0] == '-' && given[1] == '-')
		nearest = find_nearest(usage->options, given + 2, n - 2);
	kvk_escape_to(safe, sizeof safe, (struct kvk_span){ (const uint8_t *)given, n });
	if (nearest != NULL)
		return kvk_usage_error(
			usage, _("unknown option '%s'; did you mean '--%s'?"), safe, nearest);
	return kvk_usage_error(usage, _("unknown option '%s'"), safe);
}

static enum kvk_exit set_number(
	const struct kvk_usage *usage, const struct kvk_option *o, void *member, const char *value)
{
	char *end = NULL;
	long number;

	errno = 0;
	number = strtol(value, &end, 10);
	if (errno != 0 || end == value || *end != '\0' ||
		!(kvk_is_digit((uint8_t)value[0]) || value[0] == '-') || number < o->minimum ||
		number > o->maximum)
		return kvk_usage_error(usage, _("--%s requires a whole number from %ld to %ld"),
			o->name, o->minimum, o->maximum);
	*(long *)member = number;
	return KVK_GO_ON;
}

static enum kvk_exit set_choice(
	const struct kvk_usage *usage, const struct kvk_option *o, void *member, const char *value)
{
	char list[256] = "";

	for (size_t i = 0; o->choices[i] != NULL; i++) {
		size_t used = strlen(list);

		if (strcmp(o->choices[i], value) == 0) {
			*(const char **)member = o->choices[i];
			return KVK_GO_ON;
		}
		(void)kvk_format(list + used, sizeof list - used, "%s%s", used > 0 ? ", " : "",
			o->choices[i]);
	}
	return kvk_usage_error(usage, _("--%s must be one of: %s"), o->name, list);
}

static enum kvk_exit set_time(
	const struct kvk_usage *usage, const struct kvk_option *o, void *member, const char *value)
{
	struct kvk_time_option *out = member;
	kvk_time t;

	if (kvk_time_parse(value, &t) != KVK_OK)
		return kvk_usage_error(
			usage, _("--%s requires a time such as 2026-11-22T12:00:00Z"), o->name);
	out->time = t;
	out->has = true;
	return KVK_GO_ON;
}

static enum kvk_exit set_list(
	const struct kvk_usage *usage, const struct kvk_option *o, void *member, const char *value)
{
	struct kvk_text_list *list = member;

	if (list->count == KVK_LIMIT_OPTION_FILES)
		return kvk_usage_error(usage,
			kvk_ngettext("--%s is used more than %u time",
				"--%s is used more than %u times", KVK_LIMIT_OPTION_FILES),
			o->name, KVK_LIMIT_OPTION_FILES);
	list->items[list->count++] = value;
	return KVK_GO_ON;
}

static enum kvk_exit set(
	const struct kvk_usage *usage, const struct kvk_option *o, void *config, const char *value)
{
	void *member = (char *)config + o->offset;

	switch (o->kind) {
	case KVK_OPTION_FLAG:
		*(bool *)member = true;
		return KVK_GO_ON;
	case KVK_OPTION_TEXT:
		*(const char **)member = value;
		return KVK_GO_ON;
	case KVK_OPTION_CHOICE:
		return set_choice(usage, o, member, value);
	case KVK_OPTION_NUMBER:
		return set_number(usage, o, member, value);
	case KVK_OPTION_TIME:
		return set_time(usage, o, member, value);
	case KVK_OPTION_LIST:
		return set_list(usage, o, member, value);
	}
	return KVK_EXIT_INTERNAL;
}

/* Takes the value after "=", or the next argument, and sets the option. */
static enum kvk_exit take(struct parser *p, const struct kvk_option *o, const char *attached)
{
	unsigned long long bit = 1ULL << (unsigned)((o - p->usage->options) % MAX_OPTIONS);
	const char *value = attached;

	if (o->kind != KVK_OPTION_LIST && (p->seen & bit) != 0)
		return kvk_usage_error(p->usage, _("--%s can be used only once"), o->name);
	p->seen |= bit;
	if (o->kind == KVK_OPTION_FLAG && attached != NULL)
		return kvk_usage_error(p->usage, _("--%s takes no value"), o->name);
	if (o->kind != KVK_OPTION_FLAG && attached == NULL) {
		if (p->next >= p->argc && o->kind == KVK_OPTION_CHOICE)
			return set_choice(p->usage, o, NULL, "");
		if (p->next >= p->argc)
			return kvk_usage_error(
				p->usage, _("--%s requires a value: %s"), o->name, _(o->value));
		value = p->argv[p->next++];
	}
	if (o->kind != KVK_OPTION_FLAG && value[0] == '\0')
		return kvk_usage_error(p->usage, _("the value of --%s is empty"), o->name);
	return set(p->usage, o, p->config, value);
}

/* "--name", "--name=value". */
static enum kvk_exit take_long(struct parser *p, const char *argument)
{
	const char *name = argument + 2;
	size_t n = strcspn(name, "=");
	const struct kvk_option *o = find_long(p->usage->options, name, n);

	if (o == NULL)
		return unknown(p->usage, argument);
	return take(p, o, name[n] == '=' ? name + n + 1 : NULL);
}

/* "-q", "-j4", "-j 4", "-qv". */
static enum kvk_exit take_letters(struct parser *p, const char *argument)
{
	enum kvk_exit code = KVK_GO_ON;

	for (const char *c = argument + 1; *c != '\0'; c++) {
		const struct kvk_option *o = find_letter(p->usage->options, *c);

		if (o == NULL)
			return unknown(p->usage, argument);
		if (o->kind != KVK_OPTION_FLAG)
			return take(p, o, c[1] != '\0' ? c + 1 : NULL);
		KVK_STEP(take(p, o, NULL));
	}
out:
	return code;
}

static enum kvk_exit check_count(const struct kvk_usage *usage, size_t count, char **argv)
{
	char safe[256];

	if (count < usage->minimum)
		return kvk_usage_error(usage, _("an argument is missing: %s"), _(usage->synopsis));
	if (count > usage->maximum && usage->too_many != NULL)
		return kvk_usage_error(usage, "%s", _(usage->too_many));
	if (count > usage->maximum)
		return kvk_usage_error(usage, _("unexpected argument '%s'"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of(argv[usage->maximum + 1])));
	return KVK_GO_ON;
}

/* "-j, --jobs N"; the letter and its comma are blanks where there is none. */
static enum kvk_err append_option(const struct kvk_option *o, struct kvk_blob *out)
{
	enum kvk_err err;

	if (o->letter != '\0')
		KVK_TRY(kvk_blob_append_format(out, "  -%c, --%s", o->letter, o->name));
	else
		KVK_TRY(kvk_blob_append_format(out, "      --%s", o->name));
	if (o->value != NULL)
		KVK_TRY(kvk_blob_append_format(out, " %s", _(o->value)));
out:
	return err;
}

/* An option, and what it is for. */
static void add_option(struct kvk_page *page, struct kvk_rows *rows, const struct kvk_option *o)
{
	struct kvk_blob option = { 0 };

	KVK_PAGE_TRY(page, append_option(o, &option));
	if (o->kind == KVK_OPTION_LIST)
		kvk_rows_format(page, rows, kvk_blob_str(&option), _("%s (may be repeated)"),
			_(o->summary));
	else
		kvk_rows_add(page, rows, kvk_blob_str(&option), _(o->summary));
	kvk_blob_free(&option);
}

static void append_options(struct kvk_page *page, const struct kvk_option *options)
{
	static const struct kvk_option last = {
		.name = "help",
		.letter = 'h',
		.kind = KVK_OPTION_FLAG,
		.summary = N_("show this help and exit"),
	};
	struct kvk_rows rows = { 0 };

	for (const struct kvk_option *o = options; o->name != NULL; o++)
		add_option(page, &rows, o);
	add_option(page, &rows, &last);
	kvk_rows_write(page, &rows, 0);
}

static enum kvk_err help(const struct kvk_usage *usage, struct kvk_blob *out)
{
	struct kvk_page page = { .out = out, .paper.width = kvk_output_width() };
	const unsigned width = kvk_page_text_width(&page);

	kvk_page_append(
		&page, _("usage: %s %s %s\n\n"), PACKAGE_NAME, usage->name, _(usage->synopsis));
	KVK_PAGE_TRY(&page, kvk_wrap_lines(out, width, _(usage->summary)));
	kvk_page_append_text(&page, "\n\n");
	append_options(&page, usage->options);
	if (usage->details != NULL) {
		kvk_page_append_text(&page, "\n");
		KVK_PAGE_TRY(&page, kvk_wrap_lines(out, width, _(usage->details)));
		kvk_page_append_text(&page, "\n");
	}
	return page.err;
}

static enum kvk_exit show_help(const struct kvk_usage *usage)
{
	struct kvk_blob text = { .p = NULL };
	bool written = help(usage, &text) == KVK_OK && kvk_write(&text);

	kvk_blob_free(&text);
	return written ? KVK_EXIT_OK : KVK_EXIT_UNKNOWN;
}

enum kvk_exit kvk_options_parse(
	const struct kvk_usage *usage, int argc, char **argv, void *config, size_t *count)
{
	struct parser p = {
		.usage = usage, .argc = argc, .argv = argv, .next = 1, .config = config
	};
	bool only_arguments = false;
	enum kvk_exit code = KVK_GO_ON;

	*count = 0;
	while (p.next < argc) {
		char *argument = argv[p.next++];

		if (only_arguments || argument[0] != '-' || argument[1] == '\0')
			argv[++*count] = argument;
		else if (strcmp(argument, "--") == 0)
			only_arguments = true;
		else if (strcmp(argument, "--help") == 0 || strcmp(argument, "-h") == 0)
			return show_help(usage);
		else if (argument[1] == '-')
			KVK_STEP(take_long(&p, argument));
		else
			KVK_STEP(take_letters(&p, argument));
	}
	KVK_STEP(check_count(usage, *count, argv));
	if (usage->check != NULL)
		code = usage->check(config, argv + 1);
out:
	return code;
}
