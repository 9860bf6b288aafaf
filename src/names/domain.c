/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "names/domain.h"

#include <idn2.h>
#include <libpsl.h>
#include <string.h>

#include "base/ascii.h"
#include "base/escape.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "names/host.h"
#include "names/oin.h"

/* One reading of a name: what is left of the input, and what comes of it. */
struct reading {
	struct kvk_span rest;
	/* The input as typed, escaped, for messages. */
	char typed[128];
	struct kvk_domain *out;
	struct kvk_error *why;
	bool practice;
};

static enum kvk_err refuse(const struct reading *r, const char *rule)
{
	return kvk_error_set(r->why, KVK_ERR_REFUSED, "'%s': %s", r->typed, rule);
}

static bool starts_with(struct kvk_span text, const char *start)
{
	size_t n = strlen(start);

	return text.n >= n && kvk_equal_nocase((struct kvk_span){ text.p, n }, kvk_span_of(start));
}

static bool holds(struct kvk_span text, const char *any)
{
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] != '\0' && strchr(any, text.p[i]) != NULL)
			return true;
	return false;
}

/* Cuts a text off before the first of some characters. */
static struct kvk_span before(struct kvk_span text, const char *any)
{
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] != '\0' && strchr(any, text.p[i]) != NULL)
			return (struct kvk_span){ text.p, i };
	return text;
}

/* Reduces a URL to its host. */
static enum kvk_err take_host(struct reading *r)
{
	static const char *const schemes[] = { "https://", "http://" };

	for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++) {
		if (!starts_with(r->rest, schemes[i]))
			continue;
		r->rest.p += strlen(schemes[i]);
		r->rest.n -= strlen(schemes[i]);
		r->rest = before(r->rest, "/?#");
		if (holds(r->rest, "@"))
			return refuse(r,
				_("this is a URL with a user name in it; enter only the host "
				  "name"));
		if (!holds(r->rest, "[]"))
			r->rest = before(r->rest, ":");
		r->out->changes |= KVK_DOMAIN_FROM_URL;
		return KVK_OK;
	}
	if (holds(r->rest, "/?#"))
		return refuse(
			r, _("this is neither a host name nor a URL that begins with https://"));
	return KVK_OK;
}

/* Numbers that are known by how many digits they have, where a host name was asked for. */
static enum kvk_err refuse_number(const struct reading *r)
{
	if (r->rest.n == KVK_NUMBER_DIGITS)
		return refuse(r,
			_("this is a KVK number; a host name is required, such as "
			  "api.voorbeeld.nl"));
	if (r->rest.n == KVK_OIN_DIGITS)
		return refuse(r,
			_("this is an OIN or HRN; a host name is required, such as "
			  "api.voorbeeld.nl"));
	return refuse(r, _("this is a number; a host name is required, such as api.voorbeeld.nl"));
}

static bool is_ipv4(struct kvk_span text)
{
	for (size_t i = 0; i < text.n; i++)
		if (!kvk_is_digit(text.p[i]) && text.p[i] != '.')
			return false;
	return text.n > 0;
}

static size_t count_of(struct kvk_span text, char c)
{
	size_t n = 0;

	for (size_t i = 0; i < text.n; i++)
		n += text.p[i] == (uint8_t)c;
	return n;
}

/* What is plainly no host name is named for what it is. */
static enum kvk_err refuse_others(const struct reading *r)
{
	if (r->rest.n == 0)
		return refuse(r, _("a host name is required, such as api.voorbeeld.nl"));
	if (holds(r->rest, "*"))
		return refuse(r,
			_("the portal does not accept wildcard names (message 31); enter a single "
			  "host name"));
	if (kvk_all_digits(r->rest))
		return refuse_number(r);
	if (holds(r->rest, "[]") || count_of(r->rest, ':') > 1 || is_ipv4(r->rest))
		return refuse(r, _("this is an IP address; a host name is required"));
	if (holds(r->rest, ":"))
		return refuse(r, _("this has a port; enter only the host name"));
	if (holds(r->rest, "@"))
		return refuse(r, _("this is a mail address; a host name is required"));
	if (holds(r->rest, " \t\r\n,;"))
		return refuse(r,
			_("this contains a space or more than one name; the portal accepts a "
			  "single name"));
	if (holds(r->rest, "_"))
		return refuse(r,
			_("a host name cannot contain an underscore, only letters, digits and "
			  "hyphens"));
	return KVK_OK;
}

/*
 * Turns a label with other letters, or one that says it is such in ASCII, into its checked
 * A-label (RFC 5891).
 */
