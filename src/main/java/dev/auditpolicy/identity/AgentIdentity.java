package dev.auditpolicy.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/**
 * The identity of the agent of a host that has no Node. Kubernetes takes the user from the common name of its certificate and the
 * group from the organization. The admission policies and the RBAC rules of the operator contain both.
 *
 * @param host name of the AuditNode: the host name of kube-apiserver in lower case, as kubelet would name the Node
 */
public record AgentIdentity(String host) {

    /** The beginning of the user names; the rest is the host. */
    public static final String USER_PREFIX = "auditpolicy:agent:";

    /** The group of all agents with a certificate. */
    public static final String GROUP = "auditpolicy:agents";

    /** Kubernetes' own signer of client certificates; kube-controller-manager runs it. It approves no request. */
    public static final String SIGNER = "kubernetes.io/kube-apiserver-client";

    /** The only usage that is asked for. */
    public static final String USAGE = "client auth";

    /**
     * A certificate cannot be revoked. kube-controller-manager may shorten this. The agent renews after two thirds, so that a
     * host may be off for a month.
     */
    public static final Duration VALIDITY = Duration.ofDays(90);

    /** The greatest length of a label's value, which the identity Lease of kube-apiserver has for the host name. */
    private static final int MAX_LENGTH = 63;

    private static final Pattern LABEL = Pattern.compile("[a-z0-9-]+");

    public AgentIdentity {
        if (!isValid(host)) {
            throw new IllegalArgumentException("'" + host + "' cannot be the name of an AuditNode");
        }
    }

    /** The identity on the host that calls itself {@code hostname}; empty if no object can have that name. */
    public static Optional<AgentIdentity> ofHost(String hostname) {
        return Optional.of(hostname.toLowerCase(Locale.ROOT))
                .filter(AgentIdentity::isValid)
                .map(AgentIdentity::new);
    }

    /** The identity that the API server knows by the user name {@code user}; empty if it is not an agent with a certificate. */
    public static Optional<AgentIdentity> ofUser(String user) {
        return Optional.of(user)
                .filter(name -> name.startsWith(USER_PREFIX))
                .map(name -> name.substring(USER_PREFIX.length()))
                .filter(AgentIdentity::isValid)
                .map(AgentIdentity::new);
    }

    /** A DNS subdomain of RFC 1123, which the names of Kubernetes objects are. */
    private static boolean isValid(String host) {
        return host.length() <= MAX_LENGTH
                && Arrays.stream(host.split("\\.", -1)).allMatch(AgentIdentity::isLabel);
    }

    private static boolean isLabel(String label) {
        return LABEL.matcher(label).matches() && !label.startsWith("-") && !label.endsWith("-");
    }

    /** The user name. */
    public String user() {
        return USER_PREFIX + host;
    }

    /** The subject of the certificate. */
    X500Principal subject() {
        return new X500Principal("CN=" + user() + ", O=" + GROUP);
    }

    /** Whether the API server takes the holder of {@code certificate} for this agent. */
    public boolean isSubjectOf(X509Certificate certificate) {
        return subject().equals(certificate.getSubjectX500Principal());
    }

    /** The spec of a CertificateSigningRequest for {@code pem}, a PKCS#10 request. */
    public static Map<String, Object> requestSpec(String pem) {
        return Map.of(
                "request",
                Base64.getEncoder().encodeToString(pem.getBytes(US_ASCII)),
                "signerName",
                SIGNER,
                "usages",
                List.of(USAGE),
                "expirationSeconds",
                VALIDITY.toSeconds());
    }
}
