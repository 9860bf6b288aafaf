/* SPDX-License-Identifier: Apache-2.0 */
/* Which certificates may be imported, how an imported one is found, and the roots of the system. */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "app/anchors.h"
#include "app/load.h"
#include "app/system_store.h"
#include "tests/gather/pki.h"
#include "tests/inventory/scratch.h"

static struct kvk_anchors anchors;
static struct kvk_error why;

static int set_up(void **state)
{
	memset(&anchors, 0, sizeof anchors);
	why.text[0] = '\0';
	return scratch_make(state) || pki_set_up(state);
}

static int tear_down(void **state)
{
	kvk_anchors_close(&anchors);
	return pki_tear_down(state) || scratch_remove(state);
}

static void sign_no_certificates(struct kvk_issue *issue)
{
	kvk_issue_key_usage(issue, KVK_KU_CRL_SIGN);
}

static void have_no_key_usage(struct kvk_issue *issue)
{
	kvk_issue_drop(issue, KVK_OID_EXT_KEY_USAGE);
}

/* What comes of importing this certificate. */
static enum kvk_err try(const struct kvk_certificate *certificate)
{
	struct kvk_contents *contents = NULL;
	const struct kvk_certificate *out;
	enum kvk_err err;

	put("root.pem", certificate->der);
	err = kvk_anchors_read(below("root.pem"), &contents, &out, &why);
	if (err == KVK_OK)
		assert_memory_equal(out->sha256, certificate->sha256, KVK_SHA256_SIZE);
	kvk_unload_contents(contents);
	return err;
}

static void test_what_may_be_imported(void **state)
{
	(void)state;
	assert_int_equal(try(pki_certify("A", 0, "A", 0, NULL)), KVK_OK);
	assert_int_equal(try(pki_certify("A", 0, "A", 0, have_no_key_usage)), KVK_OK);
	assert_int_equal(try(pki_certify("A", 0, "A", 0, sign_no_certificates)), KVK_ERR_REFUSED);
	assert_non_null(strstr(why.text, "keyCertSign"));
	assert_int_equal(try(pki_certify("A", 0, "A", 0, pki_be_a_leaf)), KVK_ERR_REFUSED);
	assert_non_null(strstr(why.text, "not a CA certificate"));
	assert_int_equal(try(pki_certify("A", 0, "B", 1, NULL)), KVK_ERR_REFUSED);
	assert_int_equal(try(pki_certify("A", 0, "A", 1, NULL)), KVK_ERR_REFUSED);
	assert_non_null(strstr(why.text, "not self-signed"));
}

static void open_again(void)
{
	kvk_anchors_close(&anchors);
	memset(&anchors, 0, sizeof anchors);
	assert_int_equal(kvk_anchors_open(scratch, false, &anchors, &why), KVK_OK);
}

static void test_find(void **state)
{
	const struct kvk_certificate *a = pki_certify("A", 0, "A", 0, NULL),
				     *twin = pki_certify("A", 1, "A", 1, NULL);
	const struct kvk_anchor *found;
	size_t count;

	(void)state;
	open_again();
	assert_int_equal(kvk_anchors_import(&anchors, a, PKI_NOW, &why), KVK_OK);
	open_again();
	assert_int_equal(kvk_anchors_find(&anchors, "A", &found, &why), KVK_OK);
	assert_memory_equal(found->sha256, a->sha256, KVK_SHA256_SIZE);
	assert_int_equal(kvk_anchors_find(&anchors, "B", &found, &why), KVK_ERR_USAGE);
	assert_int_equal(kvk_anchors_import(&anchors, twin, PKI_NOW, &why), KVK_OK);
	open_again();
	assert_int_equal(kvk_anchors_find(&anchors, "A", &found, &why), KVK_ERR_USAGE);
	assert_non_null(strstr(why.text, "several"));
	assert_int_equal(kvk_anchors_find(&anchors,
				 kvk_trust_anchors(&anchors.trust, &count)[0].label, &found, &why),
		KVK_ERR_USAGE);
	assert_non_null(strstr(why.text, "comes with this program"));
}

static void test_fingerprint(void **state)
{
	uint8_t sha256[KVK_SHA256_SIZE];
	char text[3 * KVK_SHA256_SIZE + 2];

	(void)state;
	for (size_t i = 0; i < KVK_SHA256_SIZE; i++)
		memcpy(text + 3 * i, "aB:", 4);
	assert_true(kvk_anchors_fingerprint(text, sha256));
	assert_int_equal(sha256[KVK_SHA256_SIZE - 1], 0xab);
	assert_false(kvk_anchors_fingerprint(text + 3, sha256));
	memcpy(text + 3 * KVK_SHA256_SIZE, "a", 2);
	assert_false(kvk_anchors_fingerprint(text, sha256));
	assert_false(kvk_anchors_fingerprint("", sha256));
}

/* Read once, when it is asked for; a root that is an anchor already is not there twice. */
static void test_system_store(void **state)
{
	const struct kvk_certificate *a = pki_certify("A", 0, "A", 0, NULL);
	struct kvk_system_store *store;
	struct kvk_case asked = { .system_store = below("none.pem"), .home = scratch };
	const struct kvk_trust *trust;

	(void)state;
	assert_int_equal(kvk_system_store_new(&asked, &store), KVK_OK);
	assert_int_equal(kvk_system_store_trust(store, &trust), KVK_OK);
	assert_null(trust);
	kvk_system_store_free(store);
	open_again();
	assert_int_equal(kvk_anchors_import(&anchors, a, PKI_NOW, &why), KVK_OK);
	put("store.pem", a->der);
	asked.system_store = below("store.pem");
	assert_int_equal(kvk_system_store_new(&asked, &store), KVK_OK);
	assert_int_equal(kvk_system_store_trust(store, &trust), KVK_OK);
	assert_non_null(trust);
	assert_true(trust->system);
	assert_int_equal(trust->anchors.count, 3);
	kvk_system_store_free(store);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_what_may_be_imported, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_find, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_fingerprint, set_up, tear_down),
		cmocka_unit_test_setup_teardown(test_system_store, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, pki_load, pki_unload);
}
