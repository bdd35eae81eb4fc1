package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;

/** The rate of audit events of one level. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record EventRate(
        @Required @JsonPropertyDescription("level is None, Metadata, Request or RequestResponse.")
        Level level,

        @Required
        @Pattern("^[0-9]+(\\.[0-9]+)?$")
        @JsonPropertyDescription("perSecond is the number of events per second, such as 2.4.")
        String perSecond) {}
