package dev.auditpolicy.agent.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.log.LogState;
import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Observed;
import dev.auditpolicy.api.v1alpha1.Observed.Owner;
import dev.auditpolicy.api.v1alpha1.ObservedHost.Kind;
import dev.auditpolicy.host.log.LogFile;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.ProcessUser;
import dev.auditpolicy.journal.BootTime;
import dev.auditpolicy.journal.FileImage;
import dev.auditpolicy.journal.Journal;
import dev.auditpolicy.manifest.flags.AuditFlags;
import dev.auditpolicy.policy.KubernetesVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigurationObserverTest {

    private static final Instant STARTED = Instant.parse("2026-01-01T12:00:00Z");
    private static final String POLICY = "apiVersion: audit.k8s.io/v1\nkind: Policy\nrules: [{level: Metadata}]\n";
    private static final String MANIFEST = "kind: Pod\nmetadata: {name: kube-apiserver}\nspec: {containers: []}\n";
    private static final LogBackend LOG =
            new LogBackend("/var/log/k/audit.log", 30, 10, 100, null, null, null, null, null);
    private static final AuditNodeSpec SPEC = new AuditNodeSpec("a", 1L, POLICY, LOG, 10, 60);

    private final NodeOnPaper node = new NodeOnPaper();
    private Instant now = STARTED;
    private LogState log = LogState.UNKNOWN;
    private final ConfigurationObserver observer = new ConfigurationObserver(
            node,
            new HostObserver(
                    node,
                    NodePaths.kubeadm(),
                    () -> new BootTime("boot", Duration.between(STARTED, now).toMillis())),
            () -> now,
            () -> log);

    @Test
    void describesAConfigurationThatSomebodyElseHasMade() {
        node.files.put("/etc/p.yaml", POLICY);
        node.mounts.put("/logs/audit.log", "/var/log/k/audit.log");

        var seen = observe("--audit-policy-file=/etc/p.yaml", "--audit-log-path=/logs/audit.log", "--v=2")
                .observed();

        assertThat(seen.owner()).isEqualTo(Owner.FOREIGN);
        assertThat(seen.flags()).containsExactly("--audit-log-path=/logs/audit.log", "--audit-policy-file=/etc/p.yaml");
        assertThat(seen.policy().text()).isEqualTo(POLICY);
        assertThat(seen.logPath()).isEqualTo("/var/log/k/audit.log");
        assertThat(seen.host().kind()).isEqualTo(Kind.STATIC_POD);
        assertThat(seen.host().distribution()).isEqualTo("kubeadm");
        assertThat(seen.summary()).matches("policy [0-9a-f]{8}, log /var/log/k/audit.log");
        assertThat(seen.problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                                              | off",
                "--audit-log-path=-                                            | nothing is recorded: no policy, log to stdout",
                "--audit-policy-file=/etc/p.yaml                               | nothing is recorded: policy [0-9a-f]{8}, no backend",
                "--audit-policy-file=/etc/p.yaml --audit-log-path=-            | policy [0-9a-f]{8}, log to stdout",
                "--audit-policy-file=/etc/p.yaml --audit-webhook-config-file=/w | policy [0-9a-f]{8}, webhook",
                "--audit-policy-file=/etc/p.yaml --audit-log-path=/tmp/a       | policy [0-9a-f]{8}, log in the container",
                "--audit-policy-file=/gone --audit-log-path=-                  | policy unknown, log to stdout",
            })
    void saysInALineWhatIsRecorded(String flags, String summary) {
        node.files.put("/etc/p.yaml", POLICY);

        assertThat(observe(flags == null ? new String[0] : flags.split(" "))
                        .observed()
                        .summary())
                .matches(summary);
    }

    /** Formats may differ between nodes; a policy that kube-apiserver would not load has no meaning. */
    @ParameterizedTest
    @CsvSource({"# comment, true", "omitStages: [RequestReceived], false"})
    void hashesWhatAPolicyMeans(String line, boolean isSame) {
        node.files.put("/a", POLICY);
        node.files.put("/b", POLICY + line + "\n");
        node.files.put("/c", "kind: Nonsense");

        var meaning = observe("--audit-policy-file=/a").observed().policy().meaning();

        assertThat(meaning.equals(
                        observe("--audit-policy-file=/b").observed().policy().meaning()))
                .isEqualTo(isSame);
        assertThat(observe("--audit-policy-file=/c").observed().policy().meaning())
                .isNull();
    }

    @Test
    void saysThatThePolicyOnDiskIsNotWhatRuns() {
        node.files.put("/etc/p.yaml", POLICY);
        node.modifiedAt = STARTED.plusSeconds(60);

        assertThat(observe("--audit-policy-file=/etc/p.yaml").observed().problems())
                .singleElement()
                .asString()
                .contains("/etc/p.yaml was changed at 2026-01-01T12:01:00Z", "still runs the text of before");
    }

    /** The journal is the truth. The annotation alone counts where the journal was lost. */
    @ParameterizedTest
    @CsvSource({"true, false, OPERATOR", "false, true, OPERATOR", "false, false, FOREIGN"})
    void tellsWhoseTheFlagsAre(boolean inJournal, boolean isMarked, Owner owner) {
        var manifest = isMarked
                ? "apiVersion: v1\nkind: Pod\nmetadata:\n  name: kube-apiserver\n  annotations:\n    auditpolicy.dev/flags: \""
                        + String.join(",", AuditFlags.NAMES)
                        + "\"\nspec:\n  containers:\n  - name: kube-apiserver\n    command:\n    - kube-apiserver\n"
                : MANIFEST;
        var journal = inJournal ? new Journal(1, List.of(), SPEC, null, null, null) : Journal.empty();

        assertThat(observe(journal, manifest, flags(LOG)).observed().owner()).isEqualTo(owner);
    }

    @Test
    void namesAMixture() {
        var flags = new ArrayList<>(List.of(flags(LOG)));
        flags.add("--audit-webhook-config-file=/w");

        assertThat(observe(new Journal(1, List.of(), SPEC, null, null, null), MANIFEST, flags.toArray(String[]::new))
                        .observed()
                        .owner())
                .isEqualTo(Owner.MIXED);
    }

    @Test
    void doesNotRepeatThePolicyOfTheSpec() {
        node.files.put("/etc/p.yaml", POLICY);

        assertThat(observe(Optional.of(SPEC), Journal.empty(), MANIFEST, "--audit-policy-file=/etc/p.yaml")
                        .observed()
                        .policy()
                        .text())
                .isNull();
    }

    /** A status without bounds would be rejected as a whole. */
    @Test
    void boundsWhatItReports() {
        var flags = new ArrayList<String>();
        for (var index = 0; index < 200; index++) {
            flags.add("--audit-novelty-" + index + "=" + "x".repeat(5000));
        }
        node.files.put("/p", POLICY + "#".repeat(70_000));
        flags.add("--audit-policy-file=/p");

        var seen = observe(flags.toArray(String[]::new)).observed();

        assertThat(seen.flags())
                .hasSize(Observed.MAX_FLAGS)
                .allMatch(flag -> flag.length() <= Observed.MAX_FLAG_LENGTH);
        assertThat(seen.policy().text()).isNull();
        assertThat(seen.policy().meaning()).isNotNull();
    }

    @Test
    void namesWhoManagesTheNodeAndAStrayManifest() {
        node.existing.add("/etc/kubernetes/deckhouse");
        node.manifests.put("kube-apiserver.yaml.bak", MANIFEST);

        var seen = observe().observed();

        assertThat(seen.host().distribution()).isEqualTo("Deckhouse");
        assertThat(seen.problems()).hasSize(2);
        assertThat(seen.problems().getFirst()).contains("Deckhouse", "ModuleConfig");
        assertThat(seen.problems().getLast()).contains("kube-apiserver.yaml.bak");
    }

    @Test
    void measuresTheLogAtIntervalsOnly() {
        node.mounts.put("/a/b", "/var/log/b");
        log = state(1000);
        var first = observe("--audit-log-path=/a/b").log().orElseThrow();
        log = state(7000);
        now = STARTED.plusSeconds(59);
        assertThat(observe("--audit-log-path=/a/b").log()).contains(first);
        now = STARTED.plusSeconds(60);
        var second = observe("--audit-log-path=/a/b").log().orElseThrow();
        log = state(8000);
        now = STARTED.plusSeconds(359);

        assertThat(first.bytesPerSecond()).isNull();
        assertThat(second.bytesPerSecond()).isEqualTo(100);
        assertThat(second.path()).isEqualTo("/var/log/b");
        assertThat(observe("--audit-log-path=/a/b").log()).contains(second);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void reportsThatItSeesNothing(boolean fails) {
        node.fails = fails;

        var seen = observer.observe(
                        new NodeSnapshot(
                                Optional.empty(),
                                Optional.empty(),
                                List.of(),
                                Optional.empty(),
                                false,
                                Optional.empty(),
                                new LogFile.NotOpen()),
                        Journal.empty(),
                        Optional.empty(),
                        Optional.empty())
                .observed();

        assertThat(seen.owner()).isEqualTo(Owner.UNKNOWN);
        assertThat(seen.problems())
                .containsExactly(
                        fails
                                ? "cannot observe what kube-apiserver runs: no access"
                                : "no kube-apiserver is running on this node");
    }

    private static LogState state(long bytes) {
        return new LogState(bytes, bytes, Map.of(), 1, 0, false);
    }

    private static String[] flags(LogBackend log) {
        return AuditFlags.of(log).entrySet().stream()
                .map(flag -> "--" + flag.getKey() + "=" + flag.getValue())
                .toArray(String[]::new);
    }

    private Survey observe(String... flags) {
        return observe(Journal.empty(), MANIFEST, flags);
    }

    private Survey observe(Journal journal, String manifest, String... flags) {
        return observe(Optional.empty(), journal, manifest, flags);
    }

    private Survey observe(Optional<AuditNodeSpec> desired, Journal journal, String manifest, String... flags) {
        node.manifests.put("kube-apiserver.yaml", manifest);
        var process = new ApiServerProcess(1, 1, STARTED, "0".repeat(32), ProcessUser.ROOT, List.of(flags));
        return observer.observe(
                new NodeSnapshot(
                        Optional.of(FileImage.rootOnly(manifest)),
                        Optional.empty(),
                        List.of(process),
                        Optional.empty(),
                        true,
                        Optional.empty(),
                        new LogFile.NotOpen()),
                journal,
                desired,
                Optional.of(new KubernetesVersion(1, 36)));
    }
}
