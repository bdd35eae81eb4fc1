package dev.auditpolicy.cli.enroll;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.auditpolicy.cli.kubectl.Kubectl;
import dev.auditpolicy.identity.AgentIdentity;
import dev.auditpolicy.identity.EnrolledHosts;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What enrollment asks of the cluster. */
final class ClusterAccess {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Kubectl kubectl;

    ClusterAccess(Kubectl kubectl) {
        this.kubectl = kubectl;
    }

    /** The cluster part of the kubeconfig, without what identifies the user. */
    ObjectNode cluster() {
        var text = kubectl.run("config", "view", "--minify", "--flatten", "--output=jsonpath={.clusters[0].cluster}");
        if (!(parse(text) instanceof ObjectNode cluster)
                || !cluster.path("server").asText().startsWith("https://")
                || cluster.path("certificate-authority-data").asText().isEmpty()) {
            throw new EnrollmentException(
                    "the kubeconfig does not contain an https server and its certificate authority, which the agent needs"
                            + " to recognize the API server (kubectl config view --minify)");
        }
        // The file is for one host, and its proxies are others.
        return cluster.retain(List.of("server", "certificate-authority-data", "tls-server-name"));
    }

    /** The hosts whose kube-apiservers have an identity Lease. */
    List<String> apiServerHosts() {
        return hostNames(
                "leases", "--namespace=kube-system", "--selector=apiserver.kubernetes.io/identity=kube-apiserver");
    }

    /** The hosts with a Node that the DaemonSet of the agents is for. */
    List<String> controlPlaneNodes() {
        return hostNames("nodes", "--selector=node-role.kubernetes.io/control-plane");
    }

    private List<String> hostNames(String... query) {
        return kubectl.run(Stream.of(
                                Stream.of("get"),
                                Stream.of(query),
                                Stream.of(
                                        "--output=jsonpath={range .items[*]}{.metadata.labels.kubernetes\\.io/hostname}{\"\\n\"}{end}"))
                        .flatMap(parts -> parts)
                        .toArray(String[]::new))
                .lines()
                .map(host -> host.toLowerCase(Locale.ROOT))
                .filter(host -> !host.isBlank())
                .sorted()
                .toList();
    }

    /** The hosts that the controller may give a certificate and an AuditNode. */
    List<String> enrolledHosts() {
        return parse(kubectl.run(
                        "get",
                        "configmap",
                        EnrolledHosts.CONFIG_MAP,
                        "--namespace=" + EnrolledHosts.NAMESPACE,
                        "--ignore-not-found",
                        "--output=json"))
                .path("data")
                .properties()
                .stream()
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** Creates a request for a certificate and returns its name. */
    String request(AgentIdentity identity, String pem) {
        var object = json(Map.of(
                "apiVersion",
                "certificates.k8s.io/v1",
                "kind",
                "CertificateSigningRequest",
                "metadata",
                Map.of("generateName", "auditpolicy-agent-" + identity.host() + "-"),
                "spec",
                AgentIdentity.requestSpec(pem)));
        return kubectl.runWith(object, "create", "--filename=-", "--output=jsonpath={.metadata.name}");
    }

    void approve(String request) {
        kubectl.run("certificate", "approve", request);
    }

    /** The certificate as PEM, if it has been issued. */
    Optional<String> certificate(String request) {
        var status = parse(kubectl.run("get", "certificatesigningrequest", request, "--output=json"))
                .path("status");
        for (var condition : status.path("conditions")) {
            if (condition.path("type").asText().matches("Denied|Failed")) {
                throw new EnrollmentException("the request " + request + " is "
                        + condition.path("type").asText() + ": "
                        + condition.path("message").asText());
            }
        }
        return Optional.of(status.path("certificate").asText())
                .filter(data -> !data.isEmpty())
                .map(data -> new String(Base64.getDecoder().decode(data), US_ASCII));
    }

    /** Names the host in the ConfigMap that the controller reads. Each host has its own field manager, so that none is lost. */
    void enroll(AgentIdentity identity, String since) {
        var object = json(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "ConfigMap",
                "metadata",
                Map.of("name", EnrolledHosts.CONFIG_MAP, "namespace", EnrolledHosts.NAMESPACE),
                "data",
                Map.of(identity.host(), "enrolled at " + since)));
        kubectl.runWith(
                object,
                "apply",
                "--server-side",
                "--force-conflicts",
                "--field-manager=auditpolicy-enroll-" + identity.host(),
                "--filename=-",
                "--output=name");
    }

    /** Takes the host out of the ConfigMap. */
    void remove(AgentIdentity identity) {
        kubectl.run(
                "patch",
                "configmap",
                EnrolledHosts.CONFIG_MAP,
                "--namespace=" + EnrolledHosts.NAMESPACE,
                "--type=json",
                "--patch=[{\"op\": \"remove\", \"path\": \"/data/" + identity.host() + "\"}]");
    }

    private static JsonNode parse(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new EnrollmentException(
                    "kubectl did not print JSON, but: " + text.lines().limit(1).collect(joining()), malformed);
        }
    }

    private static String json(Object object) {
        try {
            return JSON.writeValueAsString(object);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("maps and strings can always be written", impossible);
        }
    }
}
