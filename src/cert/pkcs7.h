/* SPDX-License-Identifier: Apache-2.0 */
/*
 * PKCS#7 (RFC 2315, RFC 5652) as far as certificates are carried in it: the SignedData that TSPs
 * and Windows call .p7b, in which nothing need be signed. Signatures in it are not verified.
 */
#ifndef KVKCSR_CERT_PKCS7_H
#define KVKCSR_CERT_PKCS7_H

#include "der/reader.h"

/* The contents of the two sets, empty where absent. */
struct kvk_pkcs7 {
	struct kvk_span certificates, crls;
	/*
	 * A SignerInfo is not what Java takes for one: of version 1, with issuer and serial number
	 * (RFC 2315 9.2). One by subjectKeyIdentifier (RFC 5652 5.3) is not.
	 */
	bool odd_signer;
};

/*
 * Reads a ContentInfo with SignedData (whole). KVK_ERR_DER with *log filled; other content types
 * are KVK_DER_CONTENT.
 */
enum kvk_err kvk_pkcs7_read(struct kvk_span der, struct kvk_der_log *log, struct kvk_pkcs7 *out);

#endif
