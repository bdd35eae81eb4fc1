package dev.auditpolicy.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a cluster was observed to run, as an AuditPolicy. */
class ImportAuditNodesTest extends CommandTestCase {

    private static final String POLICY = "apiVersion: audit.k8s.io/v1\\nkind: Policy\\nrules: [{level: Metadata}]\\n";

    @Test
    void convertsWhatAllNodesRun() {
        CommandResult result = importing(list(node("cp1", "30"), node("cp2", "30")));

        assertThat(result.err()).isEmpty();
        assertThat(result.expectExitCode(0).out())
                .contains("level: \"Metadata\"", "path: \"/var/log/kubernetes/audit/audit.log\"", "maxAgeDays: 30")
                // Not set, so the default of the node's version.
                .contains("maxBackups: 0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"single", "documents", "json"})
    void readsWhateverKubectlPrints(String form) {
        String input =
                switch (form) {
                    case "single" -> node("cp1", "30");
                    case "documents" -> node("cp1", "30") + "\n---\n" + node("cp2", "30");
                    default -> "{\"kind\": \"List\", \"items\": [" + node("cp1", "30") + "]}";
                };

        assertThat(importing(input).expectExitCode(0).out()).contains("kind: AuditPolicy");
    }

    @Test
    void wantsToBeToldWhichWhereNodesDiffer() {
        String input = list(node("cp1", "30"), node("cp2", "30"), node("cp3", "7"));

        assertThat(importing(input).expectExitCode(2).err())
                .contains(
                        "choose one with --node, such as --node=cp1",
                        "cp3 (--audit-log-maxage: 7 here, 30 on cp1, cp2)");
        assertThat(importing(input, "--node=cp3").expectExitCode(0).out()).contains("maxAgeDays: 7");
        assertThat(importing(input, "--node=cp4").expectExitCode(2).err()).contains("cp1, cp2, cp3");
    }

    @Test
    void saysWhatHasNoField() {
        String odd = node("cp1", "30").replace("\"--audit-log-maxage=30\"", "\"--audit-dynamic-configuration=true\"");

        assertThat(importing(odd).expectExitCode(1).err()).contains("--audit-dynamic-configuration");
        assertThat(importing(odd, "--lenient").expectExitCode(0).out()).contains("kind: AuditPolicy");
    }

    @Test
    void convertsTheWebhook() {
        String webhook = node("cp1", "30").replace("\"--audit-log-maxage=30\"", "\"--audit-webhook-config-file=/w\"");

        CommandResult result = importing(webhook);

        assertThat(result.expectExitCode(0).out()).contains("  webhook:\n    kubeconfigSecret:\n");
        assertThat(result.err()).contains("/w of the container is not converted without --webhook-kubeconfig");
    }

    /** Its Secret is in the cluster. */
    @Test
    void needsNoKubeconfigThatTheAgentHasWritten() {
        String ours = node("cp1", "30")
                .replace(
                        "\"--audit-log-maxage=30\"",
                        "\"--audit-webhook-config-file=/etc/kubernetes/audit-webhook/0123456789abcdef/kubeconfig\"");

        assertThat(importing(ours).expectExitCode(0).err())
                .contains("note: --audit-webhook-config-file: the agent has written this file")
                .doesNotContain("warning");
    }

    @Test
    void repeatsWhyTheNodeMayRunSomethingElse() {
        String edited =
                node("cp1", "30").replace("\"problems\": []", "\"problems\": [\"the policy file was changed\"]");

        assertThat(importing(edited).expectExitCode(0).err())
                .contains("warning: node cp1: the policy file was changed");
    }

    @Test
    void saysThatANodeRecordsNothing() {
        String off = "{kind: AuditNode, metadata: {name: cp1}, status: {observed: {summary: off, owner: None}}}";

        assertThat(importing(off).expectExitCode(1).err()).contains("node cp1", "without an audit policy");
    }

    @Test
    void saysWhereAPolicyIsThatIsTooLongForAStatus() {
        String cut = node("cp1", "30").replace("\"text\": \"" + POLICY + "\",", "");

        assertThat(importing(cut).expectExitCode(1).err()).contains("copy the file /etc/kubernetes/p.yaml", "--policy");
    }

    /** An agent does not repeat the policy of the spec. */
    @Test
    void takesThePolicyOfTheSpecIfItRuns() {
        String sha256 = AuditNodeReader.sha256(POLICY.translateEscapes());
        String own = node("cp1", "30")
                .replace("\"text\": \"" + POLICY + "\",", "\"sha256\": \"" + sha256 + "\",")
                .replace("\"status\":", "\"spec\": {\"policy\": \"" + POLICY + "\"}, \"status\":");

        assertThat(importing(own).expectExitCode(0).out()).contains("level: \"Metadata\"");
        assertThat(importing(own.replace(sha256, "0".repeat(64))).exitCode()).isOne();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a: [b", "kind: List\nitems: []", "kind: Policy\nrules: [{level: None}]"})
    void rejectsOtherInput(String input) {
        assertThat(importing(input).expectExitCode(2).err()).contains("kubectl get auditnodes -o yaml");
    }

    @Test
    void warnsOfANodeWithoutAReport() {
        String input = list(node("cp1", "30"), "{\"kind\": \"AuditNode\", \"metadata\": {\"name\": \"cp2\"}}");

        assertThat(importing(input).expectExitCode(0).err())
                .contains("warning: AuditNode cp2 does not state what runs there");
    }

    @Test
    void takesEitherFilesOrAuditNodes() {
        assertThat(run("import").expectExitCode(2).err()).contains("either --policy FILE, or AUDITNODES");
        assertThat(run("import", "-", "--policy", "a").expectExitCode(2).err()).contains("either --policy FILE");
        assertThat(run("import", "--policy", "a", "--node", "b")
                        .expectExitCode(2)
                        .err())
                .contains("--node");
    }

    private static CommandResult importing(String input, String... options) {
        return runWithInput(
                input,
                Stream.concat(Stream.of("import", "-"), Stream.of(options)).toArray(String[]::new));
    }

    private static String list(String... nodes) {
        return "apiVersion: v1\nkind: List\nitems:\n"
                + Stream.of(nodes).collect(Collectors.joining("\n- ", "- ", "\n"));
    }

    private static String node(String name, String maxAge) {
        return """
                {"apiVersion": "auditpolicy.dev/v1alpha1", "kind": "AuditNode", "metadata": {"name": "%s", "uid": "u"}, \
                "status": {"phase": "Observed", "kubeAPIServer": {"version": "v1.35.4", "startedAt": "2026-01-01T00:00:00Z"}, \
                "observed": {"summary": "s", "owner": "Foreign", "logPath": "/var/log/kubernetes/audit/audit.log", \
                "flags": ["--audit-log-maxage=%s", "--audit-log-path=/in/container/audit.log", "--audit-policy-file=/p"], \
                "policy": {"text": "%s", "path": "/etc/kubernetes/p.yaml", "meaning": "m"}, "problems": []}}}""".formatted(name, maxAge, POLICY);
    }
}
