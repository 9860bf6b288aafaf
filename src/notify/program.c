/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "notify/program.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/escape.h"
#include "base/file.h"
#include "base/path.h"

/* Milliseconds between two looks at whether it has ended. */
#define PAUSE_MS 20
/* Milliseconds that it has between SIGTERM and SIGKILL. */
#define GRACE_MS 5000
/* Octets of what it writes that are kept. */
#define SAID_SIZE 160
/* The status of a child that could not become the program, as in a shell. */
#define NOT_STARTED 127

/* A program that is running. */
struct running {
	const struct kvk_program *program;
	pid_t pid;
	/* Our ends of its standard input, and of its output; below 0: closed. */
	int in, out;
	size_t written;
	char said[SAID_SIZE];
	size_t said_size;
	/* From waitpid(), once ended is set. */
	int status;
	bool ended;
};

/* Whether nobody else can put another file into a folder in place of ours. A group may: Debian's
 * /usr/local belonged to one. */
static bool is_safe_folder(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 && (st.st_uid == geteuid() || st.st_uid == 0) &&
		((st.st_mode & S_IWOTH) == 0 || (st.st_mode & S_ISVTX) != 0);
}

/* Each folder above a path, which is changed. */
static enum kvk_err check_folders(struct kvk_blob *path, struct kvk_error *why)
{
	char safe[256];

	while (path->n > 1) {
		path->n = kvk_path_parent(kvk_span_of_blob(path)).n;
		path->p[path->n] = '\0';
		if (!is_safe_folder(kvk_blob_str(path)))
			return kvk_error_set(why, KVK_ERR_CONFIG,
				_("the folder '%s' of the program belongs to another user or can "
				  "be written by everyone (chmod o-w)"),
				kvk_escape_to(safe, sizeof safe, kvk_span_of_blob(path)));
	}
	return KVK_OK;
}

/* The folders that lead to a program, and where it is a link, those that lead to what it names. */
static enum kvk_err check_way(const char *path, struct kvk_error *why)
{
	struct kvk_blob folder = { 0 }, real = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_blob_append_text(&folder, path));
	KVK_TRY(check_folders(&folder, why));
	KVK_TRY(kvk_path_resolve(&real, path));
	KVK_TRY(check_folders(&real, why));
out:
	kvk_blob_free(&folder);
	kvk_blob_free(&real);
	return err;
}

enum kvk_err kvk_program_check(const char *path, struct kvk_error *why)
{
	struct stat st;
	char safe[256];

	kvk_escape_to(safe, sizeof safe, kvk_span_of(path));
	if (path[0] != '/')
		return kvk_error_set(why, KVK_ERR_CONFIG,
			_("the path of the program '%s' must be absolute"), safe);
	if (stat(path, &st) != 0)
		return kvk_error_set(why, KVK_ERR_CONFIG, _("the program '%s' cannot be found: %s"),
			safe, strerror(errno));
	if (!S_ISREG(st.st_mode) || access(path, X_OK) != 0)
		return kvk_error_set(
			why, KVK_ERR_CONFIG, _("'%s' is not a program that can be run"), safe);
	if ((st.st_uid != geteuid() && st.st_uid != 0) || (st.st_mode & (S_IWGRP | S_IWOTH)) != 0)
		return kvk_error_set(why, KVK_ERR_CONFIG,
			_("the program '%s' belongs to another user or can be written by others "
			  "(chmod go-w)"),
			safe);
	return check_way(path, why);
}

/* In the child: never returns. */
static void become(const struct kvk_program *program, int in, int out)
{
	sigset_t none;

	(void)setpgid(0, 0);
	(void)sigemptyset(&none);
	(void)sigprocmask(SIG_SETMASK, &none, NULL);
	(void)signal(SIGPIPE, SIG_DFL);
	if (dup2(in, STDIN_FILENO) >= 0 && dup2(out, STDOUT_FILENO) >= 0 &&
		dup2(out, STDERR_FILENO) >= 0 && close_range(STDERR_FILENO + 1, ~0U, 0) == 0)
		(void)execve(program->argv[0], program->argv, program->environment);
	_exit(NOT_STARTED);
}

