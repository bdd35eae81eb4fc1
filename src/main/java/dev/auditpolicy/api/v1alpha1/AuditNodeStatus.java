package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The state of one control-plane node as its agent reports it. */
@SchemaCustomizer(ConditionsAsMap.class)
@JsonIgnoreProperties(ignoreUnknown = true)
public record AuditNodeStatus(
        @JsonPropertyDescription(
                "observedGeneration is the metadata.generation of the AuditNode that this status describes.")
        @Nullable
        Long observedGeneration,

        @JsonPropertyDescription(
                "phase is the state of the node: Pending (not checked yet), Refused (the node cannot run the"
                        + " revision; nothing was changed), Checked (waiting for its turn), Acting (changing files,"
                        + " restarting or verifying kube-apiserver), Effective (kube-apiserver is proven to run the"
                        + " revision), RolledBack (the change failed and was rolled back), Failed (the change failed"
                        + " and no revision is proven), Drifted (the configuration was changed on the node again,"
                        + " shortly after the agent had restored it), Held (an administrator holds the node), Observed"
                        + " (there is no desired configuration; the agent only reports), Restored (the AuditPolicy is being"
                        + " deleted, and the node has what it had before the first change) or Unmanaged (the node has left the control"
                        + " plane with what was configured there; no agent renews this status).")
        @Nullable
        Phase phase,

        @Size(max = 64) @JsonPropertyDescription("revision is the revision that phase refers to.") @Nullable
        String revision,

        @Size(max = 64)
        @JsonPropertyDescription(
                "activeTurnID is the ID of the turn that the node is executing. Absent if there is none.")
        @Nullable
        String activeTurnID,

        @JsonPropertyDescription("lastTurn is the outcome of the last turn that ended on the node.") @Nullable
        TurnOutcome lastTurn,

        @JsonPropertyDescription("kubeAPIServer describes the node's running kube-apiserver.") @Nullable
        KubeAPIServer kubeAPIServer,

        @JsonPropertyDescription(
                "proof shows which revision the running kube-apiserver was last proven to run. A proof that"
                        + " is not renewed within 15 minutes expires, and the AuditPolicy then counts the node as"
                        + " Pending.")
        @Nullable
        Proof proof,

        @JsonPropertyDescription(
                "running is the revision that the running kube-apiserver is proven to run, whichever it is to run."
                        + " Absent while none is proven.")
        @Nullable
        RunningRevision running,

        @JsonPropertyDescription(
                "lastGap is the last time in which a kube-apiserver ran on the node and did not record what it was"
                        + " last proven to record. Absent if the agent saw none.")
        @Nullable
        AuditGap lastGap,

        @JsonPropertyDescription(
                "drift is the last change on the node that undid what a turn had brought there. Absent if the agent saw"
                        + " none.")
        @Nullable
        Drift drift,

        @Size(max = 4096)
        @JsonPropertyDescription(
                "message is a human-readable explanation of phase. For Refused, RolledBack and Failed it"
                        + " contains the error.")
        @Nullable
        String message,

        @JsonPropertyDescription("log describes the node's audit log.") @Nullable
        LogStatus log,

        @JsonPropertyDescription(
                "webhook describes the delivery of events to the webhook. Absent if kube-apiserver has none that this operator"
                        + " has configured.")
        @Nullable
        WebhookStatus webhook,

        @JsonPropertyDescription(
                "plan is what the turn for a revision will do on this node, as it was known before the turn. It stays until"
                        + " another revision is planned.")
        @Nullable
        ChangePlan plan,

        @JsonPropertyDescription(
                "observed is the audit configuration of the running kube-apiserver, regardless of who wrote it.")
        @Nullable
        Observed observed,

        @Size(max = 16)
        @JsonPropertyDescription(
                "conditions contains the conditions Effective (kube-apiserver is proven to run revision), Auditing"
                        + " (kube-apiserver records what it was last proven to record, whichever revision it is to"
                        + " run) and, with a webhook, SinkHealthy (its requests to the webhook succeed).")
        List<Condition> conditions) {

    public AuditNodeStatus {
        conditions = Lists.orEmpty(conditions);
    }

    /** This status with what was observed. A log of which nothing is proven is described as it was measured. */
    public AuditNodeStatus observing(@Nullable Observed seen, @Nullable LogStatus measured) {
        return with(
                phase, message, running == null && measured != null ? measured : log, webhook, plan, seen, conditions);
    }

    /** This status with the delivery to a webhook, and its condition in the place of an earlier one. */
    public AuditNodeStatus delivering(@Nullable WebhookStatus state, List<Condition> all) {
        return with(phase, message, log, state, plan, observed, all);
    }

    /** This status, which no agent will renew. What it states about kube-apiserver is true until somebody changes it. */
    public AuditNodeStatus unmanaged(String reason) {
        return with(Phase.UNMANAGED, reason, log, webhook, plan, observed, conditions);
    }

    /** This status with what a turn would do. */
    public AuditNodeStatus planning(@Nullable ChangePlan planned) {
        return with(phase, message, log, webhook, planned, observed, conditions);
    }

    private AuditNodeStatus with(
            @Nullable Phase newPhase,
            @Nullable String newMessage,
            @Nullable LogStatus newLog,
            @Nullable WebhookStatus newWebhook,
            @Nullable ChangePlan newPlan,
            @Nullable Observed newObserved,
            List<Condition> newConditions) {
        return new AuditNodeStatus(
                observedGeneration,
                newPhase,
                revision,
                activeTurnID,
                lastTurn,
                kubeAPIServer,
                proof,
                running,
                lastGap,
                drift,
                newMessage,
                newLog,
                newWebhook,
                newPlan,
                newObserved,
                newConditions);
    }

    /** A status without a running revision, a gap, a drift, a webhook and an observation. */
    public AuditNodeStatus(
            @Nullable Long observedGeneration,
            @Nullable Phase phase,
            @Nullable String revision,
            @Nullable String activeTurnID,
            @Nullable TurnOutcome lastTurn,
            @Nullable KubeAPIServer kubeAPIServer,
            @Nullable Proof proof,
            @Nullable String message,
            @Nullable LogStatus log,
            List<Condition> conditions) {
        this(
                observedGeneration,
                phase,
                revision,
                activeTurnID,
                lastTurn,
                kubeAPIServer,
                proof,
                null,
                null,
                null,
                message,
                log,
                null,
                null,
                null,
                conditions);
    }
}
