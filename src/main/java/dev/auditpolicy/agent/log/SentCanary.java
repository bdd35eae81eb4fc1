package dev.auditpolicy.agent.log;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.agent.log.CanaryExpectation.Outcome;
import dev.auditpolicy.api.v1alpha1.Canary;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.host.log.AuditLog;
import dev.auditpolicy.host.log.EventHead;
import dev.auditpolicy.host.log.LogPosition;
import dev.auditpolicy.host.process.ApiServerProcess;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** A canary that was sent, and what the log has of it so far. */
final class SentCanary {

    private static final int PIECE = 1024 * 1024;

    /** Of the log in one look: a round is not to be held up by a log that grows faster than it is read. */
    private static final int PIECES = 16;

    private final AuditLog log;
    private final InstantSource clock;
    private final ApiServerProcess process;
    private final String path;
    private final String auditID;
    private final CanaryExpectation expectation;
    private final Instant deadline;
    private final List<EventHead> found = new ArrayList<>();
    private LogPosition at;

    /**
     * @param path of the log
     * @param from where the log ended before the canary was sent
     * @param deadline after which what the log does not have it will never have
     */
    SentCanary(
            AuditLog log,
            InstantSource clock,
            ApiServerProcess process,
            String path,
            String auditID,
            CanaryExpectation expectation,
            LogPosition from,
            Instant deadline) {
        this.log = requireNonNull(log, "log is null");
        this.clock = requireNonNull(clock, "clock is null");
        this.process = requireNonNull(process, "process is null");
        this.path = requireNonNull(path, "path is null");
        this.auditID = requireNonNull(auditID, "auditID is null");
        this.expectation = requireNonNull(expectation, "expectation is null");
        this.at = requireNonNull(from, "from is null");
        this.deadline = requireNonNull(deadline, "deadline is null");
    }

    /** What can be said of it now. */
    sealed interface State {

        /** Nothing yet. */
        record Pending() implements State {}

        /** The log has it as the policy says. */
        record Recorded(Canary canary) implements State {}

        /** The log does not have it, or otherwise than the policy says. */
        record Missing(String reason) implements State {}
    }

    State look() throws IOException {
        var isLate = clock.instant().isAfter(deadline);
        read();
        return switch (expectation.compare(found)) {
            case Outcome.Contradicted(String reason) -> missing(reason);
            case Outcome.Complete _ when expectation.isAbsence() && !isLate -> new State.Pending();
            case Outcome.Complete _ -> new State.Recorded(new Canary(auditID, level()));
            case Outcome.Incomplete(String missing) -> isLate ? missing(missing) : new State.Pending();
        };
    }

    private State missing(String reason) {
        return new State.Missing(
                "the audit log " + path + " does not record as the policy says: a canary request with Audit-ID "
                        + auditID + " was sent: " + reason);
    }

    /** What was seen, not what was expected: the legacy format has no levels. */
    private Level level() {
        return expectation.isAbsence() ? Level.NONE : found.getFirst().level().orElse(null);
    }

    private void read() throws IOException {
        for (var piece = 0; piece < PIECES; piece++) {
            var text = log.read(process, path, at, PIECE);
            text.events().stream()
                    .filter(event -> event.auditID().equals(auditID))
                    .forEach(found::add);
            if (text.next().equals(at)) {
                return;
            }
            at = text.next();
        }
    }
}
