package dev.auditpolicy.webhook.kubeconfig;

import dev.auditpolicy.policy.tree.Position;
import dev.auditpolicy.policy.tree.Tree;
import dev.auditpolicy.webhook.entry.Entry;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/**
 * The cluster and the user of the current context.
 *
 * @param user without fields if the context names none, or one that does not exist
 */
record CurrentContext(Entry cluster, Entry user) {

    /** What kube-apiserver says although it has read the file. */
    static final String NO_CONFIGURATION = "invalid configuration: no configuration has been provided";

    private static final String REFUSED = "kube-apiserver does not start: ";

    /** Empty if there is no cluster, which is then a problem. */
    static Optional<CurrentContext> of(Entry root) {
        checkKind(root);
        List.of("clusters", "contexts", "users").forEach(list -> checkNames(root, list));
        Optional<String> name = root.text("current-context");
        if (name.isEmpty()) {
            root.problems()
                    .refuse(
                            "current-context",
                            "",
                            REFUSED + "\"" + NO_CONFIGURATION + "\", because the field is missing or empty",
                            "set current-context to the name of a context");
            return Optional.empty();
        }
        Optional<Entry> context = named(root, "contexts", name.get(), "context");
        if (context.isEmpty()) {
            root.problems()
                    .refuse(
                            "current-context",
                            name.get(),
                            REFUSED + "\"context was not found for specified context: " + name.get() + "\"",
                            "set current-context to the name of a context, or add this one");
            return Optional.empty();
        }
        return context.flatMap(current -> of(root, current));
    }

    private static Optional<CurrentContext> of(Entry root, Entry context) {
        String clusterName = context.text("cluster").orElse("");
        Optional<Entry> cluster = named(root, "clusters", clusterName, "cluster");
        if (cluster.isEmpty()) {
            root.problems()
                    .refuse(
                            context.path("cluster"),
                            clusterName,
                            REFUSED + "\"" + NO_CONFIGURATION + "\", because there is no cluster of this name",
                            "set it to the name of a cluster, or add this one");
            return Optional.empty();
        }
        Optional<String> userName = context.text("user");
        Optional<Entry> user = userName.flatMap(name -> named(root, "users", name, "user"));
        if (userName.isPresent() && user.isEmpty()) {
            root.problems()
                    .warn(
                            context.path("user"),
                            userName.get(),
                            "there is no user of this name, and kube-apiserver then sends no credentials and says nothing",
                            "set it to the name of a user, or remove it");
        }
        return cluster.map(
                found -> new CurrentContext(found, user.orElseGet(() -> Entry.absent("users[]", root.problems()))));
    }

    private static void checkKind(Entry root) {
        for (var field : List.of("apiVersion", "kind")) {
            String expected = field.equals("kind") ? "Config" : "v1";
            Optional<String> value = root.text(field);
            if (value.isEmpty()) {
                root.problems()
                        .warn(field, "", "missing, which kube-apiserver tolerates", "set " + field + ": " + expected);
            } else if (!value.get().equals(expected)) {
                root.problems()
                        .refuse(
                                field,
                                value.get(),
                                REFUSED + "the file is read as something other than a kubeconfig",
                                "set " + field + ": " + expected);
            }
        }
    }

    private static void checkNames(Entry root, String list) {
        var names = new HashSet<String>();
        for (var item : root.list(list)) {
            item.text("name").filter(name -> !names.add(name)).ifPresent(name -> root.problems()
                    .refuse(
                            item.path("name"),
                            name,
                            REFUSED + "two items of " + list + " have the same name",
                            "rename or remove one of the two"));
        }
    }

    /** An item without its object is one without fields. */
    private static Optional<Entry> named(Entry root, String list, String name, String field) {
        return root.list(list).stream()
                .filter(item -> item.tree()
                        .field("name")
                        .filter(value ->
                                value instanceof Tree.Text text && text.value().equals(name))
                        .isPresent())
                .findFirst()
                .map(item -> item.object(field)
                        .orElseGet(() -> new Entry(
                                item.path(field), new Tree.Fields(List.of(), Position.UNKNOWN), root.problems())));
    }
}
