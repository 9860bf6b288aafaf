#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Notifications by mail and webhook: wherever `check` is stopped, each one arrives, and a repeat is the same message.

load helpers

# Each point is two runs that talk to servers: here a third of them is enough.
KVK_FAULT_EVERY=$((3 * ${KVK_FAULT_EVERY:-11}))

@test "check with channels: no notice is lost, and a repeat has the same Message-ID and Idempotency-Key" {
	with_folder
	"$KVKCSR" track certs/c.pem --to b@voorbeeld.nl --to c@voorbeeld.nl
	"$KVKCSR" track certs/a.pem --name a
	keep tracked
	/usr/bin/python3 "$top_srcdir/tests/fault/receiver.py" "$dir/received" 3>&- 4>&- &
	receiver=$!
	for ((i = 0; i < 100; i++)); do [ ! -e received.ports ] || break; sleep 0.1; done
	# shellcheck disable=SC1091 # written by the receiver
	. ./received.ports
	(umask 077 && cat >c.cfg) <<-END
		notify: {
			mail: { to = [ "a@voorbeeld.nl" ]; from = "kvkcsr@voorbeeld.nl"; starttls = "none"; smtp = "smtp://127.0.0.1:$mail"; };
			webhook: { url = "http://127.0.0.1:$web/"; };
		};
	END
	run fault --received received --again 0,1,2 tracked \
		check --config c.cfg --offline --remember --at 2027-10-30T12:00:00Z
	kill "$receiver"
	[ "$(cut -d' ' -f1 received | sort -u | tr '\n' ' ')" = "mail:a@voorbeeld.nl mail:b@voorbeeld.nl,c@voorbeeld.nl webhook " ]
	report
}
