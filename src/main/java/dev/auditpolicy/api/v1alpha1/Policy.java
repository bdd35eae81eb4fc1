package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An audit.k8s.io/v1 Policy without type and metadata. */
public record Policy(
        @JsonPropertyDescription("omitStages lists stages for which no rule records an event.") @Size(max = 4)
        List<Stage> omitStages,

        @JsonPropertyDescription(
                "omitManagedFields removes metadata.managedFields from recorded bodies. A rule can override" + " it.")
        @Nullable
        Boolean omitManagedFields,

        @Required
        @Size(min = 1, max = 512)
        @JsonPropertyDescription(
                "rules are compared with each request in order; the first match decides. A request that"
                        + " matches no rule is not recorded.")
        List<PolicyRule> rules) {

    public Policy {
        omitStages = Lists.orEmpty(omitStages);
        rules = Lists.orEmpty(rules);
    }
}
