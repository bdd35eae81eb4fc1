package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One rule of a {@link Policy}. It matches a request if every non-empty field contains a matching value. The CEL rules
 * are those of upstream's {@code pkg/apis/audit/validation} that types and enums do not express.
 */
@ValidationRule(
        value = "!has(self.nonResourceURLs) || size(self.nonResourceURLs) == 0"
                + " || ((!has(self.resources) || size(self.resources) == 0)"
                + " && (!has(self.namespaces) || size(self.namespaces) == 0))",
        messageExpression =
                "\"'\" + self.nonResourceURLs[0] + \"' cannot be combined with resources or namespaces in one rule:"
                        + " move nonResourceURLs to a separate rule\"",
        fieldPath = ".nonResourceURLs")
@SchemaCustomizer(value = ValueRules.class, input = """
                nonResourceURLs:
                - rule: "self == '*' || self.startsWith('/')"
                  message: must be a path that begins with '/', such as /healthz, or '*' for every non-resource URL
                - rule: "self.indexOf('*') in [-1, size(self) - 1]"
                  message: the wildcard '*' must be the last character, such as /api*, it cannot match a part in the middle
                """)
public record PolicyRule(
        @Required
        @JsonPropertyDescription(
                "level is how much of a matching request is recorded: None (nothing), Metadata (user, verb,"
                        + " object, time and outcome), Request (also the request body) or RequestResponse (also the"
                        + " response body). Bodies can contain secrets.")
        Level level,

        @Size(max = 256)
        @JsonPropertyDescription("users lists exact user names, without wildcards. Empty means every user. With"
                + " impersonation, the rule is compared with the impersonating user.")
        List<@Size(max = 1024) String> users,

        @Size(max = 256)
        @JsonPropertyDescription(
                "userGroups lists exact group names, without wildcards. A user in any of them matches. Empty"
                        + " means every group.")
        List<@Size(max = 1024) String> userGroups,

        @Size(max = 256)
        @JsonPropertyDescription("verbs lists Kubernetes verbs in lower case (get, list, watch, create, update, patch,"
                + " delete, deletecollection …), without wildcards. Empty means every verb.")
        List<@Size(max = 256) String> verbs,

        @Size(max = 128)
        @JsonPropertyDescription(
                "resources lists the resources that the rule matches. Empty means every resource, and every"
                        + " non-resource URL unless namespaces is set.")
        List<GroupResources> resources,

        @Size(max = 256)
        @JsonPropertyDescription("namespaces lists exact namespaces, without wildcards. \"\" matches requests without a"
                + " namespace. Empty means every namespace.")
        List<@Size(max = 256) String> namespaces,

        @Size(max = 128)
        @JsonPropertyDescription(
                "nonResourceURLs lists URL paths such as /healthz, /metrics or /version*. '*' alone matches"
                        + " every non-resource URL; otherwise it is allowed only at the end. It cannot be combined with"
                        + " resources or namespaces.")
        List<@Size(max = 256) String> nonResourceURLs,

        @Size(max = 4)
        @JsonPropertyDescription(
                "omitStages lists stages for which this rule records no event, in addition to" + " policy.omitStages.")
        List<Stage> omitStages,

        @JsonPropertyDescription("omitManagedFields removes metadata.managedFields from recorded bodies. It overrides"
                + " policy.omitManagedFields.")
        @Nullable
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
