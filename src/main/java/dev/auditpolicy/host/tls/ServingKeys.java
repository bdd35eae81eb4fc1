package dev.auditpolicy.host.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.function.Supplier;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** Gives each handshake the key that is the current one at its beginning. */
public final class ServingKeys extends X509ExtendedKeyManager {

    private final Supplier<ServingKey> source;

    /** The last two, because a handshake asks for key and chain separately, by alias. */
    private volatile Keys keys;

    private record Keys(int number, ServingKey current, ServingKey previous) {

        String alias() {
            return String.valueOf(number);
        }

        Keys with(ServingKey key) {
            return key.equals(current) ? this : new Keys(number + 1, key, current);
        }
    }

    public ServingKeys(Supplier<ServingKey> source) {
        this.source = source;
        var first = source.get();
        this.keys = new Keys(0, first, first);
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String keyType, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
        return chosen(keyType);
    }

    @Override
    public @Nullable String chooseServerAlias(String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return chosen(keyType);
    }

    private synchronized @Nullable String chosen(String keyType) {
        keys = keys.with(source.get());
        return keys.current.key().getAlgorithm().equals(keyType) ? keys.alias() : null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
        return key(alias).chain().toArray(X509Certificate[]::new);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
        return key(alias).key();
    }

    private ServingKey key(String alias) {
        var now = keys;
        return alias.equals(now.alias()) ? now.current : now.previous;
    }

    @Override
    public String @Nullable [] getServerAliases(String keyType, Principal @Nullable [] issuers) {
        return Optional.ofNullable(chosen(keyType))
                .map(alias -> new String[] {alias})
                .orElse(null);
    }

    /** It is the key of a server. */
    @Override
    public String @Nullable [] getClientAliases(String keyType, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
        return null;
    }
}
