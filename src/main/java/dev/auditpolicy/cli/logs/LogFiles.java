package dev.auditpolicy.cli.logs;

import dev.auditpolicy.event.read.EventConsumer;
import dev.auditpolicy.event.read.EventLog;
import dev.auditpolicy.event.read.EventReader;
import dev.auditpolicy.event.read.ReadSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ForkJoinPool;
import java.util.function.BinaryOperator;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reads the audit logs that a command is given. */
public final class LogFiles {

    /** What a command says about its logs. */
    public static final String DESCRIPTION = LogFiles.FILES + " Use - for standard input.";

    /** What a command says that reads its logs twice. */
    public static final String FILES =
            "Audit logs, plain or compressed by gzip; a directory stands for each *.log and *.log.gz in it, also rotated"
                    + " ones.";

    private static final Pattern LOG = Pattern.compile(".*\\.log(\\.gz)?");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec;

    @Option(
            names = "--threads",
            paramLabel = "N",
            defaultValue = "0",
            description = "Parse logs in so many threads (default: as many as there are processors, at most 4).")
    private int threads;

    /** What was counted, and what was read. */
    public record Read<T>(T counted, ReadSummary summary) {}

    /**
     * Reads all logs, and prints to standard error which lines are no events.
     *
     * @param names files, directories, or - for standard input
     * @param consumer makes what counts in one thread
     * @param merge adds the second to the first
     * @throws ParameterException if there is nothing to read, or no line is an event
     */
    public <T extends EventConsumer> Read<T> read(List<String> names, Supplier<T> consumer, BinaryOperator<T> merge) {
        List<T> consumers = Stream.generate(consumer).limit(threads()).toList();
        ReadSummary summary = readTo(consumers, names);
        summary.problems().forEach(problem -> spec.commandLine().getErr().println("warning: " + problem));
        long unnamed = summary.unreadable()
                - summary.problems().stream()
                        .filter(problem -> problem.line() > 0)
                        .count();
        if (unnamed > 0) {
            spec.commandLine().getErr().println("warning: " + unnamed + " more lines are no audit events");
        }
        if (summary.events() == 0) {
            throw new ParameterException(
                    spec.commandLine(),
                    "no audit event in " + String.join(", ", names)
                            + ": a log has one event as JSON in each line, as kube-apiserver writes it with"
                            + " --audit-log-format=json");
        }
        return new Read<>(consumers.stream().reduce(merge).orElseThrow(), summary);
    }

    /** Reads logs that were read before, without saying again which lines are no events. */
    public <T extends EventConsumer> T readAgain(List<String> names, Supplier<T> consumer, BinaryOperator<T> merge) {
        List<T> consumers = Stream.generate(consumer).limit(threads()).toList();
        readTo(consumers, names);
        return consumers.stream().reduce(merge).orElseThrow();
    }

    private ReadSummary readTo(List<? extends EventConsumer> consumers, List<String> names) {
        // A file that is named twice, or also by its directory, would be counted twice.
        Map<String, EventLog> logs = new LinkedHashMap<>();
        names.stream().flatMap(this::logs).forEach(log -> logs.putIfAbsent(realPath(log.name()), log));
        return new EventReader(consumers).read(List.copyOf(logs.values()));
    }

    private static String realPath(String name) {
        try {
            return name.equals("-") ? name : Path.of(name).toRealPath().toString();
        } catch (IOException unknown) {
            return name;
        }
    }

    private int threads() {
        if (threads < 0 || threads > 64) {
            throw new ParameterException(spec.commandLine(), "--threads " + threads + ": use 1 to 64");
        }
        // The common pool has one thread less than there are processors.
        return threads > 0 ? threads : Math.min(4, ForkJoinPool.getCommonPoolParallelism() + 1);
    }

    private Stream<EventLog> logs(String name) {
        Path path = Path.of(name);
        if (name.equals("-") || !Files.isDirectory(path)) {
            if (!name.equals("-") && !Files.isReadable(path)) {
                throw new ParameterException(
                        spec.commandLine(),
                        "cannot read " + name + ": " + (Files.exists(path) ? "permission denied" : "no such file"));
            }
            return Stream.of(new LogFile(name));
        }
        try (Stream<Path> files = Files.list(path)) {
            // "audit-2026-01-02T03-04-05.000.log" sorts before "audit.log", so this is the order of time.
            List<EventLog> logs = files.filter(
                            file -> LOG.matcher(file.toString()).matches() && Files.isRegularFile(file))
                    .sorted()
                    .<EventLog>map(file -> new LogFile(file.toString()))
                    .toList();
            if (logs.isEmpty()) {
                throw new ParameterException(
                        spec.commandLine(), "no log in directory " + name + ": no *.log and no *.log.gz");
            }
            return logs.stream();
        } catch (IOException e) {
            throw new ParameterException(spec.commandLine(), "cannot read " + name + ": " + e.getMessage(), e);
        }
    }
}
