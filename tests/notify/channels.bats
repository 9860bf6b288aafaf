#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# `check` and `notify` with channels, over loopback: mail servers of Debian (aiosmtpd) and a web server.
bats_require_minimum_version 1.5.0

setup_file() {
	/usr/bin/python3 -c 'import aiosmtpd' 2>/dev/null || skip "no python3-aiosmtpd"
	shared=$(mktemp -d)
	export shared
	cd "$shared" || return 1
	local name i
	for name in localhost elsewhere.test; do
		openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout $name.key -out $name.crt \
			-subj /CN=$name -addext subjectAltName=DNS:$name -days 30 2>/dev/null
		cat $name.key $name.crt >$name.pem
	done
	cat ./*.crt >ca.pem
	"$top_builddir/tests/mkpki" pki --days 365 >/dev/null
	mkdir log
	timeout 500 /usr/bin/python3 "$top_srcdir/tests/notify/servers.py" log localhost.pem elsewhere.test.pem \
		>servers.out 2>&1 3>&- 4>&- &
	echo $! >pid
	for ((i = 0; i < 100; i++)); do [ ! -e log/ports ] || break; sleep 0.1; done
	(umask 077 && echo geheim-woord >password && echo onjuist >wrong-password)
}

teardown_file() {
	[ -z "${shared-}" ] || { kill "$(cat "$shared/pid")"; rm -rf "$shared"; }
}

setup() {
	# shellcheck disable=SC1091 # written by the servers
	. "$shared/log/ports"
	dir=$(mktemp -d)
	export HOME=$dir KVKCSR_HOME=$dir/home
	cd "$dir" || return 1
	rm -f "$shared"/log/mail-* "$shared"/log/web-*
	base='to = [ "a@voorbeeld.nl" ]; from = "kvkcsr@voorbeeld.nl"; ca_file = "'$shared/ca.pem'";'
}

teardown() {
	rm -rf "$dir"
}

# settings TEXT: the configuration is notify: { TEXT };
settings() {
	(umask 077 && printf 'net: { total_timeout = 1; };\nnotify: { %s };\n' "$1" >c.cfg)
}

# run_check [OPTION]...: 22 days before the end
run_check() {
	run --separate-stderr "$KVKCSR" check --config c.cfg --remember --at 2027-10-30T12:00:00Z --offline "$@"
}

count() {
	find "$shared/log" -name "$1-*" | wc -l
}

@test "each way of sending works, and each failure is 3 and says why" {
	local status_wanted text setting
	while IFS='|' read -r status_wanted setting text; do
		echo "$setting"
		settings "$setting"
		run "$KVKCSR" notify test "${setting%%:*}" --config c.cfg
		echo "$output"
		[ "$status" -eq "$status_wanted" ]
		[[ "$(tr -s '\n ' ' ' <<<"$output")" == *"$text"* ]]
		[[ "$output" != *geheim* && "$output" != *token* ]]
	done <<-END
		0|mail: { $base smtp = "smtp://localhost:$starttls"; };|delivered to a@voorbeeld.nl
		0|mail: { $base smtp = "smtps://localhost:$smtps"; };|delivered
		0|mail: { $base smtp = "smtp://localhost:$clear"; starttls = "none"; };|delivered
		0|mail: { $base smtp = "smtp://localhost:$auth"; user = "beheer"; pass_file = "$shared/password"; };|delivered
		3|mail: { $base smtp = "smtp://localhost:$auth"; user = "beheer"; pass_file = "$shared/wrong-password"; };|refused the user name or the password
		3|mail: { $base smtp = "smtp://localhost:$clear"; };|does not offer STARTTLS, so nothing was sent
		3|mail: { $base smtp = "smtp://localhost:$wrong"; };|cannot be verified
		3|mail: { $base smtp = "smtp://localhost:$silent"; };|did not answer in time
		3|mail: { $base smtp = "smtp://localhost:$slow"; };|did not answer in time
		3|mail: { $base smtp = "smtp://localhost:1"; };|cannot connect
		3|mail: { ${base/a@/full@} smtp = "smtp://localhost:$starttls"; };|mailbox full
		3|mail: { $base sendmail = "/bin/false"; };|ended with status 1
		0|mail: { $base sendmail = "/bin/true"; };|delivered
		0|webhook: { url = "https://localhost:$https/taken?token"; ca_file = "$shared/ca.pem"; secret_file = "$shared/password"; };|delivered to https://localhost:$https/...
		0|webhook: { url = "http://localhost:$http/taken"; template = "adaptive-card"; };|delivered
		3|webhook: { url = "https://localhost:$https_wrong/taken?token"; ca_file = "$shared/ca.pem"; };|https://localhost
		3|webhook: { url = "http://localhost:$http/moved?token"; };|302
		3|webhook: { url = "http://localhost:$http/broken?token"; };|500
		3|webhook: { url = "http://localhost:$http/slow"; };|localhost
		0|heartbeat: { url = "http://localhost:$http/taken"; };|delivered
		64|command: {};|not set
	END
	[ "$(count mail)" -eq 4 ]
	[ "$(grep -hc '^Auto-Submitted: auto-generated' "$shared"/log/mail-* | sort -u)" = 1 ]
	# The signature is that of the body.
	local body signature
	body=$(sed '1,/^\r*$/d' "$shared/log/web-1")
	signature=$(printf '%s\n' "$body" | openssl dgst -sha256 -hmac geheim-woord | sed 's/.* //')
	grep -q "^X-Kvkcsr-Signature: sha256=$signature" "$shared/log/web-1"
	jq -e '.text | test("This is a test")' <<<"$body"
	jq -e '.attachments[0].content.body | length == 2' <<<"$(sed '1,/^\r*$/d' "$shared/log/web-2")"
}

@test "one dead channel of three does not stop the others; a repeat is the same message" {
	"$KVKCSR" track "$shared/pki/delivery.pem" --to grey@voorbeeld.nl --to b@voorbeeld.nl >/dev/null
	settings "mail: { $base smtp = \"smtp://localhost:$starttls\"; };
		webhook: { url = \"http://localhost:$http/taken\"; }; command: { argv = [ \"/bin/false\" ]; };
		heartbeat: { url = \"http://localhost:$http/taken?beat\"; };"
	run "$KVKCSR" check --config c.cfg --dry-run --at 2027-10-30T12:00:00Z
	[ "$status" -eq 1 ]
	[[ "$output" == *"mail: to grey@voorbeeld.nl"*"mail: to b@voorbeeld.nl"* && "$(count mail)" -eq 0 ]]
	run_check --json
	[ "$status" -eq 3 ]
	[ "$(jq -c '.entries[0] | [.notified, .failed]' <<<"$output")" = '[["webhook"],["command","mail"]]' ]
	[[ "$stderr" == *"the channel 'command' failed"*"451"* ]]
	grep -q "The channel 'command' failed" "$shared/log/mail-1"
	[ "$(grep -l '?beat' "$shared"/log/web-* | wc -l)" -eq 0 ]
	[ "$(head -1 "$shared/log/mail-1")" = "tls kvkcsr@voorbeeld.nl b@voorbeeld.nl" ]
	# Only who has not had it gets it, word for word.
	run_check
	[ "$status" -eq 3 ]
	[ -z "$output" ]
	[ "$(head -1 "$shared/log/mail-2")" = "tls kvkcsr@voorbeeld.nl grey@voorbeeld.nl" ]
	cmp <(sed 1d "$shared/log/mail-1") <(sed 1d "$shared/log/mail-2")
	grep -q '^Subject: kvkcsr: api.example.nl expires in 22 days (1 of 1 entry)' "$shared/log/mail-1"
	sed -i 's#/bin/false#/bin/true#' c.cfg
	run_check
	[ "$status" -eq 1 ]
	[ -z "$output$stderr" ]
	[ "$(count mail)" -eq 2 ]
	[ "$(grep -l '?beat' "$shared"/log/web-* | wc -l)" -eq 1 ]
	[[ "$("$KVKCSR" notify list --config c.cfg)" == *"last worked"* ]]
}

@test "a command gets data, no shell and a time limit; a hostile name is text" {
	printf '#!/bin/sh\nenv >%q\ncat >%q\nls /proc/self/fd >%q\n' "$dir/env" "$dir/in" "$dir/fd" >hook
	chmod 700 hook
	settings "command: { argv = [ \"$dir/hook\", \"\$(touch $dir/shell)\" ]; };"
	SECRET=geheim run "$KVKCSR" notify test command --config c.cfg
	[ "$status" -eq 0 ]
	[ ! -e shell ]
	run ! grep -q geheim env
	grep -q '^KVKCSR_SUBJECT=kvkcsr: test' env
	grep -q 'This is a test' in
	[ "$(wc -l <fd)" -le 4 ]
	printf '#!/bin/sh\nsleep 30 & echo $! >%q\nwait\n' "$dir/child" >hook
	settings "command: { argv = [ \"$dir/hook\" ]; timeout = 1; };"
	run "$KVKCSR" notify test command --config c.cfg
	[ "$status" -eq 3 ]
	[[ "$output" == *"did not end within 1 second"* ]]
	# Gone, or a zombie where nobody collects it.
	run ! grep -q "^State:.[RSD]" "/proc/$(cat child)/status"
	chmod 777 hook
	run "$KVKCSR" notify test command --config c.cfg
	[ "$status" -eq 78 ]
}

@test "what would lead a mail server or a program astray is refused: 78, and 64 for --to" {
	local address
	for address in 'a@b.nl\r\nBcc: c@d.nl' '-oQ/tmp@b.nl' '<a@b.nl>' 'a b@c.nl' 'ab.nl'; do
		echo "$address"
		settings "mail: { to = [ \"$address\" ]; from = \"a@b.nl\"; smtp = \"smtp://localhost:$clear\"; };"
		run "$KVKCSR" config --config c.cfg
		[ "$status" -eq 78 ]
		run "$KVKCSR" track "$shared/pki/delivery.pem" --to="$(printf '%b' "$address")"
		[ "$status" -eq 64 ]
	done
	chmod 644 "$shared/password"
	settings "mail: { $base smtp = \"smtp://localhost:$auth\"; user = \"u\"; pass_file = \"$shared/password\"; };"
	run "$KVKCSR" config --config c.cfg
	chmod 600 "$shared/password"
	[ "$status" -eq 78 ]
	[[ "$output" != *geheim* ]]
}
