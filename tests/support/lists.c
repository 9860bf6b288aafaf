/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/lists.h"

void lists_use(struct lists *room, struct kvk_certificate *cert)
{
	struct kvk_extensions *ext = &cert->ext;

	cert->issuer.attributes = room->issuer;
	cert->subject.attributes = room->subject;
	ext->all = room->all;
	ext->ekus = room->ekus;
	ext->sans = room->sans;
	ext->policies = room->policies;
	ext->mappings = room->mappings;
	ext->crl_points = room->crl_points;
	ext->aia = room->aia;
}
