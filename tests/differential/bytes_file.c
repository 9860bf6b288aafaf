/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/differential/bytes.h"

static struct kvk_span part(struct kvk_span file, size_t from, size_t to)
{
	return (struct kvk_span){ file.p + from, to - from };
}

/* What is put into a file somewhere. */
static const char *const pieces[] = { "\n", " ", "\r\n", "-", "=", "-----", "\xef\xbb\xbf", "A",
	"Subject: CN=api.example.nl\n", "-----BEGIN CERTIFICATE-----\n", "\t", "!", "\x01",
	"-----END CERTIFICATE-----\n", "0", "\xff", "\v", "\f", "\x1c", "\x1d\n", "\x1f",
	"-----END CERTIFICATE-----\x1e\n", "-----BEGIN PKCS7-----\n", "-----END PKCS7-----\n" };

enum kvk_err bytes_spoil(
	struct kvk_span file, struct dice *dice, struct kvk_blob *out, const char **what)
{
	static const char *const names[] = { "file-flip", "file-drop", "file-insert", "file-cut",
		"file-before", "file-behind" };
	const size_t kind = dice_roll(dice, 6);
	const size_t at = dice_roll(dice, file.n);
	size_t n = 1 + dice_roll(dice, 4);
	enum kvk_err err;

	if (file.n == 0)
		return KVK_ERR_ARGUMENT;
	if (n > file.n - at)
		n = file.n - at;
	*what = names[kind];
	kvk_blob_clear(out);
	err = kind == 4 ? kvk_blob_append_text(out, DICE_PICK(dice, pieces)) : KVK_OK;
	if (err == KVK_OK)
		err = kvk_blob_append(out, part(file, 0, at));
	if (err == KVK_OK && kind == 2)
		err = kvk_blob_append_text(out, DICE_PICK(dice, pieces));
	if (err == KVK_OK && kind != 3)
		err = kvk_blob_append(out, part(file, kind == 1 ? at + n : at, file.n));
	if (err == KVK_OK && kind == 0)
		out->p[at] ^= (uint8_t)(1u << dice_roll(dice, 8));
	if (err == KVK_OK && kind == 5)
		err = kvk_blob_append_text(out, DICE_PICK(dice, pieces));
	return err;
}
