/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The key of a folder, be it a dossier or the renewal in one, and the certificate beside it. Whose
 * key it is, request.pem says: key.pem may be encrypted or in a token.
 */
#ifndef KVKCSR_DOSSIER_PAIR_H
#define KVKCSR_DOSSIER_PAIR_H

#include "base/blob.h"
#include "crypto/hash.h"

/*
 * The SHA-256 of the SubjectPublicKeyInfo in request.pem. KVK_ERR_NOT_FOUND, KVK_ERR_FORMAT, and
 * the errors of kvk_file_read(); with why.
 */
enum kvk_err kvk_pair_key(
	const char *folder, uint8_t out[static KVK_SHA256_SIZE], struct kvk_error *why);
/*
 * Checks a folder before it takes its place: KVK_ERR_REFUSED, with why, where certificate.pem is
 * for another key than request.pem. A folder without a request passes, because nothing says what
 * its key is. Also KVK_ERR_NOT_FOUND where there is no certificate, KVK_ERR_FORMAT, and the errors
 * of kvk_file_read(); with why.
 */
enum kvk_err kvk_pair_check(const char *folder, struct kvk_error *why);

#endif
