package dev.auditpolicy.agent.turn;

import static dev.auditpolicy.agent.turn.SimulatedNode.POISON;
import static dev.auditpolicy.agent.turn.SimulatedNode.POISONOUS_AGE;

import dev.auditpolicy.agent.node.NodePaths;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.LogBackend;
import dev.auditpolicy.api.v1alpha1.Takeover;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * What a host with a unit runs before a turn, what it is to run, and how the turn ends.
 *
 * @param before the revisions that were proven there
 * @param edit what somebody has done since
 */
record UnitStory(
        String name, UnitLayout layout, List<AuditNodeSpec> before, Edit edit, AuditNodeSpec desired, Result result) {

    /** kube-apiserver loads this policy, and its log does not follow it. */
    private static final String UNRECORDED = "unrecorded";

    private static final String DROP_IN = NodePaths.ofUnit(LoadedUnit.NAME).configuration();

    /** What somebody does on the host. */
    enum Edit {
        NONE,
        DROP_IN_EDITED,
        DROP_IN_EDITED_AND_RESTARTED,
        DROP_IN_DELETED_AND_RESTARTED,
        UNIT_UPGRADED
    }

    static List<UnitStory> all() {
        var old = spec("a", "old", 30);
        var good = spec("b", "good", 30);
        var bad = spec("b", POISON, 30);
        var unrecorded = spec("b", UNRECORDED, 30);
        var taken = old.with(Takeover.REPLACE);
        return List.of(
                first("first policy", UnitLayout.PLAIN, good, Result.EFFECTIVE),
                first("first policy, variable", UnitLayout.VARIABLE, good, Result.EFFECTIVE),
                first("first policy, rejected", UnitLayout.PLAIN, bad, Result.ROLLED_BACK),
                first("first policy, variable, rejected", UnitLayout.VARIABLE, bad, Result.ROLLED_BACK),
                first("first policy, not recorded", UnitLayout.PLAIN, unrecorded, Result.ROLLED_BACK),
                another("another policy", good, Result.EFFECTIVE),
                another("another policy, rejected", bad, Result.ROLLED_BACK),
                another("another policy, not recorded", unrecorded, Result.ROLLED_BACK),
                another("other settings", spec("b", "old", 7), Result.EFFECTIVE),
                another("other settings, rejected", spec("b", "new", POISONOUS_AGE), Result.ROLLED_BACK),
                first("takeover", UnitLayout.AUDITED, good.with(Takeover.REPLACE), Result.EFFECTIVE),
                first("takeover, rejected", UnitLayout.AUDITED, bad.with(Takeover.REPLACE), Result.ROLLED_BACK),
                first(
                        "takeover of variables",
                        UnitLayout.AUDITED_IN_VARIABLE,
                        good.with(Takeover.REPLACE),
                        Result.EFFECTIVE),
                first(
                        "takeover of variables, rejected",
                        UnitLayout.AUDITED_IN_VARIABLE,
                        bad.with(Takeover.REPLACE),
                        Result.ROLLED_BACK),
                restore("restore", UnitLayout.PLAIN, old),
                restore("restore what was replaced", UnitLayout.AUDITED, taken),
                restore("restore what was replaced in variables", UnitLayout.AUDITED_IN_VARIABLE, taken),
                edited("edited drop-in", Edit.DROP_IN_EDITED, again(old), Result.EFFECTIVE),
                edited("edited drop-in, running", Edit.DROP_IN_EDITED_AND_RESTARTED, again(old), Result.EFFECTIVE),
                edited("edited drop-in, rejected", Edit.DROP_IN_EDITED_AND_RESTARTED, bad, Result.ROLLED_BACK),
                edited(
                        "edited drop-in, not recorded",
                        Edit.DROP_IN_EDITED_AND_RESTARTED,
                        unrecorded,
                        Result.ROLLED_BACK),
                edited("deleted drop-in", Edit.DROP_IN_DELETED_AND_RESTARTED, again(old), Result.EFFECTIVE),
                edited("upgraded unit", Edit.UNIT_UPGRADED, again(old), Result.EFFECTIVE),
                edited("upgraded unit, rejected", Edit.UNIT_UPGRADED, bad, Result.ROLLED_BACK),
                edited("upgraded unit, not recorded", Edit.UNIT_UPGRADED, unrecorded, Result.ROLLED_BACK));
    }

    private static UnitStory first(String name, UnitLayout layout, AuditNodeSpec desired, Result result) {
        return new UnitStory(name, layout, List.of(), Edit.NONE, desired, result);
    }

    private static UnitStory another(String name, AuditNodeSpec desired, Result result) {
        return edited(name, Edit.NONE, desired, result);
    }

    private static UnitStory edited(String name, Edit edit, AuditNodeSpec desired, Result result) {
        return new UnitStory(name, UnitLayout.PLAIN, List.of(spec("a", "old", 30)), edit, desired, result);
    }

    private static UnitStory restore(String name, UnitLayout layout, AuditNodeSpec ours) {
        var desired = ours.restoring("restore-b", 2L, 3, 60);
        return new UnitStory(name, layout, List.of(ours), Edit.NONE, desired, Result.EFFECTIVE);
    }

    /** The same policy in a turn of its own. */
    private static AuditNodeSpec again(AuditNodeSpec spec) {
        return new AuditNodeSpec("b", 2L, spec.policy(), spec.log(), 3, 60);
    }

    private static AuditNodeSpec spec(String revision, String policy, int maxAgeDays) {
        var log = new LogBackend(
                "/var/log/kubernetes/audit/audit.log", maxAgeDays, 10, 100, null, null, null, null, null);
        return new AuditNodeSpec(revision, 1L, policy, log, 3, 60);
    }

    /** What the log check says of {@code spec}. */
    static Optional<String> logProblem(AuditNodeSpec spec) {
        return Optional.of("no event").filter(_ -> spec.policy().equals(UNRECORDED));
    }

    void editOn(SimulatedUnitHost host) throws IOException {
        switch (edit) {
            case NONE -> {}
            case DROP_IN_EDITED, DROP_IN_EDITED_AND_RESTARTED -> {
                var text = host.disk().read(DROP_IN).orElseThrow().text();
                host.write(DROP_IN, UnitLayout.readable(text.replace("maxage=30", "maxage=31")));
            }
            case DROP_IN_DELETED_AND_RESTARTED -> host.delete(DROP_IN);
            case UNIT_UPGRADED -> {
                host.write(LoadedUnit.PATH, UnitLayout.readable(layout.upgraded()));
                host.systemd().reload();
            }
        }
        if (edit == Edit.DROP_IN_EDITED_AND_RESTARTED || edit == Edit.DROP_IN_DELETED_AND_RESTARTED) {
            host.systemd().reload();
            host.systemd().restart(LoadedUnit.NAME);
        }
        host.pass(Duration.ofMinutes(2));
    }

    @Override
    public String toString() {
        return name;
    }
}
