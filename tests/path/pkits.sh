#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# NIST PKITS, if it is next to the tree: every verdict, and the reason where the case names one.
cases=$top_srcdir/../shared/data/pkits
if ! [ -d "$cases" ]; then
	echo "skipped: no PKITS at $cases"
	exit 77
fi
answers=$(mktemp) || exit 1
trap 'rm -f "$answers"' EXIT
"$top_builddir/tests/path-cases" "$cases"/* > "$answers" || exit 1
awk -F '\t' '
# the member of a case.json as words
function member(name,   at, rest) {
	at = index(text, "\"" name "\":")
	rest = substr(text, at + length(name) + 3)
	if (rest ~ /^ *\[/)
		rest = substr(rest, 1, index(rest, "]"))
	else
		rest = substr(rest, 1, match(rest, /[,}]/) - 1)
	gsub(/[][",]/, " ", rest)
	gsub(/ +/, " ", rest)
	gsub(/^ | $/, "", rest)
	return rest
}
function evaluate(   id, want, reasons) {
	id = member("id")
	want = member("expected")
	reasons = " " member("expected_reason") " "
	n++
	if (verdict[id] != want || (want == "fail" && reasons ~ /[A-Z]/ && !index(reasons, " " reason[id] " "))) {
		print id ": wanted " want reasons "got " verdict[id] " " reason[id]
		bad++
	}
}
FILENAME == ARGV[1] { verdict[$1] = $2; reason[$1] = $3; next }
FNR == 1 { if (text != "") evaluate(); text = "" }
{ text = text $0 }
END {
	evaluate()
	print n " cases, " bad + 0 " off"
	exit !(n >= 249 && bad == 0)
}' "$answers" "$cases"/*/case.json
