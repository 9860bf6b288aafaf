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
	(umask 077 && printf 'net: { total_timeout = 2; };\nnotify: { %s };\n' "$1" >c.cfg)
}

# run_check [OPTION]...: 22 days before the end
run_check() {
	run --separate-stderr "$KVKCSR" check --config c.cfg --remember --at 2027-10-30T12:00:00Z --offline "$@"
}

count() {
	find "$shared/log" -name "$1-*" | wc -l
}

@test "each way of sending works, and each failure is 3 and says why" {
	local status_wanted text setting two=${base/a@/refused@voorbeeld.nl\", \"a@}
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
		3|mail: { $two smtp = "smtp://localhost:$starttls"; };|550
		78|mail: { $base smtp = "smtp://mail.test:25"; starttls = "none"; user = "beheer"; pass_file = "$shared/password"; };|would be sent unencrypted
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
	[ "$(count mail)" -eq 5 ]
	[ "$(head -1 "$shared/log/mail-5")" = "tls kvkcsr@voorbeeld.nl a@voorbeeld.nl" ]
	[ "$(grep -hc '^Auto-Submitted: auto-generated' "$shared"/log/mail-* | sort -u)" = 1 ]
	# The signature is that of the body.
	local body signature
	body=$(sed '1,/^\r*$/d' "$shared/log/web-1")
	signature=$(printf '%s\n' "$body" | openssl dgst -sha256 -hmac geheim-woord | sed 's/.* //')
	grep -q "^X-Kvkcsr-Signature: sha256=$signature" "$shared/log/web-1"
	jq -e '.text | test("This is a test")' <<<"$body"
	jq -e '.attachments[0].content.body | length == 2' <<<"$(sed '1,/^\r*$/d' "$shared/log/web-2")"
	# A message that was taken is delivered, whatever the server then says, or does not.
	SECONDS=0
	settings "mail: { $base smtp = \"smtp://localhost:$no_bye\"; starttls = \"none\"; };"
	run -0 "$KVKCSR" notify test mail --config c.cfg
	settings "mail: { $base smtp = \"smtp://localhost:$no_answer\"; starttls = \"none\"; };"
	run -3 "$KVKCSR" notify test mail --config c.cfg
	[ "$SECONDS" -lt 30 ]
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
	[ "$("$KVKCSR" notify list --json --config c.cfg | jq -c '[.channels[] | .worked != null, .failed != null]')" = \
		'[false,true,true,false,true,true,false,false]' ]
	# Only who has not had it gets it, word for word.
	run_check
	[ "$status" -eq 3 ]
	[ -z "$output" ]
	[ "$(head -1 "$shared/log/mail-2")" = "tls kvkcsr@voorbeeld.nl grey@voorbeeld.nl" ]
	cmp <(sed 1d "$shared/log/mail-1") <(sed 1d "$shared/log/mail-2")
	# What it says: what to do, whose it is, who else was told, and where it comes from, in 76 columns.
	tr -d '\r' <"$shared/log/mail-1" | sed '1,/^$/d' >text
	[ -z "$(awk 'length > 76' text)" ]
	grep -qxF "    kvkcsr renew api.example.nl --home $dir/home" text
	sed -i -z 's/ \\\n       / /g' text
	[[ "$(tr -s ' \n' ' ' <text)" == *"Are you still responsible for this certificate?"*"change the recipient"*\
"kvkcsr track --to ADDRESS $shared/pki/delivery.pem --home $dir/home "*"other channels that get this message: "*webhook*\
"Sent by kvkcsr "[0-9]*" on $(hostname), home $dir/home."* ]]
	grep -q '^Subject: kvkcsr: api.example.nl expires in 22 days (1 of 1 entry)' "$shared/log/mail-1"
	# The question comes once in twelve months.
	[[ "$("$KVKCSR" check --dry-run --config c.cfg --at 2028-10-29T12:00:00Z)" != *"still responsible"* ]]
	[[ "$("$KVKCSR" check --dry-run --config c.cfg --at 2028-10-31T12:00:00Z)" == *"still responsible"* ]]
	sed -i 's#/bin/false#/bin/true#' c.cfg
	run_check
	[ "$status" -eq 1 ]
	[ -z "$output$stderr" ]
	[ "$(count mail)" -eq 2 ]
	[ "$(grep -l '?beat' "$shared"/log/web-* | wc -l)" -eq 1 ]
	[[ "$("$KVKCSR" notify list --config c.cfg)" == *"last worked"* ]]
	# Where none is set, a block is shown that can be put into the configuration.
	: >none.cfg
	"$KVKCSR" notify list --config none.cfg | sed -n '/^    notify/,$p' >example.cfg
	[[ "$("$KVKCSR" notify list --config example.cfg)" == mail* ]]
	# Where no channel at all delivers, the notification is printed, again each time, until one does.
	rm -rf home
	"$KVKCSR" track "$shared/pki/delivery.pem" >/dev/null
	settings 'command: { argv = [ "/bin/false" ]; };'
	for width in 80 60; do
		COLUMNS=$width run_check
		[ "$status" -eq 3 ]
		[[ "$(tr '\n' ' ' <<<"$output")" == "no channel could deliver the notification, so it is printed here:"*"WARNING: api.example.nl: expires"* ]]
		[ "$(head -1 <<<"$output" | wc -L)" -le "$width" ]
	done
	# A test is remembered as well.
	(umask 077 && echo "notify: { heartbeat: { url = \"http://localhost:$http/broken\"; }; };" >beat.cfg)
	run -3 "$KVKCSR" notify test heartbeat --config beat.cfg
	[ "$("$KVKCSR" notify list --json --config beat.cfg | jq -c '[.channels[] | .worked != null, .failed != null]')" = '[false,true]' ]
	mkdir k
	cp "$shared/pki/delivery.pem" k/a.pem
	echo "-----BEGIN PRIVATE KEY-----" >k/key.pem
	chmod 644 k/key.pem
	"$KVKCSR" track --home quiet k/a.pem >/dev/null
	run -3 --separate-stderr "$KVKCSR" check --home quiet --quiet --config c.cfg
	[ -z "$output" ] && [[ "$stderr" == *"no channel could deliver the notification about 'api.example.nl'"* ]]
	sed -i 's#/bin/false#/bin/true#' c.cfg
	run_check
	[ "$status" -eq 1 ]
	[ -z "$output$stderr" ]
	# Where some of its recipients have it, that is not so.
	rm -rf home
	"$KVKCSR" track "$shared/pki/delivery.pem" --to refused@voorbeeld.nl --to c@voorbeeld.nl >/dev/null
	settings "mail: { $base smtp = \"smtp://localhost:$starttls\"; };"
	run_check
	[ "$status" -eq 3 ]
	[ -z "$output" ]
	[ "$(count mail)" -eq 3 ]
	run_check
	[[ -z "$output" && "$stderr" == *550* ]]
	# A later one that nobody has is printed, although the earlier one still waits.
	cp -a home waits
	settings "mail: { $base smtp = \"smtp://localhost:1\"; };"
	run --separate-stderr "$KVKCSR" check --config c.cfg --remember --at 2027-11-09T12:00:00Z --offline
	[ "$status" -eq 3 ]
	[[ "$output" == *"no channel could deliver the notification, so it is printed here:"*api.example.nl* ]]
	rm -rf home
	mv waits home
	settings "mail: { $base smtp = \"smtp://localhost:$starttls\"; };"
	# What waits about an entry that is gone is not sent.
	"$KVKCSR" untrack api.example.nl >/dev/null
	run --separate-stderr "$KVKCSR" check --dry-run --config c.cfg
	[[ "$status" -eq 0 && "$output" != *"would be sent again"* ]]
	"$KVKCSR" track "$shared/pki" --to refused@voorbeeld.nl >/dev/null
	run_check
	[ "$status" -eq 3 ]
	"$KVKCSR" untrack "$shared/pki" >/dev/null
	run --separate-stderr "$KVKCSR" check --dry-run --config c.cfg
	[[ "$status" -eq 0 && "$output" != *"would be sent again"* ]]
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
	[[ "$output" == *"did not end within 1 second and was stopped"* ]]
	# Gone, or a zombie where nobody collects it.
	run ! grep -q "^State:.[RSD]" "/proc/$(cat child)/status"
	# What a command leaves behind has the same time, and is ended then.
	printf '#!/bin/sh\nsleep 30 & echo $! >%q\n(sleep 0.2; touch %q) &\n' "$dir/child" "$dir/delivered" >hook
	run -3 --separate-stderr "$KVKCSR" notify test command --config c.cfg
	[[ "$(tr -s '\n ' ' ' <<<"$stderr")" == *"left a process running, which did not end within 1 second and was stopped"* ]]
	run ! grep -q "^State:.[RSD]" "/proc/$(cat child)/status"
	[ -e delivered ]
	# It gets its input and its result counts; SIGCHLD may be ignored by whoever starts the program.
	printf '#!/bin/sh\nexec 3<&0; (sleep 0.2; cat <&3 >%q) &\n' "$dir/delivered" >hook
	(trap '' CHLD; "$KVKCSR" notify test command --config c.cfg)
	grep -q kvkcsr delivered
	chmod 777 hook
	run "$KVKCSR" notify test command --config c.cfg
	[ "$status" -eq 78 ]
	# A mail program gets addresses that cannot be options, and lines without CR.
	printf '#!/bin/sh\nprintf "%%s\\n" "$@" >%q\ncat >%q\n' "$dir/argv" "$dir/in" >hook
	chmod 700 hook
	settings "mail: { $base sendmail = \"$dir/hook\"; };"
	run "$KVKCSR" notify test mail --config c.cfg
	[ "$status" -eq 0 ]
	[ "$(paste -s -d ' ' argv)" = "-i -- a@voorbeeld.nl" ]
	grep -qx 'To: a@voorbeeld.nl' in
	# One that ignores SIGTERM is killed.
	printf '#!/bin/sh\ntrap "" TERM\nsleep 40 & echo $! >%q\nwait\n' "$dir/child" >hook
	sed -i 's/total_timeout = 2/total_timeout = 1/' c.cfg
	SECONDS=0
	run "$KVKCSR" notify test mail --config c.cfg
	[ "$status" -eq 3 ]
	[[ "$output" == *"did not end within 1 second"* ]]
	[ "$SECONDS" -lt 30 ]
	run ! grep -q "^State:.[RSD]" "/proc/$(cat child)/status"
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
		settings "mail: { ${base/kvkcsr@voorbeeld.nl/$address} smtp = \"smtp://localhost:$clear\"; };"
		run "$KVKCSR" config --config c.cfg
		[ "$status" -eq 78 ]
		settings "mail: { $base smtp = \"smtp://localhost:$clear\"; }; fallback = [ \"$address\" ];"
		run "$KVKCSR" config --config c.cfg
		[ "$status" -eq 78 ]
	done
	chmod 644 "$shared/password"
	settings "mail: { $base smtp = \"smtp://localhost:$auth\"; user = \"u\"; pass_file = \"$shared/password\"; };"
	run "$KVKCSR" config --config c.cfg
	chmod 600 "$shared/password"
	[ "$status" -eq 78 ]
	[[ "$output" != *geheim* ]]
	# A template that cannot be filled in is found before there is anything to send.
	echo '{"text": "{{tekst}}"}' >own.json
	settings "webhook: { url = \"http://localhost:$http/taken\"; template = \"$dir/own.json\"; };"
	for command in config "notify list"; do
		# shellcheck disable=SC2086 # several words
		run "$KVKCSR" $command --config c.cfg
		[[ "$status" -eq 78 && "$output" == *"unknown name 'tekst'"* ]]
	done
}

@test "secrets reach their servers and nothing else" {
	printf '#!/bin/sh\ncat /proc/$PPID/cmdline /proc/$PPID/environ >%q\nenv >>%q\ncat >>%q\n' "$dir/seen" "$dir/seen" "$dir/seen" >hook
	chmod 700 hook
	settings "mail: { $base smtp = \"smtp://localhost:$auth\"; user = \"beheer\"; pass_file = \"$shared/wrong-password\"; };
		webhook: { url = \"http://localhost:$http/broken?geheim-adres\"; secret_file = \"$shared/password\"; };
		command: { argv = [ \"$dir/hook\" ]; }; heartbeat: { url = \"http://localhost:$http/broken?geheim-adres\"; };"
	"$KVKCSR" track "$shared/pki/delivery.pem" >/dev/null
	run_check --json
	[ "$status" -eq 3 ]
	printf '%s\n' "$output" "$stderr" >said
	local command
	for command in "notify list" "notify list --json" "notify test mail --json" "notify test webhook" "notify test heartbeat" \
		"notify failed x" "config" "config --json" "check --dry-run --at 2027-10-30T12:00:00Z"; do
		# shellcheck disable=SC2086 # several words
		"$KVKCSR" $command --config c.cfg >>said 2>&1 || true
	done
	settings "mail: { $base smtp = \"smtp://beheer:geheim-woord@localhost:25\"; };"
	for command in config "config --json" "check --json" "notify test mail" "schedule install --dry-run"; do
		# shellcheck disable=SC2086 # several words
		run -78 "$KVKCSR" $command --config c.cfg
		echo "$output" >>said
	done
	grep -q '^X-Kvkcsr-Signature: sha256=' "$shared/log/web-1"
	grep -aq notify.webhook.url said
	grep -aq '^KVKCSR_KEY=' seen
	grep -aq kvkcsr home/inventory.db
	# The message of this run waits in the inventory.
	[ "$(grep -ac 'Message-ID' home/inventory.db)" -ge 1 ]
	run ! grep -ra -e onjuist -e geheim-woord -e geheim-adres -e "$(printf '\0beheer\0onjuist' | base64)" said seen home
}

@test "hostile names, of a file and in a certificate, are text on every channel" {
	local name=$'$(touch shell)\r\nBcc: c@d.nl\r\n.\r\n\x01\xff"'
	cp "$shared/pki/delivery.pem" "$name.pem"
	"$KVKCSR" track "$name.pem" >/dev/null
	rm -- "$name.pem"
	openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout k -out hostile.pem -days 30 -utf8 \
		-subj $'/O=$(touch shell)\r\nBcc: c@d.nl\r\n.\r\n\x01/CN=$(touch shell)\r\nBcc: c@d.nl' 2>/dev/null
	"$KVKCSR" track hostile.pem >/dev/null
	printf '#!/bin/sh\nenv >%q\ncat >%q\n' "$dir/env" "$dir/in" >hook
	chmod 700 hook
	settings "mail: { $base smtp = \"smtp://localhost:$starttls\"; }; webhook: { url = \"http://localhost:$http/taken\"; };
		command: { argv = [ \"$dir/hook\" ]; };"
	run_check
	[ "$status" -eq 2 ]
	# A missing file cannot be tracked again for somebody else.
	grep -aq '^    kvkcsr untrack api.example.nl' "$shared/log/mail-1"
	[[ "$(grep -a ^Subject: "$shared/log/mail-1")" == *"touch-shellbcc-cd.nl expired"* ]]
	[ -z "$stderr" ]
	[ ! -e shell ]
	local body
	body=$(sed '1,/^\r*$/d' "$shared/log/web-1")
	for file in "$shared/log/mail-1" env in; do
		grep -aqF 'touch shell' "$file"
		run ! grep -aqi '^bcc' "$file"
	done
	[ "$(head -1 "$shared/log/mail-1")" = "tls kvkcsr@voorbeeld.nl a@voorbeeld.nl" ]
	[ "$(sed '1,/^\r*$/d' "$shared/log/mail-1" | tail -n 1 | wc -c)" -gt 1 ]
	jq -e '.text | test("touch") and all(explode[]; . >= 32 or . == 10)' <<<"$body"
	run ! grep -aqP '[\x01-\x08\x0b-\x1f\xff]' env
}

@test "a failed unit, a heartbeat that fails, recipients for the rest, credentials of a unit" {
	settings "mail: { from = \"kvkcsr@voorbeeld.nl\"; ca_file = \"$shared/ca.pem\"; smtp = \"smtp://localhost:$auth\"; user = \"beheer\"; };
		webhook: { url = \"http://localhost:$http/taken\"; }; fallback = [ \"f@voorbeeld.nl\" ];
		heartbeat: { url = \"http://localhost:$http/broken?token\"; };"
	run "$KVKCSR" notify failed kvkcsr-check.service --config c.cfg
	[ "$status" -eq 78 ]
	[[ "$output" == *"mail-password"* ]]
	mkdir cred
	(umask 077 && echo geheim-woord >cred/mail-password && echo geheim-woord >cred/webhook-secret)
	export CREDENTIALS_DIRECTORY=$dir/cred
	run "$KVKCSR" notify failed kvkcsr-check.service --config c.cfg
	[ "$status" -eq 0 ]
	[ "$(head -1 "$shared/log/mail-1")" = "tls kvkcsr@voorbeeld.nl f@voorbeeld.nl" ]
	grep -q "^Subject: kvkcsr: the unit 'kvkcsr-check.service' failed" "$shared/log/mail-1"
	grep -q "journalctl -u kvkcsr-check.service" "$shared/log/mail-1"
	grep -q '^X-Kvkcsr-Signature: sha256=' "$shared/log/web-1"
	"$KVKCSR" track "$shared/pki/delivery.pem" >/dev/null
	# Once a day each channel is told that the heartbeat fails.
	local day mails
	while read -r day mails; do
		run "$KVKCSR" check --config c.cfg --offline --remember --at "2027-02-0$day"
		echo "$output"
		[ "$status" -eq 3 ]
		[ "$(count mail)" -eq "$mails" ]
	done <<-END
		1T08:00:00Z 2
		1T20:00:00Z 2
		2T08:00:00Z 3
	END
	grep -q "The channel 'heartbeat' failed" "$shared/log/mail-2"
	unset CREDENTIALS_DIRECTORY
	settings ""
	run "$KVKCSR" notify failed kvkcsr-check.service --config c.cfg
	[ "$status" -eq 3 ]
	# Also where the reason is that the inventory cannot be opened.
	settings "webhook: { url = \"http://localhost:$http/taken?failed\"; };"
	head -c 4096 /dev/urandom >home/inventory.db
	run "$KVKCSR" notify failed kvkcsr-check.service --config c.cfg
	[ "$status" -eq 0 ]
	# Where cron runs the check there is no unit, and perhaps no systemd.
	"$KVKCSR" notify failed cron --config c.cfg
	grep -l "that cron runs failed.*kvkcsr check --home $dir/home" "$shared"/log/web-*
	run ! grep -l "unit 'cron'" "$shared"/log/web-*
	chmod 777 home
	run "$KVKCSR" notify failed kvkcsr-check.service --config c.cfg
	[ "$status" -eq 0 ]
	[ "$(grep -l '?failed' "$shared"/log/web-* | wc -l)" -eq 3 ]
}

@test "new --to and track --to name who is notified, also with a file of the dossier" {
	settings "mail: { $base smtp = \"smtp://localhost:$starttls\"; };"
	local order=(new api.example.nl --domain api.example.nl --kvk 68750110 --organisation "Voorbeeld B.V." --key-type ecdsa)
	run "$KVKCSR" "${order[@]}" --to 'n@voorbeeld.nl' --to '-o@voorbeeld.nl'
	[ "$status" -eq 64 ]
	[[ "$output" == *"'-o@voorbeeld.nl' is not a mail address"* ]]
	run "$KVKCSR" "${order[@]}" --to n@voorbeeld.nl --out d
	[ "$status" -eq 64 ]
	"$KVKCSR" "${order[@]}" --to n@voorbeeld.nl --to o@voorbeeld.nl >/dev/null 2>&1
	grep -qx 'to = "n@voorbeeld.nl, o@voorbeeld.nl";' home/dossiers/api.example.nl/answers.cfg
	run "$KVKCSR" check --dry-run --config c.cfg --at "$(date -u -d '+200 days' +%FT%TZ)"
	[[ "$output" == *"mail: to n@voorbeeld.nl"*"mail: to o@voorbeeld.nl"* ]]
	openssl req -in home/dossiers/api.example.nl/request.pem -outform DER -out request.der
	"$top_builddir/tests/mkpki" pki --days 365 --csr request.der >/dev/null
	"$KVKCSR" accept api.example.nl pki/delivery.pem --at 2026-11-22T12:00:00Z --trust pki/root.pem --crl pki/crls.pem >/dev/null 2>&1 ||
		[ $? -eq 1 ]
	run "$KVKCSR" track home/dossiers/api.example.nl/upload.pem --to p@voorbeeld.nl
	[ "$status" -eq 0 ]
	[[ "$output" == "already tracked as 'api.example.nl'"* ]]
	[ "$("$KVKCSR" status --json | jq '.entries | length')" -eq 1 ]
	run "$KVKCSR" check --dry-run --config c.cfg --at 2027-10-30T12:00:00Z
	[[ "$output" == *"mail: to p@voorbeeld.nl"* && "$output" != *"n@voorbeeld.nl"* ]]
}

@test "standard output that nobody reads does not count as notified" {
	"$KVKCSR" track "$shared/pki/delivery.pem" >/dev/null
	printf '%q check --remember --offline --at 2027-10-30T12:00:00Z\n' "$KVKCSR" >check
	: >out
	local stream
	stream=$(stat -c %d:%i out)
	JOURNAL_STREAM=$stream sh ./check >out 2>err || [ $? -eq 1 ]
	grep -q 'expires in 22 days' out
	grep -q 'systemd journal' err
	ln -s /bin/sh cron
	MAILTO='' ./cron ./check 2>err | cat >out
	grep -q 'expires in 22 days' out
	grep -q 'cron sends no mail' err
	# The heartbeat does not say that all is well where nobody was notified.
	settings "heartbeat: { url = \"http://localhost:$http/taken?beat\"; };"
	sed 's/ check / check --config c.cfg /' check >check-beat
	JOURNAL_STREAM=$stream sh ./check-beat >out 2>/dev/null || [ $? -eq 1 ]
	[ "$(count web)" -eq 0 ]
	# A file is read by somebody.
	JOURNAL_STREAM=1:2 MAILTO='' ./cron ./check >out 2>err || [ $? -eq 1 ]
	grep -q 'expires in 22 days' out
	[ ! -s err ]
	run sh ./check
	[ -z "$output" ]
	sh ./check-beat || [ $? -eq 1 ]
	[ "$(count web)" -eq 1 ]
}
