package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** The progress of a rollout in numbers of control-plane nodes. */
@JsonIgnoreProperties(ignoreUnknown = true)
public record NodeCounts(
        @JsonPropertyDescription(
                "total is the number of control-plane nodes, and of live kube-apiservers without such a node.")
        Integer total,

        @JsonPropertyDescription("updated is the number of nodes whose files contain the desired revision.")
        Integer updated,

        @JsonPropertyDescription(
                "effective is the number of nodes whose running kube-apiserver is proven to run the desired"
                        + " revision.")
        Integer effective,

        @JsonPropertyDescription("summary is effective/total, such as 2/3.")
        String summary) {

    /** Counts with their summary. */
    public static NodeCounts of(int total, int updated, int effective) {
        return new NodeCounts(total, updated, effective, effective + "/" + total);
    }
}
