#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# kvkcsr new: key, request and dossier, read by other programs.

bats_require_minimum_version 1.5.0

setup() {
	cd "$BATS_TEST_TMPDIR" || return 1
	export KVKCSR_HOME=$PWD/home
	basic=(--domain api.voorbeeld.nl --kvk 68750110 --organisation 'Voorbeeld B.V.')
	ec=("${basic[@]}" --key-type ecdsa)
}

# Runs `new` off a terminal.
new() { "$KVKCSR" new "$@" </dev/null; }

# What two other programs say of a request.
good_request() {
	run -0 openssl req -verify -noout -in "$1"
	[[ $output == *'verify OK'* ]] || return 1
	run -0 certtool --crq-info --infile "$1"
	[[ $output == *'Self signature: verified'* ]]
}

same_key() {
	[ "$(openssl pkey -in "$1" -pubout)" = "$(openssl req -in "$2" -noout -pubkey)" ]
}

# The one RSA key of these tests, because making one takes long, in bad luck very long.
setup_file() {
	openssl genrsa -out "$BATS_FILE_TMPDIR/rsa.pem" 2048 2>/dev/null
}
rsa_key() { key=$BATS_FILE_TMPDIR/rsa.pem; }

# Nothing of a dossier, whole or half.
nothing_made() { [ -z "$(find . -name '*.pem' -o -name '.new-*' -o -name answers.cfg)" ]; }

refused() {
	code=$1 word=$2
	shift 2
	run -"$code" new "$@"
	[[ $output == *"$word"* ]] || { echo "no '$word' in: $output"; return 1; }
	nothing_made
}

@test "a dossier in home: files, modes, inventory" {
	umask 0
	run -0 --separate-stderr new "${ec[@]}"
	[[ $stderr == *'advice: key-type: '* ]]
	d=home/dossiers/api.voorbeeld.nl
	[ "$(stat -c %a "$d" "$d/key.pem")" = $'700\n600' ]
	same_key "$d/key.pem" "$d/request.pem"
	good_request "$d/request.pem"
	run -0 "$KVKCSR" status --json
	[[ $output == *api.voorbeeld.nl* ]]
}

@test "the result: PEM, next steps with the 20 digits, backup, answer file" {
	run -0 --separate-stderr new "${ec[@]}" --out d
	printf '%s\n' "$output" >result
	[ "${lines[0]}" = "-----BEGIN CERTIFICATE REQUEST-----" ]
	[[ $output == *"1. ask for KVK's authorisation now"*'OIN or HRN  00000003687501100000'* ]]
	[[ $output == *backup* ]]
	[[ $output == *"$PWD/d/key.pem"* ]]
	[[ $output == *answers.cfg* ]]
	sed -n '/BEGIN/,/END/p' result | diff - d/request.pem
	run ! grep -q 'PRIVATE KEY' result
}

@test "every type, size and signature" {
	rsa_key
	# The default is the one size of RSA that is made here.
	new "${basic[@]}" --out pkcs1 >/dev/null
	good_request pkcs1/request.pem
	same_key pkcs1/key.pem pkcs1/request.pem
	run -0 openssl req -in pkcs1/request.pem -noout -text
	[[ $output == *"(3072 bit)"*'sha256WithRSAEncryption'* ]]
	new "${basic[@]}" --key "$key" --signature pss --out pss >/dev/null
	good_request pss/request.pem
	run -0 openssl req -in pss/request.pem -noout -text
	[[ $output == *rsaEncryption*"(2048 bit)"*rsassaPss*sha512*sha512*'Salt Length: 0x40'* ]]
	for bits in 256 384; do
		new "${ec[@]}" --key-bits $bits --out "ecdsa-$bits" >/dev/null
		good_request "ecdsa-$bits/request.pem"
		same_key "ecdsa-$bits/key.pem" "ecdsa-$bits/request.pem"
		run -0 openssl req -in "ecdsa-$bits/request.pem" -noout -text
		[[ $output == *"($bits bit)"*"ecdsa-with-SHA$bits"* ]]
	done
}

@test "subject and extensions" {
	new "${ec[@]}" --out d >/dev/null
	run -0 openssl req -in d/request.pem -noout -subject -nameopt RFC2253
	[[ $output == *'CN=api.voorbeeld.nl,serialNumber=00000003687501100000,organizationIdentifier=NTRNL-68750110,O=Voorbeeld B.V.,C=NL' ]]
	run -0 openssl req -in d/request.pem -noout -text
	[[ $output == *'TLS Web Client Authentication, TLS Web Server Authentication'* ]]
	[[ $output == *'DNS:api.voorbeeld.nl'* ]]
	new "${ec[@]}" --client-only --out e >/dev/null
	run -0 openssl req -in e/request.pem -noout -text
	[[ $output == *'TLS Web Client Authentication'* ]]
	[[ $output != *'Server Authentication'* ]]
}

@test "changes to what was typed are shown" {
	run -0 --separate-stderr new "${ec[@]:2}" --domain https://API.voorbeeld.nl/pad --dry-run
	[[ $stderr == *"'https://API.voorbeeld.nl/pad' is used as 'api.voorbeeld.nl'"* ]]
}

