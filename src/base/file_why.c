/* SPDX-License-Identifier: Apache-2.0 */
/* Part of base/file.h: what went wrong with a file, in words. */
#include "config.h"

#include <errno.h>
#include <string.h>

#include "base/escape.h"
#include "base/file.h"

#define KIB 1024u
#define MIB (1024u * KIB)

/* Whether errno says more than the error itself does. */
static bool has_cause(enum kvk_err err, int cause)
{
	if (err == KVK_ERR_NOT_FOUND)
		return cause == ENOTDIR;
	return (err == KVK_ERR_OPEN || err == KVK_ERR_READ || err == KVK_ERR_WRITE) && cause != 0;
}

static enum kvk_err set_limit(struct kvk_error *why, const char *shown, size_t max)
{
	if (max % MIB == 0)
		return kvk_error_set(why, KVK_ERR_LIMIT,
			_("'%s' is larger than %zu MiB, the limit for such a file"), shown,
			max / MIB);
	return kvk_error_set(why, KVK_ERR_LIMIT,
		_("'%s' is larger than %zu KiB, the limit for such a file"), shown, max / KIB);
}

/* With the cause that the system gives. */
static enum kvk_err set_cause(
	struct kvk_error *why, enum kvk_err err, const char *shown, const char *cause)
{
	switch (err) {
	case KVK_ERR_OPEN:
		return kvk_error_set(why, err, _("'%s' cannot be opened: %s"), shown, cause);
	case KVK_ERR_READ:
		return kvk_error_set(why, err, _("'%s' cannot be read: %s"), shown, cause);
	case KVK_ERR_WRITE:
		return kvk_error_set(why, err, _("'%s' cannot be written: %s"), shown, cause);
	default:
		return kvk_error_set(why, err, _("'%s' was not found: %s"), shown, cause);
	}
}

enum kvk_err kvk_error_set_file(
	struct kvk_error *why, enum kvk_err err, const char *path, size_t max)
{
	const int cause = errno;
	char shown[KVK_ERROR_SIZE / 2];

	kvk_escape_to(shown, sizeof(shown), kvk_span_of(path));
	if (err == KVK_ERR_LIMIT && max > 0)
		return set_limit(why, shown, max);
	if (has_cause(err, cause))
		return set_cause(why, err, shown, strerror(cause));
	return kvk_error_set(why, err, _("'%s': %s"), shown, kvk_error_text(err));
}
