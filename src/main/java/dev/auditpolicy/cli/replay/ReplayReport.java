package dev.auditpolicy.cli.replay;

import dev.auditpolicy.event.read.ReadSummary;
import dev.auditpolicy.replay.ReplayResult;
import dev.auditpolicy.replay.estimate.MissingRequests;
import dev.auditpolicy.replay.total.Dimension;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a replay found.
 *
 * @param now what the first numbers are about, such as {@code the log} or {@code old.yaml}
 * @param then the name of the new policy
 * @param ruleNames the names of rules for people, such as {@code rules[3] (line 12)}
 * @param missing null without metrics of kube-apiserver
 * @param limit at most so many rows for each attribute
 */
public record ReplayReport(
        String now,
        String then,
        ReadSummary read,
        ReplayResult result,
        UnaryOperator<String> ruleNames,
        @Nullable MissingRequests missing,
        int limit) {

    /** The attributes in the order of the report. */
    static final List<Dimension> DIMENSIONS = List.of(
            Dimension.CHANGE,
            Dimension.LEVEL,
            Dimension.RULE,
            Dimension.VERB,
            Dimension.RESOURCE,
            Dimension.USER,
            Dimension.NAMESPACE);

    String valueName(Dimension dimension, String value) {
        return dimension == Dimension.RULE ? ruleNames.apply(value) : value;
    }
}
