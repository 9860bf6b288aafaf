/* SPDX-License-Identifier: Apache-2.0 */
/* Part of portal/warnings.h: the file. */
#include "config.h"

#include <string.h>

#include "base/ascii.h"
#include "base/escape.h"
#include "path/name_equal.h"
#include "names/oddity.h"
#include "portal/warnings.h"

/* Room for a name within a warning. */
#define SHOWN 160

static enum kvk_err private_key(const struct kvk_facts *facts, struct kvk_warning *out)
{
	if (facts->contents->remarks & (1u << KVK_REMARK_PRIVATE_KEY))
		KVK_FORMAT(out->text, "%s", kvk_remark_text(KVK_REMARK_PRIVATE_KEY));
	else if (facts->contents->form == KVK_FORM_PKCS12)
		KVK_FORMAT(out->text, "%s",
			_("this is a PKCS#12 file (.p12, .pfx), which usually contains a private "
			  "key: do not upload or mail it"));
	return KVK_OK;
}

static bool ends_in(struct kvk_span name, const char *ending)
{
	size_t n = strlen(ending);

	return name.n > n &&
		kvk_equal_nocase((struct kvk_span){ name.p + name.n - n, n }, kvk_span_of(ending));
}

static const char *const endings[] = { ".pem", ".cer", ".crt", ".der" };

static bool is_taken(struct kvk_span name)
{
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		if (ends_in(name, endings[i]))
			return true;
	return false;
}

/* The name without an ending that says another format. */
static struct kvk_span stem(struct kvk_span name)
{
	static const char *const others[] = {
		".txt",
		".p7b",
		".p7c",
		".p7s",
		".pkcs7",
		".cert",
		".certificate",
		".ca-bundle",
	};

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		if (ends_in(name, others[i]))
			name.n -= strlen(others[i]);
	return name;
}

static enum kvk_err file_name_ending(const struct kvk_facts *facts, struct kvk_warning *out)
{
	const enum kvk_file_form form = facts->contents->form;
	const char *ending = form == KVK_FORM_DER ? ".der" : ".pem";
	char shown[SHOWN];
	struct kvk_span name;

	/* what is no certificate, nor a damaged one, is none by another name */
	if (facts->name == NULL || is_taken(kvk_span_of(facts->name)) ||
		(facts->certificate_count == 0 && facts->contents->java != KVK_JAVA_FAILS &&
			!kvk_guise_is_salvageable(facts->contents->guise)))
		return KVK_OK;
	if (facts->certificate_count == 0 || facts->contents->java == KVK_JAVA_FAILS) {
		KVK_FORMAT(out->text, "%s",
			_("the portal accepts files with a name that ends in .pem, .cer, .crt or "
			  ".der"));
		out->hint = N_("renaming the file is not enough: first do what 'next' says; after "
			       "that, save it with a name that ends in .pem");
		return KVK_OK;
	}
	if (form == KVK_FORM_PKCS7) {
		KVK_FORMAT(out->text, "%s",
			_("the portal accepts files with a name that ends in .pem, .cer, .crt or "
			  ".der, and this is a PKCS#7 file"));
		out->hint = N_("use 'kvkcsr accept' to make a PEM file of it");
		return KVK_OK;
	}
	name = stem(kvk_span_of(facts->name));
	kvk_escape_to(shown, sizeof(shown), name);
	/* "delivery.pem.txt" has the right one already */
	KVK_FORMAT(out->text,
		_("the portal accepts files with a name that ends in .pem, .cer, .crt or .der; "
		  "rename this one to '%s%s'"),
		shown, is_taken(name) ? "" : ending);
	return KVK_OK;
}

static enum kvk_err unusual_label(const struct kvk_facts *facts, struct kvk_warning *out)
{
	if (facts->contents->remarks & (1u << KVK_REMARK_LABEL))
		KVK_FORMAT(out->text, "%s", kvk_remark_text(KVK_REMARK_LABEL));
	return KVK_OK;
}

