package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Counts over the control-plane nodes. */
public record NodeCounts(
        @JsonPropertyDescription("Control-plane nodes.") Integer total,

        @JsonPropertyDescription("Nodes whose files hold the wanted revision.")
        Integer updated,

        @JsonPropertyDescription("Nodes whose live kube-apiserver was proven to run the wanted revision.")
        Integer effective,

        @JsonPropertyDescription("effective/total, for people.")
        String summary) {

    /** Counts with their summary. */
    public static NodeCounts of(int total, int updated, int effective) {
        return new NodeCounts(total, updated, effective, effective + "/" + total);
    }
}
