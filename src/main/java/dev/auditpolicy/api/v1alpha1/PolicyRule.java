package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * One rule of a {@link Policy}: every non-empty field must match the request, and one value of a field is enough.
 * The CEL rules are those of upstream's {@code pkg/apis/audit/validation} that go beyond types and enums.
 */
@ValidationRule(
        value = "!has(self.nonResourceURLs) || size(self.nonResourceURLs) == 0"
                + " || ((!has(self.resources) || size(self.resources) == 0)"
                + " && (!has(self.namespaces) || size(self.namespaces) == 0))",
        messageExpression =
                "\"'\" + self.nonResourceURLs[0] + \"' can't stand in one rule with resources or namespaces: move"
                        + " nonResourceURLs to a rule of its own\"",
        fieldPath = ".nonResourceURLs")
@SchemaCustomizer(value = ValueRules.class, input = """
                nonResourceURLs:
                - rule: "self == '*' || self.startsWith('/')"
                  message: must be a path that begins with '/', such as /healthz, or '*' for every non-resource URL
                - rule: "self.indexOf('*') in [-1, size(self) - 1]"
                  message: the wildcard '*' must be the last character, such as /api*, it can't stand for a part in the middle
                """)
public record PolicyRule(
        @Required
        @JsonPropertyDescription("How much of a matching request is recorded: None (nothing), Metadata (who, what,"
                + " when, outcome), Request (and the request body), RequestResponse (and the response body). Bodies can"
                + " hold secrets.")
        Level level,

        @Size(max = 256)
        @JsonPropertyDescription("Authenticated user names, exact, no wildcard. Empty: every user. The impersonator is"
                + " compared, not the impersonated.")
        List<@Size(max = 1024) String> users,

        @Size(max = 256)
        @JsonPropertyDescription(
                "Groups of the user, exact, no wildcard; one in common is a match. Empty: every group.")
        List<@Size(max = 1024) String> userGroups,

        @Size(max = 256)
        @JsonPropertyDescription("Kubernetes verbs in lower case (get, list, watch, create, update, patch, delete,"
                + " deletecollection …), exact, no wildcard. Empty: every verb.")
        List<@Size(max = 256) String> verbs,

        @Size(max = 128)
        @JsonPropertyDescription("Resources that the rule matches. Empty: every resource, and every non-resource URL"
                + " unless namespaces is set.")
        List<GroupResources> resources,

        @Size(max = 256)
        @JsonPropertyDescription(
                "Namespaces, exact, no wildcard; \"\" is a request without a namespace. Empty: every" + " namespace.")
        List<@Size(max = 256) String> namespaces,

        @Size(max = 128)
        @JsonPropertyDescription("URL paths such as /healthz, /metrics or /version*. '*' alone matches every"
                + " non-resource URL; otherwise it may stand only at the end. Not together with resources or"
                + " namespaces.")
        List<@Size(max = 256) String> nonResourceURLs,

        @Size(max = 4)
        @JsonPropertyDescription("Stages for which this rule records no event, besides those of policy.omitStages.")
        List<Stage> omitStages,

        @JsonPropertyDescription(
                "Leave metadata.managedFields out of recorded bodies; overrides" + " policy.omitManagedFields.")
        Boolean omitManagedFields) {

    public PolicyRule {
        users = Lists.orEmpty(users);
        userGroups = Lists.orEmpty(userGroups);
        verbs = Lists.orEmpty(verbs);
        resources = Lists.orEmpty(resources);
        namespaces = Lists.orEmpty(namespaces);
        nonResourceURLs = Lists.orEmpty(nonResourceURLs);
        omitStages = Lists.orEmpty(omitStages);
    }
}
