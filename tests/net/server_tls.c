/* SPDX-License-Identifier: Apache-2.0 */
/* Part of tests/net/server.h: TLS. */
#include "config.h"

#include "tests/net/server.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <gnutls/gnutls.h>
#include <gnutls/x509.h>

#include <cmocka.h>

#include "tests/crypto/keys.h"

static gnutls_datum_t datum(const char *text)
{
	return (gnutls_datum_t){ (unsigned char *)(uintptr_t)text, (unsigned)strlen(text) };
}

bool peer_tls(struct peer *peer, const struct server_tls *tls)
{
	const gnutls_datum_t certificate = datum(tls->certificate), key = datum(tls->key);
	gnutls_certificate_credentials_t credentials;
	gnutls_session_t session;
	int code;

	if (gnutls_certificate_allocate_credentials(&credentials) < 0 ||
		gnutls_certificate_set_x509_key_mem(
			credentials, &certificate, &key, GNUTLS_X509_FMT_PEM) < 0 ||
		gnutls_init(&session, GNUTLS_SERVER) < 0 ||
		gnutls_set_default_priority(session) < 0 ||
		gnutls_credentials_set(session, GNUTLS_CRD_CERTIFICATE, credentials) < 0)
		return false;
	gnutls_transport_set_int(session, peer->fd);
	do {
		code = gnutls_handshake(session);
	} while (code < 0 && gnutls_error_is_fatal(code) == 0);
	peer->session = session;
	return code == GNUTLS_E_SUCCESS;
}

ssize_t peer_tls_send(struct peer *peer, const void *octets, size_t n)
{
	return gnutls_record_send(peer->session, octets, n);
}

ssize_t peer_tls_receive(struct peer *peer, void *octets, size_t n)
{
	return gnutls_record_recv(peer->session, octets, n);
}

static gnutls_x509_privkey_t read_key(void)
{
	const gnutls_datum_t pem = datum(KVK_TEST_P256);
	gnutls_x509_privkey_t key;

	assert_int_equal(gnutls_x509_privkey_init(&key), 0);
	assert_int_equal(gnutls_x509_privkey_import(key, &pem, GNUTLS_X509_FMT_PEM), 0);
	return key;
}

/* A certificate for a name, and from whom; without an issuer, a CA. */
static gnutls_x509_crt_t make(const char *name, gnutls_x509_crt_t issuer)
{
	gnutls_x509_privkey_t key = read_key();
	gnutls_x509_crt_t made;
	const unsigned char serial = issuer != NULL ? 2 : 1;

	assert_int_equal(gnutls_x509_crt_init(&made), 0);
	assert_int_equal(gnutls_x509_crt_set_version(made, 3), 0);
	assert_int_equal(gnutls_x509_crt_set_serial(made, &serial, 1), 0);
	assert_int_equal(gnutls_x509_crt_set_dn_by_oid(made, GNUTLS_OID_X520_COMMON_NAME, 0, name,
				 (unsigned)strlen(name)),
		0);
	assert_int_equal(gnutls_x509_crt_set_key(made, key), 0);
	assert_int_equal(gnutls_x509_crt_set_activation_time(made, time(NULL) - 86400), 0);
	assert_int_equal(gnutls_x509_crt_set_expiration_time(made, time(NULL) + 86400), 0);
	if (issuer == NULL)
		assert_int_equal(gnutls_x509_crt_set_basic_constraints(made, 1, -1), 0);
	else
		assert_int_equal(gnutls_x509_crt_set_subject_alt_name(made, GNUTLS_SAN_DNSNAME,
					 name, (unsigned)strlen(name), GNUTLS_FSAN_SET),
			0);
	assert_int_equal(gnutls_x509_crt_sign2(
				 made, issuer != NULL ? issuer : made, key, GNUTLS_DIG_SHA256, 0),
		0);
	gnutls_x509_privkey_deinit(key);
	return made;
}

static void write_pem(gnutls_x509_crt_t made, char *out, size_t size)
{
	assert_int_equal(gnutls_x509_crt_export(made, GNUTLS_X509_FMT_PEM, out, &size), 0);
	out[size] = '\0';
}

const char *server_ca(void)
{
	static char pem[4096];
	gnutls_x509_crt_t ca = make("CA of a test", NULL);

	write_pem(ca, pem, sizeof pem - 1);
	gnutls_x509_crt_deinit(ca);
	return pem;
}

const char *server_certificate(const char *host)
{
	static char pem[4096];
	gnutls_x509_crt_t ca = make("CA of a test", NULL), made = make(host, ca);

	write_pem(made, pem, sizeof pem - 1);
	gnutls_x509_crt_deinit(made);
	gnutls_x509_crt_deinit(ca);
	return pem;
}
