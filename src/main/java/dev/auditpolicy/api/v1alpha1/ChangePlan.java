package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** What a turn for a revision would do on a node, as it was found before the turn. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record ChangePlan(
        @Required @Size(min = 1, max = 64) @JsonPropertyDescription("revision is the revision that the plan is about.")
        String revision,

        @JsonPropertyDescription("restart is how kube-apiserver will be restarted. Absent if it need not be.") @Nullable
        RestartChoice restart,

        @JsonPropertyDescription(
                "restartSeconds is how long this kube-apiserver is expected not to serve. Absent without a restart.")
        @Nullable
        Integer restartSeconds,

        @JsonPropertyDescription(
                "log predicts the growth of the log. Absent if nothing is known to predict it from, or there is no log.")
        @Nullable
        LogPrediction log) {}
