/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a reader of files notices: what is wrong or unusual with a file as a whole. What it notices
 * of the encoding of one certificate is in struct kvk_der_log.
 */
#ifndef KVKCSR_CERT_REMARK_H
#define KVKCSR_CERT_REMARK_H

#include "base/i18n.h"

/*
 * What is wrong or unusual with a file; each once, in this order. One list for enum, id, text, and
 * what helps ("" where that depends on what the file is for). The text is a fact without advice.
 */
#define KVK_FILE_REMARKS(X) \
	X(KVK_REMARK_BOM, "byte-order-mark", \
		N_("the file begins with a byte order mark (bytes EF BB BF)"), \
		N_("save it again as plain text without BOM: ANSI or ASCII, or UTF-8 without " \
		   "BOM")) \
	X(KVK_REMARK_UTF16, "utf-16", N_("the file is UTF-16 text"), "") \
	X(KVK_REMARK_INDENTED, "indented-begin", N_("a BEGIN line is indented"), \
		N_("put each BEGIN and END on a line of its own, without spaces in front of it")) \
	X(KVK_REMARK_NO_END, "missing-end", N_("the file is cut off: the END line is missing"), \
		N_("copy or download the complete file again")) \
	X(KVK_REMARK_END_OTHER, "other-end", N_("an END line does not match its BEGIN line"), \
		N_("copy or download the complete file again")) \
	X(KVK_REMARK_BASE64, "bad-base64", N_("a block contains characters that are not base64"), \
		N_("copy or download the file again")) \
	X(KVK_REMARK_PRIVATE_KEY, "private-key", \
		N_("the file contains a private key: do not upload or mail it"), \
		N_("remove the private key from the file, and keep only the certificates; if " \
		   "anyone else has seen the key, order a new certificate with a new key")) \
	X(KVK_REMARK_CSR, "request", N_("the file contains a certificate request (CSR)"), \
		N_("remove the request from the file, and keep only the certificates")) \
	X(KVK_REMARK_OTHER_BLOCK, "other-block", \
		N_("the file contains a block that is not a certificate"), "") \
	X(KVK_REMARK_LABEL, "label", \
		N_("the BEGIN line of a certificate has a label other than CERTIFICATE"), "") \
	X(KVK_REMARK_TEXT_AROUND, "text-around", \
		N_("there is other text around the certificates"), "") \
	X(KVK_REMARK_CRLF, "crlf", N_("the lines end in CR LF, as on Windows"), "") \
	X(KVK_REMARK_BER, "ber", N_("the file uses BER with indefinite lengths instead of DER"), \
		"") \
	X(KVK_REMARK_TRAILING, "trailing-bytes", \
		N_("there are extra bytes after the end of the certificate"), "") \
	X(KVK_REMARK_TRUNCATED, "truncated", N_("the certificate is cut off"), \
		N_("copy or download the complete file again")) \
	X(KVK_REMARK_DUPLICATE, "duplicate", \
		N_("the file contains the same certificate more than once"), "") \
	X(KVK_REMARK_SIGNER, "signer", \
		N_("the PKCS#7 file is signed in a form that Java cannot read"), "") \
	X(KVK_REMARK_ODD, "odd-characters", \
		N_("there are control characters (bytes 1C to 1F) on a BEGIN or END line"), "") \
	X(KVK_REMARK_MANY, "too-many", \
		N_("the file contains more blocks than this program reads"), "")

#define KVK_REMARK_ENUM(id, name, text, advice) id,
enum kvk_remark { KVK_FILE_REMARKS(KVK_REMARK_ENUM) KVK_REMARK_COUNT };
#undef KVK_REMARK_ENUM

/* Id and text (translated) of a remark; static, "" for a number that is none. */
const char *kvk_remark_id(enum kvk_remark remark);
const char *kvk_remark_text(enum kvk_remark remark);
/* What helps against it, untranslated, as the hint of a finding is; static, or NULL where there is
 * no advice that is right for every file. */
const char *kvk_remark_advice_marked(enum kvk_remark remark);

#endif
