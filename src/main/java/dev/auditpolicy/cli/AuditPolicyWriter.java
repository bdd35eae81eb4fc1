package dev.auditpolicy.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.auditpolicy.api.v1alpha1.Api;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.policy.tree.JsonTree;
import dev.auditpolicy.policy.tree.Tree;
import dev.auditpolicy.policy.write.PolicyWriter;

/** Writes an AuditPolicy as YAML, in the order and style of a hand-written manifest. */
final class AuditPolicyWriter {

    private static final ObjectMapper MAPPER = YAMLMapper.builder()
            .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
            .build();

    private AuditPolicyWriter() {}

    static String write(String name, Policy policy, LogBackend log) {
        return """
                apiVersion: %s/%s
                kind: AuditPolicy
                metadata:
                  name: "%s"
                spec:
                  policy:
                %s  log:
                %s""".formatted(
                        Api.GROUP,
                        Api.VERSION,
                        name,
                        PolicyWriter.writeFields(policy).indent(4),
                        yaml(log).indent(4));
    }

    /** The fields as in the manifest, to compare them with the schema. */
    static Tree tree(LogBackend log) {
        return JsonTree.of(MAPPER.valueToTree(log));
    }

    private static String yaml(LogBackend log) {
        try {
            return MAPPER.writeValueAsString(log);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("cannot write spec.log as YAML", e);
        }
    }
}
