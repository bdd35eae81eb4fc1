package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A Secret in the operator's namespace. */
public record SecretReference(
        @Required @Size(min = 1, max = 253) @JsonPropertyDescription("name is the name of the Secret.")
        String name) {}
