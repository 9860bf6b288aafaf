/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The seam for what is fetched while a delivery is evaluated: which addresses are asked is decided
 * in gather/, and how they are asked elsewhere (app/online.h). A fetcher only says what it knows
 * already. What is not known yet is fetched between two attempts, for many deliveries at once, and
 * so nothing changes while it is read.
 */
#ifndef KVKCSR_GATHER_FETCHER_H
#define KVKCSR_GATHER_FETCHER_H

#include "cert/crl.h"
#include "cert/ocsp.h"
#include "net/request.h"
#include "register/question.h"

/* What is asked at an address that a certificate names; borrowed. */
struct kvk_question {
	const char *url;
	/* An OCSP responder, and the request for it; else a CRL is fetched. */
	bool ocsp;
	struct kvk_span body;
	/* A copy in the cache does not do, also where the server says that it has not changed: it
	 * left open what was asked. */
	bool anew;
};

/* Where the octets of an answer come from. */
enum kvk_fetched_from { KVK_FETCHED_NOTHING, KVK_FETCHED_NETWORK, KVK_FETCHED_CACHE };

/* What came of a question. It belongs to the fetcher and stays as it is. */
struct kvk_fetched {
	/* Not escaped. */
	const char *url;
	bool ocsp;
	/*
	 * What came of asking; NULL where nothing was asked because the copy in the cache was
	 * recent enough.
	 */
	const struct kvk_net_answer *answer;
	/* Where what is below comes from. */
	enum kvk_fetched_from from;
	/* Milliseconds since it was fetched, or the server last said that it had not changed. */
	kvk_time age;
	/* One of them, unless nothing came. */
	const struct kvk_crl *crl;
	const struct kvk_ocsp *response;
};

/* What came of asking a register. It belongs to the fetcher and stays as it is. */
struct kvk_register_fetched {
	struct kvk_register_reply reply;
	/* Why nothing is known, or why there is no API key; "" where there is nothing to say. */
	struct kvk_error failure;
};

struct kvk_fetcher {
	/*
	 * What came of a question; *out is NULL where it was not asked yet, and will be before the
	 * next attempt. KVK_ERR_MEMORY.
	 */
	enum kvk_err (*look)(
		void *context, const struct kvk_question *question, const struct kvk_fetched **out);
	/* The same for what is asked of a register. */
	enum kvk_err (*look_register)(void *context, const struct kvk_register_question *question,
		const struct kvk_register_fetched **out);
	void *context;
	/* Nothing is asked over the network (--offline). */
	bool offline;
	/* What the environment has to do with what could not be reached; NULL or "": nothing. */
	const char *hint;
};

#endif
