/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cases.h"

#include "made.h"

#define FINE(id, text) \
	{ \
		.name = id, .der = text \
	}
#define BAD(id, why, text) \
	{ \
		.name = id, .der = text, .err = KVK_ERR_DER, .remark = why \
	}
#define KIND(id, what, text) \
	{ \
		.name = id, .der = text, .tolerated = what \
	}

/* A certificate with these parts of its signed part and the outer algorithm that fits. */
#define PARTS(serial, algorithm, issuer, dates, subject, key) \
	MADE_SIGNED(MADE_V3 serial algorithm issuer dates subject key, MADE_SHA256_RSA)
#define DATES(a, b) \
	PARTS(MADE_SERIAL, MADE_SHA256_RSA, MADE_NAME("I"), "30(" a b ")", MADE_NAME("S"), MADE_KEY)
#define SUBJECT(text) \
	PARTS(MADE_SERIAL, MADE_SHA256_RSA, MADE_NAME("I"), MADE_DATES, text, MADE_KEY)
#define EIGHT(x) x x x x x x x x
#define SIXTY_FOUR(x) EIGHT(EIGHT(x))
#define BC_CA MADE_EXTENSION(MADE_BC, MADE_CRITICAL, "30(0101ff)")
#define THIRTY_TWO(x) EIGHT(x) EIGHT(x) EIGHT(x) EIGHT(x)
#define TWO_FIFTY_FIVE(x) \
	SIXTY_FOUR(x) \
	SIXTY_FOUR(x) SIXTY_FOUR(x) THIRTY_TWO(x) EIGHT(x) EIGHT(x) EIGHT(x) x x x x x x x
#define MAPPING "30(06(2a03)06(2a04))"
#define SUBTREE "30(8201 61)"
#define POINT "30(a0(a0(86('http://a.nl/c'))))"
#define ACCESS "30(06(2b06010505073001)86('http://a.nl/'))"
#define FOUR_OF(arc, a, b, c, d) \
	MADE_EXTENSION(arc "0" a, "", "") \
	MADE_EXTENSION(arc "0" b, "", "") \
	MADE_EXTENSION(arc "0" c, "", "") MADE_EXTENSION(arc "0" d, "", "")
#define SIXTEEN_OF(arc) \
	FOUR_OF(arc, "0", "1", "2", "3") \
	FOUR_OF(arc, "4", "5", "6", "7") \
	FOUR_OF(arc, "8", "9", "a", "b") FOUR_OF(arc, "c", "d", "e", "f")
#define DNS(text) "82('" text "')"

