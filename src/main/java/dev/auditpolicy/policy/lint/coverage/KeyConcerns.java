package dev.auditpolicy.policy.lint.coverage;

import static dev.auditpolicy.policy.lint.coverage.Concern.ALL_VERBS;
import static dev.auditpolicy.policy.lint.coverage.Concern.WRITES;
import static dev.auditpolicy.policy.lint.coverage.Concern.clusterScoped;
import static dev.auditpolicy.policy.lint.coverage.Concern.existingNamespaces;
import static dev.auditpolicy.policy.lint.coverage.Concern.namespaced;

import dev.auditpolicy.policy.lint.check.PolicyCheck;
import dev.auditpolicy.policy.lint.finding.FindingCode;
import dev.auditpolicy.policy.lint.finding.Profile;
import java.util.List;

/** The requests that items of benchmarks require to be recorded. */
public final class KeyConcerns {

    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final String ADMISSION = "admissionregistration.k8s.io";

    private static final List<String> SESSION = List.of("get", "create");
    private static final List<String> PROXY = List.of("get", "create", "update", "patch", "delete");
    private static final List<String> EXISTENCE = List.of("create", "delete", "deletecollection");

    /** What CIS 3.2.2 names. {@link SensitiveBodies} checks the rest: no bodies of Secrets, ConfigMaps and TokenReviews. */
    public static final PolicyCheck CIS = new RequiredRequests(
            FindingCode.KEY_CONCERNS,
            Profile.CIS,
            List.of(
                    namespaced("access to secrets", "", "secrets", ALL_VERBS),
                    namespaced("changes to pods", "", "pods", WRITES),
                    namespaced("changes to deployments", "apps", "deployments", WRITES),
                    namespaced("pods/exec", "", "pods/exec", SESSION),
                    namespaced("pods/portforward", "", "pods/portforward", SESSION),
                    namespaced("pods/proxy", "", "pods/proxy", PROXY),
                    namespaced("services/proxy", "", "services/proxy", PROXY)));

    /** The exception of the hardening guide: Secrets, at Metadata. */
    public static final PolicyCheck SECRETS = new RequiredRequests(
            FindingCode.SECRETS_DROPPED,
            Profile.NSA,
            List.of(namespaced("access to secrets", "", "secrets", ALL_VERBS)));

    /** What identifies and authenticates somebody, and what somebody may do. */
    public static final PolicyCheck CREDENTIALS = new RequiredRequests(
            FindingCode.CREDENTIAL_CHANGES,
            Profile.PCI,
            List.of(
                    namespaced("changes to secrets", "", "secrets", WRITES),
                    namespaced("changes to serviceaccounts", "", "serviceaccounts", WRITES),
                    namespaced("new tokens", "", "serviceaccounts/token", List.of("create")),
                    clusterScoped("certificate requests", "certificates.k8s.io", "certificatesigningrequests", WRITES),
                    clusterScoped(
                            "their approval",
                            "certificates.k8s.io",
                            "certificatesigningrequests/approval",
                            List.of("update", "patch")),
                    namespaced("changes to roles", RBAC, "roles", WRITES),
                    namespaced("changes to rolebindings", RBAC, "rolebindings", WRITES),
                    clusterScoped("changes to clusterroles", RBAC, "clusterroles", WRITES),
                    clusterScoped("changes to clusterrolebindings", RBAC, "clusterrolebindings", WRITES)));

    /** What a cluster consists of. */
    public static final PolicyCheck SYSTEM_OBJECTS = new RequiredRequests(
            FindingCode.SYSTEM_OBJECTS,
            Profile.PCI,
            List.of(
                    clusterScoped("new namespaces", "", "namespaces", List.of("create")),
                    existingNamespaces("deleted namespaces", List.of("delete")),
                    clusterScoped("nodes", "", "nodes", EXISTENCE),
                    clusterScoped("persistentvolumes", "", "persistentvolumes", EXISTENCE),
                    clusterScoped(
                            "customresourcedefinitions",
                            "apiextensions.k8s.io",
                            "customresourcedefinitions",
                            EXISTENCE),
                    clusterScoped("apiservices", "apiregistration.k8s.io", "apiservices", EXISTENCE),
                    clusterScoped("admission webhooks", ADMISSION, "mutatingwebhookconfigurations", EXISTENCE),
                    clusterScoped("admission webhooks", ADMISSION, "validatingwebhookconfigurations", EXISTENCE),
                    clusterScoped("admission policies", ADMISSION, "validatingadmissionpolicies", EXISTENCE),
                    clusterScoped("admission policies", ADMISSION, "validatingadmissionpolicybindings", EXISTENCE)));

    /** The kubelet serves /var/log of its node. */
    public static final PolicyCheck LOG_ACCESS = new RequiredRequests(
            FindingCode.LOG_ACCESS,
            Profile.PCI,
            List.of(clusterScoped("nodes/proxy, which can read the log of a node", "", "nodes/proxy", PROXY)));

    private KeyConcerns() {}
}
