/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Everything that a rule may know of one delivery, in one plain struct: what is in the file, which
 * certificate is the leaf, the path and what is wrong with it, what was learnt about revocation,
 * the account, the answers of the registers. It holds answers alone: which of them the portal
 * refuses is said in portal/. It owns nothing; all pointers borrow from what was handed to
 * kvk_gather(). Tests fill it by hand.
 */
#ifndef KVKCSR_GATHER_FACTS_H
#define KVKCSR_GATHER_FACTS_H

#include "cert/contents.h"
#include "gather/case.h"
#include "gather/evidence.h"
#include "gather/status.h"
#include "gather/why.h"
#include "path/failure.h"
#include "path/path.h"
#include "register/reply.h"

/* What a fact may be when it takes more than the file to know it. */
enum kvk_known { KVK_UNSURE, KVK_NO, KVK_YES };

/* What came of asking a register. */
enum kvk_asked {
	/* Not asked: not_asked says why. */
	KVK_ASKED_NOT,
	/* It answered, and it has the organisation. */
	KVK_ASKED_FOUND,
	/* It answered, and it does not have it. */
	KVK_ASKED_NOTHING,
	/* It did not answer, or answered nonsense. */
	KVK_ASKED_FAILED,
};

/* What a register says of the organisation. */
struct kvk_register_answer {
	enum kvk_asked asked;
	/* Why it was not asked, or did not count: KVK_WHY_OFFLINE, KVK_WHY_NO_API_KEY,
	 * KVK_WHY_API_KEY_REFUSED and so on. */
	enum kvk_why not_asked;
	/* The HTTP status with KVK_WHY_API_KEY_REFUSED. */
	unsigned status;
	/* What went wrong with KVK_ASKED_FAILED, or with an API key that cannot be used, for
	 * people; escaped; "" else. */
	const char *failure;
	/* The registration is in force (no end date; status "Actief"). */
	bool active;
	/* Its names, UTF-8, not escaped. */
	size_t name_count;
	const char *names[KVK_REGISTER_NAMES];
};

/* One certificate of the path as it is known to the installed knowledge. */
struct kvk_cert_facts {
	struct kvk_recognised known;
	/* Only of a path that is proven, and unless that was switched off. */
	struct kvk_status status;
};

struct kvk_facts {
	/* The file: its contents, and its name without folders (not escaped; NULL for stdin). */
	const struct kvk_contents *contents;
	const char *name;
	/* What the user asked for, and what the delivery is evaluated by. */
	const struct kvk_case *asked;
	const struct kvk_evidence *evidence;

	/*
	 * The distinct certificates of the file, in its order; where there are more (too_many),
	 * those that are no CA and lead to their roots come first.
	 */
	size_t certificate_count;
	const struct kvk_certificate *certificates[KVK_LIMIT_UPLOAD];
	bool too_many;
	/* How many of them are client certificates: no CA, and issuer of no other (domain G.3). */
	size_t leaf_count;
	/*
	 * The certificate that is evaluated: the one client certificate; where there is none, the
	 * CA that issued no other; NULL where there are several, or nothing was read.
	 */
	const struct kvk_certificate *leaf;

	/* The best path from the leaf; path.count is 0 where there is not just one leaf. */
	struct kvk_path path;
	/*
	 * Nothing is wrong with the path, but the first one that the file leads to would be
	 * refused: revoked, expired, not valid, or without a CRL.
	 */
	bool other_path;
	/* No anchor was reached, but a certificate of the file leads to one: a link is missing. */
	bool link_missing;
	/* Per certificate of the path. */
	struct kvk_cert_facts certs[KVK_LIMIT_DEPTH];
	/* Nothing was asked over the network. */
	bool offline;
	/*
	 * What has to be asked over the network was not asked yet: gather the facts again when it
	 * was. Until then they are not complete.
	 */
	bool pending;
	/* What the environment has to do with addresses that could not be reached; "" else. */
	const char *network_hint;

	/* The anchors that were used: given by the user, how many, their date, and whether there
	 * are others among them than the roots of PKIoverheid. */
	bool trust_replaced;
	/* One of them is beyond a limit of this program. */
	bool trust_limited;
	size_t anchor_count;
	const char *trust_date;
	bool has_public_anchors;
	/*
	 * The CA certificate that the path lacks next, where it reached no anchor, as far as it is
	 * known and has an address; else NULL.
	 */
	const struct kvk_known_ca *missing;
	/*
	 * Self-issued CA certificates of the file that are no anchor, where the path did not reach
	 * one: the first of them, else NULL.
	 */
	const struct kvk_certificate *stray_root;

	/*
	 * The leaf names a policy of PKIoverheid; one that is known to be of server certificates;
	 * it names an EV policy.
	 */
	bool leaf_pkio_policy;
	bool leaf_server_policy;
	bool leaf_ev_policy;
	/* The delivery is one of PKIoverheid (domain G.3); unsure where no anchor was reached. */
	enum kvk_known pkio;
	/* The day on which the hierarchy of G1 ends, NULL where that is not known, and when public
	 * CAs stop with client authentication. */
	const char *g1_end;
	const struct kvk_end *client_auth_ends;
	size_t client_auth_end_count;

	/* The KVK's trade register, and the OIN register. */
	struct kvk_register_answer company;
	struct kvk_register_answer oin_register;

	/* What is wrong with the path as Java reads it and as RFC 5280 has it. */
	struct kvk_path_report report;
	struct kvk_path_report strict;
	/*
	 * What RFC 5280 would find besides if the certificate of the anchor belonged to the path,
	 * as number path.count of it. Asked only where it has constraints or unusual critical
	 * extensions.
	 */
	struct kvk_path_report anchored;
};

#endif
