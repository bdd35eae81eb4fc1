package dev.auditpolicy.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.PrivateKey;
import java.util.Base64;

/** PEM blocks. */
final class Pem {

    private static final int LINE_LENGTH = 64;

    private Pem() {}

    static String of(String label, byte[] der) {
        var lines = Base64.getMimeEncoder(LINE_LENGTH, "\n".getBytes(US_ASCII)).encodeToString(der);
        return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
    }

    /** In PKCS#8. */
    static String of(PrivateKey key) {
        return of("PRIVATE KEY", key.getEncoded());
    }
}
