package dev.auditpolicy.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.policy.Names;
import dev.auditpolicy.policy.evaluate.Evaluation;
import dev.auditpolicy.policy.evaluate.RequestAttributes;
import dev.auditpolicy.policy.explain.Explanation;
import dev.auditpolicy.policy.tree.Position;
import java.util.List;
import java.util.function.IntFunction;

/** Writes an explanation as JSON. */
record ExplanationJson(IntFunction<Position> rulePosition) {

    JsonNode of(RequestAttributes request, Explanation explanation) {
        ObjectNode root = JsonNodeFactory.instance.objectNode();
        write(request, root.putObject("request"));
        Evaluation evaluation = explanation.evaluation();
        evaluation.rule().ifPresent(rule -> writeRule(root, rule));
        List<Stage> stages = RecordedStages.of(request, evaluation);
        root.put("level", Names.of(evaluation.level())).put("recorded", !stages.isEmpty());
        ArrayNode recordedStages = root.putArray("stages");
        stages.forEach(stage -> recordedStages.add(Names.of(stage)));
        root.put("omitManagedFields", evaluation.omitManagedFields());
        ArrayNode skipped = root.putArray("skippedRules");
        explanation.skippedRules().forEach(passed -> {
            ObjectNode rule = skipped.addObject();
            writeRule(rule, passed.rule());
            rule.put("field", passed.mismatch().field());
            rule.put("reason", passed.mismatch().reason());
        });
        return root;
    }

    private void writeRule(ObjectNode node, int rule) {
        node.put("rule", rule);
        Position position = rulePosition.apply(rule);
        if (!position.equals(Position.UNKNOWN)) {
            node.put("line", position.line());
        }
    }

    /** {@code user} is null if authentication failed. */
    private static void write(RequestAttributes request, ObjectNode node) {
        node.put("verb", request.verb()).put("user", request.user());
        request.groups().forEach(node.putArray("groups")::add);
        if (request.isResourceRequest()) {
            node.put("apiGroup", request.apiGroup());
            node.put("resource", request.resource());
            node.put("subresource", request.subresource());
            node.put("namespace", request.namespace());
            node.put("name", request.name());
        } else {
            node.put("path", request.path());
        }
    }
}
