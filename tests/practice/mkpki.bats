#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# mkpki: the folders that it makes, checked by openssl(1).
setup() {
	cd "$BATS_TEST_TMPDIR"
	mkpki=$top_builddir/tests/mkpki
}

# Evaluates the leaf of a folder with all CRLs, at the clock of the tests (2026-11-22T12:00:00Z).
evaluate() {
	openssl verify -attime "${2:-1795348800}" -x509_strict -crl_check_all -purpose sslclient -CAfile "$1/root.pem" \
		-untrusted "$1/chain.pem" -CRLfile "$1/crls.pem" "$1/leaf.pem"
}

@test "a good delivery of each shape is accepted" {
	for shape in g4 g1 ev; do
		"$mkpki" $shape --shape $shape
		evaluate $shape
		openssl x509 -in $shape/leaf.pem -noout -pubkey >pub
		openssl pkey -in $shape/leaf.key -pubout | cmp - pub
		[ "$(grep -c BEGIN $shape/delivery.pem)" -eq 3 ]
		cat $shape/leaf.pem $shape/chain.pem | cmp - $shape/delivery.pem
	done
}

@test "every fault makes a folder that differs from the good one" {
	# the signatures of G1 have no randomness
	"$mkpki" good --shape g1
	"$mkpki" again --shape g1
	diff -r good again
	"$mkpki" --list >list
	[ "$(wc -l <list)" -gt 90 ]
	cut -f 1 list | sort | uniq -d >double
	[ ! -s double ]
	while read -r fault _; do
		"$mkpki" "bad/$fault" --shape g1 "--$fault"
		! diff -r good "bad/$fault" >/dev/null || { echo "no difference: $fault"; false; }
	done <list
}

@test "openssl refuses what it knows to be wrong" {
	for fault in expired not-yet-valid bad-signature zero-signature tsp-not-ca tsp-expired tsp-bad-signature \
		path-length names-excluded names-other unknown-critical revoked tsp-revoked revoked-hold no-crl \
		crl-expired crl-not-yet crl-bad-signature crl-other-key no-client-auth email-only tsp-crl-sign-only \
		other-issuer tsp-unknown-critical crl-other-scope \
		tsp-self-signed intermediate-self-signed; do
		"$mkpki" $fault --$fault
		run evaluate $fault
		[ "$status" -ne 0 ] || { echo "accepted: $fault"; false; }
	done
}

@test "openssl accepts what is good all the same" {
	for fault in names-permitted other-revoked unknown-extension client-only two-names with-root explicit-good; do
		"$mkpki" $fault --$fault
		evaluate $fault
	done
}

@test "options reach the leaf" {
	"$mkpki" d --domain proef.example.nl --kvk 69599084 --organisation 'Proef & Co' --days 30 \
		--now 2026-01-01T00:00:00Z --san a.example.nl --san b.example.nl
	openssl x509 -in d/leaf.pem -noout -subject -enddate -ext subjectAltName >out
	grep -qE 'CN ?= ?proef.example.nl' out
	grep -qE 'O ?= ?Proef & Co' out
	grep -qE 'serialNumber ?= ?00000003695990840000' out
	grep -q 'notAfter=Jan 30 22:59:59 2026' out
	grep -q 'DNS:a.example.nl, DNS:b.example.nl' out
	evaluate d "$(date -u -d 2026-01-01T00:00:00Z +%s)"
}

@test "addresses are those of a site, which has the files" {
	"$mkpki" d --site http://127.0.0.1:8080/x/ --ocsp http://127.0.0.1:8081/ --crl-address ldap:///o=x \
		--crl-address http://127.0.0.1:8080/x/g4-tsp.crl
	openssl x509 -in d/leaf.pem -noout -ext crlDistributionPoints,authorityInfoAccess >out
	grep -oE 'URI:.*' out >uris
	printf 'URI:%s\n' http://127.0.0.1:8081/ http://127.0.0.1:8080/x/g4-tsp.cer ldap:///o=x \
		http://127.0.0.1:8080/x/g4-tsp.crl | sort >wanted
	sort uris | cmp - wanted
	openssl x509 -in d/tsp.pem -noout -ext crlDistributionPoints | grep -q 'URI:http://127.0.0.1:8080/x/g4-intermediate.crl'
	[ "$(find d/www -type f | wc -l)" -eq 6 ]
	openssl crl -inform DER -in d/www/g4-tsp.crl -noout -issuer | grep -q 'TSP CA'
	openssl x509 -in d/tsp.pem -outform DER | cmp - d/www/g4-tsp.cer
}

@test "a request is signed" {
	openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out k.pem
	openssl req -new -key k.pem -subj /CN=proef.example.nl -outform DER -out r.der
	"$mkpki" d --csr r.der
	evaluate d
	[ ! -e d/leaf.key ]
	openssl x509 -in d/leaf.pem -noout -pubkey >pub
	openssl pkey -in k.pem -pubout | cmp - pub
}

@test "a wrong argument is told" {
	for wrong in --onzin --domain "--shape g5" "--now gisteren" "--days 0"; do
		# shellcheck disable=SC2086 # some are two words
		run "$mkpki" d $wrong
		[ "$status" -eq 64 ]
	done
	run "$mkpki"
	[ "$status" -eq 64 ]
}
