#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Files as they come to people: what each is, is said in their words, with the one thing that helps.

load helpers

at=2026-11-22T12:00:00Z

setup_file() {
	cd "$BATS_FILE_TMPDIR"
	export HOME=$PWD KVKCSR_HOME=$PWD/home
	"$KVKCSR" new d --domain api.example.nl --kvk 68750110 --organisation "Voorbeeld B.V." </dev/null >/dev/null 2>&1
	openssl req -in home/dossiers/d/request.pem -outform DER -out request.der
	"$top_builddir/tests/mkpki" pki --csr request.der
	cp pki/delivery.pem good.pem
	openssl x509 -in pki/leaf.pem -outform DER -out bare.der
	base64 bare.der >bare.txt
	sed 's/^/> /' good.pem >quoted.txt
	sed 's/^/    /' good.pem >indented.pem
	sed 's/-----/–––––/g' good.pem >dashes.pem
	awk '{ printf "%s\\n", $0 }' good.pem >literal.pem
	tr '\n' ' ' <good.pem >one.pem
	iconv -f ASCII -t UTF-16 good.pem >wide.cer
	cat good.pem home/dossiers/d/key.pem | iconv -f ASCII -t UTF-16 >wide-key.pem
	{ printf 'Zie hieronder.\n\n-----Oorspronkelijk bericht-----\nVan: TSP\n\n'; cat good.pem; } >forwarded.txt
	{ printf 'From: tsp@tsp.example\nMIME-Version: 1.0\nContent-Transfer-Encoding: base64\n\n'; base64 good.pem; } >mail.eml
	sed 's/$/\r/' good.pem >windows.pem
	printf '<!DOCTYPE html><html><body>404</body></html>' >page.cer
	gzip -nc good.pem >good.gz
	{ printf 'dn: cn=x\nuserCertificate;binary:: '; base64 -w 60 bare.der | sed '2,$s/^/ /'; } >leaf.ldif
	printf '%%PDF-1.7\n' >order.pdf
	printf 'PK\003\004............word/document.xml' >letter.docx
	printf 'PK\003\004............leaf.pem' >stored.zip
	head -c 1200 pki/leaf.pem >cut.pem
	cp home/dossiers/d/request.pem again.pem
	printf 'ssh-rsa AAAAB3NzaC1yc2E beheer\n' >login.pub
	cat pki/leaf.pem pki/intermediate.pem >gap.pem
}

setup() {
	cd "$BATS_FILE_TMPDIR"
	export HOME=$PWD KVKCSR_HOME=$PWD/home
}

verify() {
	run "$KVKCSR" verify --offline --at "$at" --trust pki/root.pem --crl pki/crls.pem --kvk 68750110 "$@"
	text=$(tr -s ' \n' ' ' <<<"$output")
}

accept() {
	run "$KVKCSR" accept --offline --at "$at" --trust pki/root.pem --crl pki/crls.pem --chain pki/chain.pem d "$@"
	text=$(tr -s ' \n' ' ' <<<"$output")
}

