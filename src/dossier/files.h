/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The names of files and folders around a request, in one place.
 *
 *   HOME/dossiers/NAME/                     the folder of a request, called dossier
 *     key.pem request.pem answers.cfg       made by `new`
 *     received/HASH-NAME                    each file as it came
 *     certificate.pem chain.pem upload.pem  of the delivery in force
 *     archive/SERIAL/                       the three files of an earlier delivery; SERIAL in hex
 *     next/                                 the same files of a renewal that is under way
 *     .delivery                             what the inventory still has to learn of the delivery
 *   HOME/dossiers/.NAME.next/               a dossier while it is changed (dossier/exchange.h)
 *   HOME/archive/NAME/                      a dossier that is no longer watched
 *   HOME/trust/SHA256.pem                   a root certificate that was imported (trust/imports.h)
 *   HOME/cache/                             what was fetched; may be deleted at any time
 */
#ifndef KVKCSR_DOSSIER_FILES_H
#define KVKCSR_DOSSIER_FILES_H

/* Below the home. */
#define KVK_HOME_DOSSIERS "dossiers"
#define KVK_HOME_ARCHIVE "archive"
#define KVK_HOME_CACHE "cache"
#define KVK_HOME_TRUST "trust"

/* Below a dossier. */
#define KVK_DOSSIER_RECEIVED "received"
#define KVK_DOSSIER_ARCHIVE "archive"
#define KVK_DOSSIER_NEXT "next"

#define KVK_DOSSIER_KEY "key.pem"
#define KVK_DOSSIER_REQUEST "request.pem"
#define KVK_DOSSIER_ANSWERS "answers.cfg"
#define KVK_DOSSIER_CERTIFICATE "certificate.pem"
#define KVK_DOSSIER_CHAIN "chain.pem"
#define KVK_DOSSIER_UPLOAD "upload.pem"
#define KVK_DOSSIER_NOTE ".delivery"

/* Lists for an array of names: the files that `new` makes, those of a delivery, and all. */
#define KVK_DOSSIER_REQUESTED KVK_DOSSIER_KEY, KVK_DOSSIER_REQUEST, KVK_DOSSIER_ANSWERS
#define KVK_DOSSIER_DELIVERED KVK_DOSSIER_CHAIN, KVK_DOSSIER_UPLOAD, KVK_DOSSIER_CERTIFICATE
#define KVK_DOSSIER_FILES KVK_DOSSIER_REQUESTED, KVK_DOSSIER_DELIVERED

#endif
