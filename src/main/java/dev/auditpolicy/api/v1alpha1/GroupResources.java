package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Resources of one API group. */
@ValidationRule(
        value = "!has(self.resourceNames) || size(self.resourceNames) == 0"
                + " || (has(self.resources) && size(self.resources) > 0)",
        message = "resourceNames requires at least one entry in resources: set resources, such as resources: [secrets],"
                + " or remove resourceNames",
        fieldPath = ".resourceNames")
@SchemaCustomizer(value = ValueRules.class, input = """
                group:
                - rule: "!self.contains('/')"
                  message: must be an API group without a version, such as apps (not apps/v1), or '' for the core group
                """)
public record GroupResources(
        @Size(max = 253)
        @Pattern("^([*]|[a-z0-9]([-a-z0-9]*[a-z0-9])?([.][a-z0-9]([-a-z0-9]*[a-z0-9])?)*)?$")
        @JsonPropertyDescription(
                "group is the API group without a version. \"\" or absent means the core group, not every"
                        + " group. '*' means every group and requires that every kube-apiserver is 1.36 or newer.")
        @Nullable
        String group,

        @Size(max = 256)
        @JsonPropertyDescription(
                "resources lists plural resource names in lower case: pods, pods/log (a subresource), pods/*"
                        + " (pods and all its subresources), */scale (one subresource of every resource), *. Empty"
                        + " means every resource of the group.")
        List<@Size(max = 256) String> resources,

        @Size(max = 256)
        @JsonPropertyDescription(
                "resourceNames lists exact object names. Empty means every name. A create request does not"
                        + " match any name, because it has none yet.")
        List<@Size(max = 256) String> resourceNames) {

    public GroupResources {
        resources = Lists.orEmpty(resources);
        resourceNames = Lists.orEmpty(resourceNames);
    }
}
