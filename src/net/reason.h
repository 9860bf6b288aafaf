/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Why an address gave no octets: the nine reasons that scripts see as `why`. What they say to a
 * person is in net/error.h.
 */
#ifndef KVKCSR_NET_REASON_H
#define KVKCSR_NET_REASON_H

#define KVK_NET_REASONS(X) \
	X(KVK_NET_OK, "") \
	X(KVK_NET_NAME_NOT_FOUND, "name-not-found") \
	X(KVK_NET_ADDRESS_REFUSED, "address-refused") \
	X(KVK_NET_CONNECTION, "connection") \
	X(KVK_NET_TIME_OUT, "time-out") \
	X(KVK_NET_TLS, "tls") \
	X(KVK_NET_HTTP_STATUS, "http-status") \
	X(KVK_NET_TOO_LARGE, "too-large") \
	X(KVK_NET_NOT_EXPECTED, "not-expected") \
	X(KVK_NET_NOT_ASKED, "not-asked")

#define KVK_NET_REASON_ENUM(id, name) id,
enum kvk_net_reason { KVK_NET_REASONS(KVK_NET_REASON_ENUM) KVK_NET_REASON_COUNT };
#undef KVK_NET_REASON_ENUM

/*
 * What a reason alone does not say, for the explanation to a person: why an address was refused,
 * what became of a connection, what was wrong with an answer.
 */
enum kvk_net_detail {
	KVK_NET_DETAIL_NONE,
	/* No address of http or https, too long, without a host or with a user name. */
	KVK_NET_DETAIL_FORM,
	/* Another scheme, where http, or https, alone is allowed. */
	KVK_NET_DETAIL_HTTP_ONLY,
	KVK_NET_DETAIL_HTTPS_ONLY,
	/* Another port than 80. */
	KVK_NET_DETAIL_PORT,
	/* The host has only IP addresses that are not globally reachable. */
	KVK_NET_DETAIL_RANGE,
	/* Behind a proxy: the host is a number, has no dot or a name for local use. */
	KVK_NET_DETAIL_LOCAL_NAME,
	/* The connection was lost before the answer was complete. */
	KVK_NET_DETAIL_LOST,
	/* The answer is compressed, although nothing of the kind was asked for. */
	KVK_NET_DETAIL_ENCODED,
	KVK_NET_DETAIL_EMPTY,
	KVK_NET_DETAIL_NOT_HTTP,
	/* The answer holds something else than the caller expects. */
	KVK_NET_DETAIL_CONTENT,
	/* The proxy, not the host, failed. */
	KVK_NET_DETAIL_PROXY,
	/* It began, but other answers of the run take all the room. */
	KVK_NET_DETAIL_ROOM,
};

/* The id of a reason, "" for KVK_NET_OK; static. Never NULL. */
const char *kvk_net_reason_id(enum kvk_net_reason reason);

#endif
