package dev.auditpolicy.telemetry;

import dev.auditpolicy.api.v1alpha1.Message;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Records Kubernetes Events about the objects of the operator, for {@code kubectl describe}. */
public final class EventRecorder {

    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);

    /** Namespace of Events about cluster-scoped objects. */
    private static final String NAMESPACE = "default";

    /** Limit of the API server, in characters. */
    private static final int MAX_NOTE_LENGTH = 1024;

    /** Limit of the API server, in characters. */
    private static final int MAX_INSTANCE_LENGTH = 128;

    private static final DateTimeFormatter MICRO_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final KubernetesClient client;
    private final Source source;
    private final InstantSource clock;
    private final EventBudget normals;
    private final EventBudget warnings;

    public EventRecorder(KubernetesClient client, Source source, InstantSource clock) {
        this.client = client;
        this.source = source;
        this.clock = clock;
        // One budget for each type: the Normal Events of a rollout must not suppress Warnings.
        this.normals = new EventBudget(clock);
        this.warnings = new EventBudget(clock);
    }

    /**
     * The reporter of Events.
     *
     * @param controller qualified name of the role
     * @param instance of that role
     */
    public record Source(String controller, String instance) {}

    /** The types of Events. */
    public enum Type {
        /** Expected progress. */
        Normal,
        /** A problem that may need attention. */
        Warning
    }

    /** Drops the Event if it exceeds the budget or cannot be written, because the status contains the same information. */
    public void record(HasMetadata regarding, Type type, String reason, String note) {
        if (!budget(type).tryTake()) {
            LOG.atDebug().addKeyValue("event", reason).log("Event dropped by the rate limit");
            return;
        }
        var event = new EventBuilder()
                .withNewMetadata()
                .withGenerateName(regarding.getKind().toLowerCase(Locale.ROOT) + "-")
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withEventTime(new MicroTime(MICRO_TIME.format(clock.instant())))
                .withReportingController(source.controller())
                .withReportingInstance(Message.bounded(source.instance(), MAX_INSTANCE_LENGTH))
                .withAction("Reconcile")
                .withType(type.name())
                .withReason(reason)
                .withNote(Message.bounded(note, MAX_NOTE_LENGTH))
                .withRegarding(new ObjectReferenceBuilder()
                        .withApiVersion(regarding.getApiVersion())
                        .withKind(regarding.getKind())
                        .withName(regarding.getMetadata().getName())
                        .withUid(regarding.getMetadata().getUid())
                        .build())
                .build();
        try {
            client.resource(event).create();
        } catch (KubernetesClientException failure) {
            LOG.atDebug().addKeyValue("reason", failure.getMessage()).log("Event not recorded");
        }
    }

    private EventBudget budget(Type type) {
        return switch (type) {
            case Normal -> normals;
            case Warning -> warnings;
        };
    }
}
