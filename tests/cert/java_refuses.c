/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "java_refuses.h"

#include <stdio.h>
#include <string.h>

#include <jansson.h>

/* Whether a member of `files` names this file. */
static bool is_named(const json_t *files, const char *key, const char *name)
{
	const char *value = json_string_value(json_object_get(files, key));

	return value != NULL && strcmp(value, name) == 0;
}

/* `read` is "3 certificates" or an exception; cases without it have the reason PARSE. */
static bool says_refused(const json_t *java)
{
	const char *read = json_string_value(json_object_get(java, "read"));
	const char *reason = json_string_value(json_object_get(java, "reason"));
	unsigned count;

	if (read != NULL)
		return sscanf(read, "%u certificate", &count) != 1;
	return reason != NULL && strcmp(reason, "PARSE") == 0;
}

bool java_refuses(const char *path)
{
	const char *slash = strrchr(path, '/');
	char name[4200];
	json_t *file;
	const json_t *files;
	bool refused;

	if (slash == NULL)
		return false;
	snprintf(name, sizeof(name), "%.*s/case.json", (int)(slash - path), path);
	file = json_load_file(name, 0, NULL);
	files = json_object_get(file, "files");
	refused = (is_named(files, "upload", slash + 1) || is_named(files, "chain", slash + 1)) &&
		says_refused(json_object_get(file, "java"));
	json_decref(file);
	return refused;
}
