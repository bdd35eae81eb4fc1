package dev.auditpolicy.cli.apiserver;

import dev.auditpolicy.policy.tree.Tree;
import java.util.Optional;
import java.util.stream.Stream;

/** Typed access to fields. A value of another type counts as absent. */
final class Trees {

    private Trees() {}

    static Stream<Tree> items(Tree object, String field) {
        return object.field(field).stream()
                .flatMap(value -> value instanceof Tree.Items list ? list.items().stream() : Stream.empty());
    }

    static Optional<String> text(Tree object, String field) {
        return object.field(field).filter(Tree.Text.class::isInstance).map(value -> ((Tree.Text) value).value());
    }
}
