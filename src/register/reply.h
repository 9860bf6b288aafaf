/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What a register says of a number, after its answer was read; nothing else of an answer is kept.
 */
#ifndef KVKCSR_REGISTER_REPLY_H
#define KVKCSR_REGISTER_REPLY_H

#include <stdbool.h>

#include "base/blob.h"
#include "net/reason.h"

/* The registers: the trade register of KVK, and the OIN register of Logius. */
enum kvk_register { KVK_REGISTER_TRADE, KVK_REGISTER_OIN };
#define KVK_REGISTER_COUNT 2

/* The states, with their words of JSON. */
#define KVK_REGISTER_STATES(X) \
	X(KVK_REGISTER_NOT_ASKED, "not-asked") \
	X(KVK_REGISTER_ACTIVE, "active") \
	X(KVK_REGISTER_INACTIVE, "inactive") \
	X(KVK_REGISTER_NOT_FOUND, "not-found") \
	X(KVK_REGISTER_UNKNOWN, "unknown")

#define KVK_REGISTER_ENUM(id, word) id,
enum kvk_register_state { KVK_REGISTER_STATES(KVK_REGISTER_ENUM) };

/* Why it was not asked, or nothing is known, with the words of JSON; that of the network has one of
 * its own (net/reason.h). */
#define KVK_REGISTER_WHYS(X) \
	X(KVK_REGISTER_WHY_NONE, "") \
	X(KVK_REGISTER_WHY_NO_KEY, "no-api-key") \
	X(KVK_REGISTER_WHY_KEY_REFUSED, "api-key-refused") \
	X(KVK_REGISTER_WHY_NO_NUMBER, "no-such-number") \
	X(KVK_REGISTER_WHY_TRY_LATER, "try-later") \
	X(KVK_REGISTER_WHY_ERROR, "error-code") \
	X(KVK_REGISTER_WHY_NOT_EXPECTED, "not-expected") \
	X(KVK_REGISTER_WHY_NETWORK, "network")

enum kvk_register_why { KVK_REGISTER_WHYS(KVK_REGISTER_ENUM) };
#undef KVK_REGISTER_ENUM

/* The most names of one organisation that are compared. */
#define KVK_REGISTER_NAMES 64
/* Room for a code of the register's own, such as "IPD1003". */
#define KVK_REGISTER_CODE 16

/* Starts all-zero, free with kvk_register_reply_free(). */
struct kvk_register_reply {
	enum kvk_register_state state;
	enum kvk_register_why why;
	/* With KVK_REGISTER_WHY_NETWORK: what went wrong. */
	enum kvk_net_reason reason;
	/* The HTTP status; 0: there was none. */
	unsigned status;
	/* The code of an error, capital letters and digits; "": none. */
	char code[KVK_REGISTER_CODE];
	/* The names as registered, UTF-8, from outside: not escaped. The first is the one that
	 * counts most. Owned, as place is: the city of the address, NULL: unknown. */
	size_t name_count;
	char *names[KVK_REGISTER_NAMES];
	char *place;
};

/* The word of a state; static. */
const char *kvk_register_state_word(enum kvk_register_state state);
/* The word of why; "" where there is nothing to say; static. */
const char *kvk_register_why_word(const struct kvk_register_reply *reply);
/* Notes that nothing is known, and why. */
void kvk_register_reply_unknown(struct kvk_register_reply *reply, enum kvk_register_why why);
/* Adds a name that is not there yet, as far as there is room. NULL and "" are no names.
 * KVK_ERR_MEMORY. */
enum kvk_err kvk_register_reply_add(struct kvk_register_reply *reply, const char *name);
/* Notes the code of an error, as far as it is one. */
void kvk_register_reply_code(struct kvk_register_reply *reply, const char *code);
/* Frees what it owns and makes it all-zero. */
void kvk_register_reply_free(struct kvk_register_reply *reply);

#endif
