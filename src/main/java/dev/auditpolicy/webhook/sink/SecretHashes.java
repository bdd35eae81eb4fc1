package dev.auditpolicy.webhook.sink;

/**
 * Hashes of a Secret.
 *
 * @param kubeconfig over the values of the cluster and the user of the current context: comments, the order of fields and other
 *     contexts change nothing in what kube-apiserver does
 * @param kubeconfigAndAuthorities the same and the file with the server's authorities
 * @param files over the names and the contents of all keys
 */
public record SecretHashes(String kubeconfig, String kubeconfigAndAuthorities, String files) {}
