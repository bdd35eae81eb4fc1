package dev.auditpolicy.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPrivateKey;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;

/** A certificate authority, and what it signs. */
public final class TestAuthority {

    /** A certificate and its key. */
    public record Signed(X509Certificate certificate, KeyPair keys) {}

    private static final int CURVE_BITS = 256;

    private final X500Name name;
    private final KeyPair keys = newKey("EC");
    private final Signed own;

    public TestAuthority(String name, Instant from, Instant until) {
        this.name = new X500Name("CN=" + name);
        this.own = sign(this.name, keys, from, until, true);
    }

    public X509Certificate certificate() {
        return own.certificate();
    }

    /**
     * A certificate with a key of its own.
     *
     * @param names alternative names: addresses, or names of DNS
     */
    public Signed sign(String subject, String algorithm, Instant from, Instant until, String... names) {
        return sign(new X500Name("CN=" + subject), newKey(algorithm), from, until, false, names);
    }

    private Signed sign(
            X500Name subject, KeyPair key, Instant from, Instant until, boolean isAuthority, String... names) {
        try {
            var builder = new JcaX509v3CertificateBuilder(
                            name,
                            BigInteger.valueOf(System.nanoTime()),
                            Date.from(from),
                            Date.from(until),
                            subject,
                            key.getPublic())
                    .addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority));
            if (names.length > 0) {
                builder.addExtension(Extension.subjectAlternativeName, false, new GeneralNames(alternatives(names)));
            }
            var signer = new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
            return new Signed(new JcaX509CertificateConverter().getCertificate(builder.build(signer)), key);
        } catch (GeneralSecurityException | OperatorCreationException | IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static GeneralName[] alternatives(String... names) {
        return Arrays.stream(names)
                .map(each -> new GeneralName(
                        Character.isDigit(each.charAt(0)) ? GeneralName.iPAddress : GeneralName.dNSName, each))
                .toArray(GeneralName[]::new);
    }

    public static KeyPair newKey(String algorithm) {
        try {
            var generator = KeyPairGenerator.getInstance(algorithm);
            if (algorithm.equals("EC")) {
                generator.initialize(CURVE_BITS);
            }
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** In the form of OpenSSL: PKCS#1 for RSA, SEC 1 with the curve for EC. */
    public static byte[] pem(Object object) {
        try {
            return written(
                    object instanceof ECPrivateKey key
                            ? new PemObject(
                                    "EC PRIVATE KEY",
                                    new org.bouncycastle.asn1.sec.ECPrivateKey(
                                                    CURVE_BITS, key.getS(), SECObjectIdentifiers.secp256r1)
                                            .getEncoded())
                            : object);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    public static byte[] pkcs8(PrivateKey key) {
        try {
            return written(new JcaPKCS8Generator(key, null));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static byte[] written(Object object) {
        var text = new StringWriter();
        try (var writer = new JcaPEMWriter(text)) {
            writer.writeObject(object);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return text.toString().getBytes(US_ASCII);
    }
}
