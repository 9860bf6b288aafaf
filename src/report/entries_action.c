/* SPDX-License-Identifier: Apache-2.0 */
/* Part of report/entries.h: what is to be done next about an entry. */
#include "config.h"

#include "report/entries.h"

#include <string.h>

#include "base/escape.h"
#include "base/path.h"
#include "base/when.h"
#include "dossier/files.h"

/* The file of a dossier for the portal, beside its certificate.pem; escaped. */
static const char *upload_path(const struct kvk_entry_view *view, char out[static KVK_LIMIT_PATH])
{
	const char *slash = strrchr(view->path, '/');
	size_t n = slash != NULL ? (size_t)(slash - view->path) + 1 : 0;

	kvk_escape_to(out, KVK_LIMIT_PATH - sizeof KVK_DOSSIER_UPLOAD,
		(struct kvk_span){ (const uint8_t *)view->path, n });
	memcpy(out + strlen(out), KVK_DOSSIER_UPLOAD, sizeof KVK_DOSSIER_UPLOAD);
	return out;
}

/* The file that was, or is, to be uploaded. */
static enum kvk_err append_upload_path(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	const char *slash = strrchr(view->path, '/');
	enum kvk_err err = KVK_OK;

	if (view->next != NULL)
		return kvk_path_join(out, view->next, KVK_DOSSIER_UPLOAD);
	if (slash != NULL)
		KVK_TRY(kvk_blob_append(out,
			(struct kvk_span){
				(const uint8_t *)view->path, (size_t)(slash - view->path) + 1 }));
	KVK_TRY(kvk_blob_append_text(out, KVK_DOSSIER_UPLOAD));
out:
	return err;
}

/* How the checks of a delivery are repeated. */
static enum kvk_err append_check(
	const struct kvk_entry_view *view, const char *since, struct kvk_blob *out)
{
	struct kvk_blob path = { 0 }, word = { 0 };
	enum kvk_err err;

	KVK_TRY(append_upload_path(view, &path));
	KVK_TRY(kvk_escape_shell(&word, kvk_span_of_blob(&path)));
	KVK_TRY(kvk_blob_append_format(out,
		view->delivery == KVK_DELIVERY_DOUBTFUL ?
			_("the portal would probably refuse the delivery of %s, but trying the "
			  "upload costs nothing; to see why, run 'kvkcsr verify %s'") :
			_("some checks of the delivery of %s could not be completed: run 'kvkcsr "
			  "verify %s'"),
		since, kvk_blob_str(&word)));
out:
	kvk_blob_free(&path);
	kvk_blob_free(&word);
	return err;
}

/* What waits for the TSP, of a renewal. */
static enum kvk_err append_next_waiting(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	char since[KVK_WHEN_SIZE], day[KVK_WHEN_SIZE];

	if (view->action == KVK_ACTION_REPEAT_DELIVERY)
		return kvk_blob_append_format(out,
			view->delivery == KVK_DELIVERY_REJECTED ?
				_("the delivery of %s for the renewal was rejected: run 'kvkcsr "
				  "accept %s FILE' again to see what to do about it") :
				_("the delivery of %s for the renewal could not be evaluated: run "
				  "'kvkcsr accept %s FILE' again"),
			kvk_when_day(view->delivery_at, day), view->name);
	kvk_when_day(view->next_since, since);
	if (view->action == KVK_ACTION_ASK_TSP)
		return kvk_blob_append_format(out,
			_("nothing received for the renewal that was requested on %s: ask the TSP, "
			  "then run 'kvkcsr accept %s FILE'"),
			since, view->name);
	if (view->switch_at == 0)
		return kvk_blob_append_format(out,
			_("a renewal is under way, waiting for the TSP since %s; when the "
			  "certificate arrives, run 'kvkcsr accept %s FILE'"),
			since, view->name);
	return kvk_blob_append_format(out,
		_("a renewal is under way, waiting for the TSP since %s, to take over on %s; when "
		  "the certificate arrives, run 'kvkcsr accept %s FILE'"),
		since, kvk_when_day(view->switch_at, day), view->name);
}

/* The certificate in use is of no use any more: its renewal cannot wait for a day. */
static enum kvk_err append_next_overdue(
	const struct kvk_entry_view *view, const char *path, const char *day, struct kvk_blob *out)
{
	const bool revoked = view->state == KVK_VIEW_REVOKED;

	if (view->switch_at == 0)
		return kvk_blob_append_format(out,
			revoked ? _("the certificate was revoked: upload '%s/upload.pem' to the "
				    "KVK portal now, configure your server to use the new key and "
				    "certificate at the same moment, then run 'kvkcsr uploaded "
				    "%s'") :
				  _("the certificate has expired: upload '%s/upload.pem' to the "
				    "KVK portal now, configure your server to use the new key and "
				    "certificate at the same moment, then run 'kvkcsr uploaded "
				    "%s'"),
			path, view->name);
	return kvk_blob_append_format(out,
		revoked ? _("the certificate was revoked: upload '%s/upload.pem' to the KVK portal "
			    "now (the switch was planned for %s), configure your server to use the "
			    "new key "
			    "and certificate at the same moment, then run 'kvkcsr uploaded %s'") :
			  _("the certificate has expired: upload '%s/upload.pem' to the KVK portal "
			    "now (the switch was planned for %s), configure your server to use the "
			    "new key "
			    "and certificate at the same moment, then run 'kvkcsr uploaded %s'"),
		path, day, view->name);
}

