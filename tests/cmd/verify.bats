#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0

bats_require_minimum_version 1.5.0

AT=2026-11-22T12:00:00Z

setup() {
	export KVKCSR_HOME="$BATS_TEST_TMPDIR/home"
	pki="$BATS_TEST_TMPDIR/pki"
}

# make [MKPKI-OPTION]...: a delivery of the practice TSP
make() {
	rm -rf "$pki"
	"$top_builddir/tests/mkpki" "$pki" "$@"
}

# evaluate [OPTION]... FILE: with the practice root and its CRLs
evaluate() {
	run --separate-stderr "$KVKCSR" verify --verbose --at "$AT" --trust "$pki/root.pem" --crl "$pki/crls.pem" \
		--kvk 68750110 "$@"
}

# field JQ: what the JSON of the last run says
field() {
	printf '%s\n' "$output" | jq -c "$1"
}

@test "a good delivery is accepted, with the warning that the anchors were given" {
	make
	evaluate "$pki/delivery.pem"
	[ "$status" -eq 1 ]
	[ -z "$stderr" ]
	[[ "$(tr -s ' \n' ' ' <<<"$output")" == *"verdict: ACCEPT: accepted with the root certificates given with --trust; read the warnings "* ]]
	[[ "$output" == *"warning trust-replaced:"* ]]
}

@test "the text can be pasted into a ticket: file, hash, time, program, anchors, what was left out" {
	make
	evaluate "$pki/delivery.pem"
	[[ "$output" == *"file         $pki/delivery.pem"$'\n'"             PEM, "*" bytes, 3 certificates"* ]]
	[[ "$output" == *"SHA-256      $(sha256sum <"$pki/delivery.pem" | cut -d' ' -f1)"* ]]
	[[ "$output" == *"for $AT (UTC) by kvkcsr $("$KVKCSR" --version | sed -n '1s/kvkcsr //p')"* ]]
	[[ "$output" == *"roots        1 trusted root certificate, given with --trust"* ]]
	[[ "$output" == *"not evaluated  15: "*$'\n'"               25, 26: "* ]]
}

@test "a failure shows what was found and wanted, the portal's own sentence and a hint" {
	make --no-client-auth
	evaluate "$pki/delivery.pem"
	[ "$status" -eq 2 ]
	[[ "$output" == *"FAILED  19 no-client-auth: your certificate; the portal would show this first"* ]]
	[[ "$output" == *"    found   purposes in the extended key usage: serverAuth"* ]]
	[[ "$output" == *'    wanted  the purpose "client authentication" (clientAuth, 1.3.6.1.5.5.7.3.2)'* ]]
	[[ "$output" == *"    portal  The certificate does not contain the client authentication extension"* ]]
	[[ "$output" == *'    hint    order a certificate with the purpose "client authentication"'* ]]
	grep -qx 'verdict: REJECT: "The certificate does not contain the client authentication' <<<"$output"
}

@test "JSON has the members of the manual in their order, and one finding a rule" {
	make --expired --no-client-auth
	evaluate --json "$pki/delivery.pem"
	[ "$status" -eq 2 ]
	[ "$(field 'keys_unsorted[0:10]')" = '["schema","file","at","verdict","messages","first","findings","warnings","certificate","path"]' ]
	[ "$(field '[.schema, .verdict, .messages, .first]')" = '[1,"reject",[5,6,19],5]' ]
	[ "$(field '[.findings[].number] == [range(1;34)]')" = true ]
	[ "$(field '.findings[0] | keys_unsorted')" = '["number","id","result","why","reason","where","found","wanted","portal","hint","assumed"]' ]
	[ "$(field '.findings[4] | [.id, .result, .why, .reason, .where]')" = '["expired","fail",null,"EXPIRED","leaf"]' ]
	[ "$(field '[.findings[] | select(.result == "skipped" or .result == "unknown") | .why | length > 0] | all')" = true ]
	[ "$(field '.certificate.subject.O')" = '"Voorbeeld B.V."' ]
	[ "$(field '.certificate.kvk_number')" = '"68750110"' ]
	[ "$(field '[.path[].source]')" = '["upload","upload","upload","store"]' ]
	[ "$(field '.at')" = "\"$AT\"" ]
}

