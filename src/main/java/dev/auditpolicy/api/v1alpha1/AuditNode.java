package dev.auditpolicy.api.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
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
@AdditionalPrinterColumn(name = "Phase", type = AdditionalPrinterColumn.Type.STRING, jsonPath = ".status.phase")
@AdditionalPrinterColumn(name = "Wanted", type = AdditionalPrinterColumn.Type.STRING, jsonPath = ".spec.revision")
@AdditionalPrinterColumn(
        name = "Effective",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.proof.revision")
@AdditionalPrinterColumn(name = "Proven", type = AdditionalPrinterColumn.Type.DATE, jsonPath = ".status.proof.provenAt")
@AdditionalPrinterColumn(
        name = "Version",
        type = AdditionalPrinterColumn.Type.STRING,
        jsonPath = ".status.kubeAPIServer.version")
@AdditionalPrinterColumn(
        name = "Message",
        type = AdditionalPrinterColumn.Type.STRING,
        priority = 1,
        jsonPath = ".status.message")
public class AuditNode extends CustomResource<AuditNodeSpec, AuditNodeStatus> {}
