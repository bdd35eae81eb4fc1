package dev.auditpolicy.agent.log;

import dev.auditpolicy.agent.node.Sleeper;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.Canary;
import dev.auditpolicy.host.process.ApiServerProcess;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Proves that the live kube-apiserver records what the policy requires: the agent sends a request, the canary, and looks for its
 * events in the log. Sends one canary for each renewal, and one for each retry.
 */
public final class CanaryProof {

    /** Age at which a proof is renewed. Until then, the agent does not write the status of an unchanged node. */
    static final Duration RENEWAL = Duration.ofMinutes(5);

    /** How long a proof is valid if canary requests fail. A failed request is no evidence about the log. */
    private static final Duration VALIDITY = RENEWAL.multipliedBy(2);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(5);

    /** kube-apiserver writes the last event of a request while it sends the response, so the first check can be too early. */
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(25);

    private static final int CHECKS = 8;

    private final CanarySender sender;
    private final InstantSource clock;
    private final Sleeper sleeper;

    private Optional<Subject> subject = Optional.empty();
    private Optional<SentCanary> pending = Optional.empty();
    private Optional<Proven> proven = Optional.empty();
    private String reason = "";
    private boolean lost;
    private Instant nextAttempt = Instant.MIN;
    private Duration retryDelay = FIRST_RETRY;

    public CanaryProof(CanarySender sender, InstantSource clock, Sleeper sleeper) {
        this.sender = sender;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** What a proof applies to. */
    private record Subject(String revision, long pid, long startTicks) {}

    public sealed interface Answer {}

    /**
     * The log contained the canary as the policy requires.
     *
     * @param canary empty if the policy is too long for the agent to evaluate
     */
    public record Proven(Optional<Canary> canary, Instant at) implements Answer {}

    /**
     * Not proven, or not yet proven.
     *
     * @param lost whether the log lacks a canary that the policy records; if false, nothing is known
     */
    public record NotProven(String reason, boolean lost) implements Answer {}

    /** Must be called in each iteration of the agent's loop. */
    public Answer check(AuditNodeSpec spec, ApiServerProcess process) throws InterruptedException {
        resetIfChanged(new Subject(spec.revision(), process.pid(), process.startTicks()));
        try {
            if (!CanarySender.canEvaluate(spec)) {
                proven = isDue() ? Optional.of(new Proven(Optional.empty(), clock.instant())) : proven;
            } else if (pending.isEmpty() && isDue()) {
                reason = "waiting for the canary request to appear in the audit log";
                pending = Optional.of(sender.send(spec, process));
                evaluate(awaitBriefly(pending.get()));
            } else if (pending.isPresent()) {
                evaluate(pending.get().check());
            }
        } catch (IOException failure) {
            failed("the canary request failed: " + failure.getMessage(), lost);
        }
        return proven.filter(proof -> proof.at().plus(VALIDITY).isAfter(clock.instant()))
                .<Answer>map(proof -> proof)
                .orElseGet(() -> new NotProven(reason, lost));
    }

    private SentCanary.State awaitBriefly(SentCanary sent) throws IOException, InterruptedException {
        var state = sent.check();
        for (var check = 0; check < CHECKS && state instanceof SentCanary.State.Pending; check++) {
            sleeper.sleep(CHECK_INTERVAL);
            state = sent.check();
        }
        return state;
    }

    private void resetIfChanged(Subject now) {
        if (subject.filter(now::equals).isEmpty()) {
            subject = Optional.of(now);
            pending = Optional.empty();
            proven = Optional.empty();
            lost = false;
            nextAttempt = Instant.MIN;
            retryDelay = FIRST_RETRY;
        }
    }

    private boolean isDue() {
        var now = clock.instant();
        return !now.isBefore(nextAttempt)
                && proven.filter(proof -> proof.at().plus(RENEWAL).isAfter(now)).isEmpty();
    }

    private void evaluate(SentCanary.State state) {
        switch (state) {
            case SentCanary.State.Pending _ -> {}
            case SentCanary.State.Recorded(Canary canary) -> {
                pending = Optional.empty();
                proven = Optional.of(new Proven(Optional.of(canary), clock.instant()));
                lost = false;
                retryDelay = FIRST_RETRY;
            }
            case SentCanary.State.Missing(String cause) -> {
                proven = Optional.empty();
                failed(cause, true);
            }
        }
    }

    private void failed(String cause, boolean isLost) {
        pending = Optional.empty();
        lost = isLost;
        reason = cause;
        nextAttempt = clock.instant().plus(retryDelay);
        retryDelay = retryDelay.multipliedBy(2).compareTo(RENEWAL) < 0 ? retryDelay.multipliedBy(2) : RENEWAL;
    }
}
