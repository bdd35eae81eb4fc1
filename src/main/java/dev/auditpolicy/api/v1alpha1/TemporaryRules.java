package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Rules that apply until a time. The time stays as it is written, so that one that cannot be read can be reported. */
@SchemaCustomizer(value = DateTimeFormat.class, input = "until")
public record TemporaryRules(
        @Required
        @Size(min = 1, max = 64)
        @Pattern(
                "^[0-9]{4}-[0-9]{2}-[0-9]{2}[Tt][0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,9})?([Zz]|[+-][0-9]{2}:[0-9]{2})$")
        @JsonPropertyDescription(
                "until is the time, as in RFC 3339, at which the rules end, such as 2026-12-01T12:00:00Z. The operator then takes"
                        + " them out, one node at a time. A time that has passed when it is set is refused.")
        String until,

        @Required @Size(min = 1, max = 256) @JsonPropertyDescription("reason says why, for those who read the status.")
        String reason,

        @Required
        @Size(min = 1, max = 64)
        @JsonPropertyDescription("rules are compared with each request before those of policy.")
        List<PolicyRule> rules) {

    public TemporaryRules {
        rules = Lists.orEmpty(rules);
    }
}
