package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Size;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * What the running kube-apiserver has counted of its webhook. While events are delivered, it is renewed every 5 minutes. The
 * agent's metrics are more recent.
 */
@SchemaCustomizer(value = DateTimeFormat.class, input = "undeliveredSince")
@JsonIgnoreProperties(ignoreUnknown = true)
public record WebhookStatus(
        @Size(max = 512)
        @JsonPropertyDescription("host is the host and port of the receiver, as the kubeconfig has them.")
        @Nullable
        String host,

        @JsonPropertyDescription(
                "sentEvents is about how many events this kube-apiserver has delivered since it started.")
        @Nullable
        Long sentEvents,

        @JsonPropertyDescription(
                "unsentEvents is up to how many events wait for a request that succeeds. kube-apiserver gives them up after five"
                        + " attempts. Absent while requests succeed.")
        @Nullable
        Long unsentEvents,

        @JsonPropertyDescription(
                "undeliveredSince is the time since which no request has succeeded: about the age of the oldest unsent event that"
                        + " is not lost yet, or the begin of the outage. Absent while requests succeed.")
        @DateTime
        @Nullable
        Instant undeliveredSince,

        @JsonPropertyDescription(
                "lostEvents is the number of events that this kube-apiserver has given up since it started.")
        @Nullable
        Long lostEvents,

        @JsonPropertyDescription(
                "lostAtStop is about how many events the previous kube-apiserver had not delivered when it ended. They are lost."
                        + " Absent if there were none.")
        @Nullable
        Long lostAtStop,

        @Size(max = 1024)
        @JsonPropertyDescription(
                "answer is what the receiver last answered the agent of this node, which asks it every 5 minutes, and every minute"
                        + " while events are not delivered. Without credentials that the answer repeats. Absent if it accepted the"
                        + " request, or is not asked.")
        @Nullable
        String answer) {

    private static final int MAX_ANSWER = 1024;

    public WebhookStatus {
        undeliveredSince = undeliveredSince == null ? null : undeliveredSince.truncatedTo(ChronoUnit.SECONDS);
        answer = answer == null ? null : Message.bounded(answer, MAX_ANSWER);
    }
}
