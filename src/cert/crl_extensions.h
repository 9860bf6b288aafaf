/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of cert/crl.h: the extensions of CRLs and of their entries (RFC 5280 5.2, 5.3), decoded into
 * struct kvk_crl and struct kvk_crl_entry.
 */
#ifndef KVKCSR_CERT_CRL_EXTENSIONS_H
#define KVKCSR_CERT_CRL_EXTENSIONS_H

#include "cert/crl.h"

/* Reads all from a cursor over the contents of crlExtensions; what is malformed is KVK_ERR_DER. */
enum kvk_err kvk_crl_extensions_read(struct kvk_der *list, struct kvk_crl *out);
/* Reads crlEntryExtensions from a cursor in front of them. KVK_ERR_DER. */
enum kvk_err kvk_crl_entry_extensions_read(struct kvk_der *entry, struct kvk_crl_entry *out);

#endif