/* How a renewal that was delivered takes over: portal and server at the same moment. */
static enum kvk_err append_next_upload(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	char path[KVK_LIMIT_PATH * 4], day[KVK_WHEN_SIZE];

	kvk_escape_to(path, sizeof path, kvk_span_of(view->next));
	kvk_when_day(view->switch_at, day);
	if (view->state == KVK_VIEW_EXPIRED || view->state == KVK_VIEW_REVOKED)
		return append_next_overdue(view, path, day, out);
	if (view->switch_at != 0 && view->at >= view->switch_at + KVK_DAY)
		return kvk_blob_append_format(out,
			_("the renewal is ready: upload '%s/upload.pem' to the KVK portal now (the "
			  "switch was planned for %s), configure your server to use the new key "
			  "and "
			  "certificate at the same moment, then run 'kvkcsr uploaded %s'"),
			path, day, view->name);
	if (view->switch_at == 0)
		return kvk_blob_append_format(out,
			_("the renewal is ready: upload '%s/upload.pem' to the KVK portal, "
			  "configure your server to use the new key and certificate at the same "
			  "moment, then "
			  "run 'kvkcsr uploaded %s'"),
			path, view->name);
	return kvk_blob_append_format(out,
		_("the renewal is ready: on %s, upload '%s/upload.pem' to the KVK portal, "
		  "configure your server to use the new key and certificate at the same moment, "
		  "then run 'kvkcsr "
		  "uploaded %s'"),
		day, path, view->name);
}

/* How the certificate of a dossier is uploaded. */
static enum kvk_err append_upload(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	char path[KVK_LIMIT_PATH];

	if (view->next != NULL)
		return append_next_upload(view, out);
	return kvk_blob_append_format(out,
		view->practice ? _("practice, accepted with the root certificates given with "
				   "--trust: '%s' is the "
				   "file to upload; go on with 'kvkcsr uploaded %s'") :
				 _("upload '%s' to the KVK portal, then run 'kvkcsr uploaded %s'"),
		upload_path(view, path), view->name);
}

/* Nothing now; and when there will be. */
static enum kvk_err append_nothing(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	char day[KVK_WHEN_SIZE];

	if (view->start_by == 0)
		return kvk_blob_append_text(out, _("nothing to do"));
	return kvk_blob_append_format(out, _("nothing to do; start the renewal by %s"),
		kvk_when_day(view->start_by, day));
}

/* What is to be done about a delivery. */
static enum kvk_err append_delivery(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	char since[KVK_WHEN_SIZE];

	if (view->next != NULL && view->action == KVK_ACTION_CHECK_DELIVERY) {
		kvk_when_day(view->next_since, since);
		return append_check(view, since, out);
	}
	if (view->next != NULL)
		return append_next_waiting(view, out);
	kvk_when_day(view->action == KVK_ACTION_REPEAT_DELIVERY ? view->delivery_at : view->since,
		since);
	switch (view->action) {
	case KVK_ACTION_WAIT:
		return kvk_blob_append_format(out,
			_("waiting for the TSP since %s; when the certificate arrives, run "
			  "'kvkcsr accept %s FILE'"),
			since, view->name);
	case KVK_ACTION_ASK_TSP:
		return kvk_blob_append_format(out,
			_("nothing received since %s: ask the TSP, then run 'kvkcsr accept %s "
			  "FILE'"),
			since, view->name);
	case KVK_ACTION_CHECK_DELIVERY:
		if (view->delivery == KVK_DELIVERY_ADOPTED)
			return kvk_blob_append_format(out,
				_("adopted; if it was uploaded, run 'kvkcsr uploaded %s'"),
				view->name);
		return append_check(view, since, out);
	default:
		return kvk_blob_append_format(out,
			view->delivery == KVK_DELIVERY_REJECTED && view->has_certificate ?
				_("the delivery of %s was rejected; the earlier certificate is "
				  "still in use. Run 'kvkcsr accept %s FILE' again to see what to "
				  "do about it") :
				view->delivery == KVK_DELIVERY_REJECTED ?
				_("the delivery of %s was rejected: run 'kvkcsr accept %s FILE' "
				  "again to see what to do about it") :
				_("the delivery of %s could not be evaluated: run 'kvkcsr accept "
				  "%s FILE' again"),
			since, view->name);
	}
}