# What is in a file, and what to do about it; accept repairs what it can, and never sends to the TSP.
@test "deliveries: what it is and what helps, and accept repairs what is obvious" {
	while IFS='|' read -r file repaired what helps again; do
		echo "$file"
		verify "$file"
		[ "$status" -eq 2 ]
		[[ "$text" == *"$what"* && "$text" == *" next "*"$helps"* ]]
		[[ "$text" != *"rename the file"* ]]
		accept "$file"
		if [ "$repaired" = yes ]; then
			[ "$status" -eq 1 ]
			[[ "$text" == "repaired '$file': "* || "$text" == *"already contains this certificate"* ]]
			cmp home/dossiers/d/upload.pem good.pem
			rm -f home/dossiers/d/{certificate,chain,upload}.pem
		else
			[ "$status" -eq 2 ]
			[[ "$text" == *"$what"*" next "*"$helps"*"kvkcsr accept d ${again:-FILE} --"* ]]
			[[ "$text" != *"send this to the TSP"* && "$text" != *"'kvkcsr accept'"* ]]
			[[ "$output" == "file"*"$file ("* ]]
		fi
		# These are read all the same where Java does not matter.
		[[ "$file" != @(indented.pem|one.pem|forwarded.txt|mail.eml) ]] || continue
		run "$KVKCSR" track "$file"
		[ "$status" -eq 3 ]
		[[ "$(tr -s ' \n' ' ' <<<"$output")" == *"'$file'"*"$what"* ]]
	done <<-'END'
		bare.txt|yes|base64 of a certificate: the BEGIN and END lines are missing|BEGIN CERTIFICATE
		quoted.txt|yes|each line begins with '>'|remove the '>'
		indented.pem|yes|each line begins with spaces|remove the spaces
		dashes.pem|yes|changed to long dashes|five hyphens
		literal.pem|yes|line breaks are written as '\n'|replace each '\n'
		one.pem|yes|the line ends are missing|copy the text again
		wide.cer|yes|UTF-16|ANSI, UTF-8 or ASCII
		forwarded.txt|yes|line 3: '-----Oorspronkelijk bericht-----' begins with five dashes|remove that line
		mail.eml|yes|an email|save the attachment
		leaf.ldif|yes|an LDIF file|decode the base64
		good.gz|no|a file compressed with gzip|gunzip
		page.cer|no|a web page (HTML)|save the file that the page offers
		order.pdf|no|a PDF document|separate attachment
		letter.docx|no|a Word document|came with the document
		stored.zip|no|a ZIP archive|unpack it
		cut.pem|no|the END line is missing|copy or download the complete file again|cut.pem
		again.pem|no|a certificate request (CSR)|the file that the TSP sent back
		login.pub|no|an OpenSSH public key|the file with the certificate that the TSP sent
	END
}

@test "the file is headed by what is in it, and the command that repeats the run is whole" {
	verify order.pdf
	[ "${lines[0]}" = "file  order.pdf (no certificate)" ]
	# each command that is printed leads on
	run "$KVKCSR" accept --offline --at "$at" --trust pki/root.pem d pki/leaf.pem
	[[ "$output" == *"kvkcsr accept d pki/leaf.pem --trust pki/root.pem --offline --at "*" --chain FILE"* ]]
	# as verify has it: the messages, and the certificates in the file
	run "$KVKCSR" accept --offline --at "$at" --trust pki/root.pem --crl pki/crls.pem d gap.pem
	[ "$status" -eq 2 ]
	[[ "$output" == *"gap.pem (PEM, 2 certificates)"*"(message 17)"*"(message 22)"* ]]
	[[ "$output" == *"kvkcsr accept d gap.pem --trust pki/root.pem --crl pki/crls.pem --offline --at "*" --chain FILE"* ]]
}

@test "a private key in UTF-16 is warned about" {
	verify wide-key.pem
	[[ "$text" == *"UTF-16"*"warning private-key-in-file: "* ]]
	accept wide-key.pem
	[ "$status" -eq 1 ]
	[[ "$text" == *"WARNING: 'wide-key.pem' contains a private key."*"repaired 'wide-key.pem': "*"UTF-16"* ]]
	cmp home/dossiers/d/upload.pem good.pem
}

# Nothing is wrong with it, so verify says nothing.
@test "accept says that it changed the line ends of Windows" {
	rm -f home/dossiers/d/{certificate,chain,upload}.pem
	accept windows.pem
	[ "$status" -eq 1 ]
	[[ "$text" == "repaired 'windows.pem': the line ends are CR LF, as Windows writes them "* ]]
	cmp home/dossiers/d/upload.pem good.pem
}

