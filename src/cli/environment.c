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

/*
 * libcurl and GnuTLS read these when they connect: another route, other trust, the keys of each
 * connection written to a file. The configuration decides all of that. What names a proxy comes
 * first.
 */
static const char *const of_network[] = { "https_proxy", "http_proxy", "all_proxy", "HTTPS_PROXY",
	"HTTP_PROXY", "ALL_PROXY", "no_proxy", "NO_PROXY", "CURL_HOME", "CURL_CA_BUNDLE",
	"SSL_CERT_FILE", "SSL_CERT_DIR", "SSLKEYLOGFILE", "NETRC" };
#define NAMES_A_PROXY 6

/* Of these, the first that was set and not empty. */
static const char *proxy_variable;

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

static void remove_of_network(void)
{
	for (size_t i = 0; i < sizeof of_network / sizeof of_network[0]; i++) {
		const char *value = getenv(of_network[i]);

		if (value == NULL)
			continue;
		if (i < NAMES_A_PROXY && *value != '\0' && proxy_variable == NULL)
			proxy_variable = of_network[i];
		(void)unsetenv(of_network[i]);
	}
}

const char *kvk_environment_proxy(void)
{
	return proxy_variable;
}

enum kvk_exit kvk_environment_clean(char **argv)
{
	bool found = false;

	while (remove_one())
		found = true;
	/* Only in the run that works, so that it knows of them. */
	if (!found) {
		remove_of_network();
		return KVK_GO_ON;
	}
	execv("/proc/self/exe", argv);
	kvk_warn(
		_("cannot start again without the environment variables that begin with GNUTLS_ or "
		  "NETTLE_, which would change what is accepted; unset them: %s"),
		strerror(errno));
	return KVK_EXIT_UNKNOWN;
}
