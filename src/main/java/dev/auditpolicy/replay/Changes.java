package dev.auditpolicy.replay;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.event.AuditEvent;
import dev.auditpolicy.policy.Names;
import dev.auditpolicy.replay.total.Breakdown;
import dev.auditpolicy.replay.total.Dimension;
import dev.auditpolicy.replay.total.Totals;
import dev.auditpolicy.replay.total.TotalsByConstant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Adds up events by what is recorded differently. */
final class Changes {

    /** By the level now, and then by the level then. */
    private final Map<Level, TotalsByConstant<Level>> levels = new EnumMap<>(Level.class);

    /** By the stage that the new policy omits. */
    private final TotalsByConstant<Stage> omitted;

    private final Totals bodies;

    Changes(Breakdown breakdown) {
        for (Level now : Level.values()) {
            levels.put(
                    now,
                    new TotalsByConstant<>(
                            Level.class,
                            then -> breakdown.totals(Dimension.CHANGE, Names.of(now) + " becomes " + Names.of(then))));
        }
        omitted = new TotalsByConstant<>(
                Stage.class, stage -> breakdown.totals(Dimension.CHANGE, Names.of(stage) + " is omitted"));
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
                ? omitted.of(event.stage())
                : Objects.requireNonNull(levels.get(now.level())).of(then.level());
    }
}
