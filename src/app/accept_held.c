/* SPDX-License-Identifier: Apache-2.0 */
/* Part of app/accept.h: what a folder holds already. */
#include "config.h"

#include <string.h>

#include "app/accept_part.h"
#include "base/escape.h"
#include "base/i18n.h"
#include "base/path.h"
#include "base/when.h"
#include "dossier/delivery.h"
#include "dossier/files.h"
#include "watch/watched.h"

/* The certificate in force, and what came of it. */
struct in_force {
	enum kvk_entry_stage stage;
	bool practice;
	/* present is false where there is none that can be read. */
	struct kvk_entry_certificate certificate;
};

/* Of a renewal, the note in its folder says what the inventory says of an entry. */
static void read_in_force(const struct kvk_accept_run *run, struct in_force *out)
{
	const char *folder = kvk_blob_str(&run->out->folder);
	const struct kvk_entry *entry = &run->out->entry;
	struct kvk_delivery_note note = { .stage = entry->stage, .practice = entry->practice };
	struct kvk_blob path = { 0 };
	struct kvk_watched watched;

	*out = (struct in_force){ .certificate = { .present = false } };
	if (entry->certificate.present)
		memcpy(note.sha256, entry->certificate.sha256, sizeof note.sha256);
	if ((!run->out->next || kvk_delivery_note_read(folder, &note) == KVK_OK) &&
		kvk_path_join(&path, folder, KVK_DOSSIER_CERTIFICATE) == KVK_OK &&
		kvk_watched_read(kvk_blob_str(&path), NULL, &watched) == KVK_OK &&
		memcmp(watched.certificate.sha256, note.sha256, sizeof note.sha256) == 0) {
		out->stage = note.stage;
		out->practice = note.practice;
		out->certificate = watched.certificate;
	}
	kvk_blob_free(&path);
}

/* It was accepted with trust anchors that were given, and now those of the portal count. */
static bool becomes_real(const struct kvk_accept_run *run, bool practice)
{
	return practice && run->order->asked.trust.count == 0;
}

/*
 * A delivery that was mislaid or sent again must not take the place of a later one. Practice gives
 * way to what is real, and what was revoked to whatever there is.
 */
static enum kvk_err refuse_earlier(
	const struct kvk_accept_run *run, const struct in_force *in_force)
{
	const struct kvk_certificate *leaf = run->out->leaf;
	const struct kvk_entry *entry = &run->out->entry;
	char ends[KVK_WHEN_SIZE], later[KVK_WHEN_SIZE];
	char safe[512];

	if (in_force->stage == KVK_STAGE_RECEIVED || becomes_real(run, in_force->practice) ||
		leaf->not_after >= in_force->certificate.not_after ||
		leaf->not_before > in_force->certificate.not_before ||
		(!run->out->next &&
			(entry->delivery == KVK_DELIVERY_DOUBTFUL ||
				entry->revocation.status == KVK_STATUS_REVOKED)))
		return KVK_OK;
	return kvk_error_set(run->why, KVK_ERR_EXISTS,
		_("this certificate ends on %s, earlier than the one in the dossier '%s' (%s); the "
		  "dossier was not changed. To use it anyway, move certificate.pem out of "
		  "'%s', and run the command again"),
		kvk_when_day(leaf->not_after, ends), entry->name,
		kvk_when_day(in_force->certificate.not_after, later),
		kvk_escape_to(safe, sizeof safe, kvk_span_of_blob(&run->out->folder)));
}

/* Whether the delivery is to be evaluated although dossier and inventory have its certificate. */
static enum kvk_held compare(const struct kvk_accept_run *run, const struct in_force *in_force)
{
	const struct kvk_case *asked = &run->order->asked;
	const bool lists = asked->crl.count > 0 || asked->ocsp.count > 0;
	const bool real = becomes_real(run, in_force->practice);

	/* A doubtful one is evaluated each time, so that the answer stays what it was; one that was
	 * adopted because nobody knows whether it was. */
	if (run->out->entry.delivery == KVK_DELIVERY_DOUBTFUL ||
		run->out->entry.delivery == KVK_DELIVERY_ADOPTED)
		return KVK_HELD_NOT;
	if (in_force->stage == KVK_STAGE_RECEIVED)
		return lists || asked->no_revocation || real ||
				(!in_force->practice && asked->trust.count > 0) ||
				(run->order->online != NULL && !asked->offline) ?
			KVK_HELD_NOT :
			KVK_HELD_SAME;
	return lists || real ? KVK_HELD_IN_DOUBT : KVK_HELD_SAME;
}

enum kvk_err kvk_accept_look_held(struct kvk_accept_run *run, enum kvk_held *out)
{
	const struct kvk_certificate *leaf = run->out->leaf;
	struct in_force in_force;

	*out = KVK_HELD_NOT;
	if (leaf == NULL)
		return KVK_OK;
	read_in_force(run, &in_force);
	if (!in_force.certificate.present)
		return KVK_OK;
	if (memcmp(in_force.certificate.sha256, leaf->sha256, KVK_SHA256_SIZE) != 0)
		return refuse_earlier(run, &in_force);
	run->practice = in_force.practice;
	kvk_history_forget(&run->out->facts.history, leaf->sha256);
	if (kvk_delivery_complete(kvk_blob_str(&run->out->folder)))
		*out = compare(run, &in_force);
	return KVK_OK;
}

bool kvk_accept_confirms(const struct kvk_accept_run *run, const struct kvk_evaluation *evaluation)
{
	return evaluation->verdict.outcome != KVK_REJECT && !becomes_real(run, run->practice);
}
