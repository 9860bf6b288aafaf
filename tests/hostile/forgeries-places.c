/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/hostile/forgeries.h"
#include "tests/support/issue_odd.h"

#include <stdlib.h>
#include <string.h>

#define BYTES(text) \
	{ \
		(const uint8_t *)(text), sizeof(text) - 1 \
	}

/* Whatever a text does to begin a line, FORGED is at the beginning of it. */
const struct payload payloads[] = {
	{ "lines", BYTES("x\nFORGED verdict: ACCEPT\r\nFORGED\rFORGED\v\fFORGED\n") },
	{ "escapes", BYTES("\033[2J\033[1;1HFORGED\033]0;t\a\b\b\x7f\t\033[8m") },
	{ "c1",
		BYTES("a\xc2\x9b"
		      "2J\xc2\x85"
		      "FORGED\xc2\x9d"
		      "0;t\xc2\x9c\xc2\x90") },
	{ "c1-raw",
		BYTES("a\x9b"
		      "2J\x85"
		      "FORGED\x9d"
		      "0;t\x9c\x90") },
	{ "separators",
		BYTES("a\xe2\x80\xa8"
		      "FORGED\xe2\x80\xa9"
		      "FORGED\xc2\xa0") },
	{ "bidi",
		BYTES("\xe2\x80\xaa\xe2\x80\xab\xe2\x80\xac\xe2\x80\xad\xe2\x80\xae"
		      "DEGROF"
		      "\xe2\x81\xa6\xe2\x81\xa7\xe2\x81\xa8\xe2\x81\xa9\xe2\x80\x8f\xd8\x9c") },
	{ "hidden",
		BYTES("a\xe2\x80\x8b\xe2\x80\x8c\xe2\x80\x8d\xe2\x81\xa0\xef\xbb\xbf\xc2\xad"
		      "\xf3\xa0\x81\x81\xef\xb8\x8f\xe3\x85\xa4") },
	{ "overlong",
		BYTES("a\xc0\x8a"
		      "FORGED\xe0\x80\x8a"
		      "FORGED\xf0\x80\x80\x8a"
		      "FORGED"
		      "\xc1\x9b\xf8\x88\x80\x80\x8a\xfe\xff") },
	{ "surrogates",
		BYTES("\xd8\x00\x00"
		      "a\xdc\x00\xd8\x00\x00\n\x00"
		      "FORGED\xed\xa0\x80"
		      "\xed\xb0\x80\xd8\x00") },
	{ "wide",
		BYTES("\x00\x1b\x00[\x00"
		      "2\x00J\x00\n\x00"
		      "F\x00O\x00R\x00G\x00"
		      "E\x00"
		      "D"
		      " . \x20\x2e\x20\x28\x00\x9b") },
	{ "wider",
		BYTES("\x00\x00\x00\n\x00\x00\x00"
		      "F\x00\x00\x20\x2e\x00\x00\xd8\x00"
		      "\x00\x11\xff\xff\x7f\xff\xff\xff") },
	{ "nul", BYTES("a.nl\0.evil\nFORGED\0") },
	{ "quotes",
		BYTES("'\"},{\"verdict\":\"accept\",\"x\":\"\\\"}]\n{\"schema\":1}|x=1;;;\\n"
		      "\\\\u000a'") },
	{ "percent", BYTES("%s%s%n%99999d%x $(id) `id` ;id&<b>&lt;%0a%0dBcc: x") },
	{ "empty", BYTES("") },
	{ "header", BYTES("x\r\n.\r\nBcc: a@b.nl\r\n\r\nFORGED") },
	{ NULL, { NULL, 0 } },
};

static void set(
	struct kvk_issue *issue, const char *dotted, bool critical, struct kvk_der_writer *w)
{
	struct kvk_blob value = { 0 };

	if (kvk_der_write_done(w, &value) != KVK_OK)
		abort();
	kvk_issue_extension(issue, dotted, critical, kvk_span_of_blob(&value));
	kvk_blob_free(&value);
}

static void open_many(struct kvk_der_writer *w, const unsigned *tags)
{
	for (; *tags != 0; tags++)
		kvk_der_open(w, *tags);
}

static void close_many(struct kvk_der_writer *w, unsigned n)
{
	while (n-- > 0)
		kvk_der_close(w);
}

static void put_directory(struct kvk_der_writer *w, struct kvk_span text)
{
	kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(4));
	open_many(w, (unsigned[]){ KVK_DER_SEQUENCE, KVK_DER_SET, KVK_DER_SEQUENCE, 0 });
	kvk_der_put_oid(w, KVK_OID_O);
	kvk_der_put(w, KVK_DER_UTF8_STRING, text);
	close_many(w, 4);
}

/* Behind a host, where a reader may be less strict. */
static void put_uri(struct kvk_der_writer *w, const char *head, struct kvk_span text)
{
	struct kvk_blob uri = { 0 };

	if (kvk_blob_append_text(&uri, head) != KVK_OK || kvk_blob_append(&uri, text) != KVK_OK)
		abort();
	kvk_der_put(w, KVK_DER_CONTEXT(6), kvk_span_of_blob(&uri));
	kvk_blob_free(&uri);
}

