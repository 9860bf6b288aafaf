/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What Java's CertificateFactory made of a file of the shared data, as the case.json next to it
 * says (member `java`, measured).
 */
#ifndef KVKCSR_TESTS_CERT_JAVA_REFUSES_H
#define KVKCSR_TESTS_CERT_JAVA_REFUSES_H

#include <stdbool.h>

/*
 * Whether a file is the delivery of a case, and Java did not read it. False where there is no case,
 * or it does not say.
 */
bool java_refuses(const char *path);

#endif
