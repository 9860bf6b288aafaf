/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Every limit of the program in one place, each with a sentence that says what it bounds. A limit
 * that is reached is an answer (KVK_ERR_LIMIT), never a crash and never a silent cut.
 */
#ifndef KVKCSR_BASE_LIMITS_H
#define KVKCSR_BASE_LIMITS_H

/* Bytes of a file with certificates, requests or keys that is read. */
#define KVK_LIMIT_FILE (1024u * 1024u)
/* Bytes of a CRL file in DER. */
#define KVK_LIMIT_CRL_FILE (32u * 1024u * 1024u)
/* Bytes of a CRL file in PEM, which has to be decoded in memory first. */
#define KVK_LIMIT_CRL_PEM (4u * 1024u * 1024u)
/* Bytes of a file with OCSP answers, which may be several in PEM. */
#define KVK_LIMIT_OCSP_FILE (1024u * 1024u)
/* Bytes of an OCSP answer. */
#define KVK_LIMIT_OCSP (20u * 1024u)
/* Bytes of one certificate or request. */
#define KVK_LIMIT_CERTIFICATE (64u * 1024u)
/* Bytes of a configuration, answer, preset or anchor file. */
#define KVK_LIMIT_CONFIG (64u * 1024u)
/* Nesting of groups and lists in such a file. */
#define KVK_LIMIT_CONF_DEPTH 8u
/* Digits of a number in such a file; with more, libconfig 1.5 cuts what is beyond 32 bits. */
#define KVK_LIMIT_CONF_DIGITS 9u
/* Bytes that a program of the system prints, such as systemctl(1). */
#define KVK_LIMIT_TOOL_OUTPUT (64u * 1024u)
/* Bytes of a passphrase. */
#define KVK_LIMIT_PASSPHRASE 1024u
/* Bytes of one line that a person types. */
#define KVK_LIMIT_LINE 4096u
/* Blocks (certificates and other) of one file that are looked at. */
#define KVK_LIMIT_BLOCKS 256u
/* Certificates of one upload that are used. */
#define KVK_LIMIT_UPLOAD 16u
/* Certificates given with --chain, and, apart from these, with --trust. */
#define KVK_LIMIT_EXTRA 64u
/* Files given with one repeatable option. */
#define KVK_LIMIT_OPTION_FILES 64u
/* Certificates of one path, leaf and intermediates, without the anchor. */
#define KVK_LIMIT_DEPTH 10u
/* Signatures checked while one leaf is evaluated. */
#define KVK_LIMIT_SIGNATURES 32u
/* Signatures checked, and names compared that are not written alike, while the issuers of all
 * certificates of a watched file are looked for in it. */
#define KVK_LIMIT_ISSUER_SIGNATURES 512u
#define KVK_LIMIT_ISSUER_COMPARISONS 1000u
/* Certificates tried while paths are built for one leaf. */
#define KVK_LIMIT_BUILD_STEPS 256u
/* Paths with good signatures that are evaluated whole while the best is looked for. */
#define KVK_LIMIT_PATHS 8u
/* Nesting of DER values. */
#define KVK_LIMIT_DER_DEPTH 16u
/* Octets of an object identifier. */
#define KVK_LIMIT_OID 64u
/* Characters of an object identifier in dotted form, with the closing NUL. */
#define KVK_LIMIT_OID_TEXT 272u
/* Attributes of one distinguished name. */
#define KVK_LIMIT_NAME_ATTRIBUTES 1024u
/*
 * Octets of a distinguished name above which it is equal to another by its encoding only, without
 * regard to RFC 5280 7.1; not where it is held against a name constraint.
 */