const struct cert_case certificate_cases[] = {
	FINE("v1", MADE_CERTIFICATE("", "")),
	FINE("v2-unique-ids", MADE_CERTIFICATE("a0(020101)", "81(00aa)82(00bb)")),
	FINE("v3-plain", MADE_CERTIFICATE(MADE_V3, "")),
	KIND("v1-written-out", KVK_DER_DEFAULT, MADE_CERTIFICATE("a0(020100)", "")),
	/* Java takes any number, and extensions only with version 3 */
	KIND("v4", KVK_DER_RANGE, MADE_CERTIFICATE("a0(020103)", "")),
	BAD("v4-with-extensions", KVK_DER_CONTENT,
		MADE_CERTIFICATE("a0(020103)", MADE_EXTENSIONS(BC_CA))),
	BAD("version-huge", KVK_DER_RANGE, MADE_CERTIFICATE("a0(02050080000000)", "")),
	BAD("version-negative", KVK_DER_NEGATIVE, MADE_CERTIFICATE("a0(0201ff)", "")),
	BAD("version-twice", KVK_DER_TRAILING, MADE_CERTIFICATE("a0(020102020102)", "")),
	BAD("v1-with-extensions", KVK_DER_TRAILING, MADE_CERTIFICATE("", MADE_EXTENSIONS(BC_CA))),
	BAD("v2-with-extensions", KVK_DER_CONTENT,
		MADE_CERTIFICATE("a0(020101)", MADE_EXTENSIONS(BC_CA))),
	BAD("empty", KVK_DER_TRUNCATED, ""),
	BAD("empty-sequence", KVK_DER_TRUNCATED, "30()"),
	BAD("empty-sequences", KVK_DER_TRUNCATED, "30(30()30()030100)"),
	BAD("signature-no-octet", KVK_DER_BAD_BIT_STRING, "30(30()30()0300)"),
	BAD("only-tag", KVK_DER_TRUNCATED, "30"),
	BAD("cut", KVK_DER_TRUNCATED, "30820300 3082"),
	BAD("trailing", KVK_DER_TRAILING, MADE_CERTIFICATE(MADE_V3, "") "00"),
	BAD("trailing-inside", KVK_DER_TRAILING,
		"30(30(" MADE_V3 MADE_SERIAL MADE_SHA256_RSA MADE_NAME("I")
			MADE_DATES MADE_NAME("S") MADE_KEY ")" MADE_SHA256_RSA "03(00aa)0500)"),
	BAD("algorithm-differs", KVK_DER_CONTENT,
		MADE_SIGNED(MADE_V3 MADE_SERIAL MADE_SHA256_RSA MADE_NAME("I")
				    MADE_DATES MADE_NAME("S") MADE_KEY,
			"30(06(2a864886f70d010105)0500)")),
	KIND("algorithm-null-differs", KVK_DER_CONTENT,
		MADE_SIGNED(MADE_V3 MADE_SERIAL MADE_SHA256_RSA MADE_NAME("I")
				    MADE_DATES MADE_NAME("S") MADE_KEY,
			"30(06(2a864886f70d01010b))")),
	KIND("serial-long-form", KVK_DER_BAD_INTEGER,
		PARTS("02020001", MADE_SHA256_RSA, MADE_NAME("I"), MADE_DATES, MADE_NAME("S"),
			MADE_KEY)),
	FINE("serial-negative",
		PARTS("0201ff", MADE_SHA256_RSA, MADE_NAME("I"), MADE_DATES, MADE_NAME("S"),
			MADE_KEY)),
	BAD("issuer-empty", KVK_DER_EMPTY,
		PARTS(MADE_SERIAL, MADE_SHA256_RSA, "30()", MADE_DATES, MADE_NAME("S"), MADE_KEY)),
	BAD("key-empty", KVK_DER_TRUNCATED,
		PARTS(MADE_SERIAL, MADE_SHA256_RSA, MADE_NAME("I"), MADE_DATES, MADE_NAME("S"),
			"30()")),
	BAD("rsa-tiny", KVK_DER_RANGE,
		PARTS(MADE_SERIAL, MADE_SHA256_RSA, MADE_NAME("I"), MADE_DATES, MADE_NAME("S"),
			"30(30(06(2a864886f70d010101)0500)03(00 30(0202 7fff 020103)))")),

	BAD("date-month-13", KVK_DER_BAD_TIME, DATES("17('261301000000Z')", "17('290101000000Z')")),
	BAD("date-third", KVK_DER_TRAILING,
		DATES("17('260101000000Z')", "17('290101000000Z')17('290101000000Z')")),
	BAD("date-missing", KVK_DER_TRUNCATED, DATES("17('260101000000Z')", "")),
	KIND("date-generalized", KVK_DER_TIME_FORM,
		DATES("18('20260101000000Z')", "17('290101000000Z')")),
	FINE("date-9999", DATES("17('260101000000Z')", "18('99991231235959Z')")),

	KIND("subject-empty", KVK_DER_EMPTY, SUBJECT("30()")),
	BAD("subject-empty-plain-san", KVK_DER_EMPTY,
		MADE_SIGNED(MADE_V3 MADE_SERIAL MADE_SHA256_RSA MADE_NAME("I") MADE_DATES
			"30()" MADE_KEY MADE_EXTENSIONS(
				MADE_EXTENSION(MADE_SAN, "", "30(" DNS("a.nl") ")")),
			MADE_SHA256_RSA)),
	FINE("subject-empty-critical-san",
		MADE_SIGNED(MADE_V3 MADE_SERIAL MADE_SHA256_RSA MADE_NAME("I") MADE_DATES
			"30()" MADE_KEY MADE_EXTENSIONS(
				MADE_EXTENSION(MADE_SAN, MADE_CRITICAL, "30(" DNS("a.nl") ")")),
			MADE_SHA256_RSA)),
	FINE("subject-nul", SUBJECT("30(" MADE_CN("'a.nl' 00 '.evil.nl'") ")")),
	KIND("subject-not-utf8", KVK_DER_BAD_STRING, SUBJECT("30(" MADE_CN("fffe") ")")),
	KIND("subject-printable-at", KVK_DER_BAD_STRING,
		SUBJECT("30(" MADE_ATTRIBUTE("550403", "13", "'a@b'") ")")),
	FINE("subject-no-string", SUBJECT("30(31(30(06(550403)020105)))")),
	BAD("subject-no-set", KVK_DER_TAG, SUBJECT("30(30(06(550403)0c('a')))")),
	BAD("subject-three-parts", KVK_DER_TRAILING, SUBJECT("30(31(30(06(550403)0c('a')0500)))")),
	KIND("subject-empty-rdn", KVK_DER_EMPTY, SUBJECT("30(31()" MADE_CN("'a'") ")")),
	FINE("subject-two-in-one", SUBJECT("30(31(30(06(550403)0c('a'))30(06(55040a)0c('b'))))")),
	KIND("subject-set-order", KVK_DER_SET_ORDER,
		SUBJECT("30(31(30(06(55040a)0c('b'))30(06(550403)0c('a'))))")),
	FINE("subject-32",
		SUBJECT("30(" EIGHT(MADE_CN("'a'")) EIGHT(MADE_CN("'a'")) EIGHT(MADE_CN("'a'"))
				EIGHT(MADE_CN("'a'")) ")")),
	FINE("subject-64", SUBJECT("30(" SIXTY_FOUR(MADE_CN("'a'")) ")")),
	FINE("nc-deep-value",
		MADE_WITH_ONE(MADE_NC, MADE_CRITICAL,
			"30(a0(30(a4(30(31(30(06(550403)30(30(30(30(30(30(30(0500))))))))))))))")),

	KIND("extensions-empty", KVK_DER_EMPTY, MADE_WITH("")),
	BAD("extensions-empty-subject-empty", KVK_DER_EMPTY,
		MADE_SIGNED(MADE_V3 MADE_SERIAL MADE_SHA256_RSA MADE_NAME("I") MADE_DATES
			"30()" MADE_KEY MADE_EXTENSIONS(""),
			MADE_SHA256_RSA)),
	BAD("extension-twice", KVK_DER_DUPLICATE, MADE_WITH(BC_CA BC_CA)),
	/* one that cannot be read, and is not critical, does not count for Java */
	KIND("extension-twice-latter-broken", KVK_DER_TAG,
		MADE_WITH(BC_CA MADE_EXTENSION(MADE_BC, "", "0500"))),
	KIND("extension-twice-former-broken", KVK_DER_TAG,
		MADE_WITH(MADE_EXTENSION(MADE_BC, "", "0500") BC_CA)),
	KIND("extension-twice-broken", KVK_DER_TAG,
		MADE_WITH(MADE_EXTENSION(MADE_BC, "", "0500") MADE_EXTENSION(MADE_BC, "", "0500"))),
	BAD("extension-unknown-twice", KVK_DER_DUPLICATE,
		MADE_WITH(MADE_EXTENSION("2a0304", "", "00") MADE_EXTENSION("2a0304", "", "01"))),
	KIND("extension-critical-false", KVK_DER_DEFAULT, MADE_WITH_ONE(MADE_BC, "010100", "30()")),
	KIND("extension-critical-one", KVK_DER_BAD_BOOLEAN,
		MADE_WITH_ONE(MADE_BC, "010101", "30()")),
	KIND("extension-trailing", KVK_DER_TRAILING, MADE_WITH("30(06(" MADE_BC ")04(30())0500)")),
	BAD("extension-without-value", KVK_DER_TRUNCATED, MADE_WITH("30(06(" MADE_BC "))")),
	BAD("extension-hidden", KVK_DER_TRAILING,
		MADE_CERTIFICATE(MADE_V3, "0500" MADE_EXTENSIONS(BC_CA))),
	KIND("extensions-and-more", KVK_DER_TRAILING,
		MADE_CERTIFICATE(MADE_V3, MADE_EXTENSIONS(BC_CA) "0500")),
	FINE("extension-unknown-critical", MADE_WITH_ONE("2a0304", MADE_CRITICAL, "ff")),

	FINE("bc-ca", MADE_WITH(BC_CA)),
	FINE("bc-ca-path", MADE_WITH_ONE(MADE_BC, MADE_CRITICAL, "30(0101ff020103)")),
	KIND("bc-path-without-ca", KVK_DER_CONTENT,
		MADE_WITH_ONE(MADE_BC, MADE_CRITICAL, "30(020100)")),
	KIND("bc-path-negative", KVK_DER_NEGATIVE,
		MADE_WITH_ONE(MADE_BC, MADE_CRITICAL, "30(0101ff0201ff)")),
	BAD("bc-path-negative-huge", KVK_DER_NEGATIVE,
		MADE_WITH_ONE(MADE_BC, MADE_CRITICAL, "30(0101ff 0205 8000000000)")),
	KIND("bc-other-first", KVK_DER_CONTENT,
		MADE_WITH_ONE(MADE_BC, MADE_CRITICAL, "30(0500 ff)")),
	BAD("bc-other-first-cut", KVK_DER_TRUNCATED,
		MADE_WITH_ONE(MADE_BC, MADE_CRITICAL, "30(0502)")),
	BAD("bc-path-huge", KVK_DER_RANGE,
		MADE_WITH_ONE(MADE_BC, MADE_CRITICAL, "30(0101ff 0209 010000000000000000)")),
	BAD("bc-trailing-critical", KVK_DER_TRAILING,
		MADE_WITH_ONE(MADE_BC, MADE_CRITICAL, "30(0101ff)00")),
	KIND("bc-trailing", KVK_DER_TRAILING, MADE_WITH_ONE(MADE_BC, "", "30(0101ff)00")),
	FINE("ku", MADE_WITH_ONE(MADE_KU, MADE_CRITICAL, "030205a0")),
	BAD("ku-no-bits", KVK_DER_TAG, MADE_WITH_ONE(MADE_KU, MADE_CRITICAL, "0402 05a0")),
	FINE("eku", MADE_WITH_ONE(MADE_EKU, "", "30(06(2b06010505070302))")),
	KIND("eku-empty", KVK_DER_EMPTY, MADE_WITH_ONE(MADE_EKU, "", "30()")),
	FINE("eku-64", MADE_WITH_ONE(MADE_EKU, "", "30(" SIXTY_FOUR("06012a") ")")),
	FINE("ski", MADE_WITH_ONE(MADE_SKI, "", "04(0102)")),
	KIND("ski-wrong", KVK_DER_TAG, MADE_WITH_ONE(MADE_SKI, "", "30(0102)")),
	FINE("aki", MADE_WITH_ONE(MADE_AKI, "", "30(80(0102))")),
	KIND("aki-serial-alone", KVK_DER_CONTENT, MADE_WITH_ONE(MADE_AKI, "", "30(8201 05)")),

	FINE("san", MADE_WITH_ONE(MADE_SAN, "", "30(" DNS("a.nl") ")")),
	KIND("san-empty", KVK_DER_EMPTY, MADE_WITH_ONE(MADE_SAN, "", "30()")),
	KIND("san-nul", KVK_DER_BAD_STRING,
		MADE_WITH_ONE(MADE_SAN, "", "30(82('a.nl' 00 '.evil.nl'))")),
	KIND("san-uri-blank", KVK_DER_BAD_STRING,
		MADE_WITH_ONE(MADE_SAN, "", "30(86('http://a b/'))")),
	BAD("san-uri-blank-critical", KVK_DER_BAD_STRING,
		MADE_WITH_ONE(MADE_SAN, MADE_CRITICAL, "30(86('http://a b/'))")),
	BAD("san-ip-5", KVK_DER_CONTENT,
		MADE_WITH_ONE(MADE_SAN, MADE_CRITICAL, "30(87(0102030405))")),
	BAD("san-constructed-dns", KVK_DER_TAG,
		MADE_WITH_ONE(MADE_SAN, MADE_CRITICAL, "30(a2(16('a.nl')))")),
	BAD("san-tag-9", KVK_DER_TAG, MADE_WITH_ONE(MADE_SAN, MADE_CRITICAL, "30(8901 61)")),
	FINE("san-129",
		MADE_WITH_ONE(MADE_SAN, "",
			"30(" SIXTY_FOUR(DNS("a")) SIXTY_FOUR(DNS("b")) DNS("c") ")")),
	FINE("san-all",
		MADE_WITH_ONE(MADE_SAN, "",
			"30(a0(06(2a03)a0(0500))81('a@b')82('a.nl')a3()a4(" MADE_NAME(
				"x") ")a5()86('http://a.nl/')8704 01020304 88(2a03))")),
	BAD("nc-empty-base", KVK_DER_TRUNCATED,
		MADE_WITH_ONE(MADE_NC, MADE_CRITICAL, "30(a0(30()))")),
	KIND("nc-empty", KVK_DER_EMPTY, MADE_WITH_ONE(MADE_NC, MADE_CRITICAL, "30()")),
	FINE("nc", MADE_WITH_ONE(MADE_NC, MADE_CRITICAL, "30(a0(30(82('nl')))a1(30(82('x.nl'))))")),
	FINE("nc-256",
		MADE_WITH_ONE(MADE_NC, "", "30(a0(" TWO_FIFTY_FIVE(SUBTREE) ")a1(" SUBTREE "))")),
	FINE("nc-257",
		MADE_WITH_ONE(
			MADE_NC, "", "30(a0(" TWO_FIFTY_FIVE(SUBTREE) ")a1(" SUBTREE SUBTREE "))")),
	FINE("cp", MADE_WITH_ONE(MADE_CP, "", "30(30(06(2a03)))")),
	BAD("cp-qualifiers-empty", KVK_DER_EMPTY,
		MADE_WITH_ONE(MADE_CP, MADE_CRITICAL, "30(30(06(2a03)30()))")),
	FINE("cp-65", MADE_WITH_ONE(MADE_CP, "", "30(" SIXTY_FOUR("30(06012a)") "30(06012a))")),
	FINE("pm", MADE_WITH_ONE(MADE_PM, MADE_CRITICAL, "30(30(06(2a03)06(2a04)))")),
	KIND("pm-empty", KVK_DER_EMPTY, MADE_WITH_ONE(MADE_PM, MADE_CRITICAL, "30()")),
	FINE("pm-32", MADE_WITH_ONE(MADE_PM, "", "30(" THIRTY_TWO(MAPPING) ")")),
	BAD("pm-many", KVK_DER_TOO_MANY,
		MADE_WITH_ONE(MADE_PM, "", "30(" THIRTY_TWO(MAPPING) MAPPING ")")),
	FINE("pc", MADE_WITH_ONE(MADE_PC, MADE_CRITICAL, "30(800100810102)")),
	KIND("pc-empty", KVK_DER_EMPTY, MADE_WITH_ONE(MADE_PC, MADE_CRITICAL, "30()")),
	FINE("any", MADE_WITH_ONE(MADE_ANY, MADE_CRITICAL, "020100")),
	KIND("any-minus-one", KVK_DER_NEGATIVE, MADE_WITH_ONE(MADE_ANY, MADE_CRITICAL, "0201ff")),
	BAD("any-negative", KVK_DER_NEGATIVE, MADE_WITH_ONE(MADE_ANY, MADE_CRITICAL, "0201fe")),
	FINE("cdp", MADE_WITH_ONE(MADE_CDP, "", "30(30(a0(a0(86('http://a.nl/c')))))")),
	KIND("cdp-empty-point", KVK_DER_EMPTY, MADE_WITH_ONE(MADE_CDP, "", "30(30())")),
	FINE("cdp-16", MADE_WITH_ONE(MADE_CDP, "", "30(" EIGHT(POINT) EIGHT(POINT) ")")),
	BAD("cdp-many", KVK_DER_TOO_MANY,
		MADE_WITH_ONE(MADE_CDP, "", "30(" EIGHT(POINT) EIGHT(POINT) POINT ")")),
	FINE("cdp-relative",
		MADE_WITH_ONE(MADE_CDP, "",
			"30(30(a0(a1(30(06(550403)0c('x'))))a2(a4(" MADE_NAME("y") "))))")),
	FINE("aia", MADE_WITH_ONE(MADE_AIA, "", "30(30(06(2b06010505073001)86('http://a.nl/')))")),
	FINE("aia-16", MADE_WITH_ONE(MADE_AIA, "", "30(" EIGHT(ACCESS) EIGHT(ACCESS) ")")),
	BAD("aia-many", KVK_DER_TOO_MANY,
		MADE_WITH_ONE(MADE_AIA, "", "30(" EIGHT(ACCESS) EIGHT(ACCESS) ACCESS ")")),
	/* measured with Java 17, which reads these and then does not know what to do with them */
	FINE("period",
		MADE_WITH_ONE(
			"551d10", MADE_CRITICAL, "30(80('20260101000000Z')81('20270101000000Z'))")),
	KIND("period-trailing", KVK_DER_TRAILING,
		MADE_WITH_ONE("551d10", MADE_CRITICAL, "30(80('20260101000000Z'))0500")),
	BAD("period-twice", KVK_DER_DUPLICATE,
		MADE_WITH_ONE(
			"551d10", MADE_CRITICAL, "30(80('20260101000000Z')80('20270101000000Z'))")),
	BAD("period-integer", KVK_DER_TAG, MADE_WITH_ONE("551d10", MADE_CRITICAL, "020101")),
	KIND("period-integer-soft", KVK_DER_TAG, MADE_WITH_ONE("551d10", "", "020101")),
	FINE("number", MADE_WITH_ONE("551d14", MADE_CRITICAL, "020101")),
	BAD("number-trailing", KVK_DER_TRAILING,
		MADE_WITH_ONE("551d14", MADE_CRITICAL, "0201010500")),
	BAD("delta-trailing", KVK_DER_TRAILING,
		MADE_WITH_ONE("551d1b", MADE_CRITICAL, "0201010500")),
	FINE("reason", MADE_WITH_ONE("551d15", MADE_CRITICAL, "0a0107")),
	BAD("reason-trailing", KVK_DER_TRAILING,
		MADE_WITH_ONE("551d15", MADE_CRITICAL, "0a01010500")),
	BAD("reason-long", KVK_DER_RANGE, MADE_WITH_ONE("551d15", MADE_CRITICAL, "0a050100000000")),
	FINE("issuer-names", MADE_WITH_ONE("551d1d", MADE_CRITICAL, "30(" DNS("a") ")")),
	BAD("issuer-names-trailing", KVK_DER_TRAILING,
		MADE_WITH_ONE("551d1d", MADE_CRITICAL, "30(" DNS("a") ")0500")),
	FINE("idp",
		MADE_WITH_ONE(
			"551d1c", MADE_CRITICAL, "30(8201ff a0(a0(86('http://a.nl/c')))83020102)")),
	BAD("idp-unknown", KVK_DER_TAG, MADE_WITH_ONE("551d1c", MADE_CRITICAL, "30(8601ff)")),
	BAD("idp-trailing", KVK_DER_TRAILING,
		MADE_WITH_ONE("551d1c", MADE_CRITICAL, "30(8101ff)0500")),
	FINE("sia", MADE_WITH_ONE("2b0601050507010b", MADE_CRITICAL, "30(" ACCESS ")")),
	BAD("sia-trailing", KVK_DER_TRAILING,
		MADE_WITH_ONE("2b0601050507010b", MADE_CRITICAL, "30(" ACCESS ")0500")),
	FINE("netscape", MADE_WITH_ONE("6086480186f8420101", MADE_CRITICAL, "03020780")),
	BAD("netscape-trailing", KVK_DER_TRAILING,
		MADE_WITH_ONE("6086480186f8420101", MADE_CRITICAL, "030207800500")),
	FINE("extensions-48", MADE_WITH(SIXTEEN_OF("2a01") SIXTEEN_OF("2a02") SIXTEEN_OF("2a03"))),
	FINE("extensions-49",
		MADE_WITH(SIXTEEN_OF("2a01") SIXTEEN_OF("2a02") SIXTEEN_OF("2a03") BC_CA)),
	{ 0 },
};

