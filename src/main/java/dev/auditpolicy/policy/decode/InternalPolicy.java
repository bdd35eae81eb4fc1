package dev.auditpolicy.policy.decode;

import dev.auditpolicy.policy.FieldPath;
import dev.auditpolicy.policy.tree.Tree;
import java.util.ArrayList;
import java.util.List;

/**
 * Upstream's own type of a policy, for which it takes a document without apiVersion before it refuses it: with Go's
 * names, and the fields of metadata at the top.
 */
public final class InternalPolicy {

    private static final List<String> FIELDS =
            List.of("apiVersion", "kind", "OmitStages", "OmitManagedFields", "Rules");

    private InternalPolicy() {}

    public static List<DecodeFinding> findings(Tree root) {
        List<String> known = new ArrayList<>(FIELDS);
        known.addAll(MetadataDecoder.FIELDS);
        ObjectType type = new ObjectType(new ExpectedType("an object", "Policy", "audit.Policy"), known, List.of());
        ValueDecoder shapes = new ValueDecoder();
        for (Tree.Field field : shapes.fields(root, FieldPath.ROOT, type)) {
            if (!known.contains(field.name())) {
                shapes.unknown(field, FieldPath.ROOT.field(field.name()), type);
            }
        }
        return shapes.findings();
    }
}