@test "what people do to a file by mistake is told in words, where Java only says that it cannot read it" {
	make
	cd "$pki"
	# told FILE MESSAGE WORDS: what was found
	told() {
		evaluate --json "$1"
		[ "$(field .messages)" = "[$2]" ]
		[[ "$(field ".findings[$(($2 - 1))].found")" == *"$3"* ]]
	}
	tr -d '\n' <leaf.pem >line.pem
	told line.pem 3 'text on the same line as BEGIN or END'
	{ cat delivery.pem; echo '-----------'; } >dashes.pem
	told dashes.pem 3 'begins with five dashes, which only BEGIN and END lines may'
	{ printf '\xff\xfe'; sed 's/./&\x00/g; s/$/\x00/' leaf.pem; } >wide.pem
	told wide.pem 18 'UTF-16'
	{ printf '\xef\xbb\xbf'; cat delivery.pem; } >bom.pem
	told bom.pem 3 'byte order mark'
	openssl req -new -key leaf.key -subj /CN=x -out request.pem
	told request.pem 18 'request (CSR): it goes to the TSP'
	openssl x509 -in leaf.pem -outform DER | openssl base64 >bare.pem
	told bare.pem 18 'base64 of a certificate: the BEGIN and END lines are missing'
	head -c 900 leaf.pem >cut.pem
	told cut.pem 3 'the END line is missing'
	: >empty.pem
	told empty.pem 18 'file is empty'
}

@test "long warnings are broken, and stand below one another" {
	make --tsp-no-key-usage --tsp-no-ski
	evaluate "$pki/delivery.pem"
	[[ "$output" == *$'\n'"warning rfc5280-form: "*$'\n    hint  '* ]]
	run ! grep -E '^.{81}' <<<"$(grep -v / <<<"$output")"
}

@test "JSON stays English whatever the language" {
	make --wildcard
	LANGUAGE=nl LC_ALL=nl_NL.UTF-8 evaluate --json "$pki/delivery.pem"
	[[ "$(field '.findings[30].hint')" == *"order a certificate for one domain name"* ]]
}

@test "a CA that is not valid is named as such" {
	make --intermediate-expired
	evaluate --json "$pki/delivery.pem"
	[ "$(field '.findings[4] | [.result, .where]')" = '["fail","ca[2]"]' ]
}

@test "without a usable CRL it is message 2, unknown, exit 3" {
	make
	run "$KVKCSR" verify --json --offline --at "$AT" --trust "$pki/root.pem" --kvk 68750110 "$pki/delivery.pem"
	[ "$status" -eq 3 ]
	[ "$(field '[.verdict, .messages, .first]')" = '["undetermined",[2],2]' ]
	[ "$(field '.findings[1] | [.result, .why, .reason]')" = '["unknown","no-crl","UNDETERMINED_REVOCATION_STATUS"]' ]
	# where they can be had, for those that are missing
	[[ "$(field '.findings[1].wanted')" == *"the lists from http://crl.practice.example/g4-root.crl, http://crl.practice.example/g4-intermediate.crl, http://crl.practice.example/g4-tsp.crl"* ]]
	make --no-tsp-crl
	evaluate --json "$pki/delivery.pem"
	[[ "$(field '.findings[1].wanted')" == *'the lists from http://crl.practice.example/g4-intermediate.crl"' ]]
}

@test "a --crl that holds something else cannot be used" {
	make
	run "$KVKCSR" verify --json --at "$AT" --trust "$pki/root.pem" --crl "$pki/root.pem" "$pki/delivery.pem"
	[ "$status" -eq 3 ]
	[ "$(field .messages)" = '[2]' ]
}

@test "--no-revocation leaves 2 and 28 out, and says so" {
	make --revoked
	evaluate --json --no-revocation "$pki/delivery.pem"
	[ "$status" -eq 1 ]
	[ "$(field '[.findings[1,27] | .result, .why]')" = '["skipped","switched-off","skipped","switched-off"]' ]
	[ "$(field '[.warnings[].id] | index("revocation-not-checked") != null')" = true ]
}

@test "DER CRLs and a DER upload do as well" {
	make
	openssl x509 -in "$pki/leaf.pem" -outform DER -out "$pki/leaf.der"
	csplit -s -z -f "$pki/crl" "$pki/crls.pem" '/BEGIN X509 CRL/' '{*}'
	for each in "$pki"/crl0?; do
		openssl crl -in "$each" -outform DER -out "$each.der"
	done
	run "$KVKCSR" verify --verbose --at "$AT" --trust "$pki/root.pem" --chain "$pki/chain.pem" --crl "$pki/crl00.der" \
		--crl "$pki/crl01.der" --crl "$pki/crl02.der" "$pki/leaf.der"
	[ "$status" -eq 1 ]
	[[ "$output" == *"(issuing CA, given with --chain)"* ]]
}

@test "without --trust the practice root is not trusted, nor is a forged one" {
	make --with-root
	run "$KVKCSR" verify --json --at "$AT" --crl "$pki/crls.pem" --kvk 68750110 "$pki/delivery.pem"
	[ "$status" -eq 2 ]
	[ "$(field '.messages')" = '[22,29]' ]
	[ "$(field '[.findings[1,27] | .why]')" = '["needs-path","needs-path"]' ]
}

