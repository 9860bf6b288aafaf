#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# trust: which root certificates are trusted, and what depends on those that were imported.

load helpers
load ../net/trusting

now=2026-11-22T12:00:00Z

setup() {
	scratch
	pki pki
	: >empty.cfg
	print=$(print_of pki/root.pem)
}

teardown() {
	rm -rf "$dir"
}

trust() {
	"$KVKCSR" trust --config empty.cfg "$@"
}

print_of() {
	openssl x509 -in "$1" -noout -fingerprint -sha256 | sed 's/.*=//'
}

# Only digits, in lower case.
hex() {
	tr -d : <<<"$1" | tr A-F a-f
}

verify() {
	run --separate-stderr "$KVKCSR" verify --config "${config:-empty.cfg}" --offline --json --at "$now" --crl pki/crls.pem "$@"
}

@test "list shows the pinned roots with generation, end and source" {
	run trust list
	[ "$status" -eq 0 ]
	[[ "$output" == *"Staat der Nederlanden - G4 Root Priv G-TLS - 2024"*"generation   G4"*"valid until  2039-05-20"*"pinned by this program"* ]]
	run trust list --json
	[ "$(json '[.schema, (.anchors | length)] | join(" ")')" = "1 2" ]
	[ "$(json '[.anchors[].generation] | join(" ")')" = "G1 G4" ]
	[ "$(json '[.anchors[].origin] | unique | join(" ")')" = "pinned" ]
	[ "$(json '.anchors[0].sha256')" = 0257ce27b52408e24ee2c0945640b723c5bc66ddbda4ada58c60357604f0e675 ]
	[ ! -e home ]
}

@test "an imported root is trusted, and the verdict says whose decision that was" {
	verify pki/delivery.pem
	[ "$(json .first)" = 22 ]
	run trust import pki/root.pem --fingerprint "$print"
	[ "$status" -eq 0 ]
	[[ "$output" == *"KVKCSR PRACTICE Root - G4 shape' is trusted from now on" ]]
	file=home/trust/$(hex "$print").pem
	[ "$(stat -c %a "$file")" = 644 ]
	[ "$(openssl x509 -in "$file" -noout -fingerprint)" = "$(openssl x509 -in pki/root.pem -noout -fingerprint)" ]
	verify pki/delivery.pem
	[ "$(json .verdict)" = accept ]
	[ "$(json '[.path[-1] | .anchor, .sha256] | join(" ")')" = "true $(hex "$print")" ]
	[ "$(json '.path[-1].imported.by')" = "$(id -un)" ]
	[[ "$(json '.path[-1].imported.at')" == 20*Z ]]
	run "$KVKCSR" verify --verbose --config empty.cfg --offline --at "$now" --crl pki/crls.pem pki/delivery.pem
	[[ "$(tr -s ' \n' ' ' <<<"$output")" == *"trusted because it was imported on 20"*" by $(id -un); it is unknown whether the portal trusts it"* ]]
	[[ "$output" == *"1 root certificate that was imported"* ]]
	run "$KVKCSR" verify --config empty.cfg --offline --at "$now" --crl pki/crls.pem pki/delivery.pem
	[[ "$output" == *$'\nnext     add --kvk NUMBER'*$'\n         upload this file in My Developer Portal, block "API-key"'* ]]
	cat pki/chain.pem pki/leaf.pem >last.pem
	run "$KVKCSR" verify --config empty.cfg --offline --at "$now" --crl pki/crls.pem last.pem
	[[ "$(tr -s ' \n' ' ' <<<"$output")" == *"put the certificates in order before you upload the file, or let this command do it: kvkcsr accept NAME last.pem"* ]]
	[[ "$output" != *"upload this file"* ]]
	# --trust takes the place of all.
	pki other --shape g1
	verify --trust other/root.pem pki/delivery.pem
	[ "$(json .first)" = 22 ]
	run trust list --json
	[ "$(json '.anchors[2] | [.origin, .name, .imported_by] | join("|")')" = "imported|KVKCSR PRACTICE Root - G4 shape|$(id -un)" ]
}

