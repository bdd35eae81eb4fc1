package dev.auditpolicy.agent.log;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.agent.node.Sleeper;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.Canary;
import dev.auditpolicy.host.log.LogUsage;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.Ticker;
import dev.auditpolicy.journal.BootTime;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Proves that the live kube-apiserver records what the policy requires: the agent sends a request, the canary, and looks for its
 * events in the log. Sends one canary for each renewal, one for each retry, and one when the log has not grown for a while.
 */
public final class CanaryProof {

    /** Age at which a proof is renewed. Until then, the agent does not write the status of an unchanged node. */
    public static final Duration RENEWAL = Duration.ofMinutes(5);

    /** How long a proof is valid if canary requests fail. A failed request is no evidence about the log. */
    public static final Duration VALIDITY = RENEWAL.multipliedBy(2);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(5);

    /** kube-apiserver writes the last event of a request while it sends the response, so the first check can be too early. */
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(25);

    private static final int CHECKS = 8;

    /** How many canaries in a row end a loss. On a disk that is almost full, every other one may be written. */
    private static final int CONFIRMATIONS = 2;

    private final CanarySender sender;
    private final InstantSource clock;
    private final Ticker ticker;
    private final Sleeper sleeper;

    private final LogActivity activity = new LogActivity();
    private Optional<Subject> subject = Optional.empty();
    private Optional<SentCanary> pending = Optional.empty();
    private Optional<Proven> proven = Optional.empty();
    private Optional<Loss> loss = Optional.empty();
    private int confirmations;
    private int missingInARow;
    private String reason = "";
    private BootTime nextAttempt = BootTime.UNKNOWN;
    private BootTime provenAt = BootTime.UNKNOWN;
    private Duration retryDelay = FIRST_RETRY;

    /**
     * @param clock for the time of a proof, which users read
     * @param ticker for intervals, so that an adjusted clock neither delays a renewal nor prolongs a proof
     */
    public CanaryProof(CanarySender sender, InstantSource clock, Ticker ticker, Sleeper sleeper) {
        this.sender = sender;
        this.clock = clock;
        this.ticker = ticker;
        this.sleeper = sleeper;
    }

    /**
     * A canary that the log lacks. The reason stays the same while the cause does, for otherwise the status would change with
     * each retry.
     */
    private record Loss(String cause, String reason) {}

    /** What a proof applies to. */
    private record Subject(String revision, long pid, long startTicks) {}

    public sealed interface Answer {}

    /** The log contained the canary as the policy requires. */
    public record Proven(Canary canary, Instant at) implements Answer {}

    /**
     * Not proven, or not yet proven.
     *
     * @param lost whether the log lacks a canary that the policy records; if false, nothing is known
     */
    public record NotProven(String reason, boolean lost) implements Answer {}

    /** Must be called in each iteration of the agent's loop. */
    public Answer check(AuditNodeSpec spec, ApiServerProcess process, LogState state, LogUsage usage)
            throws InterruptedException {
        resetIfChanged(new Subject(spec.revision(), process.pid(), process.startTicks()));
        activity.update(state, usage, ticker.now());
        try {
            if (pending.isEmpty() && isDue(spec)) {
                pending = Optional.of(sender.send(spec, process));
                evaluate(awaitBriefly(pending.get()), spec);
            } else if (pending.isPresent()) {
                evaluate(pending.get().check(), spec);
            }
        } catch (IOException failure) {
            reason = "the canary request failed: " + failure.getMessage();
            retryLater();
        }
        return answer();
    }

    private Answer answer() {
        if (loss.isPresent()) {
            return new NotProven(loss.get().reason(), true);
        }
        return proven.filter(_ -> ticker.now().isBefore(provenAt.plus(VALIDITY)))
                .<Answer>map(proof -> proof)
                .orElseGet(() -> new NotProven(reason, false));
    }

    /** How many canaries the log has lacked since it last contained one. */
    public int missingInARow() {
        return missingInARow;
    }

    /** Whether a canary was sent and its events are not in the log yet. The next iteration should follow soon. */
    public boolean isPending() {
        return pending.isPresent();
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
            loss = Optional.empty();
            missingInARow = 0;
            reason = "waiting for the canary request to appear in the audit log";
            nextAttempt = BootTime.UNKNOWN;
            retryDelay = FIRST_RETRY;
        }
    }

    private boolean isDue(AuditNodeSpec spec) throws IOException {
        var now = ticker.now();
        return isAttemptDue(now)
                && (loss.isPresent() || isRenewalDue() || (activity.isDoubtful(now) && sender.isRecorded(spec)));
    }

    private boolean isAttemptDue(BootTime now) {
        return nextAttempt.equals(BootTime.UNKNOWN) || !now.isBefore(nextAttempt);
    }

    private boolean isRenewalDue() {
        return proven.isEmpty() || !ticker.now().isBefore(provenAt.plus(RENEWAL));
    }

    private void renew(Canary canary) {
        if (isRenewalDue()) {
            proven = Optional.of(new Proven(canary, clock.instant()));
            provenAt = ticker.now();
        }
    }

    private void evaluate(SentCanary.State state, AuditNodeSpec spec) {
        switch (state) {
            case SentCanary.State.Pending _ -> {}
            case SentCanary.State.Recorded(Canary canary) -> recorded(canary);
            case SentCanary.State.Missing(String auditID, String cause) -> {
                proven = Optional.empty();
                confirmations = 0;
                missingInARow++;
                loss = loss.filter(known -> known.cause().equals(cause))
                        .or(() -> Optional.of(new Loss(cause, describe(spec, auditID, cause))));
                retryLater();
            }
        }
    }

    private void recorded(Canary canary) {
        pending = Optional.empty();
        retryDelay = FIRST_RETRY;
        nextAttempt = ticker.now().plus(loss.isPresent() ? FIRST_RETRY : LogActivity.QUIET);
        missingInARow = 0;
        confirmations++;
        if (loss.isEmpty() || confirmations >= CONFIRMATIONS) {
            loss = Optional.empty();
            renew(canary);
        }
    }

    private String describe(AuditNodeSpec spec, String auditID, String cause) {
        return "the audit log " + requireNonNull(spec.log(), "no log").path()
                + " does not match the policy: the agent sent a canary request with"
                + " Audit-ID " + auditID + ", and " + cause
                + (activity.isFull() ? " (its file system is full: free up space)" : "");
    }

    private void retryLater() {
        pending = Optional.empty();
        nextAttempt = ticker.now().plus(retryDelay);
        retryDelay = retryDelay.multipliedBy(2).compareTo(RENEWAL) < 0 ? retryDelay.multipliedBy(2) : RENEWAL;
    }
}