@test "a good delivery takes 12 lines, a bad one ends with verdict, why and next; a folder has a line a file" {
	rm -f home/dossiers/d/{certificate,chain,upload}.pem
	accept good.pem
	[ "$(wc -l <<<"$output")" -le 12 ]
	verify good.pem
	[ "$(wc -l <<<"$output")" -le 12 ]
	grep -q '^verdict: ACCEPT: ' <<<"$output"
	grep -q '^why      [0-9]* of 33 rules passed' <<<"$output"
	run "$KVKCSR" verify --offline --at 2030-01-01T00:00:00Z --trust pki/root.pem --crl pki/crls.pem \
		--kvk 68750110 good.pem
	[ "$status" -eq 2 ]
	text=$(tr -s ' \n' ' ' <<<"$output")
	[ "$(awk '/^(FAILED|OPEN) /, /^$/ { next } { n++ } END { print n }' <<<"$output")" -le 24 ]
	[[ "$text" == *'verdict: REJECT: "The certificate is expired." (message 5)'*" why ended on "*" next "*"'kvkcsr renew NAME'"*'You can send this to the TSP: "'* ]]
	mkdir -p folder
	cp good.pem page.cer folder
	verify folder
	[ "${#lines[@]}" -eq 3 ]
	[[ "${lines[0]}" == "verdict: ACCEPT: folder/good.pem" ]]
	[[ "${lines[1]}" == 'verdict: REJECT: folder/page.cer: "'*'" (message 18): a web page (HTML)' ]]
	[[ "${lines[2]}" == "2 files: 1 accepted, 1 rejected, 0 undetermined;"* ]]
}

@test "a bad --crl or --ocsp is named, with what it is" {
	: >empty.crl
	gzip -nc pki/crls.pem >lists.gz
	cp pki/leaf.pem leaf.crl
	printf 'HTTP/1.1 200 OK\r\n\r\n0' >head.der
	printf '\x30\x03\x0a\x01\x03' >later.der
	printf '\x30\x03\x0a\x01\x06' >unauthorized.der
	while IFS='|' read -r option file what; do
		echo "$file"
		run "$KVKCSR" verify --offline --at "$at" --trust pki/root.pem "$option" "$file" --kvk 68750110 good.pem
		[ "$status" -eq 3 ]
		[[ "$(tr -s ' \n' ' ' <<<"$output")" == *"'$file': $what"* ]]
	done <<-'END'
		--crl|empty.crl|the file is empty
		--crl|page.cer|a web page (HTML)
		--crl|lists.gz|a file compressed with gzip
		--crl|leaf.crl|it contains no revocation list (CRL), but something else: certificate; 
		--ocsp|head.der|the header lines of an HTTP response
		--ocsp|later.der|an OCSP response could not be used: the responder is busy and asks to try again later (tryLater)
		--ocsp|unauthorized.der|an OCSP response could not be used: the responder may not answer for this certificate (unauthorized)
	END
	run "$KVKCSR" show later.der
	[[ "$output" == *"OCSP response"* ]]
	# CRLs in DER one behind another are read, and so is another label
	csplit -sz -f one pki/crls.pem '/BEGIN X509 CRL/' '{*}'
	for each in one0?; do openssl crl -in "$each" -outform DER; done >row.crl
	sed 's/X509 CRL/CRL/' pki/crls.pem >label.crl
	for each in row.crl label.crl; do
		run "$KVKCSR" verify --offline --at "$at" --trust pki/root.pem --crl "$each" --kvk 68750110 good.pem
		[ "$status" -eq 1 ]
	done
}

