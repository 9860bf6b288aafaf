#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# boot.sh: the five lines of the README in a Debian 12 that systemd-nspawn boots, with Postfix as mail.voorbeeld.nl and
# the package of `make deb` (or DEB=FILE): from nothing to a mail in the box. Then the timer fires, a certificate that
# ends in 20 days is mailed once, exit statuses 1 and 2 are no failure, a channel that is dead starts the unit that
# reports it, and remove leaves nothing. Needs root, debootstrap, systemd-nspawn and a network, so `make check-boot` runs
# it, and `make check` does not. BASE=FOLDER is a system that was made before.
set -eu
cd "$top_builddir"
for tool in debootstrap systemd-nspawn certtool; do
	[ "$(id -u)" -eq 0 ] && command -v "$tool" >/dev/null || { echo "SKIP: needs root and $tool"; exit 77; }
done
work=$(mktemp -d "${TMPDIR:-/tmp}/kvkcsr-boot.XXXXXX")
unset TMPDIR
trap 'rm -rf --one-file-system "$work"' EXIT
root=$work/root
if [ -n "${BASE-}" ]; then
	cp -a "$BASE" "$root"
else
	debootstrap --variant=minbase --include=systemd,systemd-sysv,dbus,libpam-systemd,ca-certificates,postfix bookworm "$root" \
		>"$work/log" 2>&1 || { tail -n 5 "$work/log"; exit 1; }
