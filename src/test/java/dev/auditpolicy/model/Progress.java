package dev.auditpolicy.model;

import java.util.BitSet;
import java.util.Optional;

/** The steps that are no faults, to see whether from every state they lead to one in which nothing is left to do. */
final class Progress {

    private final IntList firstEdges = new IntList();
    private final IntList targets = new IntList();
    private final BitSet quiet = new BitSet();

    /** The next state's edges follow. */
    void begin(boolean isQuiet) {
        quiet.set(firstEdges.size(), isQuiet);
        firstEdges.add(targets.size());
    }

    void edge(int target) {
        targets.add(target);
    }

    int quiet() {
        return quiet.cardinality();
    }

    /** The first state from which no quiet one is reached. */
    Optional<Integer> stuck() {
        var good = (BitSet) quiet.clone();
        var changed = true;
        while (changed) {
            changed = false;
            for (var state = firstEdges.size() - 1; state >= 0; state--) {
                if (!good.get(state) && leadsTo(good, state)) {
                    good.set(state);
                    changed = true;
                }
            }
        }
        var stuck = good.nextClearBit(0);
        return stuck < firstEdges.size() ? Optional.of(stuck) : Optional.empty();
    }

    private boolean leadsTo(BitSet good, int state) {
        var end = state + 1 < firstEdges.size() ? firstEdges.get(state + 1) : targets.size();
        for (var edge = firstEdges.get(state); edge < end; edge++) {
            if (good.get(targets.get(edge))) {
                return true;
            }
        }
        return false;
    }
}
