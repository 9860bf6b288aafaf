#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0

setup_file() {
	cd "$BATS_FILE_TMPDIR" || return
	openssl ecparam -name prime256v1 -genkey -noout -out key.pem
	cat >ext.cnf <<'END'
[req]
distinguished_name = dn
[dn]
[v3]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature
extendedKeyUsage = serverAuth, clientAuth
subjectAltName = DNS:api.example.nl, IP:192.0.2.7
crlDistributionPoints = URI:http://crl.example.nl/a.crl
authorityInfoAccess = OCSP;URI:http://ocsp.example.nl/, caIssuers;URI:http://ca.example.nl/a.cer
certificatePolicies = 2.16.528.1.1003.1.2.44.15.35.11
nameConstraints = permitted;DNS:example.nl, excluded;IP:10.0.0.0/255.0.0.0
1.2.3.4.5 = critical, DER:0c0568656c6c6f
[ca]
basicConstraints = critical, CA:TRUE, pathlen:1
END
	openssl req -new -x509 -key key.pem -config ext.cnf -extensions v3 -days 100 -set_serial 0x1234abcd \
		-subj '/C=NL/O=Voorbeeld B.V./serialNumber=00000003687501100000/CN=api.example.nl' -out leaf.pem
	openssl req -new -x509 -key key.pem -config ext.cnf -extensions ca -days 3650 -subj '/C=NL/CN=Root' -out root.pem
	openssl req -new -key key.pem -config ext.cnf -reqexts v3 -subj '/C=NL/CN=api.example.nl' -out request.pem
	openssl crl2pkcs7 -nocrl -certfile leaf.pem -certfile root.pem -outform DER -out list.p7b
	openssl x509 -in leaf.pem -outform DER -out leaf.der
	export at=2030-01-01T00:00:00Z
}

show() {
	cd "$BATS_FILE_TMPDIR" || return
	"$KVKCSR" show --color=never "$@"
}

