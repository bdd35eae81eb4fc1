package dev.auditpolicy.event.read;

import dev.auditpolicy.event.AuditEvent;
import dev.auditpolicy.event.EventParser;
import dev.auditpolicy.event.MalformedEventException;
import java.util.ArrayList;
import java.util.List;

/** Parses blocks for one consumer, in one thread. */
final class BlockParser {

    /** As many are reported, each with its line. */
    static final int MAX_FAULTS = 10;

    private final EventConsumer consumer;
    private final EventParser parser = new EventParser();
    private final List<Fault> faults = new ArrayList<>();
    private final List<Lines> lines = new ArrayList<>();
    private long events;
    private long bytes;
    private long unreadable;

    /** A line that is no event, by its place in its block. */
    record Fault(int log, int block, int line, String message) {}

    /** The number of lines in a block. */
    record Lines(int log, int block, int count) {}

    BlockParser(EventConsumer consumer) {
        this.consumer = consumer;
    }

    void parse(Block block) {
        int length = block.length();
        int start = 0;
        int line = 0;
        if (block.startsTooLong()) {
            addFault(block, 0, "the line is longer than 64 MiB");
        }
        while (start < length) {
            start = parseLine(block, start, line) + 1;
            line++;
        }
        lines.add(new Lines(block.log(), block.number(), line));
    }

    /** Returns the offset of the line feed. */
    private int parseLine(Block block, int start, int line) {
        if (block.bytes()[start] == '\n') {
            return start;
        }
        try {
            AuditEvent event = parser.parse(block.bytes(), start);
            events++;
            bytes += event.length();
            consumer.accept(event);
            return event.lineEnd();
        } catch (MalformedEventException e) {
            int lineFeed = LineFeeds.next(block.bytes(), start);
            if (!isBlank(block.bytes(), start, lineFeed)) {
                addFault(block, line, e.at(start));
            }
            return lineFeed;
        }
    }

    private void addFault(Block block, int line, String message) {
        unreadable++;
        if (faults.size() < MAX_FAULTS) {
            faults.add(new Fault(block.log(), block.number(), line, message));
        }
    }

    private static boolean isBlank(byte[] text, int from, int lineFeed) {
        int at = from;
        while (at < lineFeed && text[at] <= ' ' && text[at] >= 0) {
            at++;
        }
        return at == lineFeed;
    }

    long events() {
        return events;
    }

    long bytes() {
        return bytes;
    }

    long unreadable() {
        return unreadable;
    }

    List<Fault> faults() {
        return List.copyOf(faults);
    }

    List<Lines> lines() {
        return List.copyOf(lines);
    }
}