/* How the next certificate is ordered. */
static enum kvk_err append_renew(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	char day[KVK_WHEN_SIZE];

	if (view->ca)
		return kvk_blob_append_text(out,
			_("this is the certificate of a CA: ask the CA for its next one, and put "
			  "it in the file"));
	if (view->g1_end == 0)
		return kvk_blob_append_format(out,
			_("order the next certificate now: run 'kvkcsr renew %s'"), view->name);
	return kvk_blob_append_format(out,
		_("order the next certificate now; it becomes a G4, because PKIoverheid ends G1 "
		  "on %s: run 'kvkcsr renew %s'"),
		kvk_when_day(view->g1_end, day), view->name);
}

/* How a certificate is replaced that is of no use any more. */
static enum kvk_err append_replace(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	const bool revoked = view->state == KVK_VIEW_REVOKED;

	if (view->ca)
		return kvk_blob_append_text(out,
			revoked ? _("this is the certificate of a CA: stop trusting it, and ask "
				    "the CA what replaces it") :
				  _("this is the certificate of a CA and no longer valid: ask the "
				    "CA for its next one, and put it in the file"));
	return kvk_blob_append_format(out,
		revoked ? _("stop using it and ask the TSP why it was revoked; order a "
			    "certificate with a new key: run 'kvkcsr renew %s'") :
			  _("no longer valid: order a new certificate with 'kvkcsr renew %s'"),
		view->name);
}

/* How one that was replaced is watched again. */
static enum kvk_err append_keep(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	struct kvk_blob word = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_escape_shell(&word, kvk_span_of(view->path)));
	KVK_TRY(kvk_blob_append_format(out,
		_("replaced by '%s'; if it is still in use, run 'kvkcsr track --keep %s'"),
		view->replaced_by, kvk_blob_str(&word)));
out:
	kvk_blob_free(&word);
	return err;
}

/* How a key is made private. */
static enum kvk_err append_protect(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	struct kvk_blob word = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_escape_shell(&word, kvk_span_of(view->key_path)));
	KVK_TRY(kvk_blob_append_format(out,
		view->key_unsure ? _("everyone can read a private key beside it (mode %04o); if it "
				     "is the certificate's key, run 'chmod 600 %s'") :
				   _("everyone can read the private key (mode %04o): run "
				     "'chmod 600 %s'"),
		view->key_mode, kvk_blob_str(&word)));
out:
	kvk_blob_free(&word);
	return err;
}

/* How the checks that failed are repeated. */
static enum kvk_err append_recheck(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	struct kvk_blob word = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_escape_shell(&word, kvk_span_of(view->path)));
	KVK_TRY(kvk_blob_append_format(out,
		_("make sure that this computer can reach the addresses of the CA; 'kvkcsr verify "
		  "%s' shows which ones fail"),
		kvk_blob_str(&word)));
out:
	kvk_blob_free(&word);
	return err;
}

/* How a file can be read again. */
static enum kvk_err append_find(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	struct kvk_blob word = { 0 };
	char path[KVK_LIMIT_PATH];
	enum kvk_err err;

	kvk_escape_to(path, sizeof path, kvk_span_of(view->path));
	KVK_TRY(kvk_escape_shell(&word, kvk_span_of(view->path)));
	if (view->locked)
		err = kvk_blob_append_format(out,
			_("the passphrase file of '%s' no longer opens it: run 'kvkcsr track %s "
			  "--pass-file FILE'"),
			path, kvk_blob_str(&word));
	else
		err = kvk_blob_append_format(out,
			view->state == KVK_VIEW_MISSING ?
				_("put '%s' back, or run 'kvkcsr untrack %s'") :
				_("make '%s' a readable certificate file again, or run 'kvkcsr "
				  "untrack %s'"),
			path, view->name);
out:
	kvk_blob_free(&word);
	return err;
}

enum kvk_err kvk_entries_action(const struct kvk_entry_view *view, struct kvk_blob *out)
{
	switch (view->action) {
	case KVK_ACTION_NONE:
		return view->replaced_by == NULL ? append_nothing(view, out) :
						   append_keep(view, out);
	case KVK_ACTION_WAIT:
	case KVK_ACTION_ASK_TSP:
	case KVK_ACTION_CHECK_DELIVERY:
	case KVK_ACTION_REPEAT_DELIVERY:
		return append_delivery(view, out);
	case KVK_ACTION_UPLOAD:
		return append_upload(view, out);
	case KVK_ACTION_DEPLOY:
		return kvk_blob_append_format(out,
			_("deploy it: configure your server to use the certificate and its key, "
			  "then run "
			  "'kvkcsr uploaded %s --deployed'"),
			view->name);
	case KVK_ACTION_PROTECT_KEY:
		return append_protect(view, out);
	case KVK_ACTION_CHECK_REVOCATION:
		return append_recheck(view, out);
	case KVK_ACTION_RENEW:
		return append_renew(view, out);
	case KVK_ACTION_REPLACE:
		return append_replace(view, out);
	case KVK_ACTION_FIND_FILE:
		return append_find(view, out);
	}
	return KVK_ERR_INTERNAL;
}
