/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cmd/accept.h"

#include "base/encode.h"
#include "base/escape.h"
#include "base/i18n.h"
#include "cli/terminal.h"
#include "report/changes.h"
#include "report/verdict.h"

/* Octets of a key's hash that a message shows. */
#define SHOWN_HASH 8

static void tell_other_key(const struct kvk_accepting *a, const struct kvk_certificate *other)
{
	struct kvk_blob ours = { 0 };
	struct kvk_blob theirs = { 0 };

	if (other->ext.ca) {
		kvk_warn(
			_("there are only certificates of CAs in it, and none for the key of '%s'; "
			  "nothing was changed. Ask the TSP for the certificate itself"),
			a->entry.name);
		return;
	}
	if (kvk_hex(&ours, (struct kvk_span){ a->facts.spki_sha256, SHOWN_HASH }, '\0') == KVK_OK &&
		kvk_hex(&theirs, (struct kvk_span){ other->spki_sha256, SHOWN_HASH }, '\0') ==
			KVK_OK)
		kvk_warn(_("the certificate does not belong to the key of '%s': its public key "
			   "begins with %s, ours with %s (SHA-256); nothing was changed. Is it "
			   "meant for another dossier, or did the TSP use another request?"),
			a->entry.name, kvk_blob_str(&theirs), kvk_blob_str(&ours));
	kvk_blob_free(&theirs);
	kvk_blob_free(&ours);
}

/* Refuses certificates for another key; nothing was changed. */
enum kvk_exit kvk_accept_report_other_key(
	const struct kvk_accepting *a, const struct kvk_certificate *other)
{
	struct kvk_blob out = { 0 };
	enum kvk_exit code = KVK_EXIT_CRITICAL;
	enum kvk_err err = KVK_OK;

	tell_other_key(a, other);
	if (a->config->common.json)
		err = kvk_report_other_key_json(a->entry.name,
			other->ext.ca ? NULL : other->spki_sha256, a->facts.spki_sha256, &out);
	if (err != KVK_OK || !kvk_write(&out))
		code = KVK_EXIT_UNKNOWN;
	kvk_blob_free(&out);
	return code;
}

void kvk_accept_tell_private_key(const struct kvk_received *file)
{
	char safe[256];

	kvk_warn(
		_("WARNING: '%s' holds a private key. Never upload or mail it. It is kept in "
		  "received/, readable by you only; remove other copies, and if somebody else made "
		  "or saw the key, ask for a new certificate with a key of your own"),
		kvk_escape_to(safe, sizeof safe, kvk_span_of(file->path)));
}

/* What the files are now, and what comes next; text only. */
static enum kvk_err append_next(
	const struct kvk_accepting *a, const struct kvk_evaluation *judged, struct kvk_blob *out)
{
	char safe[256];

	kvk_escape_to(safe, sizeof safe, kvk_span_of_blob(&a->folder));
	if (judged->verdict.outcome == KVK_REJECT)
		return kvk_blob_format(out,
			_("\nThe portal would refuse it. What came is kept in %s/received;\n"
			  "show this text to the TSP and ask for a correct certificate.\n"),
			safe);
	return kvk_blob_format(out,
		_("\nThe file for the portal is %s/upload.pem.\nAfter the upload: kvkcsr uploaded "
		  "%s\n"),
		safe, a->entry.name);
}

enum kvk_exit kvk_accept_report(
	const struct kvk_accepting *a, const struct kvk_evaluation *judged, enum kvk_exit code)
{
	const struct kvk_verdict_style style = {
		.file = a->leaf != NULL ? KVK_DOSSIER_UPLOAD : a->incoming.files[0].path,
		.colour = kvk_colour(a->config->common.color),
	};
	struct kvk_blob out = { 0 };
	enum kvk_err err;

	if (a->config->common.json)
		err = kvk_verdict_json(&judged->facts, &judged->verdict, &style, true, &out);
	else
		err = kvk_verdict_text(&judged->facts, &judged->verdict, &style, &out);
	if (err == KVK_OK && !a->config->common.json)
		err = append_next(a, judged, &out);
	if (err != KVK_OK || !kvk_write(&out))
		code = KVK_EXIT_UNKNOWN;
	kvk_blob_free(&out);
	return code;
}

enum kvk_exit kvk_accept_report_held(const struct kvk_accepting *a)
{
	struct kvk_blob out = { 0 };
	enum kvk_exit code = KVK_EXIT_OK;
	enum kvk_err err;

	if (a->config->common.json)
		err = kvk_report_held_json(&a->entry, &out);
	else
		err = kvk_blob_format(
			&out, _("'%s' holds this certificate already\n"), a->entry.name);
	if (err != KVK_OK || !kvk_write(&out))
		code = KVK_EXIT_UNKNOWN;
	if (a->entry.stage == KVK_STAGE_RECEIVED)
		kvk_warn(
			_("it could not be judged completely; with --crl FILE it is judged again"));
	kvk_blob_free(&out);
	return code;
}
