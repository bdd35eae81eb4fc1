package dev.auditpolicy.cli.replay;

import dev.auditpolicy.event.read.ReadSummary;
import dev.auditpolicy.replay.Top;
import dev.auditpolicy.replay.total.Dimension;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * What makes logs large.
 *
 * @param ruleNames the names of rules for people, such as {@code rules[3] (line 12)}
 * @param limit at most so many rows for each attribute
 */
public record TopReport(ReadSummary read, Top top, UnaryOperator<String> ruleNames, int limit) {

    /** The attributes in the order of the report. */
    static final List<Dimension> DIMENSIONS = List.of(
            Dimension.USER,
            Dimension.USER_AGENT,
            Dimension.REQUEST,
            Dimension.NAMESPACE,
            Dimension.LEVEL,
            Dimension.STAGE,
            Dimension.RULE);

    /** As many rows of time fit on a screen. */
    static final int TIMES = 24;

    String valueName(Dimension dimension, String value) {
        return dimension == Dimension.RULE ? ruleNames.apply(value) : value;
    }
}
