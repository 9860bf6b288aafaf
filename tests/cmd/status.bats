#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# status: one line each, the most urgent first; changes nothing.

load helpers

setup() {
	scratch
	pki pki --days 365
	pki short --days 40 --domain soon.example.nl
	"$KVKCSR" track pki/leaf.pem >/dev/null
	"$KVKCSR" track short/leaf.pem >/dev/null
}

teardown() {
	rm -rf "$dir"
}

@test "one line each, the most urgent first" {
	run "$KVKCSR" status --at 2026-12-30T00:00:00Z
	[ "$status" -eq 2 ]
	[[ "${lines[0]}" == NAME* ]]
	[[ "${lines[1]}" =~ ^soon.example.nl\ +expiring\ +2\ +2027-01-01\ +renew\ it ]]
	# 27 days before the end, TSP and all, and not in a weekend.
	[[ "${lines[2]}" =~ ^api.example.nl\ +valid\ +327\ +2027-11-22\ +start\ the\ renewal\ by\ 2027-10-26 ]]
	[[ "$(tr -s '\n ' ' ' <<<"$output")" == *"soon.example.nl order the next certificate now: run 'kvkcsr renew soon.example.nl'"* ]]
}

@test "the columns stand below one another, however long a name is" {
	"$KVKCSR" track --name "$(printf 'n%.0s' {1..64})" pki/chain.pem >/dev/null
	run "$KVKCSR" status --at 2026-12-30T00:00:00Z
	before=${lines[0]%%STATE*}
	for line in "${lines[@]:1:3}"; do
		[[ "${line:${#before}-1:2}" == " "[a-z] ]]
	done
}

@test "a file that is there but holds no certificate any more is to be put in order, not back" {
	echo nothing >pki/leaf.pem
	run "$KVKCSR" status --at 2026-12-20T00:00:00Z
	[ "$status" -eq 3 ]
	[[ "${lines[1]}" == *unreadable*"check the file" ]]
	[[ "$output" == *"make"*"'$dir/pki/leaf.pem'"*"readable"*"again"* ]]
}

@test "the exit code is that of the most urgent entry" {
	run "$KVKCSR" status --at 2026-11-23T00:00:00Z
	[ "$status" -eq 0 ]
	run "$KVKCSR" status --at 2026-12-20T00:00:00Z
	[ "$status" -eq 1 ]
	rm pki/leaf.pem
	run "$KVKCSR" status --at 2026-12-20T00:00:00Z
	[ "$status" -eq 3 ]
	[[ "${lines[1]}" == "api.example.nl "*"file missing"*"put the file back" ]]
	[[ "$output" == *$'\n'"api.example.nl   put '$dir/pki/leaf.pem' back, or"*"'kvkcsr untrack api.example.nl'"* ]]
	run "$KVKCSR" status --at 2027-01-02T00:00:00Z
	[ "$status" -eq 2 ]
}

@test "it tells nobody and changes nothing" {
	before=$(sha256sum home/inventory.db)
	run "$KVKCSR" status --at 2026-12-30T00:00:00Z --json
	[ "$(json '.entries | map(.notified | length) | add')" = 0 ]
	[ "$(sha256sum home/inventory.db)" = "$before" ]
	run "$KVKCSR" check --at 2026-12-30T00:00:00Z
	[[ "$output" == CRITICAL:* ]]
}

