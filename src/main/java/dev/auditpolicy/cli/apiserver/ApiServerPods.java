package dev.auditpolicy.cli.apiserver;

import dev.auditpolicy.policy.tree.Tree;
import java.util.List;
import java.util.stream.Stream;

/** Finds the kube-apiservers in a manifest: a Pod, an object with a Pod template, or a list of these. */
public final class ApiServerPods {

    private ApiServerPods() {}

    /** All that an object describes. */
    public static List<ApiServerPod> in(Tree object) {
        return find(object).toList();
    }

    private static Stream<ApiServerPod> find(Tree object) {
        Stream<Tree> templates = Stream.concat(
                object.field("spec").stream(),
                object
                        .field("spec")
                        .flatMap(spec -> spec.field("template"))
                        .flatMap(pod -> pod.field("spec"))
                        .stream());
        return Stream.concat(
                Trees.items(object, "items").flatMap(ApiServerPods::find),
                templates.flatMap(podSpec -> inPod(name(object), podSpec)));
    }

    private static String name(Tree object) {
        return object.field("metadata")
                .flatMap(metadata -> Trees.text(metadata, "name"))
                .orElse("");
    }

    private static Stream<ApiServerPod> inPod(String name, Tree podSpec) {
        return Trees.items(podSpec, "containers").flatMap(container -> ApiServerCommand.of(container).stream()
                .map(arguments -> new ApiServerPod(name, podSpec, container, arguments)));
    }
}