static bool has_overlooked(const struct kvk_contents *contents)
{
	for (size_t i = 0; i < contents->blocks.count; i++) {
		const struct kvk_block *block = kvk_vec_at(&contents->blocks, i);

		if (block->overlooked)
			return true;
	}
	return false;
}

/* The first attribute of the subject whose text was damaged on its way. */
static enum kvk_err odd_subject(const struct kvk_facts *facts, struct kvk_warning *out)
{
	const struct kvk_name *subject = &facts->leaf->subject;
	struct kvk_blob text = { 0 };
	char shown[SHOWN], label[KVK_LIMIT_OID_TEXT];
	enum kvk_oddity oddity = KVK_ODDITY_NONE;
	enum kvk_err err = KVK_OK;

	for (size_t i = 0; i < subject->count && oddity == KVK_ODDITY_NONE; i++) {
		kvk_blob_clear(&text);
		err = kvk_attribute_text(&subject->attributes[i], &text);
		if (err == KVK_ERR_MEMORY)
			goto out;
		oddity = err == KVK_OK ? kvk_oddity_of(kvk_span_of_blob(&text)) : oddity;
		if (oddity == KVK_ODDITY_NONE)
			continue;
		kvk_escape_to(shown, sizeof shown, kvk_span_of_blob(&text));
		KVK_FORMAT(out->text, _("%s in the subject is '%s': %s"),
			kvk_oid_label(subject->attributes[i].type, label), shown,
			kvk_oddity_text(oddity));
		out->hint = N_("the portal may accept it; if the name has to be right, ask the TSP "
			       "to correct it");
	}
	err = KVK_OK;
out:
	kvk_blob_free(&text);
	return err;
}

static enum kvk_err odd_characters(const struct kvk_facts *facts, struct kvk_warning *out)
{
	if (facts->contents->remarks & (1u << KVK_REMARK_ODD))
		KVK_FORMAT(out->text, "%s", kvk_remark_text(KVK_REMARK_ODD));
	else if (facts->leaf != NULL)
		return odd_subject(facts, out);
	return KVK_OK;
}

static enum kvk_err pkcs7_file(const struct kvk_facts *facts, struct kvk_warning *out)
{
	const struct kvk_block *block = kvk_contents_find(facts->contents, KVK_BLOCK_PKCS7);

	if (has_overlooked(facts->contents))
		KVK_FORMAT(out->text, "%s",
			_("the file begins with a PKCS#7 block (.p7b); Java reads that block alone "
			  "and ignores the rest of the file"));
	else if (facts->contents->form == KVK_FORM_PKCS7 || block != NULL)
		KVK_FORMAT(out->text, "%s",
			_("the certificates are in a PKCS#7 file (.p7b), which Java can read but "
			  "the portal does not list as accepted"));
	return KVK_OK;
}

static enum kvk_err duplicate(const struct kvk_facts *facts, struct kvk_warning *out)
{
	if (facts->contents->remarks & (1u << KVK_REMARK_DUPLICATE))
		KVK_FORMAT(out->text, "%s", kvk_remark_text(KVK_REMARK_DUPLICATE));
	return KVK_OK;
}

static enum kvk_err too_many(const struct kvk_facts *facts, struct kvk_warning *out)
{
	if (facts->too_many || (facts->contents->remarks & (1u << KVK_REMARK_MANY)))
		KVK_FORMAT(out->text,
			kvk_ngettext("only %zu certificate in the file was checked, yours and its "
				     "CAs first",
				"only %zu certificates in the file were checked, yours and its CAs "
				"first",
				facts->certificate_count),
			facts->certificate_count);
	return KVK_OK;
}

static bool in_path(const struct kvk_facts *facts, const struct kvk_certificate *cert)
{
	for (size_t i = 0; i < facts->path.count; i++)
		if (facts->path.certs[i].certificate == cert)
			return true;
	return false;
}

/* The root of the path itself, which is harmless. */
static bool is_own_root(const struct kvk_facts *facts, const struct kvk_certificate *cert)
{
	return kvk_span_equal(facts->path.anchor->spki, cert->spki) &&
		kvk_name_equal(&facts->path.anchor->name, &cert->subject, KVK_MANNER_JAVA);
}

