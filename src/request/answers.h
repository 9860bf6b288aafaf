/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The answers that a request is made from, as they were given: options, the answer file, an old
 * certificate (--like), a request made elsewhere (--csr) and the dialogue all fill this one
 * struct, each under the name of its long option. Nothing is evaluated here; order.h makes sense of
 * them. No passphrase is ever an answer.
 */
#ifndef KVKCSR_REQUEST_ANSWERS_H
#define KVKCSR_REQUEST_ANSWERS_H

#include "cert/csr.h"
#include "conf/conf.h"

/* One list for the enum, the answer file's schema and the messages: id, name, type in that file. */
#define KVK_FIELDS(X) \
	X(KVK_FIELD_NAME, "name", KVK_CONF_STRING) \
	X(KVK_FIELD_DOMAIN, "domain", KVK_CONF_STRING) \
	X(KVK_FIELD_KVK, "kvk", KVK_CONF_DIGITS) \
	X(KVK_FIELD_OIN, "oin", KVK_CONF_DIGITS) \
	X(KVK_FIELD_PARTY, "party", KVK_CONF_STRING) \
	X(KVK_FIELD_ORGANISATION, "organisation", KVK_CONF_STRING) \
	X(KVK_FIELD_UNIT, "unit", KVK_CONF_STRING) \
	X(KVK_FIELD_LOCALITY, "locality", KVK_CONF_STRING) \
	X(KVK_FIELD_STATE, "state", KVK_CONF_STRING) \
	X(KVK_FIELD_COUNTRY, "country", KVK_CONF_STRING) \
	X(KVK_FIELD_TSP, "tsp", KVK_CONF_STRING) \
	X(KVK_FIELD_GENERATION, "generation", KVK_CONF_STRING) \
	X(KVK_FIELD_KEY_TYPE, "key-type", KVK_CONF_STRING) \
	X(KVK_FIELD_KEY_BITS, "key-bits", KVK_CONF_INTEGER) \
	X(KVK_FIELD_SIGNATURE, "signature", KVK_CONF_STRING) \
	X(KVK_FIELD_KEY, "key", KVK_CONF_STRING) \
	X(KVK_FIELD_GENERATE, "generate", KVK_CONF_BOOLEAN) \
	X(KVK_FIELD_CLIENT_ONLY, "client-only", KVK_CONF_BOOLEAN) \
	X(KVK_FIELD_ENCRYPT_KEY, "encrypt-key", KVK_CONF_BOOLEAN) \
	X(KVK_FIELD_PASS_FILE, "pass-file", KVK_CONF_STRING) \
	X(KVK_FIELD_PASS_FD, "pass-fd", KVK_CONF_INTEGER) \
	X(KVK_FIELD_LIKE, "like", KVK_CONF_STRING) \
	X(KVK_FIELD_CSR, "csr", KVK_CONF_STRING) \
	X(KVK_FIELD_OUT, "out", KVK_CONF_STRING) \
	X(KVK_FIELD_TO, "to", KVK_CONF_STRING) \
	X(KVK_FIELD_DRY_RUN, "dry-run", KVK_CONF_BOOLEAN) \
	X(KVK_FIELD_JSON, "json", KVK_CONF_BOOLEAN) \
	X(KVK_FIELD_PRACTICE, "practice", KVK_CONF_BOOLEAN)

#define KVK_FIELD_ENUM(id, name, type) id,
enum kvk_field { KVK_FIELDS(KVK_FIELD_ENUM) KVK_FIELD_COUNT };
#undef KVK_FIELD_ENUM

/* Who gave an answer; a later one of this list wins. */
enum kvk_given {
	KVK_GIVEN_NONE,
	KVK_GIVEN_CERTIFICATE,
	KVK_GIVEN_FILE,
	KVK_GIVEN_OPTION,
	KVK_GIVEN_DIALOGUE
};

/*
 * Start all-zero; free with kvk_answers_free(). Integers are kept as digits, booleans as "true"
 * and "false".
 */
struct kvk_answers {
	char *text[KVK_FIELD_COUNT];
	enum kvk_given source[KVK_FIELD_COUNT];
};

/* The long option's name without dashes; static. */
const char *kvk_field_name(enum kvk_field field);

/*
 * Gives an answer, unless a stronger source gave one. KVK_ERR_TEXT for a NUL inside,
 * KVK_ERR_MEMORY.
 */
enum kvk_err kvk_answer_set(struct kvk_answers *answers, enum kvk_field field,
	enum kvk_given source, struct kvk_span text);
/* The answer, NULL where none was given. */
const char *kvk_answer(const struct kvk_answers *answers, enum kvk_field field);
/* Whether a boolean was answered with "true". */
bool kvk_answer_is_true(const struct kvk_answers *answers, enum kvk_field field);
/* Takes an answer back. */
void kvk_answer_drop(struct kvk_answers *answers, enum kvk_field field);
void kvk_answers_free(struct kvk_answers *answers);

/*
 * Reads an answer file (libconfig; the names are the long options). The errors of
 * kvk_conf_open(), with why; a wrong answer is KVK_ERR_CONFIG and names field and rule.
 */
enum kvk_err kvk_answers_read(const char *path, struct kvk_answers *answers, struct kvk_error *why);
/* The same from bytes; name is what messages call them. The errors of kvk_conf_parse(). */
enum kvk_err kvk_answers_parse(
	struct kvk_span text, const char *name, struct kvk_answers *answers, struct kvk_error *why);
/*
 * Writes the answers that were given with options, in a file or at the terminal, as an answer file;
 * those of an old certificate come again with 'like'. A file descriptor is not written: it is gone
 * in the next run. Appended; KVK_ERR_TEXT where one is not UTF-8, KVK_ERR_MEMORY.
 */
enum kvk_err kvk_answers_write(const struct kvk_answers *answers, struct kvk_blob *out);
/*
 * Takes the fields of an old certificate, or of a request made elsewhere: names and numbers, not
 * the key. KVK_ERR_TEXT where a field is no text, with why.
 */
enum kvk_err kvk_answers_from_certificate(
	const struct kvk_certificate *cert, struct kvk_answers *answers, struct kvk_error *why);
enum kvk_err kvk_answers_from_request(
	const struct kvk_csr *csr, struct kvk_answers *answers, struct kvk_error *why);

#endif
