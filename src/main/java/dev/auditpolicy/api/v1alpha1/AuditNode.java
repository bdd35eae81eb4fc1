package dev.auditpolicy.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The contract between the controller and the agent of one control-plane node. It has the name of the node. The
 * controller writes spec, the agent writes status; users only read it. It exists without a spec, too: then its agent only
 * observes the node.
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
        name = "Audit",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status['observed'].summary")
@AdditionalPrinterColumn(
        name = "Owner",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status['observed'].owner")
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

    @JsonIgnore
    private boolean unreadable;

    @JsonDeserialize(using = UnreadableAsAbsent.OfAuditNode.class)
    @JsonPropertyDescription(
            "spec is the desired audit configuration of the node. Absent if there is none, because no AuditPolicy exists or"
                    + " none was ever valid: the agent then changes nothing and reports what kube-apiserver runs. Only the"
                    + " controller writes it.")
    @Override
    public @Nullable AuditNodeSpec getSpec() {
        return super.getSpec();
    }

    /** Whether there is a spec that this release cannot read: not the same as none. */
    public boolean hasUnreadableSpec() {
        return unreadable && getSpec() == null;
    }

    void specIsUnreadable() {
        unreadable = true;
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
