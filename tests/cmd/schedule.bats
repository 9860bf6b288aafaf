#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# `kvkcsr schedule`: the files that it prints, and installing and removing a file for cron in a namespace of its own.
# systemd itself is not run here: see tests/boot/.

load helpers

setup() {
	scratch
	export KVKCSR_HOME=/var/lib/kvkcsr-test
}

teardown() {
	cd / && rm -rf "$dir"
}

# Splits the output of a dry run into files by their names.
split() {
	awk '/^# \// { file = $2; sub(/.*\//, "", file); next } { print > file }' <<<"$output"
}

# Runs a command where nothing is scheduled, systemd does not run, and a folder of its own is /var/lib.
apart() {
	# shellcheck disable=SC2016 # for the inner shell
	unshare -m sh -c 'mkdir -p /etc/cron.d /etc/systemd && for folder in /etc/cron.d /etc/systemd /run /var/lib; do
		mount -t tmpfs tmpfs $folder || exit 1; done; "$@"' sh "$@"
}

@test "--dry-run prints the units whole, with program, home and configuration" {
	echo 'net: { total_timeout = 20; };' >c.cfg
	run --separate-stderr "$KVKCSR" schedule install --dry-run --config c.cfg
	[ "$status" -eq 1 ]
	[[ "$stderr" == *"nobody will be warned"*'notify: { mail: { to = [ "'* ]]
	split
	[ "$(head -n 1 kvkcsr-check.service)" = "[Unit]" ]
	grep -qxF "ExecStart=$KVKCSR check --quiet --home /var/lib/kvkcsr-test --config $dir/c.cfg" kvkcsr-check.service
	grep -qx 'SuccessExitStatus=1 2' kvkcsr-check.service
	grep -qx 'OnFailure=kvkcsr-failed.service' kvkcsr-check.service
	grep -qx 'ReadWritePaths=-/var/lib/kvkcsr-test' kvkcsr-check.service
	grep -qF " notify failed --home" kvkcsr-failed.service
	grep -qx 'Persistent=true' kvkcsr-check.timer
	grep -qxF 'OnCalendar=*-*-* 06:00:00' kvkcsr-check.timer
	run ! grep -nE '@[a-z_]+@' kvkcsr-*
}

@test "the service is cut down: systemd-analyze security finds an exposure of at most 2.0" {
	command -v systemd-analyze >/dev/null || skip "systemd-analyze is not installed"
	run --separate-stderr "$KVKCSR" schedule install --dry-run
	split
	for unit in kvkcsr-check.service kvkcsr-failed.service; do
		run systemd-analyze security --offline=true --threshold=20 "$unit"
		[ "$status" -eq 0 ]
	done
	sed -i '/^CapabilityBoundingSet=/d' kvkcsr-check.service
	run systemd-analyze security --offline=true --threshold=20 kvkcsr-check.service
	[ "$status" -ne 0 ]
}

