package dev.auditpolicy.report;

import dev.auditpolicy.report.proof.AuditNodeObject;
import dev.auditpolicy.report.proof.AuditPolicyObject;
import dev.auditpolicy.report.proof.ClusterObjects;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Whether the input has an AuditNode for every kube-apiserver: nothing is proven about one that is missing. */
final class Completeness {

    private Completeness() {}

    /** Why some kube-apiserver may be missing; empty if none is, as far as the resources know. */
    static List<Gap> missing(ClusterObjects cluster) {
        var gaps = new ArrayList<Gap>();
        var present = cluster.nodes().stream().map(AuditNodeObject::name).toList();
        cluster.controlPlane().ifPresent(nodes -> {
            var absent = new TreeSet<>(nodes);
            present.forEach(absent::remove);
            absent.forEach(node -> gaps.add(new Gap(node, "this control-plane node has no AuditNode")));
        });
        if (cluster.policy().isEmpty()) {
            gaps.add(new Gap(
                    "input",
                    "there is no AuditPolicy, so it is not known whether every kube-apiserver has an AuditNode"));
            return gaps;
        }
        cluster.policy()
                .flatMap(AuditPolicyObject::nodes)
                .ifPresentOrElse(
                        total -> {
                            if (gaps.isEmpty() && total > present.size()) {
                                gaps.add(new Gap(
                                        "input",
                                        "the AuditPolicy counts " + total
                                                + " control-plane nodes and kube-apiservers, and there are "
                                                + present.size() + " AuditNodes"));
                            }
                        },
                        () -> gaps.add(new Gap(
                                "AuditPolicy " + cluster.policy().get().name(),
                                "its status does not count the control-plane nodes, so it is not known whether each has an"
                                        + " AuditNode")));
        return gaps;
    }
}
