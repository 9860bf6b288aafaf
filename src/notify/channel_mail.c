/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "notify/channel_mail.h"

#include "base/alloc.h"
#include "base/limits.h"
#include "base/vec.h"
#include "net/mail.h"
#include "notify/mail_text.h"
#include "notify/program.h"

enum kvk_err kvk_channel_mail_compose(void *context, const struct kvk_message *message,
	struct kvk_blob *out, struct kvk_error *why)
{
	const struct kvk_channel_mail *mail = context;

	(void)why;
	return kvk_mail_text(mail->from, message, out);
}

/* Splits lines in place into an array of strings. */
static enum kvk_err split(struct kvk_blob *lines, struct kvk_vec *out)
{
	char *text = (char *)lines->p;
	enum kvk_err err = KVK_OK;

	while (text != NULL && *text != '\0') {
		char *end = strchr(text, '\n');
		const char **slot;

		KVK_TRY(kvk_vec_push(out, &slot));
		*slot = text;
		if (end != NULL)
			*end++ = '\0';
		text = end;
	}
out:
	return err;
}

/* Keeps those who have not had it. */
static enum kvk_err keep_others(
	struct kvk_outgoing *message, const char *const *to, const bool *taken, size_t count)
{
	struct kvk_blob left = { 0 };
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < count; i++) {
		if (!taken[i])
			KVK_TRY(kvk_blob_append_format(&left, "%s\n", to[i]));
		message->begun = message->begun || taken[i];
	}
	KVK_TRY(kvk_blob_set(&message->recipients, kvk_span_of_blob(&left)));
out:
	kvk_blob_free(&left);
	return err;
}

static enum kvk_err send_smtp(const struct kvk_channel_mail *mail, struct kvk_outgoing *message,
	const struct kvk_vec *to, struct kvk_error *why)
{
	const struct kvk_net_mail sent = {
		.url = mail->smtp,
		.starttls = mail->starttls,
		.user = mail->user,
		.password = mail->password,
		.from = mail->from,
		.to = to->items,
		.count = to->count,
		.text = kvk_span_of_blob(&message->body),
	};
	bool *taken = kvk_calloc(to->count, sizeof *taken);
	enum kvk_err err, kept;

	if (taken == NULL)
		return KVK_ERR_MEMORY;
	err = kvk_net_mail_send(&mail->options, &sent, taken, why);
	kept = keep_others(message, to->items, taken, to->count);
	kvk_free(taken);
	return kept != KVK_OK ? kept : err;
}

/* The text without CR, which programs like sendmail want. */
static enum kvk_err without_returns(const struct kvk_blob *text, struct kvk_blob *out)
{
	enum kvk_err err = KVK_OK;

	KVK_TRY(kvk_blob_reserve(out, text->n));
	for (size_t i = 0; i < text->n; i++)
		if (text->p[i] != '\r')
			KVK_TRY(kvk_blob_append_byte(out, text->p[i]));
out:
	return err;
}

/* Addresses are its last arguments, after "--", so that none can be an option. */
static enum kvk_err list_arguments(
	const struct kvk_channel_mail *mail, const struct kvk_vec *to, const char ***out)
{
	const char *const first[] = { mail->sendmail, "-i", "--" };
	const size_t n = sizeof first / sizeof first[0];
	const char **argv = kvk_calloc(n + to->count + 1, sizeof *argv);

	if (argv == NULL)
		return KVK_ERR_MEMORY;
	memcpy(argv, first, sizeof first);
	if (to->count > 0)
		memcpy(argv + n, to->items, to->count * sizeof *argv);
	*out = argv;
	return KVK_OK;
}

static enum kvk_err send_program(const struct kvk_channel_mail *mail, struct kvk_outgoing *message,
	const struct kvk_vec *to, struct kvk_error *why)
{
	static char path[] = "PATH=/usr/sbin:/usr/bin:/sbin:/bin";
	char *const environment[] = { path, NULL };
	struct kvk_blob text = { 0 };
	const char **argv = NULL;
	enum kvk_err err;

	KVK_TRY(without_returns(&message->body, &text));
	KVK_TRY(list_arguments(mail, to, &argv));
	KVK_TRY(kvk_program_run(
		&(struct kvk_program){
			.argv = (char *const *)(const void *)argv,
			.environment = environment,
			.input = kvk_span_of_blob(&text),
			.timeout = mail->options.total_timeout,
			.may_leave = true,
		},
		why));
	kvk_blob_clear(&message->recipients);
	message->begun = true;
out:
	kvk_free(argv);
	kvk_blob_free(&text);
	return err;
}

enum kvk_err kvk_channel_mail_send(
	void *context, struct kvk_outgoing *message, struct kvk_error *why)
{
	const struct kvk_channel_mail *mail = context;
	struct kvk_vec to = KVK_VEC_INIT(const char *, KVK_LIMIT_RECIPIENTS);
	struct kvk_blob lines = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_blob_set(&lines, kvk_span_of_blob(&message->recipients)));
	KVK_TRY(split(&lines, &to));
	err = mail->smtp != NULL ? send_smtp(mail, message, &to, why) :
				   send_program(mail, message, &to, why);
out:
	kvk_vec_free(&to);
	kvk_blob_free(&lines);
	return err;
}
