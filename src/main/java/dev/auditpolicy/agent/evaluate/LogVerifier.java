package dev.auditpolicy.agent.evaluate;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.agent.log.CanaryProof;
import dev.auditpolicy.agent.log.LogMeter;
import dev.auditpolicy.agent.log.LogReport;
import dev.auditpolicy.agent.node.NodeSnapshot;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.host.process.ApiServerProcess;
import dev.auditpolicy.manifest.flags.Flags;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the log itself says of a kube-apiserver whose process, flags and files are as wanted. */
public final class LogVerifier {

    private static final Logger LOG = LoggerFactory.getLogger(LogVerifier.class);

    /** Less than this is no room for a large event, 1.5 MB. */
    private static final long FULL = 2 * 1024 * 1024;

    private final LogMeter meter;
    private final CanaryProof canaries;
    private final LogReport report;
    private String trouble = "";

    public LogVerifier(LogMeter meter, CanaryProof canaries, LogReport report) {
        this.meter = requireNonNull(meter, "meter is null");
        this.canaries = requireNonNull(canaries, "canaries is null");
        this.report = requireNonNull(report, "report is null");
    }

    /** To be called in each round. A log that cannot be measured is nobody's harm. */
    void look(NodeSnapshot seen) {
        try {
            if (seen.newest().isPresent()) {
                look(seen.newest().get(), seen);
            }
            trouble = "";
        } catch (IOException failure) {
            tellOnce(String.valueOf(failure.getMessage()));
        }
    }

    private void look(ApiServerProcess process, NodeSnapshot seen) throws IOException {
        var path = process.flags().value("audit-log-path");
        if (path.filter(value -> value.startsWith("/")).isPresent()) {
            meter.update(process, path.get(), seen.log());
        }
    }

    private void tellOnce(String reason) {
        if (!reason.equals(trouble)) {
            trouble = reason;
            LOG.atWarn().addKeyValue("reason", reason).log("The audit log could not be measured");
        }
    }

    /** The evidence, or why there is none, or none yet. */
    NodeEvaluation assess(AuditNodeSpec spec, ApiServerProcess process) throws InterruptedException {
        return switch (canaries.check(spec, process)) {
            case CanaryProof.NotProven(String reason) -> new NodeEvaluation.Unproven(List.of(reason + whyPerhaps()));
            case CanaryProof.Proven proven -> {
                var reported = report.of(spec.log(), meter, proven.at());
                yield new NodeEvaluation.InEffect(
                        process,
                        new LogObservation(proven.canary(), proven.at(), reported.status(), reported.shortage()));
            }
        };
    }

    /** No figure that moves: it would be written with each round. */
    private String whyPerhaps() {
        var usage = meter.usage();
        return usage.capacityBytes() > 0 && usage.freeBytes() < FULL ? " (the file system of the log is full)" : "";
    }
}
