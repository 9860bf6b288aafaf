#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# check-layers.sh [ROOT]: a file in cmd/ or src/ includes only from its own folder and from lower layers. Fails on an
# include from another folder of the same layer or from a higher layer, on one without its folder, on a folder that is
# not listed here, and on a library used outside its folder.
set -eu
cd "${1:-$top_srcdir}"
find cmd src -name '*.[ch]' | LC_ALL=C sort | xargs awk '
BEGIN {
	split("base|der|crypto conf|net|cert|names|path|inventory register trust revocation|" \
		"dossier gather|lint request|watch portal practice|report|notify|app cli|cmd", layer, "|")
	for (i in layer) {
		n = split(layer[i], name, " ")
		while (n > 0)
			rank[name[n--]] = i
	}
	# libraries that only one folder may call
	owner["curl/"] = "net"
	owner["gnutls/"] = "crypto"
	owner["libconfig.h"] = "conf"
	owner["sqlite3.h"] = "inventory"
	owner["histedit.h"] = "cli"
}
function fail(text) {
	printf "%s:%d: %s\n", FILENAME, FNR, text
	failures++
}
FNR == 1 {
	own = FILENAME
	sub(/\/[^\/]*$/, "", own)
	sub(/^src\//, "", own)
	files++
	if (!(own in rank))
		fail("folder \"" own "\" is in no layer")
}
/^[ \t]*#[ \t]*include[ \t]*[<"]/ {
	target = $0
	sub(/^[^<"]*[<"]/, "", target)
	sub(/[>"].*$/, "", target)
	for (library in owner)
		if (index(target, library) == 1 && own != owner[library])
			fail("<" target "> is for " owner[library] "/ only")
	folder = target
	if (!sub(/\/[^\/]*$/, "", folder))
		folder = ""
	if (folder in rank) {
		if (folder != own && rank[folder] + 0 >= rank[own] + 0)
			fail(own "/ must not include " target)
	} else if ($0 ~ /"/ && target != "config.h")
		fail("\"" target "\" names no folder of a layer")
}
END {
	if (files == 0)
		fail("no sources found")
	exit failures > 0
}'
