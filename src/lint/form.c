/* SPDX-License-Identifier: Apache-2.0 */
/* The table of demands, and the fields of section 4.1. */
#include "config.h"

#include "lint/form.h"
#include "base/format.h"

#include "lint/form_rows.h"

#define CHECK(name) \
	static bool name(const struct kvk_certificate *cert, \
		char detail[static KVK_FORM_DETAIL] __attribute__((unused)))

CHECK(serial_not_positive)
{
	bool zero = true;

	for (size_t i = 0; i < cert->serial.n; i++)
		zero = zero && cert->serial.p[i] == 0;
	return zero || (cert->serial.p[0] & 0x80);
}

/* 20 octets, and one more for the sign. */
CHECK(serial_long)
{
	return cert->serial.n > 21 || (cert->serial.n == 21 && cert->serial.p[0] != 0);
}

CHECK(unique_identifier)
{
	return cert->issuer_unique_id.n > 0 || cert->subject_unique_id.n > 0;
}

CHECK(empty_subject)
{
	const struct kvk_extension *san = kvk_certificate_extension(cert, KVK_OID_EXT_SAN);

	return cert->subject.count == 0 && (san == NULL || !san->critical);
}

/* Others name these by their subject: certificates they issued, or CRLs. */
CHECK(issuer_without_name)
{
	const struct kvk_extensions *ext = &cert->ext;

	return cert->subject.count == 0 &&
		(ext->ca || (ext->has_key_usage && (ext->key_usage & KVK_KU_CRL_SIGN)));
}

CHECK(reversed_validity)
{
	return cert->not_after < cert->not_before;
}

const struct kvk_form_row kvk_form_fields[] = {
	{ "serial-not-positive", N_("its serial number is not positive (4.1.2.2)"),
		serial_not_positive },
	{ "serial-long", N_("its serial number is longer than 20 octets (4.1.2.2)"), serial_long },
	{ "reversed-validity", N_("it ends before it begins (4.1.2.5)"), reversed_validity },
	{ "empty-subject",
		N_("its subject is empty and its subjectAltName not critical "
		   "(4.1.2.6)"),
		empty_subject },
	{ "issuer-without-name",
		N_("its subject is empty although it signs certificates or "
		   "revocation lists (4.1.2.6)"),
		issuer_without_name },
	{ "unique-identifier",
		N_("it has a unique identifier, which no new certificate may have "
		   "(4.1.2.8)"),
		unique_identifier },
	{ NULL, NULL, NULL },
};

static const struct kvk_form_row *const parts[] = {
	kvk_form_fields,
	kvk_form_names,
	kvk_form_keys,
	kvk_form_extensions,
	kvk_form_contents,
};

#define PARTS (sizeof(parts) / sizeof(parts[0]))

bool kvk_form_next(
	const struct kvk_certificate *cert, size_t *row, char text[static KVK_DEMAND_TEXT])
{
	size_t i = 0;

	for (size_t part = 0; part < PARTS; part++)
		for (const struct kvk_form_row *r = parts[part]; r->id != NULL; r++) {
			char detail[KVK_FORM_DETAIL];

			if (i++ < *row)
				continue;
			detail[0] = '\0';
			if (!r->broken(cert, detail))
				continue;
			kvk_format(text, KVK_DEMAND_TEXT, "%s%s%s", _(r->text),
				detail[0] != '\0' ? ": " : "", detail);
			*row = i;
			return true;
		}
	*row = i;
	return false;
}

const char *kvk_form_id(size_t row)
{
	for (size_t part = 0; part < PARTS; part++)
		for (const struct kvk_form_row *r = parts[part]; r->id != NULL; r++)
			if (row-- == 0)
				return r->id;
	return NULL;
}
