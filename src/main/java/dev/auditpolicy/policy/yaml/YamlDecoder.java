package dev.auditpolicy.policy.yaml;

import dev.auditpolicy.policy.FieldPath;
import dev.auditpolicy.policy.tree.DuplicateKey;
import dev.auditpolicy.policy.tree.Excerpt;
import dev.auditpolicy.policy.tree.MalformedDocumentException;
import dev.auditpolicy.policy.tree.Tree;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Converts a YAML document to JSON's data model like {@code sigs.k8s.io/yaml}: the last of several equal keys wins, a
 * merge key applies at its position, and fields are sorted by name.
 */
final class YamlDecoder {

    private final List<DuplicateKey> duplicates = new ArrayList<>();
    private final Set<YamlNode.Alias> open = new HashSet<>();
    private final AliasBudget budget = new AliasBudget();
    private int aliasDepth;

    /** The repeated keys, inner ones first, in go-yaml's order. */
    List<DuplicateKey> duplicates() {
        return List.copyOf(duplicates);
    }

    /**
     * Decodes a node and its descendants.
     *
     * @throws MalformedDocumentException if the node has no form in JSON
     */
    Tree decode(YamlNode node, FieldPath path) {
        budget.count(aliasDepth > 0, node.position());
        return switch (node) {
            case YamlNode.Scalar scalar -> YamlScalars.resolve(scalar);
            case YamlNode.Alias alias -> follow(alias, path);
            case YamlNode.Sequence sequence -> {
                var items = new ArrayList<Tree>();
                for (YamlNode item : sequence.items()) {
                    items.add(decode(item, path.index(items.size())));
                }
                yield new Tree.Items(items, sequence.position());
            }
            case YamlNode.Mapping mapping -> {
                var fields = new LinkedHashMap<String, Tree.Field>();
                collect(mapping, path, fields);
                yield new Tree.Fields(List.copyOf(new TreeMap<>(fields).values()), mapping.position());
            }
        };
    }

    private Tree follow(YamlNode.Alias alias, FieldPath path) {
        Tree tree = decode(enter(alias), path);
        leave(alias);
        return tree;
    }

    private YamlNode enter(YamlNode.Alias alias) {
        YamlNode node = alias.anchor().node();
        if (node == null || !open.add(alias)) {
            throw new MalformedDocumentException(
                    "yaml: anchor '" + alias.anchor().name() + "' value contains itself", alias.position());
        }
        aliasDepth++;
        return node;
    }

    private void leave(YamlNode.Alias alias) {
        aliasDepth--;
        open.remove(alias);
    }

    private void collect(YamlNode.Mapping mapping, FieldPath path, Map<String, Tree.Field> fields) {
        for (YamlNode.Pair pair : mapping.pairs()) {
            if (pair.key() instanceof YamlNode.Scalar scalar && scalar.isMergeKey()) {
                merge(pair.value(), path, fields);
                continue;
            }
            String name = key(decode(pair.key(), path));
            Tree value = decode(pair.value(), path.field(name));
            var field = new Tree.Field(name, value, pair.key().position());
            if (fields.put(name, field) != null) {
                duplicates.add(new DuplicateKey(
                        path.field(name),
                        name,
                        pair.key().position(),
                        pair.value().position()));
            }
        }
    }

    private void merge(YamlNode node, FieldPath path, Map<String, Tree.Field> fields) {
        switch (node) {
            case YamlNode.Sequence sequence -> {
                for (YamlNode item : sequence.items().reversed()) {
                    mergeMapping(item, path, fields);
                }
            }
            case YamlNode.Mapping _, YamlNode.Alias _, YamlNode.Scalar _ -> mergeMapping(node, path, fields);
        }
    }

    private void mergeMapping(YamlNode node, FieldPath path, Map<String, Tree.Field> fields) {
        budget.count(aliasDepth > 0, node.position());
        switch (node) {
            case YamlNode.Mapping mapping -> collect(mapping, path, fields);
            case YamlNode.Alias alias
            when alias.anchor().node() instanceof YamlNode.Mapping mapping -> {
                enter(alias);
                collect(mapping, path, fields);
                leave(alias);
            }
            case YamlNode.Alias _, YamlNode.Sequence _, YamlNode.Scalar _ ->
                throw new MalformedDocumentException(
                        "yaml: map merge requires map or sequence of maps as the value", node.position());
        }
    }

    private static String key(Tree key) {
        return switch (key) {
            case Tree.Text text -> text.value();
            case Tree.Numeral number -> number.literal();
            case Tree.Bool bool -> String.valueOf(bool.value());
            case Tree.Null _ ->
                throw new MalformedDocumentException("unsupported map key of type: null", key.position());
            case Tree.Items _, Tree.Fields _ ->
                throw new MalformedDocumentException("yaml: invalid map key: " + Excerpt.of(key), key.position());
        };
    }
}
