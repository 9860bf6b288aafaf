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

void put_octet(size_t at, uint8_t octet)
{
	assert_int_equal(kvk_blob_append_byte(&file, 0), KVK_OK);
	memmove(file.p + at + 1, file.p + at, file.n - at - 1);
	file.p[at] = octet;
}

void assert_file(enum kvk_file_form form, enum kvk_java_reading java, uint32_t remarks)
{
	look();
	if (contents.remarks != remarks)
		for (int i = 0; i < KVK_REMARK_COUNT; i++)
			if ((contents.remarks ^ remarks) >> i & 1)
				print_error("remark '%s' is %s\n",
					kvk_remark_id((enum kvk_remark)i),
					contents.remarks >> i & 1 ? "there" : "missing");
	assert_int_equal(contents.remarks, remarks);
	assert_int_equal(contents.form, form);
	assert_int_equal(contents.java, java);
	assert_true(
		java == KVK_JAVA_FAILS || java != KVK_JAVA_READS || contents.failed_block == -1);
	forget(NULL);
}
