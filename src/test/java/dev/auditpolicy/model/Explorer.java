package dev.auditpolicy.model;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** Visits every reachable state breadth-first, so that the first trace to a broken invariant is a shortest one. */
final class Explorer {

    private final List<Steps> sources;
    private final Invariants invariants = new Invariants();
    private final Quiescence quiescence;

    private final FingerprintIndex visited = new FingerprintIndex();
    private final IntList parents = new IntList();
    private final Progress progress = new Progress();
    private long transitions;

    Explorer(List<Steps> sources, Quiescence quiescence) {
        this.sources = List.copyOf(sources);
        this.quiescence = quiescence;
    }

    /**
     * The result.
     *
     * @param quiet how many states have nothing left to do
     * @param violation the first one, with its shortest trace
     */
    record Result(int states, long transitions, int quiet, Optional<String> violation) {}

    Result explore(ModelState initial) {
        var frontier = new ArrayDeque<ModelState>();
        visited.number(Fingerprint.of(initial));
        parents.add(-1);
        frontier.add(initial);
        var number = 0;
        while (!frontier.isEmpty()) {
            var state = frontier.remove();
            progress.begin(quiescence.isReached(state));
            var violation = expand(initial, state, number++, frontier);
            if (violation.isPresent()) {
                return result(violation);
            }
        }
        var stuck = progress.stuck();
        return result(stuck.map(at -> "no end is reachable after\n" + trace(initial, at)));
    }

    private Optional<String> expand(ModelState initial, ModelState state, int number, Queue<ModelState> frontier) {
        for (var step : steps(state)) {
            transitions++;
            var broken = invariants.broken(state, step);
            if (!broken.isEmpty()) {
                return Optional.of(String.join(", ", broken) + "\n" + trace(initial, number) + "\n" + step);
            }
            var known = visited.size();
            var next = visited.number(Fingerprint.of(step.after()));
            if (next == known) {
                parents.add(number);
                frontier.add(step.after());
            }
            if (!step.fault()) {
                progress.edge(next);
            }
        }
        return Optional.empty();
    }

    private List<Step> steps(ModelState state) {
        var steps = new ArrayList<Step>();
        sources.forEach(source -> source.from(state, steps::add));
        return steps;
    }

    private Result result(Optional<String> violation) {
        return new Result(visited.size(), transitions, progress.quiet(), violation);
    }

    /** The explorer keeps only the numbers of states, so this repeats the steps. */
    private String trace(ModelState initial, int number) {
        var path = new ArrayList<Integer>();
        for (var at = number; at > 0; at = parents.get(at)) {
            path.add(at);
        }
        Collections.reverse(path);
        var lines = new ArrayList<String>();
        var state = initial;
        for (var next : path) {
            var step = steps(state).stream()
                    .filter(candidate -> visited.number(Fingerprint.of(candidate.after())) == next)
                    .findFirst()
                    .orElseThrow();
            lines.add(step.toString());
            state = step.after();
        }
        return String.join("\n", lines);
    }
}
