#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# `kvkcsr config`, and how every subcommand takes its configuration.

setup() {
	dir=$(mktemp -d)
	export HOME=$dir
	unset XDG_CONFIG_HOME
}

teardown() {
	rm -rf "$dir"
}

@test "without a file, every setting has its default" {
	run "$KVKCSR" config
	[ "$status" -eq 0 ]
	[[ "$output" == "# not found: $dir/.config/kvkcsr/kvkcsr.cfg"*$'\nkvk: {\n  # address of the KVK API\n  #base_url = "https://api.kvk.nl/api/";  # default\n'* ]]
	[[ "$output" == *$'\n  #api_key = "...";  # not set\n'* ]]
	[[ "$output" == *$'\n  #warning_days = [ 60, 30 ];  # default\n'* ]]
	[[ "$output" == *$'\n  mail: {\n'*$'\n    #to = [ "..." ];  # not set\n'* ]]
}

@test "the user's own file is read, and named" {
	mkdir -p "$dir/.config/kvkcsr"
	echo 'net: { total_timeout = 40; };' >"$dir/.config/kvkcsr/kvkcsr.cfg"
	run "$KVKCSR" config --json
	[ "$status" -eq 0 ]
	[ "$(jq -r '.schema' <<<"$output")" = 1 ]
	[ "$(jq -r '.settings[] | select(.name == "net.total_timeout") | .value' <<<"$output")" = 40 ]
	[ "$(jq -r '.settings[] | select(.name == "net.total_timeout") | .file' <<<"$output")" = "$dir/.config/kvkcsr/kvkcsr.cfg" ]
}

@test "--config reads that file alone" {
	mkdir -p "$dir/.config/kvkcsr"
	echo 'nonsense = 1;' >"$dir/.config/kvkcsr/kvkcsr.cfg"
	echo 'check: { warning_days = [ 90, 45 ]; };' >"$dir/other.cfg"
	run "$KVKCSR" config --config "$dir/other.cfg"
	[ "$status" -eq 0 ]
	[[ "$(tr -s ' \n' ' ' <<<"$output")" == "# read: $dir/other.cfg "*" warning_days = [ 90, 45 ];"* ]]
	[[ "$output" == *"# $dir/other.cfg"* ]]
}

@test "an unknown setting is 78, with line and suggestion" {
	printf '\nnet: { total_timout = 4; };\n' >"$dir/c.cfg"
	run "$KVKCSR" config --config "$dir/c.cfg"
	[ "$status" -eq 78 ]
	[[ "$output" == *"$dir/c.cfg:2:"* ]]
	[[ "$output" == *"total_timeout"* ]]
}

@test "a file named with --config that is not there is 78" {
	run "$KVKCSR" config --config "$dir/none.cfg"
	[ "$status" -eq 78 ]
	[[ "$output" == *"none.cfg"* ]]
}

@test "a file that others may write is refused" {
	echo 'net: { total_timeout = 4; };' >"$dir/c.cfg"
	chmod 666 "$dir/c.cfg"
	run "$KVKCSR" config --config "$dir/c.cfg"
	[ "$status" -eq 78 ]
}

@test "an API key that others may read is refused; a private one is never shown" {
	echo 'kvk: { api_key = "s3cret-key"; };' >"$dir/c.cfg"
	chmod 644 "$dir/c.cfg"
	run "$KVKCSR" config --config "$dir/c.cfg"
	[ "$status" -eq 78 ]
	[[ "$output" == *"chmod 600"* ]]
	chmod 600 "$dir/c.cfg"
	run "$KVKCSR" config --config "$dir/c.cfg"
	[ "$status" -eq 0 ]
	[[ "$output" != *s3cret* ]]
	[[ "$output" == *"not shown"* ]]
}

@test "what it prints is a configuration that gives the same settings" {
	cat >"$dir/c.cfg" <<-'END'
		kvk: { api_key = "s3cret-key"; };
		account: { kvk = "00001234"; party = "market"; };
		net: { allow_private = true; total_timeout = 40; no_proxy = [ "a.example.nl", ".example.org" ]; };
		check: { warning_days = [ 90, 45 ]; critical_days = [ 5 ]; };
		notify: {
			language = "en";
			mail: { to = [ "a@example.nl" ]; from = "b@example.nl"; smtp = "smtp://mail.example.nl"; };
			webhook: { url = "https://chat.example.nl/s3cret"; template = "adaptive-card"; };
			command: { argv = [ "/bin/true", "Café \xe2\x80\xae\x1b[1m \"quoted\" \\ back" ]; };
		};
	END
	chmod 600 "$dir/c.cfg"
	for width in 60 200; do
		COLUMNS=$width "$KVKCSR" config --config "$dir/c.cfg" >"$dir/saved.cfg"
		run ! grep -q $'s3cret\|\x1b\|\xe2\x80\xae' "$dir/saved.cfg"
		for file in c saved; do
			"$KVKCSR" config --config "$dir/$file.cfg" --json |
				jq '.settings[] | select(.name != "kvk.api_key" and (.name | startswith("notify.webhook.") | not))
					| [.name, .value, .file != null]' >"$dir/$file.json"
		done
		[ "$(grep -c true "$dir/c.json")" -ge 11 ]
		diff "$dir/c.json" "$dir/saved.json"
	done
}

