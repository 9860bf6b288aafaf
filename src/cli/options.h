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
	/* What helps where there are more, N_(); NULL: the first that is too many is named. */
	const char *too_many;
	/*
	 * What options and arguments have to do with one another; NULL where nothing does. Returns
	 * KVK_GO_ON or what kvk_usage_error() does.
	 */
	enum kvk_exit (*check)(const void *config, char **arguments);
};

/* A time from an option. */
struct kvk_time_option {
	kvk_time time;
	bool has;
};

/* offsetof a member, and a warning of the compiler where its type is not the one that is wanted. */
#define OPT_MEMBER(type, member, wanted) \
	(offsetof(type, member) + 0 * sizeof(&((type *)0)->member == (wanted *)0))

/*
 * Rows of a table, one macro for each kind: the member of the subcommand's struct, the long name
 * and the letter (0: none), what --help calls the value, and its summary.
 */
#define OPT_FLAG(type, member_, name_, letter_, summary_) \
	{ \
		.name = (name_), .letter = (letter_), .kind = KVK_OPTION_FLAG, \
		.summary = (summary_), .offset = OPT_MEMBER(type, member_, bool) \
	}
#define OPT_TEXT(type, member_, name_, letter_, value_, summary_) \
	{ \
		.name = (name_), .letter = (letter_), .kind = KVK_OPTION_TEXT, .value = (value_), \
		.summary = (summary_), .offset = OPT_MEMBER(type, member_, const char *) \
	}
#define OPT_CHOICE(type, member_, name_, letter_, value_, summary_, choices_) \
	{ \
		.name = (name_), .letter = (letter_), .kind = KVK_OPTION_CHOICE, \
		.value = (value_), .summary = (summary_), \
		.offset = OPT_MEMBER(type, member_, const char *), .choices = (choices_) \
	}
#define OPT_NUMBER(type, member_, name_, letter_, value_, summary_, minimum_, maximum_) \
	{ \
		.name = (name_), .letter = (letter_), .kind = KVK_OPTION_NUMBER, \
		.value = (value_), .summary = (summary_), \
		.offset = OPT_MEMBER(type, member_, long), .minimum = (minimum_), \
		.maximum = (maximum_) \
	}
#define OPT_TIME(type, member_, name_, letter_, value_, summary_) \
	{ \
		.name = (name_), .letter = (letter_), .kind = KVK_OPTION_TIME, .value = (value_), \
		.summary = (summary_), .offset = OPT_MEMBER(type, member_, struct kvk_time_option) \
	}
#define OPT_LIST(type, member_, name_, letter_, value_, summary_) \
	{ \
		.name = (name_), .letter = (letter_), .kind = KVK_OPTION_LIST, .value = (value_), \
		.summary = (summary_), .offset = OPT_MEMBER(type, member_, struct kvk_text_list) \
	}
/* The last row. */
#define OPT_END \
	{ \
		.name = NULL \
	}

/* Values that many subcommands share, as a member called `common`, and their rows. */
struct kvk_common {
	const char *home;
	const char *config;
	const char *color;
	bool json;
};

#define OPT_HOME(type) \
	OPT_TEXT(type, common.home, "home", 0, N_("DIR"), \
		N_("folder for the inventory (the list of certificates) and the dossiers"))
#define OPT_CONFIG(type) \
	OPT_TEXT(type, common.config, "config", 0, N_("FILE"), \
		N_("read this configuration file instead of the default files"))
#define OPT_COLOR(type) \
	OPT_CHOICE(type, common.color, "color", 0, "always|never|auto", \
		N_("when to use colour (default: auto)"), kvk_color_choices)
#define OPT_JSON(type) OPT_FLAG(type, common.json, "json", 0, N_("print the result as JSON"))

extern const char *const kvk_color_choices[];

/*
 * Values that the subcommands share that evaluate a delivery, as a member called `evidence`: what
 * it is evaluated by, besides the delivery itself.
 */
struct kvk_evidence_options {
	struct kvk_text_list chain, trust, crl, ocsp;
	const char *oin_list;
	struct kvk_time_option at;
	bool offline, refresh, no_revocation;
};

/* Their rows: files and time, and what may be looked up. */
#define OPT_EVIDENCE(type) \
	OPT_LIST(type, evidence.chain, "chain", 0, N_("FILE"), \
		N_("more CA certificates that came with the delivery")), \
		OPT_LIST(type, evidence.trust, "trust", 0, N_("FILE"), \
			N_("trust these root certificates instead of those of PKIoverheid")), \
		OPT_LIST(type, evidence.crl, "crl", 0, N_("FILE"), \
			N_("revocation list (CRL) of a CA, in PEM or DER, or a folder of them")), \
		OPT_LIST(type, evidence.ocsp, "ocsp", 0, N_("FILE"), \
			N_("OCSP response (revocation status of one certificate), as a DER " \
			   "file")), \
		OPT_TEXT(type, evidence.oin_list, "oin-list", 0, N_("FILE"), \
			N_("list of the OIN register (JSON or CSV) to use instead of querying " \
			   "it")), \
		OPT_TIME(type, evidence.at, "at", 0, N_("TIME"), \
			N_("check as of this time, such as 2026-11-22T12:00:00Z (default: now)"))
#define OPT_LOOK_UPS(type) \
	OPT_FLAG(type, evidence.offline, "offline", 0, \
		N_("do not use the network; use the revocation data that earlier runs " \
		   "downloaded")), \
		OPT_FLAG(type, evidence.refresh, "refresh", 0, \
			N_("download revocation data again, even if it is recent")), \
		OPT_FLAG(type, evidence.no_revocation, "no-revocation", 0, \
			N_("do not check for revocation (messages 2 and 28)"))

/*
 * Reads argv (argv[0] is the subcommand) into config, which is the subcommand's struct with its
 * defaults. What is no option is collected in argv[1..] and *count says how many: "-" and
 * everything after "--" are arguments. Returns KVK_GO_ON, or the exit code to leave with: 0 after
 * --help, 64 after a usage error, with a warning.
 */
enum kvk_exit kvk_options_parse(
	const struct kvk_usage *usage, int argc, char **argv, void *config, size_t *count);
/* Warns of a usage error ("kvkcsr verify: ...", then where help is) and returns
 * KVK_EXIT_USAGE. */
enum kvk_exit kvk_usage_error(const struct kvk_usage *usage, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

#endif
