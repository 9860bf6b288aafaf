# SPDX-License-Identifier: Apache-2.0
# What a full disk, a broken one and a power cut leave behind, at each call of a command that writes.
# KVK_FAULT_EVERY=1 tries all points; else a sample is tried, so that `make check` stays quick, and KVK_FAULT_TURN says
# which one.
# Sourced by bats files: `load helpers`.
bats_require_minimum_version 1.5.0

now=2026-11-22T12:00:00Z

setup() {
	dir=$(mktemp -d)
	export HOME=$dir KVKCSR_HOME=$dir/home
	cd "$dir" || return 1
	unset XDG_CONFIG_HOME XDG_STATE_HOME SUDO_USER
	openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out own-key.pem 2>/dev/null
	order=(new api.example.nl --domain api.example.nl --kvk 68750110 --organisation "Voorbeeld B.V."
		--key own-key.pem --key-bits 2048)
}

teardown() {
	rm -rf "$dir"
}

# fault [OPTION]... TEMPLATE ARGUMENT...: every point of kvkcsr with these arguments.
fault() {
	local options=()
	while [[ $1 == --* ]]; do
		options+=("$1" "$2")
		shift 2
	done
	local template=$1
	shift
	"$top_builddir/tests/fault/fault" --every "${KVK_FAULT_EVERY:-11}" --turn "${KVK_FAULT_TURN:-0}" "${options[@]}" \
		"$template" "$dir/home" "$KVKCSR" "$@"
}

# A home with a request in it, and two deliveries for it.
with_request() {
	"$KVKCSR" "${order[@]}" </dev/null >/dev/null 2>&1
	openssl req -in home/dossiers/api.example.nl/request.pem -outform DER -out request.der
	"$top_builddir/tests/mkpki" pki --csr request.der
	"$top_builddir/tests/mkpki" later --csr request.der --now 2026-11-21T12:00:00Z
	cat later/crls.pem pki/crls.pem >crls.pem
	cat later/root.pem pki/root.pem >roots.pem
}

accept() {
	"$KVKCSR" accept --at "$now" --trust roots.pem --crl crls.pem api.example.nl "$@" >/dev/null 2>&1 || [ $? -eq 1 ]
}

keep() {
	cp -a home "$1"
}

report() {
	echo "$output" >&3
	[ "$status" -ne 77 ] || skip "this system lets no program trace another"
	[ "$status" -eq 0 ]
}

# certs: a folder with a certificate, a copy of it, and another one.
with_folder() {
	with_request
	mkdir certs
	cp pki/leaf.pem certs/a.pem
	cp pki/leaf.pem certs/b.pem
	"$top_builddir/tests/mkpki" other --domain other.example.nl
	cp other/leaf.pem certs/c.pem
}
