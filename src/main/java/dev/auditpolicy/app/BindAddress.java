package dev.auditpolicy.app;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Where to serve metrics.
 *
 * @param socket empty for nowhere
 */
record BindAddress(Optional<InetSocketAddress> socket) {

    /** Not of Kubernetes' control plane, not of a known exporter, not among the ports of NodePorts or of outgoing connections. */
    static final int DEFAULT_PORT = 17467;

    private static final String NOWHERE = "0";

    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(?<host>[^:]*|\\[[0-9a-fA-F:.]+])?:(?<port>\\d{1,5})");

    /** The default on a node. */
    static BindAddress on(String host) {
        return new BindAddress(Optional.of(new InetSocketAddress(host, DEFAULT_PORT)));
    }

    private static BindAddress parse(String text) {
        if (text.equals(NOWHERE)) {
            return new BindAddress(Optional.empty());
        }
        var match = HOST_AND_PORT.matcher(text);
        if (!match.matches() || Integer.parseInt(match.group("port")) > 65535) {
            throw new TypeConversionException("'" + text
                    + "' is neither HOST:PORT, nor :PORT for every address of the node," + " nor 0 for none");
        }
        var host = match.group("host");
        var port = Integer.parseInt(match.group("port"));
        return new BindAddress(
                Optional.of(host.isEmpty() ? new InetSocketAddress(port) : new InetSocketAddress(host, port)));
    }

    /** For picocli. */
    static final class Converter implements ITypeConverter<BindAddress> {

        @Override
        public BindAddress convert(String text) {
            return parse(text);
        }
    }
}
