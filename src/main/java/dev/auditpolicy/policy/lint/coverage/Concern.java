package dev.auditpolicy.policy.lint.coverage;

import dev.auditpolicy.policy.lint.fix.NarrowedRule;
import dev.auditpolicy.policy.lint.requests.Attribute;
import dev.auditpolicy.policy.lint.requests.Requests;
import dev.auditpolicy.policy.lint.requests.Values;
import java.util.List;

/**
 * Requests that a benchmark wants to see in the log.
 *
 * @param what they are, in the middle of a sentence
 * @param namespaces in which the resource can be
 */
record Concern(String what, String group, String resource, String subresource, List<String> verbs, Values namespaces) {

    static final List<String> WRITES = List.of("create", "update", "patch", "delete", "deletecollection");

    static final List<String> ALL_VERBS =
            List.of("get", "list", "watch", "create", "update", "patch", "delete", "deletecollection");

    private static final Values NONE = Values.of("");

    /** About a resource that is in namespaces, or RESOURCE/SUBRESOURCE. */
    static Concern namespaced(String what, String group, String resource, List<String> verbs) {
        return of(what, group, resource, verbs, Values.ANY);
    }

    /** About a resource that is in no namespace, or RESOURCE/SUBRESOURCE. */
    static Concern clusterScoped(String what, String group, String resource, List<String> verbs) {
        return of(what, group, resource, verbs, NONE);
    }

    /** About Namespaces that exist: kube-apiserver takes the name of one for its namespace. */
    static Concern existingNamespaces(String what, List<String> verbs) {
        return of(what, "", "namespaces", verbs, Values.allBut(List.of("")));
    }

    private static Concern of(String what, String group, String resource, List<String> verbs, Values namespaces) {
        int slash = resource.indexOf('/');
        return slash < 0
                ? new Concern(what, group, resource, "", verbs, namespaces)
                : new Concern(
                        what, group, resource.substring(0, slash), resource.substring(slash + 1), verbs, namespaces);
    }

    NarrowedRule.Target target() {
        return new NarrowedRule.Target(group, subresource.isEmpty() ? resource : resource + "/" + subresource);
    }

    Requests among(Requests requests) {
        return requests.where(Attribute.KIND, Values.of(Requests.RESOURCE))
                .where(Attribute.API_GROUP, Values.of(group))
                .where(Attribute.RESOURCE, Values.of(resource))
                .where(Attribute.SUBRESOURCE, Values.of(subresource))
                .where(Attribute.NAMESPACE, namespaces)
                .where(Attribute.VERB, Values.of(verbs));
    }
}
