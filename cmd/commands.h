/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The subcommands, one file each. Each gets its own name as argv[0] and returns the exit code of
 * the program.
 */
#ifndef KVKCSR_CMD_COMMANDS_H
#define KVKCSR_CMD_COMMANDS_H

#include "base/exit.h"

enum kvk_exit kvk_cmd_accept(int argc, char **argv);
enum kvk_exit kvk_cmd_check(int argc, char **argv);
enum kvk_exit kvk_cmd_config(int argc, char **argv);
enum kvk_exit kvk_cmd_explain(int argc, char **argv);
enum kvk_exit kvk_cmd_new(int argc, char **argv);
enum kvk_exit kvk_cmd_rehearse(int argc, char **argv);
enum kvk_exit kvk_cmd_show(int argc, char **argv);
enum kvk_exit kvk_cmd_status(int argc, char **argv);
enum kvk_exit kvk_cmd_track(int argc, char **argv);
enum kvk_exit kvk_cmd_untrack(int argc, char **argv);
enum kvk_exit kvk_cmd_uploaded(int argc, char **argv);
enum kvk_exit kvk_cmd_verify(int argc, char **argv);

#endif
