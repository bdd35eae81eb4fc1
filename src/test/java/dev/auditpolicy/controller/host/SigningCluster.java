package dev.auditpolicy.controller.host;

import static org.awaitility.Awaitility.await;

import dev.auditpolicy.deploy.ApiServer;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** A real kube-apiserver that trusts a certificate authority, and a real kube-controller-manager that signs with it. */
final class SigningCluster implements AutoCloseable {

    private static final X500Name AUTHORITY = new X500Name("CN=test-ca");

    private final Path directory;
    private final KeyPair authority;
    private final ApiServer apiServer;
    private final Process controllerManager;

    private SigningCluster(Path directory, KeyPair authority, ApiServer apiServer, Process controllerManager) {
        this.directory = directory;
        this.authority = authority;
        this.apiServer = apiServer;
        this.controllerManager = controllerManager;
    }

    static SigningCluster start() throws IOException, GeneralSecurityException, OperatorCreationException {
        var directory = Files.createTempDirectory("signing-cluster");
        var authority = newKey();
        var certificate = certificate(AUTHORITY, authority, authority, true);
        write(directory.resolve("ca.crt"), certificate);
        write(directory.resolve("ca.key"), authority.getPrivate());
        layOut(directory, authority);
        var apiServer = ApiServer.withOperator(directory);
        Files.writeString(directory.resolve("kubeconfig"), apiServer.kubeconfig());
        var process = new ProcessBuilder(
                        apiServer.binary("kube-controller-manager").toString(),
                        "--kubeconfig=" + directory.resolve("kubeconfig"),
                        "--controllers=certificatesigningrequest-signing-controller,certificatesigningrequest-approving-controller",
                        "--cluster-signing-cert-file=" + directory.resolve("ca.crt"),
                        "--cluster-signing-key-file=" + directory.resolve("ca.key"),
                        "--leader-elect=false",
                        "--secure-port=0")
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("kube-controller-manager.log").toFile())
                .start();
        return new SigningCluster(directory, authority, apiServer, process);
    }

    /** The administrator's certificate, with the authority that has signed it, is also what kube-apiserver trusts clients by. */
    private static void layOut(Path directory, KeyPair authority)
            throws IOException, GeneralSecurityException, OperatorCreationException {
        var shared = ApiServer.testDirectory();
        if (!Files.exists(shared.resolve("apiserver.crt"))) {
            ApiServer.start().close();
        }
        Files.createSymbolicLink(directory.resolve("k8s"), shared.resolve("k8s"));
        Files.copy(shared.resolve("apiserver.crt"), directory.resolve("apiserver.crt"));
        Files.copy(shared.resolve("apiserver.key"), directory.resolve("apiserver.key"));
        var key = newKey();
        write(directory.resolve("client.key"), key.getPrivate());
        write(
                directory.resolve("client.crt"),
                certificate(new X500Name("O=system:masters,CN=kubeapitest"), key, authority, false));
        Files.writeString(
                directory.resolve("client.crt"),
                Files.readString(directory.resolve("ca.crt")),
                StandardOpenOption.APPEND);
    }

    ApiServer apiServer() {
        return apiServer;
    }

    Path directory() {
        return directory;
    }

    /** A client with a certificate that this cluster's authority has signed, whatever anybody would have approved. */
    KubernetesClient clientOf(String subject) {
        try {
            var key = newKey();
            var administrator = Config.fromKubeconfig(apiServer.kubeconfig());
            var certificate = directory.resolve("client-" + key.hashCode() + ".crt");
            write(certificate, certificate(new X500Name(subject), key, authority, false));
            var keyFile = directory.resolve("client-" + key.hashCode() + ".key");
            write(keyFile, key.getPrivate());
            var config = Config.empty();
            config.setMasterUrl(administrator.getMasterUrl());
            config.setCaCertData(administrator.getCaCertData());
            config.setCaCertFile(administrator.getCaCertFile());
            config.setTrustCerts(administrator.isTrustCerts());
            config.setClientCertFile(certificate.toString());
            config.setClientKeyFile(keyFile.toString());
            return new KubernetesClientBuilder().withConfig(config).build();
        } catch (GeneralSecurityException | OperatorCreationException impossible) {
            throw new IllegalStateException(impossible);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        controllerManager.destroy();
        await("the end of kube-controller-manager")
                .atMost(Duration.ofSeconds(30))
                .until(() -> !controllerManager.isAlive());
        apiServer.close();
        try (var files = Files.list(directory)) {
            files.map(Path::toFile).forEach(File::delete);
            Files.delete(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static KeyPair newKey() throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair();
    }

    private static X509CertificateHolder certificate(
            X500Name subject, KeyPair key, KeyPair authority, boolean isAuthority)
            throws IOException, OperatorCreationException {
        var from = Instant.now().minusSeconds(60);
        return new JcaX509v3CertificateBuilder(
                        AUTHORITY,
                        BigInteger.valueOf(System.nanoTime()),
                        Date.from(from),
                        Date.from(from.plus(Duration.ofDays(1))),
                        subject,
                        key.getPublic())
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(isAuthority))
                .addExtension(
                        Extension.extendedKeyUsage,
                        false,
                        new ExtendedKeyUsage(
                                isAuthority ? KeyPurposeId.anyExtendedKeyUsage : KeyPurposeId.id_kp_clientAuth))
                .build(new JcaContentSignerBuilder("SHA256WithRSA").build(authority.getPrivate()));
    }

    private static void write(Path file, Object pem) throws IOException {
        try (var writer = new JcaPEMWriter(Files.newBufferedWriter(file))) {
            writer.writeObject(pem);
        }
    }
}
