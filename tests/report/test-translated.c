/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Columns stay aligned in another language, whose labels are longer and are not ASCII. The
 * translation is made here, with msgfmt.
 */
#include "config.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/i18n.h"
#include "base/wrap.h"
#include "cli/options.h"
#include "portal/verdict.h"
#include "report/advice.h"
#include "report/entries.h"
#include "report/explain.h"
#include "report/show.h"
#include "tests/inventory/scratch.h"

#if ENABLE_NLS

static const char header[] = "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n"
			     "\"Plural-Forms: nplurals=2; plural=n != 1;\\n\"\n";

static const struct {
	const char *id, *text;
} messages[] = {
	{ "Portal", "Zo staat het op het portaal" },
	{ "Fix", "Oplossing" },
	{ "First seen", "V\xc3\xb3\xc3\xb3r het eerst gezien" },
	{ "NAME", "DE NAAM" },
	{ "STATE", "TOESTAND" },
	{ "DAYS", "RESTERENDE DAGEN" },
	{ "UNTIL", "GELDIG TOT EN MET" },
	{ "NEXT", "HIERNA" },
	{ "valid", "ge\xc3\xabvalueerd en geldig" },
	{ "expired", "verlopen" },
	{ "nothing to do", "niets" },
	{ "KVK portal", "het portaal van de KVK" },
	{ "CRITICAL", "DRINGEND" },
	{ "FILE", "B\xc3\x8bST\xc3\x81ND" },
	{ "why", "reden hi\xc3\xabrvoor" },
	{ "next", "volgende" },
	{ "kept", "zoals het van de TSP is ontvangen en bewaard" },
};

static char folder[] = "/tmp/test-translated-XXXXXX";

static bool make_catalogue(void)
{
	char path[128], command[320];
	FILE *file;

	snprintf(path, sizeof path, "%s/nl", folder);
	assert_int_equal(mkdir(path, 0700), 0);
	snprintf(path, sizeof path, "%s/nl/LC_MESSAGES", folder);
	assert_int_equal(mkdir(path, 0700), 0);
	snprintf(path, sizeof path, "%s/nl.po", folder);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(header, file);
	for (size_t i = 0; i < sizeof(messages) / sizeof(messages[0]); i++)
		fprintf(file, "msgid \"%s\"\nmsgstr \"%s\"\n", messages[i].id, messages[i].text);
	assert_int_equal(fclose(file), 0);
	snprintf(command, sizeof command, "msgfmt -o %s/nl/LC_MESSAGES/%s.mo %s", folder,
		PACKAGE_NAME, path);
	return system(command) == 0;
}

static void remove_catalogue(void)
{
	char command[128];

	snprintf(command, sizeof command, "rm -r %s", folder);
	assert_int_equal(system(command), 0);
}

/* Columns before a place in a line. */
static unsigned column_of(const char *line, const char *at)
{
	return kvk_wrap_columns((struct kvk_span){ (const uint8_t *)line, (size_t)(at - line) });
}

/* The column of a word in the line that begins with start. */
static unsigned column_in(const char *text, const char *start, const char *word)
{
	const char *line = strstr(text, start), *at;

	if (line == NULL)
		fail_msg("no '%s' in:\n%s", start, text);
	while (line > text && line[-1] != '\n')
		line--;
	at = strstr(line, word);
	if (at == NULL || memchr(line, '\n', (size_t)(at - line)) != NULL)
		fail_msg("no '%s' beside '%s' in:\n%s", word, start, text);
	return column_of(line, at);
}

static void explanations_stay_aligned(void **state)
{
	static const struct kvk_paper paper = { .width = 80 };
	const unsigned column = (unsigned)strlen("Zo staat het op het portaal") + 2;
	struct kvk_blob out = { 0 };
	const char *text;

	(void)state;
	assert_int_equal(kvk_explain_rule(kvk_rule(5), &paper, &out), KVK_OK);
	text = kvk_blob_str(&out);
	assert_int_equal(column_in(text, "Zo staat", "The certificate is"), column);
	assert_int_equal(column_in(text, "Oplossing", "Order a new certificate"), column);
	assert_int_equal(column_in(text, "V\xc3\xb3\xc3\xb3r", kvk_rule(5)->since), column);
	kvk_blob_free(&out);
}

static void add(struct kvk_views *views, const char *name, enum kvk_view_state state, int64_t days)
{
	struct kvk_entry entry = entry_of(name, 0xab);
	struct kvk_entry_view *view;

	entry.certificate.not_after = (kvk_time)1800000000 * KVK_SECOND;
	entry.certificate.ends = entry.certificate.not_after;
	assert_int_equal(kvk_vec_push(&views->list, &view), KVK_OK);
	assert_int_equal(kvk_view_from(&entry, view), KVK_OK);
	view->state = state;
	view->days_left = days;
	view->action = KVK_ACTION_NONE;
	kvk_views_count(views, true);
}

static void the_table_stays_aligned(void **state)
{
	static const struct kvk_paper paper = { .width = 100 };
	struct kvk_views views = KVK_VIEWS_INIT;
	struct kvk_blob out = { 0 };

	(void)state;
	add(&views, "a.nl", KVK_VIEW_VALID, 7);
	add(&views, "voorbeeld.nl", KVK_VIEW_EXPIRED, -12);
	assert_int_equal(kvk_entries_text(&views, &paper, &out), KVK_OK);
	assert_string_equal(kvk_blob_str(&out),
		"DE NAAM       TOESTAND               RESTERENDE DAGEN  GELDIG TOT EN MET  HIERNA\n"
		"a.nl          ge\xc3\xabvalueerd en geldig                 7  2027-01-15         "
		"niets\n"
		"voorbeeld.nl  verlopen                            -12  2027-01-15         "
		"niets\n");
	kvk_blob_free(&out);
	kvk_views_free(&views);
}

