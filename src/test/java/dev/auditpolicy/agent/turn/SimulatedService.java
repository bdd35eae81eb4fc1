package dev.auditpolicy.agent.turn;

import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.host.process.ProcessUser;
import dev.auditpolicy.journal.FileImage;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The main process of the unit, as measured: it loads its files within 0.2 s or exits, serves after 2.8 s, and drains the requests
 * that it serves for up to 60 s.
 *
 * @param policy the text that it has loaded
 * @param error with which it exits
 * @param stops when it was asked to stop
 */
record SimulatedService(
        ApiServerProcess process,
        List<String> argv,
        Optional<String> policy,
        Optional<String> error,
        Instant startedAt,
        Optional<Instant> stops) {

    private static final Duration LIVES_WITHOUT_POLICY = Duration.ofMillis(200);
    private static final Duration BOOT = Duration.ofMillis(2800);
    private static final Duration DRAIN = Duration.ofSeconds(60);
    private static final Duration STOPS_BEFORE_IT_SERVES = Duration.ofSeconds(1);

    /** Just before {@code clock}: what is written at this time is written later. */
    private static final Duration AGE = Duration.ofMillis(60);

    static SimulatedService start(
            long pid, String invocation, List<String> argv, SimulatedDisk disk, SimulatedClock clock) {
        var process = new ApiServerProcess(
                pid,
                clock.ticks(clock.now().minus(AGE)).millis() / 10,
                clock.wall(),
                invocation,
                ProcessUser.ROOT,
                argv.subList(1, argv.size()));
        var path = process.flags().value("audit-policy-file");
        var policy = path.flatMap(disk::read).map(FileImage::text);
        return new SimulatedService(process, argv, policy, error(process, path, policy), clock.now(), Optional.empty());
    }

    private static Optional<String> error(ApiServerProcess process, Optional<String> path, Optional<String> policy) {
        if (path.isPresent()
                && policy.filter(text -> !text.contains(SimulatedNode.POISON)).isEmpty()) {
            return Optional.of("loading audit policy file: poison");
        }
        return process.flags()
                .value("audit-log-maxage")
                .filter(Integer.toString(SimulatedNode.POISONOUS_AGE)::equals)
                .map("invalid maxage "::concat);
    }

    SimulatedService stopping(Instant now) {
        return stops.isPresent()
                ? this
                : new SimulatedService(process, argv, policy, error, startedAt, Optional.of(now));
    }

    boolean isStopping() {
        return stops.isPresent();
    }

    boolean isReady(Instant now) {
        return error.isEmpty() && !now.isBefore(startedAt.plus(BOOT));
    }

    boolean hasEnded(Instant now) {
        return (error.isPresent() && !now.isBefore(startedAt.plus(LIVES_WITHOUT_POLICY)))
                || stops.filter(since -> !now.isBefore(since.plus(isReady(since) ? DRAIN : STOPS_BEFORE_IT_SERVES)))
                        .isPresent();
    }
}
