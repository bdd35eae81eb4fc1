package dev.auditpolicy.controller.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.PlannedNode;
import dev.auditpolicy.api.v1alpha1.Policy;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RolloutPlannerTest {

    private static final String HEAD = "apiVersion: audit.k8s.io/v1\nkind: Policy\n";

    private final YAMLMapper yaml = new YAMLMapper();
    private final RolloutPlanner planner = new RolloutPlanner();

    private Policy policy(String text) throws JsonProcessingException {
        return yaml.readValue(text, Policy.class);
    }

    private AuditNode node(String name, String status) throws JsonProcessingException {
        return yaml.readValue("{metadata: {name: %s}, status: %s}".formatted(name, status), AuditNode.class);
    }

    @Test
    void describesWhatIsRecordedDifferently() throws JsonProcessingException {
        var plan = planner.plan(
                "new",
                policy("rules: [{level: None, verbs: [list]}, {level: Request}]"),
                Optional.of(HEAD + "rules: [{level: Metadata}]"),
                List.of());

        assertThat(plan.changedKinds()).isEqualTo(2);
        assertThat(plan.changes().getFirst())
                .startsWith("Metadata becomes None, for example for list ")
                .endsWith("(decided by rules[0])");
    }

    @Test
    void comparesWithWhatTheNodesRunBeforeTheFirstRollout() throws JsonProcessingException {
        var observed = node(
                "cp1",
                "{observed: {summary: s, owner: Foreign, policy: {path: /p, text: \"%srules: [{level: None}]\"}}}"
                        .formatted(HEAD.replace("\n", "\\n")));

        assertThat(planner.plan("new", policy("rules: [{level: Metadata}]"), Optional.empty(), List.of(observed))
                        .changedKinds())
                .isPositive();
    }

    @Test
    void comparesWithNothingIfNoNodeRecordsAnything() throws JsonProcessingException {
        var silent = node("cp1", "{observed: {summary: off, owner: None}}");

        assertThat(planner.plan("new", policy("rules: [{level: Metadata}]"), Optional.empty(), List.of(silent))
                        .changes())
                .singleElement()
                .asString()
                .startsWith("None becomes Metadata");
    }

    @Test
    void hasTheNodesThatHaveCheckedTheRevision() throws JsonProcessingException {
        var nodes = List.of(
                node("cp2", "{plan: {revision: new, restartSeconds: 14}}"),
                node("cp1", "{plan: {revision: old, restartSeconds: 17}}"),
                node("cp3", "{phase: Pending}"));

        assertThat(planner.plan("new", policy("rules: [{level: Metadata}]"), Optional.empty(), nodes)
                        .nodes())
                .containsExactly(new PlannedNode("cp2", null, 14, null));
    }
}
