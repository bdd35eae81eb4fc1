package dev.auditpolicy.agent.plan;

import java.util.List;

/** Lists of differences as messages. */
public final class Differences {

    private static final int SHOWN = 2;

    private Differences() {}

    /** The first two, and how many there are. */
    public static String summary(List<String> differences) {
        return differences.size() <= SHOWN
                ? all(differences)
                : differences.size() + " differences, the first two: " + all(differences.subList(0, SHOWN));
    }

    public static String all(List<String> differences) {
        return String.join("; ", differences);
    }
}
