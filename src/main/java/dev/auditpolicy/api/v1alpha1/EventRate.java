package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;

/** How many events of one level are written. */
public record EventRate(
        @Required @JsonPropertyDescription("The level: Metadata, Request or RequestResponse.")
        Level level,

        @Required @Pattern("^[0-9]+(\\.[0-9]+)?$") @JsonPropertyDescription("Events a second, such as 2.4.")
        String perSecond) {}
