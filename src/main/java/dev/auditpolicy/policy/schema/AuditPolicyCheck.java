package dev.auditpolicy.policy.schema;

import static java.util.Objects.requireNonNull;

import dev.auditpolicy.api.v1alpha1.Api;
import dev.auditpolicy.policy.FieldPath;
import dev.auditpolicy.policy.Nearest;
import dev.auditpolicy.policy.PolicyProblem;
import dev.auditpolicy.policy.Quoted;
import dev.auditpolicy.policy.tree.Excerpt;
import dev.auditpolicy.policy.tree.Tree;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds what the API server would reject or drop of an AuditPolicy. */
public final class AuditPolicyCheck {

    private static final String API_VERSION = Api.GROUP + "/" + Api.VERSION;

    private static final List<String> TOP_LEVEL = List.of("apiVersion", "kind", "metadata", "spec", "status");

    /** The fields of {@code ObjectMeta}. */
    private static final List<String> METADATA = List.of(
            "annotations",
            "creationTimestamp",
            "deletionGracePeriodSeconds",
            "deletionTimestamp",
            "finalizers",
            "generateName",
            "generation",
            "labels",
            "managedFields",
            "name",
            "namespace",
            "ownerReferences",
            "resourceVersion",
            "selfLink",
            "uid");

    private final Tree root;
    private final List<PolicyProblem> problems = new ArrayList<>();

    private AuditPolicyCheck(Tree root) {
        this.root = root;
    }

    /**
     * Checks an object whose kind is AuditPolicy, or a misspelling of it. Skips its status, which nobody but the operator
     * writes.
     */
    public static List<PolicyProblem> check(Tree root) {
        AuditPolicyCheck check = new AuditPolicyCheck(root);
        check.type("apiVersion", API_VERSION);
        check.type("kind", "AuditPolicy");
        check.unknownFields(root, FieldPath.ROOT, TOP_LEVEL);
        check.metadata();
        check.spec();
        return List.copyOf(check.problems);
    }

    /** Finds what it would reject of {@code spec.log}. */
    public static List<PolicyProblem> checkLog(Tree log) {
        return checkBackend("log", log);
    }

    /** Finds what it would reject of {@code spec.webhook}. */
    public static List<PolicyProblem> checkWebhook(Tree webhook) {
        return checkBackend("webhook", webhook);
    }

    private static List<PolicyProblem> checkBackend(String field, Tree backend) {
        Schema root = SchemaReader.ofAuditPolicy();
        SchemaCheck check = new SchemaCheck(root);
        check.check(
                requireNonNull(requireNonNull(root.properties().get("spec"))
                        .properties()
                        .get(field)),
                backend,
                FieldPath.ROOT.field("spec").field(field));
        return check.problems();
    }

    private void type(String field, String expected) {
        Tree value = root.field(field).orElse(new Tree.Null(root.position()));
        if (!(value instanceof Tree.Text text && text.value().equals(expected))) {
            report(
                    field,
                    value instanceof Tree.Null
                            ? "Required value"
                            : "Unsupported value: " + Excerpt.of(value) + ": supported values: " + Quoted.go(expected),
                    "write " + field + ": " + expected);
        }
    }

    private void metadata() {
        FieldPath path = FieldPath.ROOT.field("metadata");
        Tree metadata = root.field("metadata").orElse(new Tree.Fields(List.of(), root.position()));
        if (!(metadata instanceof Tree.Fields)) {
            report(path.text(), "expected an object, found " + Excerpt.describe(metadata), "write an object");
            return;
        }
        unknownFields(metadata, path, METADATA);
        if (metadata.field("name").isEmpty()) {
            report("metadata.name", "Required value", "write name: cluster");
        }
        Stream.of("labels", "annotations")
                .forEach(field -> metadata.field(field).ifPresent(values -> strings(values, path.field(field))));
    }

    private void strings(Tree values, FieldPath path) {
        if (!(values instanceof Tree.Fields fields)) {
            report(path.text(), "expected an object, found " + Excerpt.describe(values), "write an object");
            return;
        }
        for (Tree.Field field : fields.fields()) {
            if (!(field.value() instanceof Tree.Text)) {
                report(
                        path.field(field.name()).text(),
                        "expected a string, found " + Excerpt.describe(field.value()),
                        "put it in quotes");
            }
        }
    }

    private void spec() {
        Schema schema = SchemaReader.ofAuditPolicy();
        SchemaCheck check = new SchemaCheck(schema);
        FieldPath path = FieldPath.ROOT.field("spec");
        root.field("spec")
                .ifPresentOrElse(
                        spec -> check.check(requireNonNull(schema.properties().get("spec")), spec, path),
                        () -> report(path.text(), "Required value", "add spec, with policy and log"));
        problems.addAll(check.problems());
        nameRules(schema);
    }

    /** The only rules of the whole object. */
    private void nameRules(Schema schema) {
        Optional<Tree> name = root.field("metadata").flatMap(metadata -> metadata.field("name"));
        for (SchemaRule rule : schema.rules()) {
            if (name.isPresent() && !CelRules.holds(rule, root)) {
                PolicyProblem problem =
                        SchemaAdvice.rule(new FieldPath("metadata.name"), CelRules.message(rule, root), name.get());
                problems.add(problem);
            }
        }
    }

    private void unknownFields(Tree object, FieldPath path, List<String> known) {
        if (object instanceof Tree.Fields fields) {
            for (Tree.Field field : fields.fields()) {
                if (!known.contains(field.name())) {
                    report(
                            path.field(field.name()).text(),
                            "unknown field",
                            Nearest.to(field.name(), known)
                                    .map(nearest -> "did you mean " + Quoted.go(nearest) + "?")
                                    .orElse("remove it; the fields here are " + String.join(", ", known)));
                }
            }
        }
    }

    private void report(String path, String message, String remedy) {
        problems.add(new PolicyProblem(path, "", message, remedy));
    }
}
