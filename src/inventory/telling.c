/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "inventory/sqlite.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

/* Milliseconds between two looks at whether the other run has ended. */
#define PAUSE_MS 20

/*
 * A lock of its own, not one of the database, which would keep everybody else out while a text is
 * written to somebody who does not read it.
 */
static enum kvk_err lock(int fd)
{
	const struct timespec pause = { .tv_nsec = PAUSE_MS * 1000000L };

	for (int waited = 0; flock(fd, LOCK_EX | LOCK_NB) != 0; waited += PAUSE_MS) {
		/* A file system without such locks: two runs at one moment may both tell. */
		if (errno != EWOULDBLOCK && errno != EINTR)
			return KVK_OK;
		if (waited >= KVK_LIMIT_BUSY_MS)
			return KVK_ERR_BUSY;
		(void)nanosleep(&pause, NULL);
	}
	return KVK_OK;
}

enum kvk_err kvk_inventory_telling_begin(struct kvk_inventory *inventory)
{
	const char *file = kvk_blob_str(&inventory->telling_file);
	int fd = open(file, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0600);
	enum kvk_err err = fd >= 0 ? lock(fd) : KVK_ERR_OPEN;

	if (err == KVK_OK)
		inventory->telling = fd;
	else if (fd >= 0)
		close(fd);
	return err;
}

void kvk_inventory_telling_end(struct kvk_inventory *inventory)
{
	if (inventory->telling >= 0)
		close(inventory->telling);
	inventory->telling = -1;
}
