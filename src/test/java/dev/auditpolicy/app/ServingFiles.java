package dev.auditpolicy.app;

import dev.auditpolicy.identity.SelfSignedCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;

/** Certificate and key in files, for the loopback address. */
record ServingFiles(Path certificate, Path key) {

    static ServingFiles in(Path directory) {
        return new ServingFiles(directory.resolve("tls.crt"), directory.resolve("tls.key"));
    }

    static SelfSignedCertificate made() {
        return SelfSignedCertificate.of(
                new X500Principal("CN=test"), InetAddress.ofLiteral("127.0.0.1"), Instant.now());
    }

    /** Writes both, modified at this second. */
    void write(SelfSignedCertificate made, int second) {
        writeCertificate(made, second);
        write(key, "PRIVATE KEY", made.key().getEncoded(), second);
    }

    void writeCertificate(SelfSignedCertificate made, int second) {
        try {
            write(certificate, "CERTIFICATE", made.certificate().getEncoded(), second);
        } catch (CertificateEncodingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void write(Path file, String label, byte[] der, int second) {
        var body = Base64.getMimeEncoder().encodeToString(der);
        try {
            Files.writeString(file, "-----BEGIN %1$s-----\n%2$s\n-----END %1$s-----\n".formatted(label, body));
            Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(second)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A client that trusts only this certificate. */
    static HttpClient clientTrusting(X509Certificate certificate) throws GeneralSecurityException, IOException {
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("server", certificate);
        var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        var context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        return HttpClient.newBuilder().sslContext(context).build();
    }
}
