package dev.auditpolicy.cli.tune;

import dev.auditpolicy.api.v1alpha1.Policy;
import dev.auditpolicy.api.v1alpha1.Stage;
import dev.auditpolicy.policy.Names;
import dev.auditpolicy.policy.read.PolicyText;
import dev.auditpolicy.policy.tree.Position;
import dev.auditpolicy.replay.tune.TunedPolicy;
import dev.auditpolicy.replay.tune.candidate.Candidate;
import dev.auditpolicy.replay.tune.candidate.Step;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/**
 * Puts changes into the text of a policy, and leaves the rest as it is, with its comments. It changes lines, so the text must
 * have each rule on lines of its own; the caller reads the result to see whether it says what it should.
 */
public final class PolicySplice {

    private final EditedLines lines;
    private final PolicyText text;
    private final String prefix;
    private final IntFunction<String> rulePaths;
    private final Function<Candidate, List<String>> comments;

    private PolicySplice(
            String content,
            PolicyText text,
            IntFunction<String> rulePaths,
            Function<Candidate, List<String>> comments) {
        this.rulePaths = rulePaths;
        lines = new EditedLines(content);
        this.text = text;
        prefix = text.isAuditPolicy() ? "spec.policy." : "";
        this.comments = comments;
    }

    /**
     * The changed text; empty if the lines are not as expected.
     *
     * @param rulePaths where each rule of the policy is in the text, such as {@code spec.policy.rules[3]}
     */
    public static Optional<String> of(byte[] content, TuneReport report, IntFunction<String> rulePaths) {
        var splice = new PolicySplice(
                new String(content, StandardCharsets.UTF_8),
                PolicyText.of(content),
                rulePaths,
                new ChangeComments(report)::of);
        return splice.apply(report) ? Optional.of(splice.lines.joined()) : Optional.empty();
    }

    /** Such as {@code [RequestReceived]}. */
    static String stages(List<Stage> stages) {
        return stages.stream().map(Names::of).collect(Collectors.joining(", ", "[", "]"));
    }

    private boolean apply(TuneReport report) {
        TunedPolicy tuned = report.proposal().tuned();
        return tuned.rules().stream().allMatch(this::applyRule)
                && report.proposal().changes().stream()
                        .map(change -> change.candidate())
                        .filter(candidate -> !candidate.isRule())
                        .allMatch(candidate -> applyField(candidate, tuned.policy()));
    }

    private boolean applyRule(TunedPolicy.Rule rule) {
        if (rule.change().isEmpty()) {
            return true;
        }
        Candidate candidate = rule.change().get();
        Position position = text.position(rulePaths.apply(rule.base()));
        String line = lines.at(position);
        int column = position.column() - 1;
        if (column < 2 || column > line.length() || !line.substring(0, column).matches(" *- +")) {
            return false;
        }
        String indent = line.substring(0, line.indexOf('-'));
        var added = new ArrayList<String>();
        comments.apply(candidate).forEach(comment -> added.add(indent + comment));
        if (rule.replaces()) {
            lines.insert(position.line() - 1, added);
            return replaceLevel(rule.base(), candidate);
        }
        RuleLines.of(candidate.requiredRule()).forEach(written -> added.add(indent + written));
        lines.insert(lines.aboveComments(position.line() - 1), added);
        return true;
    }

    private boolean replaceLevel(int rule, Candidate candidate) {
        Position position = text.position(rulePaths.apply(rule) + ".level");
        String line = lines.at(position);
        int column = position.column() - 1;
        if (column < 0 || column > line.length()) {
            return false;
        }
        lines.set(
                position.line() - 1,
                line.substring(0, column)
                        + line.substring(column)
                                .replaceFirst(
                                        "^level: *[\"']?[A-Za-z]+[\"']?",
                                        "level: "
                                                + Names.of(
                                                        candidate.requiredRule().level())));
        return true;
    }

    private boolean applyField(Candidate candidate, Policy tuned) {
        String name = candidate.step() == Step.ARRIVALS ? "omitStages" : "omitManagedFields";
        String value = candidate.step() == Step.ARRIVALS ? stages(tuned.omitStages()) : "true";
        Position rules = text.position(prefix + "rules");
        if (!lines.at(rules).matches(" *rules: *(#.*)?")) {
            return false;
        }
        String indent = " ".repeat(rules.column() - 1);
        Position field = text.position(prefix + name);
        if (lines.at(field).startsWith(indent + name + ":")) {
            return lines.at(field).matches(indent + name + ": *(#.*)?")
                    ? addStage(field.line() - 1, candidate, indent)
                    : replaceValue(field.line() - 1, indent + name + ": " + value, candidate, indent);
        }
        var added = new ArrayList<String>();
        comments.apply(candidate).forEach(comment -> added.add(indent + comment));
        added.add(indent + name + ": " + value);
        lines.insert(lines.aboveComments(rules.line() - 1), added);
        return true;
    }

    /** To a list with each value on a line of its own. */
    private boolean addStage(int index, Candidate candidate, String indent) {
        String item = index + 1 < lines.size() ? lines.get(index + 1) : "";
        if (candidate.step() != Step.ARRIVALS || !item.matches(" *- .*")) {
            return false;
        }
        int end = index + 1;
        while (end < lines.size() && lines.get(end).matches(" *- .*")) {
            end++;
        }
        lines.insert(
                index,
                comments.apply(candidate).stream()
                        .map(comment -> indent + comment)
                        .toList());
        lines.insert(end, List.of(item.substring(0, item.indexOf('-')) + "- " + Names.of(Stage.REQUEST_RECEIVED)));
        return true;
    }

    private boolean replaceValue(int index, String written, Candidate candidate, String indent) {
        String line = lines.get(index);
        if (!line.matches(" *[A-Za-z]+: *([\"\\w]+|\\[[^]#]*]) *(#.*)?")) {
            return false;
        }
        lines.insert(
                index,
                comments.apply(candidate).stream()
                        .map(comment -> indent + comment)
                        .toList());
        int comment = line.indexOf('#');
        lines.set(index, comment < 0 ? written : written + "  " + line.substring(comment));
        return true;
    }
}
