package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/** The audit policy and audit settings of every kube-apiserver of this cluster. There is one, named {@value #NAME}. */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Kind("AuditPolicy")
@Plural("auditpolicies")
@ValidationRule(
        value = "self.metadata.name == 'cluster'",
        messageExpression = "\"a cluster has one AuditPolicy and it is named 'cluster', not '\" + self.metadata.name"
                + " + \"': rename this one, or edit the existing one\"")
// The generator sorts the columns by path, Age first; crds/kustomization.yaml puts them in reading order.
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
        input = "The audit policy and audit settings of every kube-apiserver of this cluster. A cluster has one, named"
                + " cluster. Each control-plane node takes it over in turn; the condition Ready is True when every live"
                + " kube-apiserver was proven to run it.")
public class AuditPolicy extends CustomResource<AuditPolicySpec, AuditPolicyStatus> {

    /** The only name that the API server admits. */
    public static final String NAME = "cluster";

    @Required
    @JsonPropertyDescription("What every kube-apiserver is to record, and where to.")
    @Override
    public AuditPolicySpec getSpec() {
        return super.getSpec();
    }

    @JsonPropertyDescription("How far the control-plane nodes have come. Written by the operator.")
    @Override
    public AuditPolicyStatus getStatus() {
        return super.getStatus();
    }
}
