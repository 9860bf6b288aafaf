#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# package.sh [SUITE]...: the Debian package in empty systems (bookworm and trixie): built there twice with the same
# bytes, lintian, installed, used, upgraded from a lower version over a home that it made, removed and purged. Keys and
# dossiers survive the purge, which says where they are. Needs root, debootstrap, a network and minutes, so `make
# check-package` runs it, and `make check` does not. DEB=FILE tests that package instead of building one.
set -eu
cd "$top_builddir"
[ "$(id -u)" -eq 0 ] && command -v debootstrap >/dev/null && command -v sqlite3 >/dev/null ||
	{ echo "needs root, debootstrap and sqlite3"; exit 77; }
work=$(mktemp -d "${TMPDIR:-/tmp}/kvkcsr-package.XXXXXX")
trap 'rm -rf --one-file-system "$work"' EXIT

# within ROOT COMMAND: in that system, with the network.
within() {
	unshare -m sh -c 'mount -t proc proc "$1/proc" && mount --bind /dev "$1/dev" && cp /etc/resolv.conf "$1/etc/" &&
		exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LC_ALL=C.UTF-8 TERM=dumb \
		DEBIAN_FRONTEND=noninteractive chroot "$1" sh -euc "$2"' sh "$1" "$2"
}

say() { printf '%s: %s\n' "$suite" "$1"; }

# The package, made twice in a system that has what debian/control asks for.
build() {
	cp -a "$base" "$work/build"
	tar -xf kvkcsr-*.tar.gz -C "$work/build/root"
	within "$work/build" 'apt-get update -q && cd /root/kvkcsr-*/ &&
		apt-get install -y -q --no-install-recommends build-essential lintian && apt-get build-dep -y -q -P nocheck ./
		export DEB_BUILD_PROFILES=nocheck DEB_BUILD_OPTIONS="nocheck noautodbgsym parallel=$(nproc)"
		for i in 1 2; do
			dpkg-buildpackage -b -us -uc >/root/log 2>&1 || { tail -n 40 /root/log; exit 1; }
			! grep "_FORTIFY_SOURCE.* redefined" /root/log
			mkdir "/root/$i" && mv ../kvkcsr_*.deb "/root/$i/"
		done
		cmp /root/1/*.deb /root/2/*.deb && lintian --fail-on error,warning,info,pedantic --pedantic /root/1/*.deb'
	cp "$work/build/root/1/"*.deb "$work/new.deb"
	rm -rf "$work/build"
	say "two builds gave the same bytes, and lintian is content"
}

# The same package with a lower version.
make_older() {
	dpkg-deb -R "$work/new.deb" "$work/tree"
	sed -i 's/^Version: .*/Version: 0.0.1/' "$work/tree/DEBIAN/control"
	dpkg-deb --root-owner-group -b "$work/tree" "$work/old.deb" >/dev/null
	rm -rf "$work/tree"
}

live() {
	root=$work/system
	cp -a "$base" "$root"
	make_older
	mv "$work/old.deb" "$root/root/old.deb"
	cp "$work/new.deb" "$root/root/new.deb"
	within "$root" 'apt-get update -q && apt-get install -y -q --no-install-recommends /root/old.deb'
	within "$root" 'kvkcsr new --domain api.kvk.nl --kvk 68750110 --organisation KVK >/dev/null
		kvkcsr rehearse --keep /root/rehearsal >/dev/null
		sed -i "s/^\\t#kvk = /\\tkvk = /" /etc/kvkcsr.cfg && grep -q "^.kvk = " /etc/kvkcsr.cfg'
	# As a program left it that knew neither revocation nor channels.
	rm "$root/var/lib/kvkcsr/inventory.db"
	sqlite3 "$root/var/lib/kvkcsr/inventory.db" <"$top_srcdir/tests/package/home.sql"
	sum=$(sha256sum <"$root/var/lib/kvkcsr/dossiers/api.kvk.nl/key.pem")
	within "$root" 'apt-get install -y -q -o Dpkg::Options::=--force-confold /root/new.deb
		[ "$(dpkg-query -W -f "\${Version}" kvkcsr)" != 0.0.1 ]
		kvkcsr status | grep -q "^api.kvk.nl .*requested"
		kvkcsr track /root/rehearsal/delivery.pem --name later >/dev/null && kvkcsr status | grep -q "^later "
		kvkcsr config | grep -q "^  kvk = .68750110."
		for page in kvkcsr.1 kvkcsr-schedule.1 kvkcsr-trust.1; do [ -f "/usr/share/man/man1/$page.gz" ]; done
		ldconfig -p | grep -q libcurl-gnutls.so.4'
	say "installed, used and upgraded"
	within "$root" 'apt-get remove -y -q kvkcsr && [ ! -e /usr/bin/kvkcsr ] && [ -e /etc/kvkcsr.cfg ]
		apt-get purge -y -q kvkcsr >/root/purge && [ ! -e /etc/kvkcsr.cfg ] && [ ! -e /usr/share/kvkcsr ]
		grep -q "/var/lib/kvkcsr" /root/purge'
	[ "$(sha256sum <"$root/var/lib/kvkcsr/dossiers/api.kvk.nl/key.pem")" = "$sum" ]
	rm -rf "$root"
	say "removed and purged; the key is still there"
}

if [ -z "${DEB-}" ]; then rm -f kvkcsr-*.tar.gz; make -s dist; fi
[ $# -gt 0 ] || set -- bookworm trixie
for suite; do
	base=$work/$suite
	debootstrap --variant=minbase --include=ca-certificates "$suite" "$base" >"$work/log" 2>&1 ||
		{ tail -n 5 "$work/log"; exit 1; }
	# How this machine reaches the network; not what came with its packages.
	for file in /etc/apt/apt.conf.d/*; do
		dpkg -S "$file" >/dev/null 2>&1 || cp "$file" "$base/etc/apt/apt.conf.d/"
	done
	if [ -n "${DEB-}" ]; then cp "$DEB" "$work/new.deb"; else build; fi
	live
	rm -rf "$base"
done
