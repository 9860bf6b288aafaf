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

@test "a dossier without an entry is reported, with what to do about it" {
	"$KVKCSR" new api.voorbeeld.nl --domain api.voorbeeld.nl --kvk 68750110 --organisation V \
		--key-type ecdsa --out left </dev/null >/dev/null 2>&1
	mkdir -m 700 home/dossiers
	mv left home/dossiers/api.voorbeeld.nl
	touch -d '2 minutes ago' home/dossiers/api.voorbeeld.nl
	before=$("$KVKCSR" status --at 2026-12-01T00:00:00Z --json 2>/dev/null || :)
	run --separate-stderr "$KVKCSR" status --at 2026-12-01T00:00:00Z --json
	[ "$output" = "$before" ]
	[[ "$stderr" == *"1 dossier in '$dir/home/dossiers' has no entry"*"'api.voorbeeld.nl'"* ]]
	# What it says to do.
	mv home/dossiers/api.voorbeeld.nl DIR
	eval "\$KVKCSR ${stderr#*run: kvkcsr }" </dev/null >/dev/null 2>&1
	cmp DIR/key.pem home/dossiers/api.voorbeeld.nl/key.pem
	touch -d '2 minutes ago' home/dossiers/api.voorbeeld.nl
	run --separate-stderr "$KVKCSR" status --json
	[ "$(json '[.entries[].name] | index("api.voorbeeld.nl") != null')" = true ]
	[ -z "$stderr" ]
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
