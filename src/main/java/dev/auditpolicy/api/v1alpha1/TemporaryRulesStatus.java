package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** What has become of an entry of {@code spec.temporaryRules}. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record TemporaryRulesStatus(
        @Required @Size(min = 1, max = 64) @JsonPropertyDescription("until is the entry's until, as it is written.")
        String until,

        @Required @Size(min = 1, max = 256) @JsonPropertyDescription("reason is the entry's reason.")
        String reason,

        @Required
        @JsonPropertyDescription(
                "state is Active (the rules are part of status.revision), Overdue (their time has come, and nodes may apply them"
                        + " until the rollout is complete) or Ended (no node applies them; the entry can be removed from the"
                        + " spec).")
        State state) {

    /** This entry in another state. */
    public TemporaryRulesStatus with(State other) {
        return new TemporaryRulesStatus(until, reason, other);
    }

    /** Whether the rules apply. */
    public enum State {
        /** The rules are part of the desired revision. */
        @JsonProperty("Active")
        ACTIVE,
        /** Their time has come, and not every node runs a revision without them. */
        @JsonProperty("Overdue")
        OVERDUE,
        /** No node applies them. */
        @JsonProperty("Ended")
        ENDED
    }
}