@test "several files: one line of JSON each, in order, and the gravest exit code" {
	make --no-crl
	cp "$pki/delivery.pem" "$BATS_TEST_TMPDIR/one.pem"
	make --wildcard
	evaluate --json "$BATS_TEST_TMPDIR/one.pem" "$pki/delivery.pem" "$BATS_TEST_TMPDIR/one.pem"
	[ "$status" -eq 2 ]
	[ "${#lines[@]}" -eq 3 ]
	[ "$(printf '%s\n' "$output" | jq -c '[.file, (.messages | index(31) != null)]' | tr '\n' ' ')" = \
		"[\"$BATS_TEST_TMPDIR/one.pem\",false] [\"$pki/delivery.pem\",true] [\"$BATS_TEST_TMPDIR/one.pem\",false] " ]
}

@test "a folder stands for the certificate files below it, in the order of their names" {
	make --wildcard
	mkdir -p "$BATS_TEST_TMPDIR/many/below"
	cp "$pki/delivery.pem" "$BATS_TEST_TMPDIR/many/b.pem"
	cp "$pki/delivery.pem" "$BATS_TEST_TMPDIR/many/below/c.CRT"
	cp "$pki/leaf.key" "$BATS_TEST_TMPDIR/many/a.key"
	make
	cp "$pki/delivery.pem" "$BATS_TEST_TMPDIR/many/a.pem"
	evaluate --json "$BATS_TEST_TMPDIR/many"
	[ "$status" -eq 2 ]
	[ "$(printf '%s\n' "$output" | jq -r .file | sed "s|$BATS_TEST_TMPDIR/many/||" | tr '\n' ' ')" = "a.pem b.pem below/c.CRT " ]
	[ -z "$stderr" ]
	evaluate "$BATS_TEST_TMPDIR/many"
	[[ "$stderr" == *"1 file was passed over"*"end in .pem"* ]]
	mkdir "$BATS_TEST_TMPDIR/none"
	evaluate "$BATS_TEST_TMPDIR/none"
	[ "$status" -eq 3 ]
	[[ "$stderr" == *"none"* ]]
}

@test "several threads write what one does, in the same order" {
	mkdir "$BATS_TEST_TMPDIR/many"
	for fault in wildcard no-client-auth revoked expired no-ski; do
		make "--$fault"
		for i in 1 2 3 4 5 6 7 8 9; do
			cp "$pki/delivery.pem" "$BATS_TEST_TMPDIR/many/$i-$fault.pem"
		done
		rm "$BATS_TEST_TMPDIR/many/5-$fault.pem"
		mkfifo "$BATS_TEST_TMPDIR/many/5-$fault.pem"
		ln -sf /nonexistent "$BATS_TEST_TMPDIR/many/4-$fault.pem"
	done
	files=("$BATS_TEST_TMPDIR"/many/*)
	evaluate --json "${files[@]}"
	[ "$status" -eq 2 ]
	one=$output one_error=$stderr
	[ "$(printf '%s\n' "$one" | wc -l)" -eq 45 ]
	for jobs in 2 3 64; do
		evaluate --json -j "$jobs" "${files[@]}"
		[ "$status" -eq 2 ]
		[ "$output" = "$one" ]
		[ "$stderr" = "$one_error" ]
	done
}

@test "a file that cannot be opened is 3, and the others are evaluated" {
	make
	evaluate "$BATS_TEST_TMPDIR/none.pem" "$pki/delivery.pem"
	[ "$status" -eq 3 ]
	[[ "$output" == *"verdict: ACCEPT"* && "$output" != *"none.pem"* ]]
	[[ "$stderr" == *"none.pem"* ]]
}

@test "with --json there is a document for a file that cannot be opened too, in its place" {
	make
	mkfifo "$BATS_TEST_TMPDIR/pipe.pem"
	for jobs in 1 3; do
		evaluate --json -j "$jobs" "$BATS_TEST_TMPDIR/none.pem" "$pki/delivery.pem" \
			"$BATS_TEST_TMPDIR/pipe.pem"
		[ "$status" -eq 3 ]
		[ "$(field .verdict | xargs)" = "undetermined accept undetermined" ]
		[ "$(field '.file | sub(".*/"; "")' | xargs)" = "none.pem delivery.pem pipe.pem" ]
		[ "$(field 'has("error")' | xargs)" = "true false true" ]
		[[ "$stderr" == *"none.pem"*"pipe.pem"* ]]
	done
	evaluate --json "$BATS_TEST_TMPDIR/none.pem"
	[ "$status" -eq 3 ]
	[ "${#lines[@]}" -gt 1 ]
	[ "$(field '[keys_unsorted[0], .at, .messages, .first, .certificate, .path, .file_sha256]')" = \
		'["schema","2026-11-22T12:00:00Z",[],null,null,[],null]' ]
	[ "$(field '[.findings[] | [.result, .why]] | unique')" = '[["skipped","needs-file"]]' ]
	[ "$(field '.findings | length')" = 33 ]
	[[ "$(field .error)" == *"none.pem"*"not found"* ]]
	[ "$(field '[.offline, .revocation, .wanted]')" = '[false,[],[]]' ]
}

