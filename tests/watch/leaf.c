/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/watch/leaf.h"

#include <stdio.h>

#include "watch/watched.h"

const struct kvk_threshold_days days;
struct kvk_looks looks;
static struct kvk_inventory *inventory;

int make_looks(void **state)
{
	if (scratch_make(state) != 0)
		return -1;
	inventory = open_inventory();
	looks = (struct kvk_looks)KVK_LOOKS_INIT(inventory);
	return 0;
}

int free_looks(void **state)
{
	kvk_looks_free(&looks);
	kvk_inventory_close(inventory);
	return scratch_remove(state);
}

struct kvk_entry watched_entry(kvk_time now)
{
	const struct delivery_options options = { .days = 365, .now = now };
	struct kvk_entry entry = entry_of("a", 1);
	struct delivery made = { 0 };
	struct kvk_watched watched;

	assert_int_equal(delivery_make(&options, &made), KVK_OK);
	put("leaf.pem", kvk_span_of_blob(&made.leaf));
	delivery_free(&made);
	snprintf(entry.path, sizeof entry.path, "%s", below("leaf.pem"));
	assert_int_equal(kvk_watched_read(entry.path, NULL, &watched), KVK_OK);
	entry.certificate = watched.certificate;
	return entry;
}

void assert_view(const struct kvk_entry *entry, kvk_time at, enum kvk_view_state state,
	enum kvk_exit code, enum kvk_view_action action)
{
	struct kvk_entry_view view;

	assert_int_equal(kvk_assess(entry, &looks, &days, at, &view), KVK_OK);
	assert_int_equal(view.state, state);
	assert_int_equal(view.code, code);
	assert_int_equal(view.action, action);
	kvk_view_free(&view);
}
