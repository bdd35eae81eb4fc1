package dev.auditpolicy.policy.read;

import dev.auditpolicy.policy.tree.MalformedDocumentException;
import dev.auditpolicy.policy.tree.Tree;

/** Which kind of object a document says it is; both strings are empty if it does not say. */
record TypeMeta(String apiVersion, String kind) {

    /**
     * Reads the type as upstream's decoder does, which here, and only here, takes {@code APIversion} for
     * {@code apiVersion}.
     *
     * @throws MalformedDocumentException if the document is no object, or the type no string
     */
    static TypeMeta of(Tree root) {
        return switch (root) {
            case Tree.Fields object -> new TypeMeta(string(object, "apiVersion"), string(object, "kind"));
            case Tree.Null _ -> new TypeMeta("", "");
            case Tree.Text _, Tree.Numeral _, Tree.Bool _, Tree.Items _ ->
                throw unreadable(
                        root,
                        "value of type struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\";"
                                + " Kind string \"json:\\\"kind,omitempty\\\"\" }");
        };
    }

    /** Whether it has the form of no version at all. */
    boolean hasTooManySlashes() {
        return apiVersion.chars().filter(character -> character == '/').count() > 1;
    }

    String group() {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    String version() {
        return apiVersion.substring(apiVersion.indexOf('/') + 1);
    }

    private static String string(Tree.Fields object, String name) {
        String found = "";
        for (Tree.Field field : object.fields()) {
            if (field.name().equalsIgnoreCase(name)) {
                found = switch (field.value()) {
                    case Tree.Text text -> text.value();
                    case Tree.Null _ -> found;
                    case Tree.Numeral _, Tree.Bool _, Tree.Items _, Tree.Fields _ ->
                        throw unreadable(field.value(), "struct field ." + name + " of type string");
                };
            }
        }
        return found;
    }

    private static MalformedDocumentException unreadable(Tree tree, String target) {
        return new MalformedDocumentException(
                "couldn't get version/kind; json parse error: json: cannot unmarshal " + GoMessages.kind(tree)
                        + " into Go " + target,
                tree.position());
    }
}
