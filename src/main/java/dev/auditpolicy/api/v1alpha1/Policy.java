package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** An audit.k8s.io/v1 Policy without its type and metadata. Absent lists are empty, an absent flag is null. */
public record Policy(
        @JsonPropertyDescription("Stages for which no event is recorded, for every rule.") @Size(max = 4)
        List<Stage> omitStages,

        @JsonPropertyDescription(
                "Leave metadata.managedFields out of recorded bodies. A rule's own value overrides it.")
        Boolean omitManagedFields,

        @Required
        @Size(min = 1, max = 512)
        @JsonPropertyDescription("Compared with each request in order; the first match decides. A request that no"
                + " rule matches is not recorded.")
        List<PolicyRule> rules) {

    public Policy {
        omitStages = Lists.orEmpty(omitStages);
        rules = Lists.orEmpty(rules);
    }
}
