package dev.auditpolicy.policy.schema;

import static java.util.Map.entry;

import dev.auditpolicy.policy.tree.Tree;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The CEL rules of our CustomResourceDefinition, restated in Java by their text: a CEL interpreter would need Protocol Buffers
 * and double the start time of the command. A rule that has changed, or that is new, is not found here, and a test fails.
 */
final class CelRules {

    /** All of them mean the same in RE2 and in Java. */
    private static final Pattern MATCHES = Pattern.compile("(!?)self\\.matches\\('([^']*)'\\)");

    private static final BigDecimal MAX_BATCH_SIZE = new BigDecimal(10_485_760);
    private static final BigDecimal MAX_EVENT_SIZE = new BigDecimal(102_400);

    private static final Map<String, Predicate<Tree>> RULES = Map.ofEntries(
            entry("has(self.log) || has(self.webhook)", spec -> has(spec, "log") || has(spec, "webhook")),
            entry("self.metadata.name == 'cluster'", root -> name(root).equals("cluster")),
            entry("!self.contains('/')", group -> !text(group).contains("/")),
            entry(
                    "self == '*' || self.startsWith('/')",
                    url -> text(url).equals("*") || text(url).startsWith("/")),
            entry("self.indexOf('*') in [-1, size(self) - 1]", CelRules::hasOnlyAFinalWildcard),
            entry(
                    "!has(self.resourceNames) || size(self.resourceNames) == 0"
                            + " || (has(self.resources) && size(self.resources) > 0)",
                    resources -> isEmpty(resources, "resourceNames") || !isEmpty(resources, "resources")),
            entry(
                    "!has(self.nonResourceURLs) || size(self.nonResourceURLs) == 0"
                            + " || ((!has(self.resources) || size(self.resources) == 0)"
                            + " && (!has(self.namespaces) || size(self.namespaces) == 0))",
                    rule -> isEmpty(rule, "nonResourceURLs")
                            || (isEmpty(rule, "resources") && isEmpty(rule, "namespaces"))),
            entry(
                    "!has(self.batch) || (has(self.mode) && self.mode == 'batch')",
                    log -> !has(log, "batch") || mode(log).equals(Optional.of("batch"))),
            entry(
                    "!has(self.batch) || !has(self.mode) || self.mode == 'batch'",
                    webhook -> !has(webhook, "batch")
                            || mode(webhook).orElse("batch").equals("batch")),
            entry(
                    "!has(self.mode) || self.mode == 'batch' || (has(self.allowBlocking) && self.allowBlocking)",
                    webhook -> mode(webhook).orElse("batch").equals("batch")
                            || webhook.field("allowBlocking")
                                    .filter(value -> value instanceof Tree.Bool bool && bool.value())
                                    .isPresent()),
            entry(
                    "!has(self.batch) || !has(self.batch.throttleEnable) || !self.batch.throttleEnable"
                            + " || (has(self.batch.throttleQPS) && has(self.batch.throttleBurst))",
                    log -> log.field("batch").stream().allMatch(CelRules::hasThrottleLimits)),
            entry(
                    "(has(self.maxBatchSizeBytes) ? self.maxBatchSizeBytes : 10485760)"
                            + " >= (has(self.maxEventSizeBytes) ? self.maxEventSizeBytes : 102400)",
                    truncate -> number(truncate, "maxBatchSizeBytes", MAX_BATCH_SIZE)
                                    .compareTo(number(truncate, "maxEventSizeBytes", MAX_EVENT_SIZE))
                            >= 0));

    /** The {@code messageExpression} of rules that have one. */
    private static final Map<String, Function<Tree, String>> MESSAGES = Map.of(
            "self.metadata.name == 'cluster'",
            root -> "the only AuditPolicy of a cluster must be named 'cluster', not '" + name(root)
                    + "': rename it, or edit the existing AuditPolicy",
            "!has(self.nonResourceURLs) || size(self.nonResourceURLs) == 0"
                    + " || ((!has(self.resources) || size(self.resources) == 0)"
                    + " && (!has(self.namespaces) || size(self.namespaces) == 0))",
            _ -> "cannot be combined with resources or namespaces in one rule: move nonResourceURLs to a separate rule",
            "!has(self.batch) || (has(self.mode) && self.mode == 'batch')",
            log -> "has no effect unless log.mode is 'batch', and log.mode is "
                    + mode(log).map(mode -> "'" + mode + "'").orElse("absent, which means 'blocking'")
                    + ": set log.mode to batch or remove log.batch",
            "!has(self.batch) || !has(self.mode) || self.mode == 'batch'",
            webhook -> "has no effect unless webhook.mode is 'batch' (the default), and it is '"
                    + mode(webhook).orElse("") + "': remove webhook.mode or webhook.batch",
            "!has(self.mode) || self.mode == 'batch' || (has(self.allowBlocking) && self.allowBlocking)",
            webhook -> "'" + mode(webhook).orElse("")
                    + "' makes every request wait for the webhook, and kube-apiserver cannot start while the webhook is down:"
                    + " remove webhook.mode, or accept that and set webhook.allowBlocking to true");

    private CelRules() {}

    /** Whether this class restates a rule and its message. */
    static boolean isKnown(SchemaRule rule) {
        return predicate(rule.expression()).isPresent()
                && (!rule.message().isEmpty() || MESSAGES.containsKey(rule.expression()));
    }

    /** Whether a value of the right types satisfies a rule. */
    static boolean holds(SchemaRule rule, Tree value) {
        return predicate(rule.expression()).orElseThrow().test(value);
    }

    /** The message for a value that does not. */
    static String message(SchemaRule rule, Tree value) {
        Function<Tree, String> computed = MESSAGES.get(rule.expression());
        return rule.message().isEmpty() && computed != null ? computed.apply(value) : rule.message();
    }

    private static Optional<Predicate<Tree>> predicate(String expression) {
        Matcher matches = MATCHES.matcher(expression);
        if (matches.matches()) {
            Pattern pattern = Pattern.compile(matches.group(2));
            boolean negated = !matches.group(1).isEmpty();
            return Optional.of(value -> pattern.matcher(text(value)).find() != negated);
        }
        return Optional.ofNullable(RULES.get(expression));
    }

    private static boolean hasOnlyAFinalWildcard(Tree url) {
        int star = text(url).indexOf('*');
        return star < 0 || star == text(url).length() - 1;
    }

    private static boolean hasThrottleLimits(Tree batch) {
        boolean enabled = batch.field("throttleEnable")
                .filter(value -> value instanceof Tree.Bool bool && bool.value())
                .isPresent();
        return !enabled || (has(batch, "throttleQPS") && has(batch, "throttleBurst"));
    }

    private static boolean has(Tree object, String field) {
        return object.field(field).isPresent();
    }

    private static boolean isEmpty(Tree object, String field) {
        return object.field(field)
                .filter(value ->
                        value instanceof Tree.Items list && !list.items().isEmpty())
                .isEmpty();
    }

    private static Optional<String> mode(Tree backend) {
        return backend.field("mode").map(CelRules::text);
    }

    private static String name(Tree root) {
        return root.field("metadata")
                .flatMap(metadata -> metadata.field("name"))
                .map(CelRules::text)
                .orElse("");
    }

    private static BigDecimal number(Tree object, String field, BigDecimal defaultValue) {
        return object.field(field)
                .filter(Tree.Numeral.class::isInstance)
                .map(value -> new BigDecimal(((Tree.Numeral) value).literal()))
                .orElse(defaultValue);
    }

    private static String text(Tree value) {
        return value instanceof Tree.Text text ? text.value() : "";
    }
}