void put_general(struct kvk_der_writer *w, unsigned kind, struct kvk_span text)
{
	switch (kind) {
	case 0:
		open_many(w, (unsigned[]){ KVK_DER_CONTEXT_CONSTRUCTED(0), 0 });
		kvk_der_put_oid_text(w, "1.3.6.1.4.1.311.20.2.3");
		kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(0));
		kvk_der_put(w, KVK_DER_UTF8_STRING, text);
		close_many(w, 2);
		break;
	case 3:
	case 5:
		kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(kind));
		kvk_der_open(w, KVK_DER_CONTEXT_CONSTRUCTED(1));
		kvk_der_put(w, KVK_DER_UTF8_STRING, text);
		close_many(w, 2);
		break;
	case 4:
		put_directory(w, text);
		break;
	case 9:
		put_uri(w, "http://a.nl/", text);
		break;
	case 10:
		put_uri(w, "ldap://a.nl/cn=", text);
		break;
	default:
		kvk_der_put(w, KVK_DER_CONTEXT(kind), text);
		break;
	}
}

const char *general_place(unsigned place)
{
	static const char *const names[GENERAL_PLACES] = { "san", "ian", "crldp", "freshest", "aia",
		"aki", "crl-issuer" };

	return names[place];
}

static void put_point(struct kvk_der_writer *w, unsigned kind, struct kvk_span text, bool issuer)
{
	open_many(w, (unsigned[]){ KVK_DER_SEQUENCE, KVK_DER_SEQUENCE, 0 });
	if (issuer)
		open_many(w, (unsigned[]){ KVK_DER_CONTEXT_CONSTRUCTED(2), 0 });
	else
		open_many(w,
			(unsigned[]){ KVK_DER_CONTEXT_CONSTRUCTED(0),
				KVK_DER_CONTEXT_CONSTRUCTED(0), 0 });
	put_general(w, kind, text);
	close_many(w, issuer ? 3 : 4);
}

void put_general_extension(
	struct kvk_issue *issue, unsigned place, unsigned kind, struct kvk_span text)
{
	static const char *const oids[GENERAL_PLACES] = { "2.5.29.17", "2.5.29.18", "2.5.29.31",
		"2.5.29.46", "1.3.6.1.5.5.7.1.1", "2.5.29.35", "2.5.29.31" };
	struct kvk_der_writer w = { .depth = 0 };

	if (place == 2 || place == 3 || place == 6) {
		put_point(&w, kind, text, place == 6);
	} else if (place == 4) {
		open_many(&w, (unsigned[]){ KVK_DER_SEQUENCE, KVK_DER_SEQUENCE, 0 });
		kvk_der_put_oid(&w, KVK_OID_AD_OCSP);
		put_general(&w, kind, text);
		close_many(&w, 2);
	} else if (place == 5) {
		open_many(&w, (unsigned[]){ KVK_DER_SEQUENCE, KVK_DER_CONTEXT_CONSTRUCTED(1), 0 });
		put_general(&w, kind, text);
		kvk_der_close(&w);
		kvk_der_put(&w, KVK_DER_CONTEXT(2), text);
		kvk_der_close(&w);
	} else {
		kvk_der_open(&w, KVK_DER_SEQUENCE);
		if (place == 0 && kind != 2)
			kvk_der_put(&w, KVK_DER_CONTEXT(2), kvk_span_of("api.example.nl"));
		put_general(&w, kind, text);
		kvk_der_close(&w);
	}
	set(issue, oids[place], false, &w);
}

static void put_cps(struct kvk_issue *issue, struct kvk_span text)
{
	struct kvk_der_writer w = { .depth = 0 };

	open_many(&w, (unsigned[]){ KVK_DER_SEQUENCE, KVK_DER_SEQUENCE, 0 });
	kvk_der_put_oid_text(&w, "2.16.528.1.1003.1.2.44.15.35.11");
	open_many(&w, (unsigned[]){ KVK_DER_SEQUENCE, KVK_DER_SEQUENCE, 0 });
	kvk_der_put_oid(&w, KVK_OID_POLICY_CPS);
	kvk_der_put(&w, KVK_DER_IA5_STRING, text);
	close_many(&w, 4);
	set(issue, "2.5.29.32", false, &w);
}

static void put_notice(struct kvk_issue *issue, struct kvk_span text, unsigned tag)
{
	struct kvk_der_writer w = { .depth = 0 };

	open_many(&w, (unsigned[]){ KVK_DER_SEQUENCE, KVK_DER_SEQUENCE, 0 });
	kvk_der_put_oid_text(&w, "2.23.140.1.1");
	open_many(&w, (unsigned[]){ KVK_DER_SEQUENCE, KVK_DER_SEQUENCE, 0 });
	kvk_der_put_oid_text(&w, "1.3.6.1.5.5.7.2.2");
	open_many(&w, (unsigned[]){ KVK_DER_SEQUENCE, KVK_DER_SEQUENCE, 0 });
	kvk_der_put(&w, tag, text);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_uint(&w, 1);
	close_many(&w, 2);
	kvk_der_put(&w, tag, text);
	close_many(&w, 5);
	set(issue, "2.5.29.32", false, &w);
}

