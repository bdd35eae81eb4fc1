package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;

/**
 * The webhook backend of one node. It has no credentials: the agent reads them from the Secret.
 *
 * @param kubeconfig part of the revision
 * @param files not part of it
 */
public record NodeWebhook(
        @Required @JsonPropertyDescription("settings is a copy of spec.webhook of the AuditPolicy.")
        WebhookBackend settings,

        @Required
        @Pattern(NodeWebhook.HASH)
        @JsonPropertyDescription(
                "kubeconfig is a hash of the parts of the Secret that kube-apiserver reads only when it starts: the kubeconfig"
                        + " itself. The agent writes the Secret only if it has this hash.")
        String kubeconfig,

        @Required
        @Pattern(NodeWebhook.HASH)
        @JsonPropertyDescription(
                "files is a hash of the whole Secret. If only it changes, the agent replaces the files that kube-apiserver"
                        + " rereads automatically, and nothing restarts.")
        String files) {

    /** The form of a hash, which is also the name of a directory. */
    public static final String HASH = "^[0-9a-f]{16}$";

    /** The directory of the files on the node. A new kubeconfig has a new one, so that the old one is there for a rollback. */
    public String directory() {
        return DIRECTORY + "/" + kubeconfig;
    }

    /** The value of {@code --audit-webhook-config-file}. */
    public String kubeconfigPath() {
        return directory() + "/" + KUBECONFIG_KEY;
    }

    /** The directory on the host and in the container. */
    public static final String DIRECTORY = "/etc/kubernetes/audit-webhook";

    /** The key of the Secret, and the name of the file. */
    public static final String KUBECONFIG_KEY = "kubeconfig";
}
