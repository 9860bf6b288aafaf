/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/inventory/scratch.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include <cmocka.h>

#include "base/dir.h"
#include "base/file.h"
#include "tests/support/alloc.h"

char scratch[64];

int scratch_make(void **state)
{
	(void)state;
	umask(022);
	strcpy(scratch, "/tmp/kvkcsr-test-XXXXXX");
	return mkdtemp(scratch) != NULL ? 0 : -1;
}

int scratch_remove(void **state)
{
	(void)state;
	kvk_alloc_fail_after(-1);
	return kvk_dir_remove(scratch) == KVK_OK ? 0 : -1;
}

const char *below(const char *name)
{
	static char paths[4][256];
	static unsigned turn;
	char *path = paths[turn++ % 4];

	snprintf(path, sizeof paths[0], "%s/%s", scratch, name);
	return path;
}

void put(const char *name, struct kvk_span bytes)
{
	assert_int_equal(kvk_file_replace(below(name), 0644, bytes), KVK_OK);
}

void put_text(const char *name, const char *text)
{
	put(name, kvk_span_of(text));
}

void get(const char *name, struct kvk_blob *out)
{
	assert_int_equal(kvk_file_read(below(name), KVK_LIMIT_FILE, 0, out), KVK_OK);
}

const char *list_below(const char *folder)
{
	static char text[1024];
	struct dirent **names;
	int n = scandir(below(folder), &names, NULL, alphasort);

	text[0] = '\0';
	for (int i = 0; i < n; i++) {
		if (names[i]->d_name[0] != '.' || strlen(names[i]->d_name) > 2)
			snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s",
				text[0] != '\0' ? " " : "", names[i]->d_name);
		free(names[i]);
	}
	if (n >= 0)
		free(names);
	return text;
}

struct kvk_inventory *open_inventory(void)
{
	struct kvk_inventory *inventory = NULL;
	struct kvk_error why = { "" };

	assert_int_equal(kvk_inventory_open(scratch, true, &inventory, &why), KVK_OK);
	assert_non_null(inventory);
	return inventory;
}

struct kvk_entry entry_of(const char *name, uint8_t octet)
{
	struct kvk_entry entry = { .stage = KVK_STAGE_TRACKED, .since = 7 * KVK_DAY };

	snprintf(entry.name, sizeof entry.name, "%s", name);
	snprintf(entry.path, sizeof entry.path, "/watched/%s.pem", name);
	entry.certificate.present = true;
	memset(entry.certificate.sha256, octet, KVK_SHA256_SIZE);
	strcpy(entry.certificate.serial, "0102");
	entry.certificate.not_after = 365 * KVK_DAY;
	entry.certificate.ends = entry.certificate.not_after;
	strcpy(entry.certificate.ends_by, KVK_ENDS_BY_LEAF);
	entry.certificate.holder.known = true;
	memset(entry.certificate.file_sha256, octet, KVK_SHA256_SIZE);
	return entry;
}
