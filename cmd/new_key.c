/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/ascii.h"
#include "base/file.h"
#include "base/i18n.h"
#include "cmd/new.h"
#include "cli/prompt.h"
#include "cli/terminal.h"

static bool may_ask(const struct kvk_new *run)
{
	return kvk_interactive() && !kvk_answer_is_true(&run->answers, KVK_FIELD_DRY_RUN);
}

/*
 * Reads a file with a secret. Whoever names it answers for its owner (sudo); that others can read
 * it is worth a word.
 */
static enum kvk_err read_secret(
	enum kvk_field field, const char *path, size_t max, struct kvk_secret *out)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	enum kvk_err err = KVK_OK;
	struct stat st;

	if (fd < 0)
		return errno == ENOENT ? KVK_ERR_NOT_FOUND : KVK_ERR_OPEN;
	if (fstat(fd, &st) != 0)
		err = KVK_ERR_READ;
	else if (!S_ISREG(st.st_mode))
		err = KVK_ERR_NOT_REGULAR;
	if (err == KVK_OK)
		err = kvk_fd_read_secret(fd, max, out);
	if (err == KVK_OK && (st.st_mode & (S_IRGRP | S_IROTH)) != 0)
		kvk_warn(_("advice: %s: other users can read that file; give it mode 0600"),
			kvk_field_name(field));
	close(fd);
	return err;
}

/* The answer file names files in full, so that it works from everywhere. */
static enum kvk_err name_in_full(struct kvk_new *run, enum kvk_field field)
{
	const char *path = kvk_answer(&run->answers, field);
	char real[PATH_MAX];

	if (path == NULL || realpath(path, real) == NULL)
		return KVK_OK;
	return kvk_answer_set(&run->answers, field, KVK_GIVEN_DIALOGUE, kvk_span_of(real));
}

/* The passphrase is the first line. */
static void cut_line(struct kvk_secret *pass)
{
	for (size_t i = 0; i < pass->n; i++) {
		if (pass->p[i] != '\n')
			continue;
		kvk_secret_cut(pass, i > 0 && pass->p[i - 1] == '\r' ? i - 1 : i);
		return;
	}
}

static enum kvk_exit tell_pass_error(enum kvk_field field, enum kvk_err err)
{
	if (err == KVK_ERR_LIMIT)
		kvk_warn(_("%s: a passphrase has at most %u bytes"), kvk_field_name(field),
			KVK_LIMIT_PASSPHRASE);
	else
		kvk_warn(_("%s: the passphrase cannot be read: %s"), kvk_field_name(field),
			kvk_error_text(err));
	return kvk_exit_of(err);
}

/* Takes the passphrase from file or descriptor, where one of them was given. */
static enum kvk_exit take_passphrase(struct kvk_new *run)
{
	const char *file = kvk_answer(&run->answers, KVK_FIELD_PASS_FILE);
	const char *number = kvk_answer(&run->answers, KVK_FIELD_PASS_FD);
	enum kvk_field field = file != NULL ? KVK_FIELD_PASS_FILE : KVK_FIELD_PASS_FD;
	enum kvk_err err = KVK_OK;

	if (file == NULL && number == NULL)
		return KVK_EXIT_OK;
	if (file != NULL) {
		err = read_secret(field, file, KVK_LIMIT_PASSPHRASE, &run->pass);
	} else if (!kvk_all_digits(kvk_span_of(number)) || strlen(number) > 6) {
		kvk_warn(_("pass-fd: it is not the number of an open descriptor"));
		return KVK_EXIT_USAGE;
	} else {
		err = kvk_fd_read_secret(
			(int)strtol(number, NULL, 10), KVK_LIMIT_PASSPHRASE, &run->pass);
	}
	if (err != KVK_OK)
		return tell_pass_error(field, err);
	cut_line(&run->pass);
	err = name_in_full(run, KVK_FIELD_PASS_FILE);
	if (err != KVK_OK)
		return tell_pass_error(field, err);
	if (run->pass.n > 0)
		return KVK_EXIT_OK;
	kvk_warn(_("%s: the passphrase is empty"), kvk_field_name(field));
	return KVK_EXIT_USAGE;
}

bool kvk_new_key_in_token(const struct kvk_new *run)
{
	const char *key = kvk_answer(&run->answers, KVK_FIELD_KEY);

	return key != NULL && strncmp(key, "pkcs11:", strlen("pkcs11:")) == 0;
}

/* Opens the key in a file; one that is encrypted stays so in the dossier. */
static enum kvk_err open_file(struct kvk_new *run, const char *path)
{
	struct kvk_secret file = { .p = NULL };
	enum kvk_err err;

	err = read_secret(KVK_FIELD_KEY, path, KVK_LIMIT_FILE, &file);
	if (err != KVK_OK)
		return err;
	err = kvk_key_read(kvk_secret_span(&file), NULL, &run->key);
	if (err == KVK_ERR_PASSPHRASE) {
		run->order.encrypt_key = true;
		err = run->pass.n > 0 || !kvk_interactive() ?
			KVK_OK :
			kvk_prompt_passphrase(_("passphrase of the key: "), false, &run->pass);
		if (err == KVK_OK)
			err = kvk_key_read(kvk_secret_span(&file),
				run->pass.n > 0 ? &run->pass : NULL, &run->key);
	}
	kvk_secret_free(&file);
	return err == KVK_OK ? name_in_full(run, KVK_FIELD_KEY) : err;
}

