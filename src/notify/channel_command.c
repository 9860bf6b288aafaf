/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "notify/channel_command.h"

#include "base/ascii.h"
#include "notify/program.h"

/* The last variable, so that the text is where the octets end. */
#define TEXT "KVKCSR_TEXT="
/* Octets of a variable that Linux passes on (MAX_ARG_STRLEN is 128 KiB); a longer text is cut at a
 * line there, and whole on standard input. */
#define VARIABLE_LIMIT ((size_t)96 * 1024)
/* The variables, with PATH and the NULL at their end. */
#define VARIABLES 10

/* Appends a variable with its NUL; control characters but line ends are left out. */
static enum kvk_err append(struct kvk_blob *out, const char *name, const char *value)
{
	enum kvk_err err;

	KVK_TRY(kvk_blob_append_text(out, name));
	for (; *value != '\0'; value++)
		if (*value == '\n' || ((unsigned char)*value >= 0x20 && *value != 0x7f))
			KVK_TRY(kvk_blob_append_byte(out, (uint8_t)*value));
	KVK_TRY(kvk_blob_append_byte(out, 0));
out:
	return err;
}

enum kvk_err kvk_channel_command_compose(void *context, const struct kvk_message *message,
	struct kvk_blob *out, struct kvk_error *why)
{
	char at[KVK_TIME_TEXT_SIZE];
	enum kvk_err err;

	(void)context, (void)why;
	KVK_TRY(append(out, "PATH=", "/usr/sbin:/usr/bin:/sbin:/bin"));
	KVK_TRY(append(out, "KVKCSR_SUBJECT=", message->subject));
	KVK_TRY(append(out, "KVKCSR_KEY=", message->key));
	KVK_TRY(append(out, "KVKCSR_AT=", kvk_time_text(message->at, at)));
	KVK_TRY(append(out, "KVKCSR_HOST=", message->host));
	KVK_TRY(append(out, "KVKCSR_HOME=", message->home));
	KVK_TRY(append(out, "KVKCSR_NAMES=", message->names));
	KVK_TRY(append(out, TEXT, message->text));
out:
	return err;
}

/* Ends a variable that is too long at the end of a line. */
static void cut(char *variable)
{
	size_t n = VARIABLE_LIMIT;

	if (strlen(variable) <= VARIABLE_LIMIT)
		return;
	while (n > 0 && variable[n] != '\n')
		n--;
	variable[n] = '\0';
}

enum kvk_err kvk_channel_command_send(
	void *context, struct kvk_outgoing *message, struct kvk_error *why)
{
	const struct kvk_channel_command *command = context;
	char *environment[VARIABLES] = { NULL };
	struct kvk_blob variables = { 0 }, text = { 0 };
	size_t count = 0;
	enum kvk_err err;

	KVK_TRY(kvk_blob_set(&variables, kvk_span_of_blob(&message->body)));
	for (size_t i = 0; i < variables.n && count < VARIABLES - 1;) {
		char *variable = (char *)variables.p + i;

		i += strlen(variable) + 1;
		if (kvk_span_starts(kvk_span_of(variable), TEXT))
			KVK_TRY(kvk_blob_append_text(&text, variable + strlen(TEXT)));
		cut(variable);
		environment[count++] = variable;
	}
	KVK_TRY(kvk_program_run(
		&(struct kvk_program){
			.argv = (char *const *)(const void *)command->argv,
			.environment = environment,
			.input = kvk_span_of_blob(&text),
			.timeout = command->timeout,
		},
		why));
out:
	kvk_blob_free(&variables);
	kvk_blob_free(&text);
	return err;
}
