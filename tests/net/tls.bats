#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# https, which addresses of the configuration alone may have: the server has to be the one that is named, whatever the
# environment says, and nobody writes down the keys of the connection.

load net

setup() {
	need_nginx
	net_scratch
	tls_for cas.example
	web_start
	printf '%s 127.0.0.1 0\n' cas.example other.example >world
	"$KVKCSR" new api.example.nl --domain api.example.nl --kvk 68750110 --organisation "Voorbeeld B.V." </dev/null \
		>/dev/null 2>&1
	openssl req -in home/dossiers/api.example.nl/request.pem -outform DER -out request.der
	pki pki --csr request.der
	cat pki/leaf.pem pki/intermediate.pem >sent.pem
}

teardown() {
	net_clean
}

# accept HOST [SETTING]: with a list that has the address of the missing CA at a host.
accept() {
	local print
	print=$(openssl x509 -in pki/tsp.pem -noout -fingerprint -sha256 | sed 's/.*=//; s/://g' | tr A-F a-f)
	echo "cas = ( { cn = \"KVKCSR PRACTICE TSP CA - G4 shape\"; sha256 = \"$print\";" \
		"url = \"https://$1:$tls_port/g4-tsp.cer\"; } );" >cas.cfg
	settings "trust: { ca_list = \"$dir/cas.cfg\"; }; net: { allow_private = true; $2 };"
	KVK_WORLD=$dir/world run --separate-stderr "$tests_net/kvkcsr" accept --json --config kvkcsr.cfg --trust pki/root.pem \
		--crl pki/crls.pem api.example.nl sent.pem
	said=$(tr -s ' \n' ' ' <<<"$output$stderr")
}

@test "the right server with the CA of net.ca_file" {
	export SSLKEYLOGFILE=$dir/keys CURL_CA_BUNDLE=$dir/none SSL_CERT_FILE=$dir/none SSL_CERT_DIR=$dir
	accept cas.example "ca_file = \"$dir/tls/ca.pem\";"
	[ "$(json .stored)" = true ]
	[ "$(json '[.path[].source] | join(" ")')" = "upload fetched upload store" ]
	[ "$(requests)" -eq 1 ]
	[ ! -e keys ]
}

@test "a certificate for another host" {
	accept other.example "ca_file = \"$dir/tls/ca.pem\";"
	[ "$(json .stored)" = false ]
	[[ "$said" == *"no secure connection to 'https://other.example:$tls_port/g4-tsp.cer'"* ]]
	[ "$(requests)" -eq 0 ]
}

@test "a CA that is not trusted, also where the environment names it" {
	export CURL_CA_BUNDLE=$dir/tls/ca.pem SSL_CERT_FILE=$dir/tls/ca.pem
	accept cas.example
	[ "$(json .stored)" = false ]
	[[ "$said" == *"no secure connection to 'https://cas.example:$tls_port/g4-tsp.cer'"* ]]
	[ "$(requests)" -eq 0 ]
}
