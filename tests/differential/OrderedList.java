// SPDX-License-Identifier: Apache-2.0
// A CRL that keeps its place in a hash set. Java's validator puts CRLs in hash sets, and where several speak for one
// certificate its verdict hangs on their order there, which is that of sums over their octets. Only hashCode and equals
// are other than those of the CRL itself.
import java.math.BigInteger;
import java.security.Principal;
import java.security.Provider;
import java.security.PublicKey;
import java.security.SignatureException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.NoSuchProviderException;
import java.security.cert.CRLException;
import java.security.cert.Certificate;
import java.security.cert.X509CRL;
import java.security.cert.X509CRLEntry;
import java.security.cert.X509Certificate;
import java.util.Date;
import java.util.Set;
import javax.security.auth.x500.X500Principal;

final class OrderedList extends X509CRL {
	private final X509CRL list;
	private final int place;

	// Places up to 15 keep their order in a small hash set.
	OrderedList(X509CRL list, int place) {
		this.list = list;
		this.place = place;
	}

	@Override public int hashCode() { return place; }
	@Override public boolean equals(Object other) { return this == other; }
	@Override public String toString() { return list.toString(); }
	@Override public boolean isRevoked(Certificate one) { return list.isRevoked(one); }
	@Override public byte[] getEncoded() throws CRLException { return list.getEncoded(); }
	@Override public void verify(PublicKey key) throws CRLException, NoSuchAlgorithmException,
			InvalidKeyException, NoSuchProviderException, SignatureException { list.verify(key); }
	@Override public void verify(PublicKey key, String provider) throws CRLException, NoSuchAlgorithmException,
			InvalidKeyException, NoSuchProviderException, SignatureException { list.verify(key, provider); }
	@Override public void verify(PublicKey key, Provider provider) throws CRLException, NoSuchAlgorithmException,
			InvalidKeyException, SignatureException { list.verify(key, provider); }
	@Override public int getVersion() { return list.getVersion(); }
	@Override public Principal getIssuerDN() { return list.getIssuerDN(); }
	@Override public X500Principal getIssuerX500Principal() { return list.getIssuerX500Principal(); }
	@Override public Date getThisUpdate() { return list.getThisUpdate(); }
	@Override public Date getNextUpdate() { return list.getNextUpdate(); }
	@Override public X509CRLEntry getRevokedCertificate(BigInteger number) { return list.getRevokedCertificate(number); }
	@Override public X509CRLEntry getRevokedCertificate(X509Certificate one) { return list.getRevokedCertificate(one); }
	@Override public Set<? extends X509CRLEntry> getRevokedCertificates() { return list.getRevokedCertificates(); }
	@Override public byte[] getTBSCertList() throws CRLException { return list.getTBSCertList(); }
	@Override public byte[] getSignature() { return list.getSignature(); }
	@Override public String getSigAlgName() { return list.getSigAlgName(); }
	@Override public String getSigAlgOID() { return list.getSigAlgOID(); }
	@Override public byte[] getSigAlgParams() { return list.getSigAlgParams(); }
	@Override public boolean hasUnsupportedCriticalExtension() { return list.hasUnsupportedCriticalExtension(); }
	@Override public Set<String> getCriticalExtensionOIDs() { return list.getCriticalExtensionOIDs(); }
	@Override public Set<String> getNonCriticalExtensionOIDs() { return list.getNonCriticalExtensionOIDs(); }
	@Override public byte[] getExtensionValue(String type) { return list.getExtensionValue(type); }
}
