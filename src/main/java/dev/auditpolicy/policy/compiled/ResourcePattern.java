package dev.auditpolicy.policy.compiled;

import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The values that the entries of {@code resources} accept. One of the three components is enough to match.
 *
 * @param whole compared with the whole resource of the request: {@code pods} or {@code pods/log}
 * @param parents from entries such as {@code pods/*}: the resource, with or without a subresource
 * @param subresources from entries such as <code>*&#47;log</code>: the subresource of a request that has one
 */
record ResourcePattern(AcceptedValues whole, AcceptedValues parents, AcceptedValues subresources) {

    static final ResourcePattern EVERYTHING =
            new ResourcePattern(AcceptedValues.EVERYTHING, AcceptedValues.NOTHING, AcceptedValues.NOTHING);
    static final ResourcePattern NOTHING =
            new ResourcePattern(AcceptedValues.NOTHING, AcceptedValues.NOTHING, AcceptedValues.NOTHING);

    static ResourcePattern of(List<String> entries) {
        if (entries.isEmpty() || entries.contains("*")) {
            return EVERYTHING;
        }
        return new ResourcePattern(
                AcceptedValues.only(entries),
                parts(entries, entry -> entry.endsWith("/*"), entry -> entry.substring(0, entry.length() - 2)),
                parts(entries, entry -> entry.startsWith("*/"), entry -> entry.substring(2)));
    }

    private static AcceptedValues parts(List<String> entries, Predicate<String> form, Function<String, String> part) {
        return AcceptedValues.only(entries.stream().filter(form).map(part).collect(Collectors.toSet()));
    }
}
