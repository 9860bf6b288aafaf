/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the environment may not decide: variables by which the cryptographic libraries change what
 * they accept or make, and those by which libcurl and GnuTLS take another route, trust others or
 * write down the keys of a connection. Those that concern only this program (home, colour,
 * language) stay, and so do the many by which the modules of tokens find their tokens.
 */
#ifndef KVKCSR_CLI_ENVIRONMENT_H
#define KVKCSR_CLI_ENVIRONMENT_H

#include "base/exit.h"

/*
 * Takes such variables out of the environment. Those that begin with GNUTLS_ or NETTLE_ are read
 * before main() begins, so the program then starts itself again, once, with these arguments; it
 * returns only where none of these was found (KVK_GO_ON) or that was impossible
 * (KVK_EXIT_UNKNOWN, with a warning).
 */
enum kvk_exit kvk_environment_clean(char **argv);
/*
 * The name of a variable that named a proxy before it was taken away, such as "https_proxy", or
 * NULL; static. For kvk_net_error_set_proxy().
 */
const char *kvk_environment_proxy(void);

#endif
