package dev.auditpolicy.policy.read;

import dev.auditpolicy.policy.tree.MalformedDocumentException;
import dev.auditpolicy.policy.tree.Tree;

/** The apiVersion and kind of a document; empty if absent. */
record TypeMeta(String apiVersion, String kind) {

    /**
     * Reads the type like upstream's decoder, whose field names are case-insensitive here only.
     *
     * @throws MalformedDocumentException if the document is not an object, or one of the two is not a string
     */
    static TypeMeta of(Tree root) {
        return switch (root) {
            case Tree.Fields object -> new TypeMeta(string(object, "apiVersion"), string(object, "kind"));
            case Tree.Null _ -> new TypeMeta("", "");
            case Tree.Text _, Tree.Numeral _, Tree.Bool _, Tree.Items _ ->
                throw cannotUnmarshal(
                        root,
                        "value of type struct { APIVersion string \"json:\\\"apiVersion,omitempty\\\"\";"
                                + " Kind string \"json:\\\"kind,omitempty\\\"\" }");
        };
    }

    /** Whether the apiVersion is malformed. */
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
                        throw cannotUnmarshal(field.value(), "struct field ." + name + " of type string");
                };
            }
        }
        return found;
    }

    private static MalformedDocumentException cannotUnmarshal(Tree tree, String target) {
        return new MalformedDocumentException(
                "couldn't get version/kind; json parse error: json: cannot unmarshal " + GoMessages.kind(tree)
                        + " into Go " + target,
                tree.position());
    }
}
