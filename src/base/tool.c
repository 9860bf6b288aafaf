/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "base/tool.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/file.h"
#include "base/limits.h"
#include "base/path.h"

/* The path of a program: a path as it is, a name in the folders of the system. */
static enum kvk_err find(const char *name, struct kvk_blob *out)
{
	static const char *const folders[] = { "/usr/bin", "/bin", "/usr/sbin", "/sbin" };
	enum kvk_err err;

	kvk_blob_clear(out);
	if (strchr(name, '/') != NULL)
		return kvk_blob_append_text(out, name);
	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		KVK_TRY(kvk_path_join(out, folders[i], name));
		if (access(kvk_blob_str(out), X_OK) == 0)
			return KVK_OK;
	}
	err = KVK_ERR_NOT_FOUND;
out:
	return err;
}

/* Starts a program whose standard output is this descriptor. */
static enum kvk_err start(const char *path, const char *const *arguments, int output, pid_t *pid)
{
	posix_spawn_file_actions_t actions;
	char *const *argv;
	int failed;

	/* posix_spawn() does not change them, but is declared as if it did. */
	memcpy(&argv, &arguments, sizeof argv);
	if (posix_spawn_file_actions_init(&actions) != 0)
		return KVK_ERR_MEMORY;
	failed = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	if (failed == 0)
		failed = posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
	if (failed == 0)
		failed = posix_spawn(pid, path, &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	if (failed == 0)
		return KVK_OK;
	errno = failed;
	return failed == ENOENT ? KVK_ERR_NOT_FOUND : KVK_ERR_OPEN;
}

static enum kvk_err wait_for(pid_t pid, int *status)
{
	int how;

	while (waitpid(pid, &how, 0) < 0)
		if (errno != EINTR)
			return KVK_ERR_READ;
	*status = WIFEXITED(how) ? WEXITSTATUS(how) : 128 + WTERMSIG(how);
	return KVK_OK;
}

enum kvk_err kvk_tool_run(const char *const *arguments, struct kvk_blob *out, int *status)
{
	struct kvk_blob path = { 0 }, printed = { 0 };
	int ends[2] = { -1, -1 };
	enum kvk_err err, waited;
	pid_t pid;

	KVK_TRY(find(arguments[0], &path));
	if (out != NULL && pipe2(ends, O_CLOEXEC) != 0) {
		err = KVK_ERR_OPEN;
		goto out;
	}
	KVK_TRY(start(kvk_blob_str(&path), arguments, out != NULL ? ends[1] : STDERR_FILENO, &pid));
	if (out != NULL) {
		kvk_fd_close(ends[1]);
		ends[1] = -1;
		err = kvk_fd_read(ends[0], KVK_LIMIT_TOOL_OUTPUT, &printed);
		/* Nobody reads the rest, and so the program does not wait for that. */
		kvk_fd_close(ends[0]);
		ends[0] = -1;
	}
	waited = wait_for(pid, status);
	KVK_TRY(err != KVK_OK ? err : waited);
	if (out != NULL)
		KVK_TRY(kvk_blob_append(out, kvk_span_of_blob(&printed)));
out:
	kvk_fd_close(ends[0]);
	kvk_fd_close(ends[1]);
	kvk_blob_free(&printed);
	kvk_blob_free(&path);
	return err;
}

enum kvk_err kvk_tool_self(struct kvk_blob *out)
{
	char path[PATH_MAX];
	const ssize_t n = readlink("/proc/self/exe", path, sizeof path);

	if (n <= 0 || (size_t)n >= sizeof path)
		return KVK_ERR_READ;
	return kvk_blob_set(out, (struct kvk_span){ (const uint8_t *)path, (size_t)n });
}
