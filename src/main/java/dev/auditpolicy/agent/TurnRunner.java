package dev.auditpolicy.agent;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.Message;
import dev.auditpolicy.api.v1alpha1.Timestamp;
import dev.auditpolicy.api.v1alpha1.TurnOutcome;
import dev.auditpolicy.api.v1alpha1.TurnOutcome.Result;
import dev.auditpolicy.host.ApiServerProcess;
import dev.auditpolicy.host.ApiServerProcesses;
import dev.auditpolicy.host.FileImage;
import dev.auditpolicy.host.Journal.OpenTurn;
import dev.auditpolicy.host.NodeFiles;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out one turn: writes the files, sees to the restart and waits for the proof. Begun again after a crash it
 * finds what is done already and does the rest; it needs no API server.
 */
final class TurnRunner {

    private static final Logger LOG = LoggerFactory.getLogger(TurnRunner.class);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    /** A process that is seen in service once can be one that is about to crash. */
    private static final int LOOKS_IN_A_ROW = 3;

    private final NodeObserver observer;
    private final NodePlanner planner;
    private final NodeFiles files;
    private final ApiServerProcesses processes;
    private final NodePaths paths;
    private final InstantSource clock;

    TurnRunner(
            NodeObserver observer,
            NodePlanner planner,
            NodeFiles files,
            ApiServerProcesses processes,
            NodePaths paths,
            InstantSource clock) {
        this.observer = requireNonNull(observer, "observer is null");
        this.planner = requireNonNull(planner, "planner is null");
        this.files = requireNonNull(files, "files is null");
        this.processes = requireNonNull(processes, "processes is null");
        this.paths = requireNonNull(paths, "paths is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    TurnOutcome run(OpenTurn open) throws InterruptedException {
        try {
            var before = observer.observe();
            return switch (planner.plan(open.spec(), before)) {
                case NodePlan.Refused refused -> outcome(open, Result.ABANDONED, refused.message());
                case NodePlan.Files wanted -> {
                    write(wanted, before);
                    yield prove(open, before, wanted.manifest().isPresent());
                }
            };
        } catch (NodeFiles.ChangedMeanwhileException changed) {
            return outcome(open, Result.ABANDONED, changed.getMessage());
        } catch (IOException failure) {
            return outcome(open, Result.FAILED, "the node's files could not be changed: " + failure.getMessage());
        }
    }

    /** The policy before the manifest that names it; if the manifest cannot be written the policy goes back. */
    private void write(NodePlan.Files wanted, Snapshot before) throws IOException {
        if (wanted.policy().isPresent()) {
            files.replace(paths.policy(), before.policy(), wanted.policy().get());
        }
        if (wanted.manifest().isPresent()) {
            try {
                files.replace(
                        paths.manifest(), before.manifest(), wanted.manifest().get());
            } catch (IOException failure) {
                restorePolicy(wanted.policy(), before.policy());
                throw failure;
            }
        }
        LOG.atInfo().addKeyValue("changes", wanted.changes()).log("Node files are as wanted");
    }

    private void restorePolicy(Optional<FileImage> written, Optional<FileImage> before) throws IOException {
        if (written.isPresent() && before.isPresent()) {
            files.replace(paths.policy(), written, before.get());
        }
    }

    private TurnOutcome prove(OpenTurn open, Snapshot before, boolean manifestChanged)
            throws IOException, InterruptedException {
        var spec = open.spec();
        var drain = drain(spec, before);
        var restart = new Restart(processes, clock, drain, manifestChanged);
        var deadline = clock.instant().plus(drain).plusSeconds(spec.verifyTimeoutSeconds());
        var flags = planner.flags(spec);
        for (int looks = 0; ; ) {
            var seen = observer.observe();
            var verification = Verification.of(spec.policy(), flags, seen);
            looks = verification.proven() ? looks + 1 : 0;
            if (looks == LOOKS_IN_A_ROW) {
                return outcome(open, Result.EFFECTIVE, "");
            }
            if (clock.instant().isAfter(deadline)) {
                return outcome(open, Result.FAILED, String.join("; ", verification.all()));
            }
            restart.step(stale(seen, verification), seen.ready());
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    private static List<ApiServerProcess> stale(Snapshot seen, Verification verification) {
        return verification.process().isEmpty()
                ? seen.processes().stream().skip(1).toList()
                : seen.processes();
    }

    /** What the user grants, beyond what kube-apiserver itself waits for before it stops to listen. */
    private static Duration drain(AuditNodeSpec spec, Snapshot before) {
        var shutdownDelay = before.newest()
                .map(ApiServerProcess::commandLine)
                .map(CommandLine::new)
                .flatMap(flags -> flags.value("shutdown-delay-duration"))
                .map(GoDuration::parse)
                .orElse(Duration.ZERO);
        return shutdownDelay.plusSeconds(spec.drainSeconds());
    }

    private TurnOutcome outcome(OpenTurn open, Result result, String message) {
        var turn = open.turn();
        return new TurnOutcome(
                turn.id(),
                turn.revision(),
                turn.attempt(),
                result,
                Timestamp.of(clock.instant()),
                Message.bounded(message, Message.IN_NODE_STATUS));
    }
}
