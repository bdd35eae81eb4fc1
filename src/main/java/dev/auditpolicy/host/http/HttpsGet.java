package dev.auditpolicy.host.http;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/** A GET on a new connection: a kept-alive connection would reach a kube-apiserver that is shutting down. */
record HttpsGet(SSLSocketFactory trust) {

    /** A healthy kube-apiserver responds in milliseconds. A slower one is not ready for the restart of a peer. */
    private static final int TIMEOUT_MILLIS = 3000;

    /** Reads a response. */
    interface ResponseReader<T> {
        T read(HttpsURLConnection response) throws IOException;
    }

    /** @param address host and port, an IPv6 host in brackets */
    <T> T get(String address, String path, Map<String, String> headers, ResponseReader<T> reader) throws IOException {
        var connection = (HttpsURLConnection) url(address, path).openConnection();
        connection.setSSLSocketFactory(trust);
        connection.setConnectTimeout(TIMEOUT_MILLIS);
        connection.setReadTimeout(TIMEOUT_MILLIS);
        headers.forEach(connection::setRequestProperty);
        connection.setRequestProperty("Connection", "close");
        try {
            return reader.read(connection);
        } finally {
            connection.disconnect();
        }
    }

    private static URL url(String address, String path) throws IOException {
        try {
            return URI.create("https://" + address + path).toURL();
        } catch (IllegalArgumentException invalid) {
            throw new IOException("'" + address + "' is not HOST:PORT", invalid);
        }
    }
}
