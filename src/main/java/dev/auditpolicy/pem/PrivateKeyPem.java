package dev.auditpolicy.pem;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** A private key in PEM: PKCS#8, or the older forms that kubeadm and openssl write, PKCS#1 (RSA) and SEC 1 (EC). */
public final class PrivateKeyPem {

    private static final Pattern BLOCK = Pattern.compile(
            "-----BEGIN (?<label>(?:RSA |EC )?PRIVATE KEY)-----(?<body>[A-Za-z0-9+/=\\s]++)-----END \\k<label>-----");

    /** rsaEncryption, 1.2.840.113549.1.1.1, with the parameter NULL. */
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

    /** ecPublicKey, 1.2.840.10045.2.1. */
    private static final byte[] EC_PUBLIC_KEY = HexFormat.of().parseHex("06072a8648ce3d0201");

    private static final byte[] VERSION_0 = {Der.INTEGER, 1, 0};

    private static final byte[] PROBE = {1, 2, 3};

    private PrivateKeyPem() {}

    /**
     * Reads the first key of a text.
     *
     * @throws GeneralSecurityException if there is none, with what is wrong and without any of its bytes
     */
    public static PrivateKey read(byte[] pem) throws GeneralSecurityException {
        var text = new String(pem, ISO_8859_1);
        var block = BLOCK.matcher(text);
        if (!block.find()) {
            throw new InvalidKeyException(
                    text.contains("ENCRYPTED")
                            ? "the key is encrypted with a password"
                            : "there is no private key in PEM");
        }
        try {
            var der = Base64.getMimeDecoder().decode(block.group("body"));
            return ofPkcs8(
                    switch (block.group("label")) {
                        case "RSA PRIVATE KEY" -> pkcs8(RSA, der);
                        case "EC PRIVATE KEY" -> pkcs8(curve(der), der);
                        default -> der;
                    });
        } catch (IllegalArgumentException malformed) {
            throw new InvalidKeyException("the key is damaged", malformed);
        }
    }

    /** Whether a public key belongs to a private key. */
    public static boolean match(PublicKey publicKey, PrivateKey privateKey) {
        try {
            var signature = Signature.getInstance(
                    switch (privateKey.getAlgorithm()) {
                        case "RSA" -> "SHA256withRSA";
                        case "EC" -> "SHA256withECDSA";
                        default -> privateKey.getAlgorithm();
                    });
            signature.initSign(privateKey);
            signature.update(PROBE);
            var signed = signature.sign();
            signature.initVerify(publicKey);
            signature.update(PROBE);
            return signature.verify(signed);
        } catch (GeneralSecurityException ofDifferentKinds) {
            return false;
        }
    }

    /** A SEC 1 key is a sequence of version, key and, as option 0, the curve. */
    private static byte[] curve(byte[] key) {
        return Der.children(key).stream()
                .filter(child -> child[0] == (byte) Der.FIRST_OPTION)
                .findFirst()
                .map(option -> Der.element(Der.SEQUENCE, EC_PUBLIC_KEY, Der.contents(option)))
                .orElseThrow(() -> new IllegalArgumentException("no curve"));
    }

    private static byte[] pkcs8(byte[] algorithm, byte[] key) {
        return Der.element(Der.SEQUENCE, VERSION_0, algorithm, Der.element(Der.OCTET_STRING, key));
    }

    private static PrivateKey ofPkcs8(byte[] pkcs8) throws GeneralSecurityException {
        for (var algorithm : List.of("RSA", "EC", "Ed25519")) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (InvalidKeySpecException other) {
                // The next one may fit.
            }
        }
        throw new InvalidKeyException("the key is damaged, or neither RSA, EC nor Ed25519");
    }
}
