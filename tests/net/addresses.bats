#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Which addresses out of a certificate are asked: none before its signatures hold, and then http, port 80 and public
# addresses alone, however they are spelled (hazards of the kind of server-side request forgery).

load net

# A host with a public address; what is asked there goes to nginx.
setup() {
	need_nginx
	net_scratch
	web_start
	settings 'net: { };'
	# shellcheck disable=SC2034 # pki uses it
	web=http://crl.example
	echo "crl.example 9.9.9.9 $web_port" >world
	echo "inside.example 127.0.0.1 $web_port" >>world
	echo "router.example 192.168.1.1 $web_port" >>world
	echo "metadata.example 169.254.169.254 $web_port" >>world
}

teardown() {
	net_clean
}

leaf() {
	json '.revocation[] | select(.where == "leaf") | "\(.status) \(.why)"'
}

@test "a public address and port 80 are asked" {
	pki pki
	elsewhere pki/delivery.pem
	[ "$status" -eq 1 ]
	[ "$(leaf)" = "good null" ]
	[ "$(requests)" -eq 3 ]
}

@test "private addresses, other ports and other schemes are not, however they are spelled" {
	local url
	for url in "http://127.0.0.1/a.crl" "http://127.0.0.1:$web_port/a.crl" "http://[::1]/a.crl" \
		"http://[::ffff:127.0.0.1]/a.crl" "http://2130706433/a.crl" "http://0x7f.1/a.crl" "http://0177.0.0.1/a.crl" \
		"http://0/a.crl" "http://169.254.169.254/latest/meta-data" "http://10.0.0.1/a.crl" "http://100.64.0.1/a.crl" \
		"http://[fe80::1]/a.crl" "http://[fd00::1]/a.crl" "http://[64:ff9b::7f00:1]/a.crl" "http://[2002:7f00:1::]/a.crl" \
		"http://inside.example/a.crl" "http://router.example/a.crl" "http://metadata.example/a.crl" \
		"http://crl.example:8080/a.crl" "https://crl.example/a.crl" "ldap://crl.example/a.crl" "ldap:///cn=x" \
		"file:///etc/passwd" "ftp://crl.example/a.crl" "gopher://crl.example/a" "http://user@crl.example/a.crl" \
		"http://user:word@crl.example/a.crl" "http:///a.crl"; do
		pki pki --crl-address "$url"
		rm -rf home
		: >world.log
		elsewhere pki/delivery.pem
		echo "$url: $status $(leaf); connections: $(cat world.log)"
		[ "$status" -eq 3 ]
		[ "$(leaf)" = "unknown address-refused" ]
		[[ "$(json '.findings[1].found')" == *"$url"* ]]
		# those to the other lists alone
		[ "$(sort -u world.log)" = "9.9.9.9 80" ]
	done
}

@test "no address of a delivery whose signatures do not hold is asked" {
	local fault
	for fault in bad-signature tsp-bad-signature intermediate-bad-signature; do
		pki pki --$fault
		elsewhere pki/delivery.pem
		[ "$status" -eq 2 ]
		[ "$(json '[.findings[1, 27] | "\(.result) \(.why)"] | join(", ")')" = "skipped needs-path, skipped needs-path" ]
	done
	# nor where another root is trusted
	pki pki
	"$top_builddir/tests/mkpki" other --now "$now" --shape g1
	KVK_WORLD=$dir/world run --separate-stderr "$tests_net/kvkcsr" verify --json --config kvkcsr.cfg \
		--trust other/root.pem pki/delivery.pem
	[ "$status" -eq 2 ]
	[ "$(requests)" -eq 0 ]
	[ ! -s world.log ]
}

@test "net.allow_private lifts the rules on address and port, and no other" {
	settings 'net: { allow_private = true; };'
	pki pki --crl-address "http://inside.example:$web_port/g4-tsp.crl"
	elsewhere pki/delivery.pem
	[ "$(leaf)" = "good null" ]
	for url in "https://crl.example/a.crl" "file:///etc/passwd" "http://user@crl.example/a.crl"; do
		pki pki --crl-address "$url"
		elsewhere pki/delivery.pem
		[ "$(leaf)" = "unknown address-refused" ]
	done
}

@test "behind a proxy the name decides" {
	hostile_start
	settings "net: { proxy = \"http://127.0.0.1:$hostile_port\"; };"
	pki pki --crl-address http://crl.example/ok
	elsewhere pki/delivery.pem
	grep -q '^GET http://crl.example/ok ' hostile.log
	for url in "http://9.9.9.9/a.crl" "http://crl/a.crl" "http://crl.local/a.crl" "http://crl.internal/a.crl" \
		"http://a.localhost/a.crl" "http://0x7f.1/a.crl" "http://[2606:4700::1]/a.crl"; do
		pki pki --crl-address "$url"
		elsewhere pki/delivery.pem
		echo "$url: $(leaf)"
		[ "$(leaf)" = "unknown address-refused" ]
	done
	run ! grep -q a.crl hostile.log
}

@test "a proxy of the environment is not used, but mentioned where an address is out of reach" {
	hostile_start
	pki pki --crl-address http://missing.example/a.crl
	export http_proxy=http://127.0.0.1:$hostile_port HTTPS_PROXY=http://127.0.0.1:$hostile_port
	export all_proxy=http://127.0.0.1:$hostile_port
	KVK_WORLD=$dir/world run --separate-stderr "$tests_net/kvkcsr" verify --config kvkcsr.cfg --trust pki/root.pem \
		pki/delivery.pem
	[ "$status" -eq 3 ]
	[ ! -s hostile.log ]
	[[ "$(tr -s ' \n' ' ' <<<"$output")" == *"the environment variable 'http_proxy' names a proxy, but only the configuration is used"* ]]
	# where everything was reached it is of no interest
	pki pki
	KVK_WORLD=$dir/world run --separate-stderr "$tests_net/kvkcsr" verify --config kvkcsr.cfg --trust pki/root.pem \
		pki/delivery.pem
	[ "$status" -eq 1 ]
	[[ "$output" != *http_proxy* ]]
}