@test "dossiers without an entry are reported, and adopted with all that is in them" {
	order=(--practice --domain api.voorbeeld.nl --kvk 68750110 --organisation V --tsp digicert --key-bits 4096)
	"$KVKCSR" new kept "${order[@]}" </dev/null >/dev/null 2>&1
	"$KVKCSR" new asked "${order[@]/api.voorbeeld/b.voorbeeld}" </dev/null >/dev/null 2>&1
	delivery=$(mktemp -d) folder=home/dossiers/kept
	openssl req -in $folder/request.pem -outform DER -out "$delivery/request.der"
	"$top_builddir/tests/mkpki" "$delivery/pki" --csr "$delivery/request.der" --days 365 >/dev/null
	"$KVKCSR" accept kept "$delivery/pki/delivery.pem" --at 2026-11-22T12:00:00Z --trust "$delivery/pki/root.pem" \
		--crl "$delivery/pki/crls.pem" >/dev/null 2>&1 || [ $? -le 1 ]
	"$KVKCSR" renew kept --at 2027-10-01T00:00:00Z </dev/null >/dev/null 2>&1
	find home/dossiers -exec touch -d 2026-11-25T00:00:00Z {} +
	before=$(find home/dossiers -type f -exec sha256sum {} + | sort)
	cp -r home/dossiers/asked home/dossiers/mixed
	cp home/dossiers/kept/certificate.pem home/dossiers/mixed
	rm home/inventory.db*
	# What does not belong together is no dossier, nor is a link.
	ln -s kept home/dossiers/link
	run -3 "$KVKCSR" adopt mixed
	[[ "$(tr -s '\n ' ' ' <<<"$output")" == *"certificate.pem in the dossier 'mixed' does not belong to its key; the dossier was not adopted"* ]]
	run -64 "$KVKCSR" adopt link
	rm -r home/dossiers/link home/dossiers/mixed home/inventory.db*
	run --separate-stderr "$KVKCSR" status --at 2026-12-01T00:00:00Z
	[ "$status" -eq 3 ]
	[[ "$(tr -s '\n ' ' ' <<<"$stderr")" == *"no inventory in '$dir/home'; run 'kvkcsr adopt' to rebuild it"* ]]
	run -0 --separate-stderr "$KVKCSR" adopt asked --json
	[ "$(json '[.adopted[] | .name, .known, .stage, .not_after, .renewal] | map(tostring) | join(" ")')" = "asked false requested null false" ]
	run --separate-stderr "$KVKCSR" status --at 2026-12-01T00:00:00Z
	[[ "$(tr -s '\n ' ' ' <<<"$stderr")" == *"1 dossier in '$dir/home/dossiers' has no entry"*"'kept'"*"'kvkcsr adopt'"* ]]
	run -0 --separate-stderr "$KVKCSR" adopt
	[[ "$(tr -s '\n ' ' ' <<<"$output")" == *"adopted 'kept', which expires on "*"'kvkcsr uploaded kept' adopted the renewal of 'kept'"* ]]
	[ "$(find home/dossiers -type f -exec sha256sum {} + | sort)" = "$before" ]
	run --separate-stderr "$KVKCSR" status --json --at 2027-10-02T00:00:00Z
	[ "$(json '[.entries[] | .name + " " + .stage + " " + .action] | sort | join(", ")')" = "asked requested ask-tsp, kept received ask-tsp" ]
	[ -z "$stderr" ]
	# It may be in use for long: neither is it forgotten, nor are its checks in doubt.
	mv home/dossiers/kept/next next
	run -0 "$KVKCSR" status kept --at 2027-03-01T00:00:00Z
	[[ "$(tr -s '\n ' ' ' <<<"$output")" == *"adopted; if it was uploaded, run 'kvkcsr uploaded kept'"* ]]
	mv next home/dossiers/kept/next
	run -0 "$KVKCSR" adopt
	[[ "$output" == *"every dossier in"*"has an entry"* ]]
	run -64 "$KVKCSR" adopt nobody ../home
	run -0 "$KVKCSR" status kept
	[[ "$output" == *"  adopted  "*"  adopt  "*"  renewal-requested  "* ]]
	# Of a long history, the last events.
	sqlite3 home/inventory.db "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4098)
		INSERT INTO events (name, at, user, command, what, detail) SELECT 'asked', i, '', '', 'happened', i FROM n"
	run "$KVKCSR" status asked
	[[ "$output" == *$'\n(3 earlier events are not listed.)\n'*"  happened  3"$'\n'*"  happened  4098" ]]
	rm -rf "$delivery"
}

@test "a G1 that cannot be followed by another is followed by a G4" {
	pki g1 --shape g1 --days 700 --now 2026-01-01T00:00:00Z --domain g1.example.nl
	"$KVKCSR" track g1/leaf.pem >/dev/null
	run "$KVKCSR" status --at 2027-10-15T00:00:00Z
	[[ "$(tr -s '\n ' ' ' <<<"$output")" == *"it becomes a G4, because PKIoverheid ends G1 on 12 November 2028: run 'kvkcsr renew g1.example.nl'"* ]]
	[[ "$(tr -s '\n ' ' ' <<<"$output")" == *"order the next certificate now: run 'kvkcsr renew api.example.nl'"* ]]
	run --separate-stderr "$KVKCSR" renew g1.example.nl --key-type ecdsa --dry-run --at 2027-10-15T00:00:00Z </dev/null
	[ "$status" -eq 0 ]
	[[ "$(tr -s '\n ' ' ' <<<"$stderr")" == *"the new certificate becomes a G4"* ]]
}

@test "colour only where it is wanted" {
	run "$KVKCSR" status
	[[ "$output" != *$'\e'* ]]
	run "$KVKCSR" status --color always
	[[ "$output" == *$'\e['*m* ]]
	run env NO_COLOR=1 "$KVKCSR" status --color=always
	[[ "$output" == *$'\e['*m* ]]
	run "$KVKCSR" status --color=never
	[[ "$output" != *$'\e'* ]]
}

@test "a name that is read from the database is checked" {
	python=$(grep -abo 'soon.example.nl' home/inventory.db | head -1 | cut -d: -f1)
	[ -n "$python" ]
	grep -abo 'soon.example.nl' home/inventory.db | cut -d: -f1 | while read -r at; do
		printf '../../../../etc' | dd of=home/inventory.db bs=1 seek="$at" conv=notrunc status=none
	done
	run "$KVKCSR" status
	[ "$status" -eq 3 ]
	[[ "$output" == *"damaged"* ]]
}

@test "a result that cannot be written is 3" {
	run bash -c '"$KVKCSR" status >/dev/full'
	[ "$status" -eq 3 ]
}
