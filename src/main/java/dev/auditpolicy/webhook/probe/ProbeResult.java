package dev.auditpolicy.webhook.probe;

import java.util.Set;

/** What the receiver answered to the probe. */
public sealed interface ProbeResult {

    /** One sentence: what is, what kube-apiserver makes of it, and what to do. */
    String message();

    /** Whether kube-apiserver would deliver events there. */
    default boolean delivers() {
        return this instanceof Accepted;
    }

    /**
     * A success.
     *
     * @param status from 200 to 206, which kube-apiserver takes for delivered
     */
    record Accepted(int status) implements ProbeResult {
        @Override
        public String message() {
            return "the receiver answers " + status + ", which kube-apiserver takes for delivered";
        }
    }

    /**
     * Another URL.
     *
     * @param location to which the receiver redirects
     */
    record Redirects(int status, String location) implements ProbeResult {

        private static final Set<Integer> TO_A_GET = Set.of(301, 302, 303);

        /** Whether kube-apiserver follows with a GET without events and takes the answer to that for delivered. */
        public boolean losesSilently() {
            return TO_A_GET.contains(status);
        }

        @Override
        public String message() {
            return "the receiver redirects to " + location + " with " + status + ", and kube-apiserver "
                    + (losesSilently()
                            ? "follows with a GET without events and takes those for delivered, so all of them would be lost"
                                    + " without an error"
                            : "sends each batch twice, without credentials if the host is another")
                    + ": write the URL that answers without a redirect in server";
        }
    }

    /**
     * Another answer.
     *
     * @param body the first 200 characters
     */
    record Answered(int status, String body) implements ProbeResult {
        @Override
        public String message() {
            return "the receiver answers " + status + (body.isBlank() ? "" : " \"" + body.strip() + "\"")
                    + ", and kube-apiserver tries five times and then drops the batch: " + advice();
        }

        private String advice() {
            return switch (status) {
                case 400 -> "check that the receiver accepts JSON at this path, and whether it expects https";
                case 401, 403 -> "check the credentials of the user in the kubeconfig, which count over https only";
                case 404, 405 -> "check the path in server: the receiver accepts no POST there";
                case 413 -> "raise the receiver's limit for bodies: a batch has up to 10 MB";
                case 429 -> "raise the receiver's limit for requests";
                default -> "see the receiver's log for the reason";
            };
        }
    }

    /**
     * No TLS connection.
     *
     * @param reason of the TLS library
     */
    record TlsFailed(String reason) implements ProbeResult {
        @Override
        public String message() {
            return "the TLS connection to the receiver fails: " + reason
                    + "; kube-apiserver would start and lose every batch:"
                    + " check certificate-authority, tls-server-name, the client certificate, and that server has the port for"
                    + " TLS";
        }
    }

    /**
     * No address.
     *
     * @param host the receiver's, or the proxy's
     */
    record NameNotResolved(String host) implements ProbeResult {
        @Override
        public String message() {
            return "the name " + host
                    + " does not resolve on this node, where kube-apiserver uses the node's /etc/resolv.conf"
                    + " and not the cluster's DNS, and would lose every batch: use a name that resolves there, or an address"
                    + " with tls-server-name";
        }
    }

    /**
     * No connection, or none that lasts.
     *
     * @param reason of the network library
     */
    record NotReachable(String reason) implements ProbeResult {
        @Override
        public String message() {
            return "no answer from the receiver: " + reason
                    + "; kube-apiserver tries five times within 98 s and then drops"
                    + " the batch: check that the receiver runs, its port, and firewalls between this node and it";
        }
    }

    /**
     * No answer in time.
     *
     * @param seconds without an answer
     */
    record TimedOut(long seconds) implements ProbeResult {
        @Override
        public String message() {
            return "no answer from the receiver within " + seconds
                    + " s; kube-apiserver waits 30 s, five times, keeps each"
                    + " batch in memory for up to 248 s and then drops it: check firewalls, and why the receiver is slow";
        }
    }

    /**
     * No request.
     *
     * @param reason why the probe cannot ask as kube-apiserver would
     */
    record NotAsked(String reason) implements ProbeResult {
        @Override
        public String message() {
            return "the receiver was not asked: " + reason + "; whether events arrive shows only in the metrics of"
                    + " kube-apiserver after the change";
        }
    }
}
