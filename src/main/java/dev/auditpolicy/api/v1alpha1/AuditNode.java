package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * The contract between controller and agent about one control-plane node, named like the node. The controller writes
 * spec, the agent of that node writes status; users only read it.
 */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Kind("AuditNode")
@Plural("auditnodes")
// The generator sorts the columns by path, and '[' after '.'.
@AdditionalPrinterColumn(name = "Wanted", type = AdditionalPrinterColumn.Type.STRING, jsonPath = ".spec.revision")
@AdditionalPrinterColumn(name = "Phase", type = AdditionalPrinterColumn.Type.STRING, jsonPath = ".status.phase")
@AdditionalPrinterColumn(
        name = "Effective",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.proof.revision")
@AdditionalPrinterColumn(
        name = "Proven",
        type = AdditionalPrinterColumn.Type.DATE,
        jsonPath = ".status.proof['provenAt']")
@AdditionalPrinterColumn(
        name = "Kube-APIServer",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status['kubeAPIServer'].version")
@AdditionalPrinterColumn(
        name = "Started",
        type = AdditionalPrinterColumn.Type.DATE,
        priority = 1,
        jsonPath = ".status['kubeAPIServer']['startedAt']")
@AdditionalPrinterColumn(
        name = "Last-Turn",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1,
        jsonPath = ".status['lastTurn'].result")
@AdditionalPrinterColumn(
        name = "Message",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1,
        jsonPath = ".status['message']")
@SchemaCustomizer(
        value = Description.class,
        input =
                "What one control-plane node is to run and what its agent found. Named like the node, created and deleted by"
                        + " the operator; to change anything, change the AuditPolicy.")
public class AuditNode extends CustomResource<AuditNodeSpec, AuditNodeStatus> {

    @Required
    @JsonPropertyDescription("What the node is to run. Written by the controller alone.")
    @Override
    public AuditNodeSpec getSpec() {
        return super.getSpec();
    }

    @JsonPropertyDescription("What the agent of the node has done and seen. Written by that agent alone.")
    @Override
    public AuditNodeStatus getStatus() {
        return super.getStatus();
    }
}
