package dev.auditpolicy.policy.read;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.auditpolicy.policy.KubernetesVersion;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The real kube-apiserver binary of one version, run for its verdict on policy files. It needs no etcd for that: it
 * loads the policy first, and is ended as soon as it says that it has.
 */
record RealKubeApiServer(Path binary, KubernetesVersion version) {

    private static final String LOADED = "Load audit policy rules success";
    private static final String REFUSED = "loading audit policy file: ";
    private static final String FROM_FILE = ": from file ";

    /** Every version that the build has laid out, two at least. */
    static List<RealKubeApiServer> all() throws IOException {
        try (Stream<Path> versions =
                Files.list(Path.of(System.getProperty("kube-api-test.dir")).resolve("k8s"))) {
            return versions.map(directory -> new RealKubeApiServer(
                            directory.resolve("kube-apiserver"),
                            KubernetesVersion.parse(
                                    directory.getFileName().toString().split("-", 2)[0])))
                    .toList();
        }
    }

    /** Its words when it refuses the file, without prefix and path; empty when it loads it. */
    Optional<String> refusal(Path policy, Path scratch) throws IOException, InterruptedException {
        Path key = serviceAccountKey(scratch);
        Process process = new ProcessBuilder(
                        binary.toString(),
                        "--etcd-servers=http://127.0.0.1:1",
                        "--bind-address=127.0.0.1",
                        "--secure-port=" + freePort(),
                        "--cert-dir=" + scratch,
                        "--service-account-key-file=" + key,
                        "--service-account-signing-key-file=" + key,
                        "--service-account-issuer=https://localhost",
                        "--service-cluster-ip-range=10.0.0.0/24",
                        "--audit-log-path=" + scratch.resolve("audit.log"),
                        "--audit-policy-file=" + policy,
                        "--v=4")
                .redirectErrorStream(true)
                .start();
        StringBuilder said = new StringBuilder();
        try (BufferedReader output = process.inputReader(UTF_8)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                said.append(line).append('\n');
                if (line.contains(LOADED)) {
                    return Optional.empty();
                }
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        return Optional.of(words(said.toString(), policy));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** The last line has them as klog quotes a value: in Go's syntax, which for these texts is JSON's. */
    private static String words(String said, Path policy) throws IOException {
        int at = said.indexOf("\"" + REFUSED);
        if (at < 0) {
            throw new AssertionError(policy + ": no verdict in:\n" + said);
        }
        String quoted = said.substring(at, said.indexOf('\n', at));
        String text = new ObjectMapper()
                .readTree(quoted.substring(0, quoted.lastIndexOf('"') + 1))
                .textValue();
        return text.substring(REFUSED.length(), text.lastIndexOf(FROM_FILE));
    }

    private static Path serviceAccountKey(Path scratch) throws IOException {
        Path key = scratch.resolve("sa.key");
        if (!Files.exists(key)) {
            try {
                byte[] pkcs8 = KeyPairGenerator.getInstance("RSA")
                        .generateKeyPair()
                        .getPrivate()
                        .getEncoded();
                Files.writeString(
                        key,
                        "-----BEGIN PRIVATE KEY-----\n"
                                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(pkcs8)
                                + "\n-----END PRIVATE KEY-----\n");
            } catch (NoSuchAlgorithmException impossible) {
                throw new IllegalStateException("every Java platform has RSA", impossible);
            }
        }
        return key;
    }
}
