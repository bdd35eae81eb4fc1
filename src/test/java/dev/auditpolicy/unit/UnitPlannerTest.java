package dev.auditpolicy.unit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.manifest.flags.ManifestProblem;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class UnitPlannerTest {

    private static final String PLAIN = "/usr/bin/kube-apiserver --v=2";
    private static final Map<String, String> WEBHOOK =
            Map.of("ARGS", "--audit-webhook-config-file=/etc/w.yaml --profiling=false");

    private final UnitPlanner planner = new UnitPlanner();

    /** The unit runs an audited kube-apiserver, and was hardened since: its next start would fail, whoever causes it. */
    @Test
    void refusesALogThatTheUnitMayNotWrite() {
        var audited = TestUnit.running(PLAIN).planned(false);
        var hardened = audited.replacedBy(audited.unit() + "ProtectSystem=strict\n");

        assertThat(planner.plan(hardened.state(), TestUnit.FLAGS, false))
                .isInstanceOfSatisfying(UnitPlan.Refused.class, refused -> assertThat(refused.problems())
                        .singleElement()
                        .asString()
                        .contains("ProtectSystem=strict", "LogsDirectory=kubernetes/audit", "daemon-reload"));
    }

    @Test
    void aChangedSettingIsOneChange() {
        var flags = new TreeMap<>(TestUnit.FLAGS);
        flags.put("audit-log-maxage", "7");

        var plan = written(planner.plan(TestUnit.running(PLAIN).planned(false).state(), flags, false));

        assertThat(plan.changes().stream().map(UnitChange::describe))
                .containsExactly("changed flag --audit-log-maxage=7");
        assertThat(plan.isCommandChanged()).isTrue();
    }

    @Test
    void aChangedUnitIsCopiedAgain() {
        var unit = TestUnit.running(PLAIN)
                .planned(false)
                .replacedBy("[Service]\nExecStart=/usr/bin/kube-apiserver --v=3\n");

        var plan = written(planner.plan(unit.state(), TestUnit.FLAGS, false));

        assertThat(unit.withOurs(plan.text()).live()).contains("--v=3").doesNotContain("--v=2");
        assertThat(plan.changes().stream().map(UnitChange::describe))
                .containsExactly("changed command, as kube-apiserver.service has it now");
    }

    @Test
    void anEditedDropInIsWrittenAgain() {
        var planned = TestUnit.running(PLAIN).planned(false);
        var edited = planned.withOurs(planned.ours().orElseThrow().replace("--v=2", "--v=9"));

        assertThat(written(planner.plan(edited.state(), TestUnit.FLAGS, false)).text())
                .isEqualTo(planned.ours().orElseThrow());
    }

    /** Not even a copy of what it replaced is lost by an edit, which would make its own originals foreign. */
    @Test
    void anEditedDropInRemembersWhatItReplaced() {
        var planned = TestUnit.running("/usr/bin/kube-apiserver --audit-log-maxage=5 $ARGS")
                .with(WEBHOOK)
                .planned(true);
        var edited = planned.withOurs(planned.ours().orElseThrow().replace("ExecStart=\n", "ExecStart=\n#\n"));

        assertThat(written(planner.plan(edited.state(), TestUnit.FLAGS, false)).text())
                .isEqualTo(planned.ours().orElseThrow());
    }

    @Test
    void aDropInWithAnotherHeadChangesNoCommand() {
        var planned = TestUnit.running(PLAIN)
                .with("10-a.conf", "[Service]\nExecStart=\nExecStart=" + PLAIN + " --audit-log-maxage=5\n")
                .planned(true);
        var less = planned.with("10-a.conf", "[Service]\n");

        var plan = written(planner.plan(less.state(), TestUnit.FLAGS, false));

        assertThat(plan.isCommandChanged()).isFalse();
    }

    /** After a takeover, the unit's file still has its flags; a new one is somebody's decision of today. */
    @Test
    void aForeignFlagThatIsNewIsRefused() {
        var unit = TestUnit.running("/usr/bin/kube-apiserver --audit-log-maxage=5")
                .planned(true)
                .replacedBy(
                        "[Service]\nExecStart=/usr/bin/kube-apiserver --audit-log-maxage=5 --audit-webhook-mode=batch\n");

        assertThat(fields(planner.plan(unit.state(), TestUnit.FLAGS, false))).containsExactly("--audit-webhook-mode");
    }

    /** A process that was started with another command does not show what the variables contain. */
    @Test
    void unknownVariablesAreRefused() {
        var unit = TestUnit.running("/usr/bin/kube-apiserver --v=3 $ARGS").with(WEBHOOK);
        var started = TestUnit.running("/usr/bin/kube-apiserver --v=2 $ARGS").with(WEBHOOK);

        assertThat(fields(planner.plan(unit.stateWithProcessOf(started), TestUnit.FLAGS, true)))
                .containsExactly("kube-apiserver.service ExecStart");
    }

    /** A turn that is resumed while kube-apiserver is down finds the same drop-in right. */
    @Test
    void withoutAProcessTheDropInSaysWhatVariablesContain() {
        var planned =
                TestUnit.running("/usr/bin/kube-apiserver $ARGS").with(WEBHOOK).planned(true);
        var down = new UnitState(planned.report(), planned.state().files(), planned.ours(), Optional.empty());

        assertThat(planner.plan(down, TestUnit.FLAGS, false)).isInstanceOf(UnitPlan.Unchanged.class);
    }

    /** A variable that gets a flag which ours overrides anyway restarts nothing. */
    @Test
    void aNewFlagInAVariableThatHasNoEffectChangesNoCommand() {
        var planned = TestUnit.running("/usr/bin/kube-apiserver $ARGS").planned(false);
        var changed = planned.with(Map.of("ARGS", "--audit-log-path=/x"));

        assertThat(written(planner.plan(changed.state(), TestUnit.FLAGS, true)).isCommandChanged())
                .isFalse();
    }

    @Test
    void aScriptOfThatNameIsRefused() {
        var unit = TestUnit.running(PLAIN);
        var state = new UnitState(
                unit.report(),
                unit.state().files(),
                Optional.empty(),
                Optional.of(List.of("/bin/sh", "/usr/bin/kube-apiserver", "--v=2")));

        assertThat(fields(planner.plan(state, TestUnit.FLAGS, true)))
                .containsExactly("kube-apiserver.service ExecStart");
    }

    @Test
    void filesThatSystemdHasNotLoadedAreRefused() {
        var changed = TestUnit.running("/usr/bin/kube-apiserver --v=3");
        var state = new UnitState(
                TestUnit.running(PLAIN).report(), changed.state().files(), Optional.empty(), Optional.empty());

        assertThat(fields(planner.plan(state, TestUnit.FLAGS, true)))
                .containsExactly("kube-apiserver.service ExecStart");
    }

    @Test
    void anEditedDropInIsNotDeleted() {
        var planned = TestUnit.running(PLAIN).planned(false);
        var edited = planned.withOurs(planned.ours().orElseThrow().replace("--v=2", "--v=9"));

        assertThat(fields(planner.planRemoval(edited.state())))
                .containsExactly(edited.state().path());
    }

    @Test
    void aDropInThatHasNoEffectIsDeletedWithoutOne() {
        var planned = TestUnit.running("/usr/bin/kube-apiserver $ARGS").planned(false);
        var overridden = planned.with(
                "zzz.conf", "[Service]\nExecStart=\nExecStart=/usr/bin/kube-apiserver --audit-log-maxage=9\n");

        assertThat(((UnitPlan.Deleted) planner.planRemoval(overridden.state())).flags())
                .isEqualTo(Map.of("audit-log-maxage", "9"));
    }

    @Test
    void aUnitWithoutOursIsGivenBackAlready() {
        assertThat(planner.planRemoval(
                        TestUnit.running(PLAIN + " --audit-log-maxage=5").state()))
                .isEqualTo(new UnitPlan.Unchanged(Map.of("audit-log-maxage", "5")));
    }

    private static UnitPlan.Written written(UnitPlan plan) {
        assertThat(plan).isInstanceOf(UnitPlan.Written.class);
        return (UnitPlan.Written) plan;
    }

    private static List<String> fields(UnitPlan plan) {
        return plan instanceof UnitPlan.Refused(List<ManifestProblem> problems)
                ? problems.stream().map(ManifestProblem::field).toList()
                : List.of();
    }
}
