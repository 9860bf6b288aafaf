#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# check-symbols.sh [ARCHIVE [PROGRAM]]: the library defines no name twice, because the linker silently takes the
# first. And what only tests use (tests/support) is not in the installed program.
set -eu
archive=${1:-$top_builddir/src/libkvkcsr.a}
program=${2:-$top_builddir/cmd/kvkcsr}
tests_only='kvk_alloc_fail_after
kvk_alloc_must_fail
kvk_crl_aki
kvk_crl_delta
kvk_crl_drop
kvk_crl_extension
kvk_crl_idp
kvk_crl_issue_free
kvk_crl_issue_start
kvk_crl_number
kvk_crl_revoke
kvk_crl_sign
kvk_issue_claim
kvk_issue_claim_raw
kvk_issue_critical
kvk_issue_drop_all
kvk_issue_extension_add
kvk_issue_inhibit_any_policy
kvk_issue_name_constraints
kvk_issue_name_tag
kvk_issue_policy_constraints
kvk_issue_policy_cps
kvk_issue_policy_mappings
kvk_issue_serial
kvk_issue_ski_raw
kvk_practice_ca_replace
kvk_practice_ca_self_sign
kvk_practice_crl
kvk_practice_crl_sign
kvk_practice_key
kvk_practice_name
kvk_practice_signing
kvk_signing_rsa_md5
kvk_signing_rsa_pss_sha256
kvk_signing_rsa_pss_sha384
kvk_signing_rsa_sha1
kvk_signing_rsa_sha384
kvk_signing_rsa_sha512
kvk_signings'
command -v nm >/dev/null || { echo "skipped: no nm (binutils)"; exit 77; }
twice=$(nm "$archive" 2>/dev/null | awk '$2 ~ /^[TDBR]$/ && $3 ~ /^kvk_/ { print $3 }' | sort | uniq -d)
[ -z "$twice" ] || { echo "defined twice in the library:"; echo "$twice"; exit 1; }
names=$(nm "$program" | awk '{ print $NF }')
echo "$names" | grep -qx main || { echo "$program: its symbols cannot be read"; exit 1; }
if echo "$names" | grep -xF "$tests_only"; then
	echo "$program: this is only for tests"
	exit 1
fi
