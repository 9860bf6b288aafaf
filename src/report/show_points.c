/* SPDX-License-Identifier: Apache-2.0 */
/* Part of report/show.h: where lists and services are: distribution points and addresses. */
#include "config.h"

#include "report/show_part.h"

/* ReasonFlags (4.2.1.13), by bit. */
static void append_reasons(struct kvk_shown *s, uint32_t reasons)
{
	static const char *const names[] = {
		"unused",
		"keyCompromise",
		"cACompromise",
		"affiliationChanged",
		"superseded",
		"cessationOfOperation",
		"certificateHold",
		"privilegeWithdrawn",
		"aACompromise",
	};
	size_t n = 0;

	kvk_show_next(s);
	kvk_page_append(&s->line, "%s ", _("only for these reasons:"));
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (reasons >> i & 1) {
			kvk_show_between(s, n++);
			kvk_page_append_text(&s->line, names[i]);
		}
}

/* A single http address is shown bare, as people want to copy it: its tag and length apart. */
void kvk_show_append_point(struct kvk_shown *s, const struct kvk_crl_point *point)
{
	if (point->uri.n > 0 && point->uri.n + 4 >= point->full_name.n)
		kvk_page_append_escaped(&s->line, point->uri);
	else if (point->full_name.n > 0)
		kvk_show_append_generals(s, point->full_name);
	else if (point->relative_name.n > 0)
		kvk_page_append_text(&s->line, _("a name relative to the issuer's"));
	else
		kvk_page_append_text(&s->line, _("no address"));
	if (point->crl_issuer.n > 0) {
		kvk_show_next(s);
		kvk_page_append(&s->line, "%s ", _("issuer of the list:"));
		kvk_show_append_generals(s, point->crl_issuer);
	}
	if (point->has_reasons)
		append_reasons(s, point->reasons);
}

void kvk_show_crl_points(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	for (size_t i = 0; i < ext->crl_point_count; i++) {
		if (i > 0)
			kvk_show_next(s);
		kvk_show_append_point(s, &ext->crl_points[i]);
	}
}

void kvk_show_freshest_crl(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	kvk_show_append_point(s, &ext->freshest);
}

void kvk_show_aia(struct kvk_shown *s, const struct kvk_extensions *ext)
{
	for (size_t i = 0; i < ext->aia_count; i++) {
		if (i > 0)
			kvk_show_next(s);
		if (ext->aia[i].method == KVK_OID_AD_OCSP)
			kvk_page_append_text(&s->line, "OCSP ");
		else if (ext->aia[i].method == KVK_OID_AD_CA_ISSUERS)
			kvk_page_append(&s->line, "%s ", _("issuer's certificate"));
		kvk_show_append_general(s, &ext->aia[i].location);
	}
}