#define KVK_LIMIT_NAME_FOLD 1024u
/* Extensions of one certificate. */
#define KVK_LIMIT_EXTENSIONS 512u
/* Extensions of one CRL, and of one entry of a CRL. */
#define KVK_LIMIT_CRL_EXTENSIONS 48u
/* Subject alternative names of one certificate. */
#define KVK_LIMIT_SANS 8192u
/* Domain names of one certificate that are compared with each other to find repetitions. */
#define KVK_LIMIT_NAME_REPEATS 256u
/* Extended key usages of one certificate. */
#define KVK_LIMIT_EKUS 256u
/* Policies of one certificate. */
#define KVK_LIMIT_POLICIES 512u
/* Policy mappings of one certificate. */
#define KVK_LIMIT_MAPPINGS 32u
/* Name constraint subtrees of one certificate, permitted and excluded together. */
#define KVK_LIMIT_SUBTREES 4096u
/* Comparisons of names with name constraints while one path is evaluated. */
#define KVK_LIMIT_NAME_COMPARISONS 10000u
/* Policy nodes of one level of the policy graph. */
#define KVK_LIMIT_POLICY_NODES 256u
/* Distribution points, and access descriptions, of one certificate. */
#define KVK_LIMIT_POINTS 16u
/* Characters of one label of a domain name, and of a whole one (RFC 1035 2.3.4). */
#define KVK_LIMIT_LABEL 63u
#define KVK_LIMIT_DOMAIN_NAME 253u
/* Characters of a URL. */
#define KVK_LIMIT_URL 2048u
/* Bits of an RSA modulus above which no signature is checked. */
#define KVK_LIMIT_RSA_BITS 8192u
/* Bits of an RSA public exponent above which no signature is checked. */
#define KVK_LIMIT_RSA_EXPONENT_BITS 64u
/* Certificates of one OCSP answer that are tried as its responder's. */
#define KVK_LIMIT_RESPONDERS 8u
/* OCSP answers that are considered in one run. */
#define KVK_LIMIT_OCSPS 64u
/* CA certificates that are kept decoded while many files are evaluated. */
#define KVK_LIMIT_DECODED 64u
/* CRLs that are considered in one run. */
#define KVK_LIMIT_CRLS 64u
/* Names in one GeneralNames of a distribution point, a key identifier or an entry of a CRL. */
#define KVK_LIMIT_GENERAL_NAMES 128u
/* Octets of a name relative to the issuer of a CRL. */
#define KVK_LIMIT_RELATIVE_NAME 4096u
/* Comparisons of names that tell which CRL speaks for one certificate, and who signed it. */
#define KVK_LIMIT_CRL_COMPARISONS 6000u
/* Octets of entries of a CRL that are walked through before its signature is known to be good. */
#define KVK_LIMIT_CRL_UNSIGNED (1024u * 1024u)
/* Paths that are built for signers of CRLs while one certificate is evaluated. */
#define KVK_LIMIT_CRL_SIGNERS 16u
/* Public keys that are kept ready for further signatures. */
#define KVK_LIMIT_KEY_CACHE 64u
/* Characters of a name of a dossier or inventory entry. */
#define KVK_LIMIT_ENTRY_NAME 64u
/* Presets of TSPs. */
#define KVK_LIMIT_PRESETS 64u
/* Remarks about one set of answers or one request. */
#define KVK_LIMIT_REVIEW 256u
/* Characters of a file path that is put together. */
#define KVK_LIMIT_PATH 4096u
/* Files below a folder that is tracked. */
#define KVK_LIMIT_SCAN 10000000u
/* Entries of a folder that is evaluated whole. */
#define KVK_LIMIT_FOLDER 100000u
/* Levels of folders below a folder that is tracked or evaluated whole. */
#define KVK_LIMIT_FOLDER_DEPTH 16u
/* Thresholds of one kind (warning, critical) that a configuration may name. */
#define KVK_LIMIT_THRESHOLDS 16u
/* Earlier uploads whose fingerprints are compared. */
#define KVK_LIMIT_KNOWN_UPLOADS 100000u
/* Entries of an inventory that are shown or checked in one run. */
#define KVK_LIMIT_ENTRIES 200000u
/* Names of files that one run looks at in search of private keys beside certificates; where there
 * are more, only the usual names are tried. */
#define KVK_LIMIT_KEY_NAMES 1000000u
/* Octets of a file that is looked through for a private key. */
#define KVK_LIMIT_KEY_FILE (64u * 1024u)
/* Further files with the certificate of one entry that are shown. */
#define KVK_LIMIT_PLACES 1000u
/* Events of one entry that `status NAME` lists; earlier ones are left out. */
#define KVK_LIMIT_LIFE_EVENTS 4096u
/* Trust anchors. */
#define KVK_LIMIT_ANCHORS 512u
/* Root certificates that were imported. */
#define KVK_LIMIT_IMPORTS 64u
/* Addresses of one certificate at which its revocation is asked. */
#define KVK_LIMIT_REVOCATION_ADDRESSES 16u
/* Octets of the header lines of one HTTP answer, with those of 1xx answers and trailers. */
#define KVK_LIMIT_NET_HEADERS (64u * 1024u)
/* Characters of a value of a header line that is kept: ETag, Last-Modified, Content-Type, Location.
 */
#define KVK_LIMIT_NET_HEADER_VALUE 512u
/* Octets of what was fetched that a run holds in memory at once: answers, copies in the cache, and
 * what was decoded of them. The rest of the program takes 15 MB; both stay below 64 MB. */
#define KVK_LIMIT_NET_HELD (40u * 1024u * 1024u)
/* Requests of one run that are sent to the network; further ones count as not asked. */
#define KVK_LIMIT_NET_REQUESTS 4096u
/* Hosts that are asked at the same time. */
#define KVK_LIMIT_NET_PARALLEL 8u
/* Further attempts after one that failed. */
#define KVK_LIMIT_NET_RETRIES 2u
/* Octets a second below which an answer is too slow, and the seconds that it may be so. */
#define KVK_LIMIT_NET_SLOW_OCTETS 100
#define KVK_LIMIT_NET_SLOW_SECONDS 10
/* Octets of the cache of what was fetched, and of one entry in it. */
#define KVK_LIMIT_CACHE (256u * 1024u * 1024u)
#define KVK_LIMIT_CACHE_ENTRY KVK_LIMIT_CRL_FILE
/* Octets of an answer of a register, and nesting of the JSON in it. */
#define KVK_LIMIT_REGISTER_ANSWER (1024u * 1024u)
#define KVK_LIMIT_JSON_DEPTH 16u
/* Addresses of mail in one list of the configuration, or of one entry. */
#define KVK_LIMIT_RECIPIENTS 1000u
/* Octets of the template of a message. */
#define KVK_LIMIT_TEMPLATE (64u * 1024u)
/* Octets of the file with the password for a mail server, or the secret of a webhook. */
#define KVK_LIMIT_CHANNEL_SECRET 1024u
/* Octets of an API key, and of the file with it. */
#define KVK_LIMIT_API_KEY 1024u
/* Octets of a file with the OIN register, and entries of it. */
#define KVK_LIMIT_OIN_LIST (16u * 1024u * 1024u)
#define KVK_LIMIT_OIN_ENTRIES 200000u
/* Octets of the file with the user name and password of a proxy. */
#define KVK_LIMIT_PROXY_AUTH 1024u
/* Milliseconds that a writer waits for another before the inventory counts as locked. */
#define KVK_LIMIT_BUSY_MS 30000
/* Milliseconds by which clocks may differ where Java allows for it (CRL and OCSP times). */
#define KVK_LIMIT_CLOCK_SKEW_MS (15 * 60 * 1000)

#endif
