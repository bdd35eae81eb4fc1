package dev.auditpolicy.cli;

import dev.auditpolicy.cli.flags.FieldFlags;
import dev.auditpolicy.policy.PolicyProblem;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;

/** What the schema says about the fields of a backend, as problems of the flags that they come from. */
final class FlagProblems {

    private FlagProblems() {}

    /**
     * The problems of those fields that a flag was converted to.
     *
     * @param remedy of a flag, by the flag and the remedy of its field
     */
    static List<PolicyProblem> of(
            List<PolicyProblem> ofFields, Map<String, String> flags, BinaryOperator<String> remedy) {
        return ofFields.stream()
                .flatMap(problem -> FieldFlags.of(problem.path()).stream()
                        .filter(flags::containsKey)
                        .map(flag -> new PolicyProblem(
                                "--" + flag,
                                flags.getOrDefault(flag, ""),
                                problem.message(),
                                remedy.apply(flag, problem.remedy()))))
                .distinct()
                .toList();
    }

    /** The remedy of a field, and the option that drops its flag. */
    static String orDrop(String remedy) {
        return remedy + ", or use --lenient to drop the flag";
    }
}
