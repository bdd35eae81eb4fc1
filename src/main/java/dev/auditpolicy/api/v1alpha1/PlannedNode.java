package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** One node of a {@link RolloutPlan}. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PlannedNode(
        @Required @Size(min = 1, max = 253) @JsonPropertyDescription("name is the name of the node.")
        String name,

        @JsonPropertyDescription("restart is how its kube-apiserver will be restarted. Absent if it need not be.")
        @Nullable
        RestartChoice restart,

        @JsonPropertyDescription("restartSeconds is how long it is expected not to serve. Absent without a restart.")
        @Nullable
        Integer restartSeconds,

        @JsonPropertyDescription(
                "log predicts the growth of its log. Absent if nothing is known to predict it from, or there is no log.")
        @Nullable
        LogPrediction log) {

    /** The plan of a node. */
    public static PlannedNode of(String name, ChangePlan plan) {
        return new PlannedNode(name, plan.restart(), plan.restartSeconds(), plan.log());
    }
}
