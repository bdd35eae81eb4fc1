package dev.auditpolicy.cli.flags;

import dev.auditpolicy.api.v1alpha1.Batch;
import dev.auditpolicy.api.v1alpha1.Truncate;
import dev.auditpolicy.manifest.flags.GoDuration;
import dev.auditpolicy.manifest.flags.GoFloat;
import dev.auditpolicy.manifest.flags.GoInteger;
import dev.auditpolicy.policy.PolicyProblem;
import dev.auditpolicy.policy.Quoted;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Takes the flags of one backend as the values of fields, and collects those with a value that no field can have. */
final class FlagReader {

    private static final BigDecimal MAX_SECONDS = new BigDecimal(Integer.MAX_VALUE);

    private final String backend;
    private final String field;
    private final Map<String, String> remaining;
    private final List<PolicyProblem> problems = new ArrayList<>();

    /**
     * @param backend {@code log} or {@code webhook}
     * @param flags by name without dashes
     */
    FlagReader(String backend, Map<String, String> flags) {
        this.backend = "audit-" + backend + "-";
        this.field = "spec." + backend;
        this.remaining = new TreeMap<>(flags);
    }

    /** Those that nobody has taken. */
    Map<String, String> remaining() {
        return remaining;
    }

    List<PolicyProblem> problems() {
        return List.copyOf(problems);
    }

    void report(PolicyProblem problem) {
        problems.add(problem);
    }

    @Nullable
    Batch batch() {
        Batch batch = new Batch(
                integer("batch-buffer-size"),
                integer("batch-max-size"),
                seconds("batch-max-wait"),
                bool("batch-throttle-enable"),
                take("batch-throttle-qps", FlagReader::decimal),
                integer("batch-throttle-burst"));
        return batch.equals(new Batch(null, null, null, null, null, null)) ? null : batch;
    }

    @Nullable
    Truncate truncate() {
        Truncate truncate = new Truncate(
                bool("truncate-enabled"),
                take("truncate-max-batch-size", FlagReader::whole),
                take("truncate-max-event-size", FlagReader::whole));
        return truncate.equals(new Truncate(null, null, null)) ? null : truncate;
    }

    @Nullable
    Integer integer(String name) {
        return take(name, text -> Math.toIntExact(whole(text)));
    }

    /** Go's {@code strconv.ParseBool}, which pflag uses. */
    @Nullable
    Boolean bool(String name) {
        return take(name, value -> switch (value) {
            case "1", "t", "T", "true", "TRUE", "True" -> true;
            case "0", "f", "F", "false", "FALSE", "False" -> false;
            default -> throw new IllegalArgumentException(value);
        });
    }

    @Nullable
    BigDecimal seconds(String name) {
        return take(name, FlagReader::duration);
    }

    <T> @Nullable T oneOf(String name, T[] values, Function<T, String> flagValue) {
        return take(name, text -> Arrays.stream(values)
                .filter(value -> flagValue.apply(value).equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(text)));
    }

    /** The value of a flag; {@code ""} if it is absent. */
    String text(String name) {
        String value = remaining.remove(backend + name);
        return value == null ? "" : value;
    }

    private <T> @Nullable T take(String name, Function<String, T> reader) {
        String value = remaining.remove(backend + name);
        try {
            return value == null ? null : reader.apply(value);
        } catch (IllegalArgumentException | ArithmeticException _) {
            problems.add(new PolicyProblem(
                    "--" + backend + name,
                    value,
                    value.contains("$")
                            ? "the value " + Quoted.go(value)
                                    + " depends on a variable that the manifest does not contain"
                            : field + " cannot express the value " + Quoted.go(value),
                    "correct the flag, or use --lenient to drop it"));
            return null;
        }
    }

    private static Long whole(String text) {
        return GoInteger.parse(text).orElseThrow(() -> new IllegalArgumentException(text));
    }

    /** The digits of the flag, where they are decimal; those of a float32 have more. */
    private static BigDecimal decimal(String text) {
        Float number = GoFloat.parse(text).orElseThrow(() -> new IllegalArgumentException(text));
        return text.matches("[+-]?0[xX].*") ? new BigDecimal(number) : new BigDecimal(text);
    }

    private static BigDecimal duration(String text) {
        BigDecimal seconds =
                BigDecimal.valueOf(GoDuration.parse(text).toNanos(), 9).stripTrailingZeros();
        if (seconds.abs().compareTo(MAX_SECONDS) > 0) {
            throw new IllegalArgumentException(text);
        }
        return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
    }
}