static enum kvk_err to_a_label(const struct reading *r, struct kvk_span label, struct kvk_blob *out)
{
	struct kvk_blob text = { .p = NULL };
	uint8_t *ascii = NULL;
	enum kvk_err err;
	int rc;

	KVK_TRY(kvk_blob_append(&text, label));
	rc = idn2_lookup_u8(
		(const uint8_t *)kvk_blob_str(&text), &ascii, IDN2_NFC_INPUT | IDN2_NO_TR46);
	if (rc == IDN2_MALLOC) {
		err = KVK_ERR_MEMORY;
		goto out;
	}
	if (rc != IDN2_OK) {
		err = kvk_error_set(r->why, KVK_ERR_REFUSED,
			_("'%s' has a part that is not a valid internationalised name (IDN): %s; "
			  "letters outside ASCII must be in lower case"),
			r->typed, idn2_strerror(rc));
		goto out;
	}
	if (!kvk_span_is(label, (const char *)ascii))
		r->out->changes |= KVK_DOMAIN_TO_ASCII;
	KVK_TRY(kvk_blob_append_text(out, (const char *)ascii));
out:
	idn2_free(ascii);
	kvk_blob_free(&text);
	return err;
}

static enum kvk_err check_label(const struct reading *r, struct kvk_span label)
{
	if (label.n == 0)
		return refuse(r,
			_("a part of the name is empty: two dots in a row, or a dot at the start"));
	if (label.n > KVK_LIMIT_LABEL)
		return refuse(r, _("a part between two dots has more than 63 characters"));
	if (label.p[0] == '-' || label.p[label.n - 1] == '-')
		return refuse(r, _("a part of the name begins or ends with a hyphen"));
	if (!kvk_host_is_ldh(label))
		return refuse(
			r, _("a host name can contain only letters, digits, hyphens and dots"));
	if (label.n >= 4 && label.p[2] == '-' && label.p[3] == '-' && !starts_with(label, "xn--"))
		return refuse(r,
			_("a part of the name has '--' as its third and fourth character, which is "
			  "reserved (RFC 5890)"));
	return KVK_OK;
}

static bool is_ascii(struct kvk_span text)
{
	for (size_t i = 0; i < text.n; i++)
		if (text.p[i] >= 0x80)
			return false;
	return true;
}

/* Appends a label in lower case. */
static enum kvk_err append_lower(
	const struct reading *r, struct kvk_span label, struct kvk_blob *out)
{
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < label.n; i++) {
		const uint8_t lower = kvk_to_lower(label.p[i]);

		if (lower != label.p[i])
			r->out->changes |= KVK_DOMAIN_LOWERED;
		KVK_TRY(kvk_blob_append_byte(out, lower));
	}
out:
	return err;
}

/* Appends one label in the form that a certificate has. */
static enum kvk_err read_label(const struct reading *r, struct kvk_span label, struct kvk_blob *out)
{
	const size_t start = out->n;
	struct kvk_blob lower = { .p = NULL };
	enum kvk_err err;

	KVK_TRY(append_lower(r, label, &lower));
	label = kvk_span_of_blob(&lower);
	if (is_ascii(label))
		KVK_TRY(check_label(r, label));
	if (is_ascii(label) && !starts_with(label, "xn--"))
		KVK_TRY(kvk_blob_append(out, label));
	else
		KVK_TRY(to_a_label(r, label, out));
	KVK_TRY(check_label(r, (struct kvk_span){ out->p + start, out->n - start }));
out:
	kvk_blob_free(&lower);
	return err;
}

/* Puts the labels, each checked, into *out. */
static enum kvk_err read_labels(struct reading *r, struct kvk_blob *out)
{
	struct kvk_span rest = r->rest, label;
	enum kvk_err err;

	if (rest.n > 1 && rest.p[rest.n - 1] == '.') {
		rest.n--;
		r->out->changes |= KVK_DOMAIN_DOT_DROPPED;
	}
	for (label = before(rest, "."); label.n < rest.n; label = before(rest, ".")) {
		KVK_TRY(read_label(r, label, out));
		KVK_TRY(kvk_blob_append_byte(out, '.'));
		rest.p += label.n + 1;
		rest.n -= label.n + 1;
	}
	KVK_TRY(read_label(r, label, out));
	if (out->n > KVK_DOMAIN_MAX)
		return kvk_error_set(r->why, KVK_ERR_REFUSED,
			kvk_ngettext("'%s' has %zu character, but the common name (CN) of a "
				     "certificate can have at most 64",
				"'%s' has %zu characters, but the common name (CN) of a "
				"certificate can have at most 64",
				out->n),
			r->typed, out->n);
out:
	return err;
}

