package dev.auditpolicy.policy.lint.backend;

import static java.util.Objects.requireNonNullElse;

import dev.auditpolicy.api.v1alpha1.Batch;
import dev.auditpolicy.api.v1alpha1.Mode;
import dev.auditpolicy.api.v1alpha1.Truncate;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Limits of the log or the webhook that ordinary events exceed. */
public final class SmallLimits implements PolicyCheck {

    /** Ten seconds of events in a small cluster; the default is ten times as much. */
    private static final int MIN_BUFFER_SIZE = 1000;

    private static final BigDecimal WEBHOOK_WAIT = BigDecimal.valueOf(Batch.DEFAULT_WEBHOOK_MAX_WAIT_SECONDS);

    /** An event without bodies has 1 to 2 KB, and more with long names, many groups or webhook annotations. */
    private static final long MIN_EVENT_SIZE_BYTES = 4096;

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        var findings = new ArrayList<LintFinding>();
        if (analyzed.log() != null) {
            if (analyzed.log().mode() == Mode.BATCH) {
                buffer("log", analyzed.log().batch(), findings);
                wait("log", analyzed.log().batch(), BigDecimal.ZERO, findings);
            }
            truncation("log", analyzed.log().truncate(), findings);
        }
        if (analyzed.webhook() != null) {
            if (analyzed.webhook().mode() == null || analyzed.webhook().mode() == Mode.BATCH) {
                buffer("webhook", analyzed.webhook().batch(), findings);
                wait("webhook", analyzed.webhook().batch(), WEBHOOK_WAIT, findings);
            }
            truncation("webhook", analyzed.webhook().truncate(), findings);
        }
        return findings.stream();
    }

    private static void buffer(String backend, @Nullable Batch batch, List<LintFinding> findings) {
        if (batch != null && batch.bufferSize() != null && batch.bufferSize() < MIN_BUFFER_SIZE) {
            findings.add(LintFinding.of(
                    FindingCode.SMALL_BUFFER,
                    backend + ".batch.bufferSize",
                    "a burst of more than " + batch.bufferSize() + " events fills the buffer, and further events are"
                            + " dropped",
                    "remove bufferSize: the default is 10000"));
        }
    }

    /**
     * A batch of more than one event waits for others. Upstream's {@code buffered.go} starts its timer again as soon as it
     * fires, also for an empty batch.
     */
    private static void wait(
            String backend, @Nullable Batch batch, BigDecimal defaultWait, List<LintFinding> findings) {
        if (batch != null
                && batch.maxSize() != null
                && batch.maxSize() > 1
                && requireNonNullElse(batch.maxWaitSeconds(), defaultWait).signum() == 0) {
            findings.add(LintFinding.of(
                    FindingCode.UNPACED_BATCHES,
                    backend + ".batch.maxWaitSeconds",
                    (batch.maxWaitSeconds() == null ? "the default for the log is 0, so" : "with 0,")
                            + " kube-apiserver never waits for a batch to fill: batches stay small, and a timer that fires"
                            + " all the time keeps a processor busy",
                    "set maxWaitSeconds, for example to 0.5, or remove maxSize"));
        }
    }

    private static void truncation(String backend, @Nullable Truncate truncate, List<LintFinding> findings) {
        if (truncate != null
                && LostEvents.truncates(truncate)
                && truncate.maxEventSizeBytes() != null
                && truncate.maxEventSizeBytes() < MIN_EVENT_SIZE_BYTES) {
            findings.add(LintFinding.of(
                    FindingCode.SMALL_EVENTS,
                    backend + ".truncate.maxEventSizeBytes",
                    "even events without bodies can exceed " + truncate.maxEventSizeBytes()
                            + " bytes, and such events are" + " dropped",
                    "remove maxEventSizeBytes: the default is 102400"));
        }
    }
}
