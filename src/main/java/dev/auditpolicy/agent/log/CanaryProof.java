package dev.auditpolicy.agent.log;

import static java.util.Objects.requireNonNull;

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
 * Proves that the live kube-apiserver records what the policy says, by a request of the agent's own, a canary, and by what the
 * log makes of that. Asked in each round; sends one canary for each renewal, or for each try after one that proved nothing.
 */
public final class CanaryProof {

    /** A proof is renewed when it is older; between that, an unchanged node writes nothing. */
    static final Duration RENEWAL = Duration.ofMinutes(5);

    /** Of a proof that could not be renewed since no answer came, which says nothing about the log. */
    private static final Duration HOLDS = RENEWAL.multipliedBy(2);

    private static final Duration FIRST_RETRY = Duration.ofSeconds(5);

    /** The last event of a request is written when the answer is on its way: the first look can be a moment early. */
    private static final Duration A_MOMENT = Duration.ofMillis(25);

    private static final int MOMENTS = 8;

    private final CanarySender sender;
    private final InstantSource clock;
    private final Sleeper pause;

    private Optional<Subject> subject = Optional.empty();
    private Optional<SentCanary> flight = Optional.empty();
    private Optional<Proven> proven = Optional.empty();
    private String trouble = "";
    private Instant nextTry = Instant.MIN;
    private Duration retry = FIRST_RETRY;

    public CanaryProof(CanarySender sender, InstantSource clock, Sleeper pause) {
        this.sender = requireNonNull(sender, "flights is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.pause = requireNonNull(pause, "pause is null");
    }

    /** What a proof is about; of another it says nothing. */
    private record Subject(String revision, long pid, long startTicks) {}

    /** What is known. */
    public sealed interface Answer {}

    /**
     * The log had the canary as the policy says.
     *
     * @param canary empty where the policy is too long for the agent to tell what it says of one
     */
    public record Proven(Optional<Canary> canary, Instant at) implements Answer {}

    /** Not proven, or not yet. */
    public record NotProven(String reason) implements Answer {}

    public Answer check(AuditNodeSpec spec, ApiServerProcess process) throws InterruptedException {
        startOverIfNew(new Subject(spec.revision(), process.pid(), process.startTicks()));
        try {
            if (!CanarySender.canTell(spec)) {
                proven = isDue() ? Optional.of(new Proven(Optional.empty(), clock.instant())) : proven;
            } else if (flight.isEmpty() && isDue()) {
                trouble = "the canary request is awaited in the audit log";
                flight = Optional.of(sender.start(spec, process));
                judge(soon(flight.get()));
            } else if (flight.isPresent()) {
                judge(flight.get().look());
            }
        } catch (IOException noAnswer) {
            failed("no canary request could be made: " + noAnswer.getMessage());
        }
        return proven.filter(proof -> proof.at().plus(HOLDS).isAfter(clock.instant()))
                .<Answer>map(proof -> proof)
                .orElseGet(() -> new NotProven(trouble));
    }

    private SentCanary.State soon(SentCanary sent) throws IOException, InterruptedException {
        var state = sent.look();
        for (var moment = 0; moment < MOMENTS && state instanceof SentCanary.State.Pending; moment++) {
            pause.sleep(A_MOMENT);
            state = sent.look();
        }
        return state;
    }

    private void startOverIfNew(Subject now) {
        if (subject.filter(now::equals).isEmpty()) {
            subject = Optional.of(now);
            flight = Optional.empty();
            proven = Optional.empty();
            nextTry = Instant.MIN;
            retry = FIRST_RETRY;
        }
    }

    private boolean isDue() {
        var now = clock.instant();
        return !now.isBefore(nextTry)
                && proven.filter(proof -> proof.at().plus(RENEWAL).isAfter(now)).isEmpty();
    }

    private void judge(SentCanary.State state) {
        switch (state) {
            case SentCanary.State.Pending _ -> {}
            case SentCanary.State.Recorded(Canary canary) -> {
                flight = Optional.empty();
                proven = Optional.of(new Proven(Optional.of(canary), clock.instant()));
                retry = FIRST_RETRY;
            }
            case SentCanary.State.Missing(String reason) -> {
                proven = Optional.empty();
                failed(reason);
            }
        }
    }

    private void failed(String reason) {
        flight = Optional.empty();
        trouble = reason;
        nextTry = clock.instant().plus(retry);
        retry = retry.multipliedBy(2).compareTo(RENEWAL) < 0 ? retry.multipliedBy(2) : RENEWAL;
    }
}
