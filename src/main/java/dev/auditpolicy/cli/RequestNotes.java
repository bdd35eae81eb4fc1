package dev.auditpolicy.cli;

import dev.auditpolicy.policy.evaluate.RequestAttributes;
import dev.auditpolicy.policy.lint.cluster.BuiltInApi;
import dev.auditpolicy.policy.lint.cluster.KnownResource;
import dev.auditpolicy.policy.lint.cluster.ServedVerbs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is unusual about a resource request: a client does not send it like this, or kube-apiserver does not serve it. */
final class RequestNotes {

    private static final Set<String> OF_COLLECTIONS = Set.of("list", "watch", "deletecollection");

    private RequestNotes() {}

    static List<String> of(RequestAttributes request) {
        var notes = new ArrayList<String>();
        if (!request.isResourceRequest()) {
            return notes;
        }
        String type = request.resource() + (request.subresource().isEmpty() ? "" : "/" + request.subresource());
        boolean namesObject = !OF_COLLECTIONS.contains(request.verb())
                && (!request.verb().equals("create") || !request.subresource().isEmpty());
        if (namesObject && request.name().isEmpty()) {
            notes.add("a " + request.verb() + " request names its object; without --name, no rule with resourceNames"
                    + " matches");
        }
        Optional<KnownResource> resource = BuiltInApi.RESOURCES.find(request.apiGroup(), request.resource());
        boolean anywhere = request.verb().equals("list") || request.verb().equals("watch");
        boolean isNamespace = request.apiGroup().isEmpty() && request.resource().equals("namespaces");
        if (resource.isPresent()
                && resource.get().namespaced()
                && request.namespace().isEmpty()
                && !anywhere) {
            notes.add("a " + request.verb() + " request for \"" + type
                    + "\" has a namespace; without --namespace, no rule with namespaces matches");
        }
        if (resource.isPresent()
                && !resource.get().namespaced()
                && !isNamespace
                && !request.namespace().isEmpty()) {
            notes.add("\"" + request.resource()
                    + "\" is cluster-scoped: kube-apiserver does not serve it in a namespace");
        }
        if (resource.isPresent()) {
            served(request, type).ifPresent(notes::add);
        }
        return notes;
    }

    private static Optional<String> served(RequestAttributes request, String type) {
        if (BuiltInApi.RESOURCES.find(request.apiGroup(), type).isEmpty()) {
            List<String> subresources = BuiltInApi.RESOURCES.names(request.apiGroup()).stream()
                    .filter(name -> name.startsWith(request.resource() + "/"))
                    .sorted()
                    .toList();
            return Optional.of("kube-apiserver does not serve \"" + type + "\""
                    + (subresources.isEmpty()
                            ? ""
                            : "; \"" + request.resource() + "\" has " + String.join(", ", subresources)));
        }
        List<String> verbs = ServedVerbs.of(request.apiGroup(), request.resource(), request.subresource());
        return verbs.contains(request.verb())
                ? Optional.empty()
                : Optional.of("kube-apiserver serves \"" + type + "\" only with " + String.join(", ", verbs));
    }
}