@test "a root that expired, or is not valid yet, is warned about" {
	pki old --now 2001-01-01T00:00:00Z
	run trust import old/root.pem --fingerprint "$(print_of old/root.pem)"
	[ "$status" -eq 0 ]
	[[ "$output" == *"WARNING: this root certificate expired on 20"* ]]
	pki young --now 2150-01-01T00:00:00Z
	run trust import young/root.pem --fingerprint "$(print_of young/root.pem)"
	[[ "$output" == *"WARNING: this root certificate is not valid before 2"* ]]
	run trust import pki/root.pem --fingerprint "$print"
	[[ "$output" != *WARNING* ]]
}

@test "an imported root that is pinned later is removed, and stays trusted" {
	run trust import pki/root.pem --fingerprint "$print" --json
	[ "$(json '[.name, .changed] | join("|")')" = "KVKCSR PRACTICE Root - G4 shape|true" ]
	trusting pki/root.pem
	run trust list --json
	[ "$(json '[.anchors[] | .name, .origin] | join("|")')" = "a root of tests|pinned" ]
	run trust import pki/root.pem --fingerprint "$print" --json
	[ "$(json '[.name, .changed] | join("|")')" = "a root of tests|false" ]
	run trust remove "a root of tests"
	[ "$status" -eq 0 ]
	[[ "$(tr -s '\n ' ' ' <<<"$output")" == *"the imported copy of 'a root of tests' was removed; it is still trusted"* ]]
	[ -z "$(ls home/trust)" ]
	run trust remove "a root of tests"
	[ "$status" -eq 64 ]
}

@test "what is trusted already is left as it is" {
	trust import pki/root.pem --fingerprint "$print"
	cp "home/trust/$(hex "$print").pem" before
	run trust import pki/root.pem --fingerprint "$(hex "$print")" --json
	[ "$status" -eq 0 ]
	[ "$(json .changed)" = false ]
	cmp before "home/trust/$(hex "$print").pem"
}

@test "remove takes an imported root away, by fingerprint or name, and no other" {
	trust import pki/root.pem --fingerprint "$print"
	run trust remove 'Staat der Nederlanden Private Root CA - G1'
	[ "$status" -eq 64 ]
	[[ "$output" == *"comes with this program, so it cannot be removed"* ]]
	run trust remove nobody
	[ "$status" -eq 64 ]
	run trust remove "$print"
	[ "$status" -eq 0 ]
	[[ "$output" == *"'KVKCSR PRACTICE Root - G4 shape' is no longer trusted"* ]]
	[ -z "$(ls home/trust)" ]
	verify pki/delivery.pem
	[ "$(json .first)" = 22 ]
	trust import pki/root.pem --fingerprint "$print"
	run trust remove "KVKCSR PRACTICE Root - G4 shape"
	[ "$status" -eq 0 ]
	[ -z "$(ls home/trust)" ]
}

@test "what is no root, or another one, is refused with 2" {
	run trust import pki/root.pem --fingerprint "$(print_of pki/tsp.pem)"
	[ "$status" -eq 2 ]
	[[ "$output" == *"$(hex "$print")"* ]]
	run trust import pki/tsp.pem --fingerprint "$(print_of pki/tsp.pem)"
	[ "$status" -eq 2 ]
	[[ "$output" == *"is not self-signed"* ]]
	run trust import pki/leaf.pem --fingerprint "$(print_of pki/leaf.pem)"
	[ "$status" -eq 2 ]
	[[ "$output" == *"is not a CA certificate"* ]]
	run trust import pki/chain.pem --fingerprint "$print"
	[ "$status" -eq 2 ]
	[[ "$output" == *"more than one certificate"* ]]
	echo nothing >text.pem
	run trust import text.pem --fingerprint "$print"
	[ "$status" -eq 2 ]
	# The signature of another key under the same name.
	openssl x509 -in pki/root.pem -outform DER -out root.der
	printf '\x00' | dd of=root.der bs=1 seek=$(($(stat -c %s root.der) - 1)) conv=notrunc 2>/dev/null
	run trust import root.der --fingerprint "$(sha256sum root.der | cut -d' ' -f1)"
	[ "$status" -eq 2 ]
	[[ "$output" == *"is not self-signed"* ]]
	openssl req -x509 -key pki/leaf.key -out crls.pem -subj "/CN=only CRLs" -addext "keyUsage=critical,cRLSign"
	run trust import crls.pem --fingerprint "$(print_of crls.pem)"
	[ "$status" -eq 2 ]
	[[ "$output" == *"key usage keyCertSign is missing"* ]]
	run trust import none.pem --fingerprint "$print"
	[ "$status" -eq 3 ]
	[ ! -e home/trust ]
}

