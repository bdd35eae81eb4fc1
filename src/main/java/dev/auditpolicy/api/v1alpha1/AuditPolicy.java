package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import org.jspecify.annotations.Nullable;

/** The audit policy and audit log settings of every kube-apiserver of a cluster. There is one, named {@value #NAME}. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Kind("AuditPolicy")
@Plural("auditpolicies")
@ValidationRule(
        value = "self.metadata.name == 'cluster'",
        messageExpression = "\"the only AuditPolicy of a cluster must be named 'cluster', not '\" + self.metadata.name"
                + " + \"': rename it, or edit the existing AuditPolicy\"")
// The generator sorts the columns by path, Age first; crds/kustomization.yaml reorders them.
@AdditionalPrinterColumn(
        name = "Ready",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(
        name = "Reason",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason")
@AdditionalPrinterColumn(name = "Nodes", type = AdditionalPrinterColumn.Type.STRING, jsonPath = ".status.nodes.summary")
@AdditionalPrinterColumn(name = "Revision", type = AdditionalPrinterColumn.Type.STRING, jsonPath = ".status.revision")
@AdditionalPrinterColumn(
        name = "Age",
        type = AdditionalPrinterColumn.Type.DATE,
        jsonPath = ".metadata.creationTimestamp")
@AdditionalPrinterColumn(
        name = "Message",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1,
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].message")
@SchemaCustomizer(
        value = Description.class,
        input =
                "AuditPolicy configures the audit policy and the audit log of every kube-apiserver of the cluster. A cluster"
                        + " has one AuditPolicy, named cluster. It is rolled out to one control-plane node at a time. The"
                        + " condition Ready is True when every running kube-apiserver is proven to run it.")
// Clients such as Flux and Helm take an object without a status for a completed one (kstatus: Current).
@SchemaCustomizer(value = DefaultValue.class, input = "status: {observedGeneration: -1}")
public class AuditPolicy extends CustomResource<AuditPolicySpec, AuditPolicyStatus> {

    /** The only name that the API server accepts. */
    public static final String NAME = "cluster";

    @Required
    @JsonDeserialize(using = UnreadableAsAbsent.OfAuditPolicy.class)
    @JsonPropertyDescription("spec is the desired audit configuration of every kube-apiserver.")
    @Override
    public AuditPolicySpec getSpec() {
        return super.getSpec();
    }

    @JsonPropertyDescription("status is the progress of the rollout. Only the operator writes it.")
    @Override
    public @Nullable AuditPolicyStatus getStatus() {
        return super.getStatus();
    }
}
