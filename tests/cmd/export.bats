#!/usr/bin/env bats
# SPDX-License-Identifier: Apache-2.0
# Handing out what a dossier holds, read by those for whom it is made.

load helpers

setup_file() {
	export at=2026-11-22T12:00:00Z
	dir=$(mktemp -d)
	export dir HOME=$dir KVKCSR_HOME=$dir/home
	cd "$dir" || return 1
	"$KVKCSR" new api.example.nl --practice --domain api.example.nl --kvk 68750110 --organisation 'Voorbeeld B.V.' \
		--tsp generic </dev/null >/dev/null 2>&1
	openssl req -in "$KVKCSR_HOME/dossiers/api.example.nl/request.pem" -outform DER -out request.der
	"$top_builddir/tests/mkpki" pki --csr request.der >/dev/null
	"$KVKCSR" accept api.example.nl pki/delivery.pem --at "$at" --trust pki/root.pem --crl pki/crls.pem \
		>/dev/null 2>&1 || [ $? -le 1 ]
	dossier=$KVKCSR_HOME/dossiers/api.example.nl
	export dossier
	printf 'geheim van 12\nnot this\n' >pass
	chmod 600 pass
	printf '\n' >empty
}

teardown_file() {
	rm -rf "$dir"
}

setup() {
	cd "$dir" || return 1
}

# Exports as a program would, and not as somebody at a terminal.
export_as() {
	run --separate-stderr "$KVKCSR" export api.example.nl --format "$@" </dev/null
}

@test "certificates go to standard output, and what reads them to standard error" {
	for format in upload fullchain; do
		"$KVKCSR" export api.example.nl --format $format 2>said | cmp - "$dossier/upload.pem"
		[ -s said ]
	done
	grep -q portal <("$KVKCSR" export api.example.nl --format upload 2>&1 >/dev/null)
	"$KVKCSR" export api.example.nl --format der 2>said | cmp - <(openssl x509 -in "$dossier/certificate.pem" -outform DER)
	# Binary is nothing for a terminal.
	echo '? is binary' >script
	run -64 "$top_builddir/tests/cmd/talk" script "$KVKCSR" export api.example.nl --format der
	export_as fullchain --out full.pem --json
	[ "$status" -eq 0 ]
	[ "$(json '[.schema, .name, .format, .next, .file] | join(" ")')" = "1 api.example.nl fullchain false full.pem" ]
	[ "$(json .sha256)" = "$(openssl x509 -in full.pem -noout -fingerprint -sha256 | sed 's/.*=//; s/://g' | tr A-F a-f)" ]
	[ "$(stat -c %a full.pem)" = 644 ]
}

@test "the key leaves as it is, for the owner alone, and over nothing that exists" {
	export_as key --out key.pem
	[ "$status" -eq 0 ]
	cmp key.pem "$dossier/key.pem"
	[ "$(stat -c %a key.pem)" = 600 ]
	ln -s nowhere link
	for taken in key.pem link .; do
		export_as key --out $taken
		[ "$status" -eq 73 ]
		export_as p12 --out $taken --pass-file pass
		[ "$status" -eq 73 ]
	done
	cmp key.pem "$dossier/key.pem"
	[ ! -e nowhere ]
	! compgen -G '.*tmp*' || false
}

@test "what is wrong on the command line" {
	local n=0 options
	while read -r options; do
		# shellcheck disable=SC2086
		run --separate-stderr "$KVKCSR" export api.example.nl $options </dev/null
		[ "$status" -eq 64 ] || { echo "not refused: $options"; return 1; }
		[ -z "$output" ]
		[ ! -e x ]
		n=$((n + 1))
	done <<-END
		--out x
		--format jks --out x
		--format key
		--format p12
		--format p12 --out x
		--format p12 --pass-file pass
		--format p12 --out x --pass-file pass --pass-fd 0
		--format der --json
		--format der --legacy --out x
		--format key --out x --pass-file pass
		--format der --next --out x
	END
	[ "$n" -eq 11 ]
	export_as p12 --out x --pass-file empty
	[ "$status" -eq 64 ]
	[[ "$stderr" == *empty* ]]
	[ ! -e x ]
	run "$KVKCSR" export nobody --format der
	[ "$status" -eq 64 ]
}

