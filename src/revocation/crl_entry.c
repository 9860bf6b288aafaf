/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "revocation/crl_entry.h"

#include "base/map.h"
#include "revocation/crl_scope.h"

/*
 * Of two entries for one certificate Java keeps the last; else one that takes it off the list gives
 * way to one that does not.
 */
static bool is_better(const struct kvk_crl_listing *old, enum kvk_name_manner names)
{
	return !old->listed || names == KVK_NAMES_JAVA ||
		(old->has_reason && old->reason == KVK_REVOKED_REMOVE_FROM_CRL);
}

/* Hands back what the walk has read of a mapped file. */
static void forget_read(const struct kvk_der *walk, const uint8_t **mark)
{
	if ((size_t)(walk->rest.p - *mark) < KVK_MAP_STEP)
		return;
	kvk_map_done((struct kvk_span){ *mark, (size_t)(walk->rest.p - *mark) });
	*mark = walk->rest.p;
}

/* Names that are the same for Java, compared as it prints them: case and white space count. */
static bool prints_same(const struct kvk_name *a, const struct kvk_name *b)
{
	for (size_t i = 0; i < a->count; i++) {
		if (!kvk_span_equal(a->attributes[i].value, b->attributes[i].value))
			return false;
	}
	return true;
}

/* Whether a name is that of the issuer of the certificate. */
static bool is_issuer(const struct kvk_name *name, const struct kvk_certificate *certificate,
	enum kvk_name_manner names)
{
	return kvk_name_equal(name, &certificate->issuer, names) &&
		(names != KVK_NAMES_JAVA || prints_same(name, &certificate->issuer));
}

/*
 * Whose certificates the entries are about from one with a certificateIssuer on. Java takes its
 * first name, and falls over one that is no directory name: then *readable is false.
 */
static bool names_issuer(struct kvk_span general_names, const struct kvk_certificate *certificate,
	enum kvk_name_manner names, bool *readable)
{
	struct kvk_der_log log = { 0 };
	struct kvk_general_name first;
	struct kvk_name name;
	struct kvk_der der;

	if (names != KVK_NAMES_JAVA)
		return kvk_crl_names_hold(general_names, &certificate->issuer, names, NULL);
	kvk_der_start(&der, general_names, true, &log);
	*readable = kvk_general_name_read(&der, &first) == KVK_OK &&
		first.kind == KVK_GENERAL_DIRECTORY &&
		kvk_name_parse(first.value, true, &name) == KVK_OK;
	return *readable && is_issuer(&name, certificate, names);
}

void kvk_crl_look_up(const struct kvk_crl *crl, const struct kvk_certificate *certificate,
	enum kvk_name_manner names, struct kvk_crl_listing *out)
{
	/*
	 * who issued the certificates from here on: the CRL's issuer until an entry says otherwise
	 * (5.3.3)
	 */
	bool ours = is_issuer(&crl->issuer, certificate, names);
	struct kvk_der_log log = { 0 };
	struct kvk_crl_entry entry;
	struct kvk_der walk;
	struct kvk_span last_issuer = { 0 };
	const uint8_t *mark = crl->entries.p;
	bool more, readable = true;

	*out = (struct kvk_crl_listing){ 0 };
	kvk_crl_walk(crl, &log, &walk);
	for (;;) {
		forget_read(&walk, &mark);
		if (!readable || kvk_crl_next(&walk, &entry, &more) != KVK_OK) {
			out->unreadable = true;
			return;
		}
		if (!more)
			break;
		if (entry.certificate_issuer.n > 0 &&
			!kvk_span_equal(entry.certificate_issuer, last_issuer)) {
			last_issuer = entry.certificate_issuer;
			ours = names_issuer(last_issuer, certificate, names, &readable);
		}
		out->any_critical = out->any_critical || entry.unknown_critical;
		if (!ours || !kvk_span_equal(entry.serial, certificate->serial) ||
			!is_better(out, names))
			continue;
		out->listed = true;
		out->date = entry.date;
		out->has_reason = entry.has_reason;
		out->reason = entry.reason;
		out->own_critical = entry.other_critical;
	}
	/* what was read is what was signed only if the file is what it was */
	out->unreadable = kvk_map_is_changed(crl->der);
}
