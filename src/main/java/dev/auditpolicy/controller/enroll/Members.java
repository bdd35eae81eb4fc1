package dev.auditpolicy.controller.enroll;

import static java.util.Comparator.comparing;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;

import dev.auditpolicy.identity.AgentIdentity;
import io.fabric8.kubernetes.api.model.Node;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BinaryOperator;
import java.util.stream.Stream;

/**
 * The machines of the control plane.
 *
 * @param members those that have an AuditNode, or get one
 * @param unmanaged host names of the other live kube-apiservers
 */
public record Members(List<Member> members, List<String> unmanaged) {

    public Members {
        members = List.copyOf(members);
        unmanaged = List.copyOf(unmanaged);
    }

    /**
     * The control-plane Nodes, and the enrolled hosts that no such Node stands for.
     *
     * @param enrolled names of the hosts whose agents have a certificate
     * @param auditNodes the AuditNodes that exist, with their host names. Only a live kube-apiserver makes a new one; one that exists
     *     stays, since kube-apiserver deletes its Lease when it is restarted
     */
    public static Members of(
            List<Node> nodes, ApiServerHosts hosts, Set<String> enrolled, Map<String, String> auditNodes) {
        var ofNodes = nodes.stream().map(Member.OfNode::new).toList();
        var names = ofNodes.stream().map(Member::name).collect(toSet());
        var hostsOfNodes = ofNodes.stream().map(Member::host).collect(toSet());
        var ofHosts = Stream.concat(hosts.live().stream(), auditNodes.values().stream())
                .distinct()
                .filter(host -> !hostsOfNodes.contains(host))
                .map(Members::member)
                .flatMap(Optional::stream)
                .filter(host -> enrolled.contains(host.name()) && !names.contains(host.name()))
                // Two hosts whose names differ only in case: one of them is unmanaged.
                .collect(toMap(Member::name, identity(), BinaryOperator.minBy(comparing(Member::host)), TreeMap::new))
                .values();
        var known = Stream.concat(hostsOfNodes.stream(), ofHosts.stream().map(Member::host))
                .collect(toSet());
        return new Members(
                Stream.<Member>concat(ofNodes.stream(), ofHosts.stream()).toList(),
                hosts.live().stream()
                        .filter(host -> !known.contains(host))
                        .sorted()
                        .toList());
    }

    private static Optional<Member> member(String host) {
        return AgentIdentity.ofHost(host).map(identity -> new Member.OfHost(identity.host(), host));
    }
}
