package dev.auditpolicy.policy.decode;

import dev.auditpolicy.policy.FieldPath;
import dev.auditpolicy.policy.tree.Position;
import dev.auditpolicy.policy.tree.Tree;

/** Something in a document that does not have the shape of a policy, or not only that. */
public sealed interface DecodeFinding {

    FieldPath path();

    Tree value();

    /** Where it stands in the text. */
    Position position();

    /**
     * A field that the type does not have.
     *
     * @param type the type of the object that has it
     */
    record UnknownField(FieldPath path, Tree.Field field, ObjectType type) implements DecodeFinding {
        @Override
        public Tree value() {
            return field.value();
        }

        @Override
        public Position position() {
            return field.position();
        }
    }

    /** A field that an object has more than once; only JSON's reader leaves it for the decoder to see. */
    record DuplicateField(FieldPath path, Tree.Field field) implements DecodeFinding {
        @Override
        public Tree value() {
            return field.value();
        }

        @Override
        public Position position() {
            return field.position();
        }
    }

    /** A value of another type than the field's. */
    record WrongType(FieldPath path, Tree value, ExpectedType expected) implements DecodeFinding {
        @Override
        public Position position() {
            return value.position();
        }
    }

    /** A null in a list; Go reads it as the empty value of the element's type. */
    record NullElement(FieldPath path, Tree value) implements DecodeFinding {
        @Override
        public Position position() {
            return value.position();
        }
    }
}
