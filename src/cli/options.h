/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Options as data: one table for each subcommand drives the parser, --help and the shell
 * completion. Unknown options and options given twice are refused, with a suggestion; abbreviations
 * are not taken. No option ever carries a secret.
 */
#ifndef KVKCSR_CLI_OPTIONS_H
#define KVKCSR_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/exit.h"
#include "base/limits.h"
#include "base/time.h"

enum kvk_option_kind {
	/* Sets a bool. */
	KVK_OPTION_FLAG,
	/* Sets a const char *. */
	KVK_OPTION_TEXT,
	/* Sets a const char * to one of choices. */
	KVK_OPTION_CHOICE,
	/* Sets a long; minimum and maximum inclusive. The member's value without the option stays.
	 */
	KVK_OPTION_NUMBER,
	/* Sets a kvk_time from RFC 3339, and with it the bool `has` that follows (struct
	   kvk_time_option). */
	KVK_OPTION_TIME,
	/* Appends to a struct kvk_text_list; the one kind that may be repeated. */
	KVK_OPTION_LIST,
};

/* Values of a repeatable option. */
struct kvk_text_list {
	const char *items[KVK_LIMIT_OPTION_FILES];
	size_t count;
};

/* One option. Tables end with a row whose name is NULL. */
struct kvk_option {
	/* The long name without dashes. */
	const char *name;
	/* A one-letter form, 0 where there is none. */
	char letter;
	enum kvk_option_kind kind;
	/* What --help calls the value, N_(); NULL for flags. */
	const char *value;
	/* One line for --help, N_(). */
	const char *summary;
	/* offsetof the member in the subcommand's struct that it sets. */
	size_t offset;
	/* KVK_OPTION_CHOICE: ends with NULL. */
	const char *const *choices;
	long minimum, maximum;
};

/* What --help says of a subcommand, and how many arguments it takes. */
struct kvk_usage {
	const char *name;
	/* "[OPTION]... FILE..." after the name, N_(). */
	const char *synopsis;
	/* One line, N_(); also the dispatch table's. */
	const char *summary;
	/* A paragraph or two with an example, N_(); may be NULL. */
	const char *details;
	const struct kvk_option *options;
	size_t minimum, maximum;
};

/* Values that many subcommands share: embed it and use the rows below. */
struct kvk_common {
	const char *home;
	const char *config;
	const char *color;
	bool json;
};

/* Rows for struct kvk_common as a member called `common` of a subcommand's struct. */
extern const char *const kvk_color_choices[];
#define KVK_ROW_HOME(type) \
	{ \
		"home", 0, KVK_OPTION_TEXT, N_("DIR"), \
			N_("folder with the inventory and the dossiers"), \
			offsetof(type, common.home), NULL, 0, 0 \
	}
#define KVK_ROW_CONFIG(type) \
	{ \
		"config", 0, KVK_OPTION_TEXT, N_("FILE"), \
			N_("configuration file to read in place of the usual ones"), \
			offsetof(type, common.config), NULL, 0, 0 \
	}
#define KVK_ROW_COLOR(type) \
	{ \
		"color", 0, KVK_OPTION_CHOICE, "always|never|auto", \
			N_("when to use colour; default auto"), offsetof(type, common.color), \
			kvk_color_choices, 0, 0 \
	}
#define KVK_ROW_JSON(type) \
	{ \
		"json", 0, KVK_OPTION_FLAG, NULL, N_("write the result as JSON"), \
			offsetof(type, common.json), NULL, 0, 0 \
	}
#define KVK_ROW_END \
	{ \
		NULL, 0, KVK_OPTION_FLAG, NULL, NULL, 0, NULL, 0, 0 \
	}

/* A time from an option. */
struct kvk_time_option {
	kvk_time time;
	bool has;
};

/*
 * Reads argv (argv[0] is the subcommand) into config, which is the subcommand's struct with its
 * defaults. What is no option is collected in argv[1..] and *count says how many: "-" and
 * everything behind "--" are arguments. Returns KVK_GO_ON, or the exit code to leave with: 0 after
 * --help, 64 after a usage error, which was told on stderr.
 */
enum kvk_exit kvk_options_parse(
	const struct kvk_usage *usage, int argc, char **argv, void *config, size_t *count);
/* Tells a usage error on stderr ("kvkcsr verify: ...", then where help is) and returns
 * KVK_EXIT_USAGE. */
enum kvk_exit kvk_usage_error(const struct kvk_usage *usage, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
