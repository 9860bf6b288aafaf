/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/fault/tracer.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>
#include <sys/wait.h>
#include <unistd.h>

#define TRACE_OPTIONS (PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL | PTRACE_O_TRACECLONE)
/* A stop at a system call, with PTRACE_O_TRACESYSGOOD. */
#define SYSCALL_STOP (SIGTRAP | 0x80)

static const struct {
	const char *word;
	int error;
} kinds[FAULT_KIND_COUNT] = {
	[FAULT_NONE] = { "none", 0 },
	[FAULT_ENOSPC] = { "ENOSPC", ENOSPC },
	[FAULT_EIO] = { "EIO", EIO },
	[FAULT_EROFS] = { "EROFS", EROFS },
	[FAULT_KILL] = { "kill", 0 },
	[FAULT_HALF] = { "half", 0 },
};

/* Calls that change a file system or send something on. The older forms exist on some processors
 * only. */
static const long writing[] = {
	SYS_write,
	SYS_pwrite64,
	SYS_writev,
	SYS_pwritev,
	SYS_ftruncate,
	SYS_fallocate,
	SYS_fsync,
	SYS_fdatasync,
	SYS_renameat2,
	SYS_linkat,
	SYS_symlinkat,
	SYS_unlinkat,
	SYS_mkdirat,
	SYS_fchmod,
	SYS_fchmodat,
	SYS_fchown,
	SYS_fchownat,
#ifdef SYS_rename
	SYS_rename,
	SYS_renameat,
	SYS_link,
	SYS_symlink,
	SYS_unlink,
	SYS_rmdir,
	SYS_mkdir,
	SYS_chmod,
	SYS_chown,
#endif
};

/* One run. */
struct run {
	const struct fault *fault;
	struct traced *result;
	/* The call that was hit is being made, and this is what it has to return (0: as it comes).
	 */
	bool hit;
	int error;
};

const char *fault_word(enum fault_kind kind)
{
	return kinds[kind].word;
}

static bool writes(const struct __ptrace_syscall_info *call)
{
	const long number = (long)call->entry.nr;

	if (number == SYS_openat)
		return (call->entry.args[2] & O_CREAT) != 0;
	for (size_t i = 0; i < sizeof writing / sizeof writing[0]; i++)
		if (writing[i] == number)
			return true;
	return false;
}

#if defined(__x86_64__)
/* What the processor passes: the number of the call, its third argument, and its result. */
static bool set_call(pid_t pid, const long *number, const uint64_t *third, const long *result)
{
	struct user_regs_struct regs;

	if (ptrace(PTRACE_GETREGS, pid, NULL, &regs) != 0)
		return false;
	if (number != NULL)
		regs.orig_rax = (unsigned long long)*number;
	if (third != NULL)
		regs.rdx = *third;
	if (result != NULL)
		regs.rax = (unsigned long long)*result;
	return ptrace(PTRACE_SETREGS, pid, NULL, &regs) == 0;
}
#elif defined(__aarch64__)
static bool set_call(pid_t pid, const long *number, const uint64_t *third, const long *result)
{
	struct user_regs_struct regs;
	struct iovec whole = { &regs, sizeof regs };
	int call = number != NULL ? (int)*number : 0;
	struct iovec one = { &call, sizeof call };

	if (ptrace(PTRACE_GETREGSET, pid, 1 /* NT_PRSTATUS */, &whole) != 0)
		return false;
	if (third != NULL)
		regs.regs[2] = *third;
	if (result != NULL)
		regs.regs[0] = (unsigned long long)*result;
	if (number != NULL && ptrace(PTRACE_SETREGSET, pid, 0x404 /* NT_ARM_SYSTEM_CALL */, &one))
		return false;
	return ptrace(PTRACE_SETREGSET, pid, 1, &whole) == 0;
}
#else
static bool set_call(pid_t pid, const long *number, const uint64_t *third, const long *result)
{
	return false;
}
#endif

/* Lets a call end with an error, instead of being made. */
static void refuse(struct run *run, pid_t pid, int error)
{
	static const long none = -1;

	run->hit = true;
	run->error = error;
	(void)set_call(pid, &none, NULL, NULL);
}

