package dev.auditpolicy.cli;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.WebhookBackend;
import dev.auditpolicy.policy.Nearest;
import dev.auditpolicy.policy.PolicyProblem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the backends of AuditPolicies. Kept apart because Jackson takes 10 MB of memory, which policy files do not need. */
final class BackendReader {

    /** As strict as the CRD schema: a quoted number is not a number. */
    private static final ObjectMapper STRICT = YAMLMapper.builder()
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
            .build();

    private BackendReader() {}

    /** Reads {@code spec.log} and {@code spec.webhook} of a document. */
    static Backends read(Input auditPolicy) {
        List<PolicyProblem> problems = new ArrayList<>();
        JsonNode spec = spec(auditPolicy, problems);
        LogBackend log = read(spec, "log", LogBackend.class, problems);
        WebhookBackend webhook = read(spec, "webhook", WebhookBackend.class, problems);
        problems.addAll(BackendRules.problems(log, webhook));
        return problems.isEmpty() ? new Backends(log, webhook, List.of()) : new Backends(null, null, problems);
    }

    private static JsonNode spec(Input auditPolicy, List<PolicyProblem> problems) {
        try {
            return STRICT.readTree(auditPolicy.content()).path("spec");
        } catch (IOException e) {
            problems.add(new PolicyProblem(
                    "spec", "", "cannot be parsed: " + e.getMessage(), "write valid YAML 1.1 or JSON"));
            return STRICT.nullNode();
        }
    }

    private static <T> @Nullable T read(JsonNode spec, String field, Class<T> type, List<PolicyProblem> problems) {
        JsonNode value = spec.path(field);
        try {
            return value.isMissingNode() || value.isNull() ? null : STRICT.treeToValue(value, type);
        } catch (JsonMappingException e) {
            problems.add(problem("spec." + field, e));
        } catch (JsonProcessingException e) {
            problems.add(new PolicyProblem(
                    "spec." + field, "", e.getOriginalMessage(), "see kubectl explain auditpolicy.spec"));
        }
        return null;
    }

    private static PolicyProblem problem(String parent, JsonMappingException e) {
        String path = parent
                + e.getPath().stream()
                        .map(step ->
                                step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                        .collect(joining());
        if (e instanceof UnrecognizedPropertyException unknown) {
            List<String> known = unknown.getKnownPropertyIds().stream()
                    .map(Object::toString)
                    .sorted()
                    .toList();
            return new PolicyProblem(
                    path,
                    "",
                    "unknown field",
                    Nearest.to(unknown.getPropertyName(), known)
                            .map(nearest -> "did you mean \"" + nearest + "\"?")
                            .orElse("remove it; the known fields are " + String.join(", ", known)));
        }
        return new PolicyProblem(
                path,
                "",
                parent.equals(path) ? "must be an object" : "has an invalid value or type",
                "see kubectl explain auditpolicy." + path.replaceAll("\\[.*", ""));
    }
}
