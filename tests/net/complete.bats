#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# A delivery that lacks CA certificates: accept completes it from the addresses of a list, verify says where they are.

load net

setup() {
	need_nginx
	net_scratch
	web_start
	"$KVKCSR" new api.example.nl --domain api.example.nl --kvk 68750110 \
		--organisation "Voorbeeld B.V." --key-bits 3072 </dev/null >/dev/null 2>&1
	folder=$dir/home/dossiers/api.example.nl
	openssl req -in "$folder/request.pem" -outform DER -out request.der
	pki pki --csr request.der
	list "$(print_of pki/tsp.pem)" "$web/g4-tsp.cer"
}

teardown() {
	net_clean
}

print_of() {
	openssl x509 -in "$1" -noout -fingerprint -sha256 | sed 's/.*=//; s/://g' | tr A-F a-f
}

# list SHA256 ADDRESS: trust.ca_list with the CAs of pki/, of which the TSP has this fingerprint and address.
list() {
	cat >cas.cfg <<-END
		cas = (
			{ cn = "KVKCSR PRACTICE TSP CA - G4 shape"; sha256 = "$1"; url = "$2"; },
			{ cn = "KVKCSR PRACTICE Intermediate - G4 shape"; sha256 = "$(print_of pki/intermediate.pem)";
				url = "$web/g4-intermediate.cer"; }
		);
	END
	settings "trust: { ca_list = \"$dir/cas.cfg\"; }; net: { allow_private = true; };"
}

accept() {
	run --separate-stderr "$KVKCSR" accept --config "$dir/kvkcsr.cfg" --trust pki/root.pem --crl pki/crls.pem "$@"
}

# How often a file was asked for.
asked() {
	grep -c "GET /$1 " "$web_log" || true
}

