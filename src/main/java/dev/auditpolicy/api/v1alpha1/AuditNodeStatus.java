package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** What the agent of one control-plane node has done and seen. Written by that agent alone. */
@SchemaCustomizer(ConditionsAsMap.class)
public record AuditNodeStatus(
        @JsonPropertyDescription("The AuditNode's metadata.generation that this status is about.")
        Long observedGeneration,

        @JsonPropertyDescription(
                "Where the node stands: Pending, Refused, Checked, Acting, Effective, RolledBack, Failed, Drifted or Held.")
        Phase phase,

        @JsonPropertyDescription("The revision that the phase is about.")
        String revision,

        @JsonPropertyDescription("Id of the turn that the node is acting on now.")
        String activeTurnID,

        @JsonPropertyDescription("The last turn that the node has ended, and how.")
        TurnOutcome lastTurn,

        @JsonPropertyDescription("The node's live kube-apiserver.")
        KubeAPIServer kubeAPIServer,

        @JsonPropertyDescription("The last proof that the live kube-apiserver runs a revision.")
        Proof proof,

        @Size(max = 4096)
        @JsonPropertyDescription("The phase, for people; for Refused, RolledBack and Failed what is wrong.")
        String message,

        @JsonPropertyDescription("The node's audit log.") LogStatus log,

        @Size(max = 16) @JsonPropertyDescription("Effective.")
        List<Condition> conditions) {

    public AuditNodeStatus {
        conditions = Lists.orEmpty(conditions);
    }
}
