/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/naming.h"

#include <string.h>

#include "base/format.h"
#include "watch/watched.h"

/* Above this no number is tried after a name: more entries than an inventory takes. */
#define NUMBERS (1u << 20)
/* Characters that a number takes, with its dash. */
#define NUMBER_SIZE 8

static void numbered(const char *base, unsigned number, char name[static KVK_LIMIT_ENTRY_NAME + 1])
{
	kvk_format(name, KVK_LIMIT_ENTRY_NAME + 1, "%.*s-%u",
		(int)(KVK_LIMIT_ENTRY_NAME - NUMBER_SIZE), base, number);
}

/* KVK_ERR_EXISTS where a name with this number is taken, KVK_OK where it is not. */
static enum kvk_err check_number(struct kvk_inventory *inventory, const char *base, unsigned number)
{
	char name[KVK_LIMIT_ENTRY_NAME + 1];
	struct kvk_entry entry;
	enum kvk_err err;

	numbered(base, number, name);
	err = kvk_inventory_find(inventory, name, &entry);
	if (err == KVK_ERR_NOT_FOUND)
		return KVK_OK;
	return err == KVK_OK ? KVK_ERR_EXISTS : err;
}

/* The first number above one that is taken to which a leap comes whose name is free. */
static enum kvk_err leap(
	struct kvk_inventory *inventory, const char *base, unsigned *taken, unsigned *unused)
{
	for (*unused = *taken + 1; *unused <= NUMBERS; *unused *= 2) {
		enum kvk_err err = check_number(inventory, base, *unused);

		if (err != KVK_ERR_EXISTS)
			return err;
		*taken = *unused;
	}
	return KVK_ERR_EXISTS;
}

/*
 * Finds a number above one that is taken whose name is free: leaps forward to one that is, then
 * halves the gap. With a hundred thousand certificates of one name, trying one after the other
 * would never end.
 */
static enum kvk_err find_number(
	struct kvk_inventory *inventory, const char *base, unsigned taken, unsigned *out)
{
	unsigned unused;
	enum kvk_err err;

	KVK_TRY(leap(inventory, base, &taken, &unused));
	while (unused - taken > 1) {
		unsigned middle = taken + (unused - taken) / 2;

		err = check_number(inventory, base, middle);
		if (err == KVK_ERR_EXISTS)
			taken = middle;
		else if (err == KVK_OK)
			unused = middle;
		else
			goto out;
	}
	err = KVK_OK;
	*out = unused;
out:
	return err;
}

/* Stores an entry whose name is taken under the next number that is free. */
static enum kvk_err add_numbered(
	struct kvk_naming *naming, struct kvk_inventory *inventory, struct kvk_entry *entry)
{
	char name[KVK_LIMIT_ENTRY_NAME + 1];
	enum kvk_err err;

	memcpy(name, entry->name, sizeof name);
	if (strcmp(name, naming->name) != 0) {
		memcpy(naming->name, name, sizeof name);
		naming->number = 1;
	}
	KVK_TRY(find_number(inventory, name, naming->number, &naming->number));
	numbered(name, naming->number, entry->name);
	KVK_TRY(kvk_inventory_add(inventory, entry));
out:
	return err;
}

enum kvk_err kvk_naming_add(struct kvk_naming *naming, struct kvk_inventory *inventory,
	const char *name, struct kvk_entry *entry)
{
	enum kvk_err err;

	KVK_FORMAT(entry->name, "%s", name);
	if (entry->name[0] == '\0')
		kvk_watched_name(strrchr(entry->path, '/') + 1, entry->name);
	if (entry->name[0] == '\0')
		KVK_FORMAT(entry->name, "certificate");
	err = kvk_inventory_add(inventory, entry);
	return err == KVK_ERR_EXISTS ? add_numbered(naming, inventory, entry) : err;
}
