/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

#include "base/encode.h"
#include "conf/datadir.h"
#include "tests/inventory/scratch.h"
#include "trust/knowledge.h"

#define SHA256 "2b4ee93832a4b2ca349e86c21caf8f959b106c2d0aa6fd49a983fca00574d1a6"
#define GOOD \
	"cas = ( { cn = \"Example CA\"; sha256 = \"" SHA256 \
	"\"; url = \"http://10.0.0.1:8/a\"; } );"

static enum kvk_err add(const char *text, struct kvk_cas *cas, struct kvk_error *why)
{
	put_text("cas.cfg", text);
	return kvk_cas_add(cas, below("cas.cfg"), "cas.cfg", why);
}

static void what_is_wrong_with_a_list_is_said(void **state)
{
	static const struct {
		const char *text, *says;
	} wrong[] = {
		{ "cas = ( { tsp = \"A\"; } );", "CA 1 in 'cas.cfg' is not valid: cn" },
		{ "cas = ( { cn = \"A\"; }, { cn = \"B\"; sha256 = \"00\"; } );", "CA 2 in" },
		{ "cas = ( { cn = \"A\"; sha256 = \"" SHA256 "00\"; } );", "64 hexadecimal" },
		{ "cas = ( { cn = \"A\"; not_after = \"2039\"; } );", "not_after" },
		{ "cas = ( { cn = \"A\"; url = \"http://a.nl/\"; } );", "url requires sha256" },
		{ "cas = ( { cn = \"A\"; sha256 = \"" SHA256 "\"; url = \"ftp://a.nl/\"; } );",
			"http or https" },
		{ "cas = ( { cn = \"A\"; sha256 = \"" SHA256 "\"; url = \"http://u@a.nl/\"; } );",
			"http or https" },
		{ "cas = ( { cm = \"A\"; } );", "did you mean 'cas.cn'" },
		{ "cas = (", "cas.cfg:1" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		struct kvk_cas cas = KVK_CAS_INIT;
		struct kvk_error why = { "" };

		assert_int_equal(add(wrong[i].text, &cas, &why), KVK_ERR_CONFIG);
		assert_non_null(strstr(why.text, wrong[i].says));
		kvk_cas_free(&cas);
	}
}

static void put_cn(struct kvk_name *name, struct kvk_attribute *attribute, const char *cn)
{
	*attribute = (struct kvk_attribute){
		.oid = KVK_OID_CN,
		.tag = KVK_DER_UTF8_STRING,
		.value = kvk_span_of(cn),
	};
	name->attributes = attribute;
	name->count = 1;
}

static void one_common_name_may_be_that_of_several(void **state)
{
	struct kvk_cas cas = KVK_CAS_INIT;
	struct kvk_name name = { .count = 0 };
	struct kvk_attribute attribute;
	const struct kvk_known_ca *first, *second;

	(void)state;
	assert_int_equal(
		add("cas = ( { cn = \"A\"; tsp = \"1\"; }, { cn = \"B\"; }, { cn = \"A\"; } );",
			&cas, NULL),
		KVK_OK);
	put_cn(&name, &attribute, "A");
	first = kvk_cas_next(&cas, &name, NULL);
	assert_string_equal(first->tsp, "1");
	second = kvk_cas_next(&cas, &name, first);
	assert_non_null(second);
	assert_ptr_not_equal(first, second);
	assert_null(kvk_cas_next(&cas, &name, second));
	put_cn(&name, &attribute, "AA");
	assert_null(kvk_cas_next(&cas, &name, NULL));
	kvk_cas_free(&cas);
}

/* An address of one's own may be private; that of the installed list is the authority's. */
static void a_list_of_ones_own_joins_the_installed_one(void **state)
{
	struct kvk_knowledge *knowledge = NULL;
	struct kvk_name name = { .count = 0 };
	struct kvk_attribute attribute;
	const struct kvk_known_ca *ca;

	(void)state;
	assert_int_equal(kvk_knowledge_load(kvk_datadir(), &knowledge, NULL), KVK_OK);
	put_text("own.cfg", GOOD);
	put_cn(&name, &attribute, "Example CA");
	assert_null(kvk_cas_next(kvk_knowledge_cas(knowledge), &name, NULL));
	assert_int_equal(kvk_knowledge_add_cas(knowledge, below("own.cfg"), NULL), KVK_OK);
	ca = kvk_cas_next(kvk_knowledge_cas(knowledge), &name, NULL);
	assert_non_null(ca);
	assert_string_equal(ca->url, "http://10.0.0.1:8/a");
	put_cn(&name, &attribute, "KPN - G4 PKIo Priv G-TLS SYS - 2025");
	ca = kvk_cas_next(kvk_knowledge_cas(knowledge), &name, NULL);
	assert_string_equal(ca->url, "https://cert.pkioverheid.nl/KPNG4PKIoPrivGTLSSYS2025.cer");
	assert_true(ca->has_sha256);
	assert_ptr_equal(kvk_cas_find(kvk_knowledge_cas(knowledge), ca->sha256), ca);
	kvk_knowledge_free(knowledge);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
			what_is_wrong_with_a_list_is_said, scratch_make, scratch_remove),
		cmocka_unit_test_setup_teardown(
			one_common_name_may_be_that_of_several, scratch_make, scratch_remove),
		cmocka_unit_test_setup_teardown(
			a_list_of_ones_own_joins_the_installed_one, scratch_make, scratch_remove),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
