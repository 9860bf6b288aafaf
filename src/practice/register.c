/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "practice/register.h"

#include "base/file.h"

/* What the KVK API would answer. */
static const char body[] =
	"{\"totaal\":1,\"resultaten\":[{\"kvkNummer\":\"68750110\",\"naam\":\"Voorbeeld B.V.\","
	"\"type\":\"hoofdvestiging\",\"actief\":\"Ja\","
	"\"adres\":{\"binnenlandsAdres\":{\"plaats\":\"Utrecht\"}}}]}";

static enum kvk_err write_file(const char *name, struct kvk_span text, struct kvk_error *why)
{
	const enum kvk_err err = kvk_file_create(name, 0600, text);

	return err == KVK_OK ? KVK_OK : kvk_error_set_file(why, err, name, 0);
}

static enum kvk_err write_files(unsigned port, struct kvk_error *why)
{
	struct kvk_blob text = { 0 };
	enum kvk_err err;

	KVK_TRY(kvk_blob_append_format(&text,
		"# The trade register of the rehearsal.\n"
		"kvk: {\n\tbase_url = \"http://127.0.0.1:%u/\";\n\tapi_key_file = \"%s\";\n};\n",
		port, KVK_PRACTICE_FILE_API_KEY));
	KVK_TRY(write_file(KVK_PRACTICE_FILE_CONFIG, kvk_span_of_blob(&text), why));
	KVK_TRY(write_file(KVK_PRACTICE_FILE_API_KEY, kvk_span_of("practice\n"), why));
out:
	kvk_blob_free(&text);
	return err;
}

enum kvk_err kvk_practice_register(struct kvk_loopback **out, struct kvk_error *why)
{
	struct kvk_loopback *server = NULL;
	enum kvk_err err;

	KVK_TRY(kvk_loopback_start(body, &server));
	KVK_TRY(write_files(kvk_loopback_port(server), why));
	*out = server;
	server = NULL;
out:
	kvk_loopback_stop(server);
	return err;
}
