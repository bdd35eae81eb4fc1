package dev.auditpolicy.policy.tree;

import java.util.List;

/** A document in JSON's data model; each value has its position in the source text. */
public sealed interface Tree {

    Position position();

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
