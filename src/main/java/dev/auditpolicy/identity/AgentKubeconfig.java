package dev.auditpolicy.identity;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.ByteArrayInputStream;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A kubeconfig of an agent. It contains the certificate and its key, so that one file is copied to the host and replaced at once.
 *
 * @param yaml the text of the file: a secret
 */
public record AgentKubeconfig(String yaml) {

    private static final String CERTIFICATE = "client-certificate-data";
    private static final String KEY = "client-key-data";

    /**
     * A new one.
     *
     * @param cluster the address of the API server and its certificate authority, as in a kubeconfig
     * @param certificate as PEM, with its chain if there is one
     */
    public static AgentKubeconfig of(JsonNode cluster, AgentIdentity identity, String certificate, PrivateKey key) {
        return write(Map.of(
                "apiVersion",
                "v1",
                "kind",
                "Config",
                "clusters",
                List.of(Map.of("name", "cluster", "cluster", cluster)),
                "users",
                List.of(Map.of(
                        "name", identity.user(), "user", Map.of(CERTIFICATE, base64(certificate), KEY, base64(key)))),
                "contexts",
                List.of(Map.of("name", "agent", "context", Map.of("cluster", "cluster", "user", identity.user()))),
                "current-context",
                "agent"));
    }

    /** The same with a new certificate and its key. */
    public AgentKubeconfig renewed(String certificate, PrivateKey key) {
        var config = read();
        if (!(config.at("/users/0/user") instanceof ObjectNode user)) {
            throw new IllegalArgumentException("no user in the kubeconfig");
        }
        user.put(CERTIFICATE, base64(certificate)).put(KEY, base64(key));
        return write(config);
    }

    /**
     * The certificate of the agent.
     *
     * @throws IllegalArgumentException if the file does not contain one
     */
    public X509Certificate certificate() {
        var data = read().at("/users/0/user/" + CERTIFICATE).asText();
        try {
            return (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(Base64.getMimeDecoder().decode(data)));
        } catch (CertificateException malformed) {
            throw new IllegalArgumentException("no " + CERTIFICATE + " in the kubeconfig", malformed);
        }
    }

    private JsonNode read() {
        try {
            return new YAMLMapper().readTree(yaml);
        } catch (JsonProcessingException malformed) {
            // Without the cause: its message quotes the file.
            throw new IllegalArgumentException("the kubeconfig is not YAML, see line "
                    + malformed.getLocation().getLineNr());
        }
    }

    private static AgentKubeconfig write(Object config) {
        try {
            return new AgentKubeconfig(YAMLMapper.builder()
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .build()
                    .writeValueAsString(config));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("maps and strings can always be written", impossible);
        }
    }

    private static String base64(PrivateKey key) {
        return base64(Pem.of(key));
    }

    private static String base64(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(US_ASCII));
    }

    /** Without the key. */
    @Override
    public String toString() {
        return "kubeconfig";
    }
}