@test "PKCS#12: openssl, certtool and keytool read key and chain under the name of the dossier" {
	export_as p12 --out api.p12 --pass-file pass
	[ "$status" -eq 0 ]
	[ "$(stat -c %a api.p12)" = 600 ]
	openssl pkcs12 -in api.p12 -passin file:pass -noenc -nocerts 2>/dev/null | openssl pkey | cmp - "$dossier/key.pem"
	openssl pkcs12 -in api.p12 -passin file:pass -nokeys 2>/dev/null | sed -n '/BEGIN/,/END/p' | cmp - "$dossier/upload.pem"
	openssl pkcs12 -in api.p12 -passin file:pass -info -noout 2>info
	grep -q 'MAC: sha256, Iteration 200000' info
	[ "$(grep -c 'PBES2, PBKDF2, AES-256-CBC, Iteration 200000, PRF hmacWithSHA256' info)" -eq 2 ]
	openssl pkcs12 -in api.p12 -passin file:pass -noenc 2>/dev/null | grep -q 'friendlyName: api.example.nl'
	run ! openssl pkcs12 -in api.p12 -passin pass:wrong -noout
	certtool --p12-info --inder --infile api.p12 --password 'geheim van 12' >certtool 2>&1
	[ "$(grep -c 'BEGIN CERTIFICATE' certtool)" -eq "$(grep -c BEGIN "$dossier/upload.pem")" ]
	command -v keytool >/dev/null || skip "no keytool: Java was not asked"
	keytool -list -v -storetype PKCS12 -keystore api.p12 -storepass 'geheim van 12' >keytool
	grep -q 'Alias name: api.example.nl' keytool
	grep -q 'Entry type: PrivateKeyEntry' keytool
	grep -q "Certificate chain length: $(grep -c BEGIN "$dossier/upload.pem")" keytool
}

@test "PKCS#12 for old Windows: 3DES and SHA-1, with a warning" {
	export_as p12 --out old.p12 --pass-fd 9 --legacy 9<pass
	[ "$status" -eq 0 ]
	[[ "$(tr -s '\n ' ' ' <<<"$stderr")" == *"Windows Server 2016"* ]]
	openssl pkcs12 -in old.p12 -passin file:pass -noenc -nocerts -legacy 2>/dev/null | openssl pkey | cmp - "$dossier/key.pem"
	openssl pkcs12 -in old.p12 -passin file:pass -info -noout -legacy 2>info
	grep -q 'MAC: sha1, Iteration 200000' info
	[ "$(grep -c 'pbeWithSHA1And3-KeyTripleDES-CBC, Iteration 200000' info)" -eq 2 ]
}

@test "a key that is encrypted: with the passphrase of the file, or on a terminal" {
	cp -r "$dossier" saved
	openssl pkcs8 -topk8 -in saved/key.pem -passout file:pass -out "$dossier/key.pem"
	export_as p12 --out enc.p12 --pass-file pass
	[ "$status" -eq 0 ]
	openssl pkcs12 -in enc.p12 -passin file:pass -noout
	echo other >other
	export_as p12 --out x --pass-file other
	[ "$status" -eq 64 ]
	[ ! -e x ]
	export_as key --out enc.pem
	[ "$status" -eq 0 ]
	grep -q 'ENCRYPTED PRIVATE KEY' enc.pem
	# One that is not that of the certificate goes nowhere.
	openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out "$dossier/key.pem"
	for options in "p12 --pass-file pass" key; do
		read -ra options <<<"$options"
		export_as "${options[@]}" --out x
		[ "$status" -eq 3 ]
		[ ! -e x ]
	done
	rm "$dossier/key.pem"
	export_as key --out x
	[ "$status" -eq 73 ]
	[[ "$(tr -s '\n ' ' ' <<<"$stderr")" == *"the request was created elsewhere"* ]]
	echo 'key = "pkcs11:token=t;object=k";' >>"$dossier/answers.cfg"
	export_as p12 --out x --pass-file pass
	[ "$status" -eq 73 ]
	[[ "$(tr -s '\n ' ' ' <<<"$stderr")" == *"is in a token and cannot leave it"*"'pkcs11:token=t;object=k'"* ]]
	[ ! -e x ]
	cp saved/key.pem saved/answers.cfg "$dossier"
}

