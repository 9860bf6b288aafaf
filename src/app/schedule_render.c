/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/schedule_render.h"

#include <string.h>

#include "base/escape.h"
#include "base/file.h"
#include "base/limits.h"
#include "base/path.h"
#include "conf/datadir.h"

/* The value whose name begins this text, which follows a sign, up to the next one. */
static const struct kvk_schedule_value *value_at(
	const struct kvk_schedule_value *values, const char *text)
{
	for (; values->name != NULL; values++) {
		const size_t n = strlen(values->name);

		if (strncmp(text, values->name, n) == 0 && text[n] == '@')
			return values;
	}
	return NULL;
}

static enum kvk_err fill(
	const char *text, const struct kvk_schedule_value *values, struct kvk_blob *out)
{
	enum kvk_err err = KVK_OK;

	while (*text != '\0') {
		const struct kvk_schedule_value *value =
			*text == '@' ? value_at(values, text + 1) : NULL;

		if (value != NULL) {
			KVK_TRY(kvk_blob_append_text(out, value->value));
			text += strlen(value->name) + 2;
		} else {
			KVK_TRY(kvk_blob_append_byte(out, (uint8_t)*text++));
		}
	}
out:
	return err;
}

enum kvk_err kvk_schedule_render(const char *name, const struct kvk_schedule_value *values,
	struct kvk_blob *out, struct kvk_error *why)
{
	struct kvk_blob folder = { 0 }, path = { 0 }, text = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_path_join(&folder, kvk_datadir(), "schedule"));
	KVK_TRY(kvk_path_join(&path, kvk_blob_str(&folder), name));
	err = kvk_file_read(kvk_blob_str(&path), KVK_LIMIT_CONFIG, 0, &text);
	if (err != KVK_OK) {
		kvk_error_set_file(why, err, kvk_blob_str(&path), KVK_LIMIT_CONFIG);
		goto out;
	}
	KVK_TRY(fill(kvk_blob_str(&text), values, out));
out:
	kvk_blob_free(&text);
	kvk_blob_free(&path);
	kvk_blob_free(&folder);
	return err;
}

/* Appends a text in which each of some characters has another one before it. */
static enum kvk_err append_marked(
	struct kvk_blob *out, const char *text, const char *marked, const char *marks)
{
	enum kvk_err err = KVK_OK;

	for (; *text != '\0'; text++) {
		const char *found = strchr(marked, *text);

		if (found != NULL)
			KVK_TRY(kvk_blob_append_byte(out, (uint8_t)marks[found - marked]));
		KVK_TRY(kvk_blob_append_byte(out, (uint8_t)*text));
	}
out:
	return err;
}

/* Whether a text needs no quotes in a unit. */
static bool is_plain(const char *text)
{
	return text[strspn(text,
		       "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
		       "/._-+=:,%$")] == '\0';
}

/* Appends a text in quotes where it needs them, and with marks. */
static enum kvk_err append_quoted(
	struct kvk_blob *out, const char *text, const char *marked, const char *marks)
{
	const char *quote = is_plain(text) ? "" : "\"";
	enum kvk_err err;

	KVK_TRY(kvk_blob_append_text(out, quote));
	KVK_TRY(append_marked(out, text, marked, marks));
	KVK_TRY(kvk_blob_append_text(out, quote));
out:
	return err;
}

enum kvk_err kvk_schedule_quote_argument(struct kvk_blob *out, const char *text)
{
	return append_quoted(out, text, "\\\"%$", "\\\\%$");
}

enum kvk_err kvk_schedule_quote_setting(struct kvk_blob *out, const char *text)
{
	return append_quoted(out, text, "\\\"%", "\\\\%");
}

enum kvk_err kvk_schedule_quote_path(struct kvk_blob *out, const char *text)
{
	return append_marked(out, text, "%", "%");
}

enum kvk_err kvk_schedule_quote_cron(struct kvk_blob *out, const char *text)
{
	struct kvk_blob shell = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_escape_shell(&shell, kvk_span_of(text)));
	/* To cron, a percent sign ends the command. */
	KVK_TRY(append_marked(out, kvk_blob_str(&shell), "%", "\\"));
out:
	kvk_blob_free(&shell);
	return err;
}