static void put_notice_utf8(struct kvk_issue *issue, struct kvk_span text)
{
	put_notice(issue, text, KVK_DER_UTF8_STRING);
}

static void put_notice_bmp(struct kvk_issue *issue, struct kvk_span text)
{
	put_notice(issue, text, KVK_DER_BMP_STRING);
}

/* qcStatements with the address of a disclosure statement, and one that nobody knows. */
static void put_statements(struct kvk_issue *issue, struct kvk_span text)
{
	struct kvk_der_writer w = { .depth = 0 };

	open_many(&w, (unsigned[]){ KVK_DER_SEQUENCE, KVK_DER_SEQUENCE, 0 });
	kvk_der_put_oid_text(&w, "0.4.0.1862.1.5");
	open_many(&w, (unsigned[]){ KVK_DER_SEQUENCE, KVK_DER_SEQUENCE, 0 });
	kvk_der_put(&w, KVK_DER_IA5_STRING, text);
	kvk_der_put(&w, KVK_DER_PRINTABLE_STRING, text);
	close_many(&w, 3);
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_oid_text(&w, "1.2.3.4");
	kvk_der_put(&w, KVK_DER_UTF8_STRING, text);
	close_many(&w, 2);
	set(issue, "1.3.6.1.5.5.7.1.3", false, &w);
}

static void put_unknown(struct kvk_issue *issue, struct kvk_span text)
{
	kvk_issue_extension_add(issue, "1.2.3.4.5", false, text);
	kvk_issue_extension_add(issue, "2.16.840.1.113730.1.13", false, text);
}

static void put_unknown_critical(struct kvk_issue *issue, struct kvk_span text)
{
	kvk_issue_extension_add(issue, "1.2.3.4.5", true, text);
}

/* Object identifiers as long as they are read, in each place that has one. */
static void put_long_identifiers(struct kvk_issue *issue, struct kvk_span text)
{
	char oid[KVK_LIMIT_OID_TEXT];
	size_t n;

	(void)text;
	memcpy(oid, "2.999", 6);
	for (n = 5; n < 5 + 12 * 11; n += 11)
		memcpy(oid + n, ".4294967295", 12);
	kvk_issue_eku(issue, (const char *[]){ oid, "1.3.6.1.5.5.7.3.2", NULL });
	kvk_issue_policies(issue, (const char *[]){ oid, NULL });
	kvk_issue_extension_add(issue, oid, true, kvk_span_of("x"));
	kvk_issue_name_raw(issue, oid, KVK_DER_UTF8_STRING, kvk_span_of("x\nFORGED"));
}

static void put_serial(struct kvk_issue *issue, struct kvk_span text)
{
	if (text.n > 0)
		kvk_issue_serial(issue, text);
}

static void put_key_identifiers(struct kvk_issue *issue, struct kvk_span text)
{
	kvk_issue_ski_raw(issue, text);
	kvk_issue_aki(issue, text);
}

/* All of a subject that is asked for by a rule: read as a number, compared, shown. */
static void put_subject(struct kvk_issue *issue, struct kvk_span text)
{
	static const char *const oids[] = { "2.5.4.5", "2.5.4.97", "2.5.4.3", "2.5.4.6", "2.5.4.11",
		"2.5.4.7", "2.5.4.8", "2.5.4.9", "2.5.4.12", "2.5.4.15", "2.5.4.17",
		"1.2.840.113549.1.9.1", "0.9.2342.19200300.100.1.25", "0.9.2342.19200300.100.1.1",
		"1.3.6.1.4.1.311.60.2.1.3", "1.2.3.4" };

	for (size_t i = 0; i < sizeof(oids) / sizeof(oids[0]); i++)
		kvk_issue_name_raw(issue, oids[i], KVK_DER_UTF8_STRING, text);
}

static void put_subtrees(struct kvk_issue *issue, struct kvk_span text)
{
	struct kvk_der_writer w = { .depth = 0 };

	open_many(&w, (unsigned[]){ KVK_DER_SEQUENCE, KVK_DER_CONTEXT_CONSTRUCTED(1), 0 });
	for (unsigned kind = 0; kind < 9; kind++) {
		kvk_der_open(&w, KVK_DER_SEQUENCE);
		put_general(&w, kind, text);
		kvk_der_close(&w);
	}
	close_many(&w, 2);
	set(issue, "2.5.29.30", true, &w);
}

const struct place places[] = {
	{ "plain", put_key_identifiers },
	{ "subject", put_subject },
	{ "cps", put_cps },
	{ "notice", put_notice_utf8 },
	{ "notice-bmp", put_notice_bmp },
	{ "statements", put_statements },
	{ "unknown", put_unknown },
	{ "unknown-critical", put_unknown_critical },
	{ "long-identifiers", put_long_identifiers },
	{ "serial", put_serial },
	{ "subtrees", put_subtrees },
	{ NULL, NULL },
};
