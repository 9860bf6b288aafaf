#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# check-words.sh [ROOT]: the program and its manuals speak plain, modern English. Fails on expressions that have a
# plainer form, also where they are broken over two lines or two string literals; beside each stands what to say.
set -eu
cd "${1:-$top_srcdir}"
# EXPRESSION (lower case, POSIX extended; a blank stands for any white space) TAB what to say
words='mend(s|ed|ing)?	fix, correct
to the letter	word for word
how it comes	cause
rests on	source; depends on
known since	first seen
in short	summary
at hand	in the file; available
(is|are) needed	required
telling	sending notifications; saying
counts as told	the notifications will be repeated by the next run
whole road	the whole process
(a|the) practice tsp	a simulated TSP
its seat	city of the registered office
before you agreed	until you agree
stands before (it|this)	not evaluated because message N applies
hand (it|them|this) in	send it to
come about	connect; happen
speaks against	no problem found
takes? no more	no longer issued; no longer accepted
validity\.not(after|before)	ended on DATE, N days ago
behind this block	on the same line as BEGIN or END
ends inside a value	cut off
bytes that are no	not a ... file
next one until	next list due by
not known:	unknown:
behind .?--.?	after --'
paths='cmd src templates debian NEWS README.md CONTRIBUTING.md SECURITY.md'
# shellcheck disable=SC2086 # the list is split
said=$(find $paths -type f ! -path '*/.*' ! -name '*.[ao]' ! -perm /111 2>/dev/null |
	LC_ALL=C sort | WORDS=$words xargs awk '
BEGIN {
	n = split(ENVIRON["WORDS"], row, "\n")
	for (i = 1; i <= n; i++) {
		split(row[i], part, "\t")
		pattern[i] = part[1]
		gsub(/ /, " +", pattern[i])
		pattern[i] = "(^|[^a-z_])" pattern[i] "($|[^a-z_])"
		instead[i] = part[2]
	}
}
# What was gathered of a paragraph, as one line: without marks of comments and of roff, and with literals that follow
# one another joined.
function look(	i) {
	gsub(/\\n|\\f[BIRP]|[*`]/, " ", text)
	gsub(/\\-/, "-", text)
	gsub(/"[ \t]*"/, "", text)
	gsub(/[ \t]+/, " ", text)
	text = tolower(text)
	for (i = 1; i <= n; i++)
		if (match(text, pattern[i]))
			printf "%s: after line %d: \"%s\"; say: %s\n", file, line, substr(text, RSTART, RLENGTH), instead[i]
	text = ""
}
FNR == 1 || /^[ \t]*$/ || /^}/ || /^\.(PP|TP|SH)/ || length(text) > 4000 {
	look()
	file = FILENAME
	line = FNR
}
{
	files++
	text = text " " $0
}
END {
	look()
	if (files == 0)
		print "no sources found"
}')
[ -z "$said" ] || { printf '%s\n' "$said"; exit 1; }
