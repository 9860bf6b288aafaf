/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "path/path.h"

struct kvk_span kvk_path_parent_spki(const struct kvk_path *path, size_t i)
{
	struct kvk_span none = { 0 };

	for (size_t above = i + 1; above < path->count; above++) {
		if (!path->certs[above].certificate->key.inherits_parameters)
			return path->certs[above].certificate->spki;
	}
	return i < path->count && path->anchor != NULL ? path->anchor->spki : none;
}
