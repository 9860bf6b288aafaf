/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "revocation/answer.h"

const char *kvk_revocation_why_id(enum kvk_revocation_why why)
{
#define KVK_REVOCATION_WHY_ID(id, name, text) name,
	static const char *const ids[] = { KVK_REVOCATION_WHYS(KVK_REVOCATION_WHY_ID) };
#undef KVK_REVOCATION_WHY_ID

	return (unsigned)why < KVK_REVOCATION_WHY_COUNT ? ids[why] : "";
}

const char *kvk_revocation_why_text(enum kvk_revocation_why why)
{
#define KVK_REVOCATION_WHY_TEXT(id, name, text) text,
	static const char *const texts[] = { KVK_REVOCATION_WHYS(KVK_REVOCATION_WHY_TEXT) };
#undef KVK_REVOCATION_WHY_TEXT

	return (unsigned)why < KVK_REVOCATION_WHY_COUNT ? _(texts[why]) : "";
}

const char *kvk_ocsp_flaw_text(enum kvk_ocsp_flaw flaw)
{
#define KVK_OCSP_FLAW_TEXT(id, text) text,
	static const char *const texts[] = { KVK_OCSP_FLAWS(KVK_OCSP_FLAW_TEXT) };
#undef KVK_OCSP_FLAW_TEXT

	if (flaw == KVK_OCSP_FLAW_NONE || (unsigned)flaw >= KVK_OCSP_FLAW_COUNT)
		return "";
	return _(texts[flaw]);
}

void kvk_revocation_combine(const struct kvk_revocation_answer *ocsp,
	const struct kvk_revocation_answer *crl, struct kvk_revocation_answer *out)
{
	const struct kvk_revocation_answer *chosen = crl;

	if (ocsp->state == KVK_REVOCATION_REVOKED)
		chosen = ocsp;
	else if (crl->state == KVK_REVOCATION_REVOKED)
		chosen = crl;
	else if (ocsp->state == KVK_REVOCATION_GOOD)
		chosen = ocsp;
	else if (ocsp->why == KVK_WHY_BUDGET)
		/* What was not looked at may revoke. */
		chosen = ocsp;
	else if (crl->state == KVK_REVOCATION_UNDETERMINED && ocsp->why != KVK_WHY_NO_CRL)
		chosen = ocsp;
	*out = *chosen;
	out->flaws = ocsp->flaws;
	if (out->state == KVK_REVOCATION_GOOD && !out->planned && (ocsp->planned || crl->planned)) {
		out->planned = true;
		out->date = ocsp->planned ? ocsp->date : crl->date;
	}
}

enum kvk_ocsp_flaw kvk_ocsp_flaw_of_status(unsigned status)
{
	static const enum kvk_ocsp_flaw flaws[] = {
		[1] = KVK_OCSP_FLAW_MALFORMED,
		[2] = KVK_OCSP_FLAW_INTERNAL,
		[3] = KVK_OCSP_FLAW_LATER,
		[5] = KVK_OCSP_FLAW_SIGN,
		[6] = KVK_OCSP_FLAW_UNAUTHORIZED,
	};

	if (status < sizeof flaws / sizeof flaws[0] && flaws[status] != KVK_OCSP_FLAW_NONE)
		return flaws[status];
	return KVK_OCSP_FLAW_REFUSED;
}
