package dev.auditpolicy.agent.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.api.v1alpha1.AuditNodeStatus;
import dev.auditpolicy.api.v1alpha1.Condition;
import dev.auditpolicy.api.v1alpha1.WebhookStatus;
import dev.auditpolicy.telemetry.EventRecorder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SinkChangeTest {

    private static final AuditNodeStatus NONE =
            new AuditNodeStatus(null, null, null, null, null, null, null, null, null, List.of());

    private static AuditNodeStatus status(String value, String message) {
        return status(value, message, null);
    }

    private static AuditNodeStatus status(String value, String message, Long lostAtStop) {
        var condition = new Condition("SinkHealthy", value, 1L, Instant.EPOCH, "Reason", message);
        return NONE.delivering(
                new WebhookStatus("sink:8443", 0L, null, null, 0L, lostAtStop, null), List.of(condition));
    }

    @Test
    void warnsOnceOfAnOutage() {
        var failing = status("False", "500");

        assertThat(SinkChange.between(Optional.of(status("True", "")), failing))
                .containsExactly(new SinkChange(EventRecorder.Type.Warning, "WebhookNotDelivering", "500"));
        assertThat(SinkChange.between(Optional.of(failing), status("False", "500, again")))
                .isEmpty();
    }

    @Test
    void reportsTheEndOfAnOutage() {
        assertThat(SinkChange.between(Optional.of(status("False", "500")), status("True", "delivers")))
                .containsExactly(new SinkChange(EventRecorder.Type.Normal, "WebhookDelivering", "delivers"));
    }

    @Test
    void theFirstDeliveryIsNoNews() {
        assertThat(SinkChange.between(Optional.of(NONE), status("True", "delivers")))
                .isEmpty();
    }

    @Test
    void reportsOnceWhatWasLostAtAStop() {
        var lost = status("True", "", 42L);

        assertThat(SinkChange.between(Optional.of(status("True", "")), lost))
                .singleElement()
                .satisfies(change -> assertThat(change.note()).contains("about 42 events"));
        assertThat(SinkChange.between(Optional.of(lost), lost)).isEmpty();
    }
}
