package dev.auditpolicy.policy.decode;

import dev.auditpolicy.policy.FieldPath;
import java.util.ArrayList;
import java.util.List;

/**
 * The type of an object in a document.
 *
 * @param expected what the object is called when there is something else in its place
 * @param fields the names that it may have
 * @param enclosing the objects around it, nearest first: where a wrongly indented field may belong
 */
public record ObjectType(ExpectedType expected, List<String> fields, List<Owner> enclosing) {

    /** An object around another, and the fields of its type. */
    public record Owner(FieldPath path, List<String> fields) {}

    /** What encloses the objects inside of this one. */
    List<Owner> enclosingInside(FieldPath path) {
        List<Owner> owners = new ArrayList<>(enclosing);
        owners.addFirst(new Owner(path, fields));
        return owners;
    }
}
