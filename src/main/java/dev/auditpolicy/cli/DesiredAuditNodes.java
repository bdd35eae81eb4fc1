package dev.auditpolicy.cli;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.auditpolicy.api.v1alpha1.AuditNodeSpec;
import dev.auditpolicy.api.v1alpha1.NodeWebhook;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The spec that the AuditNodes of a cluster share, as kubectl prints them. */
final class DesiredAuditNodes {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final Input input;
    private final CommandSpec spec;

    DesiredAuditNodes(Input input, CommandSpec spec) {
        this.input = input;
        this.spec = spec;
    }

    /** @param secret that of the webhook, if they have one */
    DesiredNode read(Optional<SecretArgument> secret) {
        var specs = new TreeMap<String, AuditNodeSpec>();
        var unproven = new TreeSet<String>();
        for (JsonNode node : AuditNodeReader.auditNodes(input, spec, "an AuditPolicy")) {
            if (node.path("spec").isObject()) {
                String name = node.at("/metadata/name").asText();
                AuditNodeSpec desired = spec(name, node.path("spec"));
                specs.put(name, desired);
                if (!node.at("/status/running/revision").asText().equals(desired.revision())) {
                    unproven.add(name);
                }
            }
        }
        AuditNodeSpec desired = shared(specs);
        if (!unproven.isEmpty()) {
            spec.commandLine()
                    .getErr()
                    .println(input.name() + ": warning: revision " + SourceLines.printable(desired.revision())
                            + " is not proven on " + SourceLines.printable(String.join(", ", unproven))
                            + ": until it is, the operator may change a new node to an earlier one first");
        }
        return DesiredNode.of(input.name(), desired, webhookFiles(desired.webhook(), secret));
    }

    private Map<String, byte[]> webhookFiles(@Nullable NodeWebhook webhook, Optional<SecretArgument> secret) {
        if (webhook == null) {
            return Map.of();
        }
        String name = webhook.settings().kubeconfigSecret().name();
        SecretArgument given = secret.orElseThrow(() -> invalid(
                "the nodes have a webhook, whose kubeconfig is in a Secret: pass that with --webhook-secret, as kubectl get"
                        + " secret " + name + " -o yaml prints it"));
        if (!given.isOf(webhook)) {
            throw new InvalidInputException(
                    given.source() + ": its kubeconfig is not the one that the nodes are to have:" + " pass the Secret "
                            + name + " as it is in the cluster now");
        }
        return given.keys();
    }

    private AuditNodeSpec shared(Map<String, AuditNodeSpec> specs) {
        if (specs.isEmpty()) {
            throw invalid("none of the AuditNodes has a spec, because no valid AuditPolicy is in the cluster");
        }
        AuditNodeSpec first = specs.values().iterator().next();
        if (specs.values().stream().anyMatch(AuditNodeSpec::restores)) {
            throw invalid("the AuditPolicy is being deleted, and the nodes get back what they had before");
        }
        if (specs.values().stream().anyMatch(other -> !other.revision().equals(first.revision()))) {
            throw invalid("the nodes are to run different revisions: wait until the rollout has ended, or pass a single"
                    + " AuditNode: "
                    + specs.entrySet().stream()
                            .map(node -> node.getKey() + " " + node.getValue().revision())
                            .collect(joining(", ")));
        }
        return first;
    }

    private AuditNodeSpec spec(String name, JsonNode json) {
        try {
            AuditNodeSpec read = MAPPER.treeToValue(json, AuditNodeSpec.class);
            if (read.revision() == null || read.policy() == null || !hasBackend(read)) {
                throw invalid("AuditNode " + name + " has no complete spec");
            }
            return read;
        } catch (JsonProcessingException unreadable) {
            throw new ParameterException(
                    spec.commandLine(),
                    input.name() + ": the spec of AuditNode " + SourceLines.printable(name)
                            + " is not one of this release: use the auditpolicy command of the operator's release",
                    unreadable);
        }
    }

    private static boolean hasBackend(AuditNodeSpec spec) {
        return spec.log() == null ? spec.webhook() != null : spec.log().path() != null;
    }

    private ParameterException invalid(String message) {
        return new ParameterException(spec.commandLine(), input.name() + ": " + SourceLines.printable(message));
    }
}