@test "accept adds the CA certificates that are missing, from their addresses" {
	accept --json api.example.nl pki/leaf.pem
	[ "$status" -eq 1 ]
	[ "$(json '[.verdict, .stored] | map(tostring) | join(" ")')" = "accept true" ]
	[ "$(json '[.path[].source] | join(" ")')" = "upload fetched fetched store" ]
	cmp "$folder/upload.pem" pki/delivery.pem
	cmp "$folder/chain.pem" pki/chain.pem
	[ "$(asked g4-tsp.cer)" = 1 ]
	[ "$(asked g4-intermediate.cer)" = 1 ]
	# What was received is the leaf alone.
	[ "$(ls "$folder/received" | wc -l)" = 1 ]
	cmp "$folder"/received/*-leaf.pem pki/leaf.pem
}

@test "what was fetched once is in the cache, also for --offline" {
	accept api.example.nl pki/leaf.pem
	[ "$status" -eq 1 ]
	rm -r "$folder"/{certificate,chain,upload}.pem
	web_stop
	accept --offline --json api.example.nl pki/leaf.pem
	[ "$(json .stored)" = true ]
	[ "$(json '[.path[].source] | join(" ")')" = "upload fetched fetched store" ]
}

@test "two certificates in one file are one request, with --refresh and where nothing can be kept, too" {
	openssl crl2pkcs7 -nocrl -certfile pki/chain.pem -outform DER -out www/both.p7b
	list "$(print_of pki/tsp.pem)" "$web/both.p7b"
	sed -i "s|/g4-intermediate.cer|/both.p7b|" cas.cfg
	mkdir -p home && : >home/cache
	accept --json api.example.nl pki/leaf.pem
	[ "$(json '[.path[].source] | join(" ")')" = "upload fetched fetched store" ]
	[ "$(asked both.p7b)" = 1 ]
	rm home/cache
	for asked in 2 2; do
		rm "$folder"/{certificate,chain,upload}.pem
		accept --refresh --json api.example.nl pki/leaf.pem
		[ "$(json '[.path[].source] | join(" ")')" = "upload fetched fetched store" ]
		[ "$(asked both.p7b)" = $asked ]
	done
}

@test "CA certificates that were issued by each other are fetched once each, and lead nowhere" {
	local ca
	for ca in a b; do
		openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout $ca.key -out $ca.pem \
			-subj "/CN=Circle $ca" -days 9 2>/dev/null
	done
	echo "basicConstraints=critical,CA:TRUE" >ca.ext
	openssl x509 -in a.pem -CA b.pem -CAkey b.key -set_serial 5 -days 9 -clrext -extfile ca.ext -outform DER -out www/a.cer
	openssl x509 -in b.pem -CA a.pem -CAkey a.key -set_serial 6 -days 9 -clrext -extfile ca.ext -outform DER -out www/b.cer
	openssl x509 -req -inform DER -in request.der -CA a.pem -CAkey a.key -set_serial 7 -days 9 -out leaf.pem 2>/dev/null
	cat >cas.cfg <<-END
		cas = (
			{ cn = "Circle a"; sha256 = "$(print_of www/a.cer)"; url = "$web/a.cer"; },
			{ cn = "Circle b"; sha256 = "$(print_of www/b.cer)"; url = "$web/b.cer"; }
		);
	END
	accept --json api.example.nl leaf.pem
	[ "$(json .verdict)" = reject ]
	[ "$(asked a.cer) $(asked b.cer)" = "1 1" ]
	# The cache has them from then on, and check follows them no further either.
	"$KVKCSR" track --name b leaf.pem
	"$KVKCSR" check --json --config "$dir/kvkcsr.cfg" >check.json || true
	[ "$(jq -r '.entries[] | select(.name == "b").revocation_why' check.json)" = needs-path ]
	[ "$(wc -l <"$web_log")" -eq 2 ]
}

@test "a certificate with another fingerprint is not taken" {
	cp www/g4-intermediate.cer www/g4-tsp.cer
	accept --json api.example.nl pki/leaf.pem
	[ "$status" -eq 2 ]
	[ "$(json .stored)" = false ]
	[[ "$stderr" == *"$web/g4-tsp.cer"* ]]
	[ ! -e "$folder/upload.pem" ]
	[ ! -e home/cache ]
	# What came with the right one in a file is not added either.
	cat pki/tsp.pem pki/root.pem pki/intermediate.pem >www/g4-tsp.cer
	rm www/g4-intermediate.cer
	accept --json api.example.nl pki/leaf.pem
	[ "$(json '[.path[].source] | join(" ")')" = "upload fetched" ]
	[[ "$stderr" == *"$web/g4-intermediate.cer"* ]]
}

@test "off the network: which certificate, where it is, and the commands" {
	accept --offline api.example.nl pki/leaf.pem
	[ "$status" -eq 2 ]
	[ ! -s "$web_log" ]
	[[ "$(tr -s ' \n' ' ' <<<"$output")" == *"lacks the certificate of the CA 'KVKCSR PRACTICE TSP CA - G4 shape'"* ]]
	[[ "$output" == *"  curl -o g4-tsp.cer $web/g4-tsp.cer"* ]]
	[[ "$output" == *"  kvkcsr accept api.example.nl pki/leaf.pem --trust pki/root.pem --crl pki/crls.pem --offline --config $dir/kvkcsr.cfg --chain g4-tsp.cer"* ]]
	# What curl would bring.
	cp www/*.cer .
	accept --offline api.example.nl pki/leaf.pem --chain g4-tsp.cer
	[[ "$output" == *"--chain g4-intermediate.cer"* ]]
	accept --offline api.example.nl pki/leaf.pem --chain g4-tsp.cer --chain g4-intermediate.cer
	[ "$status" -eq 1 ]
	cmp "$folder/upload.pem" pki/delivery.pem
}

@test "verify never completes, and says where the missing certificate is" {
	verify --crl pki/crls.pem pki/leaf.pem
	[ "$status" -eq 2 ]
	[ "$(json .first)" = 22 ]
	[[ "$(json '.findings[21].found')" == *"'C=NL, O=KVKCSR PRACTICE TSP, CN=KVKCSR PRACTICE TSP CA - G4 shape"*"it is published at $web/g4-tsp.cer" ]]
	[[ "$(json '.findings[21].hint')" == *"download the missing CA certificate"*"--chain FILE"* ]]
	[ ! -s "$web_log" ]
	# With that one in the file, the next is named.
	cat pki/leaf.pem pki/tsp.pem >two.pem
	verify --crl pki/crls.pem two.pem
	[[ "$(json '.findings[21].found')" == *"$web/g4-intermediate.cer" ]]
	# Of an address that is not known nothing is said.
	settings 'net: { allow_private = true; };'
	verify --crl pki/crls.pem two.pem
	[[ "$(json '.findings[21].found')" == *"is missing" ]]
}

@test "a list that cannot be used is 78, and says why" {
	list 00 "$web/g4-tsp.cer"
	for c in "verify pki/leaf.pem" "accept api.example.nl pki/leaf.pem" config; do
		# shellcheck disable=SC2086
		run "$KVKCSR" $c --config kvkcsr.cfg
		[ "$status" -eq 78 ]
		[[ "$output" == *"trust.ca_list: CA 1 in '$dir/cas.cfg' is not valid: sha256"* ]]
	done
	rm cas.cfg
	run "$KVKCSR" config --config kvkcsr.cfg
	[ "$status" -eq 78 ]
	[[ "$output" == *"trust.ca_list: cannot read '$dir/cas.cfg'"* ]]
}
