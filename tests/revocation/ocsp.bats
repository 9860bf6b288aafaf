#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# OCSP answers, made by openssl(1): who may give them, what they say, when they count.

bats_require_minimum_version 1.5.0

setup_file() {
	command -v openssl >/dev/null || skip "no openssl"
	dir=$(mktemp -d)
	export dir
	"$top_builddir/tests/mkpki" "$dir/pki" --now "$(date -u +%Y-%m-%dT%H:%M:%SZ)"
	cd "$dir" || exit 1
	serial=$(openssl x509 -in pki/leaf.pem -noout -serial | cut -d= -f2)
	echo "unique_subject = no" >index.attr
	printf 'V\t491231235959Z\t\t%s\tunknown\t/CN=x\n' "$serial" >good.txt
	printf 'R\t491231235959Z\t260101000000Z,keyCompromise\t%s\tunknown\t/CN=x\n' "$serial" >revoked.txt
	: >unknown.txt
	responder delegate "extendedKeyUsage = OCSPSigning
noCheck = ignored"
	responder unauthorised "extendedKeyUsage = clientAuth"
	# An OID that begins with that of OCSPSigning, and is another one.
	responder prefix "extendedKeyUsage = 1.3.6.1.5.5.7.3.9.1"
	# The CRLs of the CAs only: what the TSP says of the leaf is the OCSP answer's business.
	awk '/BEGIN X509 CRL/ { n++ } { print > ("crl-" n ".pem") }' pki/crls.pem
	for f in crl-*.pem; do
		openssl crl -in "$f" -noout -issuer | grep -q "TSP CA" || cat "$f"
	done >cas.pem
	[ "$(grep -c BEGIN cas.pem)" -eq 2 ]
}

teardown_file() {
	rm -rf "$dir"
}

# A responder certificate of the TSP, with these extensions.
responder() {
	openssl req -newkey rsa:2048 -nodes -keyout "$1.key" -out "$1.csr" -subj "/C=NL/CN=$1 responder" 2>/dev/null
	echo "${2%noCheck = ignored}" >"$1.ext"
	openssl x509 -req -in "$1.csr" -CA pki/tsp.pem -CAkey pki/tsp.key -set_serial 77 -days 30 -sha256 \
		-extfile "$1.ext" -out "$1.pem" 2>/dev/null
}

# answer NAME INDEX SIGNER KEY [OPTION]...: an answer about the leaf.
answer() {
	local name=$1 index=$2 signer=$3 key=$4
	shift 4
	openssl ocsp -index "$dir/$index.txt" -rsigner "$dir/$signer" -rkey "$dir/$key" -CA "$dir/pki/tsp.pem" \
		-issuer "$dir/pki/tsp.pem" -cert "$dir/pki/leaf.pem" -no_nonce -ndays 2 -respout "$dir/$name.der" "$@" \
		>/dev/null 2>&1
	[ -s "$dir/$name.der" ]
}

evaluate() {
	run --separate-stderr "$KVKCSR" verify --json --offline --trust "$dir/pki/root.pem" --crl "$dir/cas.pem" \
		"$@" "$dir/pki/delivery.pem"
}

message() {
	jq -c .messages <<<"$output"
}

@test "without an answer revocation is not known" {
	evaluate
	[ "$status" -eq 3 ]
	[ "$(message)" = "[2]" ]
}

@test "good, signed by the issuer" {
	answer good good pki/tsp.pem pki/tsp.key
	evaluate --ocsp "$dir/good.der"
	[ "$status" -eq 1 ]
	[ "$(message)" = "[]" ]
}

@test "good, in PEM" {
	answer good good pki/tsp.pem pki/tsp.key
	{ echo "-----BEGIN OCSP RESPONSE-----"; openssl base64 -in "$dir/good.der"; echo "-----END OCSP RESPONSE-----"; } >"$dir/good.pem"
	evaluate --ocsp "$dir/good.pem"
	[ "$status" -eq 1 ]
}

@test "good, signed by a responder that the issuer named" {
	answer delegated good delegate.pem delegate.key
	evaluate --ocsp "$dir/delegated.der"
	[ "$status" -eq 1 ]
}

@test "revoked" {
	answer revoked revoked pki/tsp.pem pki/tsp.key
	evaluate --ocsp "$dir/revoked.der"
	[ "$status" -eq 2 ]
	[ "$(message)" = "[28]" ]
	[ "$(jq -r '.findings[27].reason' <<<"$output")" = REVOKED ]
}

@test "revoked wins over good, in whatever order" {
	answer good good pki/tsp.pem pki/tsp.key
	answer revoked revoked pki/tsp.pem pki/tsp.key
	evaluate --ocsp "$dir/good.der" --ocsp "$dir/revoked.der"
	[ "$status" -eq 2 ]
	evaluate --ocsp "$dir/revoked.der" --ocsp "$dir/good.der"
	[ "$status" -eq 2 ]
}

@test "a responder that does not know the certificate" {
	answer unknown unknown pki/tsp.pem pki/tsp.key
	evaluate --ocsp "$dir/unknown.der"
	[ "$status" -eq 3 ]
	[ "$(message)" = "[2]" ]
	[[ "$output" == *"does not know"* ]]
}

