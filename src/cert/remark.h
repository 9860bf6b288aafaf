/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a reader of files notices: what is wrong or unusual with a file as a whole. What it notices
 * of the encoding of one certificate is in struct kvk_der_log.
 */
#ifndef KVKCSR_CERT_REMARK_H
#define KVKCSR_CERT_REMARK_H

#include "base/i18n.h"

/*
 * What is wrong or unusual with a file; each once, in this order. One list for enum, id and text.
 */
#define KVK_FILE_REMARKS(X) \
	X(KVK_REMARK_BOM, "byte-order-mark", \
		N_("it begins with a byte order mark (bytes EF BB BF)")) \
	X(KVK_REMARK_UTF16, "utf-16", N_("it is text in UTF-16; it has to be plain ASCII")) \
	X(KVK_REMARK_INDENTED, "indented-begin", \
		N_("a BEGIN line does not start at the beginning of its line")) \
	X(KVK_REMARK_NO_END, "missing-end", N_("a BEGIN line has no END line")) \
	X(KVK_REMARK_END_OTHER, "other-end", \
		N_("an END line has another label than its BEGIN line")) \
	X(KVK_REMARK_BASE64, "bad-base64", N_("a block holds characters that are not base64")) \
	X(KVK_REMARK_PRIVATE_KEY, "private-key", \
		N_("it holds a private key: do not upload or mail this file")) \
	X(KVK_REMARK_CSR, "request", \
		N_("it holds a certificate request (CSR) instead of, or beside, a certificate")) \
	X(KVK_REMARK_OTHER_BLOCK, "other-block", N_("it holds a block that is no certificate")) \
	X(KVK_REMARK_LABEL, "label", \
		N_("a certificate stands under another label than CERTIFICATE")) \
	X(KVK_REMARK_TEXT_AROUND, "text-around", N_("there is text around the certificates")) \
	X(KVK_REMARK_CRLF, "crlf", N_("its lines end in CR LF, as on Windows")) \
	X(KVK_REMARK_BER, "ber", N_("it is written in BER with indefinite lengths")) \
	X(KVK_REMARK_TRAILING, "trailing-bytes", \
		N_("there are bytes after the end of the certificate")) \
	X(KVK_REMARK_TRUNCATED, "truncated", N_("it is cut off")) \
	X(KVK_REMARK_DUPLICATE, "duplicate", N_("it holds the same certificate more than once")) \
	X(KVK_REMARK_MANY, "too-many", N_("it holds more blocks than this program looks at"))

#define KVK_REMARK_ENUM(id, name, text) id,
enum kvk_remark { KVK_FILE_REMARKS(KVK_REMARK_ENUM) KVK_REMARK_COUNT };
#undef KVK_REMARK_ENUM

/* Id and text (translated) of a remark; static, "" for a number that is none. */
const char *kvk_remark_id(enum kvk_remark remark);
const char *kvk_remark_text(enum kvk_remark remark);

#endif
