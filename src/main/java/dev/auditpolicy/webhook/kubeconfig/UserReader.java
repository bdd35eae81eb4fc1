package dev.auditpolicy.webhook.kubeconfig;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.auditpolicy.webhook.entry.Entry;
import dev.auditpolicy.webhook.entry.SecretFiles;
import dev.auditpolicy.webhook.sink.ClientIdentity;
import dev.auditpolicy.webhook.sink.SinkCredentials;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads by what the receiver knows kube-apiserver. */
final class UserReader {

    private static final String REFUSED = "kube-apiserver does not start: ";

    /** All that kube-apiserver ignores over http; it reads {@code as} in any case. */
    private static final List<String> CREDENTIALS = List.of(
            "token",
            "tokenFile",
            "client-certificate",
            "client-certificate-data",
            "username",
            "password",
            "exec",
            "auth-provider");

    private final Entry user;
    private final SecretFiles files;
    private final Instant now;

    UserReader(Entry user, SecretFiles files, Instant now) {
        this.user = user;
        this.files = files;
        this.now = now;
    }

    Optional<ClientIdentity> client(Set<String> rereadKeys) {
        return new ClientIdentityReader(user, files, now).read(rereadKeys);
    }

    Map<String, List<String>> impersonation() {
        return Impersonation.headers(user);
    }

    /** Of the user, not of the URL. */
    Optional<SinkCredentials> credentials(Set<String> rereadKeys) {
        refusePlugins();
        boolean hasToken = user.has("token") || user.has("tokenFile");
        Optional<String> name = user.text("username");
        Optional<String> password = user.text("password");
        if (hasToken && (name.isPresent() || password.isPresent())) {
            user.problems()
                    .refuse(
                            user.path("username"),
                            "",
                            REFUSED + "username and password, or a bearer token may be set, but not both",
                            "remove username and password, or the token");
            return Optional.empty();
        }
        if (name.isEmpty() && password.isPresent()) {
            user.problems()
                    .refuse(
                            user.path("password"),
                            "",
                            "without a username, kube-apiserver sends no password",
                            "set username as well");
        }
        return hasToken
                ? token(rereadKeys)
                : name.map(present -> new SinkCredentials.Basic(present, password.orElse("")));
    }

    private void refusePlugins() {
        user.object("exec").ifPresent(exec -> user.problems()
                .refuse(
                        exec.path(),
                        exec.text("command").orElse(""),
                        "kube-apiserver runs this program itself, where it is not installed: in its own image, or on"
                                + " the node. Without it, every batch is lost: \"getting credentials: exec\"",
                        "use tokenFile, or a client certificate: kube-apiserver rereads the files when the Secret"
                                + " changes"));
        user.object("auth-provider").ifPresent(provider -> user.problems()
                .refuse(
                        provider.path(),
                        provider.text("name").orElse(""),
                        "kube-apiserver contains no such plugin",
                        "use tokenFile, or a client certificate"));
    }

    private Optional<SinkCredentials> token(Set<String> rereadKeys) {
        if (!user.has("tokenFile")) {
            return user.text("token").flatMap(token -> checked("token", token, Optional.empty()));
        }
        if (user.has("token")) {
            user.problems()
                    .warn(user.path("token"), "", "kube-apiserver uses tokenFile and ignores token", "remove token");
        }
        return files.read(user, "tokenFile").flatMap(file -> {
            file.key().ifPresent(rereadKeys::add);
            return checked("tokenFile", new String(file.content(), UTF_8).strip(), file.key());
        });
    }

    private Optional<SinkCredentials> checked(String field, String token, Optional<String> key) {
        String reason = token.isEmpty()
                ? "\"read empty token from file\""
                : token.chars().anyMatch(character -> character < ' ' || character == 0x7f)
                        ? "\"invalid header field value for \\\"Authorization\\\"\", because the token has a line break or another"
                                + " control character"
                        : "";
        if (!reason.isEmpty()) {
            user.problems()
                    .refuse(
                            user.path(field),
                            key.orElse(""),
                            "kube-apiserver loses every batch: " + reason,
                            "write the token on one line");
            return Optional.empty();
        }
        return Optional.of(new SinkCredentials.Token(token, key));
    }

    /** Credentials that kube-apiserver does not send to this server. */
    void compareWith(ServerAddress server) {
        String ignored = CREDENTIALS.stream().filter(user::has).collect(Collectors.joining(", "));
        if (!server.isTls() && !ignored.isEmpty()) {
            user.problems()
                    .refuse(
                            server.field(),
                            server.shown(),
                            "over http, kube-apiserver ignores " + ignored + " of the user and sends no credentials",
                            (server.hasScheme() ? "use https://" : "write https:// in front of the host")
                                    + ", or remove them");
        }
        boolean sendsOthers = Stream.of("token", "tokenFile", "username").anyMatch(user::has);
        server.user().filter(_ -> server.isTls() && sendsOthers).ifPresent(_ -> user.problems()
                .warn(
                        server.field(),
                        server.shown(),
                        "kube-apiserver uses the credentials of the user and ignores those in the URL",
                        "remove user and password from the URL"));
    }

    /** What the requests carry. */
    SinkCredentials effective(Optional<SinkCredentials> credentials, ServerAddress server) {
        return credentials
                .filter(_ -> server.isTls())
                .or(() -> server.user().map(SinkCredentials.class::cast))
                .orElseGet(SinkCredentials.None::new);
    }
}
