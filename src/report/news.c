/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "report/news.h"

#include "base/escape.h"
#include "base/wrap.h"
#include "report/entries.h"
#include "report/template.h"

static const struct kvk_entry_view *at(const struct kvk_vec *views, size_t i)
{
	return *(const struct kvk_entry_view *const *)kvk_vec_at(views, i);
}

enum kvk_err kvk_news_names(const struct kvk_news *news, struct kvk_blob *out)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < news->views->count; i++)
		KVK_TRY(kvk_blob_append_format(out, "%s\n", at(news->views, i)->name));
out:
	return err;
}

static enum kvk_err fill(const struct kvk_news *news, const char *notices, const char *others,
	struct kvk_blob *out, struct kvk_error *why)
{
	char home[KVK_LIMIT_PATH], host[256];
	const struct kvk_template_value values[] = {
		{ "notices", notices },
		{ "failures", news->failures },
		{ "others", others },
		{ "version", PACKAGE_VERSION },
		{ "host", kvk_escape_to(host, sizeof host, kvk_span_of(news->host)) },
		{ "home", kvk_escape_to(home, sizeof home, kvk_span_of(news->home)) },
		{ NULL, NULL },
	};

	return kvk_template_fill(news->frame, values, KVK_TEMPLATE_TEXT, out, why);
}

enum kvk_err kvk_news_text(const struct kvk_news *news, struct kvk_blob *out, struct kvk_error *why)
{
	const struct kvk_paper paper = { .width = KVK_NEWS_WIDTH };
	struct kvk_blob options = { 0 }, notices = { 0 }, others = { 0 }, text = { 0 };
	enum kvk_err err;

	if (news->home_named) {
		KVK_TRY(kvk_blob_append_text(&options, " --home "));
		KVK_TRY(kvk_escape_shell(&options, kvk_span_of(news->home)));
	}
	KVK_TRY(kvk_entries_news(news->views, &paper, kvk_blob_str(&options), &notices));
	if (news->others[0] != '\0')
		KVK_TRY(kvk_blob_append_format(&others,
			_("The other channels that get this message: %s.\n"), news->others));
	KVK_TRY(fill(news, kvk_blob_str(&notices), kvk_blob_str(&others), &text, why));
	KVK_TRY(kvk_wrap_lines(out, KVK_NEWS_WIDTH, kvk_blob_str(&text)));
out:
	kvk_blob_free(&options);
	kvk_blob_free(&notices);
	kvk_blob_free(&others);
	kvk_blob_free(&text);
	return err;
}

enum kvk_err kvk_news_words(
	const struct kvk_news *news, const char *words, struct kvk_blob *out, struct kvk_error *why)
{
	const struct kvk_news bare = {
		.failures = "", .host = news->host, .home = news->home, .frame = news->frame
	};
	struct kvk_blob text = { 0 };
	enum kvk_err err;

	KVK_TRY(fill(&bare, words, "", &text, why));
	KVK_TRY(kvk_wrap_lines(out, KVK_NEWS_WIDTH, kvk_blob_str(&text)));
out:
	kvk_blob_free(&text);
	return err;
}
