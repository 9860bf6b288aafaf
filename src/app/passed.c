/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "app/passed.h"

#include <linux/magic.h>
#include <string.h>
#include <sys/vfs.h>

/* What editors, package managers and administrators put after the name of a copy. */
static const char *const endings[] = { "~", ".bak", ".backup", ".old", ".orig", ".save", ".swo",
	".swp", ".rpmnew", ".rpmorig", ".rpmsave" };
/* What they put in the middle. */
static const char *const parts[] = { ".dpkg-", ".ucf-" };

static bool ends_with(const char *name, const char *ending)
{
	const size_t n = strlen(name), m = strlen(ending);

	return n > m && strcmp(name + n - m, ending) == 0;
}

static bool is_backup(const char *name)
{
	for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++)
		if (ends_with(name, endings[i]))
			return true;
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		if (strstr(name, parts[i]) != NULL)
			return true;
	/* "#cert.pem#" and ".#cert.pem" of Emacs. */
	return (name[0] == '#' && ends_with(name, "#")) || strncmp(name, ".#", 2) == 0;
}

bool kvk_passed_by_name(const char *name, enum kvk_passed *out)
{
	const bool dots = strncmp(name, "..", 2) == 0;

	*out = dots ? KVK_PASSED_DOTS : KVK_PASSED_BACKUP;
	return dots || is_backup(name);
}

bool kvk_passed_system(int fd, const struct stat *st)
{
	struct stat dev, root;
	struct statfs fs;

	if (fstatfs(fd, &fs) == 0 && (fs.f_type == PROC_SUPER_MAGIC || fs.f_type == SYSFS_MAGIC))
		return true;
	if (stat("/dev", &dev) != 0 || stat("/", &root) != 0 || st->st_dev != dev.st_dev)
		return false;
	return dev.st_dev != root.st_dev || st->st_ino == dev.st_ino;
}
