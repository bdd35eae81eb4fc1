package dev.auditpolicy.event.read;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Reads logs in one pass, in memory that does not depend on their size. The calling thread reads blocks; each consumer takes
 * events in a thread of its own, or in the calling thread if there is only one.
 */
public final class EventReader {

    private static final int BLOCKS_PER_CONSUMER = 3;

    private final List<BlockParser> parsers;
    private final int maxLine;
    private final List<ReadSummary.Problem> failures = new ArrayList<>();

    /** A reader for one or more consumers; each event goes to one of them. */
    public EventReader(List<? extends EventConsumer> consumers) {
        this(consumers, Block.MAX_CAPACITY);
    }

    /**
     * A reader that skips long lines.
     *
     * @param maxLine in bytes, a power of two of at least a megabyte
     */
    public EventReader(List<? extends EventConsumer> consumers, int maxLine) {
        this.maxLine = maxLine;
        parsers = consumers.stream().map(BlockParser::new).toList();
    }

    /** Reads all logs. One that cannot be read, or only in part, is a problem of the summary. */
    public ReadSummary read(List<? extends EventLog> logs) {
        if (parsers.size() == 1) {
            var block = new Block(maxLine);
            feed(logs, () -> block, parsers.getFirst()::parse);
        } else {
            readInParallel(logs);
        }
        return new SummaryOfParsers(logs, parsers, failures).summary();
    }

    private void readInParallel(List<? extends EventLog> logs) {
        int count = parsers.size() * BLOCKS_PER_CONSUMER;
        BlockingQueue<Block> free = new ArrayBlockingQueue<>(count);
        BlockingQueue<Block> filled = new ArrayBlockingQueue<>(count);
        for (int index = 0; index < count; index++) {
            free.add(new Block(maxLine));
        }
        var end = new Block(maxLine);
        var workers = new Workers(parsers, free, filled, end);
        workers.start();
        try {
            feed(logs, () -> Workers.take(free), block -> Workers.put(filled, block));
        } finally {
            Workers.put(filled, end);
            workers.join();
        }
    }

    private interface BlockSource {
        Block next();
    }

    private interface BlockSink {
        void accept(Block block);
    }

    private void feed(List<? extends EventLog> logs, BlockSource source, BlockSink sink) {
        Block block = source.next();
        for (int index = 0; index < logs.size(); index++) {
            EventLog log = logs.get(index);
            try (InputStream input = log.open()) {
                var reader = new BlockReader(input, index);
                while (reader.read(block)) {
                    sink.accept(block);
                    block = source.next();
                }
                reader.failure().ifPresent(e -> addFailure(log, "cannot read on", e));
            } catch (IOException e) {
                addFailure(log, "cannot read", e);
            }
        }
    }

    private void addFailure(EventLog log, String what, IOException e) {
        failures.add(new ReadSummary.Problem(log.name(), 0, what + ": " + e.getMessage()));
    }
}
