package dev.auditpolicy.telemetry;

import static java.util.Objects.requireNonNull;

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
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what happened in Kubernetes Events about one of the operator's objects, for {@code kubectl describe}. */
public final class EventRecorder {

    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);

    /** Events about a cluster-scoped object live here. */
    private static final String NAMESPACE = "default";

    /** Characters of an Event's note; the API server refuses more. */
    private static final int LONGEST_NOTE = 1024;

    /** Characters of the instance that reports; the API server refuses more. */
    private static final int LONGEST_INSTANCE = 128;

    private static final DateTimeFormatter MICRO_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final KubernetesClient client;
    private final Source source;
    private final InstantSource clock;
    private final Map<Type, EventBudget> budgets = new EnumMap<>(Type.class);

    public EventRecorder(KubernetesClient client, Source source, InstantSource clock) {
        this.client = requireNonNull(client, "client is null");
        this.source = requireNonNull(source, "source is null");
        this.clock = requireNonNull(clock, "clock is null");
        // One each: what went as wanted, a few in every rollout, must not use up what somebody should look at.
        for (var type : Type.values()) {
            budgets.put(type, new EventBudget(clock));
        }
    }

    /**
     * Who tells.
     *
     * @param controller a qualified name, the role
     * @param instance which one of that role
     */
    public record Source(String controller, String instance) {

        public Source {
            requireNonNull(controller, "controller is null");
            requireNonNull(instance, "instance is null");
        }
    }

    /** The two types that Events have. */
    public enum Type {
        /** Something went as wanted. */
        Normal,
        /** Somebody should look. */
        Warning
    }

    /** An Event that cannot be written, or is one too many, is no reason to stop: the status tells the same. */
    public void record(HasMetadata about, Type type, String reason, String note) {
        if (!budgets.get(type).take()) {
            LOG.atDebug().addKeyValue("event", reason).log("Event not recorded, there were too many");
            return;
        }
        var event = new EventBuilder()
                .withNewMetadata()
                .withGenerateName(about.getKind().toLowerCase(Locale.ROOT) + "-")
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withEventTime(new MicroTime(MICRO_TIME.format(clock.instant())))
                .withReportingController(source.controller())
                .withReportingInstance(Message.bounded(source.instance(), LONGEST_INSTANCE))
                .withAction("Reconcile")
                .withType(type.name())
                .withReason(reason)
                .withNote(Message.bounded(note, LONGEST_NOTE))
                .withRegarding(new ObjectReferenceBuilder()
                        .withApiVersion(about.getApiVersion())
                        .withKind(about.getKind())
                        .withName(about.getMetadata().getName())
                        .withUid(about.getMetadata().getUid())
                        .build())
                .build();
        try {
            client.resource(event).create();
        } catch (KubernetesClientException refused) {
            LOG.atDebug().addKeyValue("reason", refused.getMessage()).log("Event not recorded");
        }
    }
}
