#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Every message can be found by xgettext without a complaint, and every translation is well formed.
set -eu
command -v xgettext >/dev/null || { echo "skipped: no xgettext (gettext)"; exit 77; }
faults=0
pot=$top_builddir/po/kvkcsr.pot
rm -f "$pot"
said=$(env -u MAKEFLAGS -u MAKELEVEL -u MFLAGS make -s -C "$top_builddir" po/kvkcsr.pot 2>&1 | sed '/^ *GEN /d')
[ -z "$said" ] || { echo "$said"; faults=1; }
# one from the program, one from a header, one from a table
for text in "usage: %s COMMAND [OPTION]... [ARGUMENT]..." "out of memory" "check a delivery as the portal would"; do
	grep -qF "$text" "$pot" || { echo "not found by xgettext: $text"; faults=1; }
done
# one that goes on with what another began cannot be translated as a whole
if msgcat --no-wrap "$pot" | grep -E '^msgid(_plural)? "[,;:.] '; then
	echo "a message that begins in the middle of a sentence"
	faults=1
fi
# what is counted has a plural: another language has other forms, also for a limit
said=$(msgcat --no-wrap "$pot" | awk '/^msgid "/ { text = $0 } /^msgid_plural/ { text = "" }
	/^msgstr/ && text ~ /%(zu|u|l?lu|l?ld|d) ([A-Z]+ )?[a-z][a-z]+s[ .,:;)"]/ { print text }')
[ -z "$said" ] || { printf 'without a plural:\n%s\n' "$said"; faults=1; }
for po in "$top_srcdir"/po/*.po; do
	msgfmt --check -o /dev/null "$po" || faults=1
done
exit "$faults"
