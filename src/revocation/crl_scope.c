/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "revocation/crl_scope.h"

#include "base/ascii.h"
#include "der/writer.h"

/* Names of a distribution point: GeneralNames, or one directory name that was put together. */
struct names {
	struct kvk_span general;
	/* NULL where there is none. */
	const struct kvk_name *single;
	/* What single points to where it was put together, and what that borrows from. */
	struct kvk_name own;
	struct kvk_blob storage;
};

bool kvk_crl_pay(struct kvk_crl_budget *budget, size_t octets)
{
	const size_t cost = 1 + octets / KVK_CRL_COST_OCTETS;

	if (budget == NULL)
		return true;
	budget->exhausted = budget->exhausted || cost > budget->comparisons;
	if (!budget->exhausted)
		budget->comparisons -= cost;
	return !budget->exhausted;
}

bool kvk_crl_same_name(const struct kvk_name *a, const struct kvk_name *b, enum kvk_manner manner,
	struct kvk_crl_budget *budget)
{
	return kvk_crl_pay(budget, kvk_name_is_plain(a, b) ? 0 : a->der.n + b->der.n) &&
		kvk_name_equal(a, b, manner);
}

bool kvk_crl_scope_holds(struct kvk_span general_names, const struct kvk_name *name,
	enum kvk_manner manner, struct kvk_crl_budget *budget)
{
	struct kvk_der_log log = { 0 };
	struct kvk_general_name general;
	struct kvk_name found;
	struct kvk_der der;
	bool same = false;

	/* GeneralNames ::= SEQUENCE SIZE (1..MAX) OF GeneralName */
	kvk_der_start(&der, general_names, true, &log);
	while (!same && !kvk_der_at_end(&der)) {
		if (kvk_general_name_read(&der, &general) != KVK_OK ||
			!kvk_crl_pay(budget, general.value.n))
			return false;
		if (general.kind != KVK_GENERAL_DIRECTORY ||
			kvk_name_parse(general.value, true, &found) != KVK_OK)
			continue;
		same = kvk_crl_same_name(&found, name, manner, budget);
		kvk_name_free(&found);
	}
	return same;
}

/* The first directory name of GeneralNames. */
static bool first_directory(struct kvk_span general_names, struct kvk_name *out)
{
	struct kvk_der_log log = { 0 };
	struct kvk_general_name general;
	struct kvk_der der;

	kvk_der_start(&der, general_names, true, &log);
	while (!kvk_der_at_end(&der) && kvk_general_name_read(&der, &general) == KVK_OK) {
		if (general.kind == KVK_GENERAL_DIRECTORY &&
			kvk_name_parse(general.value, true, out) == KVK_OK)
			return true;
	}
	return false;
}

/*
 * A name relative to its issuer's: base with one relative distinguished name more. What cannot be
 * read matches nothing.
 *
 * RDNSequence ::= SEQUENCE OF RelativeDistinguishedName
 * RelativeDistinguishedName ::= SET SIZE (1..MAX) OF AttributeTypeAndValue
 */
static enum kvk_err append_relative(
	const struct kvk_name *base, struct kvk_span rdn, struct names *out)
{
	struct kvk_der_writer w = { 0 };
	struct kvk_der_log log = { 0 };
	struct kvk_der der;
	struct kvk_span members;
	enum kvk_err err;

	kvk_der_start(&der, base->der, true, &log);
	if (kvk_der_read(&der, KVK_DER_SEQUENCE, &members) != KVK_OK)
		return KVK_OK;
	kvk_der_open(&w, KVK_DER_SEQUENCE);
	kvk_der_put_raw(&w, members);
	kvk_der_put(&w, KVK_DER_SET, rdn);
	kvk_der_close(&w);
	KVK_TRY(kvk_der_write_done(&w, &out->storage));
	if (kvk_name_parse(kvk_span_of_blob(&out->storage), true, &out->own) == KVK_OK)
		out->single = &out->own;
out:
	kvk_der_writer_free(&w);
	return err;
}

/* The names under which the certificate's side knows the distribution point (6.3.3 (b)(2)(i)). */
static enum kvk_err names_of_point(const struct kvk_crl_scope *scope, struct names *out)
{
	const struct kvk_crl_point *point = scope->point;
	struct kvk_name base;
	enum kvk_err err;

	if (point == NULL) {
		out->single = &scope->certificate->issuer;
		return KVK_OK;
	}
	if (point->relative_name.n == 0) {
		out->general = point->full_name.n > 0 ? point->full_name : point->crl_issuer;
		return KVK_OK;
	}
	if (point->crl_issuer.n == 0)
		return append_relative(&scope->certificate->issuer, point->relative_name, out);
	if (!first_directory(point->crl_issuer, &base))
		return KVK_OK;
	err = append_relative(&base, point->relative_name, out);
	kvk_name_free(&base);
	return err;
}

static enum kvk_err names_of_crl(const struct kvk_crl *crl, struct names *out)
{
	if (crl->idp_point.relative_name.n > 0)
		return append_relative(&crl->issuer, crl->idp_point.relative_name, out);
	out->general = crl->idp_point.full_name;
	return KVK_OK;
}

