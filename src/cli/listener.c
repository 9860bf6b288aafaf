/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/listener.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/format.h"

#define PROC_SIZE 512

/* Reads the beginning of a file of /proc/PID; "" where that fails. */
static const char *read_proc(pid_t pid, const char *name, char out[static PROC_SIZE])
{
	char path[64];
	ssize_t n = 0;
	int fd;

	KVK_FORMAT(path, "/proc/%ld/%s", (long)pid, name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd >= 0)
		n = read(fd, out, PROC_SIZE - 1);
	kvk_fd_close(fd);
	out[n > 0 ? n : 0] = '\0';
	return out;
}

/* The parent of a process; 0 where it is not known. Its name may hold brackets. */
static pid_t parent_of(pid_t pid)
{
	char text[PROC_SIZE];
	const char *end = strrchr(read_proc(pid, "stat", text), ')');

	/* ") S 123" */
	return end != NULL && strlen(end) > 4 ? (pid_t)strtol(end + 4, NULL, 10) : 0;
}

static bool is_cron(pid_t pid)
{
	char name[PROC_SIZE];

	read_proc(pid, "comm", name);
	return strcmp(name, "cron\n") == 0 || strcmp(name, "crond\n") == 0;
}

/* Whether standard output of a process is the same as ours. */
static bool shares(pid_t pid, const struct stat *own)
{
	struct stat st;
	char path[64];

	KVK_FORMAT(path, "/proc/%ld/fd/%d", (long)pid, STDOUT_FILENO);
	return stat(path, &st) == 0 && st.st_dev == own->st_dev && st.st_ino == own->st_ino;
}

/* Started by cron, directly or through its shell, and without anything in between that reads. */
static bool is_pipe_of_cron(const struct stat *own)
{
	const pid_t parent = getppid();

	return S_ISFIFO(own->st_mode) &&
		(is_cron(parent) || (is_cron(parent_of(parent)) && shares(parent, own)));
}

static bool cron_mails(void)
{
	const char *to = getenv("MAILTO");

	return (to == NULL || to[0] != '\0') &&
		(access("/usr/sbin/sendmail", X_OK) == 0 || access("/usr/lib/sendmail", X_OK) == 0);
}

/* systemd names the stream (systemd.exec(5)), so that a redirection is noticed. */
static bool is_journal(const struct stat *own)
{
	const char *named = getenv("JOURNAL_STREAM");
	char text[64];

	KVK_FORMAT(text, "%ju:%ju", (uintmax_t)own->st_dev, (uintmax_t)own->st_ino);
	return named != NULL && strcmp(named, text) == 0;
}

enum kvk_listener kvk_listener(void)
{
	struct stat own;

	if (fstat(STDOUT_FILENO, &own) != 0)
		return KVK_LISTENER_SOMEBODY;
	if (is_journal(&own))
		return KVK_LISTENER_JOURNAL;
	return is_pipe_of_cron(&own) && !cron_mails() ? KVK_LISTENER_CRON : KVK_LISTENER_SOMEBODY;
}
