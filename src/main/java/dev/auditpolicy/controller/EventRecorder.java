package dev.auditpolicy.controller;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.api.v1alpha1.AuditPolicy;
import dev.auditpolicy.api.v1alpha1.Message;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what happened in Kubernetes Events about the AuditPolicy, for {@code kubectl describe}. */
public final class EventRecorder {

    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);

    /** Events about a cluster-scoped object live here. */
    private static final String NAMESPACE = "default";

    /** Characters of an Event's note; the API server refuses more. */
    private static final int LONGEST_NOTE = 1024;

    private static final DateTimeFormatter MICRO_TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final KubernetesClient client;
    private final InstantSource clock;

    public EventRecorder(KubernetesClient client, InstantSource clock) {
        this.client = requireNonNull(client, "client is null");
        this.clock = requireNonNull(clock, "clock is null");
    }

    /** The two types that Events have. */
    enum Type {
        /** Something went as wanted. */
        Normal,
        /** Somebody should look. */
        Warning
    }

    /** An Event that cannot be written is no reason to stop: the status tells the same. */
    void record(AuditPolicy about, Type type, String reason, String note) {
        var event = new EventBuilder()
                .withNewMetadata()
                .withGenerateName("auditpolicy-")
                .withNamespace(NAMESPACE)
                .endMetadata()
                .withEventTime(new MicroTime(MICRO_TIME.format(clock.instant())))
                .withReportingController("auditpolicy.dev/controller")
                .withReportingInstance("controller")
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