static bool start(struct running *running)
{
	int in[2] = { -1, -1 }, out[2] = { -1, -1 };
	bool made = pipe2(in, O_CLOEXEC) == 0 && pipe2(out, O_CLOEXEC) == 0;

	running->pid = made ? fork() : -1;
	if (running->pid == 0)
		become(running->program, in[0], out[1]);
	kvk_fd_close(in[0]);
	kvk_fd_close(out[1]);
	running->in = in[1];
	running->out = out[0];
	if (running->pid < 0)
		return false;
	/* In both processes, so that it is done before either goes on. */
	(void)setpgid(running->pid, running->pid);
	return fcntl(running->in, F_SETFL, O_NONBLOCK) == 0 &&
		fcntl(running->out, F_SETFL, O_NONBLOCK) == 0;
}

static void stop_writing(struct running *running)
{
	kvk_fd_close(running->in);
	running->in = -1;
}

static void write_more(struct running *running)
{
	const struct kvk_span input = running->program->input;
	ssize_t n = 0;

	if (running->in < 0)
		return;
	if (running->written < input.n)
		n = write(running->in, input.p + running->written, input.n - running->written);
	if (n > 0)
		running->written += (size_t)n;
	/* One that does not want its input is not wrong for that. */
	if (running->written == input.n || (n < 0 && errno != EAGAIN && errno != EINTR))
		stop_writing(running);
}

/* Keeps the beginning of what it says, and takes the rest, so that it does not wait. */
static void read_more(struct running *running)
{
	char octets[4096];
	ssize_t n;

	while (running->out >= 0 && (n = read(running->out, octets, sizeof octets)) != -1) {
		size_t more = (size_t)n;

		if (n == 0) {
			kvk_fd_close(running->out);
			running->out = -1;
			return;
		}
		if (more > sizeof running->said - running->said_size)
			more = sizeof running->said - running->said_size;
		memcpy(running->said + running->said_size, octets, more);
		running->said_size += more;
	}
}

/* Looks whether it has ended. Whether nothing is left of its group: what it left behind is our
 * child since then (PR_SET_CHILD_SUBREAPER). */
static bool is_over(struct running *running)
{
	pid_t pid;

	if (!running->ended)
		running->ended = waitpid(running->pid, &running->status, WNOHANG) == running->pid;
	if (!running->ended)
		return false;
	while ((pid = waitpid(-running->pid, NULL, WNOHANG)) > 0)
		;
	return pid < 0;
}

/* Whether what it left behind is none of our business. */
static bool may_go_on(const struct running *running)
{
	return running->program->may_leave && running->ended && WIFEXITED(running->status) &&
		WEXITSTATUS(running->status) == 0;
}

/* Serves it, and what it leaves behind, until nothing is left or a time is over; whether nothing
 * is. */
static bool serve_until(struct running *running, kvk_time end)
{
	bool over = is_over(running);

	while (!over && kvk_time_monotonic() < end) {
		struct pollfd wanted[] = { { running->in, POLLOUT, 0 },
			{ running->out, POLLIN, 0 } };

		(void)poll(wanted, sizeof wanted / sizeof wanted[0], PAUSE_MS);
		write_more(running);
		read_more(running);
		over = is_over(running) || may_go_on(running);
	}
	read_more(running);
	return over;
}

/* Ends its process group, as far as that is ours to end: it may run as another user. */
static void end(struct running *running)
{
	(void)kill(-running->pid, SIGTERM);
	if (serve_until(running, kvk_time_monotonic() + GRACE_MS))
		return;
	(void)kill(-running->pid, SIGKILL);
	(void)serve_until(running, kvk_time_monotonic() + GRACE_MS);
}