/* What a file system says of a call that it does not know; 0 where it knows it. */
static int lacking(const struct run *run, const struct __ptrace_syscall_info *call)
{
	const long number = (long)call->entry.nr;

	if (run->fault->lack == FAULT_LACKS_EXCHANGE && number == SYS_renameat2 &&
		(call->entry.args[4] & RENAME_EXCHANGE) != 0)
		return EINVAL;
	return run->fault->lack == FAULT_LACKS_LINKS && number == SYS_linkat ? EPERM : 0;
}

/* At the entry of the call that is to be hit. */
static void hit(struct run *run, pid_t pid, const struct __ptrace_syscall_info *call)
{
	const long number = (long)call->entry.nr;
	const uint64_t half = call->entry.args[2] / 2;

	run->hit = true;
	run->result->hit = number;
	run->error = kinds[run->fault->kind].error;
	if (run->error != 0)
		refuse(run, pid, run->error);
	else if (run->fault->kind == FAULT_KILL)
		(void)kill(pid, SIGKILL);
	else if (number == SYS_write || number == SYS_pwrite64)
		(void)set_call(pid, NULL, &half, NULL);
}

/* The call that was hit has ended. */
static void ended(struct run *run, pid_t pid)
{
	const long result = -(long)run->error;

	run->hit = false;
	if (run->error != 0)
		(void)set_call(pid, NULL, NULL, &result);
	else
		(void)kill(pid, SIGKILL);
}

static void at_entry(struct run *run, pid_t pid, const struct __ptrace_syscall_info *call)
{
	const int lack = lacking(run, call);

	if (++run->result->calls == run->fault->at && run->fault->kind != FAULT_NONE)
		hit(run, pid, call);
	else if (lack != 0)
		refuse(run, pid, lack);
}

static void at_call(struct run *run, pid_t pid)
{
	struct __ptrace_syscall_info call;

	if (ptrace(PTRACE_GET_SYSCALL_INFO, pid, sizeof call, &call) <= 0)
		return;
	if (call.op == PTRACE_SYSCALL_INFO_EXIT && run->hit)
		ended(run, pid);
	else if (call.op == PTRACE_SYSCALL_INFO_ENTRY && writes(&call))
		at_entry(run, pid, &call);
}

/* The signal to hand on to a stopped thread; none where the stop is of the tracer's making. */
static int signal_of(int status)
{
	const int number = WSTOPSIG(status);

	return status >> 16 != 0 || number == SIGTRAP || number == SIGSTOP ? 0 : number;
}

static void trace(struct run *run, pid_t child)
{
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, __WALL)) > 0) {
		if (WIFSTOPPED(status)) {
			const bool call = WSTOPSIG(status) == SYSCALL_STOP;

			if (call)
				at_call(run, pid);
			(void)ptrace(PTRACE_SYSCALL, pid, NULL, call ? 0 : signal_of(status));
		} else if (pid == child) {
			run->result->status = status;
		}
	}
}

/* In the child: waits for the tracer, then becomes the program. */
static void become(char *const *argv, const char *out, const char *err)
{
	int in = open("/dev/null", O_RDONLY);
	int to = open(out, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	int also = open(err, O_WRONLY | O_CREAT | O_TRUNC, 0600);

	if (dup2(in, 0) == 0 && dup2(to, 1) == 1 && dup2(also, 2) == 2 &&
		ptrace(PTRACE_TRACEME, 0, NULL, NULL) == 0 && raise(SIGSTOP) == 0)
		execv(argv[0], argv);
	_exit(126);
}

bool traced_run(char *const *argv, const char *out, const char *err, const struct fault *fault,
	struct traced *result)
{
	struct run run = { .fault = fault, .result = result };
	pid_t child = fork();
	int status;

	*result = (struct traced){ .hit = -1 };
	if (child == 0)
		become(argv, out, err);
	if (child < 0 || waitpid(child, &status, 0) != child || !WIFSTOPPED(status))
		return false;
	if (ptrace(PTRACE_SETOPTIONS, child, NULL, TRACE_OPTIONS) != 0 ||
		ptrace(PTRACE_SYSCALL, child, NULL, 0) != 0) {
		(void)kill(child, SIGKILL);
		(void)waitpid(child, &status, 0);
		return false;
	}
	trace(&run, child);
	return true;
}
