package dev.auditpolicy.telemetry;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * A metric family with its samples. An unknown value has no sample, rather than a sample of 0.
 *
 * @param name includes the unit
 */
public record Family(String name, Kind kind, String help, List<Sample> samples) {

    public Family {
        samples = List.copyOf(samples);
    }

    /** The type of the metric. */
    public enum Kind {
        /** A value that can go up and down. */
        GAUGE,
        /** A value that only increases, from 0 at the start of the process. */
        COUNTER
    }

    /** A value and its labels. */
    public record Sample(Map<String, String> labels, double value) {

        public Sample {
            labels = Map.copyOf(labels);
        }
    }

    /** A gauge without labels. */
    public static Family gauge(String name, String help, double value) {
        return new Family(name, Kind.GAUGE, help, List.of(new Sample(Map.of(), value)));
    }

    /** A gauge without labels whose value may be unknown. */
    public static Family gauge(String name, String help, Optional<? extends Number> value) {
        return new Family(
                name, Kind.GAUGE, help, value.map(Family::unlabelled).stream().toList());
    }

    /** A gauge of a time in seconds since the Unix epoch. The time may be unknown. */
    public static Family time(String name, String help, Optional<Instant> time) {
        return gauge(name, help, time.map(Instant::toEpochMilli).map(millis -> millis / 1000.0));
    }

    /** A gauge with the value 1 whose label contains the information, which may be unknown. */
    public static Family info(String name, String help, String label, Optional<String> value) {
        var samples = value.map(text -> new Sample(Map.of(label, text), 1));
        return new Family(name, Kind.GAUGE, help, samples.stream().toList());
    }

    /** A counter without labels. */
    public static Family counter(String name, String help, long value) {
        return new Family(name, Kind.COUNTER, help, List.of(new Sample(Map.of(), (double) value)));
    }

    /** A family with one sample and label value for each value of an enum. */
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

    private static Sample unlabelled(Number value) {
        return new Sample(Map.of(), value.doubleValue());
    }
}
