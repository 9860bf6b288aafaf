/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cert/contents.h"

#define REMARK_ID(id, name, text) [id] = name,
#define REMARK_TEXT(id, name, text) [id] = text,

const char *kvk_remark_id(enum kvk_remark remark)
{
	static const char *const ids[] = { KVK_FILE_REMARKS(REMARK_ID) };

	return (size_t)remark < KVK_REMARK_COUNT ? ids[remark] : "";
}

const char *kvk_remark_text(enum kvk_remark remark)
{
	static const char *const texts[] = { KVK_FILE_REMARKS(REMARK_TEXT) };

	return (size_t)remark < KVK_REMARK_COUNT ? _(texts[remark]) : "";
}

const char *kvk_block_kind_text(enum kvk_block_kind kind)
{
	switch (kind) {
	case KVK_BLOCK_CERTIFICATE:
		return _("certificate");
	case KVK_BLOCK_CSR:
		return _("certificate request (CSR)");
	case KVK_BLOCK_CRL:
		return _("certificate revocation list (CRL)");
	case KVK_BLOCK_KEY:
		return _("private key");
	case KVK_BLOCK_ENCRYPTED_KEY:
		return _("private key, encrypted");
	case KVK_BLOCK_PUBLIC_KEY:
		return _("public key");
	case KVK_BLOCK_PKCS7:
		return _("PKCS#7 (a list of certificates)");
	case KVK_BLOCK_PKCS12:
		return _("PKCS#12 (key and certificates, .p12 or .pfx)");
	case KVK_BLOCK_ATTRIBUTE_CERTIFICATE:
		return _("attribute certificate");
	case KVK_BLOCK_PARAMETERS:
		return _("parameters of a key");
	case KVK_BLOCK_OCSP:
		return _("OCSP answer");
	case KVK_BLOCK_OTHER:
		break;
	}
	return _("something that is not known");
}

const char *kvk_file_form_text(enum kvk_file_form form)
{
	switch (form) {
	case KVK_FORM_PEM:
		return "PEM";
	case KVK_FORM_DER:
		return "DER";
	case KVK_FORM_PKCS7:
		return "PKCS#7";
	case KVK_FORM_PKCS12:
		return "PKCS#12";
	case KVK_FORM_ZIP:
		return "ZIP";
	case KVK_FORM_EMPTY:
		return _("empty");
	case KVK_FORM_TEXT:
		return _("text");
	case KVK_FORM_OTHER:
		break;
	}
	return _("unknown form");
}
