package dev.auditpolicy.cli.rollout;

import java.io.PrintWriter;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;

/** Where a rollout that is watched is shown. */
sealed interface Display {

    void show(ClusterView cluster, Instant now);

    /** Something that is not about the rollout, such as an API server that does not answer. */
    void note(String text);

    /** A terminal: one screen, drawn anew. */
    record Screen(PrintWriter out) implements Display {

        /** To the first column of the first line, and clear what is below (ECMA-48). */
        private static final String CLEAR = "\u001b[H\u001b[J";

        @Override
        public void show(ClusterView cluster, Instant now) {
            out.print(CLEAR);
            RolloutText.lines(cluster, now).forEach(out::println);
            out.flush();
        }

        @Override
        public void note(String text) {
            out.println(text);
            out.flush();
        }
    }

    /** A pipe or a file: a line for each change. */
    final class Log implements Display {

        private final PrintWriter out;
        private Set<String> shown = Set.of();

        Log(PrintWriter out) {
            this.out = out;
        }

        @Override
        public void show(ClusterView cluster, Instant now) {
            var lines = RolloutText.changes(cluster);
            lines.stream().filter(line -> !shown.contains(line)).forEach(out::println);
            out.flush();
            shown = new HashSet<>(lines);
        }

        @Override
        public void note(String text) {
            if (!shown.contains(text)) {
                out.println(text);
                out.flush();
                shown = Set.of(text);
            }
        }
    }
}
