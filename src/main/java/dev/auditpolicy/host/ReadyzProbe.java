package dev.auditpolicy.host;

/** Asks a kube-apiserver whether it is ready. A port, so that every call can be made to fail in a test. */
public interface ReadyzProbe {

    /** Whether {@code /readyz} of the kube-apiserver at {@code address} answers 200 within a few seconds. */
    boolean isReady(Address address);

    /** Where a kube-apiserver listens. */
    record Address(String host, int port) {

        @Override
        public String toString() {
            return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
        }
    }
}
