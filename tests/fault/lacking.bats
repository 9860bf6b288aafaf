#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# A delivery comes into force whole or not at all, on file systems that lack what makes that easy.

load helpers

# Most calls are those of accept.bats, where each is tried: here a third of them is enough.
KVK_FAULT_EVERY=$((3 * ${KVK_FAULT_EVERY:-11}))

@test "accept where the file system cannot exchange two names" {
	with_request
	accept later/delivery.pem
	keep accepted
	run fault --lacks exchange --acknowledged '"stored": true' --again 0,1 accepted \
		accept --json --at "$now" --trust roots.pem --crl crls.pem api.example.nl pki/delivery.pem
	report
}

@test "accept where the file system has no hard links" {
	with_request
	accept later/delivery.pem
	keep accepted
	run fault --lacks links --acknowledged '"stored": true' --again 0,1 accepted \
		accept --json --at "$now" --trust roots.pem --crl crls.pem api.example.nl pki/delivery.pem
	report
}
