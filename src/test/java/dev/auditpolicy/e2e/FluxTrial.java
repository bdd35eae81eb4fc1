package dev.auditpolicy.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.lab.Lab;
import dev.auditpolicy.lab.LabNodes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** deploy/examples/gitops-flux with a real kustomize-controller. Runs with "make gitops", which builds it. */
@LabNodes(1)
class FluxTrial {

    private static final String NODE = "cp1";
    private static final Path EXAMPLE = Path.of("deploy/examples/gitops-flux");
    private static final Duration LIMIT = Duration.ofMinutes(5);

    /** What Flux says beside what the AuditPolicy says: "Unknown, RollingOut". */
    private static Set<String> installation;

    private static Lab lab;
    private static Operator operator;
    private static GitTree tree;
    private static Flux flux;

    /** On a cluster that has neither the CRDs nor the operator. */
    @BeforeAll
    static void fluxInstallsEverything() throws IOException {
        lab = Lab.startAnew(1);
        lab.importImage(Path.of(System.getProperty("auditpolicy.image.tar")));
        operator = Operator.of(lab);
        tree = GitTree.create();
        flux = Flux.start(lab, Path.of(System.getProperty("flux.directory")));
        flux.apply(EXAMPLE.resolve("sync.yaml"));
        configure("{\"interval\": \"10s\", \"retryInterval\": \"5s\"}");
        var first = tree.commit("install");
        flux.publish(first);
        installation = awaitReady(first);
    }

    @AfterAll
    static void down() {
        if (flux != null) {
            flux.close();
        }
        if (tree != null) {
            tree.close();
        }
        lab.stop();
    }

    @Test
    void isReadyAfterTheInstallationOnlyWhenThePolicyIsProven() {
        assertThat(installation).anyMatch(FluxTrial::isRollingOut);
        assertThat(installation).filteredOn(FluxTrial::isReady).containsExactly("True, Proven");
    }

    @Test
    void isReadyForANewRevisionOnlyWhenThePolicyIsProven() {
        var seen = roll(AuditPolicies.secrets("flux-revision"));

        assertThat(seen).anyMatch(FluxTrial::isRollingOut);
        assertThat(seen).filteredOn(FluxTrial::isReady).containsExactly("True, Proven");
        assertThat(lab.readFile(NODE, "/etc/kubernetes/audit-policy.yaml")).contains("flux-revision");
    }

    @Test
    void changesNothingWhenItAppliesTheSameRevisionAgain() {
        roll(AuditPolicies.secrets("flux-again"));
        var before = identity();
        var syncs = flux.kustomization().syncs();

        operator.await("Flux has applied the revision three times more", LIMIT)
                .until(() -> flux.kustomization().syncs() >= syncs + 3);

        assertThat(identity()).isEqualTo(before);
    }

    @Test
    void leavesNoDifferenceToTheManifests() {
        roll(AuditPolicies.secrets("flux-diff"));
        var example = tree.directory().resolve(EXAMPLE).toString();

        // kubectl fails if there is a difference.
        assertThat(lab.kubectl("diff", "-k", example)).isEmpty();
        // As another field manager: Flux itself adds labels.
        assertThat(lab.kubectl("diff", "--server-side", "--force-conflicts", "--field-manager=somebody", "-k", example))
                .isEmpty();
    }

    @Test
    void failsWhenTheRolloutIsStalled() {
        roll(AuditPolicies.secrets("flux-before-stall"));
        lab.exec(NODE, "sh", "-c", Change.MAKE_IMMUTABLE);

        var stalled = publish("stalled", Change.logTo(Change.IMMUTABLE).auditPolicy("flux-stalled"));
        var seen = new LinkedHashSet<String>();
        operator.await("Flux has failed", operator.rolloutLimit()).until(() -> {
            var state = state(stalled);
            seen.add(state);
            return state.startsWith("False");
        });

        assertThat(seen).noneMatch(FluxTrial::isReady);
        assertThat(flux.kustomization().message()).contains("AuditPolicy/cluster status: 'Failed'");
        assertThat(operator.message("Stalled")).contains(Change.NOT_PERMITTED);
    }

    @Test
    void isInProgressUntilItsTimeoutWhileTheRolloutIsPaused() {
        roll(AuditPolicies.secrets("flux-before-pause"));
        var policy = AuditPolicies.secrets("flux-paused");
        try {
            configure("{\"timeout\": \"20s\"}");
            var paused = publish("paused", policy.replace("rollout: {", "rollout: {paused: true, "));
            operator.await("the rollout is paused", LIMIT)
                    .untilAsserted(() -> assertThat(state(paused)).isEqualTo("Unknown, Paused"));
            operator.await("Flux has waited for its timeout", LIMIT)
                    .until(() -> flux.kustomization().hasFailed(paused.name()));
            assertThat(flux.kustomization().message())
                    .contains("timeout waiting for", "AuditPolicy/cluster status: 'InProgress'");
        } finally {
            configure("{\"timeout\": \"30m\"}");
        }

        assertThat(roll(policy)).filteredOn(FluxTrial::isReady).containsExactly("True, Proven");
    }

    @Test
    void appliesNothingOfAnInvalidPolicy() {
        roll(AuditPolicies.secrets("flux-before-typo"));
        var before = identity();

        var invalid = publish("typo", AuditPolicies.secrets("flux-typo").replace("level: None", "level: Nonee"));
        operator.await("Flux has failed", LIMIT)
                .until(() -> flux.kustomization().hasFailed(invalid.name()));

        assertThat(flux.kustomization().message()).contains("Unsupported value: \"Nonee\"");
        assertThat(identity()).isEqualTo(before);
    }

    /** Applies an AuditPolicy and waits until Flux is Ready with it; returns what was seen until then. */
    private static Set<String> roll(String auditPolicy) {
        return awaitReady(publish(Integer.toHexString(auditPolicy.hashCode()), auditPolicy));
    }

    private static void configure(String spec) {
        operator.await("the Kustomization is configured", LIMIT).until(() -> {
            flux.configure(spec);
            return true;
        });
    }

    private static GitTree.Revision publish(String name, String auditPolicy) {
        var revision = tree.commit(name, auditPolicy);
        operator.await("the revision is published", LIMIT).until(() -> {
            flux.publish(revision);
            return true;
        });
        return revision;
    }

    private static Set<String> awaitReady(GitTree.Revision revision) {
        var seen = new LinkedHashSet<String>();
        operator.await("Flux is Ready with " + revision.name(), LIMIT).until(() -> {
            var state = state(revision);
            seen.add(state);
            return isReady(state);
        });
        return seen;
    }

    /** Flux is asked first: an AuditPolicy that is Ready stays so. */
    private static String state(GitTree.Revision revision) {
        var kustomization = flux.kustomization();
        var readiness = kustomization.isReady(revision.name())
                ? "True"
                : kustomization.hasFailed(revision.name()) ? "False" : "Unknown";
        return readiness + ", " + operator.auditPolicy().reason();
    }

    private static boolean isReady(String state) {
        return state.startsWith("True");
    }

    private static boolean isRollingOut(String state) {
        return state.equals("Unknown, RollingOut");
    }

    /** What a change of the AuditPolicy would change. */
    private static String identity() {
        return operator.field("auditpolicy/cluster", ".metadata.generation") + " "
                + operator.field("auditpolicy/cluster", ".status.revision") + " "
                + operator.field("auditnode/" + NODE, ".metadata.generation") + " "
                + operator.field("auditnode/" + NODE, ".status.lastTurn.id") + " "
                + operator.apiServer(NODE);
    }
}