@test "wrong answers name field and rule, and nothing is made" {
	refused 64 'domain' --kvk 68750110 --organisation X
	refused 64 'kvk' --domain a.nl --organisation X
	refused 64 'organisation' --domain a.nl --kvk 68750110
	refused 64 'domain: ' --domain '*.a.nl' --kvk 68750110 --organisation X
	refused 64 'kvk: ' --domain a.nl --kvk 6875011 --organisation X
	refused 64 '11-test' --domain a.nl --oin 00000001820029337000 --organisation X
	refused 64 'key-bits: ' "${basic[@]}" --tsp kpn --key-bits 3072
	refused 64 'key-type: ' "${basic[@]}" --tsp digicert --key-type ecdsa
	refused 64 'key-bits: ' "${basic[@]}" --key-bits 1024
	refused 64 'signature: ' "${ec[@]}" --signature pss
	refused 64 'unit: ' "${ec[@]}" --unit Afdeling
	refused 64 'oin: ' "${ec[@]}" --oin 00000003687501110000
	refused 64 'oin: ' "${ec[@]}" --oin 00000099123456789000
	refused 64 'name: ' ../x "${ec[@]}"
	refused 64 'pass-fd: ' "${ec[@]}" --pass-fd 3 --pass-file x
	refused 64 'pass-file: ' "${ec[@]}" --encrypt-key
	refused 64 'out: ' "${ec[@]}" --out home/x
	refused 64 'domain: ' --domain api.voorbeeld.test --kvk 68750110 --organisation X
	refused 64 '' "${ec[@]}" --password geheim
	refused 64 'tsp: ' "${ec[@]}" --tsp quovadis
}

@test "advice leaves the exit at 0" {
	run -0 --separate-stderr new "${basic[@]}" --key-bits 2048 --dry-run
	[[ $stderr == *'key-bits: '*3072* ]]
	run -0 --separate-stderr new "${ec[@]}" --dry-run
	[[ $stderr == *'key-type: '*RSA* ]]
	run -0 --separate-stderr new "${basic[@]}" --party government --dry-run
	[[ $(tr -s " \n" " " <<<"$stderr") == *"made from the KVK number"* ]]
}

@test "kpn: nearest size, and the place" {
	run -0 --separate-stderr new "${basic[@]}" --tsp kpn --locality Utrecht --state Utrecht --dry-run --json
	printf '%s' "$output" | jq -e '.schema == 1 and .key.bits == 4096 and .subject.L == "Utrecht"
		and .subject.ST == "Utrecht" and .result == "dry-run"'
	run -0 --separate-stderr new "${basic[@]}" --locality Utrecht --dry-run --json
	printf '%s' "$output" | jq -e '.key.bits == 3072 and (.subject | has("L") | not)'
}

@test "--dry-run makes nothing, not even home" {
	run -0 new "${basic[@]}" --dry-run
	[[ $output == *serialNumber*digitalSignature* ]]
	[ ! -e home ]
	nothing_made
}

# A dry run says what the real run says, and neither makes anything.
refused_dry() {
	code=$1
	shift
	before=$(find . | sort)
	run -"$code" new "$@" --dry-run
	dry=$output
	[ "$before" = "$(find . | sort)" ]
	run -"$code" new "$@"
	[ "$output" = "$dry" ] || { echo "dry: $dry; real: $output"; return 1; }
	[[ $output != *'BEGIN CERT'* ]]
}

@test "--dry-run looks at the place, as the real run does" {
	new "${ec[@]}" >/dev/null
	refused_dry 73 "${ec[@]}"
	refused_dry 73 api.voorbeeld.nl --domain b.nl "${ec[@]:2}"
	mv home/dossiers/api.voorbeeld.nl moved
	refused_dry 73 "${ec[@]}"
	mkdir home/dossiers/left
	refused_dry 73 left "${ec[@]}"
	refused_dry 73 "${ec[@]}" --out moved
	refused_dry 64 "${ec[@]}" --out home/x
	echo file >file
	refused_dry 73 "${ec[@]}" --out file
	refused_dry 73 "${ec[@]}" --out file/below
	refused_dry 73 other "${ec[@]}" --home file/below
	openssl req -in moved/request.pem -out good.csr
	refused_dry 73 left --csr good.csr
	mkdir -m 777 open
	run -73 new "${ec[@]}" --out open --dry-run
	[[ $output == *"'$PWD/open': must be owned by you"* ]]
	run -73 new "${ec[@]}" --out open/x --dry-run
	[[ $output == *"'$PWD/open': must be owned by you"* ]]
	chmod 777 home
	refused_dry 3 new.nl "${ec[@]}"
	[ -z "$(ls -A open)" ]
}

@test "--json: one document, with the request, without the key" {
	run -0 --separate-stderr new "${ec[@]}" --json
	printf '%s' "$output" >result
	jq -e '.schema == 1 and .result == "made" and .entry == "api.voorbeeld.nl"' result
	jq -j .request result | diff - home/dossiers/api.voorbeeld.nl/request.pem
	[ "$(jq -r 'keys_unsorted[0]' result)" = schema ]
	run ! grep -q PRIVATE result
}

