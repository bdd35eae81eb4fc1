package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.crd.generator.annotation.SchemaFrom;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The desired audit configuration of every kube-apiserver.
 *
 * @param policy has the schema of {@link Policy}, and is not decoded: the controller can report a field or value that
 *     the schema did not reject
 */
@ValidationRule(
        value = "has(self.log) || has(self.webhook)",
        message = "must have log or webhook, because kube-apiserver records nothing without a backend: set log.path")
public record AuditPolicySpec(
        @Required
        @SchemaFrom(type = Policy.class)
        @JsonPropertyDescription(
                "policy contains the fields of an audit.k8s.io/v1 Policy. The first rule that matches a"
                        + " request decides how much of it is recorded.")
        JsonNode policy,

        @JsonPropertyDescription("log writes audit events to a file on every control-plane node (kube-apiserver's"
                + " --audit-log-* flags).")
        @Nullable
        LogBackend log,

        @JsonPropertyDescription(
                "webhook sends audit events to a webhook (kube-apiserver's --audit-webhook-* flags), beside log or alone.")
        @Nullable
        WebhookBackend webhook,

        @Size(max = 8)
        @JsonPropertyDescription(
                "temporaryRules stand before the rules of policy until a time, and then go by themselves: for an investigation, or"
                        + " to stop a flood of events.")
        List<TemporaryRules> temporaryRules,

        @Default("{}")
        @JsonPropertyDescription("rollout controls how a change is rolled out, one control-plane node at a time.")
        Rollout rollout,

        @JsonPropertyDescription(
                "takeover decides what happens on a node whose kube-apiserver has audit flags that this operator did not"
                        + " set: Refuse (the default) leaves the node unchanged and lists them, Replace puts the flags of"
                        + " this AuditPolicy in their place and keeps what it replaces, so that it can be given back."
                        + " Changing it does not change the revision and restarts nothing.")
        @Nullable
        Takeover takeover,

        @JsonPropertyDescription(
                "deletionPolicy decides what happens to the nodes when the AuditPolicy is deleted: Retain (the default)"
                        + " leaves them as they run, Restore gives each node, one at a time, what it had before the first"
                        + " change, and the AuditPolicy is gone when the last one runs that. Changing it does not change"
                        + " the revision, and Retain also ends a deletion that waits.")
        @Nullable
        DeletionPolicy deletionPolicy) {

    public AuditPolicySpec {
        temporaryRules = Lists.orEmpty(temporaryRules);
        rollout = rollout == null ? Rollout.defaults() : rollout;
    }

    /** A spec without temporary rules. */
    public AuditPolicySpec(
            JsonNode policy,
            @Nullable LogBackend log,
            @Nullable WebhookBackend webhook,
            Rollout rollout,
            @Nullable Takeover takeover,
            @Nullable DeletionPolicy deletionPolicy) {
        this(policy, log, webhook, List.of(), rollout, takeover, deletionPolicy);
    }

    /** Whether the nodes get back what they had when the AuditPolicy is deleted. */
    public boolean restoresOnDeletion() {
        return deletionPolicy == DeletionPolicy.RESTORE;
    }
}
