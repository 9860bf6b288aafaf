#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# The commands in kvkcsr-home(7) do what the page says: backup, restore, a lost inventory, another machine.

load helpers

setup_file() {
	dir=$(mktemp -d)
	export dir HOME=$dir KVKCSR_HOME=$dir/var/lib/kvkcsr
	cd "$dir" || return 1
	mkdir -p var/lib root etc/nginx/tls new/var/lib
	"$KVKCSR" new api.voorbeeld.nl --practice --domain api.voorbeeld.nl --kvk 68750110 --organisation V \
		--key-type ecdsa </dev/null >/dev/null 2>&1
	openssl req -in "$KVKCSR_HOME/dossiers/api.voorbeeld.nl/request.pem" -outform DER -out request.der
	"$top_builddir/tests/mkpki" pki --csr request.der --days 365 >/dev/null
	"$KVKCSR" accept api.voorbeeld.nl pki/delivery.pem --trust pki/root.pem --crl pki/crls.pem \
		--at 2026-11-22T12:00:00Z >/dev/null 2>&1 || [ $? -eq 1 ]
	"$KVKCSR" uploaded api.voorbeeld.nl --at 2026-11-23T12:00:00Z >/dev/null
	cp pki/leaf.pem etc/nginx/tls
	mkdir -p "$KVKCSR_HOME/cache"
	echo downloaded >"$KVKCSR_HOME/cache/crl"
	sed -n '/^\.Sh /h; /^# /{G; s/^# \(.*\)\n\.Sh \(.*\)/\2|\1/p}' "$top_srcdir/cmd/kvkcsr-home.7" >commands
}

teardown_file() {
	rm -rf "$dir"
}

setup() {
	cd "$dir" || return 1
}

kvkcsr() {
	# What it does to the system is tested elsewhere.
	[ "$*" != "schedule remove" ] || set -- schedule --help
	"$KVKCSR" "$@" >>out
}

# No agent, and no other machine: that one is the folder new/.
gpg() {
	if [ "$1" = -d ]; then cat "$2"; else cat; fi
}
rsync() {
	[ "$1 $2 $3" = "-a --exclude cache/" ]
	cp -a "$4." "$5"
	rm -r "$5/cache"
}
chown() {
	[ "$1 $2" = "-R kvkcsr:" ]
	[ -d "$3" ]
}
ssh() {
	shift
	"$@"
}

# The commands of a section, each of which succeeds.
commands_of() {
	sed -n "s/^$1|//p" commands | sed -e "/^ssh new/s, /var, $dir/new/var,; s,new:/var,$dir/new/var," \
		-e "s, /\(var\|root\|etc\), $dir/\1,g" >section
	[ "$(wc -l <section)" -eq "$2" ]
	rm -f out
	set -o pipefail
	while read -r line; do
		echo "$line"
		eval "$line" </dev/null
	done <section
}

# Names, modes and contents of a home, without its cache and what is in the inventory.
files() {
	find "$1" -path "$1/cache" -prune -o -printf '%P %m\n' | sort
	find "$1/dossiers" -type f -exec sha256sum {} + | sed "s,$1,," | sort
}

@test "what the page tells to run does what it says" {
	home=$dir/var/lib/kvkcsr
	before=$(files "$home")
	commands_of BACKUP 1
	rm -r "$home"
	commands_of RESTORE 2
	[ "$(files "$home")" = "$before" ]
	[ ! -e "$home/cache" ]
	grep -q "^api.voorbeeld.nl " out
	commands_of "A LOST INVENTORY" 4
	[ "$(files "$home")" = "$before" ]
	[ -s root/inventory.db ]
	run --separate-stderr "$KVKCSR" status --json --at 2026-11-24T12:00:00Z
	[ "$(json '[.entries[] | .stage + " " + .action] | sort | join(", ")')" = "tracked none, uploaded none" ]
	mkdir "$home/cache"
	commands_of "ANOTHER MACHINE OR USER" 4
	[ "$(files new/var/lib/kvkcsr)" = "$before" ]
	run --separate-stderr "$KVKCSR" status api.voorbeeld.nl --json --home "$dir/new/var/lib/kvkcsr"
	[ "$(json .path)" = "$dir/new/var/lib/kvkcsr/dossiers/api.voorbeeld.nl/certificate.pem" ]
	# There it is still the file of its entry.
	run -0 "$KVKCSR" track "$dir/new/var/lib/kvkcsr/dossiers/api.voorbeeld.nl/upload.pem" \
		--home "$dir/new/var/lib/kvkcsr"
	[[ "$output" == "already tracked"* ]]
	run -0 "$KVKCSR" status --json --home "$dir/new/var/lib/kvkcsr"
	[ "$(json '.entries | length')" -eq 2 ]
	# A single dossier.
	mkdir -p other/dossiers
	chmod 700 other
	cp -a "$home/dossiers/api.voorbeeld.nl" other/dossiers
	kvkcsr adopt api.voorbeeld.nl --home "$dir/other"
	kvkcsr untrack api.voorbeeld.nl
	cmp "$home/archive/api.voorbeeld.nl/key.pem" other/dossiers/api.voorbeeld.nl/key.pem
	run -0 "$KVKCSR" status api.voorbeeld.nl --home "$dir/other"
}
