/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the registers say of the organisation behind a delivery: which number is asked where, and
 * what came of it as facts. The trade register is asked about everybody, the OIN register about
 * government bodies only (domain D).
 */
#ifndef KVKCSR_GATHER_REGISTERS_H
#define KVKCSR_GATHER_REGISTERS_H

#include "gather/facts.h"
#include "gather/fetcher.h"

/*
 * Fills company and oin_register of *facts, and pending where a register was not asked yet. The
 * account and the one leaf are known. fetcher may be NULL; listed holds what a file with the OIN
 * register says, is all-zero before, belongs to the caller and outlives the facts. KVK_ERR_MEMORY.
 */
enum kvk_err kvk_gather_registers(const struct kvk_fetcher *fetcher,
	struct kvk_register_reply *listed, struct kvk_facts *facts);

#endif
