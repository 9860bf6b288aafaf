/* SPDX-License-Identifier: Apache-2.0 */
/* Part of lint/lint.h: CRLs (5.1 and 5.2). */
#include "config.h"

#include "base/format.h"
#include "lint/lint.h"

static const struct kvk_extension *find(const struct kvk_crl *crl, enum kvk_oid oid)
{
	for (size_t i = 0; i < crl->count; i++)
		if (crl->all[i].oid == oid)
			return &crl->all[i];
	return NULL;
}

static bool is_critical(const struct kvk_crl *crl, enum kvk_oid oid)
{
	const struct kvk_extension *extension = find(crl, oid);

	return extension != NULL && extension->critical;
}

static bool not_der(const struct kvk_crl *crl)
{
	return crl->log.tolerated != 0;
}

static bool no_next_update(const struct kvk_crl *crl)
{
	return !crl->has_next_update;
}

static bool reversed(const struct kvk_crl *crl)
{
	return crl->has_next_update && crl->next_update < crl->this_update;
}

/* The list is there, but has no entry. */
static bool empty_list(const struct kvk_crl *crl)
{
	return crl->entries.p != NULL && crl->entries.n == 0;
}

static bool no_number(const struct kvk_crl *crl)
{
	return !crl->has_number;
}

static bool bad_number(const struct kvk_crl *crl)
{
	const struct kvk_span n = crl->number;

	return crl->has_number &&
		(n.n == 0 || (n.p[0] & 0x80) || n.n > 21 || (n.n == 21 && n.p[0] != 0));
}

static bool no_aki(const struct kvk_crl *crl)
{
	return crl->aki_key_id.n == 0;
}

static bool wrongly_critical(const struct kvk_crl *crl)
{
	return is_critical(crl, KVK_OID_EXT_AKI) || is_critical(crl, KVK_OID_EXT_CRL_NUMBER) ||
		is_critical(crl, KVK_OID_EXT_FRESHEST_CRL) || is_critical(crl, KVK_OID_EXT_AIA);
}

static bool wrongly_not_critical(const struct kvk_crl *crl)
{
	return (crl->has_idp && !is_critical(crl, KVK_OID_EXT_IDP)) ||
		(crl->has_delta_base && !is_critical(crl, KVK_OID_EXT_DELTA_CRL));
}

static const struct {
	const char *id;
	/* N_() marked. */
	const char *text;
	bool (*check)(const struct kvk_crl *crl);
} rows[] = {
	{
		.id = "not-der",
		.text = N_("it is not strict DER (5.1.1)"),
		.check = not_der,
	},
	{
		.id = "no-next-update",
		.text = N_("it does not say when the next list is due (5.1.2.5)"),
		.check = no_next_update,
	},
	{
		.id = "reversed",
		.text = N_("its next update is dated before its own date (5.1.2.5)"),
		.check = reversed,
	},
	{
		.id = "empty-list",
		.text = N_("its list of revoked certificates is present but empty (5.1.2.6)"),
		.check = empty_list,
	},
	{
		.id = "no-aki",
		.text = N_("it has no authorityKeyIdentifier with a key identifier (5.2.1)"),
		.check = no_aki,
	},
	{
		.id = "no-number",
		.text = N_("it has no cRLNumber (5.2.3)"),
		.check = no_number,
	},
	{
		.id = "bad-number",
		.text = N_("its cRLNumber is negative or longer than 20 bytes (5.2.3)"),
		.check = bad_number,
	},
	{
		.id = "critical",
		.text = N_("an extension is marked critical that must not be (5.2)"),
		.check = wrongly_critical,
	},
	{
		.id = "not-critical",
		.text = N_("an extension is not marked critical that must be (5.2)"),
		.check = wrongly_not_critical,
	},
};

#define ROWS (sizeof(rows) / sizeof(rows[0]))

bool kvk_lint_crl_next(const struct kvk_crl *crl, size_t *row, char text[static KVK_LINT_TEXT])
{
	while (*row < ROWS) {
		const size_t i = (*row)++;

		if (!rows[i].check(crl))
			continue;
		kvk_format(text, KVK_LINT_TEXT, "%s", _(rows[i].text));
		return true;
	}
	return false;
}

const char *kvk_lint_crl_id(size_t row)
{
	return row < ROWS ? rows[row].id : NULL;
}
