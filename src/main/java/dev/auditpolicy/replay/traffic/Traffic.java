package dev.auditpolicy.replay.traffic;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.event.AuditEvent;
import dev.auditpolicy.event.EventTime;
import dev.auditpolicy.event.read.EventConsumer;
import dev.auditpolicy.policy.compiled.CompiledPolicy;
import dev.auditpolicy.policy.evaluate.Evaluation;
import dev.auditpolicy.replay.EventSize;
import dev.auditpolicy.replay.TimeRange;
import dev.auditpolicy.replay.request.EventRequests;
import dev.auditpolicy.replay.request.LoggedRequest;
import dev.auditpolicy.replay.request.PairCache;
import dev.auditpolicy.replay.request.Subject;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Adds up what a policy records of the events of a log by {@link RequestKind}, so that the effect of other rules is known
 * without reading it again. Not for several threads at once: each has its own, and they are merged.
 */
public final class Traffic implements EventConsumer {

    /** Bounds memory: about 25 MB. */
    private static final int MAX_KINDS = 20_000;

    private final TimeRange range;
    private final Policy policy;
    private final CompiledPolicy compiled;
    private final EventRequests requests = new EventRequests();
    private final PairCache<Optional<KindVolume>> recent = new PairCache<>(this::decide);
    private final Map<RequestKind, KindVolume> kinds = new HashMap<>();
    private final EventSize size = new EventSize();
    private long events;
    private long bytes;
    private long arrivals;
    private boolean expectsArrivals;
    private boolean full;
    private long first = Long.MAX_VALUE;
    private long last = Long.MIN_VALUE;

    /** Of nothing yet; only events in the range count. */
    public Traffic(TimeRange range, Policy policy) {
        this.range = range;
        this.policy = policy;
        compiled = new CompiledPolicy(policy);
    }

    @Override
    public void accept(AuditEvent event) {
        long time = EventTime.epochSecond(event);
        if (!range.contains(time)) {
            return;
        }
        events++;
        bytes += event.length();
        arrivals += event.stage() == Stage.REQUEST_RECEIVED ? 1 : 0;
        if (time != EventTime.NONE) {
            first = Math.min(first, time);
            last = Math.max(last, time);
        }
        LoggedRequest request = requests.request(event);
        Optional<KindVolume> kind = recent.get(requests.subject(event), request);
        if (kind.isPresent()) {
            kind.get().add(event, request.attributes(), size);
        }
    }

    /** Empty if nothing is recorded. */
    private Optional<KindVolume> decide(Subject subject, LoggedRequest request) {
        Evaluation decision = compiled.evaluate(request.by(subject));
        if (decision.level() == Level.NONE) {
            return Optional.empty();
        }
        expectsArrivals |= !decision.omitStages().contains(Stage.REQUEST_RECEIVED);
        int rule = decision.rule().orElseThrow();
        return Optional.of(volume(RequestKind.of(rule, subject, request.attributes()), decision));
    }

    private KindVolume volume(RequestKind kind, Evaluation decision) {
        KindVolume found = kinds.get(kind);
        if (found != null) {
            return found;
        }
        full |= kinds.size() >= MAX_KINDS;
        RequestKind key = full ? RequestKind.rest(kind.rule()) : kind;
        return kinds.computeIfAbsent(
                key,
                made -> new KindVolume(
                        made, decision, policy.rules().get(made.rule()).omitManagedFields() == null));
    }

    /** Adds what another one with the same range and policy counted. */
    public void add(Traffic other) {
        events += other.events;
        bytes += other.bytes;
        arrivals += other.arrivals;
        expectsArrivals |= other.expectsArrivals;
        full |= other.full;
        first = Math.min(first, other.first);
        last = Math.max(last, other.last);
        other.kinds.forEach((kind, volume) -> volume(kind, volume.decision()).add(volume));
    }

    /** The policy that decides. */
    public Policy policy() {
        return policy;
    }

    /** All kinds of requests of which the policy records something. */
    public Collection<KindVolume> kinds() {
        return Collections.unmodifiableCollection(kinds.values());
    }

    /** The number of events in the range. */
    public long events() {
        return events;
    }

    /** Their bytes in the log. */
    public long bytes() {
        return bytes;
    }

    /** Whether any event has a time. */
    public boolean hasTimes() {
        return last >= first;
    }

    /** The seconds from the first event to the last one. */
    public long seconds() {
        return last < first ? 0 : last - first;
    }

    /** Whether the log has no event of the stage RequestReceived, although the policy records some. */
    public boolean lacksArrivals() {
        return expectsArrivals && arrivals == 0;
    }

    /** Whether there are more kinds of requests than are told apart. */
    public boolean isFull() {
        return full;
    }

    /** What the policy records of all events. */
    public Volume now() {
        return kinds.values().stream().map(KindVolume::now).reduce(Volume.NOTHING, Volume::plus);
    }
}
