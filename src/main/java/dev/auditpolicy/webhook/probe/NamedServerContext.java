package dev.auditpolicy.webhook.probe;

import java.security.KeyManagementException;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

/**
 * TLS in which the server has another name than the host of the URL: {@code tls-server-name} of a kubeconfig. Java's HTTP client
 * sends and checks the host of the URL, and has no setting for another name.
 */
final class NamedServerContext extends SSLContextSpi {

    private final SSLContext context;
    private final String name;

    private NamedServerContext(SSLContext context, String name) {
        this.context = context;
        this.name = name;
    }

    static SSLContext of(SSLContext context, String name) {
        return new Named(new NamedServerContext(context, name), context);
    }

    private static final class Named extends SSLContext {
        Named(SSLContextSpi spi, SSLContext context) {
            super(spi, context.getProvider(), context.getProtocol());
        }
    }

    @Override
    protected SSLEngine engineCreateSSLEngine() {
        return new NamedServerEngine(context.createSSLEngine(name, -1), name);
    }

    @Override
    protected SSLEngine engineCreateSSLEngine(String host, int port) {
        return new NamedServerEngine(context.createSSLEngine(name, port), name);
    }

    @Override
    protected SSLParameters engineGetDefaultSSLParameters() {
        return context.getDefaultSSLParameters();
    }

    @Override
    protected SSLParameters engineGetSupportedSSLParameters() {
        return context.getSupportedSSLParameters();
    }

    @Override
    protected SSLSessionContext engineGetClientSessionContext() {
        return context.getClientSessionContext();
    }

    @Override
    protected SSLSessionContext engineGetServerSessionContext() {
        return context.getServerSessionContext();
    }

    @Override
    protected void engineInit(KeyManager[] keys, TrustManager[] trust, SecureRandom random)
            throws KeyManagementException {
        throw new KeyManagementException("it is initialized");
    }

    @Override
    protected SSLSocketFactory engineGetSocketFactory() {
        throw new UnsupportedOperationException("only engines have the name");
    }

    @Override
    protected SSLServerSocketFactory engineGetServerSocketFactory() {
        throw new UnsupportedOperationException("only engines have the name");
    }
}
