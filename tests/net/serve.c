/* SPDX-License-Identifier: Apache-2.0 */
/*
 * serve LOG [HOST]: the server of tests/net/server.h for scripts. Prints its port, writes the first
 * line of each request to LOG, and ends when it is killed, or after ten minutes. With HOST it
 * speaks TLS as this host, and LOG.ca is the CA (PEM) to trust.
 */
#include "config.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <fcntl.h>
#include <sys/prctl.h>

#include <signal.h>

#include <cmocka.h>

#include "tests/crypto/keys.h"
#include "tests/net/server.h"

static int write_ca(const char *log)
{
	char path[4096];
	FILE *file;

	(void)snprintf(path, sizeof path, "%s.ca", log);
	file = fopen(path, "w");
	if (file == NULL || fputs(server_ca(), file) < 0)
		return -1;
	return fclose(file);
}

int main(int argc, char **argv)
{
	struct server_tls tls = { .key = KVK_TEST_P256 };
	struct server server;

	if (argc < 2 || argc > 3)
		return 64;
	server_log = open(argv[1], O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
	if (server_log < 0)
		return 73;
	if (argc == 3) {
		tls.certificate = server_certificate(argv[2]);
		if (write_ca(argv[1]) != 0)
			return 73;
	}
	server_start(&server, argc == 3 ? &tls : NULL);
	(void)printf("%u\n", server.port);
	(void)fclose(stdout);
	(void)alarm(600);
	for (;;)
		(void)pause();
}
