/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/crypto/help.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/dir.h"
#include "base/encode.h"
#include "base/file.h"

static char folder[] = "/tmp/kvkcsr-test-XXXXXX";

int scratch_make(void **state)
{
	(void)state;
	if (!mkdtemp(folder))
		return -1;
	return chdir(folder);
}

int scratch_remove(void **state)
{
	(void)state;
	if (chdir("/"))
		return -1;
	return kvk_dir_remove(folder) ? -1 : 0;
}

struct kvk_key *key_of(const char *pem)
{
	struct kvk_key *key;

	assert_int_equal(kvk_key_read(kvk_span_of(pem), NULL, &key), KVK_OK);
	assert_non_null(key);
	return key;
}

struct kvk_blob spki_of(const struct kvk_key *key)
{
	struct kvk_blob out = { .n = 0 };

	assert_int_equal(kvk_key_spki(key, &out), KVK_OK);
	return out;
}

struct kvk_blob algorithm_of(const struct kvk_signing *signing)
{
	struct kvk_blob out = { .n = 0 };

	assert_int_equal(kvk_signing_algorithm(signing, &out), KVK_OK);
	return out;
}

void put_file(const char *name, struct kvk_span bytes)
{
	assert_int_equal(kvk_file_replace(name, 0600, bytes), KVK_OK);
}

struct kvk_blob get_file(const char *name)
{
	struct kvk_blob out = { .n = 0 };

	assert_int_equal(kvk_file_read(name, KVK_LIMIT_FILE, 0, &out), KVK_OK);
	return out;
}

struct kvk_blob from_hex(const char *hex)
{
	struct kvk_blob digits = { .n = 0 }, out = { .n = 0 };

	for (; *hex; hex++) {
		if (*hex != ' ')
			assert_int_equal(kvk_blob_append_byte(&digits, (uint8_t)*hex), KVK_OK);
	}
	assert_int_equal(kvk_unhex(kvk_span_of_blob(&digits), &out), KVK_OK);
	kvk_blob_free(&digits);
	return out;
}

struct signature sign(const struct kvk_signing *signing, const char *pem)
{
	struct signature out = { .algorithm = algorithm_of(signing) };
	struct kvk_key *key = key_of(pem);

	out.spki = spki_of(key);
	assert_int_equal(kvk_key_sign(key, signing, kvk_span_of(DATA), &out.value), KVK_OK);
	kvk_key_free(key);
	return out;
}

enum kvk_err check(struct kvk_verifier *verifier, const struct signature *s, const char *data)
{
	return kvk_verify(verifier, kvk_span_of_blob(&s->spki), kvk_span_of_blob(&s->algorithm),
		kvk_span_of(data), kvk_span_of_blob(&s->value));
}

void drop(struct signature *s)
{
	kvk_blob_free(&s->spki);
	kvk_blob_free(&s->algorithm);
	kvk_blob_free(&s->value);
}

void replace(struct kvk_blob *blob, const char *hex)
{
	kvk_blob_free(blob);
	*blob = from_hex(hex);
}

int run(const char *format, ...)
{
	char command[2048] = "exec >run.out 2>&1; ";
	size_t n = strlen(command);
	va_list args;
	int rc;

	va_start(args, format);
	rc = vsnprintf(command + n, sizeof(command) - n, format, args);
	va_end(args);
	assert_true(rc > 0 && (size_t)rc < sizeof(command) - n);
	rc = system(command);
	assert_true(WIFEXITED(rc));
	return WEXITSTATUS(rc);
}

void need(const char *program)
{
	if (run("command -v %s", program) == 0)
		return;
	print_message("'%s' is not installed\n", program);
	skip();
}
