/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Part of cert/contents.h: how Java's CertificateFactory.generateCertificates() cuts a file into
 * blocks and whether it takes them. The portal is a Java program, so this decides between its
 * messages 3 and 18. Measured on Java 17.
 */
#ifndef KVKCSR_CERT_FACTORY_H
#define KVKCSR_CERT_FACTORY_H

#include "cert/contents.h"

/* Sets java and failed_block of contents whose blocks are found and whose raw bytes are whole. */
void kvk_factory_read(struct kvk_contents *contents);

#endif
