package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * kube-apiserver's webhook backend. Every field but kubeconfigSecret, allowBlocking and probe is a flag.
 *
 * <p>The modes blocking and blocking-strict hold a request for up to 60 s while the webhook does not answer, and a
 * kube-apiserver that starts meanwhile ends after about 62 s, again and again (measured on 1.36.3): they need a second field.
 */
@ValidationRule(
        value = "!has(self.batch) || !has(self.mode) || self.mode == 'batch'",
        messageExpression = "\"has no effect unless webhook.mode is 'batch' (the default), and it is '\" + self.mode"
                + " + \"': remove webhook.mode or webhook.batch\"",
        fieldPath = ".batch")
@ValidationRule(
        value = "!has(self.mode) || self.mode == 'batch' || (has(self.allowBlocking) && self.allowBlocking)",
        messageExpression =
                "\"'\" + self.mode + \"' makes every request wait for the webhook, and kube-apiserver cannot start"
                        + " while the webhook is down: remove webhook.mode, or accept that and set"
                        + " webhook.allowBlocking to true\"",
        fieldPath = ".mode")
public record WebhookBackend(
        @Required
        @JsonPropertyDescription(
                "kubeconfigSecret is the Secret in the operator's namespace whose key kubeconfig contains"
                        + " the kubeconfig of the webhook. The files that the kubeconfig names are further keys of the Secret,"
                        + " named without a directory. Flag --audit-webhook-config-file.")
        SecretReference kubeconfigSecret,

        @JsonPropertyDescription(
                "mode is batch (kube-apiserver's default for the webhook), blocking or blocking-strict. The last two require"
                        + " allowBlocking. Flag --audit-webhook-mode.")
        @Nullable
        Mode mode,

        @JsonPropertyDescription(
                "allowBlocking permits the modes blocking and blocking-strict, with which a webhook that is down holds each"
                        + " audited request for up to 60 seconds and keeps kube-apiserver from starting. It is not a flag of"
                        + " kube-apiserver.")
        @Nullable
        Boolean allowBlocking,

        @Min(0.001)
        @Max(3600)
        @JsonPropertyDescription(
                "initialBackoffSeconds is the number of seconds before the first of four retries of a batch; it may be a"
                        + " fraction. Each further wait is 1.5 times as long. Flag --audit-webhook-initial-backoff.")
        @Nullable
        BigDecimal initialBackoffSeconds,

        @JsonPropertyDescription("batch configures batching. It requires mode batch. Flags --audit-webhook-batch-*.")
        @Nullable
        Batch batch,

        @JsonPropertyDescription("truncate limits the size of events and batches. Flags --audit-webhook-truncate-*.")
        @Nullable
        Truncate truncate,

        @JsonPropertyDescription(
                "probe decides whether the agent asks the webhook before it changes a node: Send (the default) posts an"
                        + " EventList without items and refuses a node that cannot deliver it, Skip posts nothing. It is not a"
                        + " flag of kube-apiserver. Changing it does not change the revision and restarts nothing.")
        @Nullable
        WebhookProbe probe) {

    /** kube-apiserver's default: the waits are 10, 15, 22.5 and 33.75 s, each up to 20 % longer. */
    public static final int DEFAULT_INITIAL_BACKOFF_SECONDS = 10;

    /** A number without an exponent or zeros at the end, so that equal ones look alike. */
    public WebhookBackend {
        initialBackoffSeconds = initialBackoffSeconds == null
                ? null
                : new BigDecimal(initialBackoffSeconds.stripTrailingZeros().toPlainString());
    }

    /** A webhook with no other setting. */
    public static WebhookBackend of(String secret) {
        return new WebhookBackend(new SecretReference(secret), null, null, null, null, null, null);
    }

    /** Whether a request waits for the webhook. */
    public boolean blocks() {
        return mode == Mode.BLOCKING || mode == Mode.BLOCKING_STRICT;
    }

    /** Whether the agent asks the webhook before it changes a node. */
    public boolean asksReceiver() {
        return probe != WebhookProbe.SKIP;
    }
}