@test "the file for the portal: what is known of it, and what to do before it is uploaded" {
	n=0
	while IFS='|' read -r change says; do
		[ -z "$change" ] || sqlite3 "$KVKCSR_HOME/inventory.db" "UPDATE entries SET $change"
		export_as upload
		[ "$status" -eq 0 ]
		[[ "$stderr" == *"$says"* ]]
		[ "$n" -eq 1 ] || [[ "$stderr" != *"Upload this file"* ]]
		export_as upload --json --out "portal$n.pem"
		[[ "$(json .hint)" == *"$says"* ]]
		n=$((n + 1))
	done <<-'END'
		|Before you upload it, run 'kvkcsr accept' again without --trust
		practice = 0|Upload this file to the KVK developer portal
		delivery = 'rejected'|refused the last delivery; this file is the certificate that it accepted before
		stage = 'received'|Some checks of this file could not be completed
		delivery = 'probably-rejected'|would probably refuse this file
		delivery = 'adopted'|The dossier was adopted, so nobody knows whether this file was checked
	END
	[ "$n" -eq 6 ]
}

# The client of a handshake on the loopback interface, which knows the root and the name.
handshake() {
	openssl s_client "$@" -servername api.example.nl -verify_hostname api.example.nl -CAfile pki/root.pem \
		-attime "$(date -d "$at" +%s)" -verify_return_error -brief </dev/null 2>&1 | grep -q 'Verification: OK'
}

@test "nginx serves fullchain and key, and a client that knows the root is content" {
	command -v nginx || skip "nginx is not installed"
	"$KVKCSR" export api.example.nl --format fullchain --out nginx.pem
	"$KVKCSR" export api.example.nl --format key --out nginx.key
	mkdir nginx
	cat >nginx.conf <<-END
		pid $dir/nginx/pid;
		events { }
		http {
			access_log off;
			client_body_temp_path $dir/nginx/body; proxy_temp_path $dir/nginx/proxy;
			fastcgi_temp_path $dir/nginx/fastcgi; uwsgi_temp_path $dir/nginx/uwsgi; scgi_temp_path $dir/nginx/scgi;
			server {
				listen unix:$dir/nginx/socket ssl;
				ssl_certificate $dir/nginx.pem;
				ssl_certificate_key $dir/nginx.key;
			}
		}
	END
	nginx -e "$dir/nginx/log" -c "$dir/nginx.conf" 3>&-
	run handshake -unix "$dir/nginx/socket"
	kill "$(cat nginx/pid)"
	cat nginx/log
	[ "$status" -eq 0 ]
}

@test "Java serves p12, and a client that knows the root is content" {
	command -v javac || skip "no JDK is installed"
	"$KVKCSR" export api.example.nl --format p12 --out java.p12 --pass-file pass
	cat >Serve.java <<-'END'
		import java.io.*;
		import java.net.InetAddress;
		import java.nio.file.*;
		import java.security.KeyStore;
		import javax.net.ssl.*;

		public class Serve {
			public static void main(String[] args) throws Exception {
				char[] pass = Files.readAllLines(Path.of(args[1])).get(0).toCharArray();
				KeyStore store = KeyStore.getInstance("PKCS12");
				try (InputStream in = new FileInputStream(args[0])) {
					store.load(in, pass);
				}
				KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
				keys.init(store, pass);
				SSLContext context = SSLContext.getInstance("TLS");
				context.init(keys.getKeyManagers(), null, null);
				SSLServerSocket server = (SSLServerSocket) context.getServerSocketFactory()
						.createServerSocket(0, 1, InetAddress.getLoopbackAddress());
				Files.writeString(Path.of(args[2] + ".new"), server.getLocalPort() + "\n");
				Files.move(Path.of(args[2] + ".new"), Path.of(args[2]));
				try (SSLSocket client = (SSLSocket) server.accept()) {
					client.getOutputStream().write('\n');
					client.getInputStream().read();
				}
			}
		}
	END
	timeout 60 java Serve.java java.p12 pass port 2>java.log 3>&- &
	for ((i = 0; i < 300; i++)); do
		[ ! -e port ] || break
		sleep 0.1
	done
	run handshake -connect "127.0.0.1:$(cat port)"
	wait
	cat java.log
	[ "$status" -eq 0 ]
}
