#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Every fault of mkpki gets the message that its row names, from the whole program; good deliveries get none.
bats_require_minimum_version 1.5.0
setup() {
	cd "$BATS_TEST_TMPDIR"
	export KVKCSR_HOME=$BATS_TEST_TMPDIR/home
	mkpki=$top_builddir/tests/mkpki
}

# verify FOLDER [OPTION]...: evaluates a folder's delivery at the clock of the tests.
verify() {
	folder=$1
	shift
	"$KVKCSR" verify --json --offline --trust "$folder/root.pem" --crl "$folder/crls.pem" --kvk 68750110 \
		--at 2026-11-22T12:00:00Z "$@" "$folder/delivery.pem"
}

@test "good deliveries of each shape are accepted" {
	for shape in g4 g1 ev; do
		"$mkpki" $shape --shape $shape
		run --separate-stderr verify $shape
		[ "$status" -eq 1 ]	# --trust brings a warning
		[ "$(jq -c '[.verdict, .messages]' <<<"$output")" = '["accept",[]]' ]
	done
}

@test "every fault gets its message" {
	: >wrong
	"$mkpki" --list >list
	while read -r fault message _; do
		[ "$message" -ne 0 ] || continue
		"$mkpki" "$fault" "--$fault"
		code=0
		verify "$fault" >out 2>err || code=$?
		if [ "$message" -eq 2 ]; then want=3; else want=2; fi
		[ "$code" -eq "$want" ] || echo "$fault: exit $code" >>wrong
		# the messages stand in ascending order and none twice
		jq -e --argjson m "$message" '(.messages | index($m)) != null and .messages == (.messages | unique)' out \
			>/dev/null || echo "$fault: $message is not in $(jq -c .messages out)" >>wrong
	done <list
	cat wrong
	[ ! -s wrong ]
}

# warnings FILE: the ids of the warnings that each run of this file has, but for that of --trust.
warnings() {
	jq -c '[.warnings[].id] - ["trust-replaced", "rsa-below-3072"]' "$1"
}

@test "what Java lets pass and RFC 5280 does not is accepted and warned of" {
	: >wrong
	"$mkpki" good
	verify good >out || true
	[ "$(warnings out)" = '[]' ]
	"$mkpki" --list >list
	while read -r fault message warning; do
		[ "$warning" != - ] || continue
		"$mkpki" "$fault" "--$fault"
		code=0
		verify "$fault" >out 2>err || code=$?
		[ "$(jq -r .verdict out)" = accept ] || echo "$fault: $(jq -c .messages out)" >>wrong
		[ "$code" -eq 1 ] || echo "$fault: exit $code" >>wrong
		# a name that is none, two names, and what is not DER either are warned of besides
		jq -e --arg w "$warning" '[.warnings[].id] | index($w) != null and
			(. - ["trust-replaced", "rsa-below-3072", "many-dns-names", "international-name",
				"not-strict-der", "rfc5280-form", $w]) == []' out \
			>/dev/null || echo "$fault: $(warnings out)" >>wrong
	done <list
	cat wrong
	[ ! -s wrong ]
}

@test "what is unusual and yet allowed is accepted" {
	for fault in bmp-subject teletex-subject generalized-time client-only unknown-extension two-names no-key-usage \
		other-revoked revoked-later names-permitted explicit-good reversed with-root tsp-renamed; do
		"$mkpki" $fault --$fault
		verify $fault >out || true
		[ "$(jq -r .verdict out)" = accept ] || { echo "$fault: $(jq -c .messages out)"; false; }
	done
}

@test "another number is told" {
	"$mkpki" d --kvk 69599084
	run --separate-stderr verify d
	[ "$status" -eq 2 ]
	[ "$(jq -c .messages <<<"$output")" = '[14]' ]
}
