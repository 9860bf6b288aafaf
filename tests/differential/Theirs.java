// SPDX-License-Identifier: Apache-2.0
// Java's own verdict on the chains of tests/differential/chains: reads the file of cases (numbers of four octets, high
// one first, everything with its length before it) and prints one line for each: number, reason, index, detail, and
// whether Java's own builder finds a path.
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.FileInputStream;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.security.GeneralSecurityException;
import java.security.cert.CRL;
import java.security.cert.CRLException;
import java.security.cert.CertPath;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertPathValidator;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

public final class Theirs {
	private final DataInputStream in;
	private final CertificateFactory factory = CertificateFactory.getInstance("X.509");
	private int number;
	private Date at;
	private int flags;
	private Set<String> policies;
	private byte[] anchor;
	private byte[] file;
	private List<byte[]> lists;

	private Theirs(DataInputStream in) throws GeneralSecurityException {
		this.in = in;
	}

	private byte[] octets() throws IOException {
		return in.readNBytes(in.readInt());
	}

	private boolean read() throws IOException {
		in.mark(1);
		if (in.read() < 0)
			return false;
		in.reset();
		number = in.readInt();
		at = new Date(in.readLong());
		flags = in.readInt();
		policies = new HashSet<>();
		for (int n = in.readInt(); n > 0; n--)
			policies.add(new String(octets(), "US-ASCII"));
		anchor = octets();
		file = octets();
		lists = new ArrayList<>();
		for (int n = in.readInt(); n > 0; n--)
			lists.add(octets());
		return true;
	}

	// The CRLs that can be read, the newest first; what cannot is as if it had not come.
	private List<CRL> lists() {
		List<X509CRL> read = new ArrayList<>();
		List<CRL> ordered = new ArrayList<>();

		for (byte[] list : lists)
			try {
				read.add((X509CRL) factory.generateCRL(new ByteArrayInputStream(list)));
			} catch (CRLException | RuntimeException e) {
				continue;
			}
		read.sort(Comparator.comparing(X509CRL::getThisUpdate).reversed());
		for (X509CRL list : read)
			ordered.add(new OrderedList(list, ordered.size()));
		return ordered;
	}

	private boolean asksCrls() {
		return (flags & 8) != 0;
	}

	private void inputs(PKIXParameters parameters) throws GeneralSecurityException {
		parameters.setRevocationEnabled(asksCrls());
		if (asksCrls())
			parameters.addCertStore(CertStore.getInstance("Collection",
				new CollectionCertStoreParameters(lists())));
		parameters.setDate(at);
		parameters.setExplicitPolicyRequired((flags & 1) != 0);
		parameters.setPolicyMappingInhibited((flags & 2) != 0);
		parameters.setAnyPolicyInhibited((flags & 4) != 0);
		if (!policies.isEmpty())
			parameters.setInitialPolicies(policies);
	}

	// The message of an exception and of what caused it, in one line.
	private static String words(Throwable fault) {
		StringBuilder text = new StringBuilder();
		for (Throwable t = fault; t != null && text.length() < 300; t = t.getCause())
			text.append(text.length() > 0 ? " / " : "").append(t.getClass().getSimpleName()).append(": ")
				.append(t.getMessage());
		return text.toString().replaceAll("[^ -~]+", " ");
	}

	private String validate(List<Certificate> certificates, X509Certificate root) {
		try {
			CertPath path = factory.generateCertPath(certificates);
			PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
			inputs(parameters);
			CertPathValidator.getInstance("PKIX").validate(path, parameters);
			return "ok\t-1\t";
		} catch (CertPathValidatorException e) {
			return e.getReason() + "\t" + e.getIndex() + "\t" + words(e);
		} catch (GeneralSecurityException | RuntimeException e) {
			return "EXCEPTION\t-1\t" + words(e);
		}
	}

	private String build(List<Certificate> certificates, X509Certificate root) {
		try {
			X509CertSelector leaf = new X509CertSelector();
			leaf.setCertificate((X509Certificate) certificates.get(0));
			PKIXBuilderParameters parameters =
				new PKIXBuilderParameters(Set.of(new TrustAnchor(root, null)), leaf);
			inputs(parameters);
			parameters.addCertStore(CertStore.getInstance("Collection",
				new CollectionCertStoreParameters(certificates)));
			CertPathBuilder.getInstance("PKIX").build(parameters);
			return "ok";
		} catch (GeneralSecurityException | RuntimeException e) {
			return "fail";
		}
	}

	private String evaluate() {
		X509Certificate root;
		List<Certificate> certificates;

		try {
			root = (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(anchor));
		} catch (CertificateException | RuntimeException e) {
			return "ANCHOR\t-1\t" + words(e) + "\tfail";
		}
		try {
			certificates = new ArrayList<>(factory.generateCertificates(new ByteArrayInputStream(file)));
		} catch (CertificateException e) {
			// the one message that says that there is nothing rather than something wrong
			boolean nothing = "No certificate data found".equals(e.getMessage());
			return (nothing ? "NOTHING" : "PARSE") + "\t-1\t" + words(e) + "\tfail";
		} catch (RuntimeException e) {
			return "PARSE\t-1\t" + words(e) + "\tfail";
		}
		if (certificates.isEmpty())
			return "NOTHING\t-1\t\tfail";
		return validate(certificates, root) + "\t" + (asksCrls() ? "-" : build(certificates, root));
	}

	public static void main(String[] arguments) throws Exception {
		try (DataInputStream in = new DataInputStream(
				new BufferedInputStream(new FileInputStream(arguments[0])));
				PrintStream out = new PrintStream(arguments[1], "US-ASCII")) {
			Theirs theirs = new Theirs(in);

			while (theirs.read())
				out.println(theirs.number + "\t" + theirs.evaluate());
			if (out.checkError())
				throw new IOException("cannot write " + arguments[1]);
		}
	}
}
