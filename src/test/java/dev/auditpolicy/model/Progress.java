package dev.auditpolicy.model;

import java.util.BitSet;
import java.util.Optional;

/** The graph of steps that are no faults: whether from every state they lead to one with nothing left to do. */
final class Progress {

    private final IntList firstEdges = new IntList();
    private final IntList targets = new IntList();
    private final BitSet quiet = new BitSet();

    /** Starts the next state; its edges follow. */
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
        var ending = (BitSet) quiet.clone();
        var changed = true;
        while (changed) {
            changed = false;
            for (var state = firstEdges.size() - 1; state >= 0; state--) {
                if (!ending.get(state) && leadsTo(ending, state)) {
                    ending.set(state);
                    changed = true;
                }
            }
        }
        var stuck = ending.nextClearBit(0);
        return stuck < firstEdges.size() ? Optional.of(stuck) : Optional.empty();
    }

    private boolean leadsTo(BitSet ending, int state) {
        var end = state + 1 < firstEdges.size() ? firstEdges.get(state + 1) : targets.size();
        for (var edge = firstEdges.get(state); edge < end; edge++) {
            if (ending.get(targets.get(edge))) {
                return true;
            }
        }
        return false;
    }
}
