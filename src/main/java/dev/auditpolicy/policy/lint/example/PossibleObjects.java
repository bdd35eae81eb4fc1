package dev.auditpolicy.policy.lint.example;

import dev.auditpolicy.policy.evaluate.RequestAttributes;
import dev.auditpolicy.policy.lint.cluster.BuiltInApi;
import dev.auditpolicy.policy.lint.cluster.ServedVerbs;
import dev.auditpolicy.policy.lint.requests.Attribute;
import dev.auditpolicy.policy.lint.requests.Requests;
import dev.auditpolicy.policy.lint.requests.Values;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds verbs and objects that a URL can express, those that kube-apiserver serves first. */
final class PossibleObjects {

    private static final List<String> VERBS =
            List.of("get", "list", "watch", "create", "update", "patch", "delete", "deletecollection", "");

    private static final List<ResourceType> USUAL = List.of(
            new ResourceType("", "pods", ""),
            new ResourceType("", "services", ""),
            new ResourceType("", "nodes", ""),
            new ResourceType("apps", "deployments", ""),
            new ResourceType("apps", "statefulsets", ""));

    private static final List<ResourceType> BUILT_IN = BuiltInApi.RESOURCES.groups().stream()
            .sorted()
            .flatMap(group ->
                    BuiltInApi.RESOURCES.names(group).stream().sorted().map(name -> ResourceType.of(group, name)))
            .toList();

    private PossibleObjects() {}

    /** Without users; the stream is lazy. */
    static Stream<RequestAttributes> in(Requests requests) {
        if (!requests.values(Attribute.KIND).contains(Requests.RESOURCE)) {
            return Stream.empty();
        }
        return Stream.of(true, false).flatMap(served -> types(requests).flatMap(type -> VERBS.stream()
                .filter(requests.values(Attribute.VERB)::contains)
                .filter(verb -> !served || type.verbs().contains(verb))
                .flatMap(verb -> object(requests, type, verb).stream())));
    }

    private static Stream<ResourceType> types(Requests requests) {
        Values groups = requests.values(Attribute.API_GROUP);
        Values resources = requests.values(Attribute.RESOURCE);
        Values subresources = requests.values(Attribute.SUBRESOURCE);
        Stream<ResourceType> listed = names(groups, "example.com").flatMap(group -> names(resources, "widgets")
                .flatMap(resource -> Stream.concat(Stream.of(""), names(subresources, "status"))
                        .map(subresource -> new ResourceType(group, resource, subresource))));
        return Stream.of(USUAL.stream(), BUILT_IN.stream(), listed)
                .flatMap(types -> types)
                .filter(type -> groups.contains(type.group())
                        && resources.contains(type.resource())
                        && subresources.contains(type.subresource()));
    }

    private static Stream<String> names(Values values, String usual) {
        return Stream.concat(values.listed().stream().sorted(), Stream.of(values.example(List.of(usual))));
    }

    private static Optional<RequestAttributes> object(Requests requests, ResourceType type, String verb) {
        Values names = requests.values(Attribute.NAME);
        Values namespaces = requests.values(Attribute.NAMESPACE);
        return type.places(verb, names, namespaces)
                .filter(place -> names.contains(place.name()) && namespaces.contains(place.namespace()))
                .filter(place -> PossibleRequests.isObject(verb, type.group(), type.qualified(), place.namespace()))
                .findFirst()
                .map(place -> new RequestAttributes(
                        null,
                        List.of(),
                        verb,
                        place.namespace(),
                        type.group(),
                        "v1",
                        type.resource(),
                        type.subresource(),
                        place.name(),
                        "/",
                        true));
    }

    /**
     * A resource or subresource of any cluster.
     *
     * @param subresource empty for the resource itself
     */
    record ResourceType(String group, String resource, String subresource) {

        /** Where an object can be: its name and its namespace, or empty strings. */
        record Place(String name, String namespace) {}

        static ResourceType of(String group, String name) {
            int slash = name.indexOf('/');
            return slash < 0
                    ? new ResourceType(group, name, "")
                    : new ResourceType(group, name.substring(0, slash), name.substring(slash + 1));
        }

        String qualified() {
            return subresource.isEmpty() ? resource : resource + "/" + subresource;
        }

        List<String> verbs() {
            return ServedVerbs.of(group, resource, subresource);
        }

        Stream<Place> places(String verb, Values names, Values namespaces) {
            boolean collection =
                    switch (verb) {
                        case "list", "watch", "deletecollection" -> true;
                        case "create" -> subresource.isEmpty();
                        default -> false;
                    };
            if (collection && !subresource.isEmpty()) {
                return Stream.empty();
            }
            if (group.isEmpty() && resource.equals("namespaces")) {
                return collection ? inNone(verb, names) : themselves(names, namespaces);
            }
            Stream<String> named = collection
                    ? collectionNames(verb, names)
                    : Stream.of(names.example(List.of("one"))).filter(name -> !name.isEmpty());
            return named.flatMap(name -> namespaces(verb, namespaces).map(namespace -> new Place(name, namespace)));
        }

        /** A list or a watch can select one object by its name. */
        private static Stream<String> collectionNames(String verb, Values names) {
            return verb.equals("list") || verb.equals("watch")
                    ? Stream.of("", names.example(List.of("")))
                    : Stream.of("");
        }

        private static Stream<Place> inNone(String verb, Values names) {
            return collectionNames(verb, names).map(name -> new Place(name, ""));
        }

        /** A Namespace has its own name as namespace. */
        private static Stream<Place> themselves(Values names, Values namespaces) {
            return Stream.of(
                            Stream.of("default"),
                            names.listed().stream().sorted(),
                            namespaces.listed().stream().sorted(),
                            Stream.of(names.and(namespaces).example(List.of("default"))))
                    .flatMap(each -> each)
                    .filter(name -> !name.isEmpty())
                    .map(name -> new Place(name, name));
        }

        private Stream<String> namespaces(String verb, Values namespaces) {
            boolean anywhere = verb.equals("list") || verb.equals("watch");
            String some = namespaces.example(List.of("default"));
            return BuiltInApi.RESOURCES
                    .find(group, resource)
                    .map(known -> known.namespaced()
                            ? (anywhere ? Stream.of(some, "") : Stream.of(some).filter(name -> !name.isEmpty()))
                            : Stream.of(""))
                    .orElseGet(() -> Stream.of(some, ""));
        }
    }
}
