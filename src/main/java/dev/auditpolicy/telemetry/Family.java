package dev.auditpolicy.telemetry;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * One metric with all its samples. It may have none: what is not known is not told, rather than told as 0.
 *
 * @param name as in Prometheus, with the unit in it
 */
public record Family(String name, Kind kind, String help, List<Sample> samples) {

    public Family {
        requireNonNull(name, "name is null");
        requireNonNull(kind, "kind is null");
        requireNonNull(help, "help is null");
        samples = List.copyOf(samples);
    }

    /** What the value may do. */
    public enum Kind {
        /** Go up and down. */
        GAUGE,
        /** Go up only, from 0 at each start of the process. */
        COUNTER
    }

    /** One value and the labels that tell it from the others of its family. */
    public record Sample(Map<String, String> labels, double value) {

        public Sample {
            labels = Map.copyOf(labels);
        }
    }

    /** A gauge without labels. */
    public static Family gauge(String name, String help, double value) {
        return new Family(name, Kind.GAUGE, help, List.of(new Sample(Map.of(), value)));
    }

    /** A gauge without labels that may not be known. */
    public static Family gauge(String name, String help, Optional<? extends Number> value) {
        return new Family(
                name, Kind.GAUGE, help, value.map(Family::alone).stream().toList());
    }

    /** A gauge in seconds since 1970 of a time that may not be known. */
    public static Family time(String name, String help, Optional<Instant> time) {
        return gauge(name, help, time.map(Instant::toEpochMilli).map(millis -> millis / 1000.0));
    }

    /** A gauge that is 1 and tells by its one label, or nothing where that is not known. */
    public static Family info(String name, String help, String label, Optional<String> value) {
        var samples = value.map(text -> new Sample(Map.of(label, text), 1));
        return new Family(name, Kind.GAUGE, help, samples.stream().toList());
    }

    /** A counter without labels. */
    public static Family counter(String name, String help, long value) {
        return new Family(name, Kind.COUNTER, help, List.of(new Sample(Map.of(), (double) value)));
    }

    /** A family with one sample for each value of an enum, by a label that says which. */
    public static <E extends Enum<E>> Family byValue(
            String name, Kind kind, String help, String label, E[] values, ToDoubleFunction<E> sample) {
        return new Family(
                name,
                kind,
                help,
                Arrays.stream(values)
                        .map(value -> new Sample(Map.of(label, ValueName.of(value)), sample.applyAsDouble(value)))
                        .toList());
    }

    private static Sample alone(Number value) {
        return new Sample(Map.of(), value.doubleValue());
    }
}
