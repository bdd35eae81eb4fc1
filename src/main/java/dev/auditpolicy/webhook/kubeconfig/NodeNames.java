package dev.auditpolicy.webhook.kubeconfig;

import dev.auditpolicy.webhook.entry.Problems;
import java.util.Locale;
import java.util.regex.Pattern;

/** Names that Pods can resolve, and kube-apiserver cannot: it runs on the host network, without the cluster's DNS. */
final class NodeNames {

    private static final Pattern SERVICE = Pattern.compile("(?:.+\\.svc|.+\\.cluster\\.local)");

    /** {@code NAME.NAMESPACE.svc.} and a domain, which some clusters set to their own. */
    private static final Pattern PERHAPS_SERVICE = Pattern.compile("[^.]+\\.[^.]+\\.svc\\..+");

    private static final String FIX = "write the Service's ClusterIP in server and the name in tls-server-name, for the"
            + " certificate; or use a NodePort or an address outside of the cluster";

    private NodeNames() {}

    static void check(ServerAddress server, Problems problems) {
        String host = server.uri().getHost().toLowerCase(Locale.ROOT).replaceFirst("\\.$", "");
        if (SERVICE.matcher(host).matches()) {
            problems.refuse(
                    server.field(),
                    server.shown(),
                    host
                            + " is a name of the cluster's DNS, and kube-apiserver runs on the host network, where that name does"
                            + " not resolve: it starts, and then loses every batch",
                    FIX);
        } else if (PERHAPS_SERVICE.matcher(host).matches()) {
            problems.warn(
                    server.field(),
                    server.shown(),
                    host
                            + " looks like a name of the cluster's DNS, which kube-apiserver on the host network does not use",
                    FIX);
        }
    }
}
