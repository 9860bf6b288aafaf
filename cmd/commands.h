/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The subcommands, one file each, and the table from which they are dispatched. A subcommand starts
 * with kvk_run_start(), which reads its options and opens what its row of the table says, and
 * returns the exit code of the program.
 */
#ifndef KVKCSR_CMD_COMMANDS_H
#define KVKCSR_CMD_COMMANDS_H

#include "app/settings.h"
#include "base/exit.h"
#include "cli/options.h"

/* Under which heading `kvkcsr --help` lists a subcommand, in this order. */
enum kvk_command_group {
	KVK_GROUP_ORDER,
	KVK_GROUP_DELIVERY,
	KVK_GROUP_LOOK,
	KVK_GROUP_WATCH,
	KVK_GROUP_SET_UP,
	KVK_GROUP_COUNT,
};

/* What is done for a subcommand before it works. */
enum kvk_command_flags {
	/* The configuration is opened; a wrong one ends it with KVK_EXIT_CONFIG. */
	KVK_COMMAND_CONFIG = 1,
};

struct kvk_run;

/* A row of the table, which ends with one whose name is NULL. */
struct kvk_command {
	const char *name;
	enum kvk_exit (*run)(struct kvk_run *run);
	/* One line, N_(). */
	const char *summary;
	enum kvk_command_group group;
	/* enum kvk_command_flags. */
	unsigned flags;
};

/* One run of a subcommand. */
struct kvk_run {
	const struct kvk_command *command;
	/* As main() has them; argv[0] is the name of the subcommand. */
	int argc;
	char **argv;
	/* Set by kvk_run_start(): what is no option, */
	char **arguments;
	size_t count;
	/* and with KVK_COMMAND_CONFIG the configuration in force. */
	struct kvk_settings settings;
};

extern const struct kvk_command kvk_commands[];

/* The subcommand of this name, or NULL. */
const struct kvk_command *kvk_command_find(const char *name);
/* Runs a subcommand with these arguments, and frees what was opened for it. */
enum kvk_exit kvk_command_run(const struct kvk_command *command, int argc, char **argv);
/*
 * The first step of each subcommand: reads its options into config, which holds their defaults, and
 * opens what its row says; common is the member of config, NULL where it has none. What is wrong is
 * written to stderr.
 */
enum kvk_exit kvk_run_start(struct kvk_run *run, const struct kvk_usage *usage, void *config,
	const struct kvk_common *common);

enum kvk_exit kvk_cmd_accept(struct kvk_run *run);
enum kvk_exit kvk_cmd_adopt(struct kvk_run *run);
enum kvk_exit kvk_cmd_check(struct kvk_run *run);
enum kvk_exit kvk_cmd_config(struct kvk_run *run);
enum kvk_exit kvk_cmd_explain(struct kvk_run *run);
enum kvk_exit kvk_cmd_export(struct kvk_run *run);
enum kvk_exit kvk_cmd_lookup(struct kvk_run *run);
enum kvk_exit kvk_cmd_new(struct kvk_run *run);
enum kvk_exit kvk_cmd_notify(struct kvk_run *run);
enum kvk_exit kvk_cmd_rehearse(struct kvk_run *run);
enum kvk_exit kvk_cmd_renew(struct kvk_run *run);
enum kvk_exit kvk_cmd_schedule(struct kvk_run *run);
enum kvk_exit kvk_cmd_show(struct kvk_run *run);
enum kvk_exit kvk_cmd_status(struct kvk_run *run);
enum kvk_exit kvk_cmd_track(struct kvk_run *run);
enum kvk_exit kvk_cmd_trust(struct kvk_run *run);
enum kvk_exit kvk_cmd_untrack(struct kvk_run *run);
enum kvk_exit kvk_cmd_uploaded(struct kvk_run *run);
enum kvk_exit kvk_cmd_verify(struct kvk_run *run);

#endif