@test "--user: units of a user's own, which ask for nothing that a user cannot give" {
	mkdir me
	HOME=$dir/me XDG_CONFIG_HOME="" run --separate-stderr "$KVKCSR" schedule install --user --dry-run
	[ "$(grep -c "^# $dir/me/.config/systemd/user/kvkcsr-" <<<"$output")" -eq 3 ]
	split
	run ! grep -hE '^(User|Group|CapabilityBoundingSet|ProtectSystem|ProtectHome|PrivateDevices|ReadWritePaths)=' kvkcsr-*
	grep -qx 'NoNewPrivileges=yes' kvkcsr-check.service
	grep -qx "Environment=HOME=$dir/me" kvkcsr-failed.service
	grep -qx 'WantedBy=timers.target' kvkcsr-check.timer
	command -v systemd-analyze >/dev/null || skip "systemd-analyze is not installed"
	# No manual page is installed.
	sed -i '/^Documentation=/d' kvkcsr-*
	XDG_RUNTIME_DIR=$dir run systemd-analyze --user verify ./kvkcsr-check.service ./kvkcsr-check.timer ./kvkcsr-failed.service
	[ "$status" -eq 0 ]
}

@test "a path with blanks, percent and dollar signs stands for itself" {
	run --separate-stderr "$KVKCSR" schedule install --dry-run --home '/srv/a b%c$d'
	split
	grep -qF -- '--home "/srv/a b%%c$$d"' kvkcsr-check.service
	grep -qxF 'ReadWritePaths="-/srv/a b%%c$d"' kvkcsr-check.service
	run --separate-stderr "$KVKCSR" schedule install --dry-run --home $'/srv/a\nExecStart=x'
	[ "$status" -eq 64 ]
	[ -z "$output" ]
}

@test "no run between 01:00 and 04:00: the time and the delay are looked at" {
	for time in 00:29 00:30 01:00 02:30 04:00; do
		run "$KVKCSR" schedule install --dry-run --time $time
		[ "$status" -eq 64 ]
	done
	for time in 00:28 04:01 23:59; do
		run --separate-stderr "$KVKCSR" schedule install --dry-run --time $time
		[ "$status" -eq 1 ]
		[[ "$output" == *"OnCalendar=*-*-* $time:00"* ]]
	done
	for time in 6:30 24:00 12:60 noon; do
		run "$KVKCSR" schedule install --dry-run --time $time
		[ "$status" -eq 64 ]
	done
}

@test "options that contradict one another are 64" {
	for options in "install --user --cron" "status --time 06:00" "remove --time 06:00" "status --dry-run" "install --json" "start"; do
		# shellcheck disable=SC2086 # a list
		run "$KVKCSR" schedule $options
		[ "$status" -eq 64 ]
	done
}

@test "tracked files that the unit cannot read are listed, and a check that does not run is a warning" {
	pki pki
	export KVKCSR_HOME=$dir/home
	"$KVKCSR" track pki/delivery.pem --name kvk.nl
	# A check that has not run for more than two days is a warning.
	local hours command
	for hours in 47 49; do
		"$top_builddir/tests/note-run" home "$(date -u -d "-$hours hours" +%FT%TZ)"
		for command in "schedule status" status; do
			# shellcheck disable=SC2086 # several words
			run --separate-stderr "$KVKCSR" $command
			[ "$(grep -c 'more than two days ago' <<<"$(tr -s ' \n' ' ' <<<"$stderr")")" -eq $((hours / 48)) ]
		done
	done
	[[ "$dir" == /tmp/* ]] || skip "the scratch folder is not in /tmp"
	run --separate-stderr "$KVKCSR" schedule install --dry-run
	[[ "$stderr" == *"cannot read these tracked files"*"$dir/pki/delivery.pem"* ]]
}

@test "sendmail is said not to work in a unit, and to work with cron" {
	echo 'notify: { mail: { to = ["a@b.nl"]; from = "k@b.nl"; sendmail = "/bin/true"; }; };' >c.cfg
	run --separate-stderr "$KVKCSR" schedule install --dry-run --config c.cfg
	[ "$status" -eq 1 ]
	[[ "$(tr -s ' \n' ' ' <<<"$stderr")" == *"notify.mail.sendmail does not work in a systemd unit"*"notify.mail.smtp"* ]]
	run --separate-stderr "$KVKCSR" schedule install --dry-run --cron --config c.cfg
	[[ "$stderr" != *sendmail* ]]
}

@test "install and remove a file for cron; a second install changes nothing" {
	[ "$(id -u)" -eq 0 ] && unshare -m true 2>/dev/null || skip "needs root and namespaces"
	cat >steps <<-'END'
		"$KVKCSR" schedule install --time 07:30
		echo "install $?"
		cat /etc/cron.d/kvkcsr
		stat -c 'before %i %Y' /etc/cron.d/kvkcsr
		"$KVKCSR" schedule install --time 07:30
		stat -c 'after %i %Y' /etc/cron.d/kvkcsr
		"$KVKCSR" schedule status --json
		"$KVKCSR" schedule remove
		echo "remove $?"
		ls -A /etc/cron.d
		"$KVKCSR" schedule remove
		echo "again $?"
		"$KVKCSR" schedule install --cron --config dead.cfg
		echo "dead $?"
		mount --bind /bin/true /usr/bin/systemctl
		sed s/false/true/ dead.cfg >/var/lib/works.cfg
		mkdir -p /run/systemd/system /run/user/systemd /etc/systemd/system /var/lib/systemd/linger
		"$KVKCSR" schedule install
		echo "beside cron $?"
		"$KVKCSR" schedule remove
		"$KVKCSR" schedule install --home /tmp/kvkcsr-home
		echo "in /tmp $?"
		"$KVKCSR" track here.pem --home /var/lib/kvkcsr-hidden
		"$KVKCSR" schedule install --home /var/lib/kvkcsr-hidden --config /var/lib/works.cfg
		echo "hidden $?"
		"$KVKCSR" untrack api.example.nl --home /var/lib/kvkcsr-hidden
		"$KVKCSR" schedule install --home /var/lib/kvkcsr-hidden --config /var/lib/works.cfg
		echo "seen $?"
		"$KVKCSR" schedule remove
		"$KVKCSR" schedule install --user 2>&1 | sed 's/^/user: /'
		touch /var/lib/systemd/linger/root
		"$KVKCSR" schedule install --user 2>&1 | sed 's/^/lingers: /'
		touch /etc/systemd/system/kvkcsr-check.timer
		"$KVKCSR" schedule install --cron
		echo "beside systemd $?"
	END
	echo 'notify: { command: { argv = [ "/bin/false" ]; }; };' >dead.cfg
	export XDG_RUNTIME_DIR=/run/user
	pki pki
	mv pki/delivery.pem here.pem
	run apart sh steps
	echo "$output"
	[[ "$output" == *"This file is written:"*"/etc/cron.d/kvkcsr"*"install 1"* ]]
	[[ "$output" == *"what a job prints to MAILTO"*"MAILTO=root"* ]]
	[[ "$output" == *"30 7 * * * root "*"$KVKCSR check"*"--home /var/lib/kvkcsr-test"* ]]
	[ "$(sed -n 's/^before //p' <<<"$output")" = "$(sed -n 's/^after //p' <<<"$output")" ]
	[[ "$output" == *'"installed": "cron"'* ]]
	[[ "$output" == *'"next_run": "20'*'T07:30:00Z"'* ]]
	[[ "$output" == *"remove 0"$'\n'"kvkcsr: no schedule is installed"*"again 0"* ]]
	[[ "$output" == *"channel 'command' does not work from the daily check"*"dead 3"*"cron already runs the"*"beside cron 73"* ]]
	[[ "$output" == *"so it cannot use '/tmp/kvkcsr-home'"*"in /tmp 73"*"systemd already runs the"*"beside systemd 73"* ]]
	[ -e /usr/bin/systemctl ] || return 0
	[[ "$dir" != /tmp/* || "$output" == *"cannot read these tracked files"*"$dir/here.pem"*"hidden 1"*"seen 0"* ]]
	grep -q '^user: .*enable-linger' <<<"$output"
	grep -q '^lingers: .*were already there' <<<"$output"
	run ! grep -q '^lingers: .*enable-linger' <<<"$output"
}
