package dev.auditpolicy.rollout;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.api.v1alpha1.Rollout;
import dev.auditpolicy.api.v1alpha1.Turn;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import dev.auditpolicy.rollout.Decision.Complete;
import dev.auditpolicy.rollout.Decision.Grant;
import dev.auditpolicy.rollout.Decision.Reason;
import dev.auditpolicy.rollout.Decision.Retain;
import dev.auditpolicy.rollout.Decision.Revoke;
import dev.auditpolicy.rollout.Decision.Stall;
import dev.auditpolicy.rollout.Decision.Wait;
import dev.auditpolicy.rollout.NodeState.Report;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TurnPlannerTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Rollout ROLLOUT = new Rollout(false, 10, 30, 180);
    private static final Rollout PAUSED = new Rollout(true, 10, 30, 180);

    private final TurnPlanner planner = new TurnPlanner();

    @Test
    void grantsTheTurnToTheFirstCheckedNode() {
        assertThat(decide(checked("cp2"), checked("cp1"))).isEqualTo(new Grant("cp1", "new", 1));
    }

    /** For the request to give the nodes back, whose id takes the place of the revision. */
    @Test
    void isCompleteWhenEveryNodeIsGivenBack() {
        assertThat(decide(node("cp1", Phase.RESTORED, null, null), node("cp2", Phase.RESTORED, null, null)))
                .isEqualTo(new Complete());
        assertThat(decide(node("cp1", Phase.RESTORED, null, null), checked("cp2")))
                .isEqualTo(new Grant("cp2", "new", 1));
    }

    @Test
    void grantsTheLastTurnToTheControllersNode() {
        var cluster = new ClusterState(
                "new",
                ROLLOUT,
                Optional.empty(),
                List.of(checked("cp1"), checked("cp2")),
                List.of(),
                Optional.of("cp1"),
                List.of(),
                NOW);

        assertThat(planner.decide(cluster)).isEqualTo(new Grant("cp2", "new", 1));
    }

    private static ClusterState held(Optional<Turn> turn, NodeState... nodes) {
        return new ClusterState(
                "new",
                ROLLOUT,
                turn,
                List.of(nodes),
                List.of(),
                Optional.empty(),
                List.of(),
                Optional.of(new Wait(Reason.AwaitingApproval, "")),
                NOW);
    }

    @Test
    void grantsNoTurnWithoutApproval() {
        assertThat(reasonOf(planner.decide(held(Optional.empty(), checked("cp1")))))
                .isEqualTo(Reason.AwaitingApproval);
    }

    @Test
    void needsNoApprovalToBeComplete() {
        assertThat(planner.decide(held(Optional.empty(), node("cp1", Phase.EFFECTIVE, null, null))))
                .isEqualTo(new Complete());
    }

    @Test
    void needsNoApprovalForTheCommittedRevisionOfAJoiningNode() {
        assertThat(planner.decide(held(Optional.empty(), checked("cp1"), joining(Phase.CHECKED))))
                .isEqualTo(new Grant("cp4", "committed", 1));
    }

    @Test
    void revokesAnUnansweredTurnWhoseApprovalIsWithdrawn() {
        var turn = new Turn("t1", "cp1", "new", 1, NOW);

        assertThat(planner.decide(held(Optional.of(turn), checked("cp1")))).isInstanceOf(Revoke.class);
    }

    @Test
    void bringsAJoiningNodeToTheCommittedRevisionWhileANewerOneIsStalled() {
        assertThat(decide(node("cp1", Phase.ROLLED_BACK, null, null), joining(Phase.CHECKED)))
                .isEqualTo(new Grant("cp4", "committed", 1));
    }

    @Test
    void staysStalledWhenTheJoiningNodeRunsTheCommittedRevision() {
        assertThat(decide(node("cp1", Phase.ROLLED_BACK, null, null), joining(Phase.EFFECTIVE)))
                .isInstanceOf(Stall.class);
    }

    @Test
    void waitsWhileAnAdministratorHoldsANode() {
        assertThat(reasonOf(decide(checked("cp1"), node("cp2", Phase.HELD, null, null))))
                .isEqualTo(Reason.NodeHeld);
    }

    @Test
    void aHeldNodeDoesNotHideOneThatFailed() {
        assertThat(reasonOf(decide(node("cp1", Phase.FAILED, null, null), node("cp2", Phase.HELD, null, null))))
                .isEqualTo(Reason.TurnFailed);
    }

    private static NodeState joining(Phase phase) {
        var report = new Report(phase, "committed", Optional.empty(), Optional.empty(), "");
        return new NodeState("cp4", Optional.of(report), Optional.of(NOW.minusSeconds(600)), Optional.of("committed"));
    }

    @Test
    void countsAttemptsOfTheSameRevision() {
        var abandoned = new TurnOutcome("t1", "new", 2, Result.ABANDONED, NOW.minusSeconds(20), "", null);

        assertThat(decide(node("cp1", Phase.CHECKED, null, abandoned))).isEqualTo(new Grant("cp1", "new", 3));
    }

    @Test
    void waitsBeforeTheNextTurnOfANodeThatChangedNothing() {
        var abandoned = new TurnOutcome("t1", "new", 2, Result.ABANDONED, NOW.minusSeconds(19), "no kubelet", null);

        assertThat(decide(node("cp1", Phase.CHECKED, null, abandoned))).isInstanceOfSatisfying(Wait.class, wait -> {
            assertThat(wait.reason()).isEqualTo(Reason.TurnAbandoned);
            assertThat(wait.message()).contains("no kubelet", NOW.plusSeconds(1).toString());
        });
    }

    @Test
    void doesNotWaitForAClockThatIsAhead() {
        var abandoned = new TurnOutcome("t1", "new", 2, Result.ABANDONED, NOW.plusSeconds(7200), "no kubelet", null);

        assertThat(decide(node("cp1", Phase.CHECKED, null, abandoned))).isEqualTo(new Grant("cp1", "new", 3));
    }

    @Test
    void waitsWhileANodeIsUnchecked() {
        assertThat(decide(checked("cp1"), silent("cp2"))).isInstanceOfSatisfying(Wait.class, wait -> {
            assertThat(wait.reason()).isEqualTo(Reason.Checking);
            assertThat(wait.message()).contains("cp2").doesNotContain("cp1");
        });
    }

    @Test
    void namesANodeWithoutAnAgent() {
        var labelled = new NodeState(
                "w1",
                Optional.empty(),
                new Readiness.NotReady("no address"),
                Optional.empty(),
                Optional.of("no agent on w1: remove its label"));

        assertThat(decide(checked("cp1"), labelled, silent("cp2")))
                .isEqualTo(new Wait(Reason.AgentMissing, "no agent on w1: remove its label"));
    }

    /** A worker that somebody has labelled must not stop the control plane for ever. */
    @Test
    void passesOverANodeWithoutAnAgentAndWithoutAnApiServer() {
        var labelled = new NodeState(
                "w1",
                Optional.empty(),
                new Readiness.NotReady("no address"),
                Optional.empty(),
                Optional.of("no agent"),
                true);

        assertThat(decide(checked("cp1"), labelled)).isEqualTo(new Grant("cp1", "new", 1));
        assertThat(reasonOf(decide(checked("cp1"), labelled, silent("cp2")))).isEqualTo(Reason.Checking);
        assertThat(decide(effective("cp1"), labelled)).isEqualTo(new Wait(Reason.AgentMissing, "no agent"));
    }

    @Test
    void waitsWhileAReportIsAboutAnotherRevision() {
        var old = new NodeState(
                "cp1",
                Optional.of(new Report(Phase.EFFECTIVE, "old", Optional.empty(), Optional.empty(), "")),
                Optional.of(NOW.minusSeconds(600)));

        assertThat(reasonOf(decide(old))).isEqualTo(Reason.Checking);
    }

    @Test
    void waitsUntilEveryAPIServerIsReadyLongEnough() {
        var fresh = new NodeState("cp2", checked("cp2").report(), Optional.of(NOW.minusSeconds(29)));

        assertThat(reasonOf(decide(checked("cp1"), fresh))).isEqualTo(Reason.WaitingForReadiness);
    }

    @Test
    void namesWhyAnAPIServerIsNotReady() {
        var down = new NodeState(
                "cp2", effective("cp2").report(), new Readiness.NotReady("connection refused"), Optional.empty());

        assertThat(decide(checked("cp1"), down))
                .isEqualTo(new Wait(
                        Reason.WaitingForReadiness,
                        "waiting for every kube-apiserver to be ready for 30 s: node cp2 (connection refused)"));
    }

    @Test
    void waitsWhileAnEffectiveNodeIsNotReady() {
        var down = new NodeState("cp2", effective("cp2").report(), Optional.empty());

        assertThat(reasonOf(decide(checked("cp1"), down))).isEqualTo(Reason.WaitingForReadiness);
    }

    @Test
    void waitsWhilePaused() {
        assertThat(reasonOf(decide(PAUSED, null, checked("cp1")))).isEqualTo(Reason.Paused);
    }

    @Test
    void waitsWhileANodeActsOnARevokedTurn() {
        assertThat(reasonOf(decide(checked("cp1"), node("cp2", Phase.ACTING, "t0", null))))
                .isEqualTo(Reason.TurnInProgress);
    }

    @Test
    void stallsOnARefusalBeforeAnyNodeChanges() {
        assertThat(decide(checked("cp1"), node("cp2", Phase.REFUSED, null, null)))
                .isInstanceOfSatisfying(Stall.class, stall -> {
                    assertThat(stall.reason()).isEqualTo(Reason.NodeRefused);
                    assertThat(stall.message()).contains("node cp2: because");
                });
    }

    @Test
    void stallsOnAFailedTurn() {
        var failed = new TurnOutcome("t1", "new", 1, Result.FAILED, NOW, "because", null);

        assertThat(decide(node("cp1", Phase.FAILED, null, failed), checked("cp2")))
                .isInstanceOfSatisfying(
                        Stall.class, stall -> assertThat(stall.reason()).isEqualTo(Reason.TurnFailed));
    }

    @Test
    void retainsAnAnsweredTurnEvenIfTheDesiredRevisionChanges() {
        var turn = turn("old", NOW.minusSeconds(300));

        assertThat(decide(ROLLOUT, turn, node("cp1", Phase.ACTING, "t1", null))).isInstanceOf(Retain.class);
    }

    @Test
    void saysWhatTheNodeThatActsReports() {
        var report = new Report(Phase.ACTING, "new", Optional.of("t1"), Optional.empty(), "cannot record its end");
        var holder = new NodeState("cp1", Optional.of(report), Optional.of(NOW));

        assertThat(decide(ROLLOUT, turn("new", NOW), holder))
                .isInstanceOfSatisfying(
                        Retain.class, retain -> assertThat(retain.message()).endsWith("cannot record its end"));
    }

    /** Its agent reports nothing while it waits for kubelet. */
    @Test
    void saysThatTheApiServerOfTheNodeThatActsDoesNotReturn() {
        var report = new Report(Phase.ACTING, "new", Optional.of("t1"), Optional.empty(), "restarting");
        var readiness = new Readiness.NotReady("connection refused");
        var holder = new NodeState("cp1", Optional.of(report), readiness, Optional.empty());

        assertThat(decide(ROLLOUT, turn("new", NOW.minusSeconds(10)), holder))
                .isEqualTo(new Retain(turn("new", NOW.minusSeconds(10)), "node cp1 acts on its turn: restarting"));
        assertThat(decide(ROLLOUT, turn("new", NOW.minusSeconds(60)), holder))
                .isInstanceOfSatisfying(
                        Retain.class, retain -> assertThat(retain.message()).contains("connection refused", "kubelet"));
    }

    /** For example, because it may not write its status any more. */
    @Test
    void saysThatTheNodeThatActsServesAndDoesNotReport() {
        assertThat(decide(ROLLOUT, turn("new", NOW.minusSeconds(60)), node("cp1", Phase.ACTING, "t1", null)))
                .isInstanceOfSatisfying(
                        Retain.class, retain -> assertThat(retain.message()).contains("serves", "kubectl"));
    }

    @Test
    void revokesAnUnansweredTurnForAnOldRevision() {
        assertThat(decide(ROLLOUT, turn("old", NOW), checked("cp1"))).isInstanceOf(Revoke.class);
    }

    @Test
    void revokesAnUnansweredTurnWhenPaused() {
        assertThat(decide(PAUSED, turn("new", NOW), checked("cp1"))).isInstanceOf(Revoke.class);
    }

    @Test
    void revokesATurnThatIsNotAnsweredInTime() {
        assertThat(decide(ROLLOUT, turn("new", NOW.minusSeconds(61)), checked("cp1")))
                .isInstanceOf(Revoke.class);
        assertThat(decide(ROLLOUT, turn("new", NOW.minusSeconds(59)), checked("cp1")))
                .isInstanceOf(Retain.class);
    }

    @Test
    void saysWhyANodeDoesNotStartItsTurn() {
        var obstacle = TurnAcquisition.NOT_STARTED + "waiting for cp2";
        var report = new Report(Phase.CHECKED, "new", Optional.empty(), Optional.empty(), obstacle);
        var holder = new NodeState("cp1", Optional.of(report), Optional.of(NOW));

        assertThat(decide(ROLLOUT, turn("new", NOW), holder))
                .isInstanceOfSatisfying(
                        Retain.class, retain -> assertThat(retain.message()).endsWith(obstacle));
        assertThat(decide(ROLLOUT, turn("new", NOW.minusSeconds(61)), holder))
                .isInstanceOfSatisfying(
                        Revoke.class, revoke -> assertThat(revoke.message()).endsWith(obstacle));
    }

    /** An agent that runs answers within 10 s. */
    @Test
    void saysHowToCheckAnAgentThatDoesNotAnswer() {
        assertThat(decide(ROLLOUT, turn("new", NOW.minusSeconds(16)), checked("cp1")))
                .isInstanceOfSatisfying(
                        Retain.class, retain -> assertThat(retain.message()).contains("kubectl"));
    }

    @Test
    void revokesATurnThatHasEnded() {
        var ended = new TurnOutcome("t1", "new", 1, Result.EFFECTIVE, Instant.parse("2026-01-01T00:00:00Z"), "", null);

        assertThat(decide(ROLLOUT, turn("new", NOW), node("cp1", Phase.EFFECTIVE, null, ended), checked("cp2")))
                .isInstanceOf(Revoke.class);
    }

    @Test
    void isCompleteWhenTheLastTurnHasEnded() {
        var ended = new TurnOutcome("t1", "new", 1, Result.EFFECTIVE, Instant.parse("2026-01-01T00:00:00Z"), "", null);

        assertThat(decide(ROLLOUT, turn("new", NOW), node("cp1", Phase.EFFECTIVE, null, ended), effective("cp2")))
                .isEqualTo(new Complete());
    }

    @Test
    void stallsOnALogThatStaysUnverified() {
        assertThat(reasonOf(decide(effective("cp1"), unverified("cp2", NOW.minusSeconds(179)))))
                .isEqualTo(Reason.Checking);
        assertThat(decide(effective("cp1"), unverified("cp2", NOW.minusSeconds(181))))
                .isEqualTo(new Stall(
                        Reason.NotVerified,
                        "not verified within 180 s, although the files contain this revision: node cp2: no event"));
    }

    private static NodeState unverified(String name, Instant since) {
        var report =
                new Report(Phase.PENDING, "new", Optional.empty(), Optional.empty(), "no event", Optional.of(since));
        return new NodeState(name, Optional.of(report), Optional.of(NOW.minusSeconds(600)));
    }

    @Test
    void shortensWhatANodeReports() {
        var report = new Report(Phase.REFUSED, "new", Optional.empty(), Optional.empty(), "x".repeat(4096));
        var refused = new NodeState("cp1", Optional.of(report), Optional.of(NOW));

        assertThat(decide(refused)).isInstanceOfSatisfying(Stall.class, stall -> assertThat(stall.message())
                .hasSizeLessThan(600)
                .endsWith("… (the rest: kubectl describe auditnode cp1)"));
    }

    @Test
    void revokesAnUnansweredTurnOfADepartedNode() {
        var departed = new DepartingNode(checked("cp1"), NOW, true);

        assertThat(decideWithDeparted(turn("new", NOW), departed)).isInstanceOf(Revoke.class);
    }

    @Test
    void retainsTheTurnOfANodeThatDepartsWhileActing() {
        var acting = new DepartingNode(node("cp1", Phase.ACTING, "t1", null), NOW, true);

        assertThat(decideWithDeparted(turn("new", NOW), acting)).isInstanceOf(Retain.class);
    }

    @Test
    void waitsForADepartedNodeThatActsOnAnEarlierTurn() {
        var acting = new DepartingNode(node("cp1", Phase.ACTING, "t1", null), NOW, true);

        assertThat(reasonOf(decideWithDeparted(null, acting))).isEqualTo(Reason.TurnInProgress);
    }

    @Test
    void givesUpADepartedNodeWhoseTurnNeverEndsOnceItsAPIServerIsGone() {
        var since = NOW.minus(GrantedTurn.longest(ROLLOUT)).minusSeconds(1);
        var down = new NodeState("cp1", node("cp1", Phase.ACTING, "t1", null).report(), Optional.empty());

        assertThat(decideWithDeparted(turn("new", since), new DepartingNode(down, since, true)))
                .isInstanceOf(Stall.class);
        assertThat(decideWithDeparted(turn("new", since), new DepartingNode(down, since, false)))
                .isInstanceOf(Revoke.class);
    }

    @Test
    void stallsWhenATurnIsOverdue() {
        var longest = GrantedTurn.longest(ROLLOUT);
        var acting = node("cp1", Phase.ACTING, "t1", null);

        assertThat(decide(ROLLOUT, turn("new", NOW.minus(longest)), acting)).isInstanceOf(Retain.class);
        assertThat(reasonOf(decide(ROLLOUT, turn("new", NOW.minus(longest).minusSeconds(1)), acting)))
                .isEqualTo(Reason.TurnOverdue);
    }

    @Test
    void grantsNoTurnWhileAnUnmanagedAPIServerRuns() {
        var cluster = new ClusterState(
                "new",
                ROLLOUT,
                Optional.empty(),
                List.of(checked("cp1")),
                List.of(),
                Optional.empty(),
                List.of("cp9"),
                NOW);

        assertThat(reasonOf(planner.decide(cluster))).isEqualTo(Reason.UnmanagedAPIServer);
    }

    /** All three were edited, and somebody insists on one of the edits: the others must not stay unaudited. */
    @ParameterizedTest
    @EnumSource(
            value = Phase.class,
            names = {"DRIFTED", "REFUSED"})
    void repairsTheOthersWhileANodeCannotBeRepaired(Phase phase) {
        assertThat(decide(node("cp1", phase, null, reached("new")), edited("cp2"), edited("cp3")))
                .isEqualTo(new Grant("cp2", "new", 2));
    }

    @Test
    void repairsNothingWhilePaused() {
        assertThat(reasonOf(decide(PAUSED, null, node("cp1", Phase.DRIFTED, null, reached("new")), edited("cp2"))))
                .isEqualTo(Reason.Paused);
    }

    @Test
    void staysStalledForNodesThatHadAnotherRevision() {
        var behind = node("cp2", Phase.CHECKED, null, reached("old"));

        assertThat(reasonOf(decide(node("cp1", Phase.DRIFTED, null, reached("new")), behind)))
                .isEqualTo(Reason.NodeDrifted);
    }

    /** There the revision itself may be what does not work. */
    @Test
    void repairsNothingAfterARollback() {
        assertThat(reasonOf(decide(node("cp1", Phase.ROLLED_BACK, null, null), edited("cp2"))))
                .isEqualTo(Reason.RolledBack);
    }

    private static NodeState edited(String name) {
        return node(name, Phase.CHECKED, null, reached("new"));
    }

    private static TurnOutcome reached(String revision) {
        return new TurnOutcome("t1", revision, 1, Result.EFFECTIVE, NOW.minusSeconds(3600), "", null);
    }

    @Test
    void isCompleteWhenEveryNodeIsEffective() {
        assertThat(decide(effective("cp1"), effective("cp2"))).isEqualTo(new Complete());
    }

    @Test
    void isNotCompleteWhileAnUnmanagedAPIServerRuns() {
        var cluster = new ClusterState(
                "new",
                ROLLOUT,
                Optional.empty(),
                List.of(effective("cp1")),
                List.of(),
                Optional.empty(),
                List.of("cp9"),
                NOW);

        assertThat(planner.decide(cluster)).isInstanceOfSatisfying(Wait.class, wait -> {
            assertThat(wait.reason()).isEqualTo(Reason.UnmanagedAPIServer);
            assertThat(wait.message()).contains("cp9");
        });
    }

    @Test
    void isNotCompleteWithoutNodes() {
        assertThat(reasonOf(decide())).isEqualTo(Reason.NoControlPlaneNodes);
    }

    private Decision decide(NodeState... nodes) {
        return decide(ROLLOUT, null, nodes);
    }

    private Decision decide(Rollout rollout, Turn turn, NodeState... nodes) {
        return planner.decide(new ClusterState(
                "new",
                rollout,
                Optional.ofNullable(turn),
                List.of(nodes),
                List.of(),
                Optional.empty(),
                List.of(),
                NOW));
    }

    private Decision decideWithDeparted(Turn turn, DepartingNode departing) {
        return planner.decide(new ClusterState(
                "new",
                ROLLOUT,
                Optional.ofNullable(turn),
                List.of(effective("cp2")),
                List.of(departing),
                Optional.empty(),
                List.of(),
                NOW));
    }

    private static Reason reasonOf(Decision decision) {
        return switch (decision) {
            case Wait wait -> wait.reason();
            case Stall stall -> stall.reason();
            case Complete _, Grant _, Retain _, Revoke _ -> throw new AssertionError("no reason: " + decision);
        };
    }

    private static Turn turn(String revision, Instant issuedAt) {
        return new Turn("t1", "cp1", revision, 1, issuedAt);
    }

    private static NodeState checked(String name) {
        return node(name, Phase.CHECKED, null, null);
    }

    private static NodeState effective(String name) {
        return node(name, Phase.EFFECTIVE, null, null);
    }

    private static NodeState silent(String name) {
        return new NodeState(name, Optional.empty(), Optional.of(NOW.minusSeconds(600)));
    }

    private static NodeState node(String name, Phase phase, String activeTurnID, TurnOutcome last) {
        var report = new Report(phase, "new", Optional.ofNullable(activeTurnID), Optional.ofNullable(last), "because");
        return new NodeState(name, Optional.of(report), Optional.of(NOW.minusSeconds(600)));
    }
}
