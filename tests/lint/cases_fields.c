/* SPDX-License-Identifier: Apache-2.0 */
/* Fields, attributes and names (RFC 5280 4.1, appendix A, 4.2.1.6). */
#include "config.h"

#include "tests/lint/lint.h"

void lint_add_extension(struct kvk_certificate *cert, enum kvk_oid type, bool critical)
{
	cert->ext.all[cert->ext.count++] = (struct kvk_extension){
		.oid = type,
		.type = kvk_oid_octets(type),
		.critical = critical,
	};
}

CHANGE(nothing)
{
	(void)cert;
}
CHANGE(serial_zero)
{
	cert->serial = OCTETS("\0");
}
CHANGE(serial_negative)
{
	cert->serial = OCTETS("\x80\x01");
}
CHANGE(serial_high_bit)
{
	cert->serial = OCTETS("\0\x80\x01");
}
CHANGE(serial_21)
{
	cert->serial = OCTETS("\x01"
			      "01234567890123456789");
}
CHANGE(serial_20)
{
	cert->serial = OCTETS("\x7f"
			      "0123456789012345678");
}
CHANGE(serial_20_signed)
{
	cert->serial = OCTETS("\0\xff"
			      "0123456789012345678");
}
CHANGE(reversed)
{
	cert->not_after = cert->not_before - 1;
}
CHANGE(one_moment)
{
	cert->not_after = cert->not_before;
}
CHANGE(unique_issuer)
{
	cert->issuer_unique_id = OCTETS("\0\1");
}
CHANGE(unique_subject)
{
	cert->subject_unique_id = OCTETS("\0\1");
}

CHANGE(no_subject)
{
	cert->subject.count = 0;
}
CHANGE(no_subject_soft_san)
{
	no_subject(cert);
	lint_add_extension(cert, KVK_OID_EXT_SAN, false);
}
CHANGE(no_subject_critical_san)
{
	no_subject(cert);
	lint_add_extension(cert, KVK_OID_EXT_SAN, true);
}

CHANGE(no_subject_signs_crls)
{
	no_subject_critical_san(cert);
	cert->ext.key_usage |= KVK_KU_CRL_SIGN;
}

static void attribute(
	struct kvk_certificate *cert, enum kvk_oid oid, unsigned tag, struct kvk_span value)
{
	sample_attribute(&cert->subject, oid, "");
	cert->subject.attributes[cert->subject.count - 1].tag = tag;
	cert->subject.attributes[cert->subject.count - 1].value = value;
}

static const char x65[] = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx";
/* 64 characters in 128 octets, and 65 in 130. */
static const char wide[131] = { 'x' };
static const char e64[] =
	"\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9"
	"\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9"
	"\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9"
	"\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9"
	"\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9\u00e9";

CHANGE(serial_utf8)
{
	attribute(cert, KVK_OID_SERIAL_NUMBER, KVK_DER_UTF8_STRING, OCTETS("1"));
}
CHANGE(o_ia5)
{
	attribute(cert, KVK_OID_O, KVK_DER_IA5_STRING, OCTETS("Voorbeeld"));
}
CHANGE(o_printable)
{
	attribute(cert, KVK_OID_O, KVK_DER_PRINTABLE_STRING, OCTETS("Voorbeeld"));
}
CHANGE(o_integer)
{
	attribute(cert, KVK_OID_O, KVK_DER_INTEGER, OCTETS("\1"));
}
CHANGE(mail_utf8)
{
	attribute(cert, KVK_OID_EMAIL, KVK_DER_UTF8_STRING, OCTETS("a@b.nl"));
}
CHANGE(mail_ia5)
{
	attribute(cert, KVK_OID_EMAIL, KVK_DER_IA5_STRING, OCTETS("a@b.nl"));
}
CHANGE(o_empty)
{
	attribute(cert, KVK_OID_O, KVK_DER_UTF8_STRING, OCTETS(""));
}
CHANGE(cn_65)
{
	attribute(cert, KVK_OID_CN, KVK_DER_UTF8_STRING, OCTETS(x65));
}
CHANGE(cn_64)
{
	attribute(cert, KVK_OID_CN, KVK_DER_UTF8_STRING,
		(struct kvk_span){ (const uint8_t *)x65, 64 });
}
CHANGE(o_64_of_two)
{
	attribute(cert, KVK_OID_O, KVK_DER_UTF8_STRING, OCTETS(e64));
}
CHANGE(o_bmp_64)
{
	attribute(cert, KVK_OID_O, KVK_DER_BMP_STRING,
		(struct kvk_span){ (const uint8_t *)wide, 128 });
}
CHANGE(o_bmp_65)
{
	attribute(cert, KVK_OID_O, KVK_DER_BMP_STRING,
		(struct kvk_span){ (const uint8_t *)wide, 130 });
}
CHANGE(l_65)
{
	attribute(cert, KVK_OID_L, KVK_DER_UTF8_STRING, OCTETS(x65));
}
CHANGE(country_nl)
{
	attribute(cert, KVK_OID_C, KVK_DER_PRINTABLE_STRING, OCTETS("NL"));
}
CHANGE(country_one)
{
	attribute(cert, KVK_OID_C, KVK_DER_PRINTABLE_STRING, OCTETS("N"));
}
CHANGE(country_digits)
{
	attribute(cert, KVK_OID_C, KVK_DER_PRINTABLE_STRING, OCTETS("31"));
}

