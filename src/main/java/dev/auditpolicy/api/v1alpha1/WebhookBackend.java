package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** kube-apiserver's webhook backend. The controller of this release rejects it. */
@ValidationRule(
        value = "!has(self.batch) || !has(self.mode) || self.mode == 'batch'",
        messageExpression = "\"has no effect unless webhook.mode is 'batch' (the default), and it is '\" + self.mode"
                + " + \"': remove webhook.mode or webhook.batch\"",
        fieldPath = ".batch")
public record WebhookBackend(
        @Required
        @JsonPropertyDescription(
                "kubeconfigSecret is the Secret in the operator's namespace whose key kubeconfig contains"
                        + " the kubeconfig of the webhook. Flag --audit-webhook-config-file.")
        SecretReference kubeconfigSecret,

        @JsonPropertyDescription(
                "mode is batch (kube-apiserver's default for the webhook), blocking or blocking-strict. Flag"
                        + " --audit-webhook-mode.")
        @Nullable
        Mode mode,

        @JsonPropertyDescription("batch configures batching. It requires mode batch. Flags --audit-webhook-batch-*.")
        @Nullable
        Batch batch,

        @JsonPropertyDescription("truncate limits the size of events and batches. Flags --audit-webhook-truncate-*.")
        @Nullable
        Truncate truncate) {}
