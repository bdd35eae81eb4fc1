package dev.auditpolicy.policy.decode;

import dev.auditpolicy.policy.FieldPath;
import dev.auditpolicy.policy.tree.Position;
import dev.auditpolicy.policy.tree.Tree;

/** A field or value of a document that does not match the schema of a policy. */
public sealed interface DecodeFinding {

    FieldPath path();

    Tree value();

    /** The position in the source text. */
    Position position();

    /**
     * A field that its type does not define.
     *
     * @param type the type of the object that contains it
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

    /** A repeated field of a JSON object; the YAML parser reports repeated keys itself. */
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

    /** A value whose type is not that of its field. */
    record WrongType(FieldPath path, Tree value, ExpectedType expected) implements DecodeFinding {
        @Override
        public Position position() {
            return value.position();
        }
    }

    /** A null in a list; Go decodes it as the zero value of the element's type. */
    record NullElement(FieldPath path, Tree value) implements DecodeFinding {
        @Override
        public Position position() {
            return value.position();
        }
    }
}
