package dev.auditpolicy.host.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * {@link Preflight} with {@code /proc/PID/exe}. The process gets only the audit flags: it cannot reach etcd, listens on a free
 * loopback port, and is killed as soon as the result is known, before it serves.
 */
public final class ProcPreflight implements Preflight {

    /** It takes 0.3 s on an idle node. */
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static final Duration INTERVAL = Duration.ofMillis(50);

    private final Path proc;

    public ProcPreflight() {
        this(Path.of("/proc"));
    }

    ProcPreflight(Path proc) {
        this.proc = proc;
    }

    @Override
    public Verdict check(ApiServerProcess process, String policy, Map<String, String> auditFlags)
            throws InterruptedException {
        try {
            var scratch = Files.createTempDirectory("preflight");
            try {
                return run(proc.resolve(process.pid() + "/exe"), policy, auditFlags, scratch);
            } finally {
                delete(scratch);
            }
        } catch (IOException failure) {
            return new Verdict.NotPossible(String.valueOf(failure.getMessage()));
        }
    }

    private static Verdict run(Path program, String policy, Map<String, String> auditFlags, Path scratch)
            throws IOException, InterruptedException {
        var output = scratch.resolve("output");
        var builder = new ProcessBuilder(command(program, policy, auditFlags, scratch))
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(Map.of("GOMAXPROCS", "1", "GOMEMLIMIT", "80MiB"));
        var started = builder.start();
        try {
            return await(started, output);
        } finally {
            started.destroyForcibly().waitFor();
        }
    }

    private static Verdict await(Process started, Path outputFile) throws IOException, InterruptedException {
        for (var left = TIMEOUT; left.isPositive(); left = left.minus(INTERVAL)) {
            var exited = started.waitFor(INTERVAL);
            var output = new PreflightOutput(new String(Files.readAllBytes(outputFile), UTF_8));
            var lenientDecoding = output.lenientDecoding();
            if (lenientDecoding.isPresent()) {
                return new Verdict.Refuses(lenientDecoding.get());
            }
            if (output.isLoaded()) {
                return new Verdict.Loads();
            }
            if (exited) {
                return output.exited(started.exitValue());
            }
        }
        return new Verdict.NotPossible("kube-apiserver did not load the policy within " + TIMEOUT.toSeconds() + " s");
    }

    private static List<String> command(Path program, String policy, Map<String, String> auditFlags, Path scratch)
            throws IOException {
        var policyFile = Files.writeString(scratch.resolve("audit-policy.yaml"), policy);
        var keys = temporaryKeys();
        var signingKey = Files.writeString(scratch.resolve("sa.key"), pem("PRIVATE KEY", keys.getPrivate()));
        var publicKey = Files.writeString(scratch.resolve("sa.pub"), pem("PUBLIC KEY", keys.getPublic()));
        var command = new ArrayList<>(List.of(
                program.toString(),
                "--v=4",
                "--etcd-servers=http://127.0.0.1:1",
                "--bind-address=127.0.0.1",
                "--secure-port=" + freePort(),
                "--cert-dir=" + scratch,
                "--service-cluster-ip-range=10.0.0.0/24",
                "--service-account-issuer=https://localhost",
                "--service-account-key-file=" + publicKey,
                "--service-account-signing-key-file=" + signingKey));
        auditFlags.forEach((name, value) -> command.add("--" + name + "=" + value));
        // The last value of a repeated flag wins.
        command.add("--audit-policy-file=" + policyFile);
        command.add("--audit-log-path=" + scratch.resolve("audit.log"));
        return command;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Not RSA: generating an RSA key takes seconds in the JVM of the agent, which runs mostly interpreted. */
    private static KeyPair temporaryKeys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java platform has secp256r1", impossible);
        }
    }

    private static String pem(String label, Key key) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.getEncoded())
                + "\n-----END " + label + "-----\n";
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
