package dev.auditpolicy.cli.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;

/** Writes a Secret as YAML in which the kubeconfig can be read. */
public final class SecretText {

    /** The only Secret that operator and agents may read without another right. */
    public static final String NAME = "audit-webhook";

    /** The namespace of the operator. */
    public static final String NAMESPACE = "auditpolicy-system";

    private static final ObjectMapper MAPPER = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .disable(YAMLGenerator.Feature.SPLIT_LINES)
            .enable(YAMLGenerator.Feature.LITERAL_BLOCK_STYLE)
            .build();

    private SecretText() {}

    /** The Secret with these keys. */
    public static String of(SortedMap<String, String> keys) {
        Map<String, Object> secret = new LinkedHashMap<>();
        secret.put("apiVersion", "v1");
        secret.put("kind", "Secret");
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("name", NAME);
        metadata.put("namespace", NAMESPACE);
        secret.put("metadata", metadata);
        secret.put("type", "Opaque");
        secret.put("stringData", keys);
        try {
            // Without a line break at the end, the last key would lose its own.
            return "# Contains credentials: do not commit it.\n"
                    + MAPPER.writeValueAsString(secret).stripTrailing() + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a Secret as YAML", e);
        }
    }
}