static bool is_suffix(const psl_ctx_t *psl, const char *name)
{
	return psl_is_public_suffix2(psl, name, PSL_TYPE_ANY | PSL_TYPE_NO_STAR_RULE) != 0;
}

/*
 * Finds the shortest tail of the name that someone can register: one label more than its longest
 * public suffix.
 */
static enum kvk_err find_registrable(const struct reading *r, const psl_ctx_t *psl)
{
	const char *name = r->out->name;
	const char *registrable = name;

	if (is_suffix(psl, name))
		return refuse(r,
			_("this is a public suffix, under which others register their names, not "
			  "the name of one organisation"));
	for (const char *dot = strchr(name, '.'); dot != NULL; dot = strchr(dot + 1, '.')) {
		if (is_suffix(psl, dot + 1)) {
			memcpy(r->out->registrable, registrable, strlen(registrable) + 1);
			return KVK_OK;
		}
		registrable = dot + 1;
	}
	return refuse(r,
		_("this suffix is not in the public suffix list, so no TSP can verify who owns the "
		  "name; use a registered name, such as one under .nl"));
}

/* The suffixes that RFC 2606 and RFC 7686 set apart. */
static enum kvk_err check_special(const struct reading *r, bool *done)
{
	const char *last = strrchr(r->out->name, '.');
	const char *before_last = last;

	*done = false;
	if (last == NULL)
		return refuse(r,
			_("this is a single word; enter the full name, such as api.voorbeeld.nl"));
	if (strcmp(last, ".onion") == 0)
		return refuse(r, _("TSPs do not issue these certificates for Tor names (.onion)"));
	if (strcmp(last, ".test") != 0 && strcmp(last, ".example") != 0)
		return KVK_OK;
	if (!r->practice)
		return refuse(
			r, _("names under .example and .test are for testing only (--practice)"));
	while (before_last > r->out->name && before_last[-1] != '.')
		before_last--;
	memcpy(r->out->registrable, before_last, strlen(before_last) + 1);
	r->out->practice = true;
	*done = true;
	return KVK_OK;
}

static enum kvk_err check_suffix(const struct reading *r)
{
	const psl_ctx_t *psl = psl_builtin();
	psl_ctx_t *loaded = NULL;
	enum kvk_err err;
	bool done;

	KVK_TRY(check_special(r, &done));
	if (done)
		goto out;
	if (psl == NULL)
		psl = loaded = psl_latest(NULL);
	if (psl == NULL) {
		err = kvk_error_set(
			r->why, KVK_ERR_NOT_FOUND, _("the public suffix list is not installed"));
		goto out;
	}
	KVK_TRY(find_registrable(r, psl));
out:
	psl_free(loaded);
	return err;
}

enum kvk_err kvk_domain_read(
	struct kvk_span typed, bool practice, struct kvk_domain *out, struct kvk_error *why)
{
	struct kvk_domain domain = { .name = "" };
	struct reading r = { .out = &domain, .why = why, .practice = practice };
	struct kvk_blob name = { .p = NULL };
	enum kvk_err err;

	kvk_escape_to(r.typed, sizeof r.typed, typed);
	if (typed.n > KVK_LIMIT_URL)
		return refuse(&r, _("this is longer than any URL"));
	if (!kvk_utf8_valid(typed))
		return refuse(&r, _("this is not valid UTF-8 text"));
	r.rest = kvk_trim(typed);
	if (r.rest.n != typed.n)
		domain.changes |= KVK_DOMAIN_TRIMMED;
	KVK_TRY(take_host(&r));
	KVK_TRY(refuse_others(&r));
	KVK_TRY(read_labels(&r, &name));
	memcpy(domain.name, kvk_blob_str(&name), name.n + 1);
	KVK_TRY(check_suffix(&r));
	*out = domain;
out:
	kvk_blob_free(&name);
	return err;
}

enum kvk_err kvk_domain_describe_changes(const struct kvk_domain *domain, struct kvk_blob *out)
{
	static const struct {
		enum kvk_domain_change change;
		const char *words;
	} all[] = {
		{ KVK_DOMAIN_TRIMMED, N_("spaces around it removed") },
		{ KVK_DOMAIN_FROM_URL, N_("host name taken from the URL") },
		{ KVK_DOMAIN_LOWERED, N_("changed to lower case") },
		{ KVK_DOMAIN_DOT_DROPPED, N_("final dot removed") },
		{ KVK_DOMAIN_TO_ASCII, N_("converted to ASCII (A-label)") },
	};
	size_t start = out->n;
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		if ((domain->changes & all[i].change) == 0)
			continue;
		KVK_TRY(kvk_blob_append_format(
			out, "%s%s", out->n > start ? ", " : "", _(all[i].words)));
	}
out:
	return err;
}