static void shown_files_stay_aligned(void **state)
{
	struct kvk_contents contents = { 0 };
	struct kvk_blob file = { 0 }, out = { 0 };
	const struct kvk_show show = { .file = "x", .contents = &contents };
	const unsigned column = 2 + (unsigned)strlen("het portaal van de KVK") + 2;

	(void)state;
	assert_int_equal(kvk_contents_read(&file, &contents), KVK_OK);
	assert_int_equal(kvk_show_text(&show, &out), KVK_OK);
	assert_int_equal(column_in(kvk_blob_str(&out), "  format", "empty"), column);
	assert_int_equal(column_in(kvk_blob_str(&out), "  SHA-256", "e3b0c442"), column);
	assert_int_equal(column_in(kvk_blob_str(&out), "  het portaal", "finds no"), column);
	kvk_contents_free(&contents);
	kvk_blob_free(&out);
}

static void advice_stays_aligned(void **state)
{
	static struct kvk_verdict verdict;
	static struct kvk_facts facts;
	struct kvk_blob out = { 0 };
	struct kvk_page page = { .out = &out, .paper.width = 80 };
	const unsigned column = (unsigned)strlen("reden hiervoor") + 1;
	const char *text;

	(void)state;
	kvk_verdict_without_file(&verdict);
	kvk_advice_append_why(&page, &facts, &verdict);
	kvk_advice_append_next(&page, &facts, &verdict, "a.pem");
	kvk_advice_append_exact(&page, "kvkcsr verify a.pem");
	/* more than half of the line */
	kvk_advice_append(&page, _("kept"), "the delivery");
	assert_int_equal(page.err, KVK_OK);
	text = kvk_blob_str(&out);
	assert_int_equal(column_in(text, "reden", "0 of 33"), column);
	assert_int_equal(column_in(text, "volgende", "solve"), column);
	assert_int_equal(column_in(text, "kvkcsr", "kvkcsr"), column);
	assert_non_null(strstr(text, " bewaard\n"));
	assert_int_equal(column_in(text, "the delivery", "the delivery"), column);
	kvk_blob_free(&out);
}

/* What --help prints; free it. */
static char *help_of(const struct kvk_usage *usage)
{
	FILE *const real = stdout;
	char sample[] = "sample", option[] = "--help";
	char *words[] = { sample, option, NULL };
	char *text = NULL;
	size_t n, count;

	stdout = open_memstream(&text, &n);
	assert_non_null(stdout);
	assert_int_equal(kvk_options_parse(usage, 2, words, NULL, &count), KVK_EXIT_OK);
	fclose(stdout);
	stdout = real;
	return text;
}

static void help_stays_aligned(void **state)
{
	static const struct kvk_option options[] = {
		{ .name = "at", .value = "TIME", .summary = "a time" },
		{ .name = "chain", .value = "FILE", .summary = "a certificate" },
		{ .name = "colour-of-the-output", .value = "always|never|auto", .summary = "no" },
		OPT_END,
	};
	static const struct kvk_usage usage = {
		.name = "sample", .synopsis = "", .summary = "-", .options = options
	};
	const unsigned column = (unsigned)strlen("      --chain BESTAND") + 2;
	char *text;

	(void)state;
	text = help_of(&usage);
	assert_int_equal(column_in(text, "--chain", "a certificate"), column);
	assert_int_equal(column_in(text, "--at", "a time"), column);
	assert_int_equal(column_in(text, "--help", "show"), column);
	assert_non_null(strstr(text, "|auto\n"));
	assert_int_equal(column_in(text, " no\n", "no"), column);
	free(text);
}

/* What a monitoring system reads is not translated; a notice to people is. */
static void a_notice_is_translated_and_the_plugin_line_is_not(void **state)
{
	static const struct kvk_paper paper = { .width = 100 };
	struct kvk_views views = KVK_VIEWS_INIT;
	struct kvk_blob out = { 0 };

	(void)state;
	add(&views, "a.nl", KVK_VIEW_EXPIRED, -12);
	((struct kvk_entry_view *)kvk_vec_at(&views.list, 0))->code = KVK_EXIT_CRITICAL;
	views.by_code[KVK_EXIT_CRITICAL] = 1;
	assert_int_equal(kvk_entries_notice(kvk_view_at(&views, 0), &paper, &out), KVK_OK);
	assert_memory_equal(kvk_blob_str(&out), "DRINGEND: a.nl: ", strlen("DRINGEND: a.nl: "));
	kvk_blob_clear(&out);
	assert_int_equal(kvk_entries_plugin(&views, &out), KVK_OK);
	assert_memory_equal(kvk_blob_str(&out), "KVKCSR CRITICAL", strlen("KVKCSR CRITICAL"));
	kvk_blob_free(&out);
	kvk_views_free(&views);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_notice_is_translated_and_the_plugin_line_is_not),
		cmocka_unit_test(explanations_stay_aligned),
		cmocka_unit_test(the_table_stays_aligned),
		cmocka_unit_test(shown_files_stay_aligned),
		cmocka_unit_test(advice_stays_aligned),
		cmocka_unit_test(help_stays_aligned),
	};
	int failed;

	if (mkdtemp(folder) == NULL)
		return 1;
	if (!make_catalogue()) {
		remove_catalogue();
		puts("skipped: no msgfmt (gettext)");
		return 77;
	}
	setenv("LANGUAGE", "nl", 1);
	setlocale(LC_ALL, "C.UTF-8");
	bindtextdomain(PACKAGE_NAME, folder);
	textdomain(PACKAGE_NAME);
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	remove_catalogue();
	return failed;
}
#else
int main(void)
{
	puts("skipped: built without translations");
	return 77;
}
#endif
