package dev.auditpolicy.cli;

import dev.auditpolicy.policy.evaluate.RequestAttributes;
import dev.auditpolicy.policy.lint.cluster.BuiltInApi;
import dev.auditpolicy.policy.lint.cluster.KnownResource;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The object of a resource request, as options describe it.
 *
 * @param namespace empty if not given
 * @param name empty if not given
 */
record RequestObject(ResourceName type, String verb, String namespace, String name) {

    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?");

    /** Why no URL can express it, after the option that is wrong; empty if one can. */
    Optional<String> refusal() {
        return Stream.of(wrongName(), wrongNamespace(), ofNamespace())
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> wrongName() {
        boolean hasNone = verb.equals("deletecollection")
                || (verb.equals("create") && type.subresource().isEmpty());
        if (hasNone && !name.isEmpty()) {
            return Optional.of("--name " + name + ": the URL of a " + verb + " request names no object; omit --name");
        }
        return name.contains("/") || name.contains("%")
                ? Optional.of("--name " + name + ": the name of an object contains no '/' and no '%'")
                : Optional.empty();
    }

    private Optional<String> wrongNamespace() {
        if (!namespace.isEmpty() && !LABEL.matcher(namespace).matches()) {
            return Optional.of("--namespace " + namespace
                    + ": not a valid namespace name; use lower-case letters, digits and '-'");
        }
        boolean clusterScoped =
                known().filter(resource -> !resource.namespaced()).isPresent();
        return clusterScoped && !isNamespace() && !namespace.isEmpty()
                ? Optional.of("--namespace " + namespace + ": \"" + type.resource()
                        + "\" is cluster-scoped; omit --namespace")
                : Optional.empty();
    }

    private Optional<String> ofNamespace() {
        return isNamespace() && !namespace.isEmpty() && !namespace.equals(name)
                ? Optional.of("--namespace " + namespace
                        + ": the namespace of a request for a Namespace is its name; use --name only")
                : Optional.empty();
    }

    /** A request for one Namespace has its name as namespace: upstream's {@code requestinfo.go}. */
    RequestAttributes attributes() {
        boolean one = isNamespace() && !List.of("list", "watch").contains(verb);
        return new RequestAttributes(
                null,
                List.of(),
                verb,
                one ? name : namespace,
                type.group(),
                "",
                type.resource(),
                type.subresource(),
                name,
                "",
                true);
    }

    private boolean isNamespace() {
        return type.group().isEmpty() && type.resource().equals("namespaces");
    }

    private Optional<KnownResource> known() {
        return BuiltInApi.RESOURCES.find(type.group(), type.resource());
    }
}
