package dev.auditpolicy.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.auditpolicy.pem.Der;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;

/**
 * A PKCS#10 request for the certificate of an agent. Of its parts, the JDK encodes all that is not trivial: the subject, the public
 * key and the signature. A library for the rest would add 11 MB to the image and to the command. Since there is only one form,
 * whoever reads one compares the bytes and interprets nothing.
 */
public final class CertificateRequest {

    private static final String BEGIN = "-----BEGIN CERTIFICATE REQUEST-----";
    private static final String END = "-----END CERTIFICATE REQUEST-----";

    private static final byte[] VERSION_0 = {Der.INTEGER, 1, 0};
    private static final byte[] NO_ATTRIBUTES = Der.element(Der.FIRST_OPTION);
    private static final byte[] NO_UNUSED_BITS = {0};

    /** sha256WithRSAEncryption, 1.2.840.113549.1.1.11, with the parameter NULL. */
    private static final byte[] SHA256_WITH_RSA = Base64.getDecoder().decode("MA0GCSqGSIb3DQEBCwUA".getBytes(US_ASCII));

    private CertificateRequest() {}

    /** A new key. fabric8 reads a PKCS#8 key only if it is RSA; kubeadm's are of this size, too. */
    public static KeyPair newKey() {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has RSA", impossible);
        }
    }

    /** The request as PEM. */
    public static String pem(AgentIdentity identity, KeyPair key) {
        try {
            var info = info(identity, key.getPublic().getEncoded());
            var signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key.getPrivate());
            signature.update(info);
            return Pem.of("CERTIFICATE REQUEST", request(info, signature.sign()));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has SHA256withRSA", impossible);
        }
    }

    /** Whether {@code pem} asks for the certificate of this identity and for nothing else, and whoever wrote it has its key. */
    public static boolean isFor(AgentIdentity identity, String pem) {
        var text = pem.strip();
        if (!text.startsWith(BEGIN) || !text.endsWith(END)) {
            return false;
        }
        try {
            var request = Base64.getMimeDecoder().decode(text.substring(BEGIN.length(), text.length() - END.length()));
            var parts = Der.children(request);
            var publicKey = Der.children(parts.getFirst()).get(2);
            var bits = Der.contents(parts.getLast());
            var signature = Arrays.copyOfRange(bits, 1, bits.length);
            var info = info(identity, publicKey);
            return Arrays.equals(request, request(info, signature)) && isSigned(info, publicKey, signature);
        } catch (IllegalArgumentException | IndexOutOfBoundsException | GeneralSecurityException malformed) {
            return false;
        }
    }

    private static boolean isSigned(byte[] info, byte[] publicKey, byte[] signature) throws GeneralSecurityException {
        var verification = Signature.getInstance("SHA256withRSA");
        verification.initVerify(KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(publicKey)));
        verification.update(info);
        return verification.verify(signature);
    }

    private static byte[] info(AgentIdentity identity, byte[] publicKey) {
        return Der.element(Der.SEQUENCE, VERSION_0, identity.subject().getEncoded(), publicKey, NO_ATTRIBUTES);
    }

    private static byte[] request(byte[] info, byte[] signature) {
        return Der.element(Der.SEQUENCE, info, SHA256_WITH_RSA, Der.element(Der.BIT_STRING, NO_UNUSED_BITS, signature));
    }
}