@test "a certificate is shown with all that it says" {
	run show leaf.pem
	[ "$status" -eq 0 ]
	[[ "$output" == *'serialNumber = 00000003687501100000 (HRN of KVK 68750110)'* ]]
	[[ "$output" == *'issued by'*'O=Voorbeeld B.V.'* ]]
	[[ "$output" =~ 'until'\ +[0-9]{4}-[0-9]{2}-[0-9]{2}T.*' (in '(99|100)' days)' ]]
	[[ "$output" == *"$(openssl x509 -in "$BATS_FILE_TMPDIR/leaf.pem" -noout -fingerprint -sha256 |
		sed 's/.*=//; s/://g' | tr A-F a-f)"* ]]
	[[ "$output" == *"$(openssl x509 -in "$BATS_FILE_TMPDIR/leaf.pem" -noout -fingerprint -sha1 |
		sed 's/.*=//; s/://g' | tr A-F a-f)"*"Windows shows this as the thumbprint"* ]]
	[[ "$output" == *'1234abcd'* ]]
	[[ "$output" == *'ECDSA P-256'* ]]
	[[ "$output" == *'CRL http://crl.example.nl/a.crl'* ]]
	[[ "$output" == *'OCSP http://ocsp.example.nl/'* ]]
	[[ "$output" == *'client authentication (clientAuth), which KVK requires'* ]]
}

@test "each extension is shown in words, and an unknown one by OID and hex" {
	run show leaf.pem
	[[ "$output" =~ basicConstraints\ +\[critical\]\ not\ a\ CA ]]
	[[ "$output" =~ keyUsage\ +\[critical\]\ digitalSignature ]]
	[[ "$output" == *'serverAuth (server authentication), clientAuth'* ]]
	[[ "$output" == *'DNS api.example.nl'*'IP 192.0.2.7'* ]]
	[[ "$output" == *'2.16.528.1.1003.1.2.44.15.35.11 (PKIoverheid G4'* ]]
	[[ "$output" == *'permitted: DNS example.nl'*'excluded: IP 10.0.0.0/255.0.0.0'* ]]
	[[ "$output" =~ 1\.2\.3\.4\.5\ +\[critical\]\ 0c0568656c6c6f ]]
	run show root.pem
	[[ "$output" == *'a CA, with at most 1 CA below it'* ]]
	[[ "$output" == *'a root CA: it signs its own certificate'* ]]
}

@test "an expired certificate is said to be so" {
	run show --at 2099-01-01T00:00:00Z leaf.pem
	[[ "$output" == *'days ago)'*'the certificate has expired'* ]]
	run show --at 2001-01-01T00:00:00Z leaf.pem
	[[ "$output" == *'the certificate is not valid yet'* ]]
}

@test "PEM, DER, PKCS#7 and standard input give the same certificate" {
	hash=$(openssl x509 -in "$BATS_FILE_TMPDIR/leaf.pem" -outform DER | sha256sum | cut -d' ' -f1)
	for file in leaf.pem leaf.der list.p7b; do
		run show --json "$file"
		[ "$status" -eq 0 ]
		[ "$(jq -r '[.blocks[] | select(.kind == "certificate")][0].certificate.sha256' <<<"$output")" = "$hash" ]
	done
	run bash -c '"$KVKCSR" show --json - <"$1"' bash "$BATS_FILE_TMPDIR/leaf.der"
	[ "$status" -eq 0 ]
	[ "$(jq -r .file <<<"$output")" = - ]
	[ "$(jq -r '.blocks[0].certificate.sha256' <<<"$output")" = "$hash" ]
}

@test "JSON has the fields that programs need" {
	run show --json --at 2026-11-22T12:00:00Z leaf.pem
	[ "$(jq -r .schema <<<"$output")" = 1 ]
	[ "$(jq -r 'keys_unsorted[0]' <<<"$output")" = schema ]
	[ "$(jq -r .portal <<<"$output")" = reads ]
	certificate=$(jq '.blocks[0].certificate' <<<"$output")
	[ "$(jq -r .subject.CN <<<"$certificate")" = api.example.nl ]
	[ "$(jq -r .serial <<<"$certificate")" = 1234abcd ]
	[ "$(jq -c .extensions.extended_key_usage <<<"$certificate")" = '["serverAuth","clientAuth"]' ]
	[ "$(jq -c .extensions.crl_points <<<"$certificate")" = '["http://crl.example.nl/a.crl"]' ]
	[ "$(jq -r '.extensions.subject_alt_names[0].value' <<<"$certificate")" = api.example.nl ]
	[ "$(jq -c '.extensions.subject_alt_names[1]' <<<"$certificate")" = '{"type":"ip","value":"192.0.2.7"}' ]
	[ "$(jq -r '.extensions.all[] | select(.oid == "1.2.3.4.5") | .value' <<<"$certificate")" = 0c0568656c6c6f ]
}

@test "a request is shown and its signature checked" {
	run show request.pem
	[ "$status" -eq 0 ]
	[[ "$output" == *'(verified: made with this key)'* ]]
	[[ "$output" == *'DNS api.example.nl'* ]]
	cd "$BATS_FILE_TMPDIR"
	openssl req -in request.pem -outform DER | head -c -1 >broken.der
	printf '\001' >>broken.der
	run show broken.der
	[[ "$output" != *verified:* ]]
	[[ "$output" == *'the signature does not verify'* ]]
}

@test "a CRL is shown with its entries" {
	cd "$BATS_FILE_TMPDIR"
	: >index.txt
	printf '[ca]\ndefault_ca = d\n[d]\ndatabase = index.txt\ndefault_md = sha256\ndefault_crl_days = 7\n' >ca.cnf
	openssl ca -config ca.cnf -cert root.pem -keyfile key.pem -revoke leaf.pem -crl_reason keyCompromise
	openssl ca -config ca.cnf -cert root.pem -keyfile key.pem -gencrl -out list.crl
	run show list.crl
	[ "$status" -eq 0 ]
	[[ "$output" == *'issued by         C=NL, CN=Root'* ]]
	[[ "$output" =~ revoked\ +1\ certificate ]]
	[[ "$output" =~ 1234abcd,\ .*,\ keyCompromise ]]
	[[ "$output" =~ 'next list due by'\ +.*\(in\ 6\ days\) ]]
	[[ "$output" != *portal* ]]
	printf '\x30\x03\x0a\x01\x03' >later.der
	run show later.der
	[[ "$output" == *'OCSP response'*'error tryLater: the responder cannot answer at the moment; try again'* ]]
	printf '\x30\x03\x0a\x01\x04' >o4
	run "$KVKCSR" show o4
	[[ "$output" == *'status  unknown' ]]
}

@test "a private key is named and not shown" {
	cd "$BATS_FILE_TMPDIR"
	cat key.pem leaf.pem >both.pem
	run show both.pem
	[ "$status" -eq 0 ]
	[[ "$output" == *'private key (line 1)'* ]]
	[[ "$output" == *'do not upload or mail it'* ]]
	[[ "$output" != *"$(sed -n 2p key.pem)"* ]]
	run show --json both.pem
	[ "$(jq -r '.blocks[0] | keys | join(",")' <<<"$output")" = kind,line,offset ]
}

@test "what a certificate says cannot steer the terminal" {
	cd "$BATS_FILE_TMPDIR"
	openssl req -new -x509 -key key.pem -config ext.cnf -utf8 \
		-subj "/CN=$(printf 'a\033[2Jb\rc')/O=$(printf 'x\xe2\x80\xaey')" -out hostile.pem
	run show hostile.pem
	[ "$status" -eq 0 ]
	[[ "$output" == *'CN = a\x1b[2Jb\x0dc'* ]]
	[[ "$output" == *'O = x\u{202e}y'* ]]
	[ "$(LC_ALL=C tr -d '\n\040-\176' <<<"$output")" = '' ]
}

@test "a file that cannot be opened is 3, one with nothing in it 2, no file 64" {
	run show no-such-file
	[ "$status" -eq 3 ]
	[[ "$output" == *"'no-such-file'"* ]]
	cd "$BATS_FILE_TMPDIR"
	echo 'hello' >text
	run show text
	[ "$status" -eq 2 ]
	run show /dev/null
	[ "$status" -eq 3 ]
	printf -- '-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n' >bad.pem
	run show bad.pem
	[ "$status" -eq 2 ]
	[[ "$output" == *'cannot be read'*'at byte'* ]]
	run show
	[ "$status" -eq 64 ]
}

@test "the first lines say what it is, for whom, from whom, until when, its number and its fingerprint" {
	"$top_builddir/tests/mkpki" "$BATS_TEST_TMPDIR/six"
	run "$KVKCSR" show "$BATS_TEST_TMPDIR/six/delivery.pem"
	for n in 0 1 2 3 4 5; do
		label=(what for from until number fingerprint)
		[[ "${lines[n]}" == "  ${label[n]} "* ]]
	done
	printf '<html></html>' >"$BATS_TEST_TMPDIR/page.cer"
	run "$KVKCSR" show "$BATS_TEST_TMPDIR/page.cer"
	[[ "${lines[0]}" == "  what  a web page (HTML)" ]]
}
