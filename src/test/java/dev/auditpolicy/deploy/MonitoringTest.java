package dev.auditpolicy.deploy;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.auditpolicy.agent.metrics.AgentMeters;
import dev.auditpolicy.api.v1alpha1.AuditNode;
import dev.auditpolicy.api.v1alpha1.AuditPolicyStatus;
import dev.auditpolicy.api.v1alpha1.Condition;
import dev.auditpolicy.api.v1alpha1.NodeCounts;
import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.telemetry.Family;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Alerts, dashboard and documentation speak of metrics that the two roles expose, all of them and no others. That queries and
 * rules are right is for Prometheus' own programs: {@code make monitoring}.
 */
class MonitoringTest {

    private static final Path DIRECTORY = Path.of("deploy", "monitoring");
    private static final Path RUNBOOK = Path.of("docs", "runbook.md");
    private static final Pattern OURS = Pattern.compile("\\bauditpolicy_[a-z_]+\\b");
    private static final Pattern TYPE = Pattern.compile("^# TYPE (auditpolicy_\\S+) ", Pattern.MULTILINE);
    private static final Pattern ROW = Pattern.compile("^\\| `(auditpolicy_[a-z_]+)", Pattern.MULTILINE);

    @Test
    void alertsAskForMetricsThatAreExposed() throws IOException {
        var queried = expressions(rules().findValues("expr"));
        assertThat(queried).isNotEmpty().isSubsetOf(exposed());
    }

    @Test
    void dashboardAsksForMetricsThatAreExposed() throws IOException {
        var queried = expressions(dashboard().findValues("expr"));
        assertThat(queried).isNotEmpty().isSubsetOf(exposed());
    }

    @Test
    void documentationHasEveryMetricAndNoOther() throws IOException {
        assertThat(names(ROW, Files.readString(Path.of("docs", "metrics.md")))).isEqualTo(exposed());
    }

    @Test
    void prometheusRuleIsGeneratedFromTheRules() throws IOException {
        assertThat(yaml("prometheusrule.yaml").get("spec"))
                .as("prometheusrule.yaml does not match rules.yaml: run \"make rules\" and commit the result")
                .isEqualTo(rules());
    }

    @Test
    void everyAlertHasItsSectionInTheRunbook() throws IOException {
        var sections = names(Pattern.compile("^## (\\S+)$", Pattern.MULTILINE), Files.readString(RUNBOOK)).stream()
                .map(section -> section.toLowerCase(Locale.ROOT))
                .collect(toSet());
        var alerts = rules().get("groups").get(0).get("rules");

        assertThat(alerts).isNotEmpty().allSatisfy(alert -> {
            assertThat(alert.at("/annotations/runbook_url").asText())
                    .endsWith("docs/runbook.md#" + alert.get("alert").asText().toLowerCase(Locale.ROOT));
            assertThat(sections).contains(alert.get("alert").asText().toLowerCase(Locale.ROOT));
            assertThat(alert.at("/labels/severity").asText()).isIn("warning", "critical");
            assertThat(alert.at("/annotations/summary").asText()).isNotEmpty();
        });
    }

    @Test
    void dashboardIsOneThatGrafanaTakes() throws IOException {
        var dashboard = dashboard();
        assertThat(dashboard.get("schemaVersion").asInt()).isGreaterThanOrEqualTo(36);
        assertThat(dashboard.get("uid").asText()).isEqualTo("auditpolicy");
        assertThat(dashboard.get("panels")).isNotEmpty().allSatisfy(panel -> {
            assertThat(panel.get("type").asText()).isIn("stat", "state-timeline", "timeseries");
            assertThat(panel.get("title").asText()).isNotEmpty();
            assertThat(panel.get("description").asText()).isNotEmpty();
            assertThat(panel.at("/datasource/uid").asText()).isEqualTo("${datasource}");
            assertThat(panel.get("targets")).isNotEmpty();
            assertThat(panel.at("/gridPos/x").asInt() + panel.at("/gridPos/w").asInt())
                    .isLessThanOrEqualTo(24);
        });
        assertThat(dashboard.get("panels")).extracting(panel -> panel.get("id")).doesNotHaveDuplicates();
        assertThat(dashboard.get("panels"))
                .extracting(panel -> panel.get("gridPos"))
                .doesNotHaveDuplicates();
    }

    /** The names of all that both roles tell, as Prometheus gets them. */
    private static Set<String> exposed() {
        var agent =
                new AgentMeters("1", () -> Instant.EPOCH).families().stream().map(Family::name);
        return Stream.of(agent, names(TYPE, controller()).stream())
                .flatMap(names -> names)
                .collect(toCollection(TreeSet::new));
    }

    private static String controller() {
        var scrape = new Scrape();
        var ready = new Condition.Statement("Ready", Condition.TRUE, "Proven", "");
        var status = new AuditPolicyStatus(
                1L,
                "a",
                null,
                new Turn("turn-1", "cp1", "a", 1, Instant.EPOCH),
                NodeCounts.of(1, 1, 1),
                List.of(Condition.of(ready, List.of(), 1, Instant.EPOCH)));
        scrape.meters().update("uid", status, List.of(provenNode()));
        return scrape.text();
    }

    private static AuditNode provenNode() {
        return Serialization.unmarshal("""
                metadata: {name: cp1}
                status: {phase: Effective, proof: {revision: a, pid: 1, policySHA256: b, startedAt: '2026-01-01T00:00:00Z', provenAt: '2026-01-01T00:00:00Z'}}
                """, AuditNode.class);
    }

    private static Set<String> expressions(List<JsonNode> expressions) {
        return expressions.stream()
                .flatMap(expression -> names(OURS, expression.asText()).stream())
                .collect(toCollection(TreeSet::new));
    }

    private static Set<String> names(Pattern pattern, String text) {
        var group = pattern.matcher("").groupCount();
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(group))
                .collect(toCollection(TreeSet::new));
    }

    private static JsonNode rules() throws IOException {
        return yaml("rules.yaml");
    }

    private static JsonNode yaml(String name) throws IOException {
        return new YAMLMapper().readTree(DIRECTORY.resolve(name).toFile());
    }

    private static JsonNode dashboard() throws IOException {
        return new ObjectMapper().readTree(DIRECTORY.resolve("dashboard.json").toFile());
    }
}