@test "how long it is still valid, or was, is said in words that fit the number" {
	make --days 365
	while read -r at words; do
		run "$KVKCSR" verify --at "$at" --trust "$pki/root.pem" "$pki/delivery.pem"
		[[ "$output" == *"valid until  22 November 2027 ($words)"* ]]
	done <<-END
		2027-11-20T10:59:59Z in 2 days
		2027-11-21T10:59:59Z in 1 day
		2027-11-22T10:59:59Z in less than a day
		2027-11-22T11:00:00Z less than a day ago
		2027-11-24T10:59:59Z 2 days ago
	END
}

@test "what is too large or too many is told with the limit" {
	make
	big="$BATS_TEST_TMPDIR/big.pem"
	{ cat "$pki/delivery.pem"; head -c 1048576 /dev/zero | tr '\0' '\n'; } >"$big"
	crl="$BATS_TEST_TMPDIR/crl.pem"
	{ grep -m 1 BEGIN "$pki/crls.pem"; head -c 4194305 /dev/zero | tr '\0' '\n'; } >"$crl"
	for options in "$big" "--chain $big $pki/leaf.pem" "--trust $big $pki/leaf.pem" \
		"--uploaded $big $pki/leaf.pem" "--ocsp $big $pki/leaf.pem"; do
		run "$KVKCSR" verify --at "$AT" $options
		[ "$status" -eq 3 ]
		[[ "$output" == *"big.pem' is larger than 1 MiB"* ]]
	done
	run "$KVKCSR" show "$big"
	[[ "$output" == *"big.pem' is larger than 1 MiB"* ]]
	run "$KVKCSR" verify --at "$AT" --crl "$crl" "$pki/leaf.pem"
	[[ "$output" == *"crl.pem' is larger than 4 MiB"* ]]
	run "$KVKCSR" show "$crl"
	[[ "$output" == *"crl.pem' is larger than 4 MiB"* ]]
	for _ in {1..65}; do cat "$pki/leaf.pem"; done >"$big"
	run "$KVKCSR" verify --at "$AT" --chain "$big" "$pki/leaf.pem"
	[ "$status" -eq 3 ]
	[[ "$output" == *"big.pem' there are more than 64 of them"* ]]
	# A root with too many extensions may be the one that is lacking.
	{
		printf '%s\n' '[req]' 'distinguished_name = dn' 'x509_extensions = many' '[dn]' '[many]'
		printf '1.2.3.%d = DER:0500\n' {1..513}
	} >"$BATS_TEST_TMPDIR/many.cnf"
	openssl req -x509 -newkey ed25519 -nodes -keyout /dev/null -subj /CN=root -config "$BATS_TEST_TMPDIR/many.cnf" -out "$big" 2>/dev/null
	run --separate-stderr "$KVKCSR" verify --json --offline --at "$AT" --trust "$big" "$pki/delivery.pem"
	[ "$status" -eq 3 ]
	[ "$(field '[.findings[21] | .result, .why]')" = '["unknown","limit"]' ]
	[ "$(field '[.verdict, .messages]')" = '["undetermined",[]]' ]
}

@test "what is given beside it and cannot be opened: 3, and nothing is evaluated" {
	make
	for option in --crl --ocsp --chain --trust --uploaded --key --csr; do
		run --separate-stderr "$KVKCSR" verify "$option" "$BATS_TEST_TMPDIR/none" "$pki/delivery.pem"
		[ "$status" -eq 3 ]
		[ -z "$output" ]
		[[ "$stderr" == *"none"* ]]
	done
}

@test "numbers, parties and options that make no sense are usage errors" {
	make
	for wrong in "--kvk 6875011" "--kvk 6875011X" "--oin 00000001823288444" "--party other" "--at yesterday" \
		"--kvk 68750110 --oin 00000003695990840000" "--no-such-option" "--json --json" \
		"--offline --refresh"; do
		# shellcheck disable=SC2086 # several words
		run "$KVKCSR" verify $wrong "$pki/delivery.pem"
		[ "$status" -eq 64 ]
	done
	run "$KVKCSR" verify
	[ "$status" -eq 64 ]
}

