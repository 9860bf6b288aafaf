/* SPDX-License-Identifier: Apache-2.0 */
/* Part of lint/lint.h: the fields of a certificate (4.1). */
#include "config.h"

#include "lint/rows.h"

static bool serial_not_positive(const struct kvk_certificate *cert)
{
	bool zero = true;

	for (size_t i = 0; i < cert->serial.n; i++)
		zero = zero && cert->serial.p[i] == 0;
	return zero || (cert->serial.p[0] & 0x80);
}

/* 20 octets, and one more for the sign. */
static bool serial_long(const struct kvk_certificate *cert)
{
	return cert->serial.n > 21 || (cert->serial.n == 21 && cert->serial.p[0] != 0);
}

static bool unique_identifier(const struct kvk_certificate *cert)
{
	return cert->issuer_unique_id.n > 0 || cert->subject_unique_id.n > 0;
}

static bool empty_subject(const struct kvk_certificate *cert)
{
	const struct kvk_extension *san = kvk_certificate_extension(cert, KVK_OID_EXT_SAN);

	return cert->subject.count == 0 && (san == NULL || !san->critical);
}

/* Others name these by their subject: certificates they issued, or CRLs. */
static bool issuer_without_name(const struct kvk_certificate *cert)
{
	const struct kvk_extensions *ext = &cert->ext;

	return cert->subject.count == 0 &&
		(ext->ca || (ext->has_key_usage && (ext->key_usage & KVK_KU_CRL_SIGN)));
}

static bool reversed_validity(const struct kvk_certificate *cert)
{
	return cert->not_after < cert->not_before;
}

const struct kvk_lint_row kvk_lint_fields[] = {
	{
		.id = "serial-not-positive",
		.text = N_("its serial number is not positive (4.1.2.2)"),
		.check = serial_not_positive,
	},
	{
		.id = "serial-long",
		.text = N_("its serial number is longer than 20 bytes (4.1.2.2)"),
		.check = serial_long,
	},
	{
		.id = "reversed-validity",
		.text = N_("its end date is before its start date (4.1.2.5)"),
		.check = reversed_validity,
	},
	{
		.id = "empty-subject",
		.text = N_("its subject is empty, but its subjectAltName is not marked critical "
			   "(4.1.2.6)"),
		.check = empty_subject,
	},
	{
		.id = "issuer-without-name",
		.text = N_("its subject is empty, although it signs certificates or revocation "
			   "lists (4.1.2.6)"),
		.check = issuer_without_name,
	},
	{
		.id = "unique-identifier",
		.text = N_("it has a unique identifier, which new certificates must not have "
			   "(4.1.2.8)"),
		.check = unique_identifier,
	},
	{ .id = NULL },
};
