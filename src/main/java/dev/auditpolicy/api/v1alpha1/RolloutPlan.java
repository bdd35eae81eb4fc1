package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** What the rollout of a revision will change, as it was known before the first turn. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record RolloutPlan(
        @Required @Size(min = 1, max = 64) @JsonPropertyDescription("revision is the revision that the plan is about.")
        String revision,

        @Size(max = RolloutPlan.MAX_CHANGES)
        @JsonPropertyDescription(
                "changes describes the first kinds of requests that will be recorded differently than by committedRevision, each"
                        + " with an example. Empty if there is no committed revision to compare with.")
        List<@Size(max = 1024) String> changes,

        @Required @JsonPropertyDescription("changedKinds is the number of all such kinds.")
        Integer changedKinds,

        @Size(max = 128) @JsonPropertyDescription("nodes contains the plan of each node that has checked the revision.")
        List<PlannedNode> nodes) {

    /** How many changes are shown. */
    public static final int MAX_CHANGES = 10;

    public RolloutPlan {
        changes = Lists.orEmpty(changes);
        nodes = Lists.orEmpty(nodes);
    }
}