@test "standard input has no name; another ending is warned about with the name to give it" {
	make
	cp "$pki/delivery.pem" "$BATS_TEST_TMPDIR/delivery.txt"
	evaluate --json "$BATS_TEST_TMPDIR/delivery.txt"
	[[ "$(field '.warnings[] | select(.id == "file-name-ending") | .text')" == *"'delivery.pem'"* ]]
	evaluate --json - <"$BATS_TEST_TMPDIR/delivery.txt"
	[ "$status" -eq 1 ]
	[ "$(field '[.file, ([.warnings[].id] | index("file-name-ending"))]')" = '["-",null]' ]
}

@test "--key and --csr: the right one changes nothing, another makes 2 whatever the portal says" {
	make
	evaluate --key "$pki/leaf.key" "$pki/delivery.pem"
	[ "$status" -eq 1 ]
	[[ $stderr != *"other users can read"* ]]
	chmod 644 "$pki/leaf.key"
	evaluate --key "$pki/leaf.key" "$pki/delivery.pem"
	[ "$status" -eq 1 ]
	[[ "$(tr -s '\n ' ' ' <<<"$stderr")" == *"advice: key: other users can read the private key '$pki/leaf.key'; run chmod 600 on it"* ]]
	openssl req -new -key "$pki/leaf.key" -subj /CN=x -out "$pki/own.csr"
	evaluate --csr "$pki/own.csr" "$pki/delivery.pem"
	[ "$status" -eq 1 ]
	openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$pki/other.key"
	evaluate --json --key "$pki/other.key" "$pki/delivery.pem"
	[ "$status" -eq 2 ]
	[ "$(field '[.verdict, .messages, .first]')" = '["reject",[],null]' ]
	[ "$(field '.warnings[] | select(.id == "key-mismatch") | .text')" = '"the certificate does not match the private key that you supplied"' ]
	# beside a message of the portal it is said too, and what to do is not about the message
	run "$KVKCSR" verify --offline --at "$AT" --crl "$pki/crls.pem" --key "$pki/other.key" "$pki/delivery.pem"
	[ "$status" -eq 2 ]
	[[ "$(tr -s ' \n' ' ' <<<"$output")" == *"it also does not belong to your key"*"next ask the TSP which request it used"* ]]
	openssl req -new -key "$pki/other.key" -subj /CN=x -out "$pki/other.csr"
	evaluate --csr "$pki/other.csr" "$pki/delivery.pem"
	[ "$status" -eq 2 ]
	[[ "$output" == *$'\n''verdict: UNUSABLE: it does not belong to your key'* ]]
	[[ "$output" != *REJECT* ]]
	# both may be given, where they belong together
	evaluate --key "$pki/leaf.key" --csr "$pki/own.csr" "$pki/delivery.pem"
	[ "$status" -eq 1 ]
	[[ "$output" == *"changed by the TSP, compared with the request:"* ]]
	evaluate --key "$pki/leaf.key" --csr "$pki/other.csr" "$pki/delivery.pem"
	[ "$status" -eq 64 ]
	[ -z "$output" ]
	[[ "$stderr" == *"the request is for another key"* ]]
	evaluate --csr "$pki/delivery.pem" "$pki/delivery.pem"
	[ "$status" -eq 3 ]
	[[ "$stderr" == *"contains no certificate request (CSR)"* ]]
}

