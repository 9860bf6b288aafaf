/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "register/csv.h"

void kvk_csv_start(struct kvk_blob *octets, struct kvk_csv *out)
{
	const struct kvk_span span = kvk_span_of_blob(octets);
	size_t commas = 0, semicolons = 0;

	out->p = octets->p;
	out->end = octets->p + octets->n;
	if (kvk_span_starts(span, "\xef\xbb\xbf"))
		out->p += 3;
	for (const uint8_t *p = out->p; p < out->end && *p != '\n'; p++) {
		commas += *p == ',';
		semicolons += *p == ';';
	}
	out->separator = semicolons > commas ? ';' : ',';
}

static bool is_line_end(const struct kvk_csv *csv)
{
	return csv->p == csv->end || *csv->p == '\n' || *csv->p == '\r';
}

/* A field in quotes: moved to the front of where it stood, with each doubled quote once. */
static enum kvk_err read_quoted(struct kvk_csv *csv, uint8_t **end)
{
	uint8_t *out = csv->p;

	for (csv->p++; csv->p < csv->end; csv->p++) {
		if (*csv->p == '"') {
			csv->p++;
			if (csv->p == csv->end || *csv->p != '"') {
				*end = out;
				return is_line_end(csv) || *csv->p == (uint8_t)csv->separator ?
					KVK_OK :
					KVK_ERR_FORMAT;
			}
		}
		*out++ = *csv->p;
	}
	return KVK_ERR_FORMAT;
}

/* Reads a field; *more: another one follows on the line. */
static enum kvk_err read_field(struct kvk_csv *csv, char **field, bool *more)
{
	uint8_t *end;
	enum kvk_err err = KVK_OK;

	*field = (char *)csv->p;
	if (csv->p < csv->end && *csv->p == '"') {
		KVK_TRY(read_quoted(csv, &end));
	} else {
		while (!is_line_end(csv) && *csv->p != (uint8_t)csv->separator)
			csv->p++;
		end = csv->p;
	}
	*more = csv->p < csv->end && *csv->p == (uint8_t)csv->separator;
	csv->p += *more;
	/* Where the line goes on, the separator was here; else its end is, which is passed over. */
	if (!*more && csv->p < csv->end)
		csv->p++;
	*end = '\0';
out:
	return err;
}

enum kvk_err kvk_csv_next(struct kvk_csv *csv, char *fields[static KVK_CSV_FIELDS], size_t *count)
{
	char *field;
	bool more = true;
	enum kvk_err err = KVK_OK;

	*count = 0;
	while (csv->p < csv->end && is_line_end(csv))
		csv->p++;
	if (csv->p == csv->end)
		return KVK_OK;
	while (more) {
		KVK_TRY(read_field(csv, &field, &more));
		if (*count < KVK_CSV_FIELDS)
			fields[(*count)++] = field;
	}
out:
	return err;
}
