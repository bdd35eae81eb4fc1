package dev.auditpolicy.cli;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import dev.auditpolicy.api.v1alpha1.Observed;
import dev.auditpolicy.api.v1alpha1.ObservedPolicy;
import dev.auditpolicy.observed.NodeDifferences;
import dev.auditpolicy.observed.ObservedConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * AuditNodes as kubectl prints them: what a kube-apiserver was observed to run, as the policy file and the manifest that would make
 * it run so.
 */
final class AuditNodeSource {

    private static final String CUT = " [cut]";

    private final Input input;
    private final CommandSpec spec;

    AuditNodeSource(Input input, CommandSpec spec) {
        this.input = input;
        this.spec = spec;
    }

    /** Both texts, which are then converted like files. */
    record Stated(Input policy, Input manifest) {}

    /**
     * What one node runs, or what all run if it is the same. Prints why that cannot be converted.
     *
     * @param node name of the node; null if all are to run the same
     * @return empty if what the node runs is not in its AuditNode
     * @throws ParameterException if the input has no AuditNodes, or the nodes differ and none is named
     */
    Optional<Stated> read(@Nullable String node) {
        var nodes = new TreeMap<String, ObservedNode>();
        for (JsonNode object : AuditNodeReader.auditNodes(input, spec, "a policy file with --policy")) {
            var read = ObservedNode.of(object);
            read.ifPresentOrElse(
                    observed -> nodes.put(observed.name(), observed),
                    () -> warn("AuditNode " + object.at("/metadata/name").asText()
                            + " does not state what runs there: its agent has not reported"));
        }
        return stated(choose(nodes, node));
    }

    private ObservedNode choose(SortedMap<String, ObservedNode> nodes, @Nullable String node) {
        if (nodes.isEmpty()) {
            throw invalid(
                    "none of the AuditNodes states what its kube-apiserver runs: wait until the agents have reported");
        }
        if (node != null) {
            return Optional.ofNullable(nodes.get(node))
                    .orElseThrow(() -> invalid("no AuditNode named " + node + " states what runs there; there are "
                            + String.join(", ", nodes.keySet())));
        }
        var configs = new TreeMap<String, ObservedConfig>();
        nodes.forEach((name, observed) -> configs.put(name, observed.config()));
        var groups = NodeDifferences.groups(configs);
        if (groups.size() > 1) {
            List<String> usual = groups.getFirst();
            String others = groups.stream()
                    .skip(1)
                    .map(group -> NodeDifferences.names(group) + " ("
                            + String.join("; ", NodeDifferences.between(group, usual, configs)) + ")")
                    .collect(joining(", "));
            throw invalid("the nodes do not run the same; choose one with --node, such as --node=" + usual.getFirst()
                    + ": " + others);
        }
        return nodes.values().iterator().next();
    }

    private Optional<Stated> stated(ObservedNode node) {
        Observed observed = node.observed();
        observed.problems().forEach(problem -> warn("node " + node.name() + ": " + problem));
        var errors = new ArrayList<String>();
        if (observed.policy() == null) {
            errors.add(
                    "its kube-apiserver runs without an audit policy, so nothing is recorded and there is nothing to convert");
        } else if (node.policyText().isEmpty()) {
            errors.add("its policy is not in the AuditNode, because it is too long or not readable: copy the file "
                    + observed.policy().path()
                    + " and the manifest of kube-apiserver from the node, and pass them with --policy"
                    + " and --manifest");
        }
        List<String> cut =
                observed.flags().stream().filter(flag -> flag.endsWith(CUT)).toList();
        if (!cut.isEmpty() || observed.flags().size() == Observed.MAX_FLAGS) {
            errors.add(
                    "its flags are not completely in the AuditNode: pass the manifest of kube-apiserver with --manifest");
        }
        errors.forEach(error -> spec.commandLine()
                .getErr()
                .println(input.name() + ": error: node " + node.name() + ": " + SourceLines.printable(error)));
        return errors.isEmpty()
                ? Optional.of(new Stated(
                        new Input(
                                "policy of node " + node.name() + " ("
                                        + Optional.ofNullable(observed.policy())
                                                .map(ObservedPolicy::path)
                                                .orElse("")
                                        + ")",
                                node.policyText().orElseThrow().getBytes(StandardCharsets.UTF_8)),
                        new Input("kube-apiserver of node " + node.name(), ObservedManifest.of(node))))
                : Optional.empty();
    }

    private void warn(String text) {
        spec.commandLine().getErr().println(input.name() + ": warning: " + SourceLines.printable(text));
    }

    private ParameterException invalid(String message) {
        return new ParameterException(spec.commandLine(), input.name() + ": " + SourceLines.printable(message));
    }
}
