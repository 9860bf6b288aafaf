#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# OCSP over the network, with the responder of openssl(1): it is asked first, and a CRL where it does not help.

load net

setup() {
	command -v openssl >/dev/null || skip "no openssl"
	need_nginx
	net_scratch
	web_start
	# The port has to be known before the certificate is made that names it.
	pki pki
	index good
	responder_start
	pki pki --ocsp "$responder"
	index good
}

teardown() {
	net_clean
}

leaf() {
	json '.revocation[] | select(.where == "leaf") | "\(.status) \(.by) \(.source) \(.why)"'
}

asked() {
	grep -c "OCSP Request Data" responder.log || true
}

# The responder once more on its port, with another index.
again() {
	stop "$responder_pid"
	index "$1"
	responder_start "$responder_port"
}

@test "good, and kept for an hour, or until the next update where that is sooner" {
	minutes=600 again good
	verify pki/delivery.pem
	[ "$status" -eq 1 ]
	[ "$(leaf)" = "good ocsp network null" ]
	[ "$(json '.revocation[0].url')" = "$responder" ]
	[ "$(asked)" -eq 1 ]
	run ! grep -q g4-tsp.crl "$web_log"
	run ! grep -q Nonce responder.log
	verify pki/delivery.pem
	[ "$status" -eq 1 ]
	[ "$(asked)" -eq 1 ]
	ahead=3500 elsewhere pki/delivery.pem
	[ "$(asked)" -eq 1 ]
	ahead=3700 elsewhere pki/delivery.pem
	[ "$(leaf)" = "good ocsp network null" ]
	[ "$(asked)" -eq 2 ]
	verify --refresh pki/delivery.pem
	[ "$(asked)" -eq 3 ]
	minutes=30 again good
	verify --refresh pki/delivery.pem
	ahead=1700 elsewhere pki/delivery.pem
	[ "$(asked)" -eq 1 ]
	ahead=1900 elsewhere pki/delivery.pem
	[ "$(asked)" -eq 2 ]
}

@test "revoked" {
	again revoked
	verify pki/delivery.pem
	[ "$status" -eq 2 ]
	[ "$(json '.messages | join(" ")')" = 28 ]
	[ "$(leaf)" = "revoked ocsp network null" ]
}

@test "unknown to the responder: the list is asked" {
	again unknown
	verify pki/delivery.pem
	echo "$(leaf)"
	grep -q g4-tsp.crl "$web_log"
	[ "$status" -eq 1 ]
	[[ "$(leaf)" == "good crl network"* ]]
}

@test "a responder that is down: the list is asked" {
	stop "$responder_pid"
	verify pki/delivery.pem
	[ "$status" -eq 1 ]
	[[ "$(leaf)" == "good crl network"* ]]
	rm www/g4-tsp.crl
	rm -rf home
	verify pki/delivery.pem
	[ "$status" -eq 3 ]
	[ "$(json '.wanted | sort | join(" ")')" = "$(printf '%s\n' "$responder" "$web/g4-tsp.crl" | sort | xargs)" ]
}
