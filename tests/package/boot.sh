#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# boot.sh: `kvkcsr schedule` in a Debian 12 that systemd-nspawn boots, with the package of `make deb` (or DEB=FILE): the
# timer fires, an exit status of 2 is no failure, one of 78 starts the unit that reports it, and remove leaves nothing.
# Needs root, debootstrap, systemd-nspawn and a network, so `make check-boot` runs it, and `make check` does not.
set -eu
cd "$top_builddir"
for tool in debootstrap systemd-nspawn; do
	[ "$(id -u)" -eq 0 ] && command -v "$tool" >/dev/null || { echo "SKIP: needs root and $tool"; exit 77; }
done
work=$(mktemp -d "${TMPDIR:-/tmp}/kvkcsr-boot.XXXXXX")
trap 'rm -rf --one-file-system "$work"' EXIT
root=$work/root
debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus bookworm "$root" >"$work/log" 2>&1 ||
	{ tail -n 5 "$work/log"; exit 1; }
cp /etc/apt/apt.conf.d/* "$root/etc/apt/apt.conf.d/" 2>/dev/null || :
cp "${DEB:-$(echo kvkcsr_*.deb)}" "$root/root/kvkcsr.deb"
cp /etc/resolv.conf "$root/etc/resolv.conf"
chroot "$root" env DEBIAN_FRONTEND=noninteractive sh -c \
	'apt-get update -q && apt-get install -y -q --no-install-recommends /root/kvkcsr.deb' >"$work/log" 2>&1 ||
	{ tail -n 5 "$work/log"; exit 1; }
tests/mkpki "$root/root/pki" --days "$((10 + ($(date +%s) - $(date -d 2026-11-22 +%s)) / 86400))" >/dev/null

cat >"$root/root/steps" <<'END'
exec >/root/output 2>&1
failed() { journalctl -b -u kvkcsr-failed.service -o cat --no-pager | grep -c '^Starting'; }
echo 'check: { critical_days = [ 30 ]; };' >/etc/kvkcsr.cfg
kvkcsr track /root/pki/delivery.pem --name kvk.nl
kvkcsr schedule install
echo "installed $?"
systemctl is-active kvkcsr-check.timer
kvkcsr schedule status | sed -n 's/^next check  *20.*/it knows the next run/p'
# now instead of tomorrow
mkdir -p /etc/systemd/system/kvkcsr-check.timer.d
printf '[Timer]\nOnActiveSec=1\nRandomizedDelaySec=0\nAccuracySec=1ms\n' >/etc/systemd/system/kvkcsr-check.timer.d/now.conf
systemctl daemon-reload && systemctl restart kvkcsr-check.timer
sleep 5
systemctl show kvkcsr-check.service -p Result -p ExecMainStatus
echo "failures $(failed)"
echo 'nonsense = 1;' >/etc/kvkcsr.cfg
systemctl start kvkcsr-check.service
sleep 2
systemctl show kvkcsr-check.service -p Result -p ExecMainStatus
echo "failures $(failed)"
rm -r /etc/systemd/system/kvkcsr-check.timer.d
rm /etc/kvkcsr.cfg
kvkcsr schedule remove
echo "removed $?"
find /etc/systemd /run/systemd/system /var/lib/systemd -name '*kvkcsr*' | sed 's/^/left: /'
echo end
END
cat >"$root/etc/systemd/system/steps.service" <<'END'
[Service]
Type=oneshot
ExecStart=/bin/sh /root/steps
ExecStopPost=/bin/systemctl --no-block poweroff
END
mkdir -p "$root/etc/systemd/system/multi-user.target.wants"
ln -s ../steps.service "$root/etc/systemd/system/multi-user.target.wants/"
timeout 120 systemd-nspawn -q -D "$root" --boot --register=no --keep-unit --private-network --console=pipe \
	>"$work/log" 2>&1 || { tail -n 5 "$work/log"; echo "SKIP: the container cannot be booted here"; exit 77; }
cat "$root/root/output"

# What is to be found in this order.
awk -v wanted='installed 1|active|it knows the next run|Result=success|ExecMainStatus=2|failures 0|Result=exit-code|ExecMainStatus=78|failures 1|removed 0|end' '
BEGIN { n = split(wanted, line, "|"); i = 1 }
$0 == line[i] { i++ }
/^left: / { bad = 1 }
END { if (i <= n) print "missing: " line[i]; exit bad || i <= n }' "$root/root/output"
