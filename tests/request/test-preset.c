/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "base/dir.h"
#include "base/file.h"
#include "base/time.h"
#include "tests/request/help.h"

static const struct kvk_preset *find(const char *id)
{
	const struct kvk_preset *preset = kvk_preset_find(help_presets(), id);

	assert_non_null(preset);
	return preset;
}

static bool takes(const char *id, enum kvk_key_type type, unsigned bits)
{
	enum kvk_err err = kvk_preset_takes_key(find(id), type, bits, NULL);

	assert_true(err == KVK_OK || err == KVK_ERR_REFUSED);
	return err == KVK_OK;
}

static void the_four_are_there(void **state)
{
	struct kvk_blob ids = { .p = NULL };

	(void)state;
	assert_int_equal(kvk_preset_ids(help_presets(), &ids), KVK_OK);
	assert_string_equal(kvk_blob_str(&ids), "digicert, digidentity, generic, kpn");
	kvk_blob_free(&ids);
	assert_ptr_equal(find("KPN"), find("kpn"));
	assert_null(kvk_preset_find(help_presets(), "quovadis"));
}

/* Each says where it is from and of which day, and what to do next. */
static void each_is_complete(void **state)
{
	const struct kvk_vec *list = &help_presets()->list;

	(void)state;
	for (size_t i = 0; i < list->count; i++) {
		const struct kvk_preset *preset = kvk_vec_at(list, i);
		kvk_time date;

		assert_int_equal(kvk_time_parse(preset->date, &date), KVK_OK);
		for (int l = KVK_PRESET_SOURCES; l <= KVK_PRESET_DELIVERY; l++)
			assert_non_null(kvk_preset_text(preset, (enum kvk_preset_list)l, 0));
		assert_int_equal(
			preset->lead_days, strcmp(preset->id, "digidentity") == 0 ? 4 : 14);
		assert_int_equal(strncmp(preset->order_url, "https://", 8), 0);
		assert_null(kvk_preset_text(preset, KVK_PRESET_STEPS, 1000));
	}
}

static void tsps_refuse_what_they_refuse(void **state)
{
	struct kvk_error why = { "" };

	(void)state;
	assert_true(takes("kpn", KVK_KEY_RSA, 2048));
	assert_false(takes("kpn", KVK_KEY_RSA, 3072));
	assert_true(takes("kpn", KVK_KEY_RSA, 4096));
	assert_false(takes("kpn", KVK_KEY_ECDSA, 256));
	assert_true(takes("digicert", KVK_KEY_RSA, 3072));
	assert_false(takes("digicert", KVK_KEY_RSA, 8192));
	assert_false(takes("digicert", KVK_KEY_ECDSA, 384));
	assert_int_equal(
		kvk_preset_takes_key(find("kpn"), KVK_KEY_RSA, 3072, &why), KVK_ERR_REFUSED);
	assert_non_null(strstr(why.text, "2048, 4096"));
}

static void generic_refuses_little(void **state)
{
	(void)state;
	assert_true(takes("generic", KVK_KEY_RSA, 2048));
	assert_true(takes("generic", KVK_KEY_RSA, 2056));
	assert_true(takes("generic", KVK_KEY_RSA, 8192));
	assert_true(takes("generic", KVK_KEY_ECDSA, 256));
	assert_true(takes("generic", KVK_KEY_ECDSA, 521));
	assert_false(takes("generic", KVK_KEY_RSA, 2047));
	assert_false(takes("generic", KVK_KEY_RSA, 16384));
	assert_false(takes("generic", KVK_KEY_ECDSA, 224));
	assert_false(takes("generic", KVK_KEY_ED25519, 256));
}

static void default_sizes(void **state)
{
	(void)state;
	assert_int_equal(kvk_preset_key_bits(find("generic"), KVK_KEY_RSA), 3072);
	assert_int_equal(kvk_preset_key_bits(find("digicert"), KVK_KEY_RSA), 3072);
	assert_int_equal(kvk_preset_key_bits(find("kpn"), KVK_KEY_RSA), 4096);
	assert_int_equal(kvk_preset_key_bits(find("generic"), KVK_KEY_ECDSA), 256);
}

static void only_kpn_wants_the_place(void **state)
{
	(void)state;
	assert_true(find("kpn")->wants_locality && find("kpn")->wants_state);
	assert_false(find("generic")->wants_locality || find("generic")->wants_state);
	assert_false(find("digicert")->wants_locality || find("digicert")->wants_state);
}

static void load_bad(const char *text, enum kvk_err expected, const char *word)
{
	char folder[] = "/tmp/test-preset-XXXXXX";
	struct kvk_presets presets = { .list = { 0 } };
	struct kvk_error why = { "" };
	char path[128];

	assert_non_null(mkdtemp(folder));
	snprintf(path, sizeof path, "%s/tsp", folder);
	assert_int_equal(kvk_dir_make(path, 0700), KVK_OK);
	if (text != NULL) {
		snprintf(path, sizeof path, "%s/tsp/x.cfg", folder);
		assert_int_equal(kvk_file_create(path, 0600, kvk_span_of(text)), KVK_OK);
	}
	assert_int_equal(kvk_presets_load(folder, &presets, &why), expected);
	if (strstr(why.text, word) == NULL)
		fail_msg("it says '%s', not '%s'", why.text, word);
	assert_int_equal(presets.list.count, 0);
	assert_int_equal(kvk_dir_remove(folder), KVK_OK);
}

static void bad_presets_are_refused(void **state)
{
	struct kvk_presets presets = { .list = { 0 } };
	struct kvk_error why = { "" };

	(void)state;
	load_bad(NULL, KVK_ERR_CONFIG, "generic");
	load_bad("id = \"x\";", KVK_ERR_CONFIG, "name");
	load_bad("id = \"x\"; name = \"X\"; date = \"2026-11-22\"; rsa-bits = [ 1024 ];",
		KVK_ERR_CONFIG, "rsa-bits");
	load_bad("id = \"x\"; naam = \"X\";", KVK_ERR_CONFIG, "naam");
	load_bad("id = \"generic\"; name = \"X\"; date = \"2026-11-22\"; rsa-bits = [ 3072 ];",
		KVK_ERR_NOT_FOUND, "trust/ends.cfg");
	assert_int_equal(kvk_presets_load("/nonexistent", &presets, &why), KVK_ERR_NOT_FOUND);
	assert_non_null(strstr(why.text, "/nonexistent/tsp"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_four_are_there),
		cmocka_unit_test(each_is_complete),
		cmocka_unit_test(tsps_refuse_what_they_refuse),
		cmocka_unit_test(generic_refuses_little),
		cmocka_unit_test(default_sizes),
		cmocka_unit_test(only_kpn_wants_the_place),
		cmocka_unit_test(bad_presets_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, help_stop);
}
