/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/passphrase.h"

#include <stdlib.h>
#include <string.h>

#include "base/ascii.h"
#include "base/file.h"
#include "base/limits.h"

/* Digits of a number of a descriptor. */
#define DESCRIPTOR_DIGITS 6

static enum kvk_err read_descriptor(
	const char *number, struct kvk_secret *out, struct kvk_error *why)
{
	if (!kvk_all_digits(kvk_span_of(number)) || strlen(number) > DESCRIPTOR_DIGITS)
		return kvk_error_set(why, KVK_ERR_USAGE,
			_("pass-fd: not the number of an open file descriptor"));
	return kvk_fd_read_secret((int)strtol(number, NULL, 10), KVK_LIMIT_PASSPHRASE, out);
}

enum kvk_err kvk_passphrase_read(const struct kvk_passphrase_source *source, struct kvk_secret *out,
	bool *readable, struct kvk_error *why)
{
	const char *option = source->file != NULL ? "pass-file" : "pass-fd";
	enum kvk_err err;

	if (source->file == NULL && source->descriptor == NULL)
		return KVK_OK;
	KVK_TRY(source->file != NULL ?
			kvk_secret_file_read(source->file, KVK_LIMIT_PASSPHRASE, out, readable) :
			read_descriptor(source->descriptor, out, why));
	kvk_secret_file_cut(out);
	if (out->n == 0)
		err = kvk_error_set(why, KVK_ERR_USAGE, _("%s: the passphrase is empty"), option);
out:
	if (err == KVK_ERR_LIMIT)
		(void)kvk_error_set(why, err,
			kvk_ngettext("%s: a passphrase can have at most %u byte",
				"%s: a passphrase can have at most %u bytes", KVK_LIMIT_PASSPHRASE),
			option, KVK_LIMIT_PASSPHRASE);
	else if (err != KVK_OK && err != KVK_ERR_USAGE)
		(void)kvk_error_set(why, err, _("%s: the passphrase cannot be read: %s"), option,
			kvk_error_text(err));
	return err;
}
