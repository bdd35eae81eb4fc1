package dev.auditpolicy.event.read;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One thread for each parser. They take filled blocks and give them back, until they see the last one. */
final class Workers {

    private final List<BlockParser> parsers;
    private final BlockingQueue<Block> free;
    private final BlockingQueue<Block> filled;
    private final Block end;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();

    Workers(List<BlockParser> parsers, BlockingQueue<Block> free, BlockingQueue<Block> filled, Block end) {
        this.parsers = parsers;
        this.free = free;
        this.filled = filled;
        this.end = end;
    }

    void start() {
        for (BlockParser parser : parsers) {
            threads.add(Thread.ofPlatform().name("events-" + threads.size()).start(() -> work(parser)));
        }
    }

    private void work(BlockParser parser) {
        Block block = take(filled);
        while (block != end) {
            try {
                if (failure.get() == null) {
                    parser.parse(block);
                }
            } catch (RuntimeException e) {
                failure.compareAndSet(null, e);
            }
            put(free, block);
            block = take(filled);
        }
        // For the next one.
        put(filled, end);
    }

    void join() {
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                throw interrupted(e);
            }
        }
        RuntimeException thrown = failure.get();
        if (thrown != null) {
            throw thrown;
        }
    }

    static Block take(BlockingQueue<Block> queue) {
        try {
            return queue.take();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    static void put(BlockingQueue<Block> queue, Block block) {
        try {
            queue.put(block);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted while reading events", e);
    }
}
