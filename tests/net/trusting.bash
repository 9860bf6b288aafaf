# SPDX-License-Identifier: Apache-2.0
# A program whose installed trust anchors are a test's own. Sourced by bats files: `load trusting`.

# der_part FILE N: value number N of what a certificate signs, in DER: 2 is the issuer, 5 the key.
der_part() {
	local offset header length
	openssl x509 -in "$1" -outform DER >part.der
	IFS=: read -r offset header length < <(openssl asn1parse -inform DER -in part.der |
		sed -n 's/^ *\([0-9]*\):d=2 *hl=\([0-9]*\) *l= *\([0-9]*\) cons: SEQUENCE.*/\1:\2:\3/p' | sed -n "$2p")
	tail -c +$((offset + 1)) part.der | head -c $((header + length))
}

# trusting ROOT: makes $KVKCSR a program that trusts this root certificate, as its build tree has it.
trusting() {
	mkdir -p tree/cmd tree/templates
	touch tree/config.status
	cp "$KVKCSR" tree/cmd/kvkcsr
	cp -r "$top_srcdir/templates/." tree/templates
	cat >tree/templates/trust/anchors.cfg <<-END
		date = "2026-11-22";
		source = "a test";
		anchors = (
			{
				label = "a root of tests";
				generation = "G4";
				sha256 = "$(openssl x509 -in "$1" -outform DER | sha256sum | cut -d' ' -f1)";
				not_before = "2020-01-01T00:00:00Z";
				not_after = "2049-01-01T00:00:00Z";
				ski = "$(openssl x509 -in "$1" -noout -ext subjectKeyIdentifier | tail -n 1 | tr -d ' :' | tr A-F a-f)";
				name = "$(der_part "$1" 2 | base64 -w0)";
				spki = "$(der_part "$1" 5 | base64 -w0)";
			}
		);
	END
	KVKCSR=$PWD/tree/cmd/kvkcsr
}
