package dev.auditpolicy.policy.decode;

import dev.auditpolicy.policy.FieldPath;
import dev.auditpolicy.policy.tree.Tree;
import java.util.ArrayList;
import java.util.List;

/**
 * Upstream's internal Policy type. Upstream decodes a document without apiVersion as this type before it rejects the
 * document. Its fields have Go's names, and the fields of metadata are at the top level.
 */
public final class InternalPolicy {

    private static final List<String> FIELDS =
            List.of("apiVersion", "kind", "OmitStages", "OmitManagedFields", "Rules");

    private InternalPolicy() {}

    public static List<DecodeFinding> findings(Tree root) {
        var known = new ArrayList<>(FIELDS);
        known.addAll(MetadataDecoder.FIELDS);
        ObjectType type = new ObjectType(ExpectedType.other("an object", "Policy", "audit.Policy"), known, List.of());
        var decoder = new ValueDecoder();
        for (Tree.Field field : decoder.fields(root, FieldPath.ROOT, type)) {
            if (!known.contains(field.name())) {
                decoder.unknownField(field, FieldPath.ROOT.field(field.name()), type);
            }
        }
        return decoder.findings();
    }
}
