/* SPDX-License-Identifier: Apache-2.0 */
#include "config.h"

#include "practice/profile.h"

#include "cert/certificate.h"

#define SERVER_AUTH "1.3.6.1.5.5.7.3.1"
#define CLIENT_AUTH "1.3.6.1.5.5.7.3.2"
#define NCP "0.4.0.2042.1.1"
#define NCP_PLUS "0.4.0.2042.1.2"
#define G4_TLS_SYS "2.16.528.1.1003.1.2.44.15.35.11"
#define CA_USAGE (KVK_KU_DIGITAL_SIGNATURE | KVK_KU_KEY_CERT_SIGN | KVK_KU_CRL_SIGN)
/* A name ending that nobody can register (RFC 2606). */
#define CERT_HOST "http://cert.practice.example/"
#define CRL_HOST "http://crl.practice.example/"

const struct kvk_shape_profile kvk_profile_g4 = {
	.rsa_signing = &kvk_signing_rsa_pss_sha512,
	.ca = {
		[KVK_PRACTICE_ROOT] = {
			.organisation = "KVKCSR PRACTICE",
			.name = "KVKCSR PRACTICE Root - G4 shape",
			.path_length = -1,
			.key_usage = CA_USAGE,
			.certificate_url = CERT_HOST "g4-root.cer",
			.crl_url = CRL_HOST "g4-root.crl",
			.days_before = 900, .days_after = 4500,
		},
		[KVK_PRACTICE_INTERMEDIATE] = {
			.organisation = "KVKCSR PRACTICE",
			.name = "KVKCSR PRACTICE Intermediate - G4 shape",
			.path_length = -1,
			.key_usage = CA_USAGE,
			.policies = { NCP, NCP_PLUS, "2.16.528.1.1003.1.2.44.15.38.10",
				"2.16.528.1.1003.1.2.44.15.39.10", G4_TLS_SYS },
			.usages = { CLIENT_AUTH, SERVER_AUTH },
			.certificate_url = CERT_HOST "g4-intermediate.cer",
			.crl_url = CRL_HOST "g4-intermediate.crl",
			.days_before = 800, .days_after = 4400,
		},
		[KVK_PRACTICE_TSP] = {
			.organisation = "KVKCSR PRACTICE TSP",
			.name = "KVKCSR PRACTICE TSP CA - G4 shape",
			.organisation_id = "NTRNL-99999990",
			.path_length = 0,
			.key_usage = CA_USAGE,
			.policies = { NCP, NCP_PLUS, G4_TLS_SYS },
			.usages = { CLIENT_AUTH, SERVER_AUTH },
			.qc_statements = true,
			.certificate_url = CERT_HOST "g4-tsp.cer",
			.crl_url = CRL_HOST "g4-tsp.crl",
			.days_before = 700, .days_after = 4300,
		},
	},
	.leaf = {
		.days = 397,
		.policies = { NCP, G4_TLS_SYS },
		.qc_statements = true,
		.organisation_id = true,
		.hrn = true,
	},
};
