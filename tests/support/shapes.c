/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "tests/support/shapes.h"

#include "cert/certificate.h"

#define SERVER_AUTH "1.3.6.1.5.5.7.3.1"
#define CLIENT_AUTH "1.3.6.1.5.5.7.3.2"
#define NCP "0.4.0.2042.1.1"
#define NCP_PLUS "0.4.0.2042.1.2"
#define G1_SERVER "2.16.528.1.1003.1.2.8.6"
#define EV "2.23.140.1.1"
#define ANY_POLICY "2.5.29.32.0"
#define CA_USAGE (KVK_KU_DIGITAL_SIGNATURE | KVK_KU_KEY_CERT_SIGN | KVK_KU_CRL_SIGN)
/* A name ending that nobody can register (RFC 2606). */
#define CERT_HOST "http://cert.practice.example/"
#define CRL_HOST "http://crl.practice.example/"

static const struct kvk_shape_profile profiles[] = {
	[KVK_PRACTICE_G1] = {
		.rsa_signing = &kvk_signing_rsa_sha256,
		.ca = {
			[KVK_PRACTICE_ROOT] = {
				.organisation = "KVKCSR PRACTICE",
				.name = "KVKCSR PRACTICE Root - G1 shape",
				.path_length = -1,
				.key_usage = KVK_KU_KEY_CERT_SIGN | KVK_KU_CRL_SIGN,
				.certificate_url = CERT_HOST "g1-root.cer",
				.crl_url = CRL_HOST "g1-root.crl",
				.days_before = 4500, .days_after = 1200,
			},
			[KVK_PRACTICE_INTERMEDIATE] = {
				.organisation = "KVKCSR PRACTICE",
				.name = "KVKCSR PRACTICE Services CA - G1 shape",
				.path_length = -1,
				.key_usage = KVK_KU_KEY_CERT_SIGN | KVK_KU_CRL_SIGN,
				.policies = { "2.16.528.1.1003.1.2.8.4", "2.16.528.1.1003.1.2.8.5",
					G1_SERVER },
				.certificate_url = CERT_HOST "g1-services.cer",
				.crl_url = CRL_HOST "g1-services.crl",
				.days_before = 4400, .days_after = 1190,
			},
			[KVK_PRACTICE_TSP] = {
				.organisation = "KVKCSR PRACTICE TSP",
				.name = "KVKCSR PRACTICE TSP CA - G1 shape",
				.organisation_id = "NTRNL-99999990",
				.path_length = 0,
				.key_usage = CA_USAGE,
				.policies = { "2.16.528.1.1003.1.2.8.4", "2.16.528.1.1003.1.2.8.5",
					G1_SERVER, NCP, NCP_PLUS },
				.usages = { CLIENT_AUTH, SERVER_AUTH },
				.qc_statements = true,
				.certificate_url = CERT_HOST "g1-tsp.cer",
				.crl_url = CRL_HOST "g1-tsp.crl",
				.days_before = 1200, .days_after = 1180,
			},
		},
		.leaf = {
			.days = 397,
			.policies = { G1_SERVER },
			.hrn = true,
			.place = true,
		},
	},
	[KVK_PRACTICE_EV] = {
		.rsa_signing = &kvk_signing_rsa_sha256,
		.ca = {
			[KVK_PRACTICE_ROOT] = {
				.organisation = "KVKCSR PRACTICE",
				.name = "KVKCSR PRACTICE Root - EV shape",
				.path_length = -1,
				.key_usage = CA_USAGE,
				.certificate_url = CERT_HOST "ev-root.cer",
				.crl_url = CRL_HOST "ev-root.crl",
				.days_before = 4500, .days_after = 4500,
			},
			[KVK_PRACTICE_INTERMEDIATE] = {
				.organisation = "KVKCSR PRACTICE",
				.name = "KVKCSR PRACTICE Intermediate - EV shape",
				.path_length = 1,
				.key_usage = CA_USAGE,
				.policies = { ANY_POLICY },
				.usages = { SERVER_AUTH, CLIENT_AUTH },
				.certificate_url = CERT_HOST "ev-intermediate.cer",
				.crl_url = CRL_HOST "ev-intermediate.crl",
				.days_before = 2000, .days_after = 2000,
			},
			[KVK_PRACTICE_TSP] = {
				.organisation = "KVKCSR PRACTICE TSP",
				.name = "KVKCSR PRACTICE TLS CA - EV shape",
				.path_length = 0,
				.key_usage = CA_USAGE,
				.policies = { ANY_POLICY },
				.usages = { SERVER_AUTH, CLIENT_AUTH },
				.certificate_url = CERT_HOST "ev-tls.cer",
				.crl_url = CRL_HOST "ev-tls.crl",
				.days_before = 1000, .days_after = 1900,
			},
		},
		.leaf = {
			.days = 199,
			.policies = { EV },
			.ev = true,
			.ocsp_url = "http://ocsp.practice.example/",
		},
	},
};

const struct kvk_shape_profile *shape_profile(enum kvk_practice_shape shape)
{
	return shape == KVK_PRACTICE_G4 ? &kvk_profile_g4 : &profiles[shape];
}
