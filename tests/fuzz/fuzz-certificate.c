/* SPDX-License-Identifier: Apache-2.0 */
/*
 * Reads any bytes as a certificate and as a request. Whatever is read is in the input, its counts
 * are within their limits, and its names can be written.
 */
#include "config.h"

#include <stdlib.h>

#include "cert/certificate.h"
#include "cert/csr.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static struct kvk_span all;

static void check(bool condition)
{
	if (!condition)
		abort();
}

static void check_span(struct kvk_span part)
{
	check(part.n == 0 || (part.p >= all.p && part.p + part.n <= all.p + all.n));
}

static void check_name(const struct kvk_name *name)
{
	struct kvk_blob text = { 0 };

	check(name->count <= KVK_LIMIT_NAME_ATTRIBUTES);
	check_span(name->der);
	for (size_t i = 0; i < name->count; i++) {
		check_span(name->attributes[i].type);
		check_span(name->attributes[i].value);
		check(name->attributes[i].value_der.n >= name->attributes[i].value.n + 2);
	}
	check(kvk_name_text(name, &text) == KVK_OK);
	for (size_t i = 0; i < text.n; i++)
		check(text.p[i] >= 0x20 && text.p[i] != 0x7f);
	kvk_blob_free(&text);
}

static void check_subtrees(struct kvk_span list, size_t *count)
{
	struct kvk_der_log log = { 0 };
	struct kvk_subtree subtree;
	struct kvk_der der;

	check_span(list);
	kvk_der_start(&der, list, true, &log);
	for (; !kvk_der_at_end(&der); ++*count)
		check(kvk_general_subtree_read(&der, &subtree) == KVK_OK);
}

static void check_extensions(const struct kvk_extensions *ext)
{
	size_t subtrees = 0;

	check(ext->count <= KVK_LIMIT_EXTENSIONS && ext->san_count <= KVK_LIMIT_SANS);
	check(ext->eku_count <= KVK_LIMIT_EKUS && ext->policy_count <= KVK_LIMIT_POLICIES);
	check(ext->mapping_count <= KVK_LIMIT_MAPPINGS);
	check(ext->crl_point_count <= KVK_LIMIT_POINTS && ext->aia_count <= KVK_LIMIT_POINTS);
	for (size_t i = 0; i < ext->count; i++) {
		check_span(ext->all[i].type);
		check_span(ext->all[i].value);
	}
	for (size_t i = 0; i < ext->san_count; i++)
		check_span(ext->sans[i].value);
	for (size_t i = 0; i < ext->policy_count; i++)
		check_span(ext->policies[i].qualifiers);
	for (size_t i = 0; i < ext->crl_point_count; i++) {
		check_span(ext->crl_points[i].full_name);
		check_span(ext->crl_points[i].crl_issuer);
		check_span(ext->crl_points[i].uri);
	}
	for (size_t i = 0; i < ext->aia_count; i++)
		check_span(ext->aia[i].location.value);
	check_subtrees(ext->permitted, &subtrees);
	check_subtrees(ext->excluded, &subtrees);
	check(subtrees == ext->subtree_count);
	check(ext->has_path_length ? ext->ca : true);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct kvk_certificate cert;
	static struct kvk_csr csr;
	enum kvk_err err;

	all = (struct kvk_span){ data, size };
	err = kvk_certificate_read(all, &cert);
	if (err == KVK_OK) {
		/* Any number is a version, as Java reads it; extensions belong to version 3. */
		check(cert.version >= 1 && (cert.version == 3 || cert.ext.count == 0));
		check(cert.serial.n > 0);
		check(cert.log.remark == KVK_DER_OK && kvk_span_equal(cert.der, all));
		check_span(cert.tbs);
		check_span(cert.spki);
		check_span(cert.signature);
		check_name(&cert.issuer);
		check_name(&cert.subject);
		check_extensions(&cert.ext);
		kvk_certificate_free(&cert);
	} else {
		check(err == KVK_ERR_LIMIT || cert.log.remark != KVK_DER_OK);
		check(cert.log.offset <= size);
	}
	if (kvk_csr_read(all, &csr) == KVK_OK) {
		check_span(csr.info);
		check_name(&csr.subject);
		check_extensions(&csr.ext);
		kvk_csr_free(&csr);
	}
	return 0;
}