/* Certificates that the path does not need, roots of others included. */
static enum kvk_err unused(const struct kvk_facts *facts, struct kvk_warning *out)
{
	size_t count = 0;

	if (facts->path.anchor == NULL)
		return KVK_OK;
	for (size_t i = 0; i < facts->certificate_count; i++)
		if (!in_path(facts, facts->certificates[i]) &&
			!is_own_root(facts, facts->certificates[i]))
			count++;
	if (count > 0)
		KVK_FORMAT(out->text,
			kvk_ngettext("the file contains %zu certificate that is not in the chain",
				"the file contains %zu certificates that are not in the chain",
				count),
			count);
	return KVK_OK;
}

static enum kvk_err other_path(const struct kvk_facts *facts, struct kvk_warning *out)
{
	if (facts->other_path)
		KVK_FORMAT(out->text, "%s",
			_("the file contains CA certificates for two different paths, and the "
			  "first one would be refused; the portal may take either of them"));
	return KVK_OK;
}

/* The place of a certificate in the file, or how many there are where it is not in it. */
static size_t place_of(const struct kvk_facts *facts, const struct kvk_certificate *cert)
{
	size_t i = 0;

	while (i < facts->certificate_count && facts->certificates[i] != cert)
		i++;
	return i;
}

/* A validator that takes the certificates as they come refuses any other order than the path's. */
static enum kvk_err file_order(const struct kvk_facts *facts, struct kvk_warning *out)
{
	const size_t count = facts->certificate_count;
	size_t last = 0;

	if (facts->path.count == 0)
		return KVK_OK;
	if (place_of(facts, facts->leaf) > 0) {
		KVK_FORMAT(out->text, "%s",
			_("your certificate is not the first one in the file; the portal may read "
			  "the certificates in the order of the file"));
		return KVK_OK;
	}
	for (size_t i = 1; i < facts->path.count; i++) {
		const size_t place = place_of(facts, facts->path.certs[i].certificate);

		if (place == count)
			continue;
		if (place < last)
			KVK_FORMAT(out->text, "%s",
				_("the CA certificates in the file are not in order, each followed "
				  "by the one that issued it; the portal may read them in the "
				  "order of the file"));
		last = place;
	}
	return KVK_OK;
}

const struct kvk_warning_row kvk_warnings_file[] = {
	{
		.id = "private-key-in-file",
		.check = private_key,
		.hint = N_("remove the key from the file; if anyone else has seen the file, revoke "
			   "the certificate and make a new key"),
	},
	{
		.id = "file-name-ending",
		.check = file_name_ending,
		.hint = N_("rename the file before you upload it"),
	},
	{
		.id = "unusual-label",
		.check = unusual_label,
		.hint = N_("begin each block with '-----BEGIN CERTIFICATE-----'; 'kvkcsr accept' "
			   "does this"),
	},
	{
		.id = "odd-characters",
		.check = odd_characters,
		.hint = N_("remove them, or let 'kvkcsr accept' rewrite the file"),
	},
	{
		.id = "pkcs7-file",
		.check = pkcs7_file,
		.hint = N_("'kvkcsr accept' turns it into a PEM file"),
	},
	{
		.id = "duplicate-certificate",
		.check = duplicate,
		.hint = N_("put each certificate in the file only once"),
	},
	{
		.id = "too-many-certificates",
		.check = too_many,
		.hint = N_("keep only your certificate and its CA certificates in the file"),
	},
	{
		.id = "other-path",
		.check = other_path,
		.hint = N_("keep only the certificates of the path shown in the file; 'kvkcsr "
			   "accept' writes it like this"),
		.leaf = true,
	},
	{
		.id = "file-order",
		.check = file_order,
		.hint = N_("put your certificate first, then the CA that issued it, and so on up; "
			   "'kvkcsr accept' writes the file like this"),
		.leaf = true,
	},
	{
		.id = "unused-certificate",
		.check = unused,
		.hint = N_("keep only your certificate and its CA certificates in the file"),
		.leaf = true,
	},
	{ .id = NULL },
};
