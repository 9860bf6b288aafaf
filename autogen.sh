#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# autogen.sh [--no-deps] [CONFIGURE OPTION]...: prepare the tree for make. On Debian and its derivatives, apt
# installs the packages that are missing for building and testing; with --no-deps nothing is installed.
set -eu
cd "$(dirname "$0")"

packages="
	autoconf automake build-essential debhelper pkg-config gettext
	libgnutls28-dev libcurl4-gnutls-dev libconfig-dev libjansson-dev libsqlite3-dev
	libidn2-dev libpsl-dev libunistring-dev libedit-dev libcmocka-dev
	bats gnutls-bin jq nginx-light openssl python3-aiosmtpd softhsm2 sqlite3"

say() { printf 'autogen.sh: %s\n' "$*" >&2; }

# Prints those of the packages that are not installed.
missing() {
	for p in $packages; do
		case $(dpkg-query -W -f '${Status}' "$p" 2>/dev/null) in
		'install ok installed') ;;
		*) echo "$p" ;;
		esac
	done
}

# Runs a command as root.
as_root() {
	if [ "$(id -u)" -eq 0 ]; then
		"$@"
	elif command -v sudo >/dev/null; then
		sudo "$@"
	else
		say "cannot run '$*': neither root nor sudo; run it as root, then use --no-deps"
		exit 1
	fi
}

# Runs a command that installs packages. The tests start nginx themselves; its package would start a web server on port
# 80, now and with the machine, unless it is told not to. An nginx that was there before is left as it is.
without_nginx() {
	policy=/usr/sbin/policy-rc.d
	case " $wanted " in
	*' nginx-light '*) ;;
	*)
		"$@"
		return
		;;
	esac
	if command -v nginx >/dev/null || [ -e /usr/sbin/nginx ]; then
		"$@"
		return
	fi
	if [ -e "$policy" ]; then
		policy=
	else
		trap 'as_root rm -f "$policy"' EXIT
		trap 'exit 130' INT TERM
		printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
		as_root chmod 755 "$policy"
	fi
	"$@"
	[ -z "$policy" ] || as_root rm -f "$policy"
	trap - EXIT INT TERM
	as_root update-rc.d nginx disable >/dev/null 2>&1 || say "nginx may start with the machine"
}

# Installs what is missing, but never removes an installed package.
install_missing() {
	wanted=$(missing | xargs)
	[ -n "$wanted" ] || return 0
	say "installing with apt: $wanted"
	export DEBIAN_FRONTEND=noninteractive
	as_root apt-get update -q
	# shellcheck disable=SC2086 # a list of names
	plan=$(LC_ALL=C apt-get -s install --no-install-recommends $wanted)
	removed=$(printf '%s\n' "$plan" | sed -n 's/^Remv \([^ ]*\).*/\1/p' | xargs)
	if [ -n "$removed" ]; then
		say "nothing installed, because apt would remove $removed; resolve that first, then use --no-deps"
		exit 1
	fi
	# shellcheck disable=SC2086
	without_nginx as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends --no-remove $wanted
}

deps=yes
for option; do
	shift
	if [ "$option" = --no-deps ]; then deps=no; else set -- "$@" "$option"; fi
done
if [ "$deps" = yes ]; then
	if command -v apt-get >/dev/null && command -v dpkg-query >/dev/null; then
		install_missing
	else
		# shellcheck disable=SC2086
		say "apt is not available; make sure that these packages (Debian names) are installed:" $packages
	fi
fi
command -v autoreconf >/dev/null || { say "autoreconf is missing (Debian: autoconf, automake)"; exit 1; }
autoreconf -fi
./configure "$@"
