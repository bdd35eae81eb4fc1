package dev.auditpolicy.policy;

import java.util.List;

/** Something in a document that does not have the shape of a policy. */
sealed interface Finding {

    FieldPath path();

    Tree value();

    /**
     * A field that the type does not have.
     *
     * @param known the fields that it does have
     * @param enclosing the fields of the objects around it, nearest first: where a wrongly indented field may belong
     */
    record UnknownField(FieldPath path, String name, Tree value, List<String> known, List<Owner> enclosing)
            implements Finding {}

    /** An enclosing object and the fields of its type. */
    record Owner(FieldPath path, List<String> fields) {}

    /** A value of another type than the field's. */
    record WrongType(FieldPath path, Tree value, ExpectedType expected) implements Finding {}

    /** A null in a list; Go reads it as the empty value of the element's type. */
    record NullElement(FieldPath path, Tree value) implements Finding {}
}
