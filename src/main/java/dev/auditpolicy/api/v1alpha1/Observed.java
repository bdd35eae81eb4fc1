package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What the kube-apiserver of a node runs now, whoever has configured it. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Observed(
        @Required
        @Size(max = Observed.MAX_SUMMARY_LENGTH)
        @JsonPropertyDescription("summary is the audit configuration in a line, for kubectl get.")
        String summary,

        @Required
        @JsonPropertyDescription(
                "owner is whose configuration it is: None (there is no audit flag), Operator (this operator has set all"
                        + " audit flags), Foreign (somebody else has), Mixed or Unknown (the agent sees no kube-apiserver).")
        Owner owner,

        @JsonPropertyDescription("host describes how kube-apiserver is run on the node.") @Nullable
        ObservedHost host,

        @Size(max = Observed.MAX_FLAGS)
        @JsonPropertyDescription("flags contains the audit flags of the running kube-apiserver, such as"
                + " --audit-log-maxage=30, sorted.")
        List<String> flags,

        @JsonPropertyDescription(
                "policy is the audit policy of the running kube-apiserver. Absent if it runs without one.")
        @Nullable
        ObservedPolicy policy,

        @Size(max = Observed.MAX_PATH_LENGTH)
        @JsonPropertyDescription(
                "logPath is the audit log as a path on the node, or - if it is the standard output of the container."
                        + " Absent if kube-apiserver writes no log, or to a file that exists only in its container.")
        @Nullable
        String logPath,

        @JsonPropertyDescription("webhook is true if kube-apiserver sends events to a webhook.") @Nullable
        Boolean webhook,

        @Size(max = Observed.MAX_LINES)
        @JsonPropertyDescription(
                "differences is what is not the same as on the other control-plane nodes. It is compared only while"
                        + " there is no desired configuration.")
        List<String> differences,

        @Size(max = Observed.MAX_LINES)
        @JsonPropertyDescription(
                "problems is what stands in the way of managing this node, or of believing what kube-apiserver runs.")
        List<String> problems) {

    public static final int MAX_FLAGS = 64;
    public static final int MAX_FLAG_LENGTH = 1024;
    public static final int MAX_LINES = 16;
    public static final int MAX_LINE_LENGTH = 1024;
    static final int MAX_SUMMARY_LENGTH = 512;

    /** PATH_MAX of Linux. */
    static final int MAX_PATH_LENGTH = 4096;

    /** Whose configuration a kube-apiserver runs. */
    public enum Owner {
        /** There is no audit flag. */
        @JsonProperty("None")
        NONE,
        /** This operator has set every audit flag. */
        @JsonProperty("Operator")
        OPERATOR,
        /** Somebody else has set every audit flag. */
        @JsonProperty("Foreign")
        FOREIGN,
        /** Some audit flags are of this operator and others are not. */
        @JsonProperty("Mixed")
        MIXED,
        /** The agent cannot see a kube-apiserver. */
        @JsonProperty("Unknown")
        UNKNOWN
    }

    public Observed {
        summary = Message.bounded(summary, MAX_SUMMARY_LENGTH);
        logPath = logPath == null ? null : Message.bounded(logPath, MAX_PATH_LENGTH);
        flags = bounded(flags, MAX_FLAGS, MAX_FLAG_LENGTH);
        differences = bounded(differences, MAX_LINES, MAX_LINE_LENGTH);
        problems = bounded(problems, MAX_LINES, MAX_LINE_LENGTH);
    }

    private static List<String> bounded(@Nullable List<String> lines, int count, int length) {
        return Lists.orEmpty(lines).stream()
                .limit(count)
                .map(line -> Message.bounded(line, length))
                .toList();
    }

    /** This observation, which differs in {@code lines} from those of the other nodes. */
    public Observed differing(List<String> lines) {
        return new Observed(summary, owner, host, flags, policy, logPath, webhook, lines, problems);
    }

    /** Everything that a reader should look at. */
    public List<String> remarks() {
        return Stream.concat(problems.stream(), differences.stream()).toList();
    }
}
