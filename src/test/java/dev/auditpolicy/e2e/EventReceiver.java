package dev.auditpolicy.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A program that receives audit events by HTTPS on the loopback address of a node, and prints a line for each request. */
final class EventReceiver {

    static final int PORT = 17443;

    private static final int REDIRECT = 301;

    static final char[] PASSWORD = "password".toCharArray();

    private EventReceiver() {}

    /**
     * Arguments: a key store in the format PKCS #12, and a file with the status of all answers. It may be absent, for 200, and
     * contain 0, for no answer.
     */
    public static void main(String... arguments) throws IOException, GeneralSecurityException {
        var server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), PORT), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context(Path.of(arguments[0]))));
        server.createContext("/", exchange -> answer(exchange, status(Path.of(arguments[1]))));
        server.createContext("/events", exchange -> answer(exchange, 200));
        server.createContext("/moved", exchange -> answer(exchange, REDIRECT));
        server.start();
    }

    private static int status(Path file) throws IOException {
        return Files.exists(file) ? Integer.parseInt(Files.readString(file).strip()) : 200;
    }

    private static SSLContext context(Path file) throws IOException, GeneralSecurityException {
        var store = KeyStore.getInstance("PKCS12");
        try (var input = Files.newInputStream(file)) {
            store.load(input, PASSWORD);
        }
        var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(store, PASSWORD);
        var context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        var body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        System.out.printf(
                "%s %s %s%n",
                exchange.getRequestURI().getPath(),
                exchange.getRequestHeaders().getFirst("Authorization"),
                body.contains("\"auditID\"") ? "events" : "empty");
        if (status == 0) {
            return;
        }
        if (status == REDIRECT) {
            exchange.getResponseHeaders().add("Location", "/events");
        }
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }
}
