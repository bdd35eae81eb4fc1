package dev.auditpolicy.cli.webhook;

import dev.auditpolicy.webhook.kubeconfig.NamedFile;
import dev.auditpolicy.webhook.sink.WebhookKubeconfig;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** Names the keys of a Secret after the files, each as long as no other file has the name. */
final class KeyNames {

    /** What the API server accepts, without the names of directories. */
    private static final Pattern KEY = Pattern.compile("(?!\\.\\.|\\.$)[-._a-zA-Z0-9]{1,253}");

    private final Map<String, String> paths = new HashMap<>();

    KeyNames() {
        paths.put(WebhookKubeconfig.KEY, "");
    }

    static boolean isKey(String name) {
        return KEY.matcher(name).matches();
    }

    /** The same for the same path. */
    String of(NamedFile file) {
        Path name = Path.of(file.path()).getFileName();
        String wanted =
                name == null || !isKey(name.toString()) ? file.field().replaceFirst(".*\\.", "") : name.toString();
        return IntStream.iterate(1, number -> number + 1)
                .mapToObj(number -> number == 1 ? wanted : wanted + "-" + number)
                .filter(key -> paths.computeIfAbsent(key, _ -> file.path()).equals(file.path()))
                .findFirst()
                .orElseThrow();
    }
}