/* Opens the key in a token, whose PIN is asked for where nobody gave it. */
static enum kvk_err open_token(struct kvk_new *run, const char *uri, struct kvk_error *why)
{
	enum kvk_err err =
		kvk_key_open_uri(uri, run->pass.n > 0 ? &run->pass : NULL, &run->key, why);

	if (err != KVK_ERR_PASSPHRASE || run->pass.n > 0 || !kvk_interactive())
		return err;
	err = kvk_prompt_passphrase(_("PIN of the token: "), false, &run->pass);
	return err == KVK_OK ? kvk_key_open_uri(uri, &run->pass, &run->key, why) : err;
}

static enum kvk_exit tell_passphrase_error(const struct kvk_new *run)
{
	bool given = run->pass.n > 0;

	if (kvk_new_key_in_token(run))
		kvk_warn(given ? _("key: the token does not take this PIN") :
				 _("key: the token wants a PIN; give it with --pass-file or "
				   "--pass-fd"));
	else
		kvk_warn(given ? _("key: the passphrase does not open it") :
				 _("key: it is encrypted; give its passphrase with --pass-file or "
				   "--pass-fd"));
	return KVK_EXIT_USAGE;
}

static enum kvk_exit tell_key_error(
	const struct kvk_new *run, enum kvk_err err, const struct kvk_error *why)
{
	if (err == KVK_ERR_CANCELLED) {
		kvk_warn(_("cancelled; nothing was made"));
		return KVK_EXIT_USAGE;
	}
	if (err == KVK_ERR_PASSPHRASE)
		return tell_passphrase_error(run);
	if (why->text[0] != '\0')
		kvk_warn("key: %s", why->text);
	else if (err == KVK_ERR_FORMAT)
		kvk_warn(_("key: the file holds no private key"));
	else
		kvk_warn_file_error(err, kvk_answer(&run->answers, KVK_FIELD_KEY), KVK_LIMIT_FILE);
	return kvk_exit_of(err);
}

/* Looks at the key that was opened: its type and size become the order's. */
static enum kvk_exit use_key(struct kvk_new *run)
{
	size_t before = run->review.list.count;
	struct kvk_blob spki = { .p = NULL };
	struct kvk_key_info info;
	enum kvk_err err;

	err = kvk_key_spki(run->key, &spki);
	if (err == KVK_OK)
		err = kvk_key_info_read(kvk_span_of_blob(&spki), &info);
	if (err == KVK_OK)
		err = kvk_order_use_key(&run->order, &run->answers, &info, &run->review);
	kvk_blob_free(&spki);
	if (err == KVK_OK)
		return KVK_EXIT_OK;
	if (err == KVK_ERR_REFUSED) {
		kvk_new_tell(&run->review, KVK_REVIEW_FINDING, before);
		return KVK_EXIT_USAGE;
	}
	kvk_warn(_("key: %s"), kvk_error_text(err));
	return kvk_exit_of(err);
}

/* A PIN in the URI was readable in the list of processes, and would be in the answer file. */
static enum kvk_exit refuse_pin(const struct kvk_new *run)
{
	if (!kvk_new_key_in_token(run) ||
		strstr(kvk_answer(&run->answers, KVK_FIELD_KEY), "pin-value=") == NULL)
		return KVK_EXIT_OK;
	kvk_warn(_("key: a PIN (pin-value) does not belong in the URI, where others can read it; "
		   "give it with --pass-file or --pass-fd"));
	return KVK_EXIT_USAGE;
}

enum kvk_exit kvk_new_open_key(struct kvk_new *run)
{
	const char *key = kvk_answer(&run->answers, KVK_FIELD_KEY);
	struct kvk_error why = { "" };
	enum kvk_err err = KVK_OK;
	enum kvk_exit code = refuse_pin(run);

	if (code == KVK_EXIT_OK)
		code = take_passphrase(run);
	if (code != KVK_EXIT_OK)
		return code;
	if (key != NULL && kvk_new_key_in_token(run))
		err = open_token(run, key, &why);
	else if (key != NULL)
		err = open_file(run, key);
	if (err != KVK_OK)
		return tell_key_error(run, err, &why);
	if (key != NULL)
		code = use_key(run);
	if (code != KVK_EXIT_OK || !run->order.encrypt_key || run->pass.n > 0 || may_ask(run) ||
		kvk_answer_is_true(&run->answers, KVK_FIELD_DRY_RUN))
		return code;
	kvk_warn(_("pass-file: a passphrase is needed to encrypt the key; give --pass-file or "
		   "--pass-fd"));
	return KVK_EXIT_USAGE;
}

enum kvk_exit kvk_new_make_key(struct kvk_new *run)
{
	enum kvk_err err = KVK_OK;

	if (run->order.encrypt_key && run->pass.n == 0)
		err = kvk_prompt_passphrase(
			_("passphrase for the key (not shown): "), true, &run->pass);
	if (err == KVK_ERR_CANCELLED) {
		kvk_warn(_("cancelled; nothing was made"));
		return KVK_EXIT_USAGE;
	}
	if (err == KVK_OK && run->key == NULL)
		err = kvk_key_generate(run->order.key_type, run->order.key_bits, &run->key);
	if (err != KVK_OK)
		kvk_warn(_("the key could not be made: %s"), kvk_error_text(err));
	return kvk_exit_of(err);
}
