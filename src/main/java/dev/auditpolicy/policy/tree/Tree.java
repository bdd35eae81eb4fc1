package dev.auditpolicy.policy.tree;

import java.util.List;

/** A document of JSON's data model, each value with its place in the text it came from. */
public sealed interface Tree {

    Position position();

    record Text(String value, Position position) implements Tree {}

    /** A number as it would be written in JSON. */
    record Numeral(String literal, Position position) implements Tree {}

    record Bool(boolean value, Position position) implements Tree {}

    record Null(Position position) implements Tree {}

    record Items(List<Tree> items, Position position) implements Tree {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** The fields of an object in the order in which they are decoded; a later one of the same name overrides. */
    record Fields(List<Field> fields, Position position) implements Tree {
        public Fields {
            fields = List.copyOf(fields);
        }
    }

    record Field(String name, Tree value, Position position) {}
}
