package dev.auditpolicy.policy.lint.backend;

import org.jspecify.annotations.Nullable;
import dev.auditpolicy.api.v1alpha1.Batch;
import dev.auditpolicy.api.v1alpha1.Mode;
import dev.auditpolicy.api.v1alpha1.Truncate;
import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.check.AnalyzedPolicy;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.LintFinding;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Limits of either backend that ordinary events exceed. */
public final class SmallLimits implements PolicyCheck {

    /** Ten seconds of a small cluster; the default is ten times as much. */
    private static final int ROOM_FOR_A_BURST = 1000;

    /** An event without bodies is 1 to 2 KB, and more with long names, many groups and annotations of webhooks. */
    private static final long ROOM_FOR_METADATA = 4096;

    @Override
    public Stream<LintFinding> check(AnalyzedPolicy analyzed) {
        List<LintFinding> findings = new ArrayList<>();
        if (analyzed.log() != null) {
            if (analyzed.log().mode() == Mode.BATCH) {
                buffer("log", analyzed.log().batch(), findings);
            }
            truncation("log", analyzed.log().truncate(), findings);
        }
        if (analyzed.webhook() != null) {
            if (analyzed.webhook().mode() == null || analyzed.webhook().mode() == Mode.BATCH) {
                buffer("webhook", analyzed.webhook().batch(), findings);
            }
            truncation("webhook", analyzed.webhook().truncate(), findings);
        }
        return findings.stream();
    }

    private static void buffer(String backend, @Nullable Batch batch, List<LintFinding> findings) {
        if (batch != null && batch.bufferSize() != null && batch.bufferSize() < ROOM_FOR_A_BURST) {
            findings.add(LintFinding.of(
                    FindingCode.SMALL_BUFFER,
                    backend + ".batch.bufferSize",
                    "a burst of more than " + batch.bufferSize() + " events fills the buffer, and what comes then is"
                            + " dropped",
                    "remove it: the default is 10000"));
        }
    }

    private static void truncation(String backend, @Nullable Truncate truncate, List<LintFinding> findings) {
        if (LostEvents.truncates(truncate)
                && truncate.maxEventSizeBytes() != null
                && truncate.maxEventSizeBytes() < ROOM_FOR_METADATA) {
            findings.add(LintFinding.of(
                    FindingCode.SMALL_EVENTS,
                    backend + ".truncate.maxEventSizeBytes",
                    "events without bodies can be larger than " + truncate.maxEventSizeBytes() + " bytes, and those are"
                            + " dropped",
                    "remove it: the default is 102400"));
        }
    }
}
