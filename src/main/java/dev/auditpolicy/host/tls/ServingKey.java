package dev.auditpolicy.host.tls;

import dev.auditpolicy.identity.SelfSignedCertificate;
import dev.auditpolicy.pem.PrivateKeyPem;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import javax.security.auth.x500.X500Principal;

/** A private key with its certificate, followed by those of its issuers. */
public record ServingKey(PrivateKey key, List<X509Certificate> chain) {

    /** One that is made now. */
    public static ServingKey selfSigned(InetAddress address, InstantSource clock) {
        var made = SelfSignedCertificate.of(new X500Principal("CN=auditpolicy-agent"), address, clock.instant());
        return new ServingKey(made.key(), List.of(made.certificate()));
    }

    /** From PEM files, as in a Secret of cert-manager. */
    static ServingKey read(Path certificates, Path privateKey) throws IOException {
        try (var input = Files.newInputStream(certificates)) {
            var chain = CertificateFactory.getInstance("X.509").generateCertificates(input).stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (chain.isEmpty()) {
                throw new KeyException("no certificate in PEM");
            }
            var read = new ServingKey(PrivateKeyPem.read(Files.readAllBytes(privateKey)), chain);
            read.requireItsOwnCertificate();
            return read;
        } catch (GeneralSecurityException unusable) {
            throw new IOException(
                    "cannot use %s with %s: %s".formatted(certificates, privateKey, unusable.getMessage()), unusable);
        }
    }

    private void requireItsOwnCertificate() throws GeneralSecurityException {
        var signature = Signature.getInstance(
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> "Ed25519";
                });
        signature.initSign(key);
        signature.update(chain.getFirst().getSignature());
        var signed = signature.sign();
        signature.initVerify(chain.getFirst().getPublicKey());
        signature.update(chain.getFirst().getSignature());
        if (!signature.verify(signed)) {
            throw new KeyException("the key is not that of the certificate");
        }
    }
}
