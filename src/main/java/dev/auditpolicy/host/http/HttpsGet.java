package dev.auditpolicy.host.http;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/** A GET on a connection of its own: a kept one would be answered by a stopping kube-apiserver. */
record HttpsGet(SSLSocketFactory trust) {

    /** A healthy kube-apiserver answers in milliseconds; one that needs longer is not ready for a restarted peer. */
    private static final int PATIENCE_MILLIS = 3000;

    HttpsGet {
        requireNonNull(trust, "trust is null");
    }

    /** What is read from an answer. */
    interface Reading<T> {
        T from(HttpsURLConnection answer) throws IOException;
    }

    /** @param address host and port, an IPv6 host in brackets */
    <T> T get(String address, String path, Map<String, String> headers, Reading<T> reading) throws IOException {
        var connection = (HttpsURLConnection)
                URI.create("https://" + address + path).toURL().openConnection();
        connection.setSSLSocketFactory(trust);
        connection.setConnectTimeout(PATIENCE_MILLIS);
        connection.setReadTimeout(PATIENCE_MILLIS);
        headers.forEach(connection::setRequestProperty);
        connection.setRequestProperty("Connection", "close");
        try {
            return reading.from(connection);
        } finally {
            connection.disconnect();
        }
    }
}
