package dev.auditpolicy.replay;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.event.AuditEvent;
import dev.auditpolicy.event.Dictionary;
import dev.auditpolicy.event.EventTime;
import dev.auditpolicy.event.Span;
import dev.auditpolicy.event.read.EventConsumer;
import dev.auditpolicy.policy.Names;
import dev.auditpolicy.policy.compiled.CompiledPolicy;
import dev.auditpolicy.replay.request.EventRequests;
import dev.auditpolicy.replay.request.LoggedRequest;
import dev.auditpolicy.replay.request.PairCache;
import dev.auditpolicy.replay.request.Subject;
import dev.auditpolicy.replay.total.Amount;
import dev.auditpolicy.replay.total.Breakdown;
import dev.auditpolicy.replay.total.Dimension;
import dev.auditpolicy.replay.total.Histogram;
import dev.auditpolicy.replay.total.Totals;
import dev.auditpolicy.replay.total.TotalsByConstant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds what makes a log large. Not for several threads at once: each has its own, and they are merged. */
public final class Top implements EventConsumer {

    private static final int AGENT_BITS = 10;

    private final TimeRange range;
    private final @Nullable CompiledPolicy policy;
    private final EventRequests requests = new EventRequests();
    private final PairCache<List<Totals>> recent = new PairCache<>(this::totals);
    private final Dictionary<Totals> agents = new Dictionary<>(AGENT_BITS);
    private final Breakdown breakdown = new Breakdown();
    private final Histogram histogram = new Histogram();
    private final Amount all = new Amount();
    private final TotalsByConstant<Level> levels;
    private final TotalsByConstant<Stage> stages;

    /**
     * Counts nothing yet.
     *
     * @param range of the events that count
     * @param policy whose rules are an attribute, too; null without
     */
    public Top(TimeRange range, @Nullable Policy policy) {
        this.range = range;
        this.policy = policy == null ? null : new CompiledPolicy(policy);
        levels = new TotalsByConstant<>(Level.class, level -> breakdown.totals(Dimension.LEVEL, Names.of(level)));
        stages = new TotalsByConstant<>(Stage.class, stage -> breakdown.totals(Dimension.STAGE, Names.of(stage)));
    }

    @Override
    public void accept(AuditEvent event) {
        long time = EventTime.epochSecond(event);
        if (!range.contains(time)) {
            return;
        }
        int bytes = event.length();
        all.add(bytes, bytes);
        histogram.add(time, bytes);
        add(levels.of(event.level()), bytes);
        add(stages.of(event.stage()), bytes);
        add(agent(event), bytes);
        for (Totals totals : recent.get(requests.subject(event), requests.request(event))) {
            add(totals, bytes);
        }
    }

    private static void add(Totals totals, int bytes) {
        totals.now().add(bytes, bytes);
    }

    private Totals agent(AuditEvent event) {
        Span agent = event.userAgent();
        int from = agent.from();
        int to = from + agent.length();
        return agents.get(event.bytes(), from, to, to, to, () -> {
            String text = event.text(agent);
            return breakdown.totals(Dimension.USER_AGENT, text.isEmpty() ? "(none)" : text);
        });
    }

    private List<Totals> totals(Subject subject, LoggedRequest request) {
        var totals = new ArrayList<Totals>();
        totals.add(breakdown.totals(Dimension.USER, subject.label()));
        totals.add(breakdown.totals(
                Dimension.REQUEST, RequestLabel.of(request.attributes().verb(), request.resource())));
        totals.add(breakdown.totals(Dimension.NAMESPACE, request.namespace()));
        if (policy != null) {
            totals.add(breakdown.totals(Dimension.RULE, RuleLabel.of(policy.evaluate(request.by(subject)))));
        }
        return List.copyOf(totals);
    }

    /** Adds what another one with the same range and policy counted. */
    public void add(Top other) {
        all.add(other.all);
        histogram.add(other.histogram);
        breakdown.add(other.breakdown);
    }

    /** All events in the range. */
    public Amount all() {
        return all;
    }

    /** The events by attributes; only {@link Totals#now} has them. */
    public Breakdown breakdown() {
        return breakdown;
    }

    /** The events by time. */
    public Histogram histogram() {
        return histogram;
    }
}
