package dev.auditpolicy.pem;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The certificates of a PEM text. Like Go, it passes over other blocks, text between blocks, and certificates that cannot be
 * parsed.
 *
 * @param damaged the number of blocks that are no certificate inside
 */
public record CertificatesPem(List<X509Certificate> certificates, int damaged) {

    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN CERTIFICATE-----([A-Za-z0-9+/=\\s]++)-----END CERTIFICATE-----");

    public CertificatesPem {
        certificates = List.copyOf(certificates);
    }

    /** Reads all certificates of a text. */
    public static CertificatesPem read(byte[] pem) {
        var certificates = new ArrayList<X509Certificate>();
        int damaged = 0;
        var blocks = BLOCK.matcher(new String(pem, ISO_8859_1));
        while (blocks.find()) {
            try {
                certificates.add(certificate(Base64.getMimeDecoder().decode(blocks.group(1))));
            } catch (CertificateException | IllegalArgumentException malformed) {
                damaged++;
            }
        }
        return new CertificatesPem(certificates, damaged);
    }

    private static X509Certificate certificate(byte[] der) throws CertificateException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(der));
    }
}
