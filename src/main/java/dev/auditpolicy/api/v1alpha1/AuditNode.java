package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Required;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The contract between the controller and the agent of one control-plane node. It has the name of the node. The
 * controller writes spec, the agent writes status; users only read it.
 */
@Group(Api.GROUP)
@Version(Api.VERSION)
@Kind("AuditNode")
@Plural("auditnodes")
// The generator sorts the columns by path, and '[' after '.'.
@AdditionalPrinterColumn(name = "Desired", type = AdditionalPrinterColumn.Type.STRING, jsonPath = ".spec.revision")
@AdditionalPrinterColumn(name = "Phase", type = AdditionalPrinterColumn.Type.STRING, jsonPath = ".status.phase")
@AdditionalPrinterColumn(
        name = "Running",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.running.revision")
@AdditionalPrinterColumn(
        name = "Proven",
        type = AdditionalPrinterColumn.Type.DATE,
        jsonPath = ".status.running['provenAt']")
@AdditionalPrinterColumn(
        name = "Version",
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
        name = "Of-Revision",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1,
        jsonPath = ".status['lastTurn'].revision")
@AdditionalPrinterColumn(
        name = "Message",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1,
        jsonPath = ".status['message']")
@SchemaCustomizer(
        value = Description.class,
        input =
                "AuditNode contains the desired audit configuration of one control-plane node and the state that its agent"
                        + " reports. It has the name of the node. The operator creates and deletes it. To change the"
                        + " configuration, change the AuditPolicy.")
public class AuditNode extends CustomResource<AuditNodeSpec, AuditNodeStatus> {

    @Required
    @JsonDeserialize(using = UnreadableAsAbsent.OfAuditNode.class)
    @JsonPropertyDescription("spec is the desired audit configuration of the node. Only the controller writes it.")
    @Override
    public AuditNodeSpec getSpec() {
        return super.getSpec();
    }

    /** The host name of the node's kube-apiserver, as its identity lease has it. */
    public String host() {
        return Optional.ofNullable(getMetadata().getLabels())
                .map(labels -> labels.get(Api.HOSTNAME_LABEL))
                .orElseGet(() -> getMetadata().getName());
    }

    @JsonDeserialize(using = ReadableParts.class)
    @JsonPropertyDescription("status is the state that the agent of the node reports. Only that agent writes it.")
    @Override
    public @Nullable AuditNodeStatus getStatus() {
        return super.getStatus();
    }
}
