/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/fuzz/compose.h"

#include <string.h>

#define COUNT(array) ((unsigned)(sizeof(array) / sizeof((array)[0])))

static const enum kvk_oid types[] = { KVK_OID_CN, KVK_OID_O, KVK_OID_SERIAL_NUMBER, KVK_OID_C,
	KVK_OID_ORGANIZATION_IDENTIFIER, KVK_OID_OU, KVK_OID_L, KVK_OID_ST, KVK_OID_GIVEN_NAME,
	KVK_OID_EMAIL, KVK_OID_DC, KVK_OID_BUSINESS_CATEGORY, KVK_OID_JURISDICTION_C, KVK_OID_UID };
static const unsigned tags[] = { KVK_DER_UTF8_STRING, KVK_DER_PRINTABLE_STRING,
	KVK_DER_TELETEX_STRING, KVK_DER_BMP_STRING, KVK_DER_IA5_STRING, KVK_DER_UNIVERSAL_STRING,
	KVK_DER_NUMERIC_STRING, KVK_DER_OCTET_STRING };
static const char *const values[] = { "api.example.nl", "Voorbeeld B.V.", "00000003687501100000",
	"NL", "NTRNL-68750110", "68750110", "Staat der Nederlanden", "\x1b[2J", "a\nb",
	"\xe2\x80\xaex", "TRIAL PKIoverheid", "00000001123456782000", "Gemeente Voorbeeld",
	"Private Organization", "", "00000099000000010000", "*.example.nl", "10.1.2.3", "A", "a",
	" a  b ", "\xc3\x84" };
static const char *const hosts[] = { "api.example.nl", "example.nl", ".example.nl", "a.nl", "A.NL",
	"a.nl.", ".nl", "nl", "", "b.a.nl", "*.a.nl", "xn--a-.nl", "a..nl", "-a.nl" };
static const char *const mails[] = { "b@a.nl", "a.nl", ".a.nl", "B@A.nl", "@", "", "b@c@a.nl" };
static const char *const uris[] = { "http://a.nl/x", "http://a.nl", "ldap:///CN=a", "http://[::1]/",
	"urn:a", "a.nl", ".a.nl", "http://u@a.nl:80/", "https://crl.a.nl/a.crl",
	"http://127.0.0.1/" };
static const uint8_t addresses[] = { 10, 0, 0, 0, 255, 0, 0, 0, 10, 1, 2, 3, 255, 255, 255, 0, 0, 0,
	0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 };

static void put_attribute(
	struct kvk_der_writer *w, enum kvk_oid type, unsigned tag, struct kvk_span value)
{
	kvk_der_open(w, KVK_DER_SEQUENCE);
	kvk_der_put_oid(w, type);
	kvk_der_put(w, tag, value);
	kvk_der_close(w);
}

/* A name with two attributes that recurs; the writing changes with variant. */
static void fixed_name(struct kvk_der_writer *w, unsigned which, unsigned variant)
{
	static const char *const writings[] = { "ca x", "CA  X", " ca x ", "cA\xc2\xa0x" };
	char text[24];
	size_t n = strlen(writings[variant]);

	memcpy(text, writings[variant], n);
	text[n] = (char)('0' + which);
	kvk_der_open(w, KVK_DER_SET);
	put_attribute(w, KVK_OID_C, KVK_DER_PRINTABLE_STRING, kvk_span_of("NL"));
	kvk_der_close(w);
	kvk_der_open(w, KVK_DER_SET);
	put_attribute(w, KVK_OID_CN, variant == 1 ? KVK_DER_PRINTABLE_STRING : KVK_DER_UTF8_STRING,
		(struct kvk_span){ (const uint8_t *)text, n + 1 });
	kvk_der_close(w);
}