@test "nothing is overwritten" {
	new "${ec[@]}" >/dev/null
	before=$(cat home/dossiers/api.voorbeeld.nl/*)
	run -73 new "${ec[@]}"
	[ "$before" = "$(cat home/dossiers/api.voorbeeld.nl/*)" ]
	for name in key.pem request.pem certificate.pem; do
		mkdir "out-$name"
		echo mine >"out-$name/$name"
		run -73 new "${ec[@]}" --out "out-$name"
		[[ $output == *"$name"* ]]
		[ "$(ls -A "out-$name")" = "$name" ]
		[ "$(cat "out-$name/$name")" = mine ]
	done
	mkdir links
	ln -s /nonexistent/key links/key.pem
	run -73 new "${ec[@]}" --out links
	[ ! -e links/request.pem ]
}

@test "a domain that has an entry is 73 off a terminal, under any name, before anything is made" {
	new "${ec[@]}" >/dev/null
	for csr in "" made; do
		[ -z "$csr" ] || set -- --csr home/dossiers/api.voorbeeld.nl/request.pem
		[ -n "$csr" ] || set -- "${ec[@]}"
		run -73 --separate-stderr new again "$@"
		[[ $stderr == *"'api.voorbeeld.nl' already has an entry, 'api.voorbeeld.nl'"*"--out DIR"*"'kvkcsr untrack api.voorbeeld.nl'"*"'kvkcsr renew api.voorbeeld.nl'"* ]]
		[ -z "$output" ]
		[ "$(ls -A home/dossiers)" = api.voorbeeld.nl ]
	done
	run -0 new again "${ec[@]}" --out out
	run -0 new again "${ec[@]}" --dry-run
	"$KVKCSR" untrack api.voorbeeld.nl
	run -0 new again "${ec[@]}"
	# An inventory that does not know the domains yet: by the name of the entry.
	"$KVKCSR" untrack again
	new "${ec[@]}" >/dev/null
	sqlite3 home/inventory.db 'UPDATE entries SET cn = NULL'
	run -73 new again "${ec[@]}"
}

@test "a domain whose certificate is tracked, or whose dossier has another name, has an entry" {
	"$top_builddir/tests/mkpki" pki --domain b.voorbeeld.nl
	"$KVKCSR" track --name site pki/leaf.pem
	run -73 new --domain b.voorbeeld.nl --kvk 68750110 --organisation X --key-type ecdsa
	[[ $output == *"'b.voorbeeld.nl' already has an entry, 'site'"* ]]
	new mine "${ec[@]}" >/dev/null
	run -73 new "${ec[@]}"
	[[ $output == *"'api.voorbeeld.nl' already has an entry, 'mine'"* ]]
}

@test "of several at once for one domain, one is made and the others are 73" {
	for i in 1 2 3 4 5 6; do
		(code=0; new "n$i" "${ec[@]}" >/dev/null 2>&1 || code=$?; echo $code >"code-$i") &
	done
	wait
	[ "$(cat code-* | sort -n | xargs)" = '0 73 73 73 73 73' ]
	[ "$(ls -A home/dossiers | wc -l)" = 1 ]
}

@test "of several at once under one name, one is made and the others are 73" {
	for i in 1 2 3 4 5 6; do
		(code=0; new "${ec[@]}" >/dev/null 2>&1 || code=$?; echo $code >"code-$i") &
	done
	wait
	[ "$(cat code-* | sort -n | xargs)" = '0 73 73 73 73 73' ]
	same_key home/dossiers/api.voorbeeld.nl/key.pem home/dossiers/api.voorbeeld.nl/request.pem
	[ "$(ls -A home/dossiers)" = api.voorbeeld.nl ]
}

@test "keys that killed runs left behind go with the next run" {
	mkdir -p home/dossiers/.new-a1B2c3 home/dossiers/.new-d4E5f6 out/.new-a1B2c3 out/made/.new-a1B2c3
	chmod 700 home out/made
	touch home/dossiers/.new-a1B2c3/key.pem home/dossiers/.new-d4E5f6/{key,mine}.pem
	touch {out,out/made}/.new-a1B2c3/key.pem
	run -0 new "${ec[@]}"
	[ ! -e home/dossiers/.new-a1B2c3 ]
	[ -e home/dossiers/.new-d4E5f6/mine.pem ]
	run -0 new "${ec[@]}" --out out/made
	[ ! -e out/.new-a1B2c3 ]
	[ "$(ls -A out/made)" = $'answers.cfg\nkey.pem\nrequest.pem' ]
}

@test "a folder without an entry is left alone, and it is said what to do" {
	mkdir -p home/dossiers/api.voorbeeld.nl
	chmod 700 home
	echo key >home/dossiers/api.voorbeeld.nl/key.pem
	run -73 new "${ec[@]}"
	[[ $output == *'is not in the inventory'*'another NAME'* ]]
	[ "$(cat home/dossiers/api.voorbeeld.nl/key.pem)" = key ]
	run -0 new other "${ec[@]}"
	run -73 new other "${ec[@]}"
	[[ $output != *'is no entry'* ]]
}

@test "--practice takes what is worthless elsewhere" {
	run -0 new --domain api.voorbeeld.test --oin 00000099123456789000 --organisation X --practice --dry-run
	[[ $output == *00000099123456789000*api.voorbeeld.test* ]]
}

@test "--out: made 0700, no inventory, names may repeat" {
	umask 0
	new x "${ec[@]}" --out a/b >/dev/null
	new x "${ec[@]}" --out c >/dev/null
	[ "$(stat -c %a a/b c a/b/key.pem)" = $'700\n700\n600' ]
	[ ! -e home ]
	mkdir -m 777 open
	run -73 new "${ec[@]}" --out open
	[ -z "$(ls -A open)" ]
	echo file >file
	run -73 new "${ec[@]}" --out file
	run -73 new "${ec[@]}" --out file/below
	[ "$(cat file)" = file ]
}

@test "--out below a folder that everybody may change is refused" {
	mkdir -m 777 open
	refused 73 'open' --domain api.voorbeeld.nl --kvk 68750110 --organisation V --out open/x
	chmod 1777 open
	run -0 new "${ec[@]}" --out open/x
}

@test "the answer file repeats the run" {
	new --domain api.voorbeeld.nl --kvk 68750110 --organisation 'Café "De\Kroeg"' --key-type ecdsa \
			--client-only --out a >/dev/null
	new --answers a/answers.cfg --out b >/dev/null
	diff a/answers.cfg b/answers.cfg
	[ "$(openssl req -in a/request.pem -noout -subject)" = "$(openssl req -in b/request.pem -noout -subject)" ]
	run ! diff -q a/key.pem b/key.pem
	# Options win over the file.
	run -0 --separate-stderr new --answers a/answers.cfg --domain b.nl --dry-run --json
	printf '%s' "$output" | jq -e '.subject.CN == "b.nl"'
}

@test "answer files that are wrong" {
	printf 'domain = "a.nl"; kvk = 68750110; organisation = "X";' >a.cfg
	refused 64 quotes --answers a.cfg
	printf '\xef\xbb\xbfdomain = "a.nl"; kvk = "68750110"; organisation = "X"; key-type = "ecdsa";' >a.cfg
	run -0 new --answers a.cfg --out bom
	rm -r bom
	printf 'domein = "a.nl";' >a.cfg
	refused 64 domain --answers a.cfg
	refused 3 nonexistent --answers nonexistent
	mkfifo pipe
	run -3 timeout 10 "$KVKCSR" new --answers pipe </dev/null
	printf '@include "/etc/passwd"\n' >a.cfg
	refused 64 include --answers a.cfg
}

@test "encrypted keys open with the passphrase only" {
	printf 'het geheim\nsecond line\n' >pass
	new "${ec[@]}" --encrypt-key --pass-file pass --out a >/dev/null
	grep -q 'BEGIN ENCRYPTED PRIVATE KEY' a/key.pem
	grep -qF "pass-file = \"$PWD/pass\";" a/answers.cfg
	run ! openssl pkey -in a/key.pem -noout -passin pass:wrong
	openssl pkey -in a/key.pem -noout -passin 'pass:het geheim'
	certtool --key-info --infile a/key.pem --password 'het geheim' >/dev/null
	openssl asn1parse -in a/key.pem | grep -q aes-256-cbc
	new "${ec[@]}" --encrypt-key --pass-fd 7 --out b 7<pass >/dev/null
	openssl pkey -in b/key.pem -noout -passin 'pass:het geheim'
	run ! grep -rq 'het geheim' a b
	: >empty
	run -64 new "${ec[@]}" --encrypt-key --pass-file empty --out c
	run -3 new "${ec[@]}" --encrypt-key --pass-file nonexistent --out c
	run -3 new "${ec[@]}" --encrypt-key --pass-fd 8 --out c 8<&-
	[ ! -e c ]
}

@test "an existing key" {
	rsa_key
	new "${basic[@]}" --key "$key" --out a >/dev/null
	same_key "$key" a/request.pem
	grep -qF "key = \"$key\";" a/answers.cfg
	same_key a/key.pem a/request.pem
	[ "$(stat -c %a a/key.pem)" = 600 ]
	run -64 new "${basic[@]}" --key "$key" --key-bits 4096 --out b
	run -64 new "${basic[@]}" --key "$key" --key-type ecdsa --out b
	run -3 new "${basic[@]}" --key nonexistent --out b
	echo nothing >nothing
	run -3 new "${basic[@]}" --key nothing --out b
	[[ $output == *'contains no private key'* ]]
	openssl genrsa -out weak.pem 1024 2>/dev/null
	run -64 new "${basic[@]}" --key weak.pem --out b
	[[ $output == *'key: '*2048* ]]
	[ ! -e b ]
	# An encrypted key stays encrypted.
	openssl pkcs8 -topk8 -in "$key" -out encrypted.pem -passout pass:geheim
	run -64 new "${basic[@]}" --key encrypted.pem --out b
	printf wrong >pass
	run -64 new "${basic[@]}" --key encrypted.pem --pass-file pass --out b
	printf geheim >pass
	new "${basic[@]}" --key encrypted.pem --pass-file pass --out b >/dev/null
	grep -q 'BEGIN ENCRYPTED' b/key.pem
	openssl pkey -in b/key.pem -noout -passin pass:geheim
}

@test "a key in a token never becomes a file" {
	command -v softhsm2-util >/dev/null || skip 'softhsm2-util is missing'
	module=$(find /usr/lib -name libsofthsm2.so | head -1)
	[ -n "$module" ] || skip 'the module of SoftHSM is missing'
	mkdir tokens
	echo "directories.tokendir = $PWD/tokens" >softhsm2.conf
	export SOFTHSM2_CONF=$PWD/softhsm2.conf
	softhsm2-util --init-token --free --label test --so-pin 1234 --pin 5678 >/dev/null
	p11tool --list-tokens 2>/dev/null | grep -q 'Label: test' || skip 'p11-kit does not load SoftHSM'
	GNUTLS_PIN=5678 p11tool --login --generate-privkey ECDSA --bits 256 --label k --outfile /dev/null \
		'pkcs11:token=test' >/dev/null 2>&1
	printf 5678 >pin
	new "${ec[@]:0:6}" --key 'pkcs11:token=test;object=k;type=private' --pass-file pin --out a >out
	good_request a/request.pem
	[ ! -e a/key.pem ]
	grep -q 'pkcs11:token=test' out
	# Without its PIN, and with another.
	run -64 new "${ec[@]:0:6}" --key 'pkcs11:token=test;object=k;type=private' --out b
	[[ $output == *'the token requires a PIN'* ]]
	printf 0000 >pin
	run -64 new "${ec[@]:0:6}" --key 'pkcs11:token=test;object=k;type=private' --pass-file pin --out b
	[[ $output == *'the token does not accept this PIN'* ]]
	run -0 talk "${ec[@]:0:6}" --party market --tsp generic --out b \
		--key 'pkcs11:token=test;object=k;type=private' <<-'EOF'
		? PIN of the token:
		> 5678
		? now?
		>
	EOF
	[[ $output != *5678* ]]
	good_request b/request.pem
	# One that is created there; of its name there is only one, and a wrong PIN creates none.
	made='pkcs11:token=test;object=made%20here;type=private'
	run -64 new "${ec[@]:0:6}" --key "$made" --generate --key-type ecdsa --pass-file pin --out c
	[[ $output == *'the token does not accept this PIN'* ]]
	printf 5678 >pin
	new "${ec[@]:0:6}" --key "$made" --generate --key-type ecdsa --pass-file pin --out c >out
	good_request c/request.pem
	[ ! -e c/key.pem ]
	openssl req -in c/request.pem -noout -text | grep -q 'NIST CURVE: P-256'
	run -73 new "${ec[@]:0:6}" --key "$made" --generate --key-type ecdsa --pass-file pin --out d
	[[ $output == *'already has a key of that name'* ]]
	run -64 new "${ec[@]:0:6}" --key 'pkcs11:token=test' --generate --pass-file pin --out d
	[[ $output == *"'object=NAME'"* ]]
	run -64 new "${ec[@]:0:6}" --key 'pkcs11:object=zz' --generate --pass-file pin --out d
	[[ $output == *"'token=NAME'"* ]]
	softhsm2-util --init-token --free --label second --so-pin 1234 --pin 5678 >/dev/null
	run -64 new "${ec[@]:0:6}" --key 'pkcs11:object=k' --pass-file pin --out d
	[[ $output == *"several tokens"* ]]
	[ ! -e d ]
}

@test "a PIN in the URI of a token is refused, and repeated nowhere" {
	run -64 new "${basic[@]}" --key 'pkcs11:token=test;object=k?pin-value=56781234' --out a
	[[ $output == *'key: '*'--pass-file'* && $output != *56781234* ]]
	echo 'key = "pkcs11:token=test?pin-value=56781234";' >key.cfg
	run -64 new "${basic[@]}" --answers key.cfg --dry-run
	[[ $output == *'key: '*'--pass-file'* && $output != *56781234* ]]
	[ ! -e a ]
}

@test "--like takes the fields of an old certificate, not its key" {
	new --domain oud.voorbeeld.nl --kvk 68750110 --organisation 'Café B.V.' --key-type ecdsa --out old >/dev/null
	openssl req -x509 -in old/request.pem -key old/key.pem -days 10 -out old.pem -copy_extensions copy
	new --like old.pem --key-type ecdsa --out again >/dev/null
	[ "$(openssl req -in old/request.pem -noout -subject)" = "$(openssl req -in again/request.pem -noout -subject)" ]
	run ! diff -q old/key.pem again/key.pem
	run -0 --separate-stderr new --like old.pem --domain nieuw.voorbeeld.nl --kvk 12345678 --dry-run --json
	printf '%s' "$output" | jq -e '.subject.CN == "nieuw.voorbeeld.nl" and .subject.O == "Café B.V."
		and .subject.serialNumber == "00000003123456780000"'
	run -3 new --like old/key.pem --dry-run
	run -3 new --like nonexistent --dry-run
}

@test "--csr evaluates and files a request made elsewhere" {
	rsa_key
	openssl req -new -key "$key" -subj '/C=NL/O=Voorbeeld B.V./serialNumber=00000003687501100000/CN=api.voorbeeld.nl' \
		-addext extendedKeyUsage=clientAuth,serverAuth -addext subjectAltName=DNS:api.voorbeeld.nl \
		-addext keyUsage=digitalSignature,keyEncipherment -out good.csr
	run -0 new --csr good.csr --kvk 68750110 --json
	d=home/dossiers/api.voorbeeld.nl
	[ "$(ls $d)" = $'answers.cfg\nrequest.pem' ]
	diff <(openssl req -in good.csr -outform der | sha256sum) <(openssl req -in $d/request.pem -outform der | sha256sum)
	run -73 new --csr good.csr
	openssl req -in good.csr -outform der -out good.der
	run -0 new --csr good.der --out der
	run -2 new --csr good.csr --kvk 12345678 --out x
	run -2 new --csr good.csr --domain www.voorbeeld.nl --out x
	run -64 new --csr good.csr --key "$key" --out x
	run -64 new --csr good.csr --kvk 1 --out x
	run -3 new --csr nonexistent --out x
	run -2 new --csr "$key" --out x
	[ ! -e x ]
}

@test "--csr refuses what the portal or the TSP would refuse" {
	rsa_key
	asked() { openssl req -new -key "$key" -out x.csr "$@"; }
	subject='/C=NL/O=X/serialNumber=00000003687501100000/CN=api.voorbeeld.nl'
	asked -subj "$subject" -addext extendedKeyUsage=serverAuth
	refused_request 'client authentication'
	asked -subj '/C=NL/O=X/CN=*.voorbeeld.nl'
	refused_request wildcard
	asked -subj '/C=NL/O=X/serialNumber=687501100000/CN=api.voorbeeld.nl'
	refused_request '20 digits'
	asked -subj "$subject" -addext basicConstraints=critical,CA:TRUE
	refused_request CA
	asked -subj "$subject" -sha1
	refused_request SHA-1
	asked -subj "$subject"
	run -0 new --csr x.csr --tsp kpn --out kpn
	openssl ecparam -genkey -name prime256v1 -noout -out ec.pem
	openssl req -new -key ec.pem -subj "$subject" -out x.csr
	run -2 new --csr x.csr --tsp digicert --out y
	openssl req -in x.csr -outform der | head -c 100 >x.der
	run -2 new --csr x.der --out y
	[ ! -e y ]
}

refused_request() {
	run -2 new --csr x.csr --out x
	[[ $output == *"$1"* ]] || { echo "no '$1' in: $output"; return 1; }
	[ ! -e x ]
}

@test "a full disk of the terminal is exit 3" {
	run -3 bash -c '"$KVKCSR" new "$@" </dev/null >/dev/full' _ "${ec[@]}" --out d
	[ -e d/key.pem ]
}

@test "off a terminal nothing is asked" {
	run -64 timeout 10 "$KVKCSR" new </dev/null
	run -64 timeout 10 bash -c 'yes | "$KVKCSR" new'
	nothing_made
}

# --- the dialogue -------------------------------------------------------------------------------------------------------

talk_with() {
	cat >script
	"$top_builddir/tests/cmd/talk" script "$@"
}

talk() {
	talk_with "$KVKCSR" new "$@"
}

@test "the dialogue asks, checks at once, confirms, and makes" {
	run -0 talk <<-'EOF'
		? market or government
		>
		? KVK number, 8 digits:
		> 1234
		? a KVK number has 8 digits
		? KVK number, 8 digits:
		> 68750110
		? Name of the organisation:
		>
		? An answer is required.
		? Name of the organisation:
		> Voorbeeld B.V.
		? Host name:
		> *.voorbeeld.nl
		? wildcard
		? Host name:
		> https://API.voorbeeld.nl/
		? is used as 'api.voorbeeld.nl'
		? TSP [generic]:
		> nobody
		? there is no TSP 'nobody'
		> generic
		? Keep these choices?
		> n
		? Generation
		>
		? Key type
		> ecdsa
		? Size in bits [
		> 384
		? Clients only?
		> y
		? passphrase? [y/N]
		> n
		? ECDSA P-384
		? Create the key and the request now?
		> y
		? BEGIN CERTIFICATE REQUEST
	EOF
	# what it made of an answer is said once
	[[ ${output#*is used as} != *"is used as"* ]]
	d=home/dossiers/api.voorbeeld.nl
	good_request $d/request.pem
	run -0 openssl req -in $d/request.pem -noout -text
	[[ $output == *'(384 bit)'* ]]
	[[ $output != *'Server Authentication'* ]]
}

@test "the dialogue asks only what was not given" {
	run -0 talk "${ec[@]}" --party market --tsp generic --generation g4 --key-bits 256 --signature pkcs1 <<-'EOF'
		? Keep these choices?
		>
		? passphrase? [y/N]
		>
		? Create the key and the request now?
		>
		? END CERTIFICATE REQUEST
	EOF
	[[ $output != *'Host name:'* ]]
	[ -e home/dossiers/api.voorbeeld.nl/key.pem ]
}

@test "the dialogue says at once that the domain has an entry, and asks whether to go on" {
	new "${ec[@]}" >/dev/null
	run -64 talk --party market --kvk 68750110 --organisation X <<-'EOF'
		? Host name:
		> api.voorbeeld.nl
		? already has an entry
		? Create another request? [y/N]:
		>
		? cancelled; no key or request was created
	EOF
	[[ $output != *'TSP ['* ]]
	# Before the first question, there is a word about renewals.
	[[ $(tr -s '\r\n ' ' ' <<<"${output%%market or government*}") == *"run 'kvkcsr renew NAME' instead"* ]]
	# So where its name was given.
	run -64 talk api.voorbeeld.nl <<-'EOF'
		? already has an entry
		? Create another request? [y/N]:
		>
		? cancelled; no key or request was created
	EOF
	[[ $output != *'market or government'* ]]
	[ "$(ls -A home/dossiers)" = api.voorbeeld.nl ]
	# Where the domain was given, before the first question; the new entry gets a name of its own.
	run -0 talk "${ec[@]}" --tsp generic <<-'EOF'
		? 'api.voorbeeld.nl-2'
		? Create another request? [y/N]:
		> y
		? market or government
		>
		? Keep these choices?
		>
		? passphrase? [y/N]
		>
		? Create the key and the request now?
		> y
		? END CERTIFICATE REQUEST
	EOF
	[ "$(cd home/dossiers && echo *)" = "api.voorbeeld.nl api.voorbeeld.nl-2" ]
	run -0 talk mine --csr home/dossiers/api.voorbeeld.nl/request.pem <<-'EOF'
		? the entry 'mine'
		? Create another request? [y/N]:
		> y
		? END CERTIFICATE REQUEST
	EOF
	[ -e home/dossiers/mine/request.pem ]
}

@test "the dialogue stays out of the result" {
	TALK_STDOUT=$PWD/result run -0 talk "${ec[@]}" --party market --tsp generic --json <<-'EOF'
		? Keep these choices?
		>
		? [y/N]
		>
		? now?
		> y
	EOF
	jq -e '.result == "made"' result
}

@test "no, Ctrl-D and Ctrl-C make nothing" {
	all=("${ec[@]}" --party market --tsp generic)
	run -64 talk "${all[@]}" <<-'EOF'
		? Keep these choices?
		>
		? [y/N]
		> n
		? now?
		> n
		? Which one?
		>
		? cancelled; no key or request was created
	EOF
	[ -e home/inventory.db ]
	run -64 talk "${all[@]}" <<-'EOF'
		? Keep these choices?
		>
		? [y/N]
		> n
		? now?
		^ D
	EOF
	run -64 talk <<-'EOF'
		? market or government
		^ D
	EOF
	run -130 talk "${all[@]}" <<-'EOF'
		? Keep these choices?
		^ C
	EOF
	nothing_made
}

@test "Ctrl-C keeps the answers so far in a file, and says how to go on" {
	echo mine >answers.cfg
	for TERM in xterm dumb; do
		export TERM
		run -130 talk --home "$PWD/my home" --key-type ecdsa --key-bits 256 <<-'EOF'
			? market or government
			> overheid
			? OIN, 20 digits
			> 0000 0001 0032 1434 5000
			? Name of the organisation:
			> Gemeente "Voorbeeld"
			? Host name:
			= api.voor
			^ C
			? no key or request was created
			? --answers
		EOF
	done
	[ "$(cat answers.cfg)" = mine ]
	diff answers-2.cfg answers-3.cfg
	[ "$(stat -c %a answers-3.cfg)" = 600 ]
	[[ $(tr -d '\r' <<<"$output") == *$'\n'"  kvkcsr new --answers answers-3.cfg --home \"$PWD/my home\""* ]]
	TALK_STDOUT=$PWD/result run -0 talk --answers answers-3.cfg --dry-run --json <<-'EOF'
		? Host name:
		> api.voorbeeld.nl
		? TSP [generic]:
		>
		? Keep these choices?
		>
		? passphrase? [y/N]
		>
	EOF
	[ "$(jq -r '[.subject.O, .subject.serialNumber, .key.type] | @tsv' result)" = \
		$'Gemeente "Voorbeeld"\t00000001003214345000\tecdsa' ]
}

# edit KEYS...: types the keys as the name of the organisation and shows what the request has then.
edit() {
	local keys
	for keys; do printf '? Name of the organisation:\n= %s\\x0a\n' "$keys"; done >keys
	TALK_STDOUT=$PWD/result run -0 talk --party market --kvk 68750110 --domain api.voorbeeld.nl --tsp generic \
		--dry-run --json < <(cat keys; printf '%s\n' '? Keep these choices?' '>' '? [y/N]' '>')
	jq -r .subject.O result
}

@test "an answer can be edited while it is typed" {
	export TERM=xterm
	[ "$(edit 'Voorbeld\x1b[D\x1b[De')" = Voorbeeld ]
	[ "$(edit 'orbeeld\x1b[HVo\x1b[F B.V.')" = 'Voorbeeld B.V.' ]
	[ "$(edit 'orbeeld\x01Vo\x05\x1b[D\x1b[3~t')" = Voorbeelt ]
	# Backspace takes a whole character, in any locale.
	[ "$(edit 'Caf\xc3\xa9\x7fe\xcc\x81\x7f\x7f\xc3\xa9')" = 'Café' ]
	[ "$(LC_ALL=C edit 'Caf\xc3\xa9s\x1b[D\x7fe')" = Cafes ]
	# There is no history, and a terminal that libedit does not know is no reason to complain.
	[ "$(edit 'Voorbeeld\x1b[A')" = Voorbeeld ]
	TERM=no-such-terminal
	[ "$(edit 'Voorbeld\x1b[D\x1b[De'; grep -ci terminal <<<"$output")" = $'Voorbeeld\n0' ]
}

@test "a line that is too long or not text is asked for again, edited or plain" {
	long=$(printf 'x%.0s' {1..4000})
	for TERM in xterm dumb; do
		export TERM
		[ "$(edit 'Voor\xffbeeld' 'Voor\xc3(beeld' 'Voor\x00beeld' Voorbeeld)" = Voorbeeld ]
		[ "$(edit 'Voor\xffbeeld' Voorbeeld; grep -c 'not text' <<<"$output")" = $'Voorbeeld\n1' ]
	done
	# A terminal passes on at most 4095 octets of a line that is not edited.
	export TERM=xterm
	[ "$(edit "$long$long" Voorbeeld; grep -c 'too long' <<<"$output")" = $'Voorbeeld\n1' ]
}

@test "answers that are typed ahead are not lost" {
	TERM=xterm TALK_STDOUT=$PWD/result run -0 talk --party market --kvk 68750110 --tsp generic --dry-run --json <<-'EOF'
		? Name of the organisation:
		= Voorbeeld\x0aapi.voorbeeld.nl\x0a\x0a\x0a
	EOF
	[ "$(jq -r .subject.CN result)" = api.voorbeeld.nl ]
}

@test "nothing is edited where the terminal cannot do it" {
	for words in TERM=dumb TERM= '-u TERM'; do
		# shellcheck disable=SC2086 # words
		run -64 talk_with env $words "$KVKCSR" new --party market --kvk 68750110 <<-'EOF'
			? Name of the organisation:
			= Voorbeld\x1b[De\x0a
			? Name of the organisation:
			^ D
		EOF
		[[ $output == *'Voorbeld^[[De'* ]]
	done
}

@test "a passphrase is typed twice and not shown" {
	run -0 talk "${ec[@]}" --party market --tsp generic --encrypt-key <<-'EOF'
		? Keep these choices?
		>
		? now?
		>
		? Passphrase for the key
		> geheim-1
		? Passphrase again
		> geheim-2
		? passphrases differ
		? Passphrase for the key
		> geheim-3
		? Passphrase again
		> geheim-3
		? END CERTIFICATE REQUEST
	EOF
	[[ $output != *geheim* ]]
	openssl pkey -in home/dossiers/api.voorbeeld.nl/key.pem -noout -passin pass:geheim-3
}

@test "a terminal is left as it was after a signal at a question" {
	cat >run.sh <<-'EOF'
		trap : INT
		stty -a >before
		"$KVKCSR" new --party market --kvk 68750110
		code=$?
		stty -a >after
		echo "code is: $code"
	EOF
	cat >script <<-'EOF'
		? Name of the organisation:
		= Voor\x1b[D
		^ C
		? code is: 130
	EOF
	TERM=xterm run -0 "$top_builddir/tests/cmd/talk" script bash run.sh
	diff before after
	nothing_made
}

@test "a terminal is left as it was after Ctrl-C at the passphrase" {
	cat >run.sh <<-'EOF'
		trap : INT
		"$KVKCSR" new --domain a.nl --kvk 68750110 --organisation X --key-type ecdsa --party market \
			--tsp generic --encrypt-key
		stty -a | grep -ow -e '-echo' -e 'echo' | head -1 | sed 's/^/echo is: /'
	EOF
	cat >script <<-'EOF'
		? Keep these choices?
		>
		? now?
		>
		? Passphrase for the key
		^ C
		? echo is: echo
	EOF
	run -0 "$top_builddir/tests/cmd/talk" script bash run.sh
	nothing_made
}

@test "answers in any case, Dutch words, numbers as they are written; a number is no name; the OIN comes first" {
	run -0 talk --dry-run <<-'EOF'
		? market or government
		> Gemeente
		? oinregister.logius.nl
		? OIN, 20 digits
		> ?
		? For example 00000001003214345000
		? OIN, 20 digits
		> Gemeente Ede
		? 'Gemeente Ede': an OIN or HRN has 20 digits
		? OIN, 20 digits
		>
		? Use the KVK number? [y/N]:
		>
		? An OIN is required then.
		? OIN, 20 digits
		>
		? Use the KVK number? [y/N]:
		> ja
		? kvk.nl/zoeken
		? KVK number, 8 digits:
		> 6875.01 10
		? Name of the organisation:
		> 68750110
		? this is a number, not the name
		? Name of the organisation:
		> 1926
		? This is a number, not a name. Use it anyway? [y/N]:
		>
		? Name of the organisation:
		> Gemeente Voorbeeld
		? Host name:
		> api.voorbeeld.nl
		? TSP [generic]:
		> KPN
		? City (Enter to leave it out):
		> n
		? 'n' is not a city. Use it anyway? [y/N]:
		>
		? City (Enter to leave it out):
		> Utrecht
		? Province
		>
		? Keep these choices?
		> Ja
		? passphrase? [y/N]
		> ?
		? Answer y if the program
		? passphrase? [y/N]
		> nee
		? the province is not in the request
		? nothing was created
	EOF
	[[ $output == *"00000003687501100000"* ]]
}

@test "an OIN where the KVK number is asked is taken, for a government body" {
	run -0 talk --dry-run --organisation "Gemeente Voorbeeld" --domain api.voorbeeld.nl --tsp generic <<-'EOF'
		? market or government
		>
		? KVK number, 8 digits:
		> 0000 0001 8232 8844 4000
		? Is it for a government body? [y/N]:
		>
		? a number of 20 digits is an
		? KVK number, 8 digits:
		> 0000 0001 8232 8844 4000
		? Is it for a government body? [y/N]:
		> y
		? Keep these choices?
		>
		? passphrase? [y/N]
		>
		? nothing was created
	EOF
	[[ $output == *"00000001823288444000"* ]]
}

@test "the OIN of a government body makes nothing for a company, nor does ev for a government body" {
	oin=(--oin 00000001823288444000 --organisation 'Gemeente Ede' --domain api.ede.nl --tsp generic)
	run -64 "$KVKCSR" new "${oin[@]}" </dev/null
	[[ $output == *"add --party government; nothing was created"* ]]
	run -64 "$KVKCSR" new "${oin[@]}" --party government --generation ev </dev/null
	[[ $output == *"KVK accepts only PKIoverheid certificates"* ]]
	nothing_made
	run -0 talk "${oin[@]}" --generation ev --dry-run <<-'EOF'
		? Is it for a government body? [y/N]:
		> y
		? KVK accepts only PKIoverheid certificates
		? Technical choices: generation g4, an RSA key of 3072 bits
		>
		? passphrase? [y/N]
		>
		? not chosen yet
	EOF
	run -0 --separate-stderr "$KVKCSR" new "${ec[@]}" --generation ev --json </dev/null
	run -0 jq -r '.next_steps[0]' <<<"$output"
	[[ $output == "order an EV server certificate"* ]]
}

@test "messages on a terminal are broken at its width" {
	run -64 talk_with "$KVKCSR" track a b <<-'EOF'
		? at a time
		? lists its options
	EOF
	[ "${#lines[@]}" -eq 3 ]
	for line in "${lines[@]%$'\r'}"; do [ "${#line}" -le 80 ]; done
}

@test "n at the end asks which answer to change, and goes on from there" {
	run -0 talk "${ec[@]:0:6}" <<-'EOF'
		? market or government
		>
		? TSP [generic]
		>
		? Keep these choices?
		>
		? passphrase? [y/N]
		>
		? Create the key and the request now?
		> n
		? organisation
		? Which one?
		> nothing
		? no such answer
		? Which one?
		> Organisation
		? Name of the organisation
		> Andere Naam B.V.
		? Keep these choices?
		>
		? Andere Naam B.V.
		? Create the key and the request now?
		> y
		? END CERTIFICATE REQUEST
	EOF
	run -0 openssl req -in home/dossiers/api.voorbeeld.nl/request.pem -noout -subject
	[[ $output == *"Andere Naam B.V."* ]]
}
