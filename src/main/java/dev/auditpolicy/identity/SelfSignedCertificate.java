package dev.auditpolicy.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.auditpolicy.pem.Der;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import javax.security.auth.x500.X500Principal;

/**
 * A serving certificate that nobody vouches for: it encrypts, but proves nothing. As for {@link CertificateRequest}, the JDK encodes all
 * that is not trivial. Its keytool could make one only in a process of its own, with the memory of a second JVM.
 */
public record SelfSignedCertificate(PrivateKey key, X509Certificate certificate) {

    /** Until 2049, the only years of a UTCTime. */
    private static final Duration VALIDITY = Duration.ofDays(3650);

    private static final Duration CLOCK_SKEW = Duration.ofHours(1);

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final byte[] VERSION_3 = Der.element(Der.FIRST_OPTION, new byte[] {Der.INTEGER, 1, 2});
    private static final int EXTENSIONS = 0xa3;
    private static final int IP_ADDRESS = 0x87;
    private static final byte[] NO_UNUSED_BITS = {0};

    /** ecdsa-with-SHA256, 1.2.840.10045.4.3.2. */
    private static final byte[] ECDSA_WITH_SHA256 = HexFormat.of().parseHex("300a06082a8648ce3d040302");

    /** 2.5.29.17. */
    private static final byte[] SUBJECT_ALTERNATIVE_NAME =
            Der.element(Der.OBJECT_IDENTIFIER, HexFormat.of().parseHex("551d11"));

    /** A new key and its certificate for a server with this address. */
    public static SelfSignedCertificate of(X500Principal subject, InetAddress address, Instant now) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            var pair = generator.generateKeyPair();
            var signed = signed(pair, tbs(pair, subject, address, now));
            var certificate =
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(signed));
            return new SelfSignedCertificate(pair.getPrivate(), (X509Certificate) certificate);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the Java runtime has no P-256, SHA256withECDSA or X.509", impossible);
        }
    }

    private static byte[] signed(KeyPair pair, byte[] tbs) throws GeneralSecurityException {
        var signature = Signature.getInstance("SHA256withECDSA");
        signature.initSign(pair.getPrivate());
        signature.update(tbs);
        return Der.element(
                Der.SEQUENCE, tbs, ECDSA_WITH_SHA256, Der.element(Der.BIT_STRING, NO_UNUSED_BITS, signature.sign()));
    }

    private static byte[] tbs(KeyPair pair, X500Principal subject, InetAddress address, Instant now) {
        var name = subject.getEncoded();
        var validity = Der.element(Der.SEQUENCE, time(now.minus(CLOCK_SKEW)), time(now.plus(VALIDITY)));
        return Der.element(
                Der.SEQUENCE,
                VERSION_3,
                Der.element(
                        Der.INTEGER,
                        new BigInteger(126, new SecureRandom()).setBit(126).toByteArray()),
                ECDSA_WITH_SHA256,
                name,
                validity,
                name,
                pair.getPublic().getEncoded(),
                Der.element(EXTENSIONS, Der.element(Der.SEQUENCE, alternativeName(address))));
    }

    private static byte[] time(Instant time) {
        return Der.element(Der.UTC_TIME, TIME.format(time).getBytes(US_ASCII));
    }

    private static byte[] alternativeName(InetAddress address) {
        var names = Der.element(Der.SEQUENCE, Der.element(IP_ADDRESS, address.getAddress()));
        return Der.element(Der.SEQUENCE, SUBJECT_ALTERNATIVE_NAME, Der.element(Der.OCTET_STRING, names));
    }
}
