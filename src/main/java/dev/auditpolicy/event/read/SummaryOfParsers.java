package dev.auditpolicy.event.read;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Adds up what the parsers of several threads read. */
record SummaryOfParsers(List<? extends EventLog> logs, List<BlockParser> parsers, List<ReadSummary.Problem> failures) {

    ReadSummary summary() {
        var faults = parsers.stream()
                .flatMap(parser -> parser.faults().stream())
                .sorted(Comparator.comparingInt(BlockParser.Fault::log)
                        .thenComparingInt(BlockParser.Fault::block)
                        .thenComparingInt(BlockParser.Fault::line))
                .limit(BlockParser.MAX_FAULTS)
                .map(this::problem);
        return new ReadSummary(
                parsers.stream().mapToLong(BlockParser::events).sum(),
                parsers.stream().mapToLong(BlockParser::bytes).sum(),
                parsers.stream().mapToLong(BlockParser::unreadable).sum(),
                Stream.concat(failures.stream(), faults).toList());
    }

    private ReadSummary.Problem problem(BlockParser.Fault fault) {
        long before = parsers.stream()
                .flatMap(parser -> parser.lines().stream())
                .filter(lines -> lines.log() == fault.log() && lines.block() < fault.block())
                .mapToLong(BlockParser.Lines::count)
                .sum();
        return new ReadSummary.Problem(logs.get(fault.log()).name(), before + fault.line() + 1, fault.message());
    }
}
