#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# differential.sh: mutated chains from a fixed seed, 5,000 alone, 2,000 with CRLs, 1,000 with an OCSP response, and 600
# with two certificates of a CA, evaluated by src/cert, src/path and src/revocation in Java's manner and by Java itself. Every kind of disagreement must be
# listed, with its reason, in accepted.tsv. SEED, COUNT, REVOCATION, OCSP and CROSS ask for others.
set -eu
if ! command -v javac >/dev/null || ! command -v java >/dev/null; then
	echo "skipped: there is no Java here to compare with (Debian: default-jdk-headless)"
	exit 77
fi
folder=$top_srcdir/tests/differential
scratch=$(mktemp -d "${TMPDIR:-/tmp}/kvkcsr-chains.XXXXXX")
trap 'rm -rf "$scratch"' EXIT
seed=${SEED:-2026}
count=${COUNT:-5000}
revocation=${REVOCATION:-2000}
ocsp=${OCSP:-1000}
cross=${CROSS:-600}

javac -nowarn -d "$scratch" "$folder/Theirs.java" "$folder/OrderedList.java" &
# make_chains FIRST COUNT: those of these numbers (tests/differential/chain.h).
make_chains() {
	mkdir "$scratch/$1"
	"$top_builddir/tests/differential/chains" "$seed" "$1" "$2" "$scratch/$1"
	cat "$scratch/$1/cases" >>"$scratch/cases"
	cat "$scratch/$1/ours" >>"$scratch/ours"
}
make_chains 0 "$count"
make_chains 90000 "$cross"
make_chains 100000 "$revocation"
make_chains 200000 "$ocsp"
wait
java -XX:TieredStopAtLevel=1 -cp "$scratch" Theirs "$scratch/cases" "$scratch/theirs"
# the exit status of awk says whether there was a disagreement that is not listed
awk -F '\t' -v count=$((count + revocation + ocsp + cross)) -v seed="$seed" '
function find(ours, theirs, ours_detail, theirs_detail, what, i) {
	for (i = 1; i <= rows; i++)
		if (ours ~ row_ours[i] && theirs ~ row_theirs[i] && ours_detail ~ row_ours_detail[i] &&
		    theirs_detail ~ row_theirs_detail[i] && what ~ row_what[i])
			return i
	return 0
}
function disagree(number, ours, theirs, ours_detail, theirs_detail, what, i) {
	i = find(ours, theirs, ours_detail, theirs_detail, what)
	if (i) {
		met[i]++
		accepted++
		return
	}
	if (faults++ < 40)
		printf "seed %s, chain %s (%s):\n  ours   %s %s\n  Java   %s %s\n", seed, number, what, ours,
			ours_detail, theirs, theirs_detail
}
FILENAME ~ /accepted.tsv$/ {
	if ($0 !~ /^#/) {
		rows++
		row_ours[rows] = "^(" $1 ")$"; row_theirs[rows] = "^(" $2 ")$"; row_what[rows] = $3
		row_ours_detail[rows] = $4; row_theirs_detail[rows] = $5
		row_why[rows] = $6
		if ($6 == "") {
			printf "accepted.tsv:%d: no reason given\n", FNR
			faults++
		}
	}
	next
}
FILENAME ~ /ours$/ { ours[$1] = $0; next }
{
	seen++
	split(ours[$1], o, "\t")
	if (o[2] != $2 || o[3] != $3)
		disagree($1, o[2], $2, o[3] ": " o[4], $3 ": " $4, o[6])
	else if (o[5] != $5)
		disagree($1, "build-" o[5], "build-" $5, o[2], $2, o[6])
	else
		agreed++
	reason[$2]++
}
END {
	for (i = 1; i <= rows; i++)
		printf "%5d  %s\n", met[i], row_why[i]
	for (r in reason)
		list = list " " r " " reason[r]
	printf "Java said:%s\n", list
	printf "%d chains: %d agreed, %d of a listed kind, %d others\n", seen, agreed, accepted, faults
	exit faults > 0 || seen != count || rows == 0
}' "$folder/accepted.tsv" "$scratch/ours" "$scratch/theirs"
