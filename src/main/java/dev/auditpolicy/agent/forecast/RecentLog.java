package dev.auditpolicy.agent.forecast;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.event.EventTime;
import dev.auditpolicy.event.read.EventConsumer;
import dev.auditpolicy.event.read.EventLog;
import dev.auditpolicy.event.read.EventReader;
import dev.auditpolicy.host.log.AuditLog;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.Ticker;
import dev.auditpolicy.replay.Replay;
import dev.auditpolicy.replay.ReplayResult;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The last events of a node's log. Reading them is bounded, because the node has other work: 64 MB take a processor 0.2 s once
 * it has warmed up (make bench-replay).
 *
 * @param path of the log, as in the flags of the process
 */
record RecentLog(AuditLog log, ApiServerProcess process, String path, Ticker ticker) {

    private static final long MAX_BYTES = 64L * 1024 * 1024;
    private static final Duration MAX_TIME = Duration.ofSeconds(2);

    /** The agent has 48 MB of memory; a longer event is skipped. */
    private static final int MAX_LINE = 4 * 1024 * 1024;

    /** What a policy would record of the events since a time. */
    ReplayResult replay(Policy policy, Instant since) {
        var replay = Replay.small(policy);
        var cutoff = since.getEpochSecond();
        EventConsumer recent = event -> {
            if (EventTime.epochSecond(event) >= cutoff) {
                replay.accept(event);
            }
        };
        new EventReader(List.of(recent), MAX_LINE).read(List.of(new Tail()));
        return replay.result();
    }

    private final class Tail implements EventLog {

        @Override
        public String name() {
            return path;
        }

        @Override
        public InputStream open() throws IOException {
            var begin = ticker.now();
            return new TimeLimitedStream(
                    log.last(process, path, MAX_BYTES),
                    () -> begin.until(ticker.now()).compareTo(MAX_TIME) > 0);
        }
    }
}