/* What a program that failed said, in a message that names it. */
static enum kvk_err set_error(struct running *running, struct kvk_error *why)
{
	const struct kvk_span said = { (const uint8_t *)running->said, running->said_size };
	const uint8_t *line_end = said.n > 0 ? memchr(said.p, '\n', said.n) : NULL;
	char safe[128], quoted[SAID_SIZE];

	kvk_escape_to(safe, sizeof safe, kvk_span_of(running->program->argv[0]));
	kvk_escape_to(quoted, sizeof quoted,
		(struct kvk_span){
			said.p, line_end != NULL ? (size_t)(line_end - said.p) : said.n });
	if (WIFSIGNALED(running->status))
		return kvk_error_set(why, KVK_ERR_WRITE, _("'%s' was ended by signal %d"), safe,
			WTERMSIG(running->status));
	if (quoted[0] != '\0')
		return kvk_error_set(why, KVK_ERR_WRITE, _("'%s' ended with status %d: %s"), safe,
			WEXITSTATUS(running->status), quoted);
	return kvk_error_set(why, KVK_ERR_WRITE, _("'%s' ended with status %d"), safe,
		WEXITSTATUS(running->status));
}

/* What is said where the time was over. */
static enum kvk_err set_late(const struct running *running, bool ended, struct kvk_error *why)
{
	const long long limit = running->program->timeout / KVK_SECOND;
	char safe[128];

	kvk_escape_to(safe, sizeof safe, kvk_span_of(running->program->argv[0]));
	if (ended)
		return kvk_error_set(why, KVK_ERR_WRITE,
			kvk_ngettext("'%s' left a process running, which did not end within %lld "
				     "second and was stopped",
				"'%s' left a process running, which did not end within %lld "
				"seconds and was stopped",
				(unsigned long)limit),
			safe, limit);
	return kvk_error_set(why, KVK_ERR_WRITE,
		kvk_ngettext("'%s' did not end within %lld second and was stopped",
			"'%s' did not end within %lld seconds and was stopped",
			(unsigned long)limit),
		safe, limit);
}

static enum kvk_err wait_for(struct running *running, struct kvk_error *why)
{
	const bool over = serve_until(running, kvk_time_monotonic() + running->program->timeout);
	const bool ended = running->ended;

	if (!over)
		end(running);
	if (ended && (!WIFEXITED(running->status) || WEXITSTATUS(running->status) != 0))
		return set_error(running, why);
	return over ? KVK_OK : set_late(running, ended, why);
}

enum kvk_err kvk_program_run(const struct kvk_program *program, struct kvk_error *why)
{
	struct running running = { .program = program };
	const struct sigaction ignore = { .sa_handler = SIG_IGN },
			       usual = { .sa_handler = SIG_DFL };
	struct sigaction pipe_before, child_before;
	char safe[128];
	enum kvk_err err;

	(void)sigaction(SIGPIPE, &ignore, &pipe_before);
	/* Whoever started us may ignore it, and then no status is kept. */
	(void)sigaction(SIGCHLD, &usual, &child_before);
	/* So that the end of the last of its processes is seen. */
	(void)prctl(PR_SET_CHILD_SUBREAPER, 1L, 0L, 0L, 0L);
	if (start(&running))
		err = wait_for(&running, why);
	else
		err = kvk_error_set(why, KVK_ERR_WRITE, _("'%s' cannot be started: %s"),
			kvk_escape_to(safe, sizeof safe, kvk_span_of(program->argv[0])),
			strerror(errno));
	kvk_fd_close(running.in);
	kvk_fd_close(running.out);
	(void)prctl(PR_SET_CHILD_SUBREAPER, 0L, 0L, 0L, 0L);
	(void)sigaction(SIGCHLD, &child_before, NULL);
	(void)sigaction(SIGPIPE, &pipe_before, NULL);
	return err;
}