@test "a wrong command line is 64" {
	for c in "" "lst" "list x" "import" "remove" "import a b" "list --fingerprint $print" "import pki/root.pem" \
		"import pki/root.pem --fingerprint 00" "import pki/root.pem --fingerprint ${print}00"; do
		# shellcheck disable=SC2086
		run trust $c </dev/null
		[ "$status" -eq 64 ]
	done
	[ ! -e home/trust ]
}

@test "on a terminal it shows the fingerprint and asks" {
	printf '%s\n' "? $(hex "$print")" '? Trust this root certificate?' '> n' >script
	run "$top_builddir/tests/cmd/talk" script "$KVKCSR" trust import --config empty.cfg pki/root.pem
	[ "$status" -eq 64 ]
	[[ "$output" == *"nothing was imported"* ]]
	[ ! -e home/trust ]
	printf '%s\n' '? CN=KVKCSR PRACTICE Root - G4 shape' '? Trust this root certificate?' '> y' >script
	run "$top_builddir/tests/cmd/talk" script "$KVKCSR" trust import --config empty.cfg pki/root.pem
	[ "$status" -eq 0 ]
	[ -e "home/trust/$(hex "$print").pem" ]
}

@test "a file that others may write, or that was exchanged, is not believed" {
	trust import pki/root.pem --fingerprint "$print"
	file=home/trust/$(hex "$print").pem
	chmod 666 "$file"
	verify pki/delivery.pem
	[ "$status" -eq 3 ]
	[[ "$stderr" == *"$file"* ]]
	chmod 644 "$file"
	pki other --shape g1
	cp other/root.pem "$file"
	verify pki/delivery.pem
	[ "$status" -eq 3 ]
	[[ "$stderr" == *"does not contain the certificate that was imported"* ]]
}

@test "EV: the roots of the system count, and without them nothing is said" {
	pki ev --shape ev
	cat pki/root.pem ev/root.pem >store.pem
	config=none.cfg
	echo "trust: { system_store = \"$dir/none.pem\"; };" >none.cfg
	verify --crl ev/crls.pem ev/delivery.pem
	[ "$status" -eq 3 ]
	[ "$(json '.findings[21] | [.result, .why] | join(" ")')" = "unknown no-anchors" ]
	config=store.cfg
	echo "trust: { system_store = \"$dir/store.pem\"; };" >store.cfg
	verify --crl ev/crls.pem ev/delivery.pem
	[ "$(json '.findings[21].result')" = pass ]
	[ "$(json .verdict)" = accept ]
	[ "$(json .anchors)" = 4 ]
	# A root that is not there fails, and so does PKIoverheid's look-alike in the store.
	cp pki/root.pem store.pem
	verify --crl ev/crls.pem ev/delivery.pem
	[ "$(json '.findings[21].result')" = fail ]
	verify pki/delivery.pem
	[ "$(json '.findings[21].result')" = fail ]
	[ "$(json .anchors)" = 2 ]
}

@test "the store of the system is checked by config, and counted by list" {
	echo "trust: { system_store = \"$dir/none.pem\"; };" >none.cfg
	run "$KVKCSR" config --config none.cfg
	[ "$status" -eq 78 ]
	[[ "$output" == *"trust.system_store: "*"none.pem"* ]]
	run "$KVKCSR" trust list --config none.cfg
	[ "$status" -eq 0 ]
	[[ "$output" == *"EV certificates cannot be checked, because '$dir/none.pem'"* ]]
	cat pki/root.pem pki/leaf.pem >store.pem
	echo "trust: { system_store = \"$dir/store.pem\"; };" >store.cfg
	run "$KVKCSR" trust list --config store.cfg --json
	[ "$(json '.system_store | [.file, (.anchors | tostring)] | join(" ")')" = "$dir/store.pem 1" ]
	[ "$(json '.anchors | length')" = 2 ]
	# All of its roots may be known already.
	trust import pki/root.pem --fingerprint "$print"
	run "$KVKCSR" trust list --config store.cfg --json
	[ "$(json '.system_store.anchors')" = 0 ]
	run "$KVKCSR" trust list --config store.cfg
	[[ "$output" == *"'$dir/store.pem' adds none"* ]]
	run "$KVKCSR" config --config store.cfg
	[ "$status" -eq 0 ]
}
