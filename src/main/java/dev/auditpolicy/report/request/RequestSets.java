package dev.auditpolicy.report.request;

import dev.auditpolicy.policy.lint.check.Callers;
import dev.auditpolicy.policy.lint.requests.Attribute;
import dev.auditpolicy.policy.lint.requests.Memberships;
import dev.auditpolicy.policy.lint.requests.Requests;
import dev.auditpolicy.policy.lint.requests.Values;
import java.util.List;

/** Makes sets of requests of authenticated callers: with another, kube-apiserver does nothing. */
final class RequestSets {

    static final List<String> READS = List.of("get", "list", "watch");
    static final List<String> WRITES = List.of("create", "update", "patch", "delete", "deletecollection");

    /** A client opens a session with POST, or with GET over a WebSocket. */
    static final List<String> SESSION = List.of("get", "create");

    /** One for each HTTP method. */
    static final List<String> PROXY = List.of("get", "create", "update", "patch", "delete");

    private static final Values SOME = Values.allBut(List.of(""));
    private static final Values NONE = Values.of("");

    private RequestSets() {}

    static Requests any() {
        return Callers.AUTHENTICATED;
    }

    /** About a subresource of an object in a namespace, such as pods/exec. */
    static Requests subresource(String resource, String subresource, List<String> verbs) {
        return resource("", List.of(resource), verbs)
                .where(Attribute.SUBRESOURCE, Values.of(subresource))
                .where(Attribute.NAMESPACE, SOME)
                .where(Attribute.NAME, SOME);
    }

    /** About a subresource of an object in no namespace, such as nodes/proxy. */
    static Requests clusterSubresource(String resource, String subresource, List<String> verbs) {
        return resource("", List.of(resource), verbs)
                .where(Attribute.SUBRESOURCE, Values.of(subresource))
                .where(Attribute.NAMESPACE, NONE)
                .where(Attribute.NAME, SOME);
    }

    /** About objects of some kinds in any namespace or in all. */
    static Requests objects(String group, List<String> resources, List<String> verbs) {
        return resource(group, resources, verbs).where(Attribute.SUBRESOURCE, NONE);
    }

    /** The question of a kubelet whether a caller may do something at its port. */
    static Requests kubeletReviews() {
        return objects("authorization.k8s.io", List.of("subjectaccessreviews"), List.of("create"))
                .where(Attribute.NAMESPACE, NONE)
                .where(Attribute.USER_GROUPS, Memberships.inOneOf(List.of("system:nodes")));
    }

    private static Requests resource(String group, List<String> resources, List<String> verbs) {
        return Callers.AUTHENTICATED
                .where(Attribute.KIND, Values.of(Requests.RESOURCE))
                .where(Attribute.API_GROUP, Values.of(group))
                .where(Attribute.RESOURCE, Values.of(resources))
                .where(Attribute.VERB, Values.of(verbs));
    }
}
