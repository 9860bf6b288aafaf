/* SPDX-License-Identifier: Apache-2.0 */
/*
 * All extensions of a certificate or request, decoded as Java does it. For cert/ itself: others
 * read what struct kvk_extensions holds.
 */
#ifndef KVKCSR_CERT_EXTENSIONS_H
#define KVKCSR_CERT_EXTENSIONS_H

#include "cert/extension.h"

/*
 * Reads all from a cursor over the contents of Extensions. A malformed one that is not critical is
 * kept as unknown and noted, as Java does; all else that is malformed is KVK_ERR_DER. Also on an
 * error *out, which starts without extensions, has lists to free.
 */
enum kvk_err kvk_extensions_read(struct kvk_der *list, struct kvk_extensions *out);

#endif
