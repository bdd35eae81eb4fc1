package dev.auditpolicy.webhook.kubeconfig;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.auditpolicy.webhook.TestAuthority;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** Secrets with every kind of file that a kubeconfig can name. */
final class Secrets {

    static final String TOKEN = "s3cr3t-token";

    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");
    private static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant UNTIL = Instant.parse("2027-01-01T00:00:00Z");
    private static final Instant EXPIRED = Instant.parse("2026-05-01T00:00:00Z");

    private final Map<String, byte[]> files = new HashMap<>();

    Secrets() {
        var authority = new TestAuthority("authority", FROM, UNTIL);
        var old = new TestAuthority("old-authority", FROM, EXPIRED);
        var future = new TestAuthority("future-authority", UNTIL, UNTIL.plusSeconds(1));
        var client = authority.sign("client", "EC", FROM, UNTIL);
        var oldClient = authority.sign("old-client", "EC", FROM, EXPIRED);
        add("ca.crt", TestAuthority.pem(authority.certificate()));
        add("old-ca.crt", TestAuthority.pem(old.certificate()));
        add("future-ca.crt", TestAuthority.pem(future.certificate()));
        add("both-ca.crt", joined(TestAuthority.pem(old.certificate()), TestAuthority.pem(authority.certificate())));
        add("client.crt", TestAuthority.pem(client.certificate()));
        add("client.key", TestAuthority.pem(client.keys().getPrivate()));
        add("old-client.crt", TestAuthority.pem(oldClient.certificate()));
        add("old-client.key", TestAuthority.pem(oldClient.keys().getPrivate()));
        add("empty", new byte[0]);
        add("text", "not PEM\n".getBytes(UTF_8));
        add("token", (TOKEN + "\n").getBytes(UTF_8));
        add("two-lines", (TOKEN + "\n" + TOKEN + "\n").getBytes(UTF_8));
    }

    private void add(String name, byte[] content) {
        files.put(name, content);
    }

    private static byte[] joined(byte[] first, byte[] second) {
        return (new String(first, UTF_8) + new String(second, UTF_8)).getBytes(UTF_8);
    }

    Map<String, byte[]> with(String kubeconfig) {
        var keys = new HashMap<>(files);
        keys.put("kubeconfig", kubeconfig.getBytes(UTF_8));
        return keys;
    }

    /** {@code ${base64:NAME}} in a text becomes the content of the file. */
    String filledIn(String text) {
        for (var file : files.entrySet()) {
            text = text.replace(
                    "${base64:" + file.getKey() + "}", Base64.getEncoder().encodeToString(file.getValue()));
        }
        return text;
    }

    KubeconfigReading read(String kubeconfig) {
        return new KubeconfigReader(InstantSource.fixed(NOW)).read(with(filledIn(kubeconfig)));
    }

    /** A kubeconfig with one cluster and one user, whose fields are given as YAML in one line. */
    static String kubeconfig(String cluster, String user) {
        return """
                apiVersion: v1
                kind: Config
                current-context: x
                contexts:
                - {name: x, context: {cluster: c, user: u}}
                clusters:
                - {name: c, cluster: %s}
                users:
                - {name: u, user: %s}
                """.formatted(cluster, user);
    }
}
