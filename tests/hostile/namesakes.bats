#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Files in which many names have to be compared and each comparison is as dear as it can be: every command that reads
# certificates is done with one within half a second of processor time, and says what it left open.
bats_require_minimum_version 1.5.0

setup() {
	cd "$BATS_TEST_TMPDIR"
	export KVKCSR_HOME=$BATS_TEST_TMPDIR/home
	for kind in sets-apart sets-alike lists-apart lists-alike; do
		"$top_builddir/tests/namesakes" "$kind" 256 >"$kind.pem"
	done
	at=(--offline --at 2026-11-22T12:00:00Z)
}

# quick CODES COMMAND...: runs it; it ends with one of the codes, in time. TIMEFORMAT: user and system, in seconds.
quick() {
	codes=$1
	shift
	code=0
	TIMEFORMAT='%3U %3S'
	{ time "$KVKCSR" "$@" >out 2>err </dev/null || code=$?; } 2>took
	echo "$*: exit $code, $(cat took)"
	[[ " $codes " == *" $code "* ]]
	awk '{ exit !($1 + $2 < 0.5) }' took
}

@test "verify: names that are nearly the same in opposite orders" {
	quick 2 verify --json "${at[@]}" sets-apart.pem
	quick 2 verify --json "${at[@]}" lists-apart.pem
	quick 2 verify --json "${at[@]}" --trust sets-apart.pem lists-apart.pem
}

@test "verify: a search among names that are all the same is broken off, and says so" {
	for kind in sets-alike lists-alike; do
		quick 2 verify --json "${at[@]}" "$kind.pem"
		jq -e '[.findings[] | select(.result == "unknown") | .why] | index("budget")' out
		quick 2 verify --json "${at[@]}" --trust sets-alike.pem "$kind.pem"
	done
}

@test "show, track and check" {
	for kind in sets-apart sets-alike lists-apart lists-alike; do
		quick 0 show --json "$kind.pem"
		quick 0 track --json --name "$kind" "$kind.pem"
	done
	quick '0 1 2' check --json --at 2026-11-22T12:00:00Z
}

@test "accept" {
	"$KVKCSR" new api.example.nl --domain api.example.nl --kvk 68750110 --organisation "Voorbeeld B.V." \
		--key-bits 2048 </dev/null >new.out 2>&1
	openssl req -in home/dossiers/api.example.nl/request.pem -noout -pubkey |
		openssl pkey -pubin -outform DER -out spki.der
	for kind in sets-apart sets-alike lists-apart lists-alike; do
		"$top_builddir/tests/namesakes" "$kind" 256 spki.der >"$kind.pem"
		quick '2 3' accept --json "${at[@]}" api.example.nl "$kind.pem"
	done
}
