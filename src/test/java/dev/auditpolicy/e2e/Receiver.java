package dev.auditpolicy.e2e;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.webhook.TestAuthority;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** An {@link EventReceiver} in the network of each of some nodes, and the Secret that leads there. */
final class Receiver implements AutoCloseable {

    private static final Instant FROM = Instant.parse("2020-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2100-01-01T00:00:00Z");

    private final TestAuthority authority = new TestAuthority("receiver", FROM, UNTIL);
    private final Path output;
    private final Path status;
    private final List<List<String>> commands;
    private final List<Process> processes = new ArrayList<>();

    /** @param directory for its key store and its output */
    Receiver(Lab lab, List<String> nodes, Path directory) throws IOException, GeneralSecurityException {
        var keyStore = directory.resolve("receiver.p12");
        writeKeyStore(keyStore);
        output = directory.resolve("requests");
        status = directory.resolve("status");
        var command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                EventReceiver.class.getName(),
                keyStore.toString(),
                status.toString());
        commands = nodes.stream().map(node -> lab.inNetworkOf(node, command)).toList();
        start();
    }

    private Process run(List<String> command) throws IOException {
        return new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Ends it, as if it had crashed. */
    void stop() throws InterruptedException {
        for (var process : processes) {
            process.destroyForcibly().waitFor();
        }
        processes.clear();
    }

    /** Starts it again if it was stopped. */
    void start() throws IOException {
        if (processes.isEmpty()) {
            for (var command : commands) {
                processes.add(run(command));
            }
        }
    }

    private void writeKeyStore(Path file) throws IOException, GeneralSecurityException {
        var identity = authority.sign("receiver", "EC", FROM, UNTIL, "127.0.0.1");
        var store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("receiver", identity.keys().getPrivate(), EventReceiver.PASSWORD, new X509Certificate[] {
            identity.certificate()
        });
        try (var stream = Files.newOutputStream(file)) {
            store.store(stream, EventReceiver.PASSWORD);
        }
    }

    /** Path and Authorization header of each request with events, in order. */
    List<String> events() {
        try {
            return Files.readAllLines(output).stream()
                    .filter(line -> line.endsWith(" events"))
                    .map(line -> line.replaceFirst(" events$", ""))
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Answers all further requests with {@code code}; not at all if it is 0. */
    void answer(int code) {
        try {
            Files.writeString(status, Integer.toString(code));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The Secret with a kubeconfig for this receiver. */
    String secret(String path, String token) {
        return secret(path, token, authority);
    }

    /** The same with the certificate of an authority that has not signed that of this receiver. */
    String secretOfAnotherAuthority(String path, String token) {
        return secret(path, token, new TestAuthority("another", FROM, UNTIL));
    }

    private static String secret(String path, String token, TestAuthority authority) {
        return """
                apiVersion: v1
                kind: Secret
                metadata: {name: audit-webhook, namespace: auditpolicy-system}
                stringData:
                  token: %s
                  ca.crt: |
                %s
                  kubeconfig: |
                    apiVersion: v1
                    kind: Config
                    current-context: receiver
                    contexts: [{name: receiver, context: {cluster: receiver, user: kube-apiserver}}]
                    clusters: [{name: receiver, cluster: {server: "https://127.0.0.1:%d%s", certificate-authority: ca.crt}}]
                    users: [{name: kube-apiserver, user: {tokenFile: token}}]
                """.formatted(
                        token,
                        new String(TestAuthority.pem(authority.certificate()), US_ASCII).indent(4),
                        EventReceiver.PORT,
                        path);
    }

    /** A kubeconfig for this receiver, with the paths of these files. */
    String kubeconfig(String path, String authorityFile, String tokenFile) {
        return """
                apiVersion: v1
                kind: Config
                current-context: receiver
                contexts: [{name: receiver, context: {cluster: receiver, user: kube-apiserver}}]
                clusters: [{name: receiver, cluster: {server: "https://127.0.0.1:%d%s", certificate-authority: %s}}]
                users: [{name: kube-apiserver, user: {tokenFile: %s}}]
                """.formatted(EventReceiver.PORT, path, authorityFile, tokenFile);
    }

    /** The certificate of its authority, in PEM. */
    String authority() {
        return new String(TestAuthority.pem(authority.certificate()), US_ASCII);
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
    }
}
