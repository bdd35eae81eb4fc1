package dev.auditpolicy.policy.lint.identity;

import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** The users and groups that Kubernetes itself, kubeadm and kube-controller-manager assign. */
public final class BuiltInIdentities {

    static final String SERVICE_ACCOUNT = "system:serviceaccount:";
    static final String NODE = "system:node:";
    static final String ACCOUNTS_OF_NAMESPACE = "system:serviceaccounts:";

    /** Users with certificates or tokens of the control plane. */
    public static final List<String> USERS = List.of(
            "system:anonymous",
            "system:apiserver",
            "system:kube-proxy",
            "system:kube-scheduler",
            "system:kube-controller-manager",
            "system:cloud-controller-manager",
            "system:unsecured",
            "system:admin",
            "kubernetes-admin",
            "kubernetes-super-admin");

    public static final List<String> GROUPS = List.of(
            "system:masters",
            "system:nodes",
            "system:authenticated",
            "system:unauthenticated",
            "system:serviceaccounts",
            "system:serviceaccounts:kube-system",
            "system:bootstrappers",
            "system:bootstrappers:kubeadm:default-node-token",
            "system:monitoring",
            "kubeadm:cluster-admins");

    /** ClusterRoles of upstream's {@code bootstrappolicy} that policies name as users; no user has these names. */
    static final Set<String> CLUSTER_ROLES = Set.of(
            "system:auth-delegator",
            "system:basic-user",
            "system:discovery",
            "system:heapster",
            "system:kube-aggregator",
            "system:kube-dns",
            "system:kubelet-api-admin",
            "system:node-bootstrapper",
            "system:node-proxier",
            "system:persistent-volume-provisioner",
            "system:public-info-viewer",
            "system:service-account-issuer-discovery",
            "system:volume-scheduler");

    /** The accounts of upstream's controllers ({@code cmd/kube-controller-manager/names}) and of kubeadm's add-ons. */
    private static final List<String> ACCOUNTS = List.of(
            "attachdetach-controller",
            "bootstrap-signer",
            "certificate-controller",
            "clusterrole-aggregation-controller",
            "coredns",
            "cronjob-controller",
            "daemon-set-controller",
            "deployment-controller",
            "device-taint-eviction-controller",
            "disruption-controller",
            "endpoint-controller",
            "endpointslice-controller",
            "endpointslicemirroring-controller",
            "ephemeral-volume-controller",
            "expand-controller",
            "generic-garbage-collector",
            "horizontal-pod-autoscaler",
            "job-controller",
            "kube-proxy",
            "legacy-service-account-token-cleaner",
            "namespace-controller",
            "node-controller",
            "persistent-volume-binder",
            "pod-garbage-collector",
            "pv-protection-controller",
            "pvc-protection-controller",
            "replicaset-controller",
            "replication-controller",
            "resource-claim-controller",
            "resourcequota-controller",
            "root-ca-cert-publisher",
            "route-controller",
            "selinux-warning-controller",
            "service-account-controller",
            "service-cidrs-controller",
            "service-controller",
            "statefulset-controller",
            "storage-version-migrator-controller",
            "taint-eviction-controller",
            "token-cleaner",
            "ttl-after-finished-controller",
            "ttl-controller",
            "validatingadmissionpolicy-status-controller",
            "volumeattributesclass-protection-controller");

    /** All users with a fixed name. */
    public static final List<String> ALL_USERS = Stream.concat(
                    USERS.stream(), ACCOUNTS.stream().map(name -> SERVICE_ACCOUNT + "kube-system:" + name))
            .toList();

    private BuiltInIdentities() {}
}