/* Where the path of a URI begins: the part before it has no case (RFC 5280 7.4). */
static size_t authority_end(struct kvk_span uri)
{
	size_t slashes = 0;

	for (size_t i = 0; i < uri.n; i++) {
		if (uri.p[i] == '/' && ++slashes == 3)
			return i;
	}
	return uri.n;
}

static bool same_general(const struct kvk_general_name *a, const struct kvk_general_name *b)
{
	struct kvk_span head_a = { .p = a->value.p, .n = authority_end(a->value) };
	struct kvk_span head_b = { .p = b->value.p, .n = authority_end(b->value) };
	struct kvk_span tail_a = { .p = a->value.p + head_a.n, .n = a->value.n - head_a.n };
	struct kvk_span tail_b = { .p = b->value.p + head_b.n, .n = b->value.n - head_b.n };

	if (a->kind != b->kind)
		return false;
	if (a->kind != KVK_GENERAL_URI)
		return kvk_span_equal(a->value, b->value);
	return kvk_equal_nocase(head_a, head_b) && kvk_span_equal(tail_a, tail_b);
}

/* Whether a general name is among names. */
static bool holds(const struct kvk_crl_scope *scope, const struct names *names,
	const struct kvk_general_name *wanted)
{
	struct kvk_der_log log = { 0 };
	struct kvk_general_name found;
	struct kvk_name name;
	struct kvk_der der;
	bool same;

	if (wanted->kind == KVK_GENERAL_DIRECTORY) {
		if (kvk_name_parse(wanted->value, true, &name) != KVK_OK)
			return false;
		same = names->single != NULL ?
			kvk_crl_same_name(&name, names->single, scope->manner, scope->budget) :
			kvk_crl_scope_holds(names->general, &name, scope->manner, scope->budget);
		kvk_name_free(&name);
		return same;
	}
	kvk_der_start(&der, names->general, true, &log);
	while (!kvk_der_at_end(&der) && kvk_general_name_read(&der, &found) == KVK_OK) {
		if (!kvk_crl_pay(scope->budget, found.value.n))
			return false;
		if (same_general(&found, wanted))
			return true;
	}
	return false;
}

/* Whether two sets of names have one in common. */
static bool meet(const struct kvk_crl_scope *scope, const struct names *a, const struct names *b)
{
	struct kvk_der_log log = { 0 };
	struct kvk_general_name name;
	struct kvk_der der;

	if (a->single != NULL) {
		name = (struct kvk_general_name){ .kind = KVK_GENERAL_DIRECTORY,
			.value = a->single->der };
		return holds(scope, b, &name);
	}
	kvk_der_start(&der, a->general, true, &log);
	while (!kvk_der_at_end(&der) && kvk_general_name_read(&der, &name) == KVK_OK) {
		if (holds(scope, b, &name))
			return true;
	}
	return false;
}

bool kvk_crl_scope_issuer(const struct kvk_crl_scope *scope, const struct kvk_crl *crl)
{
	const struct kvk_crl_point *point = scope->point;

	if (point == NULL || point->crl_issuer.n == 0)
		return kvk_crl_same_name(
			&crl->issuer, &scope->certificate->issuer, scope->manner, scope->budget);
	return crl->has_idp && crl->indirect &&
		kvk_crl_scope_holds(point->crl_issuer, &crl->issuer, scope->manner, scope->budget);
}

enum kvk_err kvk_crl_scope_covers(
	const struct kvk_crl_scope *scope, const struct kvk_crl *crl, bool *out)
{
	const struct kvk_extensions *e = &scope->certificate->ext;
	bool is_ca = e->has_basic_constraints && e->ca;
	struct names mine = { 0 }, theirs = { 0 };
	enum kvk_err err;

	*out = true;
	if (!crl->has_idp)
		return KVK_OK;
	*out = !(crl->only_user && is_ca) && !(crl->only_ca && !is_ca) && !crl->only_attribute;
	if (!*out || (crl->idp_point.full_name.n == 0 && crl->idp_point.relative_name.n == 0))
		return KVK_OK;
	KVK_TRY(names_of_point(scope, &mine));
	KVK_TRY(names_of_crl(crl, &theirs));
	*out = meet(scope, &mine, &theirs);
out:
	kvk_name_free(&mine.own);
	kvk_name_free(&theirs.own);
	kvk_blob_free(&mine.storage);
	kvk_blob_free(&theirs.storage);
	return err;
}

uint32_t kvk_crl_scope_all(enum kvk_manner manner)
{
	return manner == KVK_MANNER_JAVA ? 0x1ffu : 0x1feu;
}

uint32_t kvk_crl_scope_reasons(const struct kvk_crl_scope *scope, const struct kvk_crl *crl)
{
	uint32_t reasons = kvk_crl_scope_all(scope->manner);

	if (crl->has_idp && crl->has_only_reasons)
		reasons &= crl->only_reasons;
	if (scope->point != NULL && scope->point->has_reasons)
		reasons &= scope->point->reasons;
	return reasons;
}
