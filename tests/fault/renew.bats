#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# A renewal: wherever a command is stopped, no key is lost, and no certificate is beside the key of another.

load helpers

# A home whose certificate was uploaded, and the key of its renewal.
with_upload() {
	with_request
	accept pki/delivery.pem
	"$KVKCSR" uploaded api.example.nl --at "$now" --deployed >/dev/null
	openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out next-key.pem 2>/dev/null
	renewal=(renew api.example.nl --key "$dir/next-key.pem" --key-bits 2048 --at "$now" --switch 2027-01-01)
}

# The same with a renewal under way, and a delivery for it.
with_renewal() {
	with_upload
	"$KVKCSR" "${renewal[@]}" </dev/null >/dev/null 2>&1
	openssl req -in home/dossiers/api.example.nl/next/request.pem -outform DER -out next.der
	"$top_builddir/tests/mkpki" next --csr next.der --now "$now"
}

# Fewer points of what goes the same way.
sparsely() {
	KVK_FAULT_EVERY=$((3 * ${KVK_FAULT_EVERY:-11})) run fault "$@"
	report
}

@test "renew" {
	with_upload
	keep uploaded
	run fault --acknowledged "BEGIN CERTIFICATE REQUEST" --again 0,73 uploaded "${renewal[@]}"
	report
}

@test "accept of a renewal" {
	with_renewal
	keep renewing
	run fault --acknowledged "This is practice" --again 0,1 renewing \
		accept --at "$now" --trust next/root.pem --crl next/crls.pem api.example.nl next/delivery.pem
	report
	sparsely --acknowledged "This is practice" --again 0,1 --lacks exchange renewing \
		accept --at "$now" --trust next/root.pem --crl next/crls.pem api.example.nl next/delivery.pem
}

@test "uploaded: the renewal takes the place of its predecessor, or not at all" {
	with_renewal
	"$KVKCSR" accept --at "$now" --trust next/root.pem --crl next/crls.pem next/delivery.pem >/dev/null 2>&1 || [ $? -eq 1 ]
	keep delivered
	run fault --acknowledged "recorded" delivered uploaded api.example.nl --at "$now"
	report
	run fault --acknowledged "recorded" --lacks exchange delivered uploaded api.example.nl --at "$now"
	report
	sparsely --acknowledged "recorded" --lacks links delivered uploaded api.example.nl --at "$now"
}

# The renewal of what is in use, delivered; in the template "delivered".
deliver() {
	"$KVKCSR" renew api.example.nl --at "$now" "$@" </dev/null >/dev/null 2>&1
	openssl req -in home/dossiers/api.example.nl/next/request.pem -outform DER -out next.der
	"$top_builddir/tests/mkpki" next --csr next.der --now "$now"
	"$KVKCSR" accept --at "$now" --trust next/root.pem --crl next/crls.pem api.example.nl next/delivery.pem \
		>/dev/null 2>&1 || [ $? -eq 1 ]
	keep delivered
}

uploaded() {
	sparsely --acknowledged "recorded" delivered uploaded api.example.nl --at "$now" --deployed
}

@test "uploaded: the renewal of a tracked file, which has no dossier of its own" {
	"$top_builddir/tests/mkpki" pki --domain api.example.nl --now "$now"
	"$KVKCSR" track pki/leaf.pem --name api.example.nl >/dev/null
	deliver --key own-key.pem --key-bits 2048
	uploaded
}

@test "uploaded: the renewal of a request made elsewhere, whose key is there" {
	"$KVKCSR" "${order[@]}" --out elsewhere </dev/null >/dev/null 2>&1
	"$KVKCSR" new api.example.nl --csr elsewhere/request.pem --kvk 68750110 </dev/null >/dev/null 2>&1
	openssl req -in elsewhere/request.pem -outform DER -out request.der
	"$top_builddir/tests/mkpki" pki --csr request.der
	"$KVKCSR" accept --at "$now" --trust pki/root.pem --crl pki/crls.pem api.example.nl pki/delivery.pem \
		>/dev/null 2>&1 || [ $? -eq 1 ]
	openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out next-key.pem 2>/dev/null
	deliver --key next-key.pem --key-bits 2048 --organisation "Voorbeeld B.V."
	uploaded
}

@test "uploaded: a renewal whose key is in a token" {
	with_upload
	deliver --key next-key.pem --key-bits 2048
	# That is how its folder looks then.
	rm delivered/dossiers/api.example.nl/next/key.pem
	uploaded
}

@test "giving a renewal up" {
	with_renewal
	keep renewing
	run fault --acknowledged "were moved" --again 0,64 renewing untrack api.example.nl --next
	report
}
