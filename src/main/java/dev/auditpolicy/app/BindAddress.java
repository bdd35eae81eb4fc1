package dev.auditpolicy.app;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Address for metrics.
 *
 * @param socket empty if disabled
 */
record BindAddress(Optional<InetSocketAddress> socket) {

    /** Not a port of the Kubernetes control plane or a known exporter, and outside of the NodePort and ephemeral ranges. */
    static final int DEFAULT_PORT = 17467;

    private static final String DISABLED = "0";

    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(?<host>[^:]*|\\[[0-9a-fA-F:.]+])?:(?<port>\\d{1,5})");

    /** The default on a node. */
    static BindAddress on(String host) {
        return new BindAddress(Optional.of(new InetSocketAddress(host, DEFAULT_PORT)));
    }

    private static BindAddress parse(String text) {
        if (text.equals(DISABLED)) {
            return new BindAddress(Optional.empty());
        }
        var match = HOST_AND_PORT.matcher(text);
        if (!match.matches() || Integer.parseInt(match.group("port")) > 65535) {
            throw new TypeConversionException(
                    "'" + text + "' is not HOST:PORT, :PORT for all addresses of the node, or 0 to disable");
        }
        var host = match.group("host");
        var port = Integer.parseInt(match.group("port"));
        return new BindAddress(
                Optional.of(host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port)));
    }

    static final class Converter implements ITypeConverter<BindAddress> {

        @Override
        public BindAddress convert(String text) {
            return parse(text);
        }
    }
}