@test "a signer without the EKU is not believed, nor one with a longer OID" {
	for signer in unauthorised prefix; do
		answer "by-$signer" good "$signer.pem" "$signer.key"
		evaluate --ocsp "$dir/by-$signer.der"
		[ "$status" -eq 3 ]
		[ "$(message)" = "[2]" ]
	done
}

@test "a stranger with the EKU is not believed" {
	openssl req -x509 -newkey rsa:2048 -nodes -keyout "$dir/stranger.key" -out "$dir/stranger.pem" -days 3 \
		-subj "/CN=stranger" -addext "extendedKeyUsage=OCSPSigning" 2>/dev/null
	answer by-stranger good stranger.pem stranger.key
	evaluate --ocsp "$dir/by-stranger.der"
	[ "$status" -eq 3 ]
}

@test "an answer about another serial number is none" {
	openssl ocsp -index "$dir/good.txt" -rsigner "$dir/pki/tsp.pem" -rkey "$dir/pki/tsp.key" -CA "$dir/pki/tsp.pem" \
		-issuer "$dir/pki/tsp.pem" -serial 0x1234 -no_nonce -ndays 2 -respout "$dir/other.der" >/dev/null 2>&1
	evaluate --ocsp "$dir/other.der"
	[ "$status" -eq 3 ]
	[ "$(message)" = "[2]" ]
}

@test "an answer that is over, or not of now yet" {
	answer good good pki/tsp.pem pki/tsp.key
	late=$(date -u -d '+3 days' +%Y-%m-%dT%H:%M:%SZ)
	evaluate --ocsp "$dir/good.der" --at "$late"
	[ "$status" -eq 3 ]
	early=$(date -u -d '-30 minutes' +%Y-%m-%dT%H:%M:%SZ)
	evaluate --ocsp "$dir/good.der" --at "$early"
	[[ "$(jq -c '[.findings[1].result]' <<<"$output")" == '["unknown"]' ]]
}

@test "one wrong bit in the signature" {
	answer good good pki/tsp.pem pki/tsp.key
	cp "$dir/good.der" "$dir/bad.der"
	size=$(stat -c %s "$dir/good.der")
	# The signature stands before the certificate that comes along; its last octets are well within.
	offset=$(openssl asn1parse -inform DER -in "$dir/good.der" -strparse 26 2>/dev/null | awk -F: '/BIT STRING/ { print $1; exit }')
	[ -n "$offset" ]
	printf '\000\001\002' | dd of="$dir/bad.der" bs=1 seek=$((26 + offset + 60)) conv=notrunc status=none
	[ "$(stat -c %s "$dir/bad.der")" -eq "$size" ]
	evaluate --ocsp "$dir/bad.der"
	[ "$status" -eq 3 ]
}

@test "what is no OCSP answer is an answer that cannot be used" {
	echo "not an answer" >"$dir/text.der"
	evaluate --ocsp "$dir/text.der"
	[ "$status" -eq 3 ]
	[ "$(message)" = "[2]" ]
	evaluate --ocsp "$dir/none.der"
	[ "$status" -eq 3 ]
	[ -z "$output" ]
	[[ "$stderr" == *"none.der"* ]]
}

@test "a CRL answers where the OCSP answer cannot be used" {
	echo "not an answer" >"$dir/text.der"
	run --separate-stderr "$KVKCSR" verify --json --offline --trust "$dir/pki/root.pem" --crl "$dir/pki/crls.pem" \
		--ocsp "$dir/text.der" "$dir/pki/delivery.pem"
	[ "$status" -eq 1 ]
}

# The same through the conformance program, as RFC 5280 and 6960 have it.
path_case() {
	mkdir -p "$dir/case"
	cat "$dir/pki/leaf.pem" "$dir/pki/tsp.pem" "$dir/pki/intermediate.pem" >"$dir/case/chain.pem"
	cp "$dir/pki/root.pem" "$dir/case/anchors.pem"
	cp "$dir/cas.pem" "$dir/case/crls.pem"
	cp "$dir/$2.der" "$dir/case/ocsp.der"
	jq -n --arg how "$1" --arg now "$(date -u +%Y-%m-%dT%H:%M:%SZ)" '{ id: "x", revocation: $how, validation_time: $now,
		files: { chain: "chain.pem", anchors: "anchors.pem", crls: "crls.pem", ocsp: "ocsp.der" } }' >"$dir/case/case.json"
	run "$top_builddir/tests/path-cases" "$dir/case"
	[ "$status" -eq 0 ]
}

@test "path-cases asks OCSP answers where a case says so" {
	answer good good pki/tsp.pem pki/tsp.key
	path_case ocsp good
	[ "$output" = "x	ok	" ]
	path_case crl-hard good
	[ "$output" = "x	fail	UNDETERMINED_REVOCATION_STATUS" ]
	path_case none good
	[ "$output" = "x	ok	" ]
	answer revoked revoked pki/tsp.pem pki/tsp.key
	path_case ocsp revoked
	[ "$output" = "x	fail	REVOKED" ]
	answer unknown unknown pki/tsp.pem pki/tsp.key
	path_case ocsp unknown
	[ "$output" = "x	fail	UNDETERMINED_REVOCATION_STATUS" ]
	answer by-prefix good prefix.pem prefix.key
	path_case ocsp by-prefix
	[ "$output" = "x	fail	UNDETERMINED_REVOCATION_STATUS" ]
}
