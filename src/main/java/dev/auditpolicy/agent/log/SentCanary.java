package dev.auditpolicy.agent.log;

import dev.auditpolicy.agent.log.CanaryExpectation.Outcome;
import dev.auditpolicy.api.v1alpha1.Canary;
import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.host.log.AuditLog;
import dev.auditpolicy.host.log.EventHead;
import dev.auditpolicy.host.log.LogPosition;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.Ticker;
import dev.auditpolicy.journal.BootTime;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A canary that was sent, and its events in the log so far. */
final class SentCanary {

    private static final int CHUNK_BYTES = 1024 * 1024;

    /** Per check: a log that grows faster than it is read must not block the agent's loop. */
    private static final int MAX_CHUNKS = 16;

    private final AuditLog log;
    private final Ticker ticker;
    private final ApiServerProcess process;
    private final String path;
    private final String auditID;
    private final CanaryExpectation expectation;
    private final BootTime deadline;
    private final List<EventHead> found = new ArrayList<>();
    private LogPosition at;

    /**
     * @param path of the log
     * @param from the end of the log before the canary was sent
     * @param deadline after which the absence of an event is final
     */
    SentCanary(
            AuditLog log,
            Ticker ticker,
            ApiServerProcess process,
            String path,
            String auditID,
            CanaryExpectation expectation,
            LogPosition from,
            BootTime deadline) {
        this.log = log;
        this.ticker = ticker;
        this.process = process;
        this.path = path;
        this.auditID = auditID;
        this.expectation = expectation;
        this.at = from;
        this.deadline = deadline;
    }

    /** Whether the log contains the canary. */
    sealed interface State {

        /** Not yet known. */
        record Pending() implements State {}

        /** The log contains it as the policy requires. */
        record Recorded(Canary canary) implements State {}

        /** The log does not contain it, or not as the policy requires. */
        record Missing(String auditID, String cause) implements State {}
    }

    State check() throws IOException {
        var isLate = deadline.isBefore(ticker.now());
        read();
        return switch (expectation.compare(found)) {
            case Outcome.Contradicted(String reason) -> new State.Missing(auditID, reason);
            case Outcome.Complete _ when expectation.isAbsence() && !isLate -> new State.Pending();
            case Outcome.Complete _ -> new State.Recorded(new Canary(auditID, level()));
            case Outcome.Incomplete(String missing) ->
                isLate ? new State.Missing(auditID, missing) : new State.Pending();
        };
    }

    /** The level in the log, not the expected one. Null for the legacy format, which has no levels. */
    private @Nullable Level level() {
        return expectation.isAbsence() ? Level.NONE : found.getFirst().level().orElse(null);
    }

    private void read() throws IOException {
        for (var chunk = 0; chunk < MAX_CHUNKS; chunk++) {
            var text = log.read(process, path, at, CHUNK_BYTES);
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
