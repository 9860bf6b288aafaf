/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/lists.h"

void lists_use(struct lists *room, struct kvk_extensions *ext)
{
	ext->all = room->all;
	ext->ekus = room->ekus;
	ext->sans = room->sans;
	ext->policies = room->policies;
	ext->mappings = room->mappings;
	ext->crl_points = room->crl_points;
	ext->aia = room->aia;
}
