package dev.auditpolicy.policy.decode;

import dev.auditpolicy.policy.FieldPath;
import java.util.ArrayList;
import java.util.List;

/**
 * The type of an object.
 *
 * @param expected how messages name the type
 * @param fields the fields that it defines
 * @param enclosing the enclosing objects, innermost first: a wrongly indented field may belong to one of them
 */
public record ObjectType(ExpectedType expected, List<String> fields, List<Owner> enclosing) {

    /** An enclosing object and the fields of its type. */
    public record Owner(FieldPath path, List<String> fields) {}

    /** The objects that enclose the children of this one. */
    List<Owner> enclosingChildren(FieldPath path) {
        var owners = new ArrayList<>(enclosing);
        owners.addFirst(new Owner(path, fields));
        return owners;
    }
}
