/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The errors that functions of this library return: one list, from which the enum, the texts and
 * the test are made. What is wrong with a certificate is not an error: it is a finding (portal/) or
 * a reason (path/).
 */
#ifndef KVKCSR_BASE_ERROR_H
#define KVKCSR_BASE_ERROR_H

#include "base/i18n.h"

#define KVK_ERRORS(X) \
	X(KVK_OK, N_("no error")) \
	X(KVK_ERR_MEMORY, N_("out of memory")) \
	X(KVK_ERR_LIMIT, N_("larger than this program accepts")) \
	X(KVK_ERR_ARGUMENT, N_("a value is out of range")) \
	X(KVK_ERR_OPEN, N_("cannot be opened")) \
	X(KVK_ERR_READ, N_("cannot be read")) \
	X(KVK_ERR_WRITE, N_("cannot be written")) \
	X(KVK_ERR_CREATE, N_("cannot be created")) \
	X(KVK_ERR_EXISTS, N_("already exists and will not be overwritten")) \
	X(KVK_ERR_NOT_FOUND, N_("not found")) \
	X(KVK_ERR_NOT_REGULAR, N_("not a regular file but a folder, pipe or device")) \
	X(KVK_ERR_UNSAFE, \
		N_("must be owned by you or root and closed to everyone else (chmod go-rwx)")) \
	X(KVK_ERR_DER, N_("not valid DER, the binary encoding of certificates")) \
	X(KVK_ERR_PEM, N_("not a valid PEM block")) \
	X(KVK_ERR_FORMAT, N_("does not contain what was expected")) \
	X(KVK_ERR_TEXT, N_("not valid UTF-8 text")) \
	X(KVK_ERR_CONFIG, N_("the configuration is invalid")) \
	X(KVK_ERR_KEY, N_("the key cannot be used")) \
	X(KVK_ERR_PASSPHRASE, N_("the passphrase is missing or wrong")) \
	X(KVK_ERR_ALGORITHM, N_("the algorithm is not supported")) \
	X(KVK_ERR_SIGNATURE, N_("the signature does not verify")) \
	X(KVK_ERR_CRYPTO, N_("the cryptographic library reported an error")) \
	X(KVK_ERR_LIBRARY, N_("libcurl, which is required for the network, cannot be loaded")) \
	X(KVK_ERR_DATABASE, N_("the inventory cannot be used")) \
	X(KVK_ERR_BUSY, N_("locked by another program")) \
	X(KVK_ERR_CANCELLED, N_("cancelled")) \
	X(KVK_ERR_USAGE, N_("the command was used incorrectly")) \
	X(KVK_ERR_REFUSED, N_("not allowed by a rule")) \
	X(KVK_ERR_INTERNAL, N_("internal error"))

#define KVK_ERROR_ENUM(id, text) id,
enum kvk_err { KVK_ERRORS(KVK_ERROR_ENUM) KVK_ERR_COUNT };
#undef KVK_ERROR_ENUM

/* The longest explanation that struct kvk_error holds, with its closing NUL. */
#define KVK_ERROR_SIZE 512

/*
 * Why something failed, in one line for a person, already translated and already escaped. Functions
 * that can explain take one as last parameter; NULL means that nobody wants to know. Start with an
 * all-zero struct.
 */
struct kvk_error {
	char text[KVK_ERROR_SIZE];
};

/*
 * Leaves the function at the first failure: keeps the error of the call in `err` and goes to the
 * label `out`. A function that uses it has both, and what it frees after `out:` accepts NULL.
 */
#define KVK_TRY(call) \
	do { \
		err = (call); \
		if (err != KVK_OK) \
			goto out; \
	} while (0)

/* The text of an error, translated; static. Never NULL, also for a number that is none. */
const char *kvk_error_text(enum kvk_err err);

/* The name of an error, such as "KVK_ERR_MEMORY"; static. Never NULL. */
const char *kvk_error_name(enum kvk_err err);

/*
 * Writes an explanation (printf format; cut at KVK_ERROR_SIZE on a character boundary) and returns
 * err, so that "return kvk_error_set(why, err, ...)" is one line. The arguments must be escaped by
 * the caller where they are not the program's own words. why may be NULL. errno is kept.
 */
enum kvk_err kvk_error_set(struct kvk_error *why, enum kvk_err err, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

#endif
