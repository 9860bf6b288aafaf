/* SPDX-License-Identifier: Apache-2.0 */
/*
 * What the tests of the use cases share: deliveries and requests as files in the scratch folder,
 * and the case that goes with them. It stops the test where something goes wrong.
 */
#ifndef KVKCSR_TESTS_APP_MADE_H
#define KVKCSR_TESTS_APP_MADE_H

#include "app/new.h"
#include "gather/case.h"
#include "tests/inventory/scratch.h"
#include "tests/practice/delivery.h"

/*
 * Makes a delivery with this fault (NULL: a good one), for a request in DER or, where that is
 * empty, for a key of the tests; writes it to this file, its root and its CRLs to root.pem and
 * crls.pem.
 */
void made_delivery(const char *file, const char *fault, struct kvk_span csr);
/* A case with root.pem and crls.pem, at DELIVERY_NOW. Borrows from static memory. */
struct kvk_case made_case(void);
/*
 * Starts making a request for api.voorbeeld.nl: answers, and the order that came of them. extra is
 * one more answer ("out=/x") or NULL. Free with kvk_new_free().
 */
void made_order(struct kvk_new *run, const char *extra);
/* Makes key and request, and the dossier below the home of the scratch folder. */
void made_dossier(struct kvk_new *run);

#endif
