package dev.auditpolicy.replay;

import dev.auditpolicy.api.v1alpha1.Level;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.event.AuditEvent;
import dev.auditpolicy.event.ManagedFields;
import dev.auditpolicy.event.WebhookPatches;
import dev.auditpolicy.policy.evaluate.Evaluation;
import dev.auditpolicy.policy.evaluate.RequestAttributes;
import dev.auditpolicy.replay.size.BodySize;

/**
 * What a policy would record of an event: nothing, or so many bytes. Bodies are measured if the log has them. Mutable, to be
 * used again.
 */
public final class EventSize {

    private boolean recorded;
    private Level level = Level.NONE;
    private long min;
    private long max;

    /** As it is in the log. */
    void setLogged(AuditEvent event) {
        recorded = true;
        level = event.level();
        min = event.length();
        max = min;
    }

    /** As a policy decided. */
    public void set(AuditEvent event, RequestAttributes request, Evaluation evaluation) {
        level = evaluation.level();
        recorded = level != Level.NONE && !evaluation.omitStages().contains(event.stage());
        min = 0;
        max = 0;
        if (recorded) {
            measure(event, request, evaluation);
        }
    }

    private void measure(AuditEvent event, RequestAttributes request, Evaluation evaluation) {
        long known = (long) event.length() - nameLength(event.level()) + nameLength(level);
        boolean keepsRequest = level.compareTo(Level.REQUEST) >= 0;
        boolean keepsResponse = level == Level.REQUEST_RESPONSE;
        if (!keepsRequest) {
            known -= event.requestObject().length();
            if (event.level().compareTo(Level.REQUEST) >= 0) {
                known -= WebhookPatches.length(event.bytes(), event.annotations());
            }
        } else if (evaluation.omitManagedFields() && !request.verb().equals("patch")) {
            known -= ManagedFields.length(event.bytes(), event.requestObject());
        }
        if (!keepsResponse) {
            known -= event.responseObject().length();
        } else if (evaluation.omitManagedFields()) {
            known -= ManagedFields.length(event.bytes(), event.responseObject());
        }
        min = known;
        max = known;
        if (event.stage() == Stage.RESPONSE_COMPLETE) {
            if (keepsRequest && event.level().compareTo(Level.REQUEST) < 0) {
                add(BodySize.ofRequest(request));
            }
            if (keepsResponse && event.level() != Level.REQUEST_RESPONSE) {
                add(BodySize.ofResponse(request, evaluation.omitManagedFields()));
            }
        }
    }

    private void add(BodySize body) {
        min += body.min();
        max += body.max();
    }

    private static int nameLength(Level level) {
        return switch (level) {
            case NONE -> 4;
            case METADATA -> 8;
            case REQUEST -> 7;
            case REQUEST_RESPONSE -> 15;
        };
    }

    /** Whether there is an event at all. */
    public boolean isRecorded() {
        return recorded;
    }

    /** The level at which it is recorded, None if it is not. */
    Level level() {
        return recorded ? level : Level.NONE;
    }

    /** At least so many bytes. */
    public long min() {
        return min;
    }

    /** At most so many bytes. */
    public long max() {
        return max;
    }
}
