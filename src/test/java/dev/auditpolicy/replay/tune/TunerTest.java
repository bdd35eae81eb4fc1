package dev.auditpolicy.replay.tune;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.PolicyRule;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.policy.KubernetesVersion;
import dev.auditpolicy.policy.lint.finding.Profile;
import dev.auditpolicy.replay.tune.candidate.Step;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class TunerTest {

    private static final String EVERYTHING = "{omitStages: [RequestReceived], rules: [{level: Metadata}]}";
    private static final String ALL_BODIES =
            "{omitStages: [RequestReceived], omitManagedFields: true, rules: [{level: RequestResponse}]}";
    private static final String SCHEDULER = "system:kube-scheduler";
    private static final String ACCOUNT = "system:serviceaccount:shop:web";
    private static final String PODS = "/api/v1/namespaces/shop/pods";
    private static final String LEASE = "/apis/coordination.k8s.io/v1/namespaces/kube-system/leases/x";

    private static List<String> log(LoggedEvent... events) {
        var lines = new ArrayList<String>();
        Arrays.stream(events).forEach(event -> lines.addAll(Collections.nCopies(10, event.line())));
        return lines;
    }

    private static TuneRun tune(String policy, Profile kept, LoggedEvent... events) {
        return TuneRun.of(TuneRun.policy(policy), log(events), 0, kept);
    }

    private static TuneRun tune(String policy, LoggedEvent... events) {
        return tune(policy, Profile.CIS, events);
    }

    private static List<Step> steps(TuneRun run) {
        return run.proposal().changes().stream()
                .map(change -> change.candidate().step())
                .toList();
    }

    private static PolicyRule first(TuneRun run) {
        return run.tuned().rules().getFirst();
    }

    private static LoggedEvent read(String user, String uri) {
        return LoggedEvent.by(user, "list", uri);
    }

    @Test
    void proposesNothingForALogWithinTheBudget() {
        Policy policy = TuneRun.policy(EVERYTHING);

        TuneRun run = TuneRun.of(policy, log(read(SCHEDULER, PODS)), 1, Profile.CIS);

        assertThat(run.proposal().isNeedless()).isTrue();
        assertThat(run.tuned()).isEqualTo(policy);
    }

    @Test
    void omitsTheFirstEventOfRequests() {
        TuneRun run =
                tune("{rules: [{level: Metadata}]}", read("jane", PODS).stage("RequestReceived"), read("jane", PODS));

        assertThat(steps(run)).containsExactly(Step.ARRIVALS);
        assertThat(run.tuned().omitStages()).containsExactly(Stage.REQUEST_RECEIVED);
    }

    @Test
    void keepsTheFirstEventIfItDecidesWhetherARequestIsServed() {
        Policy policy = TuneRun.policy("{rules: [{level: Metadata}]}");
        var traffic = TuneRun.traffic(policy, log(read("jane", PODS).stage("RequestReceived")));

        Proposal proposal = new Tuner(traffic, new KubernetesVersion(1, 36), Set.of(), true, 0).propose(0);

        assertThat(proposal.changes()).isEmpty();
    }

    @Test
    void omitsManagedFields() {
        TuneRun run = tune(
                "{omitStages: [RequestReceived], rules: [{level: RequestResponse, resources: [{group: rbac.authorization.k8s.io}]}]}",
                LoggedEvent.by("jane", "create", "/apis/rbac.authorization.k8s.io/v1/clusterroles")
                        .bodies(10, 10));

        assertThat(steps(run)).containsExactly(Step.MANAGED_FIELDS);
        assertThat(run.tuned().omitManagedFields()).isTrue();
    }

    @Test
    void hidesHealthChecksFromNobodyWhoFailedToAuthenticate() {
        TuneRun run = tune(
                EVERYTHING,
                new LoggedEvent("system:anonymous", List.of("system:unauthenticated"), "get", "/readyz"),
                new LoggedEvent("jane", List.of("system:authenticated"), "get", "/healthz/etcd"));

        assertThat(first(run).level()).isEqualTo(Level.NONE);
        assertThat(first(run).nonResourceURLs()).containsExactlyInAnyOrder("/readyz*", "/healthz*");
        assertThat(first(run).userGroups()).containsExactly("system:authenticated", "system:unauthenticated");
    }

    @Test
    void keepsHealthChecksThatWereRefused() {
        TuneRun run = tune(
                EVERYTHING,
                new LoggedEvent("system:anonymous", List.of("system:unauthenticated"), "get", "/readyz").code(403));

        assertThat(run.proposal().changes()).isEmpty();
    }

    @Test
    void hidesHeartbeatsByUserAndTheirKubeletsByGroup() {
        TuneRun run = tune(
                EVERYTHING,
                LoggedEvent.by(SCHEDULER, "update", LEASE),
                new LoggedEvent("system:node:a", List.of("system:nodes", "system:authenticated"), "update", LEASE));

        assertThat(run.tuned().rules().subList(0, 2))
                .allSatisfy(rule -> {
                    assertThat(rule.level()).isEqualTo(Level.NONE);
                    assertThat(rule.verbs()).containsExactly("update");
                })
                .anySatisfy(rule -> assertThat(rule.users()).containsExactly(SCHEDULER))
                .anySatisfy(rule -> assertThat(rule.userGroups()).containsExactly("system:nodes"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"create", "delete"})
    void keepsOtherChangesOfLeases(String verb) {
        assertThat(tune(EVERYTHING, LoggedEvent.by(SCHEDULER, verb, LEASE))
                        .proposal()
                        .changes())
                .isEmpty();
    }

    @Test
    void hidesEventsButNotTheirDeletion() {
        TuneRun run = tune(
                EVERYTHING,
                LoggedEvent.by(SCHEDULER, "create", "/apis/events.k8s.io/v1/namespaces/shop/events"),
                LoggedEvent.by(SCHEDULER, "delete", "/apis/events.k8s.io/v1/namespaces/shop/events/x"));

        assertThat(steps(run)).containsExactly(Step.EVENTS);
        assertThat(first(run).verbs()).containsExactly("create");
    }

    @Test
    void hidesReadsOfAProgramByName() {
        TuneRun run = tune(EVERYTHING, read(SCHEDULER, PODS));

        assertThat(first(run).level()).isEqualTo(Level.NONE);
        assertThat(first(run).users()).containsExactly(SCHEDULER);
        assertThat(first(run).verbs()).containsExactly("list");
        assertThat(first(run).resources().getFirst().resources()).containsExactly("pods");
    }

    @ParameterizedTest
    @CsvSource({
        "jane, /api/v1/namespaces/shop/pods",
        "system:admin, /api/v1/namespaces/shop/pods",
        "system:kube-scheduler, /api/v1/namespaces/shop/secrets",
        "system:kube-scheduler, /api/v1/namespaces/shop/configmaps",
        "system:kube-scheduler, /api/v1/namespaces/shop/pods/x/log",
        "system:kube-scheduler, /apis/rbac.authorization.k8s.io/v1/clusterroles",
        "system:kube-scheduler, /apis/auditpolicy.dev/v1alpha1/auditpolicies",
        "system:kube-scheduler, /logs/kube-apiserver.log",
        "system:kube-scheduler, /api/v1/namespaces/shop/*",
        "system:kube-scheduler, /apis/*/v1/pods",
        "'system:serviceaccount:shop:*', /api/v1/namespaces/shop/pods"
    })
    void keepsOtherReads(String user, String uri) {
        assertThat(tune(EVERYTHING, read(user, uri)).proposal().changes()).isEmpty();
    }

    @Test
    void keepsReadsOfAnAdministratorWithTheNameOfAComponent() {
        TuneRun run = tune(
                EVERYTHING,
                new LoggedEvent(SCHEDULER, List.of("system:masters", "system:authenticated"), "list", PODS));

        assertThat(run.proposal().changes()).isEmpty();
    }

    @Test
    void keepsReadsThatWereRefusedEvenOnce() {
        TuneRun run = tune(EVERYTHING, read(ACCOUNT, PODS), read(ACCOUNT, PODS).code(403));

        assertThat(run.proposal().changes()).isEmpty();
    }

    @Test
    void keepsAllReadsOfWhoActsAsAnotherUser() {
        TuneRun run = tune(
                EVERYTHING, read(ACCOUNT, PODS), read(ACCOUNT, "/api/v1/nodes").impersonating());

        assertThat(run.proposal().changes()).isEmpty();
    }

    @Test
    void keepsReadsOfServiceAccountsForPciDss() {
        assertThat(tune(EVERYTHING, Profile.CIS, read(ACCOUNT, PODS)).proposal().changes())
                .hasSize(1);
        assertThat(tune(EVERYTHING, Profile.PCI, read(ACCOUNT, PODS)).proposal().changes())
                .isEmpty();
        assertThat(tune(EVERYTHING, Profile.PCI, read(ACCOUNT, PODS)).proposal().refused())
                .singleElement()
                .extracting(Proposal.Refused::objection)
                .asString()
                .contains("PCI 10.2.1.1", "AP615");
    }

    @Test
    void proposesNoRuleForTheStig() {
        TuneRun run = tune(ALL_BODIES, Profile.STIG, read(SCHEDULER, PODS).bodies(0, 5000));

        assertThat(run.proposal().changes()).isEmpty();
        assertThat(run.proposal().refused().getFirst().objection()).contains("V-242403");
    }

    @Test
    void lowersResponsesToReads() {
        TuneRun run = tune(ALL_BODIES, read("jane", PODS).bodies(0, 5000));

        assertThat(first(run).level()).isEqualTo(Level.METADATA);
        assertThat(first(run).verbs()).containsExactly("list");
    }

    @Test
    void keepsBodiesOfPeopleForTheNsa() {
        TuneRun run = tune(
                ALL_BODIES,
                Profile.NSA,
                read("jane", PODS).bodies(0, 5000),
                read(SCHEDULER, PODS).bodies(0, 5000));

        assertThat(run.tuned().rules()).hasSizeGreaterThan(1).allSatisfy(rule -> assertThat(
                        rule.level() == Level.REQUEST_RESPONSE || rule.users().equals(List.of(SCHEDULER)))
                .isTrue());
    }

    @Test
    void lowersChangesFirstToTheirRequestAndThenToMetadata() {
        var change = LoggedEvent.by("jane", "create", PODS).bodies(3000, 3000);
        Policy policy = TuneRun.policy(ALL_BODIES);

        assertThat(first(TuneRun.of(policy, log(change), 0.7, Profile.CIS)).level())
                .isEqualTo(Level.REQUEST);
        assertThat(first(TuneRun.of(policy, log(change), 0.2, Profile.CIS)).level())
                .isEqualTo(Level.METADATA);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/apis/rbac.authorization.k8s.io/v1/namespaces/shop/roles",
                "/apis/auditpolicy.dev/v1alpha1/auditpolicies",
                "/api/v1/namespaces/shop/pods/x/exec"
            })
    void keepsBodiesOfRightsAndOfTheAuditConfiguration(String uri) {
        assertThat(tune(ALL_BODIES, LoggedEvent.by("jane", "create", uri).bodies(3000, 3000))
                        .proposal()
                        .changes())
                .isEmpty();
    }

    @Test
    void putsARuleDirectlyBeforeTheOneThatItRelieves() {
        TuneRun run = tune("""
                omitStages: [RequestReceived]
                rules:
                - {level: Metadata, resources: [{group: "", resources: [secrets]}]}
                - {level: Metadata, namespaces: [shop]}
                - {level: Metadata}
                """, read(SCHEDULER, PODS), read(SCHEDULER, "/api/v1/namespaces/shop/secrets"));

        assertThat(run.tuned().rules()).hasSize(4);
        assertThat(run.tuned().rules().get(1).level()).isEqualTo(Level.NONE);
        assertThat(run.tuned().rules().get(1).namespaces()).containsExactly("shop");
        assertThat(run.tuned().rules().get(2).level()).isEqualTo(Level.METADATA);
    }

    @Test
    void givesARuleAnotherLevelIfANewOneWouldLeaveItNothing() {
        TuneRun run = tune("""
                omitStages: [RequestReceived]
                rules:
                - {level: Metadata, users: ["system:kube-scheduler"], verbs: [list], resources: [{resources: [pods]}]}
                - {level: Metadata}
                """, read(SCHEDULER, PODS));

        assertThat(run.tuned().rules()).hasSize(2);
        assertThat(first(run).level()).isEqualTo(Level.NONE);
        assertThat(run.proposal().tuned().rules().getFirst().replaces()).isTrue();
    }

    @Test
    void saysWhichRuleDecidesNothingAnyMore() {
        TuneRun run = tune("""
                omitStages: [RequestReceived]
                rules:
                - {level: Metadata, users: ["system:kube-scheduler", "system:kube-proxy"], verbs: [list], resources: [{resources: [pods]}]}
                - {level: Metadata}
                """, read(SCHEDULER, PODS), read("system:kube-proxy", PODS));

        assertThat(run.proposal().changes()).hasSize(2);
        assertThat(run.proposal().needless()).containsExactly(0);
    }

    @Test
    void leavesOutWhatIsNotNeededAfterALaterChange() {
        TuneRun run = TuneRun.of(
                TuneRun.policy(ALL_BODIES),
                log(
                        LoggedEvent.by(SCHEDULER, "update", LEASE),
                        read("jane", PODS).bodies(0, 50_000)),
                0.5,
                Profile.CIS);

        assertThat(steps(run)).containsExactly(Step.READ_BODIES);
    }

    @Test
    void saysWhatRemainsAndWhy() {
        TuneRun run = tune(
                EVERYTHING,
                read("jane", PODS),
                LoggedEvent.by("jane", "create", "/apis/rbac.authorization.k8s.io/v1/clusterroles"),
                LoggedEvent.by(SCHEDULER, "create", PODS + "/x/binding"),
                read(ACCOUNT, PODS).code(403));

        assertThat(run.proposal().isReached()).isFalse();
        assertThat(run.proposal().remaining())
                .extracting(row -> row.requests() + ": " + row.reason())
                .containsExactlyInAnyOrder(
                        "list pods: requests of people",
                        "create clusterroles.rbac.authorization.k8s.io: roles and bindings",
                        "create pods/binding: changes by programs",
                        "list pods: some were refused (401, 403)");
    }
}
