package dev.auditpolicy.agent.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.agent.log.CanaryExpectation.Outcome;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.host.log.EventHead;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.evaluate.RequestInfo;
import dev.auditpolicy.policy.read.PolicyFileReader;
import dev.auditpolicy.policy.read.PolicyFileReading;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CanaryExpectationTest {

    private static final CanaryExpectation RECORDED =
            new CanaryExpectation(Level.METADATA, Set.of(Stage.REQUEST_RECEIVED, Stage.RESPONSE_COMPLETE));
    private static final CanaryExpectation ABSENT = new CanaryExpectation(Level.NONE, Set.of());

    @Test
    void isTheDecisionOfThePolicy() {
        assertThat(expected("""
                        rules:
                        - level: Request
                          users: [agent]
                          verbs: [get]
                          resources: [{group: auditpolicy.dev, resources: [auditnodes]}]
                        - level: None
                        """))
                .isEqualTo(
                        new CanaryExpectation(Level.REQUEST, Set.of(Stage.REQUEST_RECEIVED, Stage.RESPONSE_COMPLETE)));
    }

    @Test
    void excludesOmittedStages() {
        assertThat(expected("omitStages: [RequestReceived]\nrules:\n- level: Metadata\n"))
                .isEqualTo(new CanaryExpectation(Level.METADATA, Set.of(Stage.RESPONSE_COMPLETE)));
    }

    @Test
    void isAbsenceIfThePolicyRecordsNothing() {
        assertThat(expected("rules:\n- level: None\n")).isEqualTo(ABSENT);
        assertThat(expected("omitStages: [RequestReceived, ResponseComplete]\nrules:\n- level: Metadata\n"))
                .isEqualTo(ABSENT);
    }

    @Test
    void isCompleteWithAllItsStages() {
        var received = event(Level.METADATA, Stage.REQUEST_RECEIVED);

        assertThat(RECORDED.compare(List.of(received)))
                .isInstanceOfSatisfying(Outcome.Incomplete.class, incomplete -> assertThat(incomplete.missing())
                        .contains("ResponseComplete")
                        .doesNotContain("(RequestReceived"));
        assertThat(RECORDED.compare(List.of(received, event(Level.METADATA, Stage.RESPONSE_COMPLETE))))
                .isEqualTo(new Outcome.Complete());
    }

    @Test
    void isContradictedByADifferentLevelOrStage() {
        assertThat(RECORDED.compare(List.of(event(Level.REQUEST, Stage.REQUEST_RECEIVED))))
                .isInstanceOfSatisfying(Outcome.Contradicted.class, contradicted -> assertThat(contradicted.reason())
                        .contains("level Request", "level Metadata"));
        assertThat(RECORDED.compare(List.of(event(Level.METADATA, Stage.PANIC))))
                .isInstanceOf(Outcome.Contradicted.class);
        assertThat(ABSENT.compare(List.of(event(Level.METADATA, Stage.RESPONSE_COMPLETE))))
                .isInstanceOf(Outcome.Contradicted.class);
    }

    /** As in the legacy format. */
    @Test
    void acceptsAnEventWithoutALevel() {
        assertThat(RECORDED.compare(List.of(
                        new EventHead(Optional.empty(), "id", Stage.REQUEST_RECEIVED),
                        new EventHead(Optional.empty(), "id", Stage.RESPONSE_COMPLETE))))
                .isEqualTo(new Outcome.Complete());
    }

    private static CanaryExpectation expected(String policy) {
        var text = "apiVersion: audit.k8s.io/v1\nkind: Policy\n" + policy;
        var read = (PolicyFileReading.Loaded)
                new PolicyFileReader(KubernetesVersion.NEWEST_KNOWN).read(text.getBytes(UTF_8));
        return CanaryExpectation.of(
                read.policy(),
                RequestInfo.of("GET", "/apis/auditpolicy.dev/v1alpha1/auditnodes/cp1")
                        .by("agent", List.of()));
    }

    private static EventHead event(Level level, Stage stage) {
        return new EventHead(Optional.of(level), "id", stage);
    }
}
