package dev.auditpolicy.webhook.entry;

/**
 * What is wrong with a kubeconfig, at one place.
 *
 * @param field in the kubeconfig, such as {@code clusters[0].cluster.server}, or a key of the Secret
 * @param value of the field, empty if it is or may contain a credential
 * @param reason what is wrong and what kube-apiserver would do, without a full stop
 * @param fix what to do, as an instruction
 */
public record KubeconfigProblem(String field, String value, String reason, String fix) {

    /** One line of text. */
    @Override
    public String toString() {
        return field + (value.isEmpty() ? "" : " \"" + value + "\"") + ": " + reason + " (" + fix + ")";
    }
}
