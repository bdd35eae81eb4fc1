package dev.auditpolicy.report.request;

import static dev.auditpolicy.report.request.RequestSets.PROXY;
import static dev.auditpolicy.report.request.RequestSets.READS;
import static dev.auditpolicy.report.request.RequestSets.SESSION;
import static dev.auditpolicy.report.request.RequestSets.WRITES;
import static dev.auditpolicy.report.request.RequestSets.clusterSubresource;
import static dev.auditpolicy.report.request.RequestSets.objects;
import static dev.auditpolicy.report.request.RequestSets.subresource;

import dev.auditpolicy.policy.lint.requests.Requests;
import java.util.List;

/** A kind of request by which somebody gets at data, at other machines or at more rights. */
public enum SensitiveRequest {
    EXEC("pods/exec", "run commands in containers", subresource("pods", "exec", SESSION)),
    ATTACH("pods/attach", "attach to containers", subresource("pods", "attach", SESSION)),
    PORT_FORWARD("pods/portforward", "connect to ports of pods", subresource("pods", "portforward", SESSION)),
    LOG("pods/log", "read logs of containers", subresource("pods", "log", List.of("get"))),
    POD_PROXY("pods/proxy", "HTTP to pods", subresource("pods", "proxy", PROXY)),
    SERVICE_PROXY("services/proxy", "HTTP to services", subresource("services", "proxy", PROXY)),
    NODE_PROXY("nodes/proxy", "the API and files of kubelets", clusterSubresource("nodes", "proxy", PROXY)),
    NODE_LOG("nodes/log", "logs at the port of a kubelet: its subjectaccessreviews", RequestSets.kubeletReviews()),
    EPHEMERAL_CONTAINERS(
            "pods/ephemeralcontainers",
            "add containers to running pods",
            subresource("pods", "ephemeralcontainers", List.of("update", "patch"))),
    TOKENS(
            "serviceaccounts/token",
            "new tokens of service accounts",
            subresource("serviceaccounts", "token", List.of("create"))),
    SECRET_READS("secrets, read", "get, list, watch", objects("", List.of("secrets"), READS)),
    SECRET_WRITES("secrets, written", "create, update, patch, delete", objects("", List.of("secrets"), WRITES)),
    RBAC(
            "RBAC, written",
            "roles and their bindings",
            objects(
                    "rbac.authorization.k8s.io",
                    List.of("roles", "rolebindings", "clusterroles", "clusterrolebindings"),
                    WRITES)),
    AUDIT_POLICY(
            "audit policy, written",
            "auditpolicies and auditnodes",
            objects("auditpolicy.dev", List.of("auditpolicies", "auditnodes"), WRITES)),
    IMPERSONATION("impersonation", "any request, with the headers of another user", RequestSets.any());

    private final String title;
    private final String meaning;

    @SuppressWarnings("ImmutableEnumChecker") // A record of immutable sets.
    private final Requests requests;

    SensitiveRequest(String title, String meaning, Requests requests) {
        this.title = title;
        this.meaning = meaning;
        this.requests = requests;
    }

    /** Such as {@code pods/exec}. */
    public String title() {
        return title;
    }

    /** What somebody does with it. */
    public String meaning() {
        return meaning;
    }

    Requests requests() {
        return requests;
    }
}
