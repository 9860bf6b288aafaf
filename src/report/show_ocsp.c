/* SPDX-License-Identifier: Apache-2.0 */
/* Part of report/show.h: an OCSP response as text. */
#include "config.h"

#include "report/show_part.h"

#include "cert/ocsp.h"

/* What each OCSPResponseStatus means (RFC 6960 section 4.2.1); 4 is not used. */
static const char *const meanings[] = {
	[KVK_OCSP_SUCCESSFUL] = N_("successful: it contains the status of certificates"),
	[1] = N_("error malformedRequest: the responder could not read the request"),
	[2] = N_("error internalError: the responder has an internal problem; try again later"),
	[KVK_OCSP_TRY_LATER] =
		N_("error tryLater: the responder cannot answer at the moment; try again later"),
	[5] = N_("error sigRequired: the responder answers only signed requests"),
	[6] = N_("error unauthorized: the responder does not answer this client, or knows nothing "
		 "about this certificate or its CA"),
};

void kvk_show_ocsp(struct kvk_shown *s, struct kvk_span der)
{
	struct kvk_ocsp ocsp;
	const enum kvk_err err = kvk_ocsp_read(der, &ocsp);

	if (err != KVK_OK) {
		kvk_show_failure(s, err, &ocsp.log);
		return;
	}
	if (ocsp.status < sizeof meanings / sizeof meanings[0] && meanings[ocsp.status] != NULL)
		kvk_show_row(s, _("status"), _(meanings[ocsp.status]));
	else
		kvk_show_row(s, _("status"), _("unknown"));
	if (ocsp.status != KVK_OCSP_SUCCESSFUL)
		return;
	kvk_show_append_time(s, ocsp.produced_at);
	kvk_show_end(s, _("produced"));
}
