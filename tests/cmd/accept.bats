#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# accept: a delivery comes into its dossier.

load helpers

now=2026-11-22T12:00:00Z

setup() {
	scratch
	"$KVKCSR" new api.example.nl --domain api.example.nl --kvk 68750110 \
		--organisation "Voorbeeld B.V." --key-bits 2048 </dev/null >/dev/null 2>&1
	folder=$dir/home/dossiers/api.example.nl
	openssl req -in "$folder/request.pem" -outform DER -out request.der
	pki pki --csr request.der
	evidence=(--at "$now" --trust pki/root.pem --crl pki/crls.pem)
}

teardown() {
	rm -rf "$dir"
}

accept() {
	"$KVKCSR" accept "${evidence[@]}" "$@"
}

# The fingerprints of the certificates of a PEM file, in order.
prints() {
	awk -v RS= -v n=0 '{ print }' "$1" | csplit -sz -f part - '/BEGIN CERT/' '{*}'
	for part in part*; do openssl x509 -in "$part" -noout -fingerprint -sha256; done
	rm -f part*
}

@test "a good delivery: three files, the exit of verify, and the next steps" {
	run accept api.example.nl pki/delivery.pem
	[ "$status" -eq 1 ]
	[[ "$output" == *"verdict: ACCEPT"* ]]
	[[ "$output" == *"This is practice"*"$folder/upload.pem"*"kvkcsr uploaded api.example.nl"* ]]
	[[ "$output" != *"for the portal"* ]]
	[ "$(prints "$folder/certificate.pem")" = "$(prints pki/leaf.pem)" ]
	[ "$(prints "$folder/chain.pem")" = "$(prints <(cat pki/tsp.pem pki/intermediate.pem))" ]
	cmp "$folder/upload.pem" <(cat "$folder/certificate.pem" "$folder/chain.pem")
	cmp "$folder"/received/*-delivery.pem pki/delivery.pem
	run "$KVKCSR" status --at "$now"
	[[ "$(tr -s ' \n' ' ' <<<"$output")" == *"practice, accepted with the root certificates given with --trust"* ]]
	[[ "$output" != *portal* ]]
	run "$KVKCSR" status --json
	[ "$(json '.entries[0] | [.stage, .action, .not_after] | join(" ")')" = "verified upload 2027-12-24T10:59:59Z" ]
}

@test "a configuration that cannot be used is 78, and nothing is taken" {
	echo 'net = { connect_timeout = "soon"; };' >bad.cfg
	run accept --config bad.cfg api.example.nl pki/delivery.pem
	[ "$status" -eq 78 ]
	[[ "$output" == *bad.cfg* ]]
	[ ! -e "$folder/upload.pem" ]
}

@test "what the TSP changed against the request is shown, the order of usages is no change" {
	run accept api.example.nl pki/delivery.pem
	[[ "$output" != *changed* ]]
	pki changed --csr request.der --san api.example.nl --san www.example.nl
	run "$KVKCSR" accept --at "$now" --trust changed/root.pem --crl changed/crls.pem api.example.nl \
		changed/delivery.pem --verbose
	[ "$status" -eq 1 ]
	[[ "$output" == *"changed by the TSP, compared with the request:"* ]]
	grep -qE '^ +subjectAltName +api\.example\.nl +api\.example\.nl, www\.example\.nl$' <<<"$output"
}

@test "upload.pem has leaf and issuing CAs in order, no root, no key, LF and 64 columns" {
	unix2dos() { sed 's/$/\r/'; }
	cat pki/root.pem pki/intermediate.pem pki/leaf.pem pki/tsp.pem | unix2dos >mixed.pem
	run accept api.example.nl mixed.pem
	[ "$status" -eq 1 ]
	run ! grep -q $'\r' "$folder/upload.pem"
	[ "$(grep -c BEGIN "$folder/upload.pem")" = 3 ]
	run ! grep -q KEY "$folder/upload.pem"
	[ "$(prints "$folder/upload.pem")" = "$(prints <(cat pki/leaf.pem pki/tsp.pem pki/intermediate.pem))" ]
	[ "$(awk '{ print length }' "$folder/upload.pem" | sort -nu | tail -1)" = 64 ]
	for pem in leaf tsp intermediate; do openssl x509 -in pki/$pem.pem; done >expected.pem
	cmp "$folder/upload.pem" expected.pem
}

@test "a root that is no anchor here is left out all the same" {
	pki ev --shape ev --csr request.der
	cat ev/delivery.pem ev/root.pem >all.pem
	echo 'trust: { system_store = "/nonexistent"; };' >none.cfg
	run "$KVKCSR" accept --config none.cfg --at $now --offline api.example.nl all.pem
	[ "$status" -eq 3 ]
	[ "$(prints "$folder/upload.pem")" = "$(prints <(cat ev/leaf.pem ev/tsp.pem ev/intermediate.pem))" ]
}

@test "keys stay as they are and keep their mode; what was received is private" {
	before=$(sha256sum "$folder/key.pem" "$folder/request.pem")
	umask 0
	run accept api.example.nl pki/delivery.pem
	[ "$(sha256sum "$folder/key.pem" "$folder/request.pem")" = "$before" ]
	[ "$(stat -c %a "$folder/key.pem")" = 600 ]
	[ "$(stat -c %a "$folder/received")" = 700 ]
	[ "$(stat -c %a "$folder"/received/*)" = 600 ]
	[ "$(stat -c %a "$folder/upload.pem")" = 644 ]
}

@test "a certificate for another key is 2, says both keys, and nothing is written" {
	pki other --days 365
	before=$(find home -type f -exec sha256sum {} + | sort)
	run --separate-stderr accept api.example.nl other/delivery.pem
	[ "$status" -eq 2 ]
	ours=$(openssl req -in "$folder/request.pem" -noout -pubkey | openssl pkey -pubin -outform DER | sha256sum | cut -c1-16)
	theirs=$(openssl x509 -in other/leaf.pem -noout -pubkey | openssl pkey -pubin -outform DER | sha256sum | cut -c1-16)
	[[ "$stderr" == *"$theirs"*"$ours"* ]]
	[ -z "$output" ]
	run --separate-stderr accept --json api.example.nl other/delivery.pem
	[ "$status" -eq 2 ]
	[ "$(json '[(keys_unsorted | .[0]), .name, .verdict, .fault, .spki_sha256[:16], .wanted_spki_sha256[:16]] | join(" ")')" \
		= "schema api.example.nl reject other-key $theirs $ours" ]
	[ "$(find home -type f -exec sha256sum {} + | sort)" = "$before" ]
}

@test "CA certificates alone are 2, and nothing is written" {
	run accept api.example.nl pki/chain.pem
	[ "$status" -eq 2 ]
	[[ "$output" == *"CA certificates only"* ]]
	run --separate-stderr accept --json api.example.nl pki/chain.pem
	[ "$status" -eq 2 ]
	[ "$(json '[.fault, .spki_sha256] | map(tostring) | join(" ")')" = "only-ca-certificates null" ]
	[ ! -e "$folder/received" ]
}

@test "leaf and chain in files of their own, in DER and PKCS#7" {
	openssl x509 -in pki/leaf.pem -outform DER -out leaf.cer
	openssl crl2pkcs7 -nocrl -certfile pki/chain.pem -outform DER -out chain.p7b
	run accept api.example.nl chain.p7b leaf.cer
	[ "$status" -eq 1 ]
	[ "$(prints "$folder/upload.pem")" = "$(prints <(cat pki/leaf.pem pki/tsp.pem pki/intermediate.pem))" ]
	cmp "$folder"/received/*-leaf.cer leaf.cer
	cmp "$folder"/received/*-chain.p7b chain.p7b
}

@test "--chain completes the upload and is not kept as received" {
	run accept --chain pki/chain.pem api.example.nl pki/leaf.pem
	[ "$status" -eq 1 ]
	[ "$(grep -c BEGIN "$folder/upload.pem")" = 3 ]
	[ "$(ls "$folder/received" | wc -l)" = 1 ]
}

@test "a delivery from standard input" {
	run accept api.example.nl - <pki/delivery.pem
	[ "$status" -eq 1 ]
	cmp "$folder"/received/*-stdin pki/delivery.pem
}

@test "what the portal would refuse is kept as received, and nothing else is written" {
	pki bad --csr request.der --no-client-auth
	run accept api.example.nl bad/delivery.pem
	[ "$status" -eq 2 ]
	[[ "$output" == *"19"*"received"* ]]
	cmp "$folder"/received/*-delivery.pem bad/delivery.pem
	[ ! -e "$folder/certificate.pem" ]
	[ ! -e "$folder/upload.pem" ]
	run "$KVKCSR" status --json
	[ "$(json '.entries[0].stage')" = requested ]
}

@test "status shows a delivery that was rejected, with its date and the next command" {
	pki bad --csr request.der --no-client-auth
	run -2 accept api.example.nl bad/delivery.pem
	run -0 "$KVKCSR" status --at 2026-11-25T00:00:00Z
	[[ "$output" == *requested*"delivery rejected"*"the delivery of 22 November 2026 was rejected"*"'kvkcsr accept api.example.nl FILE'"* ]]
	run -0 "$KVKCSR" check --at 2026-11-25T00:00:00Z --json
	[ "$(json '.entries[0] | [.state, .action, .delivery.result, .delivery.at] | join(" ")')" \
		= "requested repeat-delivery rejected 2026-11-22T12:00:00Z" ]
	sqlite3 home/inventory.db "UPDATE entries SET since = 1000 * strftime('%s', '2026-11-22T11:00:00Z')"
	run -1 "$KVKCSR" check --remember --at 2026-12-14T00:00:00Z
	[[ "$output" == "WARNING: api.example.nl: no certificate was accepted within 21 days"*"was rejected"* ]]
	run -1 accept api.example.nl pki/delivery.pem
	run "$KVKCSR" status --at 2026-11-25T00:00:00Z --json
	[ "$(json '.entries[0] | [.stage, .action, .delivery] | map(tostring) | join(" ")')" = "verified upload null" ]
}

@test "a rejected delivery shows beside the certificate in use, until the next one" {
	accept api.example.nl pki/delivery.pem || :
	"$KVKCSR" uploaded api.example.nl --at 2026-11-22T13:00:00Z
	pki bad --csr request.der --wildcard
	run -2 "$KVKCSR" accept --at 2026-11-23T12:00:00Z --trust pki/root.pem --crl pki/crls.pem api.example.nl bad/delivery.pem
	run -0 "$KVKCSR" status --at 2026-11-25T00:00:00Z
	[[ "$(tr -s ' \n' ' ' <<<"$output")" == *valid*"the delivery of 23 November 2026 was rejected; the earlier certificate is still in use"* ]]
	run -0 accept api.example.nl pki/delivery.pem
	run -0 "$KVKCSR" status --at 2026-11-25T00:00:00Z --json
	[ "$(json '.entries[0] | [.stage, .action, .delivery] | map(tostring) | join(" ")')" = "uploaded deploy null" ]
}

@test "what the portal refuses by a reading of ours only is there to be tried" {
	pki bad --csr request.der --no-ski
	run accept api.example.nl bad/delivery.pem
	[ "$status" -eq 2 ]
	[[ "$output" == *"verdict: REJECT, probably: "*"$folder/upload.pem"*"kvkcsr uploaded api.example.nl"* ]]
	[[ "$output" != *"kept in"* ]]
	[ -e "$folder/upload.pem" ]
	run "$KVKCSR" status --json
	[ "$(json '.entries[0] | [.stage, .action, .delivery.result] | join(" ")')" = "received check-delivery probably-rejected" ]
	run "$KVKCSR" status --at "$now"
	[[ "$(tr -s ' \n' ' ' <<<"$output")" == *"the portal would probably refuse the delivery of 22 November 2026, but trying"* ]]
	# again it is the same, with the same answer
	run accept api.example.nl bad/delivery.pem
	[ "$status" -eq 2 ]
	[[ "$output" == *"verdict: REJECT, probably: "* ]]
	run "$KVKCSR" accept --at $now --trust pki/root.pem api.example.nl bad/delivery.pem
	[ "$status" -eq 2 ]
	pki bad --csr request.der --no-aki
	run --separate-stderr accept --json api.example.nl bad/delivery.pem
	[ "$status" -eq 2 ]
	[ "$(json '[.verdict, .stored, .error] | map(tostring) | join(" ")')" = "reject true null" ]
	[ "$(json .files.upload)" = "$folder/upload.pem" ]
}

@test "a refused delivery leaves the one in force alone" {
	accept api.example.nl pki/delivery.pem || :
	before=$(sha256sum "$folder"/*.pem)
	pki bad --csr request.der --wildcard
	run accept api.example.nl bad/delivery.pem
	[ "$status" -eq 2 ]
	[ "$(sha256sum "$folder"/*.pem)" = "$before" ]
	[ ! -e "$folder/archive" ]
}

@test "the account of the dossier is evaluated: another KVK number is message 14" {
	sed -i 's/68750110/90001354/' "$folder/answers.cfg"
	run accept --json api.example.nl pki/delivery.pem
	[ "$status" -eq 2 ]
	[ "$(json '.messages | join(" ")')" = 14 ]
	[ ! -e "$folder/upload.pem" ]
}

@test "a dossier without a number is evaluated with that of the configuration" {
	sed -i '/^kvk = /d' "$folder/answers.cfg"
	echo 'account: { kvk = "90001354"; };' >account.cfg
	run accept --config account.cfg --json api.example.nl pki/delivery.pem
	[ "$status" -eq 2 ]
	[ "$(json '.messages | join(" ")')" = 14 ]
}

@test "the same delivery again is 0 and changes nothing" {
	accept api.example.nl pki/delivery.pem || :
	before=$(find "$folder" -type f -exec sha256sum {} + | sort)
	run accept api.example.nl pki/delivery.pem
	[ "$status" -eq 0 ]
	[[ "$output" == *"already"* ]]
	run --separate-stderr accept --json api.example.nl pki/delivery.pem
	[ "$status" -eq 0 ]
	[ "$(json '[.schema, .unchanged, .stage] | map(tostring) | join(" ")')" = "1 true verified" ]
	[ "$(find "$folder" -type f -exec sha256sum {} + | sort)" = "$before" ]
}

@test "a second delivery moves the first to archive/SERIAL" {
	pki first --csr request.der --now 2026-11-21T12:00:00Z
	accept api.example.nl first/delivery.pem || :
	cp "$folder/upload.pem" first.pem
	serial=$(openssl x509 -in first/leaf.pem -noout -serial | cut -d= -f2 | tr A-F a-f)
	run accept api.example.nl pki/delivery.pem
	[ "$status" -eq 1 ]
	cmp first.pem "$folder/archive/$serial/upload.pem"
	[ "$(prints "$folder/archive/$serial/certificate.pem")" = "$(prints first/leaf.pem)" ]
	[ -e "$folder/archive/$serial/chain.pem" ]
	[ "$(prints "$folder/certificate.pem")" = "$(prints pki/leaf.pem)" ]
	[ -z "$(find "$folder" -name '*.new' -o -name '*.tmp')" ]
	run "$KVKCSR" status --json
	[ "$(json '.entries[0].not_after')" = 2027-12-24T10:59:59Z ]
	# the earlier one does not take the place of the later one
	run --separate-stderr accept --json api.example.nl first/delivery.pem
	[ "$status" -eq 73 ]
	[ "$(json '.stored')" = false ]
	[[ "$(tr -s ' \n' ' ' <<<"$stderr")" == *"ends on 23 December 2027, earlier than the one in the dossier 'api.example.nl' (24 December 2027); the dossier was not changed"* ]]
	[ "$(prints "$folder/certificate.pem")" = "$(prints pki/leaf.pem)" ]
	mv "$folder/certificate.pem" later.pem
	run accept api.example.nl first/delivery.pem
	[ "$status" -eq 1 ]
	[ "$(prints "$folder/certificate.pem")" = "$(prints first/leaf.pem)" ]
}

@test "what was accepted with other roots, or before a list was there, is evaluated again" {
	accept api.example.nl pki/delivery.pem || :
	pki revoked --csr request.der --revoked
	run "$KVKCSR" accept --offline --at $now --trust pki/root.pem --crl revoked/crls.pem api.example.nl pki/delivery.pem
	[ "$status" -eq 2 ]
	[[ "$output" == *revoked* && "$output" != *already* ]]
	run accept api.example.nl pki/delivery.pem
	[ "$status" -eq 0 ]
	[[ "$output" == *already* ]]
	"$KVKCSR" uploaded api.example.nl --at $now
	run "$KVKCSR" accept --offline --at $now api.example.nl pki/delivery.pem
	[ "$status" -eq 2 ]
	[[ "$output" == *"verdict: REJECT"* && "$output" != *already* ]]
}

@test "a file without a certificate changes no state" {
	accept api.example.nl pki/delivery.pem || :
	"$KVKCSR" status --at "$now" --json >before.json || :
	printf '%%PDF-1.7\n' >order.pdf
	run accept api.example.nl order.pdf
	[ "$status" -eq 2 ]
	[[ "$output" == *"a PDF document"* ]]
	"$KVKCSR" status --at "$now" --json >after.json || :
	cmp before.json after.json
}

@test "undetermined is 3, files are there, and with a CRL it is evaluated again" {
	run "$KVKCSR" accept --offline --at $now --trust pki/root.pem api.example.nl pki/delivery.pem
	[ "$status" -eq 3 ]
	[ -e "$folder/upload.pem" ]
	run "$KVKCSR" status --json
	[ "$(json '.entries[0] | [.stage, .action] | join(" ")')" = "received check-delivery" ]
	run "$KVKCSR" status
	[[ "$(tr -s ' \n' ' ' <<<"$output")" == *"some checks of the delivery of 22 November 2026 could not be completed"* ]]
	[[ "$output" == *"kvkcsr verify $folder/upload.pem"* ]]
	run "$KVKCSR" status --json
	[ "$(json '.entries[0].delivery | [.result, .at] | join(" ")')" = "undetermined 2026-11-22T12:00:00Z" ]
	run "$KVKCSR" accept --offline --at $now --trust pki/root.pem api.example.nl pki/delivery.pem
	[ "$status" -eq 0 ]
	run accept api.example.nl pki/delivery.pem
	[ "$status" -eq 1 ]
	run "$KVKCSR" status --json
	[ "$(json '.entries[0].stage')" = verified ]
	[ ! -e "$folder/archive" ]
}

@test "a file that is missing from the three is made again by the same delivery" {
	accept api.example.nl pki/delivery.pem || :
	cp "$folder/upload.pem" upload.pem
	rm "$folder/upload.pem"
	run accept api.example.nl pki/delivery.pem
	[ "$status" -eq 1 ]
	cmp upload.pem "$folder/upload.pem"
	[ ! -e "$folder/archive" ]
}

@test "an inventory that was left behind is brought up to date by the same delivery" {
	cp home/inventory.db before.db
	accept api.example.nl pki/delivery.pem || :
	cp before.db home/inventory.db
	run accept api.example.nl pki/delivery.pem
	[ "$status" -eq 1 ]
	run "$KVKCSR" status --json
	[ "$(json '.entries[0].stage')" = verified ]
}

@test "a private key in the delivery is said loudly, kept private, and never in upload.pem" {
	openssl ecparam -name prime256v1 -genkey -noout -out stray.key
	cat stray.key pki/delivery.pem >all.pem
	run --separate-stderr accept api.example.nl all.pem
	[ "$status" -eq 1 ]
	[[ "$stderr" == *"WARNING"*"'all.pem'"*"private key"* ]]
	[ "$(stat -c %a "$folder"/received/*-all.pem)" = 600 ]
	run ! grep -q KEY "$folder/upload.pem" "$folder/chain.pem" "$folder/certificate.pem"
	[[ "$output$stderr" != *"$(sed -n 2p stray.key)"* ]]
}

@test "a PKCS#12 file is refused, kept, and warned about" {
	openssl pkcs12 -export -in pki/leaf.pem -inkey "$folder/key.pem" -passout pass:x -out all.p12
	run --separate-stderr accept api.example.nl all.p12
	[ "$status" -eq 2 ]
	[[ "$stderr" == *"'all.p12'"*"private key"* ]]
	cmp "$folder"/received/*-all.p12 all.p12
	[ ! -e "$folder/upload.pem" ]
}

@test "a name of a received file cannot leave its folder" {
	mkdir -p 'x/..y'
	cp pki/delivery.pem $'x/..y/.b\e$(id) ;.pem'
	run accept api.example.nl $'x/..y/.b\e$(id) ;.pem'
	[ "$status" -eq 1 ]
	[ "$(ls -A "$folder/received" | sed 's/^[0-9a-f]\{16\}-//')" = '_b___id___.pem' ]
}

@test "a dossier without a key takes its delivery" {
	openssl req -new -newkey rsa:2048 -nodes -keyout far.key -out far.csr \
		-subj '/C=NL/O=Voorbeeld B.V./CN=far.example.nl/serialNumber=00000003687501100000' \
		-addext 'subjectAltName=DNS:far.example.nl' 2>/dev/null
	"$KVKCSR" new far --csr far.csr </dev/null >/dev/null 2>&1 || :
	[ ! -e home/dossiers/far/key.pem ]
	openssl req -in far.csr -outform DER -out far.der
	pki farpki --csr far.der
	run accept far farpki/delivery.pem
	[ "$status" -eq 1 ]
	[ -e home/dossiers/far/upload.pem ]
}

@test "without a name the dossier is found by its key" {
	"$KVKCSR" new other --domain other.example.nl --kvk 68750110 --organisation X --key-type ecdsa \
		</dev/null >/dev/null 2>&1
	run accept pki/leaf.pem pki/chain.pem
	[ "$status" -eq 1 ]
	[ -e "$folder/upload.pem" ]
	pki strange
	run --separate-stderr accept --json strange/delivery.pem
	[ "$status" -eq 2 ]
	[[ "$(tr -s '\n ' ' ' <<<"$stderr")" == *"none of the delivered certificates belongs to a key that you have here; these were tried: "*other*"which request it used"*"'kvkcsr verify'"* ]]
	[ "$(json '[.name, .verdict, .fault, .wanted_spki_sha256, .stored] | map(tostring) | join(" ")')" = "null reject other-key null false" ]
	[ "$(json .spki_sha256)" = "$(openssl x509 -in strange/leaf.pem -noout -pubkey | openssl pkey -pubin -outform DER | sha256sum | cut -d' ' -f1)" ]
	run --separate-stderr accept --json strange/chain.pem
	[ "$status" -eq 2 ]
	[[ "$stderr" == *"CA certificates only"* ]]
	[ "$(json '[.name, .fault, .spki_sha256] | map(tostring) | join(" ")')" = "null only-ca-certificates null" ]
	openssl req -in home/dossiers/other/request.pem -outform DER -out other.der
	pki second --csr other.der
	# a name that is not that of the key: the command with the right one
	run accept api.example.nl second/leaf.pem
	[ "$status" -eq 2 ]
	[[ "$(tr -s '\n ' ' ' <<<"$output")" == *"but to that of the dossier 'other'; nothing was changed. Run 'kvkcsr accept other second/leaf.pem'"* ]]
	printf '%%PDF-1.7\n' >order.pdf
	run accept order.pdf
	[ "$status" -eq 2 ]
	[[ "$(tr -s '\n ' ' ' <<<"$output")" == *"no certificate in 'order.pdf': a PDF document; look for the file that came with the document"* ]]
	run accept pki/leaf.pem second/leaf.pem
	[ "$status" -eq 64 ]
	[[ "$output" == *"certificates for several dossiers"* ]]
	[ ! -e home/dossiers/other/received ]
	run accept none.pem
	[ "$status" -eq 3 ]
}

@test "accept needs a dossier that is there" {
	"$KVKCSR" track pki/leaf.pem --name watched
	run accept watched pki/delivery.pem
	[ "$status" -eq 64 ]
	run accept nobody pki/delivery.pem
	[ "$status" -eq 64 ]
	run accept api.example.nl none.pem
	[ "$status" -eq 3 ]
	[[ "$output" == *"'none.pem'"* ]]
	run accept api.example.nl
	[ "$status" -eq 64 ]
	run accept --offline --refresh api.example.nl pki/delivery.pem
	[ "$status" -eq 64 ]
	[[ "$output" == *"--offline and --refresh cannot be used together"* ]]
	rm "$folder/request.pem"
	run accept api.example.nl pki/delivery.pem
	[ "$status" -eq 3 ]
	[[ "$output" == *"request.pem"* ]]
	[ ! -e "$folder/received" ]
}

@test "a result that cannot be written is 3, and so is a disk that is full" {
	run bash -c "ulimit -f 0; '$KVKCSR' accept ${evidence[*]} api.example.nl pki/delivery.pem"
	[ "$status" -eq 3 ]
	[ ! -e "$folder/certificate.pem" ]
	run bash -c "'$KVKCSR' accept ${evidence[*]} api.example.nl pki/delivery.pem >/dev/full"
	[ "$status" -eq 3 ]
}

@test "two deliveries at once leave one of them whole" {
	pki next --csr request.der --now 2026-11-21T12:00:00Z
	for _ in {1..5}; do
		accept api.example.nl pki/delivery.pem >/dev/null 2>&1 &
		accept api.example.nl next/delivery.pem >/dev/null 2>&1 &
	done
	wait
	cmp "$folder/upload.pem" <(cat "$folder/certificate.pem" "$folder/chain.pem")
	run "$KVKCSR" status --json
	[ "$(json '.entries[0].sha256')" = "$(openssl x509 -in "$folder/certificate.pem" -outform DER | sha256sum | cut -d' ' -f1)" ]
}

@test "killed before each of its writes, files and inventory are old or new, and status completes them" {
	pki next --csr request.der --now 2026-11-21T12:00:00Z
	cat pki/root.pem next/root.pem >roots.pem
	cat pki/crls.pem next/crls.pem >crls.pem
	evidence=(--at "$now" --trust roots.pem --crl crls.pem)
	accept api.example.nl pki/delivery.pem >/dev/null 2>&1 || [ $? -eq 1 ]
	cp -a home before
	for at in 40 60 70 75 80 85 90 95 100 105; do
		rm -rf home
		cp -a before home
		run "$top_builddir/tests/fault/fault" --kill "$at" before "$dir/home" "$KVKCSR" accept "${evidence[@]}" \
			api.example.nl next/delivery.pem
		[ "$status" -ne 77 ] || skip "this system lets no program trace another"
		run "$KVKCSR" status --json
		[ "$(json '.entries[0].sha256')" = "$(openssl x509 -in "$folder/certificate.pem" -outform DER | sha256sum | cut -d' ' -f1)" ]
		cmp "$folder/upload.pem" <(cat "$folder/certificate.pem" "$folder/chain.pem")
		[ "$(ls -A home/dossiers)" = api.example.nl ]
	done
}
