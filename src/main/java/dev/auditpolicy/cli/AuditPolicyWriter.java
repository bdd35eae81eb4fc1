package dev.auditpolicy.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.auditpolicy.api.v1alpha1.Api;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.tree.JsonTree;
import dev.auditpolicy.policy.tree.Tree;
import dev.auditpolicy.policy.write.PolicyWriter;
import org.jspecify.annotations.Nullable;

/** Writes an AuditPolicy as YAML, in the order and style of a hand-written manifest. */
final class AuditPolicyWriter {

    private static final ObjectMapper MAPPER = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    private AuditPolicyWriter() {}

    /** The backends that are null are left out. */
    static String write(String name, Policy policy, Backends backends) {
        return """
                apiVersion: %s/%s
                kind: AuditPolicy
                metadata:
                  name: "%s"
                spec:
                  policy:
                %s%s%s""".formatted(
                        Api.GROUP,
                        Api.VERSION,
                        name,
                        PolicyWriter.writeFields(policy).indent(4),
                        field("log", backends.log()),
                        field("webhook", backends.webhook()));
    }

    private static String field(String name, @Nullable Object backend) {
        return backend == null ? "" : "  " + name + ":\n" + yaml(backend).indent(4);
    }

    /** The fields of a backend as in the manifest, to compare them with the schema. */
    static Tree tree(Object backend) {
        return JsonTree.of(MAPPER.valueToTree(backend));
    }

    private static String yaml(Object backend) {
        try {
            return MAPPER.writeValueAsString(backend);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write a backend as YAML", e);
        }
    }
}
