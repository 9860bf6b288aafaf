/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Whether the certificates in use were revoked: which entries are asked about in a run, and what is
 * remembered of the answers. How they are asked is behind an interface (app/asker.h has the
 * network behind it), so nothing here opens a socket.
 */
#ifndef KVKCSR_APP_REVOCATIONS_H
#define KVKCSR_APP_REVOCATIONS_H

#include "app/store.h"

/* Entries that are asked about together, side by side. */
#define KVK_ASKED_TOGETHER 16

/* Finds out whether certificates were revoked. */
struct kvk_revocation_source {
	/*
	 * Asks about the certificates of entries, whose paths are those of the files; answers[i] is
	 * all-zero at first, and stays KVK_STATUS_NOT_CHECKED where nothing can be said of entry i
	 * in this run: its file does not hold its certificate, or its turn has not come. asked is
	 * not 0 where that was all that can be done for today; since is filled for one that was
	 * revoked. Failures of the network are answers; errors end the run, with why.
	 */
	enum kvk_err (*ask)(void *context, const struct kvk_entry *entries, size_t count,
		struct kvk_entry_revocation *answers, struct kvk_error *why);
	void *context;
	/* Nobody is asked: that something cannot be determined is not remembered. */
	bool offline;
};

struct kvk_revocations {
	/* Set before. */
	struct kvk_store *store;
	const struct kvk_revocation_source *source;
	kvk_time at;
	/* What somebody is to be notified of, or was notified of, has changed. */
	bool news;
	/* What became of remembering: KVK_OK, or the error of the inventory. A copy stands in its
	 * place then, which has the answers: they count in this run. */
	enum kvk_err stored;
};

/*
 * Asks about each entry whose certificate is in use (not expired, not replaced) and was not asked
 * about for KVK_ASK_EVERY, the longest not asked first, and remembers the answers. One that cannot
 * be determined keeps the time since when; a certificate that was revoked stays so until it is
 * known to be good. Memory does not grow with the number of entries. The errors of the source, with
 * why; KVK_ERR_MEMORY, the errors of reading the inventory.
 */
enum kvk_err kvk_revocations_ask(struct kvk_revocations *revocations, struct kvk_error *why);

#endif
