/* SPDX-License-Identifier: Apache-2.0 */
/* How long what is in the cache answers, and what is asked again; the whole of it is in tests/net.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "app/online.h"
#include "base/path.h"
#include "net/cache.h"
#include "tests/gather/pki.h"
#include "tests/inventory/scratch.h"

#define URL "http://127.0.0.1:1/1.crl"

static const struct kvk_settings settings;
static struct kvk_home home;
static kvk_time now;

static enum kvk_err tell_now(kvk_time *out)
{
	*out = now;
	return KVK_OK;
}

static int set_up(void **state)
{
	scratch_make(state);
	kvk_blob_append_text(&home.path, scratch);
	pki_set_up(state);
	now = PKI_NOW;
	return 0;
}

static int tear_down(void **state)
{
	pki_tear_down(state);
	kvk_home_free(&home);
	scratch_remove(state);
	return 0;
}

/* Puts a list into the cache, of PKI_NOW, that counts for a day. */
static void keep_list(void)
{
	struct kvk_blob folder = { 0 };
	struct kvk_net_cached kept = { .fetched = PKI_NOW };
	size_t count;

	pki_revoke("Root", 0, NULL);
	kept.octets = kvk_crls_array(&pki.crls, &count)[0].crl->der;
	assert_int_equal(kvk_home_path(&home, KVK_HOME_CACHE, NULL, &folder), KVK_OK);
	assert_int_equal(
		kvk_net_cache_put(kvk_blob_str(&folder), URL, (struct kvk_span){ NULL, 0 }, &kept),
		KVK_OK);
	kvk_blob_free(&folder);
}

/* Asks for the list in a run of its own, and copies what came of it. */
static struct kvk_fetched ask(bool offline, bool refresh, enum kvk_net_reason *reason)
{
	const struct kvk_online_order order = {
		.settings = &settings,
		.home = &home,
		.offline = offline,
		.refresh = refresh,
		.at = now,
		.now = tell_now,
	};
	const struct kvk_question question = { .url = URL };
	struct kvk_online *online;
	struct kvk_wants wants;
	const struct kvk_wants *list[] = { &wants };
	struct kvk_fetcher fetcher;
	const struct kvk_fetched *fetched;
	struct kvk_error why = { "" };
	struct kvk_fetched out;
	size_t count;

	assert_int_equal(kvk_online_open(&order, &online), KVK_OK);
	wants = (struct kvk_wants)KVK_WANTS_INIT(online);
	fetcher = kvk_wants_fetcher(&wants);
	assert_int_equal(fetcher.look(fetcher.context, &question, &fetched), KVK_OK);
	assert_null(fetched);
	assert_int_equal(kvk_online_fetch(online, list, 1, &why), KVK_OK);
	assert_int_equal(fetcher.look(fetcher.context, &question, &fetched), KVK_OK);
	assert_non_null(fetched);
	(void)kvk_online_crls(online, &count);
	assert_int_equal(count, fetched->crl != NULL);
	out = *fetched;
	*reason = fetched->answer != NULL ? fetched->answer->reason : KVK_NET_OK;
	kvk_wants_free(&wants);
	kvk_online_close(online);
	return out;
}

static void a_recent_list_is_not_asked_for(void **state)
{
	struct kvk_fetched fetched;
	enum kvk_net_reason reason;

	(void)state;
	keep_list();
	now += 4 * KVK_HOUR - 1;
	fetched = ask(false, false, &reason);
	assert_int_equal(fetched.from, KVK_FETCHED_CACHE);
	assert_int_equal(fetched.age, 4 * KVK_HOUR - 1);
	assert_null(fetched.answer);
}

/* Its address is refused, because its port is not 80: the list counts as it would with no network.
 */
static void an_older_list_counts_where_nothing_comes(void **state)
{
	struct kvk_fetched fetched;
	enum kvk_net_reason reason;

	(void)state;
	keep_list();
	now += 4 * KVK_HOUR;
	fetched = ask(false, false, &reason);
	assert_int_equal(fetched.from, KVK_FETCHED_CACHE);
	assert_int_equal(reason, KVK_NET_ADDRESS_REFUSED);
	assert_int_equal(fetched.age, 4 * KVK_HOUR);
}

static void refresh_asks_for_a_recent_list(void **state)
{
	struct kvk_fetched fetched;
	enum kvk_net_reason reason;

	(void)state;
	keep_list();
	fetched = ask(false, true, &reason);
	assert_int_equal(reason, KVK_NET_ADDRESS_REFUSED);
	assert_int_equal(fetched.from, KVK_FETCHED_CACHE);
}

static void offline_nothing_is_asked(void **state)
{
	struct kvk_fetched fetched;
	enum kvk_net_reason reason;

	(void)state;
	fetched = ask(true, false, &reason);
	assert_int_equal(fetched.from, KVK_FETCHED_NOTHING);
	assert_int_equal(reason, KVK_NET_NOT_ASKED);
	keep_list();
	now += 20 * KVK_HOUR;
	fetched = ask(true, false, &reason);
	assert_int_equal(fetched.from, KVK_FETCHED_CACHE);
	assert_int_equal(reason, KVK_NET_NOT_ASKED);
	assert_int_equal(fetched.age, 20 * KVK_HOUR);
}

static bool is_crl(const void *context, struct kvk_span octets)
{
	(void)context;
	return octets.n > 0 && octets.p[0] == 0x30;
}

static bool is_nothing(const void *context, struct kvk_span octets)
{
	(void)context;
	(void)octets;
	return false;
}

static void a_file_comes_from_the_cache_if_it_is_the_right_one(void **state)
{
	const struct kvk_online_order order = { .settings = &settings,
		.home = &home,
		.offline = true,
		.refresh = true,
		.now = tell_now };
	struct kvk_online_file file = { .url = URL, .max_octets = 4096, .is_wanted = is_crl };
	struct kvk_online *online;
	struct kvk_blob out = { 0 };
	enum kvk_net_reason reason = KVK_NET_OK;
	struct kvk_error why = { "" };

	(void)state;
	keep_list();
	assert_int_equal(kvk_online_open(&order, &online), KVK_OK);
	assert_int_equal(kvk_online_get(online, &file, &out, &reason, &why), KVK_OK);
	assert_true(out.n > 0);
	file.is_wanted = is_nothing;
	assert_int_equal(kvk_online_get(online, &file, &out, &reason, &why), KVK_ERR_NOT_FOUND);
	assert_non_null(strstr(why.text, URL));
	assert_int_equal(reason, KVK_NET_NOT_ASKED);
	kvk_online_close(online);
	kvk_blob_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_recent_list_is_not_asked_for, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			an_older_list_counts_where_nothing_comes, set_up, tear_down),
		cmocka_unit_test_setup_teardown(refresh_asks_for_a_recent_list, set_up, tear_down),
		cmocka_unit_test_setup_teardown(offline_nothing_is_asked, set_up, tear_down),
		cmocka_unit_test_setup_teardown(
			a_file_comes_from_the_cache_if_it_is_the_right_one, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, pki_load, pki_unload);
}