fi
# How this machine reaches the network; not what came with its packages.
for file in /etc/apt/apt.conf.d/*; do
	dpkg -S "$file" >/dev/null 2>&1 || cp "$file" "$root/etc/apt/apt.conf.d/"
done
cp /etc/resolv.conf "$root/etc/resolv.conf"
echo 'APT::Get::Assume-Yes "true";' >"$root/etc/apt/apt.conf.d/99yes"

# The README's lines: of the first, which needs a network, the package is built here, where the tree is configured, and
# installed there; the others run where systemd runs.
awk '/^## Warnings by email/ { on = 1 } on && /^    / { print substr($0, 5); seen = 1 } seen && /^$/ { exit }' \
	"$top_srcdir/README.md" >"$work/lines"
first=$(head -n 1 "$work/lines")
tail -n +2 "$work/lines" >"$root/root/lines"
[ -n "${DEB-}" ] || sh -euc "$(echo "${first% && *}" | sed 's,^./autogen.sh && ,,')"
cp "${DEB:-$(echo kvkcsr_*.deb)}" "$root/root/kvkcsr_0_test.deb"
chroot "$root" env DEBIAN_FRONTEND=noninteractive HOME=/root sh -euc "apt-get update -q; cd /root; ${first##* && }" \
	>"$work/log" 2>&1 || { tail -n 5 "$work/log"; exit 1; }

# A certificate that ends in 20 days, and the mail server's own.
certificate() {
	printf 'cn = "%s"\ndns_name = "%s"\nserial = 7\nactivation_date = "%s"\nexpiration_date = "%s"\ntls_www_client\n%s\n' \
		"$1" "$1" "$(date -u -d '-300 days' '+%F %T')" "$(date -u -d "$2" '+%F %T')" tls_www_server >"$work/template"
	certtool --generate-privkey --key-type=rsa --sec-param=medium --outfile "$work/key" 2>/dev/null
	certtool --generate-self-signed --load-privkey "$work/key" --template "$work/template" --outfile "$work/certificate" \
		2>/dev/null
}
certificate api.voorbeeld.nl '+20 days 12 hours'
cp "$work/certificate" "$root/etc/ssl/certs/api.voorbeeld.nl.pem"
certificate mail.voorbeeld.nl '+300 days'
cat "$work/key" "$work/certificate" >"$root/etc/postfix/tls.pem"
chmod 600 "$root/etc/postfix/tls.pem"
cp "$work/certificate" "$root/usr/local/share/ca-certificates/mail.crt"
echo '127.0.0.1 localhost mail.voorbeeld.nl' >"$root/etc/hosts"
chroot "$root" sh -euc 'update-ca-certificates; useradd -m beheer; touch /etc/postfix/main.cf
	postconf -e myhostname=mail.voorbeeld.nl mydestination=voorbeeld.nl inet_interfaces=loopback-only alias_maps= \
		local_recipient_maps= smtpd_tls_chain_files=/etc/postfix/tls.pem smtpd_tls_security_level=may \
		smtputf8_enable=no compatibility_level=3.6
	postconf -M "submission/inet=submission inet n - n - - smtpd"' >"$work/log" 2>&1 ||
	{ tail -n 5 "$work/log"; exit 1; }

cat >"$root/root/steps" <<'END'
exec >/root/output 2>&1
# mails PATTERN: how many have such a line.
mails() { sleep 2; grep -hc "$1" /var/mail/beheer; }
failures() { journalctl -b -u kvkcsr-failed.service -o cat --no-pager | grep -c '^Starting'; }
run() { systemctl start kvkcsr-check.service; systemctl show kvkcsr-check.service -p Result -p ExecMainStatus; }
systemctl start postfix
sh -eux /root/lines
echo "installed $?"
systemctl is-active kvkcsr-check.timer
echo "tests $(mails '^Subject:.*test')"
kvkcsr schedule status | sed -n 's/^next check  *20.*/it knows the next run/p'
# now instead of tomorrow
mkdir -p /etc/systemd/system/kvkcsr-check.timer.d
printf '[Timer]\nOnActiveSec=1\nRandomizedDelaySec=0\nAccuracySec=1ms\n' >/etc/systemd/system/kvkcsr-check.timer.d/now.conf
systemctl daemon-reload && systemctl restart kvkcsr-check.timer
sleep 5
systemctl show kvkcsr-check.service -p Result -p ExecMainStatus
echo "mailed $(mails '^Subject: kvkcsr: api.voorbeeld.nl expires in 20 days')"
run
echo "again $(mails '^Subject: kvkcsr: api.voorbeeld.nl expires in 20 days')"
rm -r /etc/systemd/system/kvkcsr-check.timer.d
# a channel that works only where it is confined as the check is
printf '#!/bin/sh\n! touch /etc/written 2>/dev/null\n' >/usr/local/bin/confined
chmod 755 /usr/local/bin/confined
sed -i 's|^notify: {|& command: { argv = ["/usr/local/bin/confined"]; };|' /etc/kvkcsr.cfg
kvkcsr notify test command
echo "free $?"
kvkcsr schedule install
echo "confined $?"
# a channel that is dead, and news: the entry is critical now
sed -i 's|^notify: {|& webhook: { url = "http://127.0.0.1:9/"; };|' /etc/kvkcsr.cfg
echo 'check: { critical_days = [ 30 ]; };' >>/etc/kvkcsr.cfg
kvkcsr schedule install
echo "dead $?"
echo "failures $(failures)"
run
echo "failures $(failures)"
echo "reported $(mails '^Subject:.*kvkcsr-check.service')"
# units of a user's own
cat >/etc/kvkcsr.cfg <<'CFG'
notify: { mail: { to = ["beheer@voorbeeld.nl"]; from = "kvkcsr@voorbeeld.nl"; smtp = "smtp://mail.voorbeeld.nl:587"; }; };
CFG
loginctl enable-linger beheer
sleep 3
beheer() { setpriv --reuid beheer --regid beheer --init-groups env -i HOME=/home/beheer PATH="$PATH" XDG_RUNTIME_DIR="/run/user/$(id -u beheer)" "$@"; }
beheer kvkcsr track /etc/ssl/certs/api.voorbeeld.nl.pem
beheer kvkcsr schedule install --user
echo "user $?"
beheer systemctl --user is-active kvkcsr-check.timer
beheer systemctl --user start kvkcsr-check.service
beheer systemctl --user show kvkcsr-check.service -p Result -p ExecMainStatus
beheer kvkcsr schedule remove --user
echo "removed for the user $?"
find /home/beheer -name '*kvkcsr-*' | sed 's/^/left: /'
kvkcsr schedule remove
echo "removed $?"
find /etc/systemd /run/systemd/system /var/lib/systemd -name '*kvkcsr*' | sed 's/^/left: /'
echo end
END
cat >"$root/etc/systemd/system/steps.service" <<'END'
[Service]
Type=oneshot
Environment=HOME=/root
ExecStart=/bin/sh /root/steps
ExecStopPost=/bin/systemctl --no-block poweroff
END
mkdir -p "$root/etc/systemd/system/multi-user.target.wants"
ln -s ../steps.service "$root/etc/systemd/system/multi-user.target.wants/"
timeout 180 systemd-nspawn -q -D "$root" --boot --register=no --keep-unit --private-network --console=pipe \
	>"$work/log" 2>&1 || { tail -n 5 "$work/log"; echo "SKIP: the container cannot be booted here"; exit 77; }
cat "$root/root/output"

# What is to be found in this order.
awk -v wanted='installed 0|active|tests 2|it knows the next run|Result=success|ExecMainStatus=1|mailed 1|Result=success|ExecMainStatus=1|again 1|free 3|confined 0|dead 3|failures 0|Result=exit-code|ExecMainStatus=3|failures 1|reported 1|user 0|active|Result=success|ExecMainStatus=1|removed for the user 0|removed 0|end' '
BEGIN { n = split(wanted, line, "|"); i = 1 }
$0 == line[i] { i++ }
/^left: / { bad = 1 }
END { if (i <= n) print "missing: " line[i]; exit bad || i <= n }' "$root/root/output"