#define CRL(version, rest) \
	MADE_SIGNED(version MADE_SHA256_RSA MADE_NAME("Issuer") "17('260102030405Z')" rest, \
		MADE_SHA256_RSA)
#define NEXT "17('260103030405Z')"
#define CRL_WITH(list) CRL("020101", NEXT "a0(30(" list "))")

const struct cert_case crl_cases[] = {
	FINE("crl-v1", CRL("", NEXT)),
	FINE("crl-no-next", CRL("020101", "")),
	FINE("crl-entries",
		CRL("020101",
			NEXT "30(30(020105 17('260101000000Z')30(30(06(551d15)04(0a0101)))))")),
	FINE("crl-idp", CRL_WITH(MADE_EXTENSION("551d1c", MADE_CRITICAL, "30(8101ff8401ff)"))),
	BAD("crl-v1-written-out", KVK_DER_RANGE, CRL("020100", NEXT)),
	KIND("crl-v1-with-extensions", KVK_DER_CONTENT,
		CRL("", NEXT "a0(30(" MADE_EXTENSION("551d14", "", "020101") "))")),
	BAD("crl-no-issuer", KVK_DER_EMPTY,
		MADE_SIGNED("020101" MADE_SHA256_RSA "30()17('260102030405Z')", MADE_SHA256_RSA)),
	BAD("crl-number-twice", KVK_DER_DUPLICATE,
		CRL_WITH(MADE_EXTENSION("551d14", "", "020101")
				MADE_EXTENSION("551d14", "", "020102"))),
	BAD("crl-number-wrong", KVK_DER_TAG, CRL_WITH(MADE_EXTENSION("551d14", "", "040101"))),
	BAD("crl-idp-flag", KVK_DER_BAD_BOOLEAN,
		CRL_WITH(MADE_EXTENSION("551d1c", MADE_CRITICAL, "30(8102ffff)"))),
	BAD("crl-trailing", KVK_DER_TRAILING, CRL("020101", NEXT) "00"),
	BAD("crl-cut", KVK_DER_TRUNCATED, "30820300 3082"),
	{ 0 },
};
