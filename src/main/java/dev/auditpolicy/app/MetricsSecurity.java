package dev.auditpolicy.app;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;

/** Who may read the metrics, and over which protocol. */
interface MetricsSecurity {

    /** A server that is not started yet. */
    HttpServer create(InetSocketAddress address) throws IOException;

    MetricsAccess access(HttpExchange exchange);

    /** How many requests are served at the same time. */
    int threads();

    /** HTTP, for everybody. */
    record None() implements MetricsSecurity {

        @Override
        public HttpServer create(InetSocketAddress address) throws IOException {
            return HttpServer.create(address, 0);
        }

        @Override
        public MetricsAccess access(HttpExchange exchange) {
            return MetricsAccess.ALLOWED;
        }

        /** One for Prometheus, one for kubelet. */
        @Override
        public int threads() {
            return 2;
        }
    }
}
