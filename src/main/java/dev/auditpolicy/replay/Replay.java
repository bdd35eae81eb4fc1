package dev.auditpolicy.replay;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.event.AuditEvent;
import dev.auditpolicy.event.read.EventConsumer;
import dev.auditpolicy.policy.Names;
import dev.auditpolicy.replay.request.EventRequests;
import dev.auditpolicy.replay.request.LoggedRequest;
import dev.auditpolicy.replay.size.MetadataSize;
import dev.auditpolicy.replay.total.Amount;
import dev.auditpolicy.replay.total.Breakdown;
import dev.auditpolicy.replay.total.Dimension;
import dev.auditpolicy.replay.total.Totals;
import dev.auditpolicy.replay.total.TotalsByConstant;
import org.jspecify.annotations.Nullable;

/**
 * Replays events under a new policy, and compares the result with the log itself or with another policy. Not for several
 * threads at once: each has its own, and they are merged.
 */
public final class Replay implements EventConsumer {

    private static final int SMALL_BITS = 11;
    private static final int SMALL_VALUES = 2_000;

    private final EventRequests requests;
    private final Breakdown breakdown;
    private final Totals all = new Totals();
    private final Amount received = new Amount();
    private final ReplayCounts counts = new ReplayCounts();
    private final EventSize now = new EventSize();
    private final EventSize then = new EventSize();
    private final Decisions decisions;
    private final Changes changes;
    private final TotalsByConstant<Level> levels;

    /**
     * A replay of nothing yet.
     *
     * @param older the policy to compare with; null for the log itself
     */
    public Replay(@Nullable Policy older, Policy newer) {
        this(older, newer, new EventRequests(), new Breakdown());
    }

    private Replay(@Nullable Policy older, Policy newer, EventRequests requests, Breakdown breakdown) {
        this.requests = requests;
        this.breakdown = breakdown;
        decisions = new Decisions(older, newer, breakdown);
        changes = new Changes(breakdown);
        levels = new TotalsByConstant<>(Level.class, level -> breakdown.totals(Dimension.LEVEL, Names.of(level)));
    }

    /** A replay in a few megabytes, which compares with the log itself: its breakdown may be incomplete. */
    public static Replay small(Policy newer) {
        return new Replay(null, newer, new EventRequests(SMALL_BITS), new Breakdown(SMALL_VALUES));
    }

    @Override
    public void accept(AuditEvent event) {
        LoggedRequest request = requests.request(event);
        Decision decision = decisions.about(requests.subject(event), request);
        if (decision.older() == null) {
            now.setLogged(event);
        } else {
            now.set(event, request.attributes(), decision.older());
        }
        then.set(event, request.attributes(), decision.newer());
        counts.add(event, changes.add(event, decision, now, then), then.min() != then.max());
        add(all);
        for (Totals totals : decision.totals()) {
            add(totals);
        }
        levels.of(now.level()).now().add(now.min(), now.max());
        levels.of(then.level()).then().add(then.min(), then.max());
        if (event.stage() == Stage.RESPONSE_COMPLETE) {
            decision.completed().now().add(now.min(), now.max());
        }
        if (event.stage() == Stage.RESPONSE_COMPLETE && decision.addsRequestReceived()) {
            received.add(MetadataSize.MIN_RECEIVED, MetadataSize.MAX_RECEIVED);
        }
    }

    private void add(Totals totals) {
        if (now.isRecorded()) {
            totals.now().add(now.min(), now.max());
        }
        if (then.isRecorded()) {
            totals.then().add(then.min(), then.max());
        }
    }

    /** Adds what another replay of the same policies counted. */
    public void add(Replay other) {
        all.add(other.all);
        breakdown.add(other.breakdown);
        received.add(other.received);
        counts.add(other.counts);
    }

    /** The result for all events so far. */
    public ReplayResult result() {
        return new ReplayResult(
                counts.events(),
                counts.changed(),
                counts.estimated(),
                counts.seconds(),
                counts.last(),
                all,
                breakdown,
                counts.received() == 0 ? received : new Amount());
    }
}
