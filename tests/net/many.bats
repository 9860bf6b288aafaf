#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Many deliveries at once, no network at all, and a machine that never has one.

load net

setup() {
	need_nginx
	net_scratch
	web_start
}

teardown() {
	net_clean
}

@test "500 deliveries whose certificates name CRLs alone are three requests" {
	local i
	pki pki
	for i in 1 2 3 4; do "$top_builddir/tests/mkpki" "other$i" --now "$now" --site "$web/" --domain "a$i.example.nl"; done
	mkdir many
	for ((i = 0; i < 500; i++)); do
		case $((i % 5)) in
		0) ln -s ../pki/delivery.pem "many/$i.pem" ;;
		*) ln -s "../other$((i % 5))/delivery.pem" "many/$i.pem" ;;
		esac
	done
	for threads in 1 4; do
		rm -rf home
		: >"$web_log"
		verify -j $threads many/*.pem
		[ "$status" -eq 1 ]
		[ "$(jq -s 'map(select(.verdict == "accept")) | length' <<<"$output")" -eq 500 ]
		[ "$(jq -s 'map(.file) == (map(.file) | sort)' <<<"$output")" = true ]
		[ "$(jq -s 'map(.revocation[] | select(.source == "network")) | length' <<<"$output")" -eq 1500 ]
		[ "$(requests)" -eq 3 ]
	done
}

@test "without any network a delivery is accepted with the lists that are kept" {
	pki pki
	verify pki/delivery.pem
	[ "$status" -eq 1 ]
	web_stop
	ahead=15000 elsewhere pki/delivery.pem
	[ "$status" -eq 1 ]
	[ "$(json .verdict)" = accept ]
}

@test "without any network and without lists it is open, in five seconds" {
	# shellcheck disable=SC2034 # pki uses it
	web=http://crl.example
	pki pki --ocsp http://ocsp.example/
	settings ''
	: >world
	start=$SECONDS
	elsewhere pki/delivery.pem
	[ "$status" -eq 3 ]
	[ $((SECONDS - start)) -le 5 ]
	[ "$(json '.revocation[0].why')" = name-not-found ]
	[ "$(json '.wanted | length')" -eq 4 ]
	# a name that is known, and no way there
	echo "crl.example 9.9.9.9 1" >world
	start=$SECONDS
	elsewhere pki/delivery.pem
	[ "$status" -eq 3 ]
	[ $((SECONDS - start)) -le 5 ]
}

@test "what a machine without a network wants is fetched elsewhere with the commands that it prints" {
	pki pki
	run --separate-stderr "$KVKCSR" verify --config kvkcsr.cfg --trust pki/root.pem --offline pki/delivery.pem
	[ "$status" -eq 3 ]
	[ "$(requests)" -eq 0 ]
	sed -n 's/^ *\(curl .*\)$/\1/p' <<<"$output" >commands
	cat commands
	[ "$(wc -l <commands)" -eq 3 ]
	verify --offline pki/delivery.pem
	[ "$(json '.wanted | sort | join(" ")')" = "$web/g4-intermediate.crl $web/g4-root.crl $web/g4-tsp.crl" ]
	[ "$(json '[.revocation[].why] | unique | join(" ")')" = not-asked ]
	mkdir lists
	(cd lists && sh -e ../commands 2>/dev/null)
	[ "$(find lists -type f | wc -l)" -eq 3 ]
	web_stop
	verify --offline --crl lists pki/delivery.pem
	[ "$status" -eq 1 ]
	[ "$(json '[.revocation[] | "\(.status) \(.by) \(.source)"] | unique | join(" ")')" = "good crl file" ]
	# an empty folder holds no list
	mkdir empty
	verify --offline --crl empty pki/delivery.pem
	[ "$status" -eq 3 ]
}
