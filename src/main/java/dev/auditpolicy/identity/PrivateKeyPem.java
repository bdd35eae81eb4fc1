package dev.auditpolicy.identity;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** A private key in PEM as cert-manager, openssl and kubeadm write it: PKCS#8, or the older forms of RSA and of elliptic curves. */
public final class PrivateKeyPem {

    private static final Pattern BLOCK = Pattern.compile(
            "-----BEGIN (?<label>(?:RSA |EC )?PRIVATE KEY)-----(?<body>[A-Za-z0-9+/=\\s]+)-----END \\k<label>-----");

    private static final byte[] VERSION_0 = {Der.INTEGER, 1, 0};

    /** rsaEncryption, 1.2.840.113549.1.1.1, with the parameter NULL. */
    private static final byte[] RSA = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

    /** ecPublicKey, 1.2.840.10045.2.1. */
    private static final byte[] EC_PUBLIC_KEY = HexFormat.of().parseHex("06072a8648ce3d0201");

    /** In an EC key: version, key, curve, public key. */
    private static final int CURVE = 2;

    private PrivateKeyPem() {}

    /**
     * Reads the first one.
     *
     * @throws GeneralSecurityException if there is no such key, with what is wrong
     */
    public static PrivateKey read(String pem) throws GeneralSecurityException {
        var block = BLOCK.matcher(pem);
        if (!block.find()) {
            throw new InvalidKeyException("no unencrypted private key in PEM");
        }
        try {
            var der = Base64.getMimeDecoder().decode(block.group("body"));
            return ofPkcs8(
                    switch (block.group("label")) {
                        case "RSA PRIVATE KEY" -> pkcs8(RSA, der);
                        case "EC PRIVATE KEY" -> pkcs8(ec(der), der);
                        default -> der;
                    });
        } catch (IllegalArgumentException | IndexOutOfBoundsException malformed) {
            throw new InvalidKeyException("a damaged private key", malformed);
        }
    }

    private static byte[] ec(byte[] key) {
        return Der.element(
                Der.SEQUENCE, EC_PUBLIC_KEY, Der.contents(Der.children(key).get(CURVE)));
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
        throw new InvalidKeyException("neither an RSA, an EC nor an Ed25519 key");
    }
}
