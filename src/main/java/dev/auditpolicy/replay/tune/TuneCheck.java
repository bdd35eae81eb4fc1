package dev.auditpolicy.replay.tune;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.event.AuditEvent;
import dev.auditpolicy.event.EventTime;
import dev.auditpolicy.event.read.EventConsumer;
import dev.auditpolicy.policy.compiled.CompiledPolicy;
import dev.auditpolicy.policy.evaluate.RequestAttributes;
import dev.auditpolicy.replay.Replay;
import dev.auditpolicy.replay.ReplayResult;
import dev.auditpolicy.replay.TimeRange;
import dev.auditpolicy.replay.request.EventRequests;
import dev.auditpolicy.replay.request.LoggedRequest;
import dev.auditpolicy.replay.request.PairCache;
import dev.auditpolicy.replay.request.Subject;
import dev.auditpolicy.replay.traffic.Protection;

/**
 * Replays a log under the changed policy: what it saves, and whether anything is lost that must stay in the log. It decides by
 * the requests themselves, and not by what was measured before. Not for several threads at once.
 */
public final class TuneCheck implements EventConsumer {

    private final TimeRange range;
    private final Replay replay;
    private final CompiledPolicy older;
    private final CompiledPolicy newer;
    private final EventRequests requests = new EventRequests();
    private final PairCache<Effect> recent = new PairCache<>(this::decide);
    private long lost;

    private enum Effect {
        NONE,
        /** Hidden, which is wrong if the request was refused, or if its user acted as another one. */
        HIDDEN,
        /** Less is recorded than must be. */
        LOST
    }

    /** A replay of nothing yet. */
    public TuneCheck(TimeRange range, Policy older, Policy newer) {
        this.range = range;
        replay = new Replay(older, newer);
        this.older = new CompiledPolicy(older);
        this.newer = new CompiledPolicy(newer);
    }

    @Override
    public void accept(AuditEvent event) {
        if (!range.contains(EventTime.epochSecond(event))) {
            return;
        }
        replay.accept(event);
        Effect effect = recent.get(requests.subject(event), requests.request(event));
        boolean isSensitive = event.isImpersonated() || event.statusCode() == 401 || event.statusCode() == 403;
        if (effect == Effect.LOST || (effect == Effect.HIDDEN && isSensitive)) {
            lost++;
        }
    }

    private Effect decide(Subject subject, LoggedRequest request) {
        RequestAttributes attributes = request.by(subject);
        Level before = older.evaluate(attributes).level();
        Level after = newer.evaluate(attributes).level();
        if (after.compareTo(before) >= 0) {
            return Effect.NONE;
        }
        Protection protection = Protection.of(attributes);
        boolean keepsLevel =
                protection.keepsBodies(attributes.verb()) || (attributes.user() == null && after == Level.NONE);
        if (keepsLevel || (after == Level.NONE && protection != Protection.NONE)) {
            return Effect.LOST;
        }
        return after == Level.NONE ? Effect.HIDDEN : Effect.NONE;
    }

    /** Adds what another one of the same policies counted. */
    public void add(TuneCheck other) {
        replay.add(other.replay);
        lost += other.lost;
    }

    /** What both policies record. */
    public ReplayResult result() {
        return replay.result();
    }

    /** How many events would be hidden, or lose their bodies, that must not. */
    public long lost() {
        return lost;
    }
}
