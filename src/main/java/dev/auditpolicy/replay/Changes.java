package dev.auditpolicy.replay;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.event.AuditEvent;
import dev.auditpolicy.replay.total.Breakdown;
import dev.auditpolicy.replay.total.Dimension;
import dev.auditpolicy.replay.total.Totals;
import java.util.Arrays;

/** Adds up events by what is recorded differently. */
final class Changes {

    private static final Level[] LEVELS = Level.values();

    /** By the level now and the level then. */
    private final Totals[][] levels;

    /** By the stage that the new policy omits. */
    private final Totals[] omitted;

    private final Totals bodies;

    Changes(Breakdown breakdown) {
        levels = Arrays.stream(LEVELS)
                .map(now -> Arrays.stream(LEVELS)
                        .map(then -> breakdown.totals(
                                Dimension.CHANGE, LevelName.of(now) + " becomes " + LevelName.of(then)))
                        .toArray(Totals[]::new))
                .toArray(Totals[][]::new);
        omitted = Arrays.stream(Stage.values())
                .map(stage -> breakdown.totals(Dimension.CHANGE, StageName.of(stage) + " is omitted"))
                .toArray(Totals[]::new);
        bodies = breakdown.totals(Dimension.CHANGE, "other managedFields");
    }

    /** Whether the event is recorded differently; adds it if so. */
    boolean add(AuditEvent event, Decision decision, EventSize now, EventSize then) {
        if (now.level() == then.level() && now.max() == then.max()) {
            return false;
        }
        Totals totals = totals(event, decision, now, then);
        totals.now().add(now.min(), now.max());
        totals.then().add(then.min(), then.max());
        return true;
    }

    private Totals totals(AuditEvent event, Decision decision, EventSize now, EventSize then) {
        if (now.level() == then.level()) {
            return bodies;
        }
        return !then.isRecorded() && decision.newer().level() != Level.NONE
                ? omitted[event.stage().ordinal()]
                : levels[now.level().ordinal()][then.level().ordinal()];
    }
}