/* The subject of a leaf as it should be. */
static void good_name(struct kvk_der_writer *w)
{
	static const enum kvk_oid good[] = { KVK_OID_C, KVK_OID_O, KVK_OID_CN,
		KVK_OID_SERIAL_NUMBER, KVK_OID_ORGANIZATION_IDENTIFIER };
	static const char *const texts[] = { "NL", "Voorbeeld B.V.", "api.example.nl",
		"00000003687501100000", "NTRNL-68750110" };

	for (unsigned i = 0; i < COUNT(good); i++) {
		kvk_der_open(w, KVK_DER_SET);
		put_attribute(w, good[i],
			good[i] == KVK_OID_C || good[i] == KVK_OID_SERIAL_NUMBER ?
				KVK_DER_PRINTABLE_STRING :
				KVK_DER_UTF8_STRING,
			kvk_span_of(texts[i]));
		kvk_der_close(w);
	}
}

static void any_name(struct kvk_der_writer *w, struct choices *c)
{
	for (unsigned n = choose(c, 40) % 10; n > 0; n--) {
		kvk_der_open(w, KVK_DER_SET);
		for (unsigned joined = 0; joined == 0 || (joined < 4 && choose(c, 16) == 15);
			joined++) {
			enum kvk_oid type = types[choose(c, COUNT(types))];
			unsigned tag = tags[choose(c, 32) % 3 == 2 ? choose(c, COUNT(tags)) : 0];

			put_attribute(w, type, tag, choose_text(c, values, COUNT(values)));
		}
		kvk_der_close(w);
	}
}

void compose_name(struct kvk_der_writer *w, struct choices *c)
{
	unsigned which = choose(c, 32);

	kvk_der_open(w, KVK_DER_SEQUENCE);
	if (which < 8)
		fixed_name(w, which, 0);
	else if (which < 20)
		fixed_name(w, which % 4, (which - 4) / 4);
	else if (which < 24)
		good_name(w);
	else if (which > 24)
		any_name(w, c);
	kvk_der_close(w);
}

static void other_name(struct kvk_der_writer *w, struct choices *c)
{
	kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(0));
	kvk_der_put_oid(w, choose(c, 2) ? KVK_OID_OTHER_NAME_UPN : KVK_OID_UID);
	kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(0));
	kvk_der_put(w, KVK_DER_UTF8_STRING, choose_text(c, values, COUNT(values)));
	kvk_der_close(w);
	kvk_der_close(w);
}

static void put_address(struct kvk_der_writer *w, struct choices *c)
{
	static const size_t sizes[] = { 4, 8, 16, 32, 5, 0 };
	size_t n = sizes[choose(c, COUNT(sizes))];
	size_t from = choose(c, 3) * 4;

	from = from + n <= sizeof(addresses) ? from : 0;
	kvk_der_put(w, KVK_DER_CONTEXT(7), (struct kvk_span){ addresses + from, n });
}

static void general_name(struct kvk_der_writer *w, struct choices *c)
{
	switch (choose(c, 16)) {
	case 1:
		kvk_der_put(w, KVK_DER_CONTEXT(1), choose_text(c, mails, COUNT(mails)));
		break;
	case 2:
		kvk_der_put(w, KVK_DER_CONTEXT(6), choose_text(c, uris, COUNT(uris)));
		break;
	case 3:
		put_address(w, c);
		break;
	case 4:
		kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(4));
		compose_name(w, c);
		kvk_der_close(w);
		break;
	case 5:
		other_name(w, c);
		break;
	case 6:
		kvk_der_put(w, KVK_DER_CONTEXT(8), kvk_oid_octets(KVK_OID_UID));
		break;
	case 7:
		kvk_der_put(w, KVK_DER_CONTEXT_CONSTRUCTED(3), choose_bytes(c, 8));
		break;
	case 8:
		kvk_der_put(w, KVK_DER_CONTEXT_CONSTRUCTED(5), choose_bytes(c, 8));
		break;
	default:
		kvk_der_put(w, KVK_DER_CONTEXT(2), choose_text(c, hosts, COUNT(hosts)));
	}
}

void compose_general_names(struct kvk_der_writer *w, struct choices *c, unsigned most)
{
	unsigned n = choose(c, most);

	for (unsigned i = 0; i <= n; i++)
		general_name(w, c);
}