@test "a --key that cannot be used is named, with the command that converts it" {
	openssl pkcs12 -export -inkey home/dossiers/d/key.pem -in pki/leaf.pem -passout pass:geheim -out key.p12
	openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:secp256k1 -out curve.pem
	openssl pkcs8 -topk8 -scrypt -in home/dossiers/d/key.pem -passout pass:geheim -out scrypt.pem
	openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -pkeyopt ec_param_enc:explicit -out explicit.pem
	printf 'ssh-rsa AAAAB3NzaC1yc2E beheer\n' >public.pub
	printf 'geheim\n' >pass.txt
	chmod 600 pass.txt ./*.pem key.p12
	while IFS='|' read -r file what; do
		echo "$file"
		run "$KVKCSR" new e --out "$PWD/e" --domain www.example.nl --kvk 68750110 --organisation "Voorbeeld B.V." \
			--key "$file" --pass-file pass.txt </dev/null
		[ "$status" -ne 0 ]
		[[ "$output" == *"key: "*"$what"* ]]
		[[ "$output" != *"passphrase is wrong"* ]]
	done <<-'END'
		key.p12|PKCS#12 file (.p12, .pfx); extract the key: 'openssl pkcs12 -in key.p12 -nocerts
		curve.pem|an EC key on a curve that no TSP accepts (secp256k1)
		explicit.pem|an EC key with explicit parameters
		scrypt.pem|it is encrypted with scrypt, which kvkcsr cannot decrypt; convert it: 'openssl pkcs8 -in scrypt.pem
		public.pub|an OpenSSH public key; use the private key
	END
}

@test "requests from elsewhere: example values, blanks, dots, letters outside ASCII, two of them, Microsoft's attribute" {
	openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out other.key 2>/dev/null
	# request NAME SUBJECT SAN
	request() {
		openssl req -new -utf8 -key other.key -subj "$2" -addext "subjectAltName=DNS:$3" \
			-addext extendedKeyUsage=clientAuth -out "$1"
	}
	number=/serialNumber=00000003687501100000
	request example.csr "/C=AU/ST=Some-State/O=Internet Widgits Pty Ltd/CN=www.example.nl" www.example.nl
	request blank.csr "/C=NL/O=Voorbeeld B.V.$number/CN=www.example.nl " www.example.nl
	request dot.csr "/C=NL/O=Voorbeeld B.V.$number/CN=www.example.nl." www.example.nl.
	request misread.csr "/C=NL/O=CafÃ© B.V.$number/CN=www.example.nl" www.example.nl
	request accent.csr "/C=NL/O=Cafe"$'\xcc\x81'" B.V.$number/CN=www.example.nl" www.example.nl
	request letters.csr "/C=NL/O=Voorbeeld B.V.$number/CN=www.café.nl" www.example.nl
	cat dot.csr blank.csr >two.csr
	openssl req -in dot.csr -outform DER | base64 >bare.csr
	while IFS='|' read -r code file what; do
		echo "$file"
		rm -rf r
		run "$KVKCSR" new r --out "$PWD/r" --csr "$file" </dev/null
		[ "$status" -eq "$code" ]
		[[ "$(tr -s ' \n' ' ' <<<"$output")" == *"$what"* ]]
		[ "$code" -eq 0 ] || [[ "$output" != *"BEGIN CERTIFICATE REQUEST"* ]]
		[[ "$output" != *"left out"* ]]
	done <<-'END'
		0|example.csr|'Internet Widgits Pty Ltd' is an example value of OpenSSL
		0|example.csr|the country is 'AU', not NL
		0|example.csr|'Some-State' is an example value of OpenSSL
		0|example.csr|verdict: do not send this request: it contains example values of OpenSSL and no KVK number or OIN
		0|misread.csr|would be refused, but see the advice above
		2|blank.csr|there are spaces before or after the name 'www.example.nl '
		2|dot.csr|the name 'www.example.nl.' begins or ends with a dot
		0|misread.csr|look like UTF-8 text that was read as Latin-1
		0|accent.csr|an accent is written as a separate character
		2|letters.csr|a certificate requires the form 'www.xn--caf-dma.nl'
		64|two.csr|the file contains 2 certificate requests
		2|bare.csr|base64 text: the BEGIN and END lines are missing
		2|page.cer|a web page (HTML)
	END
	run "$KVKCSR" new r --out "$PWD/s" --domain www.example.nl --kvk 68750110 --organisation "CafÃ© B.V." \
		--key-bits 2048 --dry-run </dev/null
	[[ "$(tr -s ' \n' ' ' <<<"$output")" == *"read as Latin-1"* ]]
}

# The last one: the dossier keeps the later certificate.
@test "accept warns of a renewal for the key of the certificate before" {
	accept good.pem
	"$top_builddir/tests/mkpki" later --csr request.der --days 900
	run --separate-stderr "$KVKCSR" accept --offline --at "$at" --trust later/root.pem --crl later/crls.pem --json d later/delivery.pem
	[ "$status" -eq 1 ]
	jq -e '.stored and any(.warnings[]; .id == "same-key")' <<<"$output"
}

# flat TEXT: in $text with one blank between words
flat() {
	set -f
	# shellcheck disable=SC2086
	set -- $1
	set +f
	text="$*"
}

# The table of the shared inputs, a row each, where they are at hand.
@test "the field inputs, where they are there" {
	field=$top_srcdir/../shared/data/field
	[ -d "$field/delivery" ] || skip "no $field"
	mkdir -p keys
	cp "$field"/key/* keys
	chmod 600 keys/*
	good=(verify --offline --at 2026-11-29T15:00:00Z --trust "$field/base/root.pem" --kvk 90001354)
	order=(new f --out "$PWD/f" --dry-run)
	while IFS='|' read -r code kind file what; do
		echo "$kind/$file"
		case $kind in
		delivery) run "$KVKCSR" "${good[@]}" --crl "$field/base/crls.pem" "$field/delivery/$file" ;;
		crl) run "$KVKCSR" "${good[@]}" --crl "$field/crl/$file" "$field/base/good.pem" ;;
		ocsp) run "$KVKCSR" "${good[@]}" --crl "$field/crl/of-the-cas-only.crl" --ocsp "$field/ocsp/$file" "$field/base/good.pem" ;;
		request) run "$KVKCSR" "${order[@]}" --csr "$field/request/$file" </dev/null ;;
		key) run "$KVKCSR" "${order[@]}" --domain koppeling.voorbeeld.nl --kvk 90001354 --organisation Voorbeeld \
			--key "keys/$file" --pass-file keys/pass.txt </dev/null ;;
		esac
		flat "$output"
		[ "$status" -eq "$code" ]
		[[ "$text" == *"$what"* ]]
	done <<-'END'
		2|delivery|indented.pem|each line begins with spaces
		2|delivery|mail-quoted.txt|each line begins with '>'
		2|delivery|mail-quoted-twice.txt|each line begins with '>'
		2|delivery|em-dash.pem|long dashes
		2|delivery|en-dash.pem|long dashes
		2|delivery|literal-backslash-n.pem|written as '\n'
		2|delivery|one-line-with-spaces.pem|the line ends are missing
		2|delivery|forwarded-mail.txt|'-----Oorspronkelijk bericht-----' begins with five dashes
		2|delivery|no-armour.txt|the BEGIN and END lines are missing
		2|delivery|no-armour-one-line.txt|the BEGIN and END lines are missing
		2|delivery|utf16le-bom.cer|with the encoding ANSI, UTF-8 or ASCII
		2|delivery|utf16-with-key.pem|private-key-in-file
		2|delivery|stored.zip|next unpack it
		2|delivery|deflated.zip|next unpack it
		2|delivery|letter.docx|a Word document
		2|delivery|order.pdf|a PDF document
		2|delivery|error-page.cer|a web page (HTML)
		1|delivery|chain.p7b|make a PEM file of it
		1|delivery|chain-pem.p7b|make a PEM file of it
		2|delivery|quoted-printable.eml|next open it in your mail program, and save the attachment
		2|delivery|base64.eml|next open it in your mail program, and save the attachment
		2|delivery|cut-off.pem|next copy or download the complete file again
		2|delivery|the-request-again.pem|next use the file that the TSP sent back
		2|delivery|key-and-certificate.pem|next remove the private key from the file
		1|delivery|mojibake-organisation.pem|warning odd-characters
		1|delivery|unrelated-ca.pem|warning unused-certificate
		1|delivery|expired-unrelated-root.pem|warning unused-certificate
		1|delivery|reversed.pem|warning file-order
		64|key|scrypt.pem|it is encrypted with scrypt, which kvkcsr cannot decrypt; convert it: 'openssl pkcs8
		3|key|openssh.pem|an OpenSSH private key; convert a copy
		3|key|openssh-public.pub|an OpenSSH public key; use the private key
		3|key|key.p12|a PKCS#12 file (.p12, .pfx); extract the key
		3|key|utf16.pem|UTF-16
		3|key|ec-explicit-parameters.pem|an EC key with explicit parameters
		3|key|ec-brainpool.pem|a curve that no TSP accepts (Brainpool)
		64|key|rsa-pss.pem|an RSA key restricted to PSS
		2|request|utf16.csr|UTF-16
		2|request|no-armour.csr|the BEGIN and END lines are missing
		0|request|microsoft-extension-request.csr|extKeyUsage serverAuth, clientAuth DNS name koppeling.voorbeeld.nl
		0|request|country-be.csr|the country is 'BE', not NL
		0|request|mojibake-organisation.csr|look like UTF-8 text that was read as Latin-1
		0|request|decomposed-accent.csr|an accent is written as a separate character
		64|request|two-requests.csr|the file contains 2 certificate requests
		2|request|trailing-dot.csr|begins or ends with a dot
		2|request|u-label.csr|koppeling.xn--caf-dma.nl
		2|request|trailing-blank.csr|there are spaces before or after the name
		1|crl|der-after-der.crl|verdict: ACCEPT
		3|crl|folded.ldif|/folded.ldif': an LDIF file
		3|crl|error-page.crl|/error-page.crl': a web page (HTML)
		3|crl|gzip.crl|/gzip.crl': a file compressed with gzip
		3|crl|certificate.crl|/certificate.crl': it contains no revocation list (CRL), but something else: certificate
		3|crl|empty.crl|/empty.crl': the file is empty
		3|crl|utf16.crl|/utf16.crl': the file is UTF-16 text
		3|crl|base64-without-armour.crl|/base64-without-armour.crl': base64 text
		1|crl|label-crl.crl|verdict: ACCEPT
		3|crl|no-next-update.crl|it does not say when the next list is due (no nextUpdate). The portal does not accept such a list
		3|ocsp|try-later.der|(tryLater)
		3|ocsp|unauthorized.der|(unauthorized)
		3|ocsp|malformed-request.der|(malformedRequest)
		3|ocsp|internal-error.der|(internalError)
		3|ocsp|signature-required.der|(sigRequired)
		3|ocsp|past-next-update.der|/past-next-update.der': out of date since 28 November 2026
		3|ocsp|no-next-update.der|it does not say until when it is valid
		3|ocsp|http-head.der|/http-head.der': the header lines of an HTTP response
		3|ocsp|good-base64.txt|/good-base64.txt': base64 text instead of DER
	END
	# the old key goes on
	install -m 600 "$field/base/leaf.key" leaf.key
	"$KVKCSR" new g --domain koppeling.voorbeeld.nl --kvk 90001354 --organisation Voorbeeld --key leaf.key </dev/null >/dev/null 2>&1
	for file in base/good.pem delivery/same-key-renewal.pem; do
		run "$KVKCSR" accept --offline --at 2026-11-29T15:00:00Z --trust "$field/base/root.pem" --crl "$field/base/crls.pem" g "$field/$file"
		[ "$status" -eq 1 ]
	done
	[[ "$output" == *"warning same-key: "* ]]
}
