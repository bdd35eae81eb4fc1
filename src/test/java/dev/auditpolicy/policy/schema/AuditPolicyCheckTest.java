package dev.auditpolicy.policy.schema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.auditpolicy.policy.FieldPath;
import dev.auditpolicy.policy.PolicyProblem;
import dev.auditpolicy.policy.tree.Position;
import dev.auditpolicy.policy.tree.Tree;
import dev.auditpolicy.policy.yaml.Document;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Compares with what a real API server said to the samples, and damages each field of the schema in every way. */
final class AuditPolicyCheckTest {

    private static final Path SAMPLES = Path.of("src", "test", "resources", "schema");
    private static final String MESSAGE = "# message: ";

    static Stream<Path> invalidFiles() throws IOException {
        return samples("invalid-");
    }

    static Stream<Path> validFiles() throws IOException {
        return samples("valid-");
    }

    /** {@code AuditPolicySchemaIT} holds the same lines against a real API server. */
    @ParameterizedTest
    @MethodSource("invalidFiles")
    void reportsTheFieldsThatTheApiServerReports(Path file) throws IOException {
        List<String> paths = Files.readAllLines(file).stream()
                .filter(line -> line.startsWith(MESSAGE))
                .map(line -> line.substring(MESSAGE.length()).replaceFirst(": .*", ""))
                .filter(path -> path.startsWith("spec"))
                .toList();

        assertThat(paths(document(file).root())).isNotEmpty().containsAll(paths);
    }

    @ParameterizedTest
    @MethodSource("validFiles")
    void acceptsWhatTheApiServerAccepts(Path file) throws IOException {
        assertThat(AuditPolicyCheck.check(document(file).root())).isEmpty();
    }

    /** A rule that changes, or a new one, must be restated in Java. */
    @Test
    void knowsEveryRuleOfTheSchema() {
        assertThat(rules(SchemaReader.ofAuditPolicy())).hasSizeGreaterThan(10).allMatch(CelRules::isKnown);
    }

    @Test
    void findsEveryMisspeltField() throws IOException {
        assertFound(
                path -> false,
                (path, field) -> new Tree.Field(field.name() + "x", field.value(), field.position()),
                "x");
    }

    @Test
    void findsEveryWrongType() throws IOException {
        assertFound(path -> false, (path, field) -> with(field, wrong(field.value())), "");
    }

    @Test
    void findsEveryValueBeyondItsLimits() throws IOException {
        Schema root = SchemaReader.ofAuditPolicy();
        assertFound(
                path -> beyond(schema(root, path)) == null,
                (path, field) -> with(field, beyond(schema(root, path))),
                "");
    }

    private interface Damage {
        Tree.Field apply(String path, Tree.Field field);
    }

    private interface Exempt {
        boolean test(String path);
    }

    /** Damages one field of a valid object after the other. */
    private static void assertFound(Exempt exempt, Damage damage, String suffix) throws IOException {
        Tree root = document(SAMPLES.resolve("valid-every-field.yaml")).root();
        List<String> fields = fields(root, "").stream()
                .filter(path -> path.startsWith("spec") && !exempt.test(path))
                .toList();
        assertThat(fields).hasSizeGreaterThan(10);
        for (String path : fields) {
            Tree damaged = replace(root, "", path, field -> damage.apply(path, field));
            assertThat(paths(damaged)).as(path).anyMatch(found -> found.equals(path + suffix));
        }
    }

    private static Tree replace(Tree tree, String at, String path, UnaryOperator<Tree.Field> damage) {
        return switch (tree) {
            case Tree.Fields object ->
                new Tree.Fields(
                        object.fields().stream()
                                .map(field -> {
                                    String here = (at.isEmpty() ? "" : at + ".") + field.name();
                                    return here.equals(path)
                                            ? damage.apply(field)
                                            : with(field, replace(field.value(), here, path, damage));
                                })
                                .toList(),
                        object.position());
            case Tree.Items list -> {
                List<Tree> items = new ArrayList<>();
                for (Tree item : list.items()) {
                    items.add(replace(item, at + "[" + items.size() + "]", path, damage));
                }
                yield new Tree.Items(items, list.position());
            }
            case Tree.Text _, Tree.Numeral _, Tree.Bool _, Tree.Null _ -> tree;
        };
    }

    private static List<String> fields(Tree tree, String at) {
        List<String> fields = new ArrayList<>();
        switch (tree) {
            case Tree.Fields object ->
                object.fields().forEach(field -> {
                    String here = (at.isEmpty() ? "" : at + ".") + field.name();
                    fields.add(here);
                    fields.addAll(fields(field.value(), here));
                });
            case Tree.Items list -> {
                for (int index = 0; index < list.items().size(); index++) {
                    fields.addAll(fields(list.items().get(index), at + "[" + index + "]"));
                }
            }
            case Tree.Text _, Tree.Numeral _, Tree.Bool _, Tree.Null _ -> {}
        }
        return fields;
    }

    private static Tree wrong(Tree value) {
        return value instanceof Tree.Text
                ? new Tree.Numeral("3", Position.UNKNOWN)
                : new Tree.Text("yes", Position.UNKNOWN);
    }

    private static @Nullable Tree beyond(Schema schema) {
        if (schema.limits().maximum().isPresent()) {
            BigDecimal tooLarge = schema.limits().maximum().get().add(BigDecimal.ONE);
            return new Tree.Numeral(tooLarge.toPlainString(), Position.UNKNOWN);
        }
        if (schema.type() == Schema.Type.STRING
                && (schema.limits().maxSize().isPresent() || !schema.choices().isEmpty())) {
            return new Tree.Text("a".repeat(2000), Position.UNKNOWN);
        }
        return schema.limits().maxSize().isPresent()
                ? new Tree.Items(Collections.nCopies(600, text()), Position.UNKNOWN)
                : null;
    }

    private static Tree text() {
        return new Tree.Text("*", Position.UNKNOWN);
    }

    private static Schema schema(Schema root, String path) {
        Schema schema = root;
        for (String step : new FieldPath(path).steps()) {
            schema = step.startsWith("[")
                    ? schema.items().orElseThrow()
                    : schema.properties().get(step);
        }
        return schema;
    }

    private static Stream<SchemaRule> rules(Schema schema) {
        return Stream.of(
                        schema.rules().stream(),
                        schema.items().stream().flatMap(AuditPolicyCheckTest::rules),
                        schema.properties().values().stream().flatMap(AuditPolicyCheckTest::rules))
                .flatMap(rules -> rules);
    }

    private static Tree.Field with(Tree.Field field, Tree value) {
        return new Tree.Field(field.name(), value, field.position());
    }

    private static List<String> paths(Tree root) {
        return AuditPolicyCheck.check(root).stream().map(PolicyProblem::path).toList();
    }

    private static Document document(Path file) throws IOException {
        return Document.read(Files.readAllBytes(file));
    }

    private static Stream<Path> samples(String prefix) throws IOException {
        try (Stream<Path> files = Files.list(SAMPLES)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix)).sorted().toList().stream();
        }
    }
}
