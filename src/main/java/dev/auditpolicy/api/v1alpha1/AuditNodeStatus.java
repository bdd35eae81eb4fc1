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
                        + " shortly after the agent had restored it) or Held (an administrator holds the node).")
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

        @Size(max = 4096)
        @JsonPropertyDescription(
                "message is a human-readable explanation of phase. For Refused, RolledBack and Failed it"
                        + " contains the error.")
        @Nullable
        String message,

        @JsonPropertyDescription("log describes the node's audit log.") @Nullable
        LogStatus log,

        @Size(max = 16) @JsonPropertyDescription("conditions contains the condition Effective.")
        List<Condition> conditions) {

    public AuditNodeStatus {
        conditions = Lists.orEmpty(conditions);
    }
}