@test "--csr shows field by field what the TSP made of the request" {
	make
	openssl req -new -key "$pki/leaf.key" -subj "/C=NL/O=Voorbeeld BV/L=Utrecht/CN=api.example.nl" \
		-addext subjectAltName=DNS:api.example.nl,DNS:www.example.nl -out "$pki/own.csr"
	evaluate --json --csr "$pki/own.csr" "$pki/delivery.pem"
	[ "$status" -eq 1 ]
	[ "$(field '[.changes[] | [.field, .asked, .got]]')" = '[["O","Voorbeeld BV","Voorbeeld B.V."],["L","Utrecht",""],["organizationIdentifier","","NTRNL-68750110"],["serialNumber","","00000003687501100000"],["subjectAltName","api.example.nl, www.example.nl","api.example.nl"]]' ]
	evaluate --csr "$pki/own.csr" "$pki/delivery.pem"
	table=${output#*compared with the request:}
	grep -qE '^ +requested +received$' <<<"$table"
	grep -qE '^ +L +Utrecht +\(nothing\)$' <<<"$table"
	grep -qE '^ +organizationIdentifier +\(nothing\) +NTRNL-68750110$' <<<"$table"
	run "$KVKCSR" verify --offline --at "$AT" --trust "$pki/root.pem" --crl "$pki/crls.pem" --csr "$pki/own.csr" "$pki/delivery.pem"
	text=$(tr -s '\n ' ' ' <<<"$output")
	[[ "$text" == *"L: requested 'Utrecht', not received"*"organizationIdentifier: not requested, received 'NTRNL-68750110'"* ]]
	evaluate --json "$pki/delivery.pem"
	[ "$(field .changes)" = null ]
}

@test "--uploaded compares the certificate, not the file" {
	make
	openssl x509 -in "$pki/leaf.pem" -outform DER -out "$pki/leaf.der"
	evaluate --json --uploaded "$pki/leaf.der" "$pki/delivery.pem"
	[ "$(field .messages)" = '[15]' ]
	cp "$pki/leaf.der" "$BATS_TEST_TMPDIR/old.der"
	make
	evaluate --json --uploaded "$BATS_TEST_TMPDIR/old.der" "$pki/delivery.pem"
	[ "$(field .messages)" = '[]' ]
	[ "$(field '.findings[14].result')" = '"pass"' ]
}

@test "what the inventory says was uploaded counts too" {
	make
	"$KVKCSR" track --name api "$pki/delivery.pem"
	evaluate --json "$pki/delivery.pem"
	[ "$(field '.findings[14].result')" = '"pass"' ]
	"$KVKCSR" uploaded api
	evaluate --json "$pki/delivery.pem"
	[ "$(field .messages)" = '[15]' ]
}

@test "a certificate cannot forge a line, move the cursor or hide what stands beside it" {
	make --organisation $'X\nverdict: ACCEPT\r\x1b[2J\xe2\x80\xaeY' --no-client-auth \
		--domain $'a\nverdict: ACCEPT: the portal would accept it'
	evaluate --all "$pki/delivery.pem"
	[ "$status" -eq 2 ]
	[ "$(printf '%s\n' "$output" | grep -c '^verdict:')" -eq 1 ]
	[[ "$(grep '^verdict:' <<<"$output")" == verdict:\ REJECT* ]]
	[ "$(printf '%s' "$output" | LC_ALL=C tr -d '\n\40-\176')" = "" ]
	evaluate --json "$pki/delivery.pem"
	[ "$(printf '%s' "$output" | LC_ALL=C tr -d '\n\40-\176')" = "" ]
	[ "$(field '.certificate.subject.O | test("ACCEPT")')" = true ]
	[ "$(field '[.warnings[].id] | index("risky-name") != null')" = true ]
}

@test "so cannot the name of a file" {
	make
	name=$'x\nverdict: ACCEPT\x1b[2J.pem'
	cp "$pki/delivery.pem" "$BATS_TEST_TMPDIR/$name"
	evaluate "$BATS_TEST_TMPDIR/$name"
	[ "$(printf '%s\n' "$output" | grep -c '^verdict:')" -eq 1 ]
	evaluate --crl "$BATS_TEST_TMPDIR/$name.none" "$pki/delivery.pem"
	[ "$status" -eq 3 ]
	[ "$(printf '%s\n' "$stderr" | wc -l)" -eq 1 ]
}

@test "a private key in the file is warned about and never shown" {
	make --key-first
	evaluate "$pki/delivery.pem"
	[ "$status" -eq 2 ]
	[[ "$output" == *"warning private-key-in-file:"* ]]
	[[ "$(tr -s '\n ' ' ' <<<"$output")" == *" next "*"if anyone else has seen the key, order a new certificate with a new key"* ]]
	secret=$(sed -n 2p "$pki/leaf.key")
	[[ "$output" != *"$secret"* ]]
	evaluate --json "$pki/delivery.pem"
	[ "$(field .messages)" = '[3]' ]
	[[ "$output" != *"$secret"* ]]
}

@test "a result that cannot be written is 3" {
	make
	run bash -c '"$KVKCSR" verify "$1" >/dev/full' - "$pki/delivery.pem"
	[ "$status" -eq 3 ]
}

@test "a configuration that cannot be used is 78" {
	make
	echo 'no_such_setting = 1;' >"$BATS_TEST_TMPDIR/bad.cfg"
	evaluate --config "$BATS_TEST_TMPDIR/bad.cfg" "$pki/delivery.pem"
	[ "$status" -eq 78 ]
}

@test "what a reading decides is assumed, and a refusal for that alone is probable" {
	make --no-ski
	evaluate --json "$pki/delivery.pem"
	[ "$status" -eq 2 ]
	[ "$(field '[.verdict, .first]')" = '["reject",16]' ]
	[ "$(field '[.findings[] | select(.assumed) | .number]')" = '[16]' ]
	[ "$(field '[.findings[] | select(has("assumed"))] | length')" = 33 ]
	evaluate "$pki/delivery.pem"
	[ "$status" -eq 2 ]
	[[ "$output" == *"verdict: REJECT, probably: "*"costs nothing"* ]]
	[[ "$output" == *"assumed "*"kvkcsr explain 16"* ]]
	make --no-ski --no-client-auth
	evaluate "$pki/delivery.pem"
	[[ "$output" == *"verdict: REJECT: "* ]]
}

@test "an OIN that is not made from a KVK number: who it is for decides" {
	make --oin 00000001823288444000
	evaluate --json "$pki/delivery.pem"
	[ "$status" -eq 3 ]
	[ "$(field '[.verdict, .messages, .findings[13].result, .findings[13].why]')" = \
		'["undetermined",[],"unknown","needs-party"]' ]
	[[ "$(field '.findings[13].hint')" == *"--party government"* ]]
	evaluate "$pki/delivery.pem"
	hints=$(grep '^    hint ' <<<"$output")
	[[ "${hints%%$'\n'*}" == *"--party government"* ]]
	run "$KVKCSR" verify --json --at "$AT" --trust "$pki/root.pem" --crl "$pki/crls.pem" "$pki/delivery.pem"
	[ "$(field '[.verdict, .findings[13].why]')" = '["undetermined","needs-party"]' ]
	evaluate --party market --json "$pki/delivery.pem"
	[ "$(field '[.verdict, .messages, .findings[13].assumed]')" = '["reject",[14],true]' ]
	evaluate --party government --oin 00000001823288444000 --json "$pki/delivery.pem"
	[ "$(field '[.verdict, .messages]')" = '["accept",[]]' ]
}

@test "without a number nothing was compared, and that is said" {
	make
	run "$KVKCSR" verify --at "$AT" --trust "$pki/root.pem" --crl "$pki/crls.pem" "$pki/delivery.pem"
	[ "$status" -eq 1 ]
	[[ "$output" == *"warning account-unknown: "* ]]
	[[ "$(tr -s ' \n' ' ' <<<"$output")" == *"verdict: ACCEPT: no objection found with the root certificates given with --trust; your KVK number was not compared"*"next add --kvk NUMBER"*"run the command again without --trust"* ]]
	evaluate "$pki/delivery.pem"
	[[ "$output" != *account-unknown* ]]
}

@test "a number of another register was not compared either, and the warning says which one to add" {
	make --oin 00000001823288444000
	evaluate --party government "$pki/delivery.pem"
	[ "$status" -eq 1 ]
	[[ "$output" == *"warning account-unknown: "*"    hint  add --oin NUMBER"* ]]
	[[ "$(tr -s ' \n' ' ' <<<"$output")" == *"verdict: ACCEPT: no objection found with the root certificates given with --trust; your OIN was not compared"* ]]
	make
	run "$KVKCSR" verify --at "$AT" --trust "$pki/root.pem" --crl "$pki/crls.pem" --party market \
		--oin 00000001823288444000 "$pki/delivery.pem"
	[ "$status" -eq 1 ]
	[[ "$output" == *"warning account-unknown: "*"    hint  add --kvk NUMBER"* ]]
}

@test "beside a revocation that is open the verdict names what fails" {
	make --no-ski
	run --separate-stderr "$KVKCSR" verify --at "$AT" --trust "$pki/root.pem" --kvk 68750110 "$pki/delivery.pem"
	[ "$status" -eq 2 ]
	[[ "$(tr -s ' \n' ' ' <<<"$output")" == *'OPEN "'*'" (message 2): '* ]]
	[[ "$(tr -s ' \n' ' ' <<<"$output")" == *'verdict: REJECT, probably: "'*'" (message 16), but KVK does not publish this rule.'* ]]
}

@test "outside its period it is 5 or 24, with the sentence that may come instead, and one remedy" {
	make --expired
	evaluate "$pki/delivery.pem"
	[ "$(grep -c '^FAILED' <<<"$output")" = 1 ]
	[[ "$output" == *"FAILED   5 expired"*"    or      The certificate is outside its validity period. (message 6)"* ]]
	evaluate --json "$pki/delivery.pem"
	[ "$(field .messages)" = '[5,6]' ]
	[ "$(field '.findings[4].hint == .findings[5].hint')" = true ]
}

@test "a new certificate for a key that was uploaded before is taken, with a warning" {
	make --days 100
	cp "$pki/leaf.pem" "$BATS_TEST_TMPDIR/before.pem"
	make --days 200
	evaluate --json --uploaded "$BATS_TEST_TMPDIR/before.pem" "$pki/delivery.pem"
	[ "$status" -eq 1 ]
	[ "$(field .messages)" = '[]' ]
	[ "$(field '[.warnings[].id] | index("key-reused") != null')" = true ]
	evaluate --json --uploaded "$pki/leaf.pem" "$pki/delivery.pem"
	[ "$(field .messages)" = '[15]' ]
	[ "$(field '[.warnings[].id] | index("key-reused") != null')" = false ]
}

@test "--all shows the passed rules one by one" {
	make
	evaluate --all "$pki/delivery.pem"
	[ "$(printf '%s\n' "$output" | grep -c '^passed  ')" -eq 28 ]
	[[ "$output" == *"passed  19 no-client-auth"* ]]
}

@test "the real CA certificates and the TRIAL delivery are recognised" {
	data="$top_srcdir/../shared/data"
	[ -d "$data/trial" ] || skip "the folder with real certificates is not here"
	crls=()
	for each in "$data"/trial/*.crl; do crls+=(--crl "$each"); done
	run "$KVKCSR" verify --json --at 2026-11-22T14:00:00Z --trust "$data/trial/TRIALPKIoverheidG4RootPrivGTLS2024.pem" \
		--chain "$data/trial/TRIALPKIoverheidG4IntmPrivGTLSSYS2024.pem" \
		--chain "$data/trial/TRIALMyTSPG4PKIoPrivGTLSSYS2025.pem" "${crls[@]}" \
		"$data/trial/G4-Private-G-TLS-SYS-withOIN.pem"
	[ "$status" -eq 2 ]
	[ "$(field .messages)" = '[11]' ]
	[ "$(field '[.warnings[].id] | index("trial-name") != null')" = true ]
	run "$KVKCSR" verify --json --at 2026-11-22T14:00:00Z "$data/pkio-ca/g4-3.pem"
	[ "$status" -eq 2 ]
	[ "$(field .messages)" = '[13,21]' ]
}

# request: a dossier of the home for api.example.nl, and its request in DER
request() {
	"$KVKCSR" new api.example.nl --domain api.example.nl --organisation "Voorbeeld B.V." \
		--key-bits 2048 "$@" </dev/null >/dev/null 2>&1
	openssl req -in "$KVKCSR_HOME/dossiers/api.example.nl/request.pem" -outform DER \
		-out "$BATS_TEST_TMPDIR/request.der"
}

# plain [OPTION]... FILE: without a number
plain() {
	run --separate-stderr "$KVKCSR" verify --verbose --at "$AT" --trust "$pki/root.pem" --crl "$pki/crls.pem" "$@"
}

@test "what is not given is taken from the dossier that has the key, and the options win" {
	request --kvk 68750110
	make --csr "$BATS_TEST_TMPDIR/request.der"
	sed -i 's/68750110/90001354/' "$KVKCSR_HOME/dossiers/api.example.nl/answers.cfg"
	plain "$pki/delivery.pem"
	[ "$status" -eq 2 ]
	[[ "$output" == *"KVK number   90001354"*"from the dossier 'api.example.nl', whose request has the key"*"what the request asked for"* ]]
	plain --json "$pki/delivery.pem"
	[ "$(field '[.messages, (.changes | type)]')" = '[[14],"array"]' ]
	evaluate --party market "$pki/delivery.pem"
	[[ "$output" == *"verdict: ACCEPT"* ]]
	[[ "$output" != *"the dossier 'api"* ]]
	[[ "$output" != *account-unknown* ]]
}

@test "a certificate with the name of a dossier and another key is told as with --key" {
	request --kvk 68750110
	make --domain api.example.nl
	plain --json "$pki/delivery.pem"
	[ "$status" -eq 2 ]
	[ "$(field '[.verdict, .messages]')" = '["reject",[]]' ]
	plain "$pki/delivery.pem"
	[[ "$output" == *"key-mismatch: "*"the dossier"* ]]
	evaluate --json --key "$pki/leaf.key" "$pki/delivery.pem"
	[ "$(field .verdict)" = '"accept"' ]
	make --domain www.example.nl
	plain --json "$pki/delivery.pem"
	[ "$(field .verdict)" = '"accept"' ]
}

@test "without a dossier the account is that of the configuration" {
	make
	printf 'account: { kvk = "90001354"; party = "market"; };\n' >"$BATS_TEST_TMPDIR/k.cfg"
	chmod 600 "$BATS_TEST_TMPDIR/k.cfg"
	plain --config "$BATS_TEST_TMPDIR/k.cfg" "$pki/delivery.pem"
	[ "$status" -eq 2 ]
	[[ "$output" == *"FAILED  14 "* ]]
	[[ "$output" == *"KVK number   90001354"*"from the configuration"* ]]
	evaluate --config "$BATS_TEST_TMPDIR/k.cfg" "$pki/delivery.pem"
	[[ "$output" == *"verdict: ACCEPT"* ]]
	for wrong in 'kvk = "6875011"' 'kvk = 68750110' 'oin = "123"' 'party = "someone"'; do
		printf 'account: { %s; };\n' "$wrong" >"$BATS_TEST_TMPDIR/k.cfg"
		plain --config "$BATS_TEST_TMPDIR/k.cfg" "$pki/delivery.pem"
		[ "$status" -eq 78 ]
		[[ "$stderr" == *account* || "$stderr" == *kvk* ]]
	done
}
