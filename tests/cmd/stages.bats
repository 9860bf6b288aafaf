#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# What each command does in each stage: the table in kvkcsr-status(1), row by row, with the stage that follows.

load helpers

setup_file() {
	dir=$(mktemp -d)
	export dir HOME=$dir KVKCSR_HOME=$dir/home
	cd "$dir" || return 1
	order "$KVKCSR" new >/dev/null 2>&1
	keep requested
	delivery first home/dossiers/a 2026-11-22T12:00:00Z
	accepted first --at 2026-11-22T12:00:00Z --offline >/dev/null 2>&1 || [ $? -eq 3 ]
	keep received
	accepted first --at 2026-11-22T12:00:00Z --crl first/crls.pem >/dev/null 2>&1 || [ $? -eq 1 ]
	keep verified
	"$KVKCSR" uploaded a --at 2026-11-23T12:00:00Z >/dev/null
	keep uploaded
	"$KVKCSR" renew a --at 2027-10-22T12:00:00Z </dev/null >/dev/null 2>&1
	keep 'renewal requested'
	delivery second home/dossiers/a/next 2027-10-22T12:00:00Z
	accepted second --at 2027-10-22T12:00:00Z --crl second/crls.pem >/dev/null 2>&1 || [ $? -eq 1 ]
	keep 'renewal delivered'
	rm -r home
	"$KVKCSR" track first/leaf.pem --name a >/dev/null
	keep tracked
	rm -r home
	mkdir -m 700 home
	"$KVKCSR" track second/root.pem --name other >/dev/null
	keep none
}

teardown_file() {
	rm -rf "$dir"
}

order() {
	"$@" a --practice --domain api.example.nl --kvk 68750110 --organisation V --key-type ecdsa </dev/null
}

keep() {
	rm -rf "stages/$1"
	mkdir -p stages
	cp -a home "stages/$1"
}

delivery() {
	openssl req -in "$2/request.pem" -outform DER -out request.der
	"$top_builddir/tests/mkpki" "$1" --csr request.der --days 365 --now "$3" >/dev/null
}

accepted() {
	local pki=$1
	shift
	"$KVKCSR" accept a "$pki/delivery.pem" --trust "$pki/root.pem" "$@"
}

# The command of a row.
command_of() {
	local pki=first at=2026-11-22T13:00:00Z
	[[ $1 != renewal* ]] || pki=second at=2027-10-22T13:00:00Z
	case $2 in
	new) order "$KVKCSR" new ;;
	accept) accepted $pki --at $at --crl $pki/crls.pem ;;
	export*) "$KVKCSR" export a --format fullchain ${2#export} ;;
	uploaded) "$KVKCSR" uploaded a ;;
	renew) "$KVKCSR" renew a --at 2027-10-22T12:00:00Z </dev/null ;;
	untrack*) "$KVKCSR" untrack a ${2#untrack} ;;
	esac
}

# All that is known of the entry.
entry() {
	"$KVKCSR" status a --json --at 2027-10-22T14:00:00Z 2>/dev/null || [ $? -le 64 ]
}

# The stage that it is in.
stage_of() {
	local renewal=requested
	[ ! -e home/dossiers/a/next/certificate.pem ] || renewal=delivered
	jq -r --arg renewal "renewal $renewal" 'if .renewal then $renewal else .stage end'
}

@test "each row of the table holds" {
	cd "$dir"
	sed -n 's/^\.It \([a-z ]*\) Ta \([a-z -]*\) Ta \([0-9]*\) Ta \(.*\)/\1|\2|\3|\4/p' \
		"$top_srcdir/cmd/kvkcsr-status.1" >rows
	[ "$(wc -l <rows)" -ge 45 ]
	[ "$(cut -d'|' -f1 rows | sort -u | wc -l)" -eq 8 ]
	while IFS='|' read -r stage command code what; do
		rm -rf home
		cp -a "stages/$stage" home
		[ "$stage" = "${entered-}" ] || before=$(entry)
		entered=$stage
		rc=0
		command_of "$stage" "$command" >out 2>&1 </dev/null || rc=$?
		# A practice delivery is accepted with a warning.
		[ "$command:$rc" != accept:1 ] || rc=0
		[ "$rc" -eq "$code" ] || { echo "$stage, $command: $rc, not $code"; cat out; wrong=1; }
		# The stage that follows is named after a colon; without one, nothing changes.
		after=$(entry)
		next=$(sed -n 's/.*: \([a-z ]*\).*/\1/p' <<<"$what")
		if [ -n "$next" ]; then
			is=$(stage_of <<<"$after")
			[ "${is:-none}" = "$next" ] || { echo "$stage, $command: '$is' follows, not $next"; wrong=1; }
		else
			diff <(echo "$before") <(echo "$after") || { echo "$stage, $command: it changed"; wrong=1; }
		fi
	done <rows
	[ -z "${wrong:-}" ]
}
