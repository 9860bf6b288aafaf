#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# A delivery comes into force whole or not at all, wherever accept is stopped.

load helpers

@test "accept: the first delivery" {
	with_request
	keep requested
	run fault --acknowledged "This is practice" --again 0,1 requested \
		accept --at "$now" --trust roots.pem --crl crls.pem api.example.nl pki/delivery.pem
	report
}

@test "accept: a delivery that is rejected" {
	with_request
	keep requested
	"$top_builddir/tests/mkpki" bad --csr request.der --no-client-auth
	cat bad/crls.pem >>crls.pem
	cat bad/root.pem >>roots.pem
	run fault --acknowledged "what was delivered is in" --again 2 requested \
		accept --at "$now" --trust roots.pem --crl crls.pem api.example.nl bad/delivery.pem
	report
}

@test "accept: another delivery, as JSON" {
	with_request
	accept later/delivery.pem
	keep accepted
	run fault --acknowledged '"stored": true' --again 0,1 accepted \
		accept --json --at "$now" --trust roots.pem --crl crls.pem api.example.nl pki/delivery.pem
	report
}
