/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "cli/environment.h"

#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "cli/terminal.h"

/* The longest name looked for; a longer one is no variable of these libraries. */
#define NAME_SIZE 64

/* GnuTLS: curves and hashes switched off, no initialisation, its log. Nettle: other arithmetic. */
static const char *const prefixes[] = { "GNUTLS_", "NETTLE_" };

static bool is_unwanted(const char *variable)
{
	for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++)
		if (strncmp(variable, prefixes[i], strlen(prefixes[i])) == 0)
			return true;
	return false;
}

/* Takes one unwanted variable away; false where there is none. */
static bool remove_one(void)
{
	char name[NAME_SIZE];

	for (char **v = environ; v != NULL && *v != NULL; v++) {
		size_t n = strcspn(*v, "=");

		if (!is_unwanted(*v) || (*v)[n] != '=' || n >= sizeof name)
			continue;
		memcpy(name, *v, n);
		name[n] = '\0';
		return unsetenv(name) == 0;
	}
	return false;
}

enum kvk_exit kvk_environment_clean(char **argv)
{
	bool found = false;

	while (remove_one())
		found = true;
	if (!found)
		return KVK_GO_ON;
	execv("/proc/self/exe", argv);
	kvk_warn(
		_("cannot start again without the environment variables that begin with GNUTLS_ or "
		  "NETTLE_, which would change what is accepted; unset them: %s"),
		strerror(errno));
	return KVK_EXIT_UNKNOWN;
}
