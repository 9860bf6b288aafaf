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
import java.math.BigInteger;
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
import java.security.cert.PKIXRevocationChecker;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
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
	// An OCSP response, empty where there is none, and the certificate that it is about.
	private byte[] about, response;
	// Which of CRLs that are equally new comes first, and whether there are such.
	private boolean reversed, twins;

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
		if (asksOcsp()) {
			about = octets();
			response = octets();
		}
		return true;
	}

	// The cRLNumber of a CRL: an INTEGER within an OCTET STRING; below 0 where there is none.
	private static BigInteger number(X509CRL list) {
		byte[] octets = list.getExtensionValue("2.5.29.20");

		if (octets == null || octets.length < 5)
			return BigInteger.valueOf(-1);
		return new BigInteger(Arrays.copyOfRange(octets, 4, octets.length));
	}

	private static final Comparator<X509CRL> NEWEST =
		Comparator.comparing(X509CRL::getThisUpdate).thenComparing(Theirs::number).reversed();

	// Whether two CRLs are equally new, so that their order says which of them Java takes.
	private static boolean hasTwins(List<X509CRL> lists) {
		for (int i = 1; i < lists.size(); i++)
			if (NEWEST.compare(lists.get(i - 1), lists.get(i)) == 0)
				return true;
		return false;
	}

	// The CRLs that can be read, the newest first; what cannot is as if it had not come. Of those that are equally new
	// the last comes first where that is asked.
	private List<CRL> lists() {
		List<X509CRL> read = new ArrayList<>();
		List<CRL> ordered = new ArrayList<>();

		for (byte[] list : lists)
			try {
				read.add((X509CRL) factory.generateCRL(new ByteArrayInputStream(list)));
			} catch (CRLException | RuntimeException e) {
				continue;
			}
		if (reversed)
			Collections.reverse(read);
		read.sort(NEWEST);
		twins = hasTwins(read);
		for (X509CRL list : read)
			ordered.add(new OrderedList(list, ordered.size()));
		return ordered;
	}

	private boolean asksCrls() {
		return (flags & 8) != 0;
	}

	private boolean asksOcsp() {
		return (flags & 16) != 0;
	}

	// The response is handed to the validator as one that came with the certificate; where it is of no use, CRLs count.
	private void staple(PKIXParameters parameters, List<Certificate> certificates) throws GeneralSecurityException {
		if (!asksOcsp() || response.length == 0)
			return;
		PKIXRevocationChecker checker =
			(PKIXRevocationChecker) CertPathValidator.getInstance("PKIX").getRevocationChecker();
		Map<X509Certificate, byte[]> responses = new HashMap<>();
		for (Certificate one : certificates)
			if (Arrays.equals(one.getEncoded(), about))
				responses.put((X509Certificate) one, response);
		checker.setOcspResponses(responses);
		parameters.addCertPathChecker(checker);
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
			staple(parameters, certificates);
			CertPathValidator.getInstance("PKIX").validate(path, parameters);
			return "ok\t-1\t";
		} catch (CertPathValidatorException e) {
			return e.getReason() + "\t" + e.getIndex() + "\t" + words(e);
		} catch (GeneralSecurityException | RuntimeException e) {
			return "EXCEPTION\t-1\t" + words(e);
		}
	}

	// Where two verdicts differ, ours is the worse one: the nearer one to the anchor, then revoked.
	private static String worse(String one, String other) {
		String[] a = one.split("\t"), b = other.split("\t");
		int i = Integer.parseInt(a[1]), j = Integer.parseInt(b[1]);

		if (i != j)
			return i > j ? one : other;
		return b[0].equals("REVOKED") ? other : one;
	}

	// Of CRLs that are equally new Java takes the one that comes first in a hash set; the worst has to count.
	private String validateBoth(List<Certificate> certificates, X509Certificate root) {
		reversed = false;
		String verdict = validate(certificates, root);
		if (!asksCrls() || !twins)
			return verdict;
		reversed = true;
		return worse(verdict, validate(certificates, root));
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
		return validateBoth(certificates, root) + "\t" + (asksCrls() ? "-" : build(certificates, root));
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