static void san(struct kvk_certificate *cert, enum kvk_general_kind kind, struct kvk_span value)
{
	cert->ext.sans[0] = (struct kvk_general_name){ kind, value };
	cert->ext.san_count = 1;
}

CHANGE(dns_underscore)
{
	san(cert, KVK_GENERAL_DNS, OCTETS("a_b.voorbeeld.nl"));
}
CHANGE(dns_dot)
{
	san(cert, KVK_GENERAL_DNS, OCTETS("api.voorbeeld.nl."));
}
CHANGE(dns_space)
{
	san(cert, KVK_GENERAL_DNS, OCTETS(" "));
}
CHANGE(dns_url)
{
	san(cert, KVK_GENERAL_DNS, OCTETS("https://voorbeeld.nl"));
}
CHANGE(dns_escape)
{
	san(cert, KVK_GENERAL_DNS, OCTETS("a\033[2J.nl"));
}
CHANGE(dns_hyphen)
{
	san(cert, KVK_GENERAL_DNS, OCTETS("-a.voorbeeld.nl"));
}
CHANGE(dns_inner_star)
{
	san(cert, KVK_GENERAL_DNS, OCTETS("a.*.voorbeeld.nl"));
}
CHANGE(dns_star)
{
	san(cert, KVK_GENERAL_DNS, OCTETS("*.voorbeeld.nl"));
}
CHANGE(dns_one_label)
{
	san(cert, KVK_GENERAL_DNS, OCTETS("localhost"));
}
CHANGE(dns_digits)
{
	san(cert, KVK_GENERAL_DNS, OCTETS("3com.1and1.nl"));
}
CHANGE(san_mail)
{
	san(cert, KVK_GENERAL_EMAIL, OCTETS("a@voorbeeld.nl"));
}
CHANGE(san_mail_host)
{
	san(cert, KVK_GENERAL_EMAIL, OCTETS("voorbeeld.nl"));
}
CHANGE(san_ip_mask)
{
	san(cert, KVK_GENERAL_IP, OCTETS("\xc0\0\2\0\xff\xff\xff\0"));
}
CHANGE(san_ip)
{
	san(cert, KVK_GENERAL_IP, OCTETS("\xc0\0\2\1"));
}

const struct lint_case lint_cases_fields[] = {
	{ NULL, false, nothing, NULL },
	{ NULL, true, nothing, NULL },
	{ "serial-not-positive", false, serial_zero, NULL },
	{ "serial-not-positive", true, serial_negative, NULL },
	{ NULL, false, serial_high_bit, NULL },
	{ "serial-long", false, serial_21, NULL },
	{ NULL, false, serial_20, NULL },
	{ NULL, false, serial_20_signed, NULL },
	{ "reversed-validity", true, reversed, NULL },
	{ NULL, true, one_moment, NULL },
	{ "unique-identifier", false, unique_issuer, NULL },
	{ "unique-identifier", true, unique_subject, NULL },
	{ "empty-subject", false, no_subject, NULL },
	{ "empty-subject", false, no_subject_soft_san, NULL },
	{ NULL, false, no_subject_critical_san, NULL },
	{ "issuer-without-name", false, no_subject_signs_crls, NULL },
	{ "issuer-without-name", true, no_subject_critical_san, NULL },
	{ "attribute-type", false, serial_utf8, "serialNumber" },
	{ "attribute-type", true, o_ia5, ": O" },
	{ "attribute-type", false, o_integer, ": O" },
	{ "attribute-type", false, mail_utf8, "emailAddress" },
	{ NULL, false, mail_ia5, NULL },
	{ NULL, false, o_printable, NULL },
	{ "attribute-empty", false, o_empty, ": O" },
	{ "attribute-long", false, cn_65, ": CN" },
	{ "attribute-long", false, o_bmp_65, ": O" },
	{ NULL, false, cn_64, NULL },
	{ NULL, false, o_64_of_two, NULL },
	{ NULL, false, o_bmp_64, NULL },
	{ NULL, false, l_65, NULL },
	{ NULL, false, country_nl, NULL },
	{ "country", false, country_one, ": C" },
	{ "country", true, country_digits, ": C" },
	{ "alternative-name", false, dns_underscore, "'a_b.voorbeeld.nl'" },
	{ "alternative-name", false, dns_dot, NULL },
	{ "alternative-name", false, dns_space, NULL },
	{ "alternative-name", false, dns_url, NULL },
	{ "alternative-name", false, dns_escape, "\\x1b" },
	{ "alternative-name", false, dns_hyphen, NULL },
	{ "alternative-name", false, dns_inner_star, NULL },
	{ "alternative-name", false, san_mail_host, NULL },
	{ "alternative-name", false, san_ip_mask, "iPAddress" },
	{ NULL, false, dns_star, NULL },
	{ NULL, false, dns_one_label, NULL },
	{ NULL, false, dns_digits, NULL },
	{ NULL, false, san_mail, NULL },
	{ NULL, false, san_ip, NULL },
	{ NULL, false, NULL, NULL },
};
