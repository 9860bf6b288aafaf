/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "net/curl.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <string.h>

const struct kvk_curl *kvk_curl;

/* A pointer to a function, which C has no cast for. */
static bool find(void *library, const char *name, void *function)
{
	void *found = dlsym(library, name);

	memcpy(function, &found, sizeof found);
	return found != NULL;
}

#define FIND(name) found = find(library, "curl_" #name, &functions.name) && found;

enum kvk_err kvk_curl_load(void)
{
	static struct kvk_curl functions;
	bool found = true;
	void *library;

	if (kvk_curl != NULL)
		return KVK_OK;
	library = dlopen(KVK_CURL_LIBRARY, RTLD_NOW | RTLD_LOCAL);
	if (library == NULL)
		return KVK_ERR_LIBRARY;
	KVK_CURL_FUNCTIONS(FIND)
	if (!found) {
		(void)dlclose(library);
		return KVK_ERR_LIBRARY;
	}
	kvk_curl = &functions;
	return KVK_OK;
}