@test "it says which addresses of certificates are fetched" {
	: >"$dir/c.cfg"
	run "$KVKCSR" config --config "$dir/c.cfg"
	[[ "$output" == *"server has a public IP address."* ]]
	[ "$("$KVKCSR" config --config "$dir/c.cfg" --json | jq -r .address_rule)" = public ]
	echo 'net: { proxy = "http://proxy.example.nl:3128"; no_proxy = [ "a.nl", "b.nl" ]; };' >"$dir/c.cfg"
	run "$KVKCSR" config --config "$dir/c.cfg"
	[ "$status" -eq 0 ]
	[[ "$output" == *"Behind the"*"proxy,"* ]]
	[[ "$output" == *'no_proxy = [ "a.nl", "b.nl" ];'* ]]
	[ "$("$KVKCSR" config --config "$dir/c.cfg" --json | jq -r .address_rule)" = name ]
	echo 'net: { allow_private = true; };' >"$dir/c.cfg"
	run "$KVKCSR" config --config "$dir/c.cfg"
	[[ "$output" == *"because net.allow_private is true."* ]]
	[ "$("$KVKCSR" config --config "$dir/c.cfg" --json | jq -r .address_rule)" = any ]
}

@test "what cannot be a proxy, or read, is 78 and says why" {
	echo 'net: { proxy = "proxy.example.nl"; };' >"$dir/c.cfg"
	run "$KVKCSR" config --config "$dir/c.cfg"
	[ "$status" -eq 78 ]
	[[ "$output" == *"$dir/c.cfg:1: net.proxy: 'proxy.example.nl' is not the address of a proxy"* ]]
	echo "net: { proxy_auth_file = \"$dir/auth\"; };" >"$dir/c.cfg"
	run "$KVKCSR" config --config "$dir/c.cfg"
	[ "$status" -eq 78 ]
	[[ "$output" == *"net.proxy_auth_file: "*"$dir/auth"* ]]
	echo user:geheim >"$dir/auth"
	chmod 600 "$dir/auth"
	run "$KVKCSR" config --config "$dir/c.cfg"
	[ "$status" -eq 0 ]
	[[ "$output" != *geheim* ]]
	echo "net: { ca_file = \"$dir/auth\"; };" >"$dir/c.cfg"
	run "$KVKCSR" config --config "$dir/c.cfg"
	[ "$status" -eq 78 ]
	[[ "$output" == *"net.ca_file: '$dir/auth' contains no certificate"* ]]
}

@test "what a channel lacks is named, with the file and an example" {
	echo 'notify: { mail: { to = [ "beheer@voorbeeld.nl" ]; }; };' >"$dir/c.cfg"
	run "$KVKCSR" config --config "$dir/c.cfg"
	[ "$status" -eq 78 ]
	[[ "$output" == *"'$dir/c.cfg' has"*"notify.mail.from"*'from = "kvkcsr@voorbeeld.nl";'* ]]
	echo 'notify: { mail: { from = "kvkcsr@voorbeeld.nl"; }; };' >"$dir/c.cfg"
	run "$KVKCSR" config --config "$dir/c.cfg"
	[ "$status" -eq 78 ]
	[[ "$output" == *"'$dir/c.cfg'"*"'smtp' or 'sendmail'"*'smtp = "smtp://'* ]]
}

@test "a full disk is 3" {
	run bash -c '"$KVKCSR" config >/dev/full'
	[ "$status" -eq 3 ]
}

@test "the example configuration has every setting, with its default, and sets none" {
	example=$top_srcdir/templates/kvkcsr.cfg
	run "$KVKCSR" config --json --config "$example"
	[ "$status" -eq 0 ]
	[ "$(jq '[.settings[] | select(.file != null)] | length' <<<"$output")" -eq 0 ]
	# GROUP.NAME and the value of each line that is commented out, a list without its brackets
	awk '
	/^\t*[a-z_]+: \{$/ { gsub(/[\t:{ ]/, ""); group = group $0 "."; next }
	/^\t*\};$/ { sub(/[a-z_]+\.$/, "", group); next }
	match($0, /^\t+#[a-z_]+ = /) {
		name = $1
		value = substr($0, RLENGTH + 1)
		sub(/^#/, "", name)
		sub(/;$/, "", value)
		gsub(/^\[ *| *\]$/, "", value)
		gsub(/^"|"$/, "", value)
		print group name "\t" value
	}' "$example" | sort >"$dir/example"
	jq -r '.settings[].name' <<<"$output" | sort >"$dir/names"
	diff "$dir/names" <(cut -f1 "$dir/example")
	jq -r '.settings[] | select(.value != null) | .name + "\t" + .value' <<<"$output" | sort >"$dir/defaults"
	[ -s "$dir/defaults" ]
	diff "$dir/defaults" <(grep -xFf "$dir/defaults" "$dir/example")
}
