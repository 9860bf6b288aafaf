/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What an answer of the trade register means: the KVK API Zoeken, version 2 (developers.kvk.nl). It
 * reads kvkNummer, rsin, naam, actief and the place, and nothing else. "Try again later" comes as
 * HTTP 404 as "not found" does, so the code in the body decides.
 */
#ifndef KVKCSR_REGISTER_TRADE_H
#define KVKCSR_REGISTER_TRADE_H

#include "register/question.h"

/*
 * Reads an answer with its HTTP status into *out, which is all-zero. What cannot be read is
 * unknown. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_trade_read(const struct kvk_register_question *question, unsigned status,
	struct kvk_span octets, struct kvk_register_reply *out);

#endif
