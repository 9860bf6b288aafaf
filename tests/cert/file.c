/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <cmocka.h>

#include "cert/pem.h"
#include "made.h"

struct kvk_blob file;
struct kvk_contents contents;

void add_text(const char *text)
{
	assert_int_equal(kvk_blob_append_text(&file, text), KVK_OK);
}

void add_der(const char *text)
{
	struct made der = made_of(text);

	assert_int_equal(kvk_blob_append(&file, made_span(&der)), KVK_OK);
	made_free(&der);
}

void add_pem(const char *label, const char *text)
{
	struct made der = made_of(text);

	assert_int_equal(kvk_pem_write(&file, label, made_span(&der)), KVK_OK);
	made_free(&der);
}

void look(void)
{
	memset(&contents, 0, sizeof(contents));
	assert_int_equal(kvk_contents_read(&file, &contents), KVK_OK);
	assert_null(file.p);
}

int forget(void **state)
{
	(void)state;
	kvk_contents_free(&contents);
	kvk_blob_free(&file);
	return 0;
}
