#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# fold.sh: names/fold.h folds every code point that both sides know as Java does when it compares names. A locale with
# rules of its own (Turkish) changes nothing.
set -eu
if ! command -v javac >/dev/null || ! command -v java >/dev/null; then
	echo "skipped: there is no Java here to compare with (Debian: default-jdk-headless)"
	exit 77
fi
export LC_ALL=C
scratch=$(mktemp -d "${TMPDIR:-/tmp}/kvkcsr-fold.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
javac -nowarn -d "$scratch" "$top_srcdir/tests/differential/Fold.java" &
LC_ALL=tr_TR.UTF-8 LANGUAGE=tr "$top_builddir/tests/differential/fold" >"$scratch/ours"
wait
java -XX:TieredStopAtLevel=1 -Duser.language=tr -cp "$scratch" Fold "$scratch/theirs"
join "$scratch/ours" "$scratch/theirs" | awk '
$2 != $3 && faults++ < 40 { printf "U+%s: ours %s, Java %s\n", $1, $2, $3 }
END {
	# Unicode 13, which Java 17 has, assigns 281,392
	printf "%d code points compared, %d differ\n", NR, faults
	exit faults > 0 || NR < 281392
}'
