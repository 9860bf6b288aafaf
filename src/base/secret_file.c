/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "base/secret_file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

#include "base/file.h"

enum kvk_err kvk_secret_file_read(
	const char *path, size_t max, struct kvk_secret *out, bool *readable)
{
	int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	enum kvk_err err;
	struct stat st;

	if (fd < 0)
		return errno == ENOENT ? KVK_ERR_NOT_FOUND : KVK_ERR_OPEN;
	KVK_TRY(fstat(fd, &st) == 0 ? KVK_OK : KVK_ERR_READ);
	KVK_TRY(S_ISREG(st.st_mode) ? KVK_OK : KVK_ERR_NOT_REGULAR);
	KVK_TRY(kvk_fd_read_secret(fd, max, out));
	*readable = (st.st_mode & (S_IRGRP | S_IROTH)) != 0;
out:
	kvk_fd_close(fd);
	return err;
}

void kvk_secret_file_cut(struct kvk_secret *secret)
{
	for (size_t i = 0; i < secret->n; i++) {
		if (secret->p[i] != '\n')
			continue;
		kvk_secret_cut(secret, i > 0 && secret->p[i - 1] == '\r' ? i - 1 : i);
		return;
	}
}
