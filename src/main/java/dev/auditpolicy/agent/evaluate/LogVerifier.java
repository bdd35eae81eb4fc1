package dev.auditpolicy.agent.evaluate;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.agent.evaluate.AuditState.Lost.Cause;
import dev.auditpolicy.agent.log.CanaryProof;
import dev.auditpolicy.agent.log.LogFileKeeper;
import dev.auditpolicy.agent.log.LogMeter;
import dev.auditpolicy.agent.log.LogReport;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.host.process.ApiServerProcess;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Verifies from its audit log that a kube-apiserver, whose process, flags and files are verified, records requests. */
public final class LogVerifier {

    private static final Logger LOG = LoggerFactory.getLogger(LogVerifier.class);

    private final LogMeter meter;
    private final CanaryProof canaries;
    private final LogReport report;
    private final LogFileKeeper file;
    private String lastWarning = "";

    public LogVerifier(LogMeter meter, CanaryProof canaries, LogReport report, LogFileKeeper file) {
        this.meter = meter;
        this.canaries = canaries;
        this.report = report;
        this.file = file;
    }

    /** Measures the log once in each iteration of the loop. A failure does not affect the evaluation. */
    void measure(NodeSnapshot node) {
        try {
            if (node.newest().isPresent()) {
                measure(node.newest().get(), node);
            }
            lastWarning = "";
        } catch (IOException failure) {
            warnOnce(String.valueOf(failure.getMessage()));
        }
    }

    private void measure(ApiServerProcess process, NodeSnapshot node) throws IOException {
        var path = process.flags().value("audit-log-path");
        if (path.filter(value -> value.startsWith("/")).isPresent()) {
            meter.update(process, path.get(), node.log());
        }
    }

    private void warnOnce(String reason) {
        if (!reason.equals(lastWarning)) {
            lastWarning = reason;
            LOG.atWarn().addKeyValue("reason", reason).log("Cannot measure the audit log");
        }
    }

    AuditState verify(AuditNodeSpec spec, ApiServerProcess process) throws InterruptedException {
        var settings = requireNonNull(spec.log(), "no log");
        var answer = canaries.check(spec, process, meter.get(), meter.usage());
        meter.canaryMissing(answer instanceof CanaryProof.NotProven notProven && notProven.lost());
        return switch (answer) {
            case CanaryProof.NotProven(String reason, boolean lost) ->
                lost
                        ? new AuditState.Lost(spec.revision(), Cause.NotRecorded, List.of(reason))
                        : new AuditState.Unverified(List.of(reason));
            case CanaryProof.Proven proven -> {
                var problem = file.keep(settings, process);
                if (problem.isPresent()) {
                    yield new AuditState.Unverified(List.of(problem.get()));
                }
                var reported = report.of(settings, meter, proven.at());
                yield new AuditState.Proven(
                        spec,
                        process,
                        new LogObservation(proven.canary(), proven.at(), reported.status(), reported.shortage()));
            }
        };
    }

    int missingInARow() {
        return canaries.missingInARow();
    }

    /** Whether the log will soon show more. */
    boolean isPending() {
        return canaries.isPending();
    }
}
