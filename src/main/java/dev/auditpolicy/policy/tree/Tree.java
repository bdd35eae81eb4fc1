package dev.auditpolicy.policy.tree;

import java.util.List;
import java.util.Optional;

/** A document in JSON's data model; each value has its position in the source text. */
public sealed interface Tree {

    Position position();

    /** A field of an object that is present and not null; the last one if the name is repeated. */
    default Optional<Tree> field(String name) {
        return this instanceof Fields object
                ? object.fields().reversed().stream()
                        .filter(field -> field.name().equals(name))
                        .map(Field::value)
                        .findFirst()
                        .filter(value -> !(value instanceof Null))
                : Optional.empty();
    }

    record Text(String value, Position position) implements Tree {}

    /** A number as a JSON literal. */
    record Numeral(String literal, Position position) implements Tree {}

    record Bool(boolean value, Position position) implements Tree {}

    record Null(Position position) implements Tree {}

    record Items(List<Tree> items, Position position) implements Tree {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** The fields of an object in decoding order; a later field of the same name overrides an earlier one. */
    record Fields(List<Field> fields, Position position) implements Tree {
        public Fields {
            fields = List.copyOf(fields);
        }
    }

    record Field(String name, Tree value, Position position) {}
}
