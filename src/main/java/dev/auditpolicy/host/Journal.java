package dev.auditpolicy.host;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the agent must remember over a restart of itself or of its node.
 *
 * @param version of this format
 * @param usedTurns ids of the turns that were begun here, oldest first; none is begun again, also when a restored etcd
 *     shows it again
 * @param open the turn that is begun and not reported yet
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Journal(int version, List<String> usedTurns, OpenTurn open) {

    private static final int VERSION = 1;

    /** More than a node sees between two backups of etcd, and small enough to read at every start. */
    private static final int REMEMBERED_TURNS = 1000;

    public Journal {
        if (version != VERSION) {
            throw new IllegalArgumentException("journal version " + version + " is not " + VERSION
                    + ": it was written by another release of the agent; run that release to end what it began");
        }
        usedTurns = usedTurns == null ? List.of() : List.copyOf(usedTurns);
    }

    /** The journal of a node where no turn was begun. */
    public static Journal empty() {
        return new Journal(VERSION, List.of(), null);
    }

    /**
     * A turn that is under way, with all that it needs: what is wanted later does not change it.
     *
     * @param beganAt RFC 3339
     */
    public record OpenTurn(Turn turn, AuditNodeSpec spec, String beganAt) {

        public OpenTurn {
            requireNonNull(turn, "turn is null");
            requireNonNull(spec, "spec is null");
            requireNonNull(beganAt, "beganAt is null");
        }
    }

    /** The turn that is under way. */
    public Optional<OpenTurn> openTurn() {
        return Optional.ofNullable(open);
    }

    /** Whether {@code turnId} was begun here before. */
    public boolean hasUsed(String turnId) {
        return usedTurns.contains(turnId);
    }

    /** This journal with {@code turn} begun. */
    public Journal begin(OpenTurn turn) {
        var used = new ArrayList<>(usedTurns);
        used.add(turn.turn().id());
        return new Journal(version, used.subList(Math.max(0, used.size() - REMEMBERED_TURNS), used.size()), turn);
    }

    /** This journal with no turn under way. */
    public Journal close() {
        return new Journal(version, usedTurns, null);
    }
}
