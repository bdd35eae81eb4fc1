package dev.auditpolicy.agent.status;

import dev.auditpolicy.api.v1alpha1.Phase;
import dev.auditpolicy.rollout.TurnAcquisition;
import java.util.Optional;

/**
 * What the agent could not do after its last report.
 *
 * @param iteration why the rest of its iteration failed, such as a file that it cannot delete
 * @param turn why a turn that is granted to this node has not started
 */
public record Obstacles(Optional<String> iteration, Optional<String> turn) {

    public static final Obstacles NONE = new Obstacles(Optional.empty(), Optional.empty());

    String addedTo(String message, Phase phase) {
        return phase == Phase.CHECKED
                ? iteration
                        .or(() -> turn)
                        .map(reason -> TurnAcquisition.NOT_STARTED + reason + "; " + message)
                        .orElse(message)
                : iteration
                        .map(reason -> message.isEmpty() ? reason : message + "; " + reason)
                        .orElse(message);
    }
}
